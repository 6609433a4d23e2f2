"""What each kind of document shows: annex list, matters, overviews, tables, status, neighbours, metadata."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from markupsafe import Markup

from halfjaarbericht.paginahulp import css_string, file_size, sentence
from halfjaarbericht.render import Renderer
from halfjaarbericht.verslag import Document, Link, Overview, Report, Section, Text
from tests.htmlhulp import elements, parse, render, with_class, words
from tests.voorbeeld_bouwstenen import text
from tests.voorbeeld_hoofd import ENTRIES, PUBLICATION
from tests.voorbeeld_verslag import FIGURE_SVG, STYLES, TEMPLATES, annex, edition_folder, letter


@pytest.fixture(scope="module")
def renderer() -> Renderer:
    return Renderer([TEMPLATES], [STYLES])


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return edition_folder(tmp_path_factory.mktemp("inhoud"))


# --- documents -------------------------------------------------------------------------------------------------


def test_the_annex_list_says_what_follows_separately(renderer: Renderer, folder: Path) -> None:
    tree = parse(render(renderer, folder, letter(), "druk"))
    (part,) = with_class(tree, "bijlagenlijst")
    assert [words(e) for e in elements(part, "li")] == [
        "Bijlage 1: Kerncijfers politie (volgt separaat)",
        "Bijlage 2: Moties & toezeggingen",
        "Bijlage 3: Plan van aanpak",
    ]
    assert [e.get("href") for e in elements(part, "a")] == ["bijlage-2-moties.pdf", "bijlage-3-plan.pdf"]
    without = parse(render(renderer, folder, replace(letter(), annex_list=()), "druk"))
    assert with_class(without, "bijlagenlijst") == []


def test_salutation_and_closing_are_printed_when_given(renderer: Renderer, folder: Path) -> None:
    document = replace(letter(), salutation=text("Geachte voorzitter,"), closing=text("Hoogachtend,"))
    main = words(elements(parse(render(renderer, folder, document, "druk")), "main")[0])
    assert main.index("Geachte voorzitter,") < main.index("De politie werkt")
    assert main.index("Hoogachtend,") < main.index("De Minister van Justitie en Veiligheid, V.O. Orbeeld")


def test_matters_show_their_facts_only_when_asked(renderer: Renderer, folder: Path) -> None:
    shown = [words(e) for e in with_class(parse(render(renderer, folder, annex(), "druk")), "zaakgegevens")]
    assert shown == [
        "Motie van het lid Jansen (ABC) c.s., begrotingsbehandeling van 25 november 2029 "
        "(Kamerstukken II 2029/30, 36600 VI, nr. 96). Stand: afgedaan.",
        "Toezegging aan de leden Bakker (DEF) en Smit (GHI), commissiedebat politie van 4 november 2030. "
        "Stand: in uitvoering. Vervolg: uiterlijk 1 maart 2031.",
        "Aanvullende zaak. Stand: open.",
    ]
    silent = parse(render(renderer, folder, replace(annex(), show_matters=False), "druk"))
    assert with_class(silent, "zaakgegevens") == []


def test_overviews_link_each_matter_once_and_nest_no_links(renderer: Renderer, folder: Path) -> None:
    items = (
        replace(
            next(b for b in annex().sections[0].blocks if isinstance(b, Overview)).items[0],
            content=(Text("met "), Link("extern", "https://example.org/", text("link"))),
        ),
    )
    section = Section(
        "motie-voorbeeld", "tekst", 1, "", text("A"), "A", None, (Overview("motie", "Intro:", items),), ()
    )
    tree = parse(render(renderer, folder, replace(annex(), sections=(section,), notes=()), "scherm"))
    (part,) = with_class(tree, "overzicht")
    assert [(e.get("href"), words(e)) for e in elements(part, "a")] == [("#motie-voorbeeld", "1.1 Met link.")]


def test_concept_is_marked_and_definitive_is_not(renderer: Renderer, folder: Path) -> None:
    for medium, mark in (("druk", "concept.css"), ("scherm", 'class="conceptmelding"')):
        for status in ("concept", "definitief"):
            html = render(renderer, folder, letter(status=status), medium)
            assert (mark in html) == (status == "concept")
            # The watermark of a PDF is no text: whoever listens hears it from the title.
            (title,) = elements(parse(html), "title")
            assert ("(concept)" in words(title)) == (status == "concept")
            assert elements(parse(html))[0].get("data-status") == status


def test_neighbours_skip_annexes_by_others(renderer: Renderer, folder: Path) -> None:
    before = parse(render(renderer, folder, letter(), "scherm"))
    after = parse(render(renderer, folder, annex(), "scherm"))
    assert [(e.get("rel"), e.get("href")) for e in elements(before, "a") if e.get("rel")] == [
        ("next", "bijlage-2-moties.html")
    ]
    assert [(e.get("rel"), e.get("href")) for e in elements(after, "a") if e.get("rel")] == [("prev", "brief.html")]


def test_outline_titles_are_plain(renderer: Renderer, folder: Path) -> None:
    tree = parse(render(renderer, folder, annex(), "druk"))
    labels = [e.get("data-label") for e in elements(tree) if e.get("data-label")]
    assert labels[:3] == [
        "Bijlage 2: Moties & toezeggingen",
        "1. Toezeggingen & moties",
        "1.1 Motie-Jansen c.s. over wijkagenten",
    ]


def test_print_carries_the_date_as_metadata(renderer: Renderer, folder: Path) -> None:
    tree = parse(render(renderer, folder, annex(), "druk"))
    meta = {e.get("name"): e.get("content") for e in elements(tree, "meta") if e.get("name")}
    assert meta["dcterms.created"] == meta["dcterms.modified"] == "2030-12-13"
    assert meta["author"] == "Ministerie van Justitie en Veiligheid"
    assert meta["description"].endswith("13 december 2030, kenmerk 7654321")
    assert meta["keywords"] == "Politie"
    assert not [name for name in meta if name in ("dcterms.identifier", "dcterms.title")]


def test_own_logo_replaces_the_ribbon(renderer: Renderer, folder: Path) -> None:
    def with_sender(**changes: Any) -> Document:
        heading = letter().heading
        return replace(letter(), heading=replace(heading, sender=replace(heading.sender, **changes)))

    own = with_sender(logo=FIGURE_SVG)
    druk = parse(render(renderer, folder, own, "druk"))
    assert [e.get("src")[:26] for e in with_class(druk, "logo")] == ["data:image/svg+xml;base64,"]
    assert with_class(druk, "lint") == []
    scherm = parse(render(renderer, folder, own, "scherm"))
    assert [e.get("src")[:26] for e in with_class(scherm, "logo")] == ["data:image/svg+xml;base64,"]
    bare = parse(render(renderer, folder, with_sender(ribbon=False), "druk"))
    assert with_class(bare, "lint") == with_class(bare, "logo") == []


def test_tables_name_their_headers(renderer: Renderer, folder: Path) -> None:
    tree = parse(render(renderer, folder, annex(), "scherm"))
    (table,) = [e for e in elements(tree, "table") if e.get("id") == "tabel-bezetting"]
    assert [e.get("scope") for e in elements(table, "th")] == [
        "col",
        "colgroup",
        "col",
        "col",
        "col",
        "row",
        "row",
        "row",
    ]
    regions = [e for e in elements(tree) if e.get("role") == "region"]
    assert len(regions) == 4
    assert all(e.get("tabindex") == "0" and e.get("aria-labelledby") for e in regions)
    captions = [words(e) for e in elements(tree, "caption")]
    assert captions[1:] == [
        "Tabel 2: Beleidskeuzes uitgelegd",
        "Bedragen in miljoenen euro’s",
        "Tabel 3: Afspraken per eenheid",
        "Tabel 4: Instroom per maand",
    ]


def test_the_last_document_of_the_list_has_no_next(renderer: Renderer, folder: Path) -> None:
    alone = Report("2030-2", letter().heading, ENTRIES[:1], (letter(),), PUBLICATION)
    tree = parse(render(renderer, folder, letter(), "scherm", alone))
    assert with_class(tree, "bladeren") == []


# --- small functions -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("size", "shown"), [(1, "1 kB"), (153_400, "153 kB"), (999_999, "1000 kB"), (1_234_567, "1,2 MB")]
)
def test_file_size(size: int, shown: str) -> None:
    assert file_size(size) == shown


def test_css_string_cannot_end_its_string_or_its_element() -> None:
    assert css_string(['a"b\\', "</style>"]) == r'"a\22 b\5C \A \3C /style>"'


@pytest.mark.parametrize(
    ("given", "capital", "shown"),
    [
        ("het lid Jansen c.s.", True, "Het lid Jansen c.s."),
        ("afgedaan", True, "Afgedaan."),
        ("in uitvoering", False, "in uitvoering."),
        ("< 5", True, "&lt; 5."),
        (Markup("<em>al</em> klaar"), False, "<em>al</em> klaar."),
    ],
)
def test_sentence(given: str, capital: bool, shown: str) -> None:
    assert sentence(given, capital) == shown
