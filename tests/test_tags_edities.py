"""The tag trees of real documents: every note, table and link of the annexes of 2025-1, and what is no text."""

from __future__ import annotations

import re
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from weasyprint.text.fonts import FontConfiguration

from halfjaarbericht.pdf.document import lay_out
from halfjaarbericht.pdf.engine import PdfJob
from halfjaarbericht.pdf.tags import write_tagged
from halfjaarbericht.project import make_project
from tests.editiehulp import CONTENT, ROOT, Built, html, real_documents
from tests.htmlhulp import XHTML, classes, elements, parse
from tests.pdffeiten import letters, printed_notes
from tests.tabelraster import cell_rows, expected_headers
from tests.tagboom import Boom, Tag
from tests.voorlezen import read_html, read_tags, words

pytestmark = pytest.mark.pdf
EDITION = "2025-1"
ANNEXES = ("bijlage-1-kerncijfers", "bijlage-3-moties-en-toezeggingen")
LARGE = ANNEXES[1]
EACH = pytest.mark.parametrize("stem", ANNEXES)


@cache
def tree_of(file: Path) -> Boom:
    return Boom(file.read_bytes())


@pytest.fixture
def tree(real: Built, stem: str) -> Boom:
    return tree_of(real.output / EDITION / f"{stem}.pdf")


@pytest.fixture
def source(stem: str) -> Any:
    """The print HTML."""
    return parse(html(CONTENT, EDITION, stem, "druk"))


# --- notes ------------------------------------------------------------------------------------------------------


def destination(annotation: Any, tree: Boom) -> tuple[int, float]:
    """(page, height) that a link inside leads to."""
    names = list(tree.pdf.Root.Names.Dests.Names)
    place = dict(zip(map(str, names[::2]), names[1::2], strict=True))[str(annotation.Dest)]
    return tree._page_number[place[0].objgen], float(place[3])


def stands_at(annotation: Any, page: int, height: float, tree: Boom) -> bool:
    """Whether the area of a link is where another one leads: its upper edge, on that page."""
    on_page = any(each.objgen == annotation.objgen for each in tree.pdf.pages[page - 1].Annots)
    return on_page and abs(max(float(annotation.Rect[1]), float(annotation.Rect[3])) - height) < 12


@EACH
def test_every_note_is_one_and_linked_both_ways(tree: Boom, stem: str) -> None:
    wanted = printed_notes(html(CONTENT, EDITION, stem, "druk"))
    notes = {note.id: note for note in tree.top.all("Note")}
    assert sorted(notes) == sorted(f"noot_{note.number}" for note in wanted)
    assert {name: tree.elements[tree.names[name].objgen] for name in notes} == notes
    calls: dict[str, list[Any]] = {}
    for reference in tree.top.all("Reference"):
        (link,) = reference.tags
        (area, *_) = link.annotations
        calls.setdefault(str(area.Contents), []).append(area)
    for note in wanted:
        found = notes[f"noot_{note.number}"]
        (label,) = found.all("Lbl")
        (back,) = label.tags[0].annotations
        first, *_again = calls[f"Voetnoot {note.number}"]
        assert letters(label.text) == note.number
        assert letters(found.text) == note.number + letters(note.text)
        assert str(back.Contents) == f"Terug naar de tekst bij voetnoot {note.number}"
        for call in calls[f"Voetnoot {note.number}"]:
            assert stands_at(back, *destination(call, tree), tree)
        assert stands_at(first, *destination(back, tree), tree)


def test_a_note_called_twice_is_reached_from_both(real: Built) -> None:
    tree = tree_of(real.output / "2022-1" / "bijlage-2-moties-en-toezeggingen.pdf")
    page = parse(html(CONTENT, "2022-1", "bijlage-2-moties-en-toezeggingen", "druk"))
    again = [e.get("href")[1:] for e in elements(page, "a") if "nootverwijzing" in classes(e)]
    calls = [str(link.annotations[0].Contents) for r in tree.top.all("Reference") for link in r.tags]
    for name in set(again):
        assert calls.count(f"Voetnoot {name.removeprefix('noot_')}") == 1 + again.count(name)


@EACH
def test_a_note_follows_the_block_that_calls_it(tree: Boom) -> None:
    for note in tree.top.all("Note"):
        assert note.parent is not None and note.parent.role in ("Document", "Sect", "LBody", "BlockQuote")
        before = note.parent.tags[: [id(tag) for tag in note.parent.tags].index(id(note))]
        last, *earlier = [tag for tag in reversed(before) if tag.role != "Note"]
        # Between a table and its source, or an announcement and its list, no note may come.
        both = earlier and (_is_source(last, earlier[0]) or _is_announced(last, earlier[0]))
        number = note.id.removeprefix("noot_")
        called = [tag for block in [last, *earlier[: 1 if both else 0]] for tag in block]
        assert any(str(a.Contents) == f"Voetnoot {number}" for tag in called for a in tag.annotations), number


def _is_source(block: Tag, before: Tag) -> bool:
    return before.role == "Table" and block.role == "P" and block.text.startswith("Bron:")


def _is_announced(block: Tag, before: Tag) -> bool:
    said = "".join(kid if isinstance(kid, str) else "" for kid in before.kids)
    is_figure = block.role == "Sect" and any(tag.role == "Figure" for tag in block.tags)
    return (block.role in ("L", "Table") or is_figure) and said.rstrip().endswith(":")


@pytest.mark.parametrize(("edition", "stem"), real_documents())
def test_no_note_number_runs_together_with_a_figure(edition: str, stem: str, real: Built) -> None:
    """In the text of the file as it is copied and searched. A number within a word is what it looks like otherwise."""
    data = real.pdf(edition, stem)
    with pypdfium2.PdfDocument(data) as document:
        pages = [page.get_textpage().get_text_bounded() for page in document]
    text = words(" ".join(pages))
    for reference in Boom(data).top.all("Reference"):
        assert reference.parent is not None
        kids = reference.parent.kids
        before = kids[kids.index(reference) - 1] if kids[0] is not reference else ""
        number, said = reference.text.strip(), words(before if isinstance(before, str) else before.text)[-12:]
        if number.isdigit() and said:
            assert reference.text.startswith(" ")
            assert not re.search(rf"{re.escape(said)}{number}(?!\d)", text), f"{said}{number}"


@pytest.mark.parametrize(("edition", "stem"), real_documents())
def test_no_note_stands_between_what_belongs_together(edition: str, stem: str, real: Built) -> None:
    tree = tree_of(real.output / edition / f"{stem}.pdf")
    for note in tree.top.all("Note"):
        assert note.parent is not None
        around = note.parent.tags
        after = next((tag for tag in around[around.index(note) :] if tag.role != "Note"), None)
        before = next((tag for tag in reversed(around[: around.index(note)]) if tag.role != "Note"), None)
        if after is not None and before is not None:
            assert not _is_source(after, before), note.id
            assert not _is_announced(after, before), note.id


# --- tables -----------------------------------------------------------------------------------------------------


def own_cells(table: Tag) -> list[list[Tag]]:
    rows = [row for part in table.tags if part.role in ("THead", "TBody", "TFoot") for row in part.tags]
    return [[cell for cell in row.tags if cell.role in ("TH", "TD")] for row in rows]


def test_the_large_annex_has_tables_over_pages_and_in_tables(real: Built) -> None:
    """Without these the tests below would say little."""
    tables = tree_of(real.output / EDITION / f"{LARGE}.pdf").top.all("Table")
    assert any(len({page for tag in table for page in tag.pages}) > 1 for table in tables)
    assert any(inner is not table for table in tables for inner in table.all("Table"))


@EACH
def test_one_table_for_each_table_with_its_rows_once(tree: Boom, source: Any) -> None:
    wanted, found = list(elements(source, "table")), tree.top.all("Table")
    assert len(found) == len(wanted)
    for table, tag in zip(wanted, found, strict=True):
        shape = [[cell.tag.removeprefix(XHTML).upper() for cell in row] for row in cell_rows(table)]
        assert [[cell.role for cell in row] for row in own_cells(tag)] == shape
        assert len(tag.all("Caption")) == len(list(elements(table, "caption")))


@EACH
def test_every_cell_has_its_headers(tree: Boom, source: Any) -> None:
    checked = 0
    for table, tag in zip(elements(source, "table"), tree.top.all("Table"), strict=True):
        flat = [cell for row in cell_rows(table) for cell in row]
        tags = dict(zip(flat, (cell for row in own_cells(tag) for cell in row), strict=True))
        for cell, headers in expected_headers(table).items():
            names = {str(name) for name in tags[cell].attributes.get("Headers", ())}
            assert names == {tags[header].id for header in headers}, tags[cell].text
            checked += 1
        for cell, found in tags.items():
            if cell.tag == XHTML + "th":
                assert str(found.attributes["Scope"]) == ("/Column" if cell.get("scope").startswith("col") else "/Row")
                assert tree.elements[tree.names[found.id].objgen] is found
            for key in ("colspan", "rowspan"):
                assert int(found.attributes.get(key[:3].title() + "Span", 1)) == int(cell.get(key, 1))
    assert checked > 20


# --- lists, contents, links -------------------------------------------------------------------------------------


@EACH
def test_contents_list_has_an_entry_for_each_section(tree: Boom, source: Any) -> None:
    wanted = [e for e in elements(source, "a") if "regel" in classes(e)]
    entries = tree.top.all("TOCI")
    assert len(entries) == len(wanted) > 5
    for entry, link in zip(entries, wanted, strict=True):
        reference = entry.tags[0]
        (found,) = reference.tags
        assert (reference.role, found.role, len(found.annotations)) == ("Reference", "Link", 1)
        page, _ = destination(found.annotations[0], tree)
        assert words(found.text) == f"{words(''.join(link.itertext()))} bladzijde {page}"
        assert str(found.annotations[0].Contents) == words("".join(link.itertext()))


@EACH
def test_every_link_is_in_the_tree_with_words(tree: Boom) -> None:
    inside = {a.objgen for tag in tree.top for a in tag.annotations}
    on_pages = {a.objgen for page in tree.pdf.pages for a in page.obj.get("/Annots", [])}
    assert inside == on_pages
    for tag in tree.top:
        for annotation in tag.annotations:
            assert tag.role == "Link"
            assert not re.match(r"https?:|[a-z_-]+$", str(annotation.Contents)) or str(annotation.Contents) in tag.text
            assert tree.elements[tree.numbers[int(annotation.StructParent)].objgen] is tag


# --- reading order, artifacts -----------------------------------------------------------------------------------


@pytest.mark.parametrize(("edition", "stem"), real_documents())
def test_the_tree_reads_as_the_html_does(edition: str, stem: str, real: Built) -> None:
    """Word for word and in the same order, so spaces at line ends are there and hyphens of line breaking are not."""
    (body,) = elements(parse(html(CONTENT, edition, stem, "druk")), "body")
    tree = tree_of(real.output / edition / f"{stem}.pdf")
    assert words(read_tags(tree.top)) == words(read_html(body))


@EACH
def test_all_that_is_drawn_is_marked_once(tree: Boom) -> None:
    for contents in tree.contents.values():
        assert (contents.loose, contents.nested) == ([], [])
        assert contents.artifact_types <= {"/Pagination", "/Layout"}
    drawn = {
        (page.obj.objgen, number)
        for page, c in zip(tree.pdf.pages, tree.contents.values(), strict=True)
        for number in c.marks
    }
    assert len(tree.met) == len(set(tree.met)) and set(tree.met) == drawn


@EACH
def test_the_parent_tree_leads_back(tree: Boom) -> None:
    for page in tree.pdf.pages:
        for number, element in enumerate(tree.numbers[int(page.obj.StructParents)]):
            kids = element.K
            assert any(kid == number if isinstance(kid, int) else kid.get("/MCID") == number for kid in kids)
            assert element.objgen in tree.elements


@EACH
def test_artifacts_are_what_repeats(tree: Boom, source: Any) -> None:
    running = [e for e in elements(source) if {"vervolgkolom", "vervolgregel"} & set(classes(e))]
    heads = list(elements(source, "thead"))
    repeated = "".join(letters("".join(e.itertext())) for e in [*running, *heads])
    last = len(tree.contents)
    for number, contents in tree.contents.items():
        for text in filter(letters, contents.artifacts):
            assert text == f"Pagina {number} van {last}" or letters(text) in repeated


# --- nothing else changes ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(("edition", "stem"), [("2025-1", ANNEXES[0]), ("2022-2", "brief")])
def test_pages_look_the_same_without_tags(edition: str, stem: str) -> None:
    project = make_project(ROOT, CONTENT)
    page = html(CONTENT, edition, stem, "druk")
    job = PdfJob(page, project.styles, CONTENT / edition, CONTENT / "gedeeld", stem)
    document = lay_out(job, FontConfiguration()).document
    tagged, plain = write_tagged(document, stem)[0], document.write_pdf()
    assert b"StructTreeRoot" not in plain
    assert pictures(tagged) == pictures(plain)


def pictures(pdf: bytes) -> list[bytes]:
    """Each page as pixels, 50 to the inch."""
    with pypdfium2.PdfDocument(BytesIO(pdf)) as document:
        return [page.render(scale=50 / 72).to_pil().tobytes() for page in document]
