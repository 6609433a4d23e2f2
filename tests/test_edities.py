"""The real editions, read back from their PDFs: every page, note, table, link and font of every document."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from urllib.parse import unquote

import pytest

from halfjaarbericht.manifest import Manifest
from halfjaarbericht.paginahulp import document_name, file_size
from halfjaarbericht.reading.load import find_editions
from tests.editiehulp import (
    CONTENT,
    EXAMPLE,
    FORMATS,
    Built,
    document,
    good_editions,
    html,
    problems,
    real_documents,
    report,
)
from tests.htmlhulp import elements, parse, words
from tests.layouthulp import COLUMN, FIRST_TEXT_TOP, NEAR, TEXT_LEFT, TEXT_RIGHT, TEXT_TOP, body, column, the
from tests.pdffeiten import Pdf, headings, letters, printed_notes, printed_tables, section_labels
from tests.pdfmaten import MM, boxes

pytestmark = pytest.mark.pdf
EVERY = pytest.mark.parametrize(
    ("edition", "stem"),
    [
        *real_documents(),
        *(pytest.param("2030-1", d.stem, id=f"voorbeeld/{d.stem}") for d in report(EXAMPLE, "2030-1").documents),
    ],
)
LETTERS = pytest.mark.parametrize(("edition", "stem"), real_documents("brief"))
COLUMN_RIGHT = 199.9


@cache
def opened(file: Path) -> Pdf:
    return Pdf(file.read_bytes())


@pytest.fixture
def pdf(real: Built, example: Built, edition: str, stem: str) -> Pdf:
    built = example if edition == "2030-1" else real
    return opened(built.output / edition / f"{stem}.pdf")


@pytest.fixture
def page(edition: str, stem: str) -> str:
    """The print HTML."""
    return html(content_of(edition), edition, stem, "druk")


def content_of(edition: str) -> Path:
    return EXAMPLE if edition == "2030-1" else CONTENT


@pytest.mark.parametrize("edition", find_editions(CONTENT))
def test_an_edition_has_no_errors_or_warnings(edition: str) -> None:
    """What the source itself has wrong is on record as an accepted deviation; nothing else is left."""
    assert [p for p in problems(CONTENT, edition) if p.severity != "aanvaard"] == []


def test_the_first_editions_are_there() -> None:
    assert {"2022-1", "2022-2"} <= set(good_editions())


# --- pages ------------------------------------------------------------------------------------------------------


@EVERY
def test_page_numbers_and_kenmerk_on_every_page(pdf: Pdf, edition: str, stem: str) -> None:
    heading = report(content_of(edition), edition).heading
    for number, text in enumerate(pdf.texts, start=1):
        assert f"Pagina {number} van {pdf.pages}" in text
        assert f"Ons kenmerk {heading.reference}" in text
        assert heading.date_text in text


@EVERY
def test_nothing_outside_the_text_or_the_column(pdf: Pdf, edition: str, stem: str) -> None:
    for number in range(1, pdf.pages + 1):
        box = pdf.reader.pages[number - 1].mediabox
        width, height = float(box.width) * MM, float(box.height) * MM
        for line in pdf.lines(number):
            assert 0 < line.left < line.right < width and 0 < line.baseline < height, line
            if not pdf.is_upright(number):
                assert line.left > TEXT_LEFT - NEAR and line.right < 297 - 15, line
            elif line.left < COLUMN - 1 and not (number == 1 and line.baseline < 45):
                assert line.left > TEXT_LEFT - NEAR and line.right < TEXT_RIGHT + NEAR, line
            elif line.left >= COLUMN - 1:
                assert line.right < COLUMN_RIGHT + NEAR, line


@EVERY
def test_text_ends_above_the_bottom_margin(pdf: Pdf, edition: str, stem: str) -> None:
    for number in range(1, pdf.pages + 1):
        if pdf.is_upright(number):
            low = max((line.baseline for line in pdf.lines(number) if line.left < COLUMN - 1), default=0)
            assert low < 278.1


# --- notes ------------------------------------------------------------------------------------------------------


@EVERY
def test_each_note_once_and_on_the_page_of_its_call(pdf: Pdf, page: str, edition: str, stem: str) -> None:
    notes = printed_notes(page)
    assert [int(note.number) for note in notes] == [
        n.number for n in document(content_of(edition), edition, stem).notes
    ]
    for note in notes:
        found = pdf.pages_with(note.body())
        assert len(found) == 1, f"noot {note.number} staat {len(found)} keer in de PDF: {note.text}"
        assert found[0] in note.call_pages(pdf), f"noot {note.number} staat niet bij haar verwijzing"


# --- tables -----------------------------------------------------------------------------------------------------


def continuing(pdf: Pdf, page: str) -> list[tuple[str, str, list[int]]]:
    return [(t.id, t.head, pages) for t in printed_tables(page) if len(pages := t.pages(pdf)) > 1]


@EVERY
def test_a_table_that_continues_repeats_its_head(pdf: Pdf, page: str, edition: str, stem: str) -> None:
    for name, head, pages in continuing(pdf, page):
        for number in pages:
            assert re.search(head, pdf.letters[number - 1]), f"{name} heeft op bladzijde {number} geen kop"


@EVERY
def test_every_table_stands_whole_in_the_pdf(pdf: Pdf, page: str, edition: str, stem: str) -> None:
    whole = "".join(pdf.letters)
    for table in printed_tables(page):
        missing = [row for row in table.rows if not re.search(row, whole)]
        assert not missing, f"{table.id}: {missing}"


# --- outline, language, title -----------------------------------------------------------------------------------


@EVERY
def test_the_outline_is_that_of_the_document(pdf: Pdf, page: str, edition: str, stem: str) -> None:
    outline = [(depth, title) for depth, title, _ in pdf.outline()]
    assert outline == headings(page)
    wanted = list(section_labels(document(content_of(edition), edition, stem).sections))
    assert [entry for entry in outline if entry in wanted] == wanted


@EVERY
def test_bookmarks_lead_to_the_page_of_their_heading(pdf: Pdf, edition: str, stem: str) -> None:
    for _, title, number in pdf.outline()[1:]:
        assert letters(title) in pdf.letters[number - 1]


@EVERY
def test_the_contents_list_has_the_right_pages(pdf: Pdf, page: str, edition: str, stem: str) -> None:
    found = document(content_of(edition), edition, stem)
    if not found.toc or len(found.sections) < 2:
        return
    shown = "".join(pdf.letters[:3])
    at = 0
    pages = {title: number for _, title, number in pdf.outline()}
    for _, title in section_labels(found.sections):
        place = shown.find(f"{letters(title)}bladzijde{pages[title]}", at)
        assert place >= 0, f"'{title}' staat niet met bladzijde {pages[title]} in de inhoudsopgave"
        at = place


@EVERY
def test_language_and_title(pdf: Pdf, edition: str, stem: str) -> None:
    catalog = pdf.reader.trailer["/Root"]
    assert catalog["/Lang"] == "nl"
    assert pdf.reader.metadata is not None
    shown = document(content_of(edition), edition, stem)
    concept = " (concept)" if shown.heading.status == "concept" else ""
    assert pdf.reader.metadata.title == document_name(shown) + concept


@EVERY
def test_fonts_are_in_the_file_and_ours(pdf: Pdf, edition: str, stem: str) -> None:
    fonts = pdf.fonts()
    assert fonts and all(fonts.values())
    # The family of our own style sheet; no font with this name is installed anywhere, so it is the vendored one.
    assert {name.partition("+")[2].partition("-")[0] for name in fonts} == {"Brief"}


# --- links ------------------------------------------------------------------------------------------------------


@EVERY
def test_links_lead_somewhere(pdf: Pdf, edition: str, stem: str, real: Built, example: Built) -> None:
    inside, outside = pdf.links()
    assert inside <= set(pdf.reader.named_destinations)
    folder = (example if edition == "2030-1" else real).output / edition
    for address in outside:
        if re.match(r"https?://|mailto:", address):
            assert "doc.invalid" not in address
            continue
        file, _, fragment = address.partition("#")
        assert "/" not in file and (folder / file).is_file(), address
        if fragment:
            assert fragment in opened(folder / file).reader.named_destinations, address


# --- the letter -------------------------------------------------------------------------------------------------


@LETTERS
def test_the_letter_stands_as_the_house_style_says(pdf: Pdf, edition: str, stem: str) -> None:
    heading = report(CONTENT, edition).heading
    found = pdf.lines(1)
    assert boxes(pdf.data, 0)[0] == pytest.approx((98.5, 0, 111.5, 37.125), abs=0.1)
    assert the(found, "> Retouradres").left == pytest.approx(TEXT_LEFT, abs=NEAR)
    assert the(found, heading.addressee[0]).top == pytest.approx(54, abs=NEAR)
    assert the(found, "Datum").top == pytest.approx(99.4, abs=NEAR)
    assert the(found, heading.date_text).left == pytest.approx(52, abs=NEAR)
    below = [line for line in body(found) if line.top > 115]
    assert below[0].top == pytest.approx(FIRST_TEXT_TOP, abs=NEAR)
    assert column(found)[0].baseline == pytest.approx(54 + 2.38, abs=NEAR)
    for number in range(2, pdf.pages + 1):
        text = [line for line in pdf.lines(number) if line.left < COLUMN - 1]
        assert text[0].top == pytest.approx(TEXT_TOP, abs=NEAR)
        assert column(pdf.lines(number))[-1].text == f"Pagina {number} van {pdf.pages}"


@LETTERS
def test_the_signature_is_not_alone_on_its_page(pdf: Pdf, edition: str, stem: str) -> None:
    heading = report(CONTENT, edition).heading
    for number in range(1, pdf.pages + 1):
        texts = [line.text for line in body(pdf.lines(number))]
        if heading.signatory_name in texts:
            assert texts.index(f"{heading.signatory_function},") >= 2
            return
    pytest.fail("de ondertekening staat er niet")


def test_the_letter_of_2022_2(real: Built) -> None:
    pdf = opened(real.output / "2022-2" / "brief.pdf")
    assert pdf.pages == 8
    assert [n.number for n in document(CONTENT, "2022-2", "brief").notes] == list(range(1, 14))
    texts = [line.text for number in range(1, 9) for line in pdf.lines(number)]
    annexes = [text for text in texts if re.match(r"Bijlage \d", text)]
    assert [text.split(":")[0] for text in annexes] == [f"Bijlage {n}" for n in (1, 2, 3, 4, 5, 6, 8)]
    assert all(text.endswith("(volgt separaat)") for text in annexes)


# --- overview pages ---------------------------------------------------------------------------------------------


@pytest.fixture(params=["real", "example"])
def built(request: pytest.FixtureRequest) -> Built:
    found: Built = request.getfixturevalue(request.param)
    return found


def test_every_link_of_every_page_leads_to_a_file(built: Built) -> None:
    dead = []
    for page in built.output.rglob("*.html"):
        for element in elements(parse(page.read_text(encoding="utf-8"))):
            address = unquote((element.get("href") or element.get("src") or "").partition("#")[0])
            if address and not re.match(r"[a-z]+:", address) and not (page.parent / address).is_file():
                dead.append(f"{page.relative_to(built.output)} → {address}")
    assert dead == []


def test_the_overview_tells_sizes_and_pages(built: Built) -> None:
    for index in built.output.glob("*/index.html"):
        shown = {}
        for link in elements(parse(index.read_text(encoding="utf-8")), "a"):
            if link.get("href", "").endswith((".pdf", ".html")) and "(" in words(link):
                shown[link.get("href")] = words(link).rpartition("(")[2]
        entries = Manifest.load(index.parent).documents.values()
        wanted = {name: entry for entry in entries for name in entry.outputs if name in shown}
        made = {f"{d.stem}.{suffix}" for d in report(built.content, index.parent.name).documents for suffix in FORMATS}
        assert made <= wanted.keys()
        for name, entry in wanted.items():
            assert file_size((index.parent / name).stat().st_size) in shown[name]
            if name.endswith(".pdf") and entry.pages:
                assert opened(index.parent / name).pages == entry.pages
                assert f"{entry.pages} bladzijde" in shown[name]
