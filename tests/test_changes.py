"""What a change did: exactly the sentences and cells that differ, in exactly the right documents."""

from __future__ import annotations

import re
import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from halfjaarbericht.changes import store
from halfjaarbericht.changes.align import Alignment
from halfjaarbericht.changes.compare import compare_editions
from halfjaarbericht.changes.marks import marked
from halfjaarbericht.changes.numbering import summarise
from halfjaarbericht.changes.result import Renumbering
from halfjaarbericht.changes.units import edition_text
from halfjaarbericht.verslag import (
    Blocks,
    Cell,
    Document,
    Figure,
    Inlines,
    LineBreak,
    Link,
    NoteCall,
    Paragraph,
    Row,
    Section,
    Span,
    Table,
    Text,
)
from tests.inhoudhulp import BASE, EDITION, inlines_of, read_report
from tests.wijzigingenhulp import EXTRA, INTRO, compared, content, intro, sections, told

CONTENT = Path(__file__).parent.parent / "content"
CSV = "data/eenheden.csv"


# --- numbers ----------------------------------------------------------------------------------------------------


def test_a_number_changes_its_sentences_and_cells_and_nothing_else(tmp_path: Path) -> None:
    found = compared(tmp_path, {}, {CSV: "eenheid,agenten\nNoord,120\nZuid,250\n"})
    assert told(found) == [
        ("brief", "gewijzigd", "zin", "", "Er zijn nu 350 fte, zie bijlage 1.", "Er zijn nu 370 fte, zie bijlage 1."),
        (
            "bijlage 1",
            "gewijzigd",
            "zin",
            "",
            "Er zijn 350 fte bij een norm van 5.000.[1]",
            "Er zijn 370 fte bij een norm van 5.000.[1]",
        ),
        ("bijlage 1", "gewijzigd", "cel", "tabel 1, rij Noord, kolom Agenten", "100", "120"),
    ]
    assert [d.state for d in found.documents] == ["gewijzigd", "gewijzigd", "gelijk"]
    assert not any(d.renumbered or d.references or d.moved for d in found.documents)


def words(inlines: Inlines) -> str:
    """What is printed of inlines, in the simplest way there is."""
    text = ""
    for item in inlines:
        if isinstance(item, Span | Link):
            text += words(item.children)
        elif isinstance(item, NoteCall):
            text += f"[{item.note}]"
        else:
            text += " " if isinstance(item, LineBreak) else item.text
    return text


def runs(document: Document) -> list[str]:
    """All runs of text of a document, with what charts say of themselves and their data."""
    texts = [words(inlines) for inlines in inlines_of(document)]
    for figure in figures(document.blocks, document.sections):
        texts.append(figure.alt)
        rows = figure.table.body if figure.table else ()
        texts += [words(block.content) for row in rows for cell in row.cells for block in cell.blocks]
    return [re.sub(r"\s+", " ", text).strip() for text in texts]


def figures(blocks: Blocks, inside: tuple[Section, ...]) -> list[Figure]:
    below = [figure for section in inside for figure in figures(section.blocks, section.sections)]
    return [block for block in blocks if isinstance(block, Figure)] + below


@pytest.mark.parametrize("edition", ["2022-1", "2025-1"])
def test_a_number_of_a_real_edition(tmp_path: Path, edition: str) -> None:
    """The changes told, put into the old text, give the new text; and each of them is needed for that."""
    shutil.copytree(CONTENT, tmp_path, dirs_exist_ok=True)  # a series reads the numbers of other editions too
    numbers = tmp_path / edition / "cijfers.yaml"
    stated = re.compile(r"(?:vermeld|tolerantie): [^,}\n]+, ")
    numbers.write_text(stated.sub("", numbers.read_text(encoding="utf-8")), encoding="utf-8")
    old, _ = read_report(tmp_path, edition)
    data = tmp_path / edition / "data" / "wijkagenten.csv"
    rows = [line.split(",") for line in data.read_text(encoding="utf-8").splitlines()]
    at = rows[0].index("bezetting")
    rows[1][at] = str(int(rows[1][at]) + 7)
    data.write_text("\n".join(",".join(row) for row in rows) + "\n", encoding="utf-8")
    new, _ = read_report(tmp_path, edition)

    found = compare_editions(edition_text(old), edition_text(new), edition)
    for before, after, document in zip(old.documents, new.documents, found.documents, strict=True):
        left = list(document.changes)
        for was, now in zip(runs(before), runs(after), strict=True):
            while was != now:
                change = next(c for c in left if c.old in was and was.replace(c.old, c.new, 1) != was)
                left.remove(change)
                was = was.replace(change.old, change.new, 1)
        assert left == []
    assert sum(len(d.changes) for d in found.documents) >= 4


# --- text -------------------------------------------------------------------------------------------------------


def test_a_new_section_is_its_text_and_one_line_of_numbering(tmp_path: Path) -> None:
    found = compared(tmp_path, {}, sections("0-vooraf", "1-inleiding", "2-motie", **{"0-vooraf": EXTRA}))
    letter, annex, other = found.documents
    assert told(found) == [
        ("bijlage 1", "nieuw", "kop", "kop", "", "Vooraf"),
        ("bijlage 1", "nieuw", "zin", "", "", "Dit staat er nu voor.[1]"),
        ("bijlage 1", "nieuw", "zin", "", "", "Het gaat over hoofdstuk 2."),
        ("bijlage 1", "nieuw", "noot", "noot 1", "", "Een noot die nieuw is."),
    ]
    assert annex.renumbered == (
        Renumbering("noot", "1", "1", "2", "2", 1),
        Renumbering("paragraaf", "1", "2", "2", "3", 2),
    )
    assert (letter.state, annex.references, annex.moved) == ("gelijk", 1, 0)
    assert (other.changes, other.references) == ((), 1), "its reference to the motion followed"


def test_another_order_of_annexes_is_numbering(tmp_path: Path) -> None:
    text = (content(tmp_path) / EDITION / "editie.yaml").read_text(encoding="utf-8")
    *lines, first, second, third = text.splitlines()
    found = compared(tmp_path, {}, {"editie.yaml": "\n".join([*lines, third, second, first]) + "\n"})
    assert told(found) == []
    labels = {d.id: (d.label, d.references) for d in found.documents}
    assert labels == {"brief": ("brief", 1), "zaken": ("bijlage 3", 0), "stil": ("bijlage 2", 1)}
    assert Renumbering("bijlage", "1", "1", "3", "3", 1) in found.documents[0].renumbered


def test_a_reference_to_something_else_is_a_change(tmp_path: Path) -> None:
    found = compared(tmp_path, intro("tabel-eenheden`.", "motie-bakker`."), intro("tabel-eenheden`.", "inleiding`."))
    assert told(found) == [("bijlage 1", "gewijzigd", "zin", "", "Zie hoofdstuk 2.", "Zie hoofdstuk 1.")]


def test_moved_text_is_no_change(tmp_path: Path) -> None:
    text = "De eerste zin staat hier nu. De tweede zin staat daarachter. De derde sluit het rijtje."
    a, b, c = re.findall(r"[^.]+\. ?", f"{text} ")
    found = compared(tmp_path, intro("Er zijn", f"{a}{b}{c}\n\n  Er zijn"), intro("Er zijn", f"{c}{a}{b}\n\n  Er zijn"))
    assert (told(found), found.documents[1].moved) == ([], 1)
    motion = (BASE / EDITION / "bijlagen" / "zaken" / "2-motie.yaml").read_text(encoding="utf-8")
    elsewhere = {"bijlagen/zaken/2-motie.yaml": f"{motion}  {text}\n"}
    found = compared(tmp_path, intro("Er zijn", f"{text}\n\n  Er zijn"), elsewhere)
    assert (told(found), found.documents[1].moved) == ([], 3)


def test_a_standing_phrase_does_not_move_from_one_motion_to_another(tmp_path: Path) -> None:
    def motion(name: str, done: bool) -> str:
        text = f"De motie van {name} is besproken met de korpschef.\n" + ("  Zij is afgedaan.\n" if done else "")
        return f"soort: tekst\nid: m-{name}\ntitel: Motie {name}\ntekst: |\n  {text}"

    def version(*done: str) -> dict[str, str]:
        return sections("1-inleiding", "2-motie", *"abc", **{n: motion(n, n in done) for n in "abc"})

    found = compared(tmp_path, version("a", "c"), version("b", "c"))
    assert [(what, new or old) for _, what, _, _, old, new in told(found)] == [
        ("vervallen", "Zij is afgedaan."),
        ("nieuw", "Zij is afgedaan."),
    ]
    assert [c.heading for c in found.documents[1].changes] == ["3 Motie a", "4 Motie b"]


def test_a_section_with_another_id_is_the_same_section(tmp_path: Path) -> None:
    found = compared(tmp_path, {}, intro("id: inleiding", "id: begin"))
    assert [d.state for d in found.documents] == ["gelijk", "gelijk", "gelijk"]


def test_a_note_that_comes_is_told_with_its_sentence(tmp_path: Path) -> None:
    found = compared(tmp_path, {}, intro("tabel-eenheden`.", "tabel-eenheden`.[^kst-29628-1098]"))
    assert told(found) == [
        ("bijlage 1", "gewijzigd", "zin", "", "Zie tabel 1.", "Zie tabel 1.[2]"),
        ("bijlage 1", "nieuw", "noot", "noot 2", "", "Kamerstukken II 2021/22, 29628, nr. 1098."),
    ]


def test_a_citation_that_goes_and_another_that_comes_are_two_changes(tmp_path: Path) -> None:
    source = "  b{0}: {{soort: kamerstuk, kamer: II, vergaderjaar: 2021-2022, dossier: 29628, nummer: {0}}}\n"
    citations = {"bronnen.yaml": "bronnen:\n" + "".join(source.format(n) for n in (1098, 1, 2, 3))}
    citations["bronnen.yaml"] = citations["bronnen.yaml"].replace("b1098", "kst-29628-1098")

    def version(text: str) -> dict[str, str]:
        return citations | intro("Er zijn", f"{text}\n\n  Er zijn")

    found = compared(tmp_path, version("Een.[^b1] Twee.[^b2] Drie."), version("Een. Twee.[^b2] Drie.[^b3]"))
    assert [row[1:4] for row in told(found) if row[2] == "noot"] == [
        ("vervallen", "noot", "noot 1"),
        ("nieuw", "noot", "noot 2"),
    ]
    found = compared(tmp_path, version("Een.[^b1] Twee.[^b2]"), version("Een.[^b3] Twee.[^b2]"))
    assert [row[1:4] for row in told(found)] == [("gewijzigd", "noot", "noot 1")]


def test_facts_of_the_letter(tmp_path: Path) -> None:
    text = (content(tmp_path) / EDITION / "editie.yaml").read_text(encoding="utf-8")
    changed = text.replace("2030-06-20", "2030-06-21").replace("1234567", "7654321")
    found = compared(tmp_path, {}, {"editie.yaml": changed})
    assert {(label, where) for label, _, kind, where, _, _ in told(found) if kind == "gegeven"} >= {
        (label, where) for label in ("brief", "bijlage 1", "bijlage 2") for where in ("Datum", "Ons kenmerk")
    }
    assert {kind for _, _, kind, _, _, _ in told(found)} == {"gegeven"}


def test_documents_and_editions_that_come_and_go(tmp_path: Path) -> None:
    text = (content(tmp_path) / EDITION / "editie.yaml").read_text(encoding="utf-8")
    less = {"editie.yaml": text.replace("  - {soort: bijlage, bestand: bijlagen/stil}\n", "")}
    less["brief.yaml"] = "tekst: Kort.\n"
    report = edition_text(read_report(content(tmp_path))[0])
    shutil.rmtree(tmp_path / "content")
    folder = content(tmp_path, less)
    shutil.rmtree(folder / EDITION / "bijlagen" / "stil")
    smaller = edition_text(read_report(folder)[0])
    states = {d.id: d.state for d in compare_editions(report, smaller, EDITION).documents}
    assert states == {"brief": "gewijzigd", "zaken": "gelijk", "stil": "vervallen"}
    assert {d.id: d.state for d in compare_editions(smaller, report, EDITION).documents}["stil"] == "nieuw"
    assert compare_editions(None, report, EDITION).state == "nieuw"
    assert compare_editions(report, None, EDITION).state == "vervallen"


# --- tables and figures -----------------------------------------------------------------------------------------

HEADED = "kop: Agenten}"


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        ({CSV: "eenheid,agenten\nZuid,250\nNoord,100\n"}, []),
        (
            intro(HEADED, "kop: Politieagenten}"),
            [("gewijzigd", "kolomkop", "tabel 1, kolomkop", "Agenten", "Politieagenten")],
        ),
        (
            {CSV: "eenheid,agenten\nNoord,100\nOost,0\nZuid,250\n"},
            [("nieuw", "rij", "tabel 1, rij Oost", "", "Oost | 0")],
        ),
        (
            intro(HEADED, "kop: Agenten}\n      - {veld: agenten, kop: Nogmaals}"),
            [
                ("nieuw", "kolomkop", "tabel 1, kolomkop", "", "Nogmaals"),
                ("nieuw", "kolom", "tabel 1, kolom Nogmaals", "", "Noord: 100; Zuid: 250"),
            ],
        ),
        (
            intro("Agenten per eenheid", "Aantal agenten per eenheid"),
            [
                ("gewijzigd", "bijschrift", "tabel 1, bijschrift", "Agenten per eenheid", "Aantal agenten per eenheid"),
            ],
        ),
    ],
    ids=["rows moved", "heading renamed", "row added", "column added", "caption"],
)
def test_tables(tmp_path: Path, changed: dict[str, str], expected: list[tuple[str, ...]]) -> None:
    assert [row[1:] for row in told(compared(tmp_path, {}, changed))] == expected


FORM = """\
  - id: formulier
    soort: formulier
    bijschrift: Een formulier
    kop: Voorstel
    rijen:
      - {kop: Doel, tekst: "Dit is het doel van het voorstel. Daarvoor is geld nodig."}
      - kop: Kosten
        tekst: Zie hieronder.
        tabel:
          data: eenheden
          kolommen: [{veld: eenheid, kop: Eenheid, rijkop: true}, {veld: agenten, kop: Agenten}]
"""


def test_a_form_and_the_table_inside_it(tmp_path: Path) -> None:
    old = {"bijlagen/zaken/1-inleiding.yaml": INTRO + FORM}
    new = {
        "bijlagen/zaken/1-inleiding.yaml": INTRO + FORM.replace("geld nodig", "veel geld nodig"),
        CSV: "eenheid,agenten\nNoord,101\nZuid,249\n",
    }
    cells = [row[3:] for row in told(compared(tmp_path, old, new)) if row[2] == "cel"]
    assert cells == [
        ("tabel 1, rij Noord, kolom Agenten", "100", "101"),
        ("tabel 1, rij Zuid, kolom Agenten", "250", "249"),
        ("tabel 2, rij Doel", "Daarvoor is geld nodig.", "Daarvoor is veel geld nodig."),
        ("tabel 2, tabel erin, rij Noord, kolom Agenten", "100", "101"),
        ("tabel 2, tabel erin, rij Zuid, kolom Agenten", "250", "249"),
    ]


def cell(text: str, header: str = "") -> Cell:
    return Cell((Paragraph((Text(text),)),), header)


def with_chart(document: Document, value: str) -> Document:
    """The document with a chart that has its data with it."""
    head = (Row((cell("Jaar", "col"), cell("Klachten", "col"))),)
    table = Table("g-data", "cijfers", 0, (), "", head, (Row((cell("2024", "row"), cell(value))),))
    alt = f"Lijngrafiek van de klachten. In 2024 waren het er {value}."
    return replace(document, blocks=(Figure("g", 1, (Text("Klachten"),), "Klachten", "", alt, 100, table=table),))


def test_a_chart_is_told_by_its_description_and_its_data(tmp_path: Path) -> None:
    report, _ = read_report(content(tmp_path))
    old, new = (
        edition_text(replace(report, documents=(with_chart(report.documents[0], value),)))
        for value in ("1.178", "1.180")
    )
    assert [row[2:] for row in told(compare_editions(old, new, EDITION))] == [
        ("beeld", "figuur 1, beschrijving", "In 2024 waren het er 1.178.", "In 2024 waren het er 1.180."),
        ("cel", "figuur 1, gegevens, rij 2024, kolom Klachten", "1.178", "1.180"),
    ]


# --- what is kept -----------------------------------------------------------------------------------------------


def test_the_text_is_kept_as_it_is(tmp_path: Path) -> None:
    text = edition_text(read_report(content(tmp_path, {"bijlagen/zaken/1-inleiding.yaml": INTRO + FORM}))[0])
    (tmp_path / store.TEXT).write_bytes(store.to_bytes(text))
    assert store.load(tmp_path) == text


@pytest.mark.parametrize(
    "damaged", ["", "{}", "[1]", '{"formaat": 0}', '{"formaat": 1, "editie": "x", "documenten": [3]}']
)
def test_a_damaged_file_is_as_none(tmp_path: Path, damaged: str) -> None:
    (tmp_path / store.TEXT).write_text(damaged, encoding="utf-8")
    assert store.load(tmp_path) is None


# --- the parts --------------------------------------------------------------------------------------------------


def test_words_that_differ_are_marked() -> None:
    old, new = "Er zijn 1.178 fte, ruim 40 meer.[12]", "Er zijn 1.200 fte, ruim 62 meer dan in 2021.[13]"
    assert marked(old, new) == (
        "Er zijn [-1.178-] fte, ruim [-40-] meer.[12]",
        "Er zijn {+1.200+} fte, ruim {+62+} meer {+dan in 2021+}.[13]",
    )
    assert marked("Een zin.", "Een zin.[3]") == ("Een zin.", "Een zin.{+[3]+}")


@given(st.text(), st.text())
def test_marks_only_add_marks(old: str, new: str) -> None:
    left, right = marked(old, new)
    assert left.replace("[-", "").replace("-]", "") == old.replace("[-", "").replace("-]", "")
    assert right.replace("{+", "").replace("+}", "") == new.replace("{+", "").replace("+}", "")


def test_numbers_that_moved_together_are_one() -> None:
    pairs = [("paragraaf", f"1.{n}", f"1.{n + 1}") for n in range(3, 12)]
    pairs += [("paragraaf", "1.9.2", "1.10.2"), ("noot", "12", "13"), ("noot", "13", "14"), ("noot", "14", "16")]
    pairs += [("bijlage", "8a", "8b"), ("tabel", "2", "2"), ("paragraaf", "", "4")]
    assert summarise(pairs) == (
        Renumbering("bijlage", "8a", "8a", "8b", "8b", 1),
        Renumbering("noot", "12", "13", "13", "14", 2),
        Renumbering("noot", "14", "14", "16", "16", 1),
        Renumbering("paragraaf", "", "", "4", "4", 1),
        Renumbering("paragraaf", "1.3", "1.11", "1.4", "1.12", 10),
    )


TEXTS = st.lists(st.sampled_from(["a b c d", "a b c e", "x y", "z", "x y w"]), max_size=8)


@given(TEXTS, TEXTS)
def test_an_alignment_uses_everything_once(old: list[str], new: list[str]) -> None:
    found = Alignment(len(old), len(new))
    found.in_order(old, new)
    equal = len(found.pairs)
    found.alike(old, new, lambda i, j: True, 0.5)
    assert all(old[i] == new[j] for i, j in found.pairs[:equal])
    assert equal == sum(min(old.count(text), new.count(text)) for text in set(old))
    assert sorted([*(i for i, _ in found.pairs), *found.removed]) == list(range(len(old)))
    assert sorted([*(j for _, j in found.pairs), *found.added]) == list(range(len(new)))
