"""What a voice has to be told of words that are not plain Dutch: abbreviations, foreign titles, the heads of forms."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from halfjaarbericht.render import Medium
from halfjaarbericht.verslag import Inlines, Link, Paragraph, Span, Text
from tests.editiehulp import EXAMPLE, html
from tests.htmlhulp import MEDIA, elements, parse, with_class, words
from tests.inhoudhulp import EDITION, read_report, write_content

ABBREVIATIONS = {
    "boa": {"voluit": "buitengewoon opsporingsambtenaar"},
    "HRM": {"voluit": "human resource management", "taal": "en"},
}
PAPER = {"kamer": "II", "vergaderjaar": "2021-2022", "dossier": 29628, "nummer": 1098}
SOURCES = {"kst-29628-1098": {"soort": "kamerstuk", **PAPER}}
BOA, BARE = Span("abbr", (Text("boa"),), "buitengewoon opsporingsambtenaar"), Span("abbr", (Text("boa"),))


def written(folder: Path, text: str, sources: dict[str, Any] | None = None) -> Inlines:
    """The inlines of a letter of one paragraph."""
    files = {
        f"{EDITION}/brief.yaml": {"tekst": text},
        f"{EDITION}/bronnen.yaml": {"bronnen": SOURCES | (sources or {})},
        "gedeeld/afkortingen.yaml": {"afkortingen": ABBREVIATIONS},
    }
    (paragraph,) = read_report(write_content(folder, files))[0].documents[0].blocks
    assert isinstance(paragraph, Paragraph)
    return paragraph.content


@pytest.mark.parametrize("ending", ["’s", "'s", "’s."])
def test_an_abbreviation_in_the_plural_has_no_full_form(tmp_path: Path, ending: str) -> None:
    """It is singular: in place of the abbreviation one would hear 'opsporingsambtenaar’s'."""
    shown = ending.replace("'", "’")
    assert written(tmp_path, f"De {{afk}}`boa | kort`{ending}") == (Text("De "), BARE, Text(shown))


@pytest.mark.parametrize("rest", [" en", "-post", "’sen", "’ s", ""])
def test_any_other_abbreviation_keeps_its_full_form(tmp_path: Path, rest: str) -> None:
    assert written(tmp_path, f"De {{afk}}`boa | kort`{rest}")[:2] == (Text("De "), BOA)


def test_a_foreign_full_form_is_read_in_its_own_language(tmp_path: Path) -> None:
    short = Span("abbr", (Text("HRM"),), "human resource management")
    assert written(tmp_path, "{afk}`HRM | kort`") == (Span("lang", (short,), "en"),)
    assert written(tmp_path, "{afk}`HRM | kort`’s") == (Span("abbr", (Text("HRM"),)), Text("’s"))


TITLE = Span("lang", (Text("Policing the City"),), "en")
REPORT = {"soort": "rapport", "auteur": "A. Bee", "titel": "Policing the City", "taal": "en", "jaar": 2027}


def test_a_foreign_title_has_its_language(tmp_path: Path) -> None:
    parts = (Text("A. Bee, ‘"), TITLE, Text("’, 2027"))
    assert written(tmp_path, "{bron}`r`", {"r": REPORT}) == (parts[0], TITLE, parts[2])
    linked = {"r": REPORT | {"url": "https://www.voorbeeld.nl/"}}
    assert written(tmp_path, "{bron}`r`", linked) == (Link("extern", "https://www.voorbeeld.nl/", parts),)


def test_a_title_that_is_not_printed_has_no_language(tmp_path: Path) -> None:
    annex = {"soort": "bijlage", "bij": PAPER, "titel": "Policing the City", "taal": "en"}
    sources = {"bronnen": SOURCES | {"b": annex}}
    files = {f"{EDITION}/brief.yaml": {"tekst": "Zie dit.[^b]"}, f"{EDITION}/bronnen.yaml": sources}
    content = write_content(tmp_path, files)
    (note,) = read_report(content)[0].documents[0].notes
    (paragraph,) = note.blocks
    assert isinstance(paragraph, Paragraph)
    assert paragraph.content == (Text("Bijlage bij Kamerstukken II 2021/22, 29628, nr. 1098"), Text("."))


@pytest.mark.parametrize("medium", MEDIA)
def test_a_form_announces_the_head_of_a_row_only(medium: Medium) -> None:
    """What it is about stands above all its columns: as a header cell it would be announced before every answer."""
    (form,) = with_class(parse(html(EXAMPLE, "2030-1", "bijlage-2-zaken", medium)), "tabel-formulier")
    nested = [inside for inside in elements(form, "table") if inside is not form]
    own = {id(e) for e in elements(form)} - {id(e) for table in nested for e in elements(table)}
    heads = [e for e in elements(form, "th") if id(e) in own]
    assert [e.get("scope") for e in heads] == ["row"] * 3
    assert [e.get("colspan") for e in elements(form, "td") if id(e) in own] == ["2", None, None, None]
    assert not [e for e in elements(form) if id(e) in own and e.get("headers")]
    # A table inside that has no caption is called after its row.
    assert [(len(elements(table, "caption")), table.get("aria-label")) for table in nested] == [
        (1, None),
        (0, words(heads[2])),
    ]
