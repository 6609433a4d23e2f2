"""The account of the numbers: their origin, where they stand, the register, and what the web page shows of it."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from halfjaarbericht.cijferregister import COLUMNS, register, register_csv
from halfjaarbericht.cli import main
from halfjaarbericht.herkomst import Provenance
from halfjaarbericht.manifest import Manifest
from halfjaarbericht.reading.load import find_editions
from halfjaarbericht.render import Medium, Renderer
from halfjaarbericht.verslag import Document, Link, Number, Report, Span, Text
from tests.htmlhulp import elements, parse, with_class, words
from tests.inhoudhulp import EDITION, flat, inlines_of, read_report, write_content
from tests.voorbeeld_bouwstenen import para

ROOT = Path(__file__).parent.parent
CONTENT = ROOT / "content"
RENDERER = Renderer([ROOT / "templates"], [ROOT / "styles"])

NUMBERS = """\
data:
  eenheden:
    bestand: data/eenheden.csv
    sleutel: eenheid
    peildatum: 2029-12-31
    bron: rap-x
    kolommen:
      eenheid: {soort: tekst}
      agenten: {opmaak: {eenheid: fte}}
cijfers:
  noord: {cel: {data: eenheden, rij: Noord, kolom: agenten}}
  zuid: {cel: {data: eenheden, rij: Zuid, kolom: agenten}, peil: "2029-06", bron: eigen opgave}
  agenten: {totaal: {data: eenheden, kolom: agenten}}
  norm: {waarde: 5000, opmaak: {eenheid: inwoners}, omschrijving: Inwoners per agent}
  samen: {som: [noord, zuid], opmaak: {eenheid: fte}, peil: 2029-01/2029-03}
  aandeel: {percentage: [noord, samen], opmaak: {eenheid: "%", decimalen: 1}}
"""
SOURCES = """\
bronnen:
  kst-29628-1098: {soort: kamerstuk, kamer: II, vergaderjaar: 2021-2022, dossier: 29628, nummer: 1098}
  rap-x: {soort: rapport, auteur: Politie, titel: Jaarcijfers, datum: 2030-01-15}
"""
TEXT = """\
tekst: |
  Bovenaan {getal}`noord` en *nadruk op {getal}`agenten`*.
secties:
  - soort: tekst
    id: deel
    titel: Deel een
    tekst: |
      Eerst {verschil}`zuid - noord` en {verschil}`zuid - noord | procent`.[^b]

      - weer {getal}`noord | kaal`
    noten:
      b: "Met {getal}`aandeel`."
    tabellen:
      - id: tabel-letter
        bijschrift: "Agenten, met {getal}`samen`"
        data: eenheden
        kolommen: [{veld: eenheid, kop: Eenheid, rijkop: true}, {veld: agenten, kop: Agenten}]
        totaal: {velden: [agenten]}
"""


def edition(folder: Path, **files: str) -> tuple[Path, Report]:
    """The content folder and the report of a small edition; `files` replace its own by name."""
    texts = {"cijfers": NUMBERS, "bronnen": SOURCES, "brief": TEXT} | files
    content = write_content(folder, {f"{EDITION}/{name}.yaml": text for name, text in texts.items()})
    return content, read_report(content)[0]


@pytest.fixture
def report(tmp_path: Path) -> Report:
    return edition(tmp_path)[1]


def number(report: Report, name: str) -> Provenance:
    (found,) = [number for number in report.provenance if number.id == name]
    return found


def page(report: Report, document: Document, medium: Medium = "scherm", folder: Path = ROOT) -> Any:
    return parse(RENDERER.document(report, document, medium, edition_folder=folder, shared_folder=folder))


# --- where a number comes from ------------------------------------------------------------------------------------


def test_a_cell(report: Report) -> None:
    noord = number(report, "noord")
    assert (noord.kind, noord.value, noord.text, noord.unit) == ("cel", "100", "100\u00a0fte", "fte")
    assert (noord.file, noord.line, noord.row, noord.column) == (
        f"content/{EDITION}/data/eenheden.csv",
        2,
        "Noord",
        "agenten",
    )
    assert (noord.peil, noord.peil_text) == ("2029-12-31", "31 december 2029")
    assert "Jaarcijfers" in noord.source
    zuid = number(report, "zuid")
    assert (zuid.peil_text, zuid.source) == ("juni 2029", "eigen opgave")


def test_a_stated_number_has_its_line(report: Report) -> None:
    norm = number(report, "norm")
    line = NUMBERS.splitlines()[norm.line - 1]
    assert (norm.kind, norm.file) == ("waarde", f"content/{EDITION}/cijfers.yaml")
    assert line.startswith("  norm:")
    assert norm.description == "Inwoners per agent"


def test_a_computed_number_can_be_followed_to_its_cells(report: Report) -> None:
    aandeel, samen = number(report, "aandeel"), number(report, "samen")
    assert aandeel.operands == ("noord", "samen")
    assert aandeel.worked == "100 / 350 × 100"
    assert (samen.formula, samen.worked) == ("noord + zuid", "100 + 250")
    assert samen.peil_text == "januari 2029 tot en met maart 2029"
    assert {number(report, name).kind for name in samen.operands} == {"cel"}


def test_a_difference_in_the_text_and_the_same_in_percent_are_two_numbers(report: Report) -> None:
    plain, percent = number(report, "zuid - noord"), number(report, "zuid - noord | procent")
    assert (plain.text, plain.worked) == ("150\u00a0fte", "250 − 100")
    assert (percent.text, percent.unit) == ("150,0%", "%")
    assert plain.anchor != percent.anchor
    assert percent.operands == ("zuid", "noord")


def test_cells_and_totals_of_tables(report: Report) -> None:
    cell = number(report, "eenheden[Zuid, agenten]")
    assert (cell.kind, cell.line, cell.value, cell.unit) == ("tabelcel", 3, "250", "fte")
    total = number(report, "tabel-letter[totaal, agenten]")
    assert (total.kind, total.value, total.worked) == ("tabeltotaal", "350", "100 + 250")
    assert "Noord, Zuid" in total.formula


def test_a_source_that_only_numbers_name_is_used(tmp_path: Path) -> None:
    content, _ = edition(tmp_path)
    assert [p for p in read_report(content)[1] if p.code == "W302"] == []


# --- where it stands ------------------------------------------------------------------------------------------------


def test_every_place_of_a_number(report: Report) -> None:
    uses = number(report, "noord").uses
    assert [(use.document, use.label, use.where or use.title, use.anchor) for use in uses] == [
        ("brief", "brief", "Eerste halfjaarbericht politie 2030", "begin_inhoud"),
        ("brief", "brief", "Deel een", "deel"),
    ]
    for use in uses:
        line = TEXT.splitlines()[use.line - 1]
        assert use.file == f"content/{EDITION}/brief.yaml"
        assert line[use.column - 1 :].startswith("{getal}`noord")


def test_notes_captions_cells_and_other_documents_are_places(report: Report) -> None:
    assert [(u.where, u.anchor) for u in number(report, "aandeel").uses] == [("noot 1", "noot_1")]
    assert [(u.where, u.anchor) for u in number(report, "samen").uses] == [("tabel 1", "tabel-letter")]
    assert [(u.label, u.where) for u in number(report, "eenheden[Zuid, agenten]").uses] == [
        ("brief", "tabel 1"),
        ("bijlage 1", "tabel 1"),
    ]
    assert [u.label for u in number(report, "agenten").uses] == ["brief", "bijlage 1"]


@pytest.mark.parametrize("name", find_editions(CONTENT))
def test_every_number_that_is_printed_is_accounted_for(name: str) -> None:
    report = read_report(CONTENT, name)[0]
    known = {number.id: number for number in report.provenance}
    assert len(known) == len(report.provenance)
    for document in report.documents:
        for inlines in inlines_of(document):
            for item in flat(inlines):
                if isinstance(item, Number):
                    assert document.id in {use.document for use in known[item.id].uses}
                    assert known[item.id].value == item.value
    for found in known.values():
        assert found.file or found.operands
        assert set(found.operands) <= set(known)
        assert all(use.file and use.line for use in found.uses)
    anchors = [found.anchor for found in known.values() if found.anchor]
    assert len(set(anchors)) == len(anchors)


# --- on the web page --------------------------------------------------------------------------------------------------


def test_a_number_in_the_text_links_to_the_register_and_shows_its_origin(report: Report) -> None:
    letter = report.documents[0]
    first = with_class(page(report, letter), "herkomst")[0]
    assert first.get("href") == "cijfers.html#cijfer-noord"
    (panel,) = with_class(first, "herkomstpaneel")
    assert panel.get("aria-hidden") == "true"
    assert words(panel).startswith("eenheden, rij Noord, kolom agenten. Bron: ")
    assert words(panel).endswith("Peil: 31 december 2029.")
    (data,) = elements(first, "data")
    assert (data.get("data-cijfer"), words(data)) == ("noord", "100 fte")
    assert first.get("aria-label") == "100\u00a0fte, herkomst"


def test_a_panel_of_a_computed_number_has_its_formula(report: Report) -> None:
    panels = [words(p) for p in with_class(page(report, report.documents[0]), "herkomstpaneel")]
    assert "zuid − noord = 250 − 100." in panels
    assert any(p.startswith("noord / samen × 100 = 100 / 350 × 100.") for p in panels)


def test_cells_have_no_link_of_their_own_but_their_table_has_one(report: Report) -> None:
    tree = page(report, report.documents[0])
    for cell in elements(tree, "td"):
        assert elements(cell, "a") == []
    (link,) = [a for a in with_class(tree, "naar-herkomst") if a.tag.endswith("}a")]
    assert link.get("href") == "cijfers.html#data-eenheden"
    assert words(link) == "Herkomst van de cijfers in tabel 1"


def test_on_paper_nothing_of_it(report: Report) -> None:
    for document in report.documents:
        tree = page(report, document, "druk")
        assert not with_class(tree, "herkomst") + with_class(tree, "herkomstpaneel") + with_class(tree, "naar-herkomst")
        without = replace(report, provenance=())
        options: dict[str, Any] = {"edition_folder": ROOT, "shared_folder": ROOT}
        assert RENDERER.document(report, document, "druk", **options) == RENDERER.document(
            without, document, "druk", **options
        )


def test_printing_the_web_page_hides_it() -> None:
    css = (ROOT / "styles" / "scherm.css").read_text(encoding="utf-8")
    printed = css[css.index("@media print") :]
    hidden = next(line for line in printed.splitlines() if ".herkomstpaneel" in line)
    assert ".naar-herkomst" in hidden
    assert "display: none" in hidden


def test_a_number_inside_a_link_is_no_link(report: Report) -> None:
    link = Link("extern", "https://voorbeeld.nl", (Span("em", (Number("100", "noord", "100"),)), Text(" fte")))
    tree = page(report, replace(report.documents[0], blocks=(para(link),)))
    (outer,) = [a for a in elements(tree, "a") if a.get("href") == "https://voorbeeld.nl"]
    assert [a for a in elements(outer, "a") if a is not outer] == []
    assert [d.get("data-cijfer") for d in elements(outer, "data")] == ["noord"]


# --- the register -----------------------------------------------------------------------------------------------------


def ids_of(tree: Any) -> set[str]:
    return {e.get("id") for e in elements(tree) if e.get("id")}


def test_the_parts_of_the_register(report: Report) -> None:
    parts = {part.anchor: part for part in register(report)}
    assert list(parts) == ["data-eenheden", "berekend", "waarde"]
    data = parts["data-eenheden"]
    assert data.files == ("data/eenheden.csv",)
    assert [line.number.id for line in data.lines] == ["noord", "zuid", "agenten", "tabel-letter[totaal, agenten]"]
    assert data.shown is not None
    assert data.shown.rows == (("2", "Noord", ("100",)), ("3", "Zuid", ("250",)))
    assert [place.text for place in data.shown.places] == ["brief, tabel 1", "bijlage 1, tabel 1"]
    samen = parts["berekend"].lines[0]
    assert [(piece.text, piece.href) for piece in samen.formula] == [
        ("noord", "#cijfer-noord"),
        (" + ", ""),
        ("zuid", "#cijfer-zuid"),
    ]
    assert [place.text for place in samen.places] == ["brief, tabel 1", "berekening van aandeel"]


@pytest.mark.parametrize("name", ["", *find_editions(CONTENT)])
def test_links_between_documents_and_register_lead_somewhere(name: str, tmp_path: Path) -> None:
    report = read_report(CONTENT, name)[0] if name else edition(tmp_path)[1]
    folder = CONTENT / name if name else ROOT
    pages = {f"{d.stem}.html": page(report, d, folder=folder) for d in report.documents}
    pages["cijfers.html"] = parse(RENDERER.register(report))
    ids = {name: ids_of(tree) for name, tree in pages.items()}
    for name, tree in pages.items():
        for link in elements(tree, "a"):
            file, hash_, anchor = link.get("href").partition("#")
            if hash_ and (file in pages or not file):
                assert anchor in ids[file or name], f"{name}: {link.get('href')}"


def test_what_the_data_say_is_escaped(tmp_path: Path) -> None:
    numbers = NUMBERS.replace("rij: Noord", "rij: <b>&Noord").replace("omschrijving: Inwoners", "omschrijving: <i>&")
    content = write_content(
        tmp_path,
        {
            f"{EDITION}/cijfers.yaml": numbers,
            f"{EDITION}/bronnen.yaml": SOURCES,
            f"{EDITION}/brief.yaml": TEXT,
            f"{EDITION}/data/eenheden.csv": "eenheid,agenten\n<b>&Noord,100\nZuid,250\n",
        },
    )
    report = read_report(content)[0]
    tree = parse(RENDERER.register(report))
    assert "<b>&Noord" in words(tree)
    assert "<i>& per agent" in words(tree)
    assert "<b>&Noord" in words(with_class(page(report, report.documents[0]), "herkomstpaneel")[0])


# --- cijfers.csv ------------------------------------------------------------------------------------------------------


def rows_of(data: bytes) -> list[dict[str, str]]:
    assert data.startswith(b"\xef\xbb\xbf")
    return list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline=""), delimiter=";"))


def test_the_csv_is_for_a_dutch_spreadsheet(report: Report) -> None:
    data = register_csv(report)
    rows = rows_of(data)
    assert tuple(rows[0]) == COLUMNS
    assert data.count(b"\r\n") == len(rows) + 1
    assert [row["id"] for row in rows] == [number.id for number in report.provenance]
    by_id = {row["id"]: row for row in rows}
    assert by_id["aandeel"]["waarde"] == "28,571429"
    assert by_id["noord"]["rij"] == "Noord (regel 2)"
    assert by_id["samen"]["formule"] == "noord + zuid"
    assert by_id["samen"]["gebruikt in"].endswith("brief.yaml:15) | berekening van aandeel")


@pytest.mark.parametrize("start", "=+-@\t")
def test_no_field_is_run_as_a_formula(report: Report, start: str) -> None:
    risky = replace(report.provenance[0], row=f"{start}SOM(A1)", line=0, value="-5", column="+31 70")
    (row,) = rows_of(register_csv(replace(report, provenance=(risky,))))
    assert row["rij"] == f"'{start}SOM(A1)"
    assert row["waarde"] == "-5"
    assert row["kolom"] == "+31 70"


# --- building ---------------------------------------------------------------------------------------------------------


def build(content: Path, output: Path) -> None:
    assert main(["build", "--format", "html", "--quiet", "--content", str(content), "--output", str(output)]) == 0


def test_a_build_writes_the_register_and_the_overview_links_it(tmp_path: Path) -> None:
    content, report = edition(tmp_path)
    build(content, tmp_path / "uit")
    folder = tmp_path / "uit" / EDITION
    assert (folder / "cijfers.csv").read_bytes() == register_csv(report)
    assert parse((folder / "cijfers.html").read_text(encoding="utf-8")) is not None
    entry = Manifest.load(folder).documents["cijfers"]
    assert set(entry.outputs) == {"cijfers.html", "cijfers.csv"}
    assert any(name.endswith("data/eenheden.csv") for name in entry.inputs)
    index = parse((folder / "index.html").read_text(encoding="utf-8"))
    assert {"cijfers.html", "cijfers.csv"} <= {a.get("href") for a in elements(index, "a")}


def test_the_same_content_gives_the_same_bytes(tmp_path: Path) -> None:
    content, _ = edition(tmp_path)
    outputs = [tmp_path / "een", tmp_path / "twee"]
    for output in outputs:
        build(content, output)
    for name in ("cijfers.html", "cijfers.csv", "manifest.json"):
        first, second = ((output / EDITION / name).read_bytes() for output in outputs)
        assert first == second


def test_without_numbers_there_is_no_register(tmp_path: Path) -> None:
    content, _ = edition(tmp_path)
    build(content, tmp_path / "uit")
    annex = {"soort": "tekst", "id": "inleiding", "titel": "Inleiding", "tekst": "Tekst."}
    content = write_content(
        tmp_path,
        {
            f"{EDITION}/cijfers.yaml": "cijfers: {}\n",
            f"{EDITION}/bijlagen/zaken/1-inleiding.yaml": annex,
        },
    )
    build(content, tmp_path / "uit")
    names = {file.name for file in (tmp_path / "uit" / EDITION).iterdir()}
    assert not names & {"cijfers.html", "cijfers.csv"}
    assert "brief.html" in names
