"""HTML for print and screen from one sample report: complete, well formed, and safe."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from markupsafe import Markup

from halfjaarbericht.paginahulp import css_string, sentence
from halfjaarbericht.render import FileInfo, Medium, Renderer
from halfjaarbericht.verslag import Document, EditionSummary, Section, Span, Text
from tests.htmlhulp import MEDIA, XHTML, elements, parse, render, with_class, words
from tests.voorbeeld_bouwstenen import para, text
from tests.voorbeeld_hoofd import SENDER
from tests.voorbeeld_verslag import STYLES, TEMPLATES, annex, edition_folder, letter, report


@pytest.fixture(scope="module")
def renderer() -> Renderer:
    return Renderer([TEMPLATES], [STYLES])


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return edition_folder(tmp_path_factory.mktemp("inhoud"))


# --- well formed -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("medium", MEDIA)
@pytest.mark.parametrize("document", [letter(), annex(), annex("concept"), letter(status="concept")])
def test_pages_are_well_formed_with_unique_ids_and_links_that_lead_somewhere(
    renderer: Renderer, folder: Path, document: Document, medium: Medium
) -> None:
    tree = parse(render(renderer, folder, document, medium))
    ids = Counter(e.get("id") for e in elements(tree) if e.get("id"))
    assert [name for name, count in ids.items() if count > 1] == []
    targets = {e.get("href")[1:] for e in elements(tree, "a") if e.get("href", "").startswith("#")}
    for name in ("aria-labelledby", "headers"):
        targets |= {target for e in elements(tree) for target in (e.get(name) or "").split()}
    assert targets <= set(ids)
    assert len(elements(tree, "h1")) == 1
    assert tree.get("lang") == "nl"


@pytest.mark.parametrize("document", [letter(), annex()])
def test_headings_do_not_skip_a_level(renderer: Renderer, folder: Path, document: Document) -> None:
    tree = parse(render(renderer, folder, document, "scherm"))
    levels = [int(e.tag[-1]) for e in elements(tree) if re.fullmatch(r"h[1-6]", e.tag.removeprefix(XHTML))]
    assert levels[0] == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))


def test_index_pages_are_well_formed(renderer: Renderer) -> None:
    files = {"brief": [FileInfo("brief.html", "HTML", 45_000), FileInfo("brief.pdf", "PDF", 153_400, 8)]}
    tree = parse(renderer.edition_index(report(), files))
    rows = {words(e) for e in elements(tree, "li")}
    assert any("Download Kamerbrief (PDF, 153 kB, 8 bladzijden)" in row for row in rows)
    assert any("Kerncijfers politie" in row and "Volgt separaat" in row for row in rows)
    assert any("Plan van aanpak" in row and "Nog niet gemaakt" in row for row in rows)
    assert {e.get("href") for e in elements(tree, "a")} >= {"brief.pdf", "brief.html", "../index.html"}


def test_edition_index_offers_the_bundle_when_there_is_one(renderer: Renderer) -> None:
    with_bundle = renderer.edition_index(report(), {"bundel": [FileInfo("bundel.pdf", "PDF", 2_500_000, 1)]})
    assert "(PDF, 2,5 MB, 1 bladzijde)" in words(parse(with_bundle))
    assert "bundel" not in renderer.edition_index(report(), {}).split("</style>")[1]


def test_editions_index_has_the_latest_first_and_links_its_folder(renderer: Renderer) -> None:
    editions = [
        EditionSummary("2030-1", "Eerste", date(2030, 6, 20), "20 juni 2030", "1", "definitief", 1),
        EditionSummary("2030-2", "Tweede", date(2030, 12, 13), "13 december 2030", "2", "concept", 3),
    ]
    tree = parse(renderer.editions_index(editions, SENDER))
    links = [e.get("href") for e in elements(tree, "a")]
    assert [link for link in links if link.startswith("2030")] == ["2030-2/index.html", "2030-1/index.html"]
    assert [words(e) for e in with_class(tree, "stand")] == ["concept"]


def test_editions_index_may_be_empty(renderer: Renderer) -> None:
    assert words(elements(parse(renderer.editions_index([], SENDER)), "h1")[0]) == "Halfjaarberichten"


# --- content ---------------------------------------------------------------------------------------------------


def _letters(blocks: object) -> list[str]:
    """Every piece of text in a resolved document, found by walking its dataclasses."""
    if isinstance(blocks, Text):
        return [blocks.text]
    if isinstance(blocks, tuple):
        return [piece for block in blocks for piece in _letters(block)]
    names = getattr(blocks, "__dataclass_fields__", {})
    return [piece for name in names if name != "heading" for piece in _letters(getattr(blocks, name))]


@pytest.mark.parametrize("medium", MEDIA)
@pytest.mark.parametrize("document", [letter(), annex()])
def test_no_piece_of_text_is_lost(renderer: Renderer, folder: Path, document: Document, medium: Medium) -> None:
    shown = words(elements(parse(render(renderer, folder, document, medium)), "main")[0])
    missing = [piece for piece in _letters(document) if " ".join(piece.split()) not in shown]
    # The letter shows its subject, the list of the edition shows explanations.
    assert set(missing) <= {"Verschijnt samen met het jaarverslag"}


def test_text_is_escaped_everywhere(renderer: Renderer, folder: Path) -> None:
    nasty = "<script>alert('&')</script>"
    heading = replace(
        annex().heading, subject=nasty, title=nasty, reference=nasty, addressee=(nasty,), signatory_name=nasty
    )
    sender = replace(heading.sender, directorate_general=nasty, ministry=(nasty,), website=nasty)
    heading = replace(heading, sender=sender)
    inline = (Text(nasty), Span("abbr", text(nasty), nasty + '"'), Span("lang", text(nasty), 'en"'))
    for base in (letter(), annex()):
        section = Section("deel", "tekst", 1, "", inline, nasty + '"', None, (para(*inline),), ())
        document = replace(base, heading=heading, sections=(section, section), notes=(), title=inline)
        for medium in MEDIA:
            html = render(renderer, folder, document, medium)
            # The JSON-LD of a page on screen is the only script element there may be, and nasty text cannot end it.
            own = '<script type="application/ld+json">'
            assert html.count(own) == html.count("</script>") == (1 if medium == "scherm" else 0)
            assert "<script" not in html.lower().replace(r"\3c script", "").replace(own, "")
            assert "onmouseover" not in html


def test_a_page_on_screen_asks_for_nothing_and_runs_nothing(renderer: Renderer, folder: Path) -> None:
    html = render(renderer, folder, annex(), "scherm")
    tree = parse(html)
    # Data for search engines; a browser runs no script of this type.
    assert [e.get("type") for e in elements(tree, "script")] == ["application/ld+json"]
    assert [e.get("rel") for e in elements(tree, "link")] == ["schema.dcterms", "describedby"]
    assert all(e.get("src").startswith("data:image/") for e in elements(tree, "img"))
    assert "@import" not in html
    assert "url(" not in html
    assert "doc.invalid" not in html


def test_print_asks_only_for_our_own_files(renderer: Renderer, folder: Path) -> None:
    tree = parse(render(renderer, folder, annex("concept"), "druk"))
    styles = [e.get("href") for e in elements(tree, "link") if e.get("rel") == "stylesheet"]
    assert styles == ["https://doc.invalid/styles/druk.css", "https://doc.invalid/styles/concept.css"]
    assert [e.get("src") for e in elements(tree, "img")] == ["https://doc.invalid/editie/figuren/verzuim%20lijn.svg"]


@pytest.mark.parametrize(("medium", "suffix"), [("druk", "pdf"), ("scherm", "html")])
def test_links_to_other_documents_lead_to_their_file(
    renderer: Renderer, folder: Path, medium: Medium, suffix: str
) -> None:
    tree = parse(render(renderer, folder, annex(), medium))
    links = {words(e): e.get("href") for e in with_class(tree, "document")}
    assert links == {
        "de brief": f"brief.{suffix}",
        "de brief, positie": f"brief.{suffix}#positie",
        "bijlage 3": "bijlage-3-plan.pdf",
    }
    assert "bijlage 1" in words(tree)


def test_numbers_carry_their_source(renderer: Renderer, folder: Path) -> None:
    for medium in MEDIA:
        tree = parse(render(renderer, folder, annex(), medium))
        found = [e for e in elements(tree, "data") if e.get("data-cijfer") == "wijkagenten.bezetting"]
        assert [(e.get("value"), e.text) for e in found] == [("3603", "3.603 fte")]


# --- notes -----------------------------------------------------------------------------------------------------


def test_print_notes_stand_in_the_sentence_once_in_reading_order(renderer: Renderer, folder: Path) -> None:
    tree = parse(render(renderer, folder, annex(), "druk"))
    notes = with_class(tree, "noot")
    assert [e.get("data-nr") for e in notes] == [str(number) for number in range(1, 9)]
    assert [e.get("id") for e in notes] == [f"noot_{number}" for number in range(1, 9)]
    third = notes[2]
    assert [words(e) for e in with_class(third, "noot-alinea")][:1] == ["De tweede alinea staat op een eigen regel."]
    assert [words(e) for e in with_class(third, "noot-item")] == ["• met een lijst", "• van twee punten"]
    inline = {"span", "a", "em", "strong", "sup", "sub", "data", "abbr", "br"}
    assert {e.tag.removeprefix(XHTML) for note in notes for e in note.iter()} <= inline
    again = with_class(tree, "nootverwijzing")
    assert [(e.get("href"), words(e)) for e in again] == [("#noot_3", "3")]


def test_screen_notes_stand_at_the_end_with_a_way_back_for_each_call(renderer: Renderer, folder: Path) -> None:
    tree = parse(render(renderer, folder, annex(), "scherm"))
    calls = [e for e in elements(tree, "a") if e.get("role") == "doc-noteref"]
    backs = [e for e in elements(tree, "a") if e.get("role") == "doc-backlink"]
    assert [e.get("id") for e in calls] == [e.get("href")[1:] for e in sorted(backs, key=lambda e: order(calls, e))]
    assert len(calls) == 9
    (section,) = [e for e in elements(tree) if e.get("role") == "doc-endnotes"]
    items = [e for e in elements(section, "li") if (e.get("id") or "").startswith("noot_")]
    assert [e.get("id") for e in items] == [f"noot_{number}" for number in range(1, 9)]


def order(calls: list[Any], back: Any) -> int:
    return [call.get("id") for call in calls].index(back.get("href")[1:])


def test_contents_lists_carry_no_notes_and_no_links_in_links(renderer: Renderer, folder: Path) -> None:
    for medium in MEDIA:
        tree = parse(render(renderer, folder, annex(), medium))
        (toc,) = [e for e in elements(tree) if e.get("role") == "doc-toc"]
        assert [e.get("href") for e in elements(toc, "a")] == [
            "#hoofdstuk-een",
            "#motie-voorbeeld",
            "#motie-deel",
            "#toezegging-voorbeeld",
            "#aanvullend-voorbeeld",
            "#slot",
        ]
        assert words(elements(toc, "a")[0]) == "1. Toezeggingen & moties"
        assert with_class(toc, "noot") == with_class(toc, "nootverwijzing") == []


def test_page_numbers_are_asked_for_in_the_contents_list_only() -> None:
    css = (STYLES / "druk.css").read_text(encoding="utf-8")
    rules = re.findall(r"([^{}]+)\{[^{}]*target-counter", css)
    assert [rule.strip() for rule in rules] == [".bladzijde::after"]


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("wat nu?", "Wat nu?"),
        ("het lid Bakker c.s.", "Het lid Bakker c.s."),
        ("en dan…", "En dan…"),
        ("‘wat nu?’", "‘wat nu?’"),
        ("klaar", "Klaar."),
        (Markup("zie <em>Wat nu?</em>"), "Zie <em>Wat nu?</em>"),
        (Markup('later<span class="noot">Een noot.</span>'), 'Later<span class="noot">Een noot.</span>.'),
    ],
)
def test_a_sentence_ends_once(text: str, shown: str) -> None:
    assert sentence(text) == shown


def test_a_css_string_has_no_line_ends() -> None:
    assert css_string(["a\fb\rc", 'd"\\']) == r'"a\C b\D c\A d\22 \5C "'
