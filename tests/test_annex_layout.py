"""The annex in the PDF, measured: head, contents list, lists, tables, wide pages, watermark, outline."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pypdf
import pypdfium2
import pytest

from halfjaarbericht.verslag import Figure, ListBlock, NoteCall, Text
from tests.layouthulp import (
    NEAR,
    TEXT_LEFT,
    TEXT_RIGHT,
    TEXT_TOP,
    annex_of,
    column,
    make,
    page_count,
    the,
)
from tests.pdfmaten import boxes, lines
from tests.voorbeeld_bouwstenen import bullets, para, text
from tests.voorbeeld_tabellen import NUMBERS_TABLE, WIDE_TABLE
from tests.voorbeeld_verslag import annex, edition_folder, letter

pytestmark = pytest.mark.pdf


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return edition_folder(tmp_path_factory.mktemp("inhoud"))


@pytest.fixture(scope="module")
def brief(folder: Path) -> bytes:
    return make(letter(14), folder)


@pytest.fixture(scope="module")
def bijlage(folder: Path) -> bytes:
    return make(annex(), folder)


# --- the annex -------------------------------------------------------------------------------------------------


def test_head_of_the_annex(bijlage: bytes) -> None:
    found = lines(bijlage, 0)
    number, belongs = the(found, "Bijlage nummer"), the(found, "Horend bij")
    assert number.top == pytest.approx(TEXT_TOP, abs=NEAR)
    values = [line for line in found if line.left == pytest.approx(58, abs=NEAR)]
    assert [line.text for line in values] == ["2", "Tweede halfjaarbericht politie 2030"]
    assert the(found, "Moties & toezeggingen").baseline - belongs.baseline == pytest.approx(48 * 25.4 / 72, abs=0.1)
    assert "Directoraat-Generaal" in [line.text for line in column(found)]


def test_contents_list_gives_the_page_of_each_heading(bijlage: bytes) -> None:
    pages = [[line.text for line in lines(bijlage, page)] for page in range(page_count(bijlage))]
    listed = [line for line in lines(bijlage, 0) if line.right == pytest.approx(TEXT_RIGHT, abs=NEAR)]
    entries = {
        line.text: int(number.text.removeprefix("bladzijde"))
        for number in listed
        if number.text.startswith("bladzijde")  # what is read; drawn is the number alone
        for line in lines(bijlage, 0)
        if line.baseline == number.baseline and line.left < 60
    }
    assert set(entries) >= {"1.1 Motie-Jansen c.s. over wijkagenten", "1.2 Toezegging – Brief over de opleiding"}
    for title, page in entries.items():
        assert any(text.startswith(title) for text in pages[page - 1])


def test_contents_list_has_no_dots_as_text(bijlage: bytes) -> None:
    assert not re.search(r"\.\s?\.", " ".join(line.text for line in lines(bijlage, 0)))


def test_lists_hang_at_the_left_edge(folder: Path) -> None:
    deep: ListBlock = bullets("punt", (para("nog een punt"), bullets("dieper")))
    steps = bullets("stap een", (para("stap twee"), bullets("deel a", kind="alpha")), kind="decimal", start=9)
    found = [line for line in lines(make(annex_of(deep, steps), folder), 0) if line.top > 90]
    places = {line.text: round(line.left, 1) for line in found}
    assert (places["punt"], places["nog een punt"], places["dieper"]) == (35.5, 35.5, 43.0)
    marks = [line for line in found if line.text in "•–"]
    assert [line.left for line in marks] == pytest.approx([28.0, 28.0, 35.5], abs=NEAR)
    nine = the(found, "9. stap een")
    assert nine.left == pytest.approx(34.35, abs=NEAR)
    assert [line.text for line in found if "stap" in line.text] == ["9. stap een", "10. stap twee"]
    assert places["a."] == pytest.approx(40.7, abs=NEAR)
    assert places["deel a"] == pytest.approx(48.2, abs=NEAR)


def test_tables_fill_the_text_and_repeat_their_head(folder: Path) -> None:
    long = replace(NUMBERS_TABLE, body=NUMBERS_TABLE.body * 40, caption=text("Lang"), head=NUMBERS_TABLE.head[1:])
    cells = tuple(
        replace(row, cells=tuple(replace(c, id="", headers=(), blocks=_no_notes(c.blocks)) for c in row.cells))
        for row in long.body
    )
    pdf = make(annex_of(replace(long, body=cells, foot=())), folder)
    assert page_count(pdf) > 1
    for page in range(page_count(pdf)):
        assert "2029" in [line.text for line in lines(pdf, page)]
        edges = [box for box in boxes(pdf, page) if box[2] - box[0] > 5]
        assert min(box[0] for box in edges) == pytest.approx(TEXT_LEFT, abs=NEAR)
        assert max(box[2] for box in edges) == pytest.approx(TEXT_RIGHT, abs=NEAR)
        assert max(box[3] for box in edges) < 278.1


def _no_notes(blocks: object) -> tuple[object, ...]:
    assert isinstance(blocks, tuple)
    return tuple(
        replace(block, content=tuple(item for item in block.content if not isinstance(item, NoteCall)))
        for block in blocks
    )


def test_a_total_stands_once_at_the_end(bijlage: bytes) -> None:
    found = [line.text for page in range(page_count(bijlage)) for line in lines(bijlage, page)]
    assert found.count("Totaal") == 1
    assert found.index("Totaal") > found.index("Landelijke diensten")


def test_a_wide_table_lies_on_a_page_of_its_own(folder: Path) -> None:
    pdf = make(annex_of(para("Ervoor."), WIDE_TABLE, para("Erna.")), folder)
    with pypdfium2.PdfDocument(pdf) as document:
        sizes = [(round(page.get_width() * 25.4 / 72), round(page.get_height() * 25.4 / 72)) for page in document]
    assert sizes == [(210, 297), (297, 210), (210, 297)]
    found = lines(pdf, 1)
    texts = " ".join(line.text for line in found)
    assert "Ons kenmerk 7654321" in texts
    assert "Pagina 2 van 3" in texts
    assert not column(found) or all("Directoraat" not in line.text for line in column(found))
    assert the(lines(pdf, 2), "Erna.").top == pytest.approx(TEXT_TOP, abs=NEAR)


def test_each_note_is_on_the_page_of_its_call(bijlage: bytes) -> None:
    shown = {"in een lijst": "vierde stap", "in een kolomkop": "Realisatie", "met tekst": "Over twee kolommen"}
    for page in range(page_count(bijlage)):
        texts = " ".join(line.text for line in lines(bijlage, page))
        for note, place in shown.items():
            assert (f"Noot {note}" in texts or f"cel {note}" in texts) == (place in texts)


# --- concept and outline ---------------------------------------------------------------------------------------


def test_a_concept_looks_different_but_reads_the_same(folder: Path) -> None:
    plain, concept = make(letter(2), folder), make(letter(2, status="concept"), folder)
    for page in range(page_count(plain)):
        assert [line.text for line in lines(plain, page)] == [line.text for line in lines(concept, page)]
        assert picture(plain, page) != picture(concept, page)


def picture(pdf: bytes, page: int) -> bytes:
    with pypdfium2.PdfDocument(pdf) as document:
        return bytes(document[page].render(scale=0.5, grayscale=True).buffer)


def test_the_outline_holds_plain_titles(bijlage: bytes, tmp_path: Path) -> None:
    path = tmp_path / "bijlage.pdf"
    path.write_bytes(bijlage)
    with pypdfium2.PdfDocument(path) as document:
        titles = [item.get_title() for item in document.get_toc()]
    assert titles[0] == "Bijlage 2: Moties & toezeggingen"
    assert "1.1 Motie-Jansen c.s. over wijkagenten" in titles


def test_links_to_other_documents_stay_relative(brief: bytes, tmp_path: Path) -> None:
    path = tmp_path / "brief.pdf"
    path.write_bytes(brief)
    found = set()
    for page in pypdf.PdfReader(path).pages:
        for annotation in page.get("/Annots", ()):
            action = annotation.get_object().get("/A") or {}
            found.add(str(action.get("/URI") or action.get("/F") or ""))
    assert {"bijlage-2-moties.pdf", "bijlage-3-plan.pdf"} <= {link.partition("#")[0] for link in found}
    assert not any("invalid" in link or link.startswith("file:") for link in found)


def test_figures_keep_within_the_text(folder: Path) -> None:
    figure = Figure("f", 1, text("Bijschrift"), "Bijschrift", "figuren/verzuim lijn.svg", "Een lijn die stijgt.", 100)
    found = lines(make(annex_of(figure, para(Text("Erna."))), folder), 0)
    assert the(found, "Figuur 1: Bijschrift").left == pytest.approx(TEXT_LEFT, abs=NEAR)
