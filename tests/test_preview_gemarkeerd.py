"""A page with marked changes is the page itself with marks in it: its ids, links, names and words stay as they are."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache
from pathlib import Path
from random import Random

import pytest
from playwright.sync_api import Browser, Page

from halfjaarbericht.changes.inplace import MarkedDocument, mark_changes
from halfjaarbericht.changes.model import DocumentText, Unit
from halfjaarbericht.changes.pieces import Piece
from halfjaarbericht.changes.units import edition_text
from halfjaarbericht.preview.routes import STATIC
from halfjaarbericht.project import make_project
from halfjaarbericht.render import Renderer
from halfjaarbericht.verslag import Document, Report
from tests.editiehulp import CONTENT, EXAMPLE, report
from tests.gemarkeerd import earlier, without_marks
from tests.webhulp import NARROW, WIDE, axe, axe_script, html_validate, opened, told

TIMES = {"2030-1": 10, "2022-2": 4, "2025-1": 2, "2020-1": 2}
CASES = [
    pytest.param(EXAMPLE if edition == "2030-1" else CONTENT, edition, seed, id=f"{edition}-{seed}")
    for edition, times in TIMES.items()
    for seed in range(times)
]
ID = re.compile(r'\bid="([^"]*)"')
NAMED = re.compile(r'(heading|table|region|figure|link|navigation|group) "(?:[^"\\]|\\.)*"')
MARK = re.compile(r'<(?:ins|del|mark) class="[^"]*" id="([^"]*)"')
HEAD = re.compile(r"<head>.*?</head>", re.DOTALL)


@cache
def renderer(content: Path) -> Renderer:
    project = make_project(content.parent, content)
    return Renderer(project.templates, project.styles)


def page(content: Path, found: Report, document: Document) -> str:
    folders = {"edition_folder": content / found.folder, "shared_folder": content / "gedeeld"}
    return renderer(content).document(found, document, "scherm", **folders)


@cache
def plain_page(content: Path, edition: str, number: int) -> str:
    found = report(content, edition)
    return page(content, found, found.documents[number])


def marked_page(content: Path, edition: str, number: int, item: MarkedDocument) -> str:
    found = report(content, edition)
    documents = tuple(item.document if n == number else d for n, d in enumerate(found.documents))
    return page(content, replace(found, documents=documents), item.document)


@pytest.mark.parametrize(("content", "edition", "seed"), CASES)
def test_whatever_stood_there_before(content: Path, edition: str, seed: int) -> None:
    found = report(content, edition)
    before = earlier(edition_text(found), Random(f"{edition} {seed}"))
    for number, item in enumerate(mark_changes(before, found)):
        html, plain = marked_page(content, edition, number, item), plain_page(content, edition, number)
        assert HEAD.findall(html) == HEAD.findall(plain)
        ids = ID.findall(html)
        assert len(ids) == len(set(ids))
        assert sorted(set(ids) - set(MARK.findall(html))) == sorted(ID.findall(plain))
        assert [mark for mark in item.marks if mark.anchor not in ids] == []
        assert set(MARK.findall(html)) <= {mark.anchor for mark in item.marks}
        bare, wanted = without_marks(html), without_marks(plain)
        assert bare.text == wanted.text
        assert bare.elements == wanted.elements


# --- for everyone -----------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def marked_files(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """Pages of the example with marks of every kind in them, as files."""
    folder = tmp_path_factory.mktemp("gemarkeerd")
    found = report(EXAMPLE, "2030-1")
    files, kinds = [], set()
    for seed in (1, 5):
        before = earlier(edition_text(found), Random(f"2030-1 {seed}"))
        for number, item in enumerate(mark_changes(before, found)):
            file = folder / f"{item.document.stem}-{seed}.html"
            file.write_text(marked_page(EXAMPLE, "2030-1", number, item), encoding="utf-8")
            files.append(file)
            kinds |= {(mark.change.kind, mark.change.what) for mark in item.marks}
    assert {("rij", "nieuw"), ("rij", "vervallen"), ("zin", "vervallen"), ("cel", "gewijzigd")} <= kinds
    return files


@pytest.mark.traag
def test_marked_pages_are_valid(marked_files: list[Path]) -> None:
    findings = html_validate(marked_files)
    assert findings == [], told(findings)


@pytest.mark.traag
@pytest.mark.parametrize("width", [WIDE, NARROW])
def test_marked_pages_are_accessible(browser: Browser, marked_files: list[Path], width: int) -> None:
    with opened(browser, width) as tab:
        tab.add_init_script(axe_script())
        for file in marked_files:
            tab.goto(file.as_uri())
            tab.add_style_tag(path=STATIC / "pagina.css")
            assert width == NARROW or axe(tab)[0] == []
            assert tab.evaluate("document.documentElement.scrollWidth <= innerWidth")


@pytest.mark.traag
def test_what_is_named_by_a_marked_text_has_the_name_of_now(browser: Browser) -> None:
    """Headings, tables and their regions, figures, links: what a screen reader lists must not have two texts in it."""
    found = report(EXAMPLE, "2030-1")
    text = edition_text(found)
    before = replace(text, documents=tuple(_with_other_names(document) for document in text.documents))
    roles: set[str] = set()
    with opened(browser) as tab:
        for number, item in enumerate(mark_changes(before, found)):
            pages = [marked_page(EXAMPLE, "2030-1", number, item), plain_page(EXAMPLE, "2030-1", number)]
            assert "vb-nieuw" in pages[0]
            names = _names(tab, pages[1])
            roles |= {name.partition(" ")[0] for name in names}
            assert _names(tab, pages[0]) == names
    assert {"heading", "link", "table", "region", "figure"} <= roles


def _names(tab: Page, html: str) -> list[str]:
    """What has a role that is listed by its name, with that name."""
    tab.set_content(html)
    lines = tab.locator("body").aria_snapshot().splitlines()
    found = (NAMED.search(line) for line in lines)
    return [match[0] for match in found if match]


def _with_other_names(document: DocumentText) -> DocumentText:
    def other(unit: Unit) -> Unit:
        if unit.kind not in ("kop", "bijschrift", "tussenkop"):
            return unit
        text = f"Vroeger {unit.piece.text.partition(' ')[2]}".strip()
        return replace(unit, piece=Piece(text, text))

    return replace(document, units=tuple(map(other, document.units)))
