"""Resolving: numbers of notes, references, merged headers, and the same outcome whatever the order of files."""

from __future__ import annotations

import random
import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from halfjaarbericht.model.basis import ID_PATTERN
from halfjaarbericht.problems import ContentError
from halfjaarbericht.reading.load import find_editions
from halfjaarbericht.resolving.grid import place_cells, width_problem, with_headers
from halfjaarbericht.verslag import (
    TOP,
    Block,
    Cell,
    Document,
    Figure,
    Link,
    ListBlock,
    NoteCall,
    Quote,
    Report,
    Row,
    Section,
    Subheading,
    Table,
)
from tests.inhoudhulp import EDITION, flat, inlines_of, read_report, write_content

CONTENT = Path(__file__).parent.parent / "content"

# --- notes ------------------------------------------------------------------------------------------------------

_KEYS = ["a", "b", "c", "kst-29628-1098", "rap-x", "rap-x; kst-29628-1098"]
_PLACES = ["titel", "alinea", "lijst", "letters", "citaat", "kop", "bijschrift", "kolomkop", "cel", "brede-cel", "bron"]
_ORDER = {place: rank for rank, place in enumerate(_PLACES)}
_calls = st.lists(
    st.tuples(st.sampled_from(_PLACES), st.lists(st.sampled_from(_KEYS), min_size=1, max_size=3)), max_size=6
)
_SOURCES = {
    "kst-29628-1098": {
        "soort": "kamerstuk",
        "kamer": "II",
        "vergaderjaar": "2021-2022",
        "dossier": 29628,
        "nummer": 1098,
    },
    "rap-x": {"soort": "rapport", "titel": "X"},
}


def call(keys: list[str]) -> str:
    return "".join(f"[^{key}]" for key in keys)


def section(number: int, calls: dict[str, list[str]]) -> dict[str, Any]:
    """A section with a call of notes in each of the given places, in the order of _PLACES."""
    marks = {place: call(calls.get(place, [])) for place in _PLACES}
    text = (
        f"Alinea.{marks['alinea']}\n\n- een\n  - diep{marks['lijst']}\n\nDan:\n\na. letter{marks['letters']}\n\n"
        f"> citaat{marks['citaat']}\n\n## Kop{marks['kop']}\n"
    )
    table = {
        "id": f"tabel-{number}",
        "soort": "tekst",
        "bijschrift": f"Bijschrift{marks['bijschrift']}",
        "kolommen": [{"kop": f"Een{marks['kolomkop']}"}, {"kop": "Twee"}],
        "rijen": [["a", f"cel{marks['cel']}"], [{"tekst": f"breed{marks['brede-cel']}", "over_kolommen": 2}]],
        "bron": f"bron{marks['bron']}",
    }
    return {"soort": "tekst", "id": f"s{number}", "titel": f"Titel{marks['titel']}", "tekst": text, "tabellen": [table]}


def expected_numbers(calls: list[str]) -> list[tuple[int, int]]:
    """The number and occurrence of every call in reading order: a note keeps its number, a citation gets a new one."""
    numbers: dict[str, int] = {}
    times: dict[int, int] = {}
    found = []
    for key in calls:
        number = numbers.get(key, len(times) + 1)
        if key in "abc":
            numbers[key] = number
        times[number] = times.get(number, 0) + 1
        found.append((number, times[number]))
    return found


def letter(folder: Path, sections: list[dict[str, Any]]) -> Document:
    content = write_content(
        folder,
        {
            f"{EDITION}/brief.yaml": {"noten": {key: f"Noot {key}." for key in "abc"}, "secties": sections},
            f"{EDITION}/bronnen.yaml": {"bronnen": _SOURCES},
        },
    )
    return read_report(content)[0].documents[0]


@given(st.lists(_calls, min_size=1, max_size=3))
def test_notes_are_numbered_in_reading_order(
    tmp_path_factory: pytest.TempPathFactory, sections: list[list[tuple[str, list[str]]]]
) -> None:
    chosen = [dict(calls) for calls in sections]
    document = letter(tmp_path_factory.mktemp("brief"), [section(i, calls) for i, calls in enumerate(chosen)])
    wanted = [key for calls in chosen for place in _PLACES for key in calls.get(place, [])]
    found = [
        (inline.note, inline.occurrence)
        for inlines in inlines_of(document)
        for inline in flat(inlines)
        if isinstance(inline, NoteCall)
    ]
    assert found == expected_numbers(wanted)
    assert [note.number for note in document.notes] == list(range(1, len({n for n, _ in found}) + 1))
    assert {note.number: note.calls for note in document.notes} == {n: sum(m == n for m, _ in found) for n, _ in found}


def test_notes_in_grouped_headings_are_numbered_row_by_row(tmp_path: Path) -> None:
    names = ["eenheid", "agenten", "staf", "auto"]
    table = {
        "id": "tabel-groep",
        "bijschrift": "Mensen[^kst-29628-1098]",
        "data": "mensen",
        "kolommen": [{"veld": name, "kop": f"{name}[^kst-29628-1098]"} for name in names],
        "kolomgroepen": [{"kop": "Groep[^kst-29628-1098]", "velden": ["agenten", "staf"]}],
        "celnoten": [{"rij": "Zuid", "veld": "auto", "noot": "kst-29628-1098"}],
        "totaal": {"kop": "Totaal[^kst-29628-1098]", "velden": ["auto"]},
        "bron": "bron[^kst-29628-1098]",
    }
    content = write_content(tmp_path)
    numbers = yaml.safe_load((content / EDITION / "cijfers.yaml").read_text(encoding="utf-8"))
    columns = {name: {"soort": "tekst"} if name == "eenheid" else {} for name in names}
    numbers["data"]["mensen"] = {"bestand": "data/mensen.csv", "sleutel": "eenheid", "kolommen": columns}
    files = {
        f"{EDITION}/brief.yaml": {"tabellen": [table]},
        f"{EDITION}/cijfers.yaml": numbers,
        f"{EDITION}/data/mensen.csv": "eenheid,agenten,staf,auto\nNoord,1,2,3\nZuid,4,5,6\n",
    }
    document = read_report(write_content(tmp_path, files))[0].documents[0]
    found = [i.note for inlines in inlines_of(document) for i in flat(inlines) if isinstance(i, NoteCall)]
    assert found == list(range(1, 10))
    (shown,) = document.blocks
    assert isinstance(shown, Table)
    assert [cell.header for cell in shown.head[0].cells] == ["col", "colgroup", "col"]
    assert [len(row.cells) for row in shown.head] == [3, 2]


def test_a_note_of_a_section_hides_one_of_the_document(tmp_path: Path) -> None:
    inner = {"soort": "tekst", "id": "s", "titel": "T", "tekst": "Zin.[^a]", "noten": {"a": "Van de sectie."}}
    document = letter(tmp_path, [inner, {"soort": "tekst", "id": "u", "titel": "T", "tekst": "Zin.[^a]"}])
    texts = ["".join(getattr(i, "text", "") for i in note.blocks[0].content) for note in document.notes]  # type: ignore[union-attr]
    assert texts == ["Van de sectie.", "Noot a."]


# --- references -------------------------------------------------------------------------------------------------


def report_ids(document: Document) -> set[str]:
    """Everything in a document that a reference may point at."""
    found = {TOP} | {f"noot_{note.number}" for note in document.notes}

    def blocks(many: tuple[Block, ...]) -> None:
        for block in many:
            if isinstance(block, Table | Figure | Subheading):
                found.add(block.id)
            elif isinstance(block, Quote):
                blocks(block.blocks)
            elif isinstance(block, ListBlock):
                for item in block.items:
                    blocks(item)

    def sections(many: tuple[Section, ...]) -> None:
        for one in many:
            found.add(one.id)
            blocks(one.blocks)
            sections(one.sections)

    blocks(document.blocks)
    sections(document.sections)
    return found


def dangling(report: Report) -> list[Link]:
    """The references of a report that lead nowhere."""
    ids = {document.id: report_ids(document) | {""} for document in report.documents}
    ids |= {entry.id: {""} for entry in report.entries if entry.kind == "extern" and entry.file}
    wrong = []
    for document in report.documents:
        for inlines in inlines_of(document):
            for link in flat(inlines):
                if isinstance(link, Link) and link.kind != "extern":
                    target = link.document or document.id
                    if link.href not in ids.get(target, set()):
                        wrong.append(link)
    return wrong


@pytest.mark.parametrize("edition", find_editions(CONTENT))
def test_every_reference_of_the_content_arrives(edition: str) -> None:
    report, _ = read_report(CONTENT, edition)
    assert dangling(report) == []
    links = [i for d in report.documents for inlines in inlines_of(d) for i in flat(inlines) if isinstance(i, Link)]
    assert links


def test_references_to_everything_arrive(tmp_path: Path) -> None:
    targets = [
        "zaken",
        "inleiding",
        "tabel-eenheden",
        "motie-bakker",
        "s0",
        "s1",
        "tabel-0",
        "tabel-1",
        "brief",
        "noot:a",
    ]
    text = "Een.[^a] " + " ".join(f"{{zie}}`{target}`" for target in targets)
    sections = [section(0, {}), {**section(1, {}), "tekst": text}]
    content = write_content(tmp_path, {f"{EDITION}/brief.yaml": {"noten": {"a": "Noot."}, "secties": sections}})
    report, _ = read_report(content)
    assert dangling(report) == []
    links = [i for inlines in inlines_of(report.documents[0]) for i in flat(inlines) if isinstance(i, Link)]
    assert len(links) == len(targets)


def test_an_annex_without_a_file_is_named_but_not_linked(tmp_path: Path) -> None:
    editie = yaml.safe_load((write_content(tmp_path) / EDITION / "editie.yaml").read_text(encoding="utf-8"))
    editie["datum"] = str(editie["datum"])
    editie["documenten"].append({"soort": "extern", "id": "plan", "titel": "Plan"})
    content = write_content(
        tmp_path, {f"{EDITION}/editie.yaml": editie, f"{EDITION}/brief.yaml": {"tekst": "Zie {zie}`plan`."}}
    )
    report, _ = read_report(content)
    (paragraph,) = report.documents[0].blocks
    assert [getattr(i, "text", None) for i in paragraph.content] == ["Zie bijlage 2."]  # type: ignore[union-attr]


# --- order ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("edition", find_editions(CONTENT))
def test_the_order_in_which_the_disk_lists_files_does_not_matter(edition: str, monkeypatch: pytest.MonkeyPatch) -> None:
    before = read_report(CONTENT, edition)
    shuffle = random.Random(2030)
    for name in ("glob", "rglob", "iterdir"):
        original = getattr(Path, name)

        def shuffled(self: Path, *args: Any, original: Any = original, **more: Any) -> list[Path]:
            found = list(original(self, *args, **more))
            shuffle.shuffle(found)
            return found

        monkeypatch.setattr(Path, name, shuffled)
    assert read_report(CONTENT, edition) == before
    assert find_editions(CONTENT) == sorted(find_editions(CONTENT))


@given(st.randoms(use_true_random=False))
def test_the_order_of_sources_and_numbers_does_not_matter(
    tmp_path_factory: pytest.TempPathFactory, chance: random.Random
) -> None:
    folder = tmp_path_factory.mktemp("volgorde")
    content = write_content(folder)
    numbers = yaml.safe_load((content / EDITION / "cijfers.yaml").read_text(encoding="utf-8"))
    numbers["cijfers"] |= {"som": {"som": ["agenten", "norm"]}, "deel": {"percentage": ["agenten", "som"]}}
    files = {f"{EDITION}/brief.yaml": {"tekst": "{getal}`deel` {getal}`som`.[^rap-x; kst-29628-1098]"}}

    def report(cijfers: list[str], bronnen: list[str]) -> object:
        numbers["cijfers"] = {key: numbers["cijfers"][key] for key in cijfers}
        sources = {"bronnen": {key: _SOURCES[key] for key in bronnen}}
        more = {f"{EDITION}/cijfers.yaml": numbers, f"{EDITION}/bronnen.yaml": sources}
        found = read_report(write_content(folder, files | more))[0]
        # The account of the numbers names their lines in cijfers.yaml; nothing else may tell the order.
        account = {replace(number, line=0) for number in found.provenance}
        return replace(found, provenance=()), account

    cijfers, bronnen = list(numbers["cijfers"]), list(_SOURCES)
    first = report(cijfers, bronnen)
    chance.shuffle(cijfers)
    chance.shuffle(bronnen)
    assert report(cijfers, bronnen) == first


def test_problems_come_in_one_order_without_repeats(tmp_path: Path) -> None:
    text = "{getal}`x` {zie}`noot:y` {getal}`x` [^z] {bron}`w`"
    content = write_content(tmp_path, {f"{EDITION}/brief.yaml": {"tekst": text, "noten": {"y": "[^z]"}}})
    with pytest.raises(ContentError) as raised:
        read_report(content)
    problems = list(raised.value.problems)
    assert problems == sorted(set(problems))
    assert [p.code for p in problems] == ["E309", "E311", "E309", "E311", "E312"]


# --- tables -----------------------------------------------------------------------------------------------------


def by_slots(rows: list[Row]) -> list[list[list[tuple[int, int]]]]:
    """For every cell the places of its headers, by walking up and to the left through a filled-in grid."""
    grid: dict[tuple[int, int], tuple[int, int]] = {}
    for y, row in enumerate(rows):
        x = 0
        for number, cell in enumerate(row.cells):
            while (y, x) in grid:
                x += 1
            for dy in range(cell.rowspan):
                for dx in range(cell.colspan):
                    grid[y + dy, x + dx] = (y, number)
    result = []
    for y, row in enumerate(rows):
        line = []
        for number in range(len(row.cells)):
            own = [slot for slot, who in grid.items() if who == (y, number)]
            top, left = min(own)
            found = set()
            for sy, sx in own:
                above = [grid.get((up, sx)) for up in range(top)]
                beside = [grid.get((sy, to)) for to in range(left)]
                found |= {w for w in above if w and rows[w[0]].cells[w[1]].header in ("col", "colgroup")}
                found |= {w for w in beside if w and rows[w[0]].cells[w[1]].header in ("row", "rowgroup")}
            line.append(sorted(found))
        result.append(line)
    return result


@st.composite
def tables(draw: st.DrawFn) -> tuple[list[Row], list[Row]]:
    """A head of one or two rows and a body, with merged cells, exactly as wide as each other."""
    widths = draw(st.lists(st.integers(1, 3), min_size=1, max_size=4))
    total = sum(widths)
    first, second = [], []
    for width in widths:
        if width == 1:
            first.append(Cell((), "col", rowspan=2))
        else:
            first.append(Cell((), "colgroup", colspan=width))
            second += [Cell((), "col")] * width
    head = [Row(tuple(first)), Row(tuple(second))] if second else [Row(tuple(Cell((), "col") for _ in widths))]
    body: list[Row] = []
    while len(body) < draw(st.integers(1, 3)):
        height = draw(st.integers(1, 3))
        group = Cell((), "rowgroup" if height > 1 else "row", rowspan=height)
        for y in range(height):
            rest = total - 1
            cells = [group] if y == 0 else []
            while rest:
                width = draw(st.integers(1, rest))
                cells.append(Cell((), "", colspan=width))
                rest -= width
            body.append(Row(tuple(cells)))
    return head, body


@given(tables())
def test_headers_are_those_of_the_rows_and_columns(table: tuple[list[Row], list[Row]]) -> None:
    head, body = table
    new_head, new_body, foot = with_headers("t", tuple(head), tuple(body), ())
    assert foot == ()
    rows = [*new_head, *new_body]
    merged = any(c.header and (c.colspan > 1 or c.rowspan > 1) for row in [*head, *body] for c in row.cells)
    ids = [c.id for row in rows for c in row.cells if c.header]
    if not merged:
        assert rows == [*head, *body]
        return
    assert len(set(ids)) == len(ids)
    for y, line in enumerate(by_slots([*head, *body])):
        for x, wanted in enumerate(line):
            names = sorted(rows[hy].cells[hx].id for hy, hx in wanted)
            assert sorted(rows[y].cells[x].headers) == names


@given(tables())
def test_a_good_table_has_no_row_of_another_width(table: tuple[list[Row], list[Row]]) -> None:
    head, body = table
    width = sum(cell.colspan for cell in head[0].cells)
    assert width_problem(body, width) is None
    assert width_problem(body, width + 1) == 0
    longer = [*body[:-1], Row((*body[-1].cells, Cell(())))]
    assert width_problem(longer, width) == len(body) - 1
    deeper = [*body[:-1], Row(tuple(Cell((), rowspan=2) for _ in body[-1].cells))]
    if body[-1].cells:
        assert width_problem(deeper, width) == len(body) - 1


def test_cells_are_placed_beside_those_from_above() -> None:
    rows = [Row((Cell((), rowspan=2), Cell(()), Cell((), rowspan=3))), Row((Cell(()),)), Row((Cell(()), Cell(())))]
    assert [[p.left for p in row] for row in place_cells(rows)] == [[0, 1, 2], [1], [0, 1]]


# --- ids and notes that must not collide or get lost ------------------------------------------------------------


def test_ids_of_the_program_are_none_that_an_author_can_give(tmp_path: Path) -> None:
    """Ids such as noot-1 and inhoud belong to the author; each that the program makes has a _ in it."""
    sections = [
        {"soort": "tekst", "id": id_, "titel": f"Over {id_}", "tekst": "## Kop\n\nTekst.[^rap-x]"}
        for id_ in ("noot-1", "inhoud", "tussenkop-1", "t-k1-1", "t-1")
    ]
    content = write_content(
        tmp_path, {f"{EDITION}/brief.yaml": {"secties": sections}, f"{EDITION}/bronnen.yaml": {"bronnen": _SOURCES}}
    )
    letter = read_report(content)[0].documents[0]
    made = {b.id for s in letter.sections for b in s.blocks if isinstance(b, Subheading)} | {TOP}
    assert len(made) == 6
    assert not [id_ for id_ in made if re.match(ID_PATTERN, id_)]


def test_a_note_in_a_bold_title_is_dropped_from_lists_only(tmp_path: Path) -> None:
    files = {
        f"{EDITION}/bijlagen/zaken/bijlage.yaml": {
            "id": "zaken",
            "titel": "Moties **en[^a]** meer",
            "noten": {"a": "Een noot."},
            "secties": [{"bestand": "1-inleiding.yaml"}, {"bestand": "2-motie.yaml"}],
        }
    }
    report, problems = read_report(write_content(tmp_path, files))
    assert not problems
    annex = report.documents[1]
    assert [n.number for n in annex.notes][:1] == [1]
    assert report.entries[1].plain == "Moties en meer"


def test_hidden_facts_of_a_matter_call_no_notes(tmp_path: Path) -> None:
    motie = {
        "soort": "motie",
        "id": "m",
        "titel": "Motie",
        "vervolg": {"tekst": "later[^rap-x]"},
        "tekst": "Zie ook.[^kst-29628-1098]",
    }
    for shown, count in ((True, 2), (False, 1)):
        annex = {"id": "zaken", "titel": "Moties", "zaakgegevens": shown, "secties": [motie]}
        files = {f"{EDITION}/bijlagen/zaken/bijlage.yaml": annex, f"{EDITION}/bronnen.yaml": {"bronnen": _SOURCES}}
        content = write_content(tmp_path, files)
        for name in ("1-inleiding.yaml", "2-motie.yaml"):
            (content / EDITION / "bijlagen" / "zaken" / name).unlink()
        (annex_document,) = [d for d in read_report(content)[0].documents if d.kind == "bijlage"]
        assert len(annex_document.notes) == count
        assert bool(annex_document.sections[0].matter and annex_document.sections[0].matter.follow_up) is shown


@given(st.lists(st.lists(st.tuples(st.integers(1, 3), st.integers(1, 3)), max_size=4), max_size=6), st.integers(1, 6))
def test_the_width_of_rows_is_what_the_grid_covers(spans: list[list[tuple[int, int]]], columns: int) -> None:
    """Against the definition: a row is right when its cells and those that reach down to it fill the columns."""
    rows = [Row(tuple(Cell((), colspan=c, rowspan=r) for c, r in row)) for row in spans]
    placed = [p for row in place_cells(rows) for p in row]

    def wrong(y: int) -> bool:
        covered = sum(p.right - p.left for p in placed if p.top <= y < p.bottom)
        return covered != columns or any(p.top == y and p.bottom > len(rows) for p in placed)

    assert width_problem(rows, columns) == next((y for y in range(len(rows)) if wrong(y)), None)
