"""Series: data files of several editions as one table."""

from __future__ import annotations

import shutil
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import yaml

from halfjaarbericht.data.table import DataTable
from halfjaarbericht.grafiek import Chart
from halfjaarbericht.problems import ContentError, Problem
from halfjaarbericht.reading.load import load_edition, load_shared
from halfjaarbericht.render import Renderer
from halfjaarbericht.resolving.datatables import data_files, load_tables
from halfjaarbericht.resolving.inlines import plain
from halfjaarbericht.verslag import Blocks, Figure, Paragraph, Report, Table
from tests import rekenblad
from tests.inhoudhulp import EDITION, read_report, write_content

KLACHTEN = {
    "2028-1": "status;fase;2026;2027\nAf;een;3.183;3.735\nAf;twee;111;92\nOud;een;5;n.b.\n",
    "2029-1": "fase,status,2027,2028\ntwee,Af,92,63\neen,Af,3735,2816\n",
    "2030-1": "status,fase,2028,2029\nAf,drie,1,2\nAf,een,2816,3349\nAf,twee,63,73\n",
}


def declared(*years: str, **changes: Any) -> dict[str, Any]:
    base: dict[str, Any] = {
        "bestand": "data/klachten.csv",
        "sleutel": ["status", "fase"],
        "kolommen": {year: {} for year in years},
    }
    return base | changes


DECLARED = {
    "2028-1": declared("2026", "2027", scheidingsteken="puntkomma", getallen="nederlands", ontbrekend=["n.b."]),
    "2029-1": declared("2027", "2028"),
    "2030-1": declared("2028", "2029"),
}
ALL = list(KLACHTEN)
ROOT = Path(__file__).parent.parent


def content(folder: Path, texts: dict[str, str] | None = None, own: dict[str, Any] | None = None, **reeks: Any) -> Path:
    """Three editions with complaints; in the last one the series 'verloop' over them."""
    base = write_content(folder)
    for edition, text in (KLACHTEN | (texts or {})).items():
        numbers = {"data": {"klachten": DECLARED[edition]}}
        file = base / edition / "cijfers.yaml"
        if edition == EDITION:
            numbers = yaml.safe_load(file.read_text())
            numbers["data"] |= {
                "klachten": DECLARED[edition],
                "verloop": {"reeks": {"data": "klachten", "edities": ALL} | reeks} | (own or {}),
            }
        (base / edition / "data").mkdir(parents=True, exist_ok=True)
        (base / edition / "data" / "klachten.csv").write_text(text)
        file.write_text(yaml.safe_dump(numbers, sort_keys=False))
    return base


def load(base: Path) -> tuple[DataTable | None, list[Problem]]:
    tables, problems = load_tables(load_edition(base, EDITION, load_shared(base)))
    return tables.get("verloop"), problems


def good(base: Path) -> DataTable:
    table, problems = load(base)
    assert problems == []
    assert table is not None
    return table


def only(base: Path) -> Problem:
    table, problems = load(base)
    assert table is None
    assert len(problems) == 1, problems
    return problems[0]


def test_columns_are_added_and_rows_follow_the_last_edition(tmp_path: Path) -> None:
    table = good(content(tmp_path))
    assert list(table.columns) == ["status", "fase", "2026", "2027", "2028", "2029"]
    assert table.keys == (("Af", "drie"), ("Af", "een"), ("Af", "twee"), ("Oud", "een"))
    assert table.row(("Af", "drie")).values == ("Af", "drie", None, None, Decimal(1), Decimal(2))
    assert table.row(("Af", "een")).values[2:] == (3183, 3735, 2816, 3349)
    assert table.row(("Oud", "een")).values[:3] == ("Oud", "een", Decimal(5))
    assert table.column_sum("2028").value == 2880


def test_every_cell_keeps_the_file_it_came_from(tmp_path: Path) -> None:
    table = good(content(tmp_path))
    origin = {column: table.cell(("Af", "een"), column).provenance for column in ("2026", "2027", "2029")}
    assert origin == {
        "2026": "content/2028-1/data/klachten.csv, regel 2, rij '[Af, een]', kolom '2026'",
        "2027": "content/2029-1/data/klachten.csv, regel 3, rij '[Af, een]', kolom '2027'",
        "2029": "content/2030-1/data/klachten.csv, regel 3, rij '[Af, een]', kolom '2029'",
    }
    empty = table.cell(("Af", "drie"), "2026")
    assert empty.value is None


def test_the_order_of_the_editions_does_not_matter(tmp_path: Path) -> None:
    first = good(content(tmp_path / "een"))
    second = good(content(tmp_path / "twee", edities=list(reversed(ALL))))
    assert [row.values for row in first.rows] == [row.values for row in second.rows]
    assert list(first.columns) == list(second.columns)


def test_without_the_current_edition(tmp_path: Path) -> None:
    table = good(content(tmp_path, edities=["2028-1", "2029-1"]))
    assert list(table.columns) == ["status", "fase", "2026", "2027", "2028"]
    assert table.keys[0] == ("Af", "twee")


def test_chosen_columns_and_their_format(tmp_path: Path) -> None:
    own = {"kolommen": {"2028": {"opmaak": {"eenheid": "klachten"}}, "2026": {}}}
    table = good(content(tmp_path, own=own))
    assert list(table.columns) == ["status", "fase", "2028", "2026"]
    assert table.columns["2028"].opmaak.eenheid == "klachten"
    assert table.undeclared == ("2027", "2029")
    assert "noem haar ook onder 'kolommen'" in table.column_hint("2029")


def test_the_next_edition_adds_a_column(tmp_path: Path) -> None:
    base = content(tmp_path, edities=["2028-1", "2029-1"])
    before = good(base)
    after = good(content(tmp_path))
    for row in before.rows:
        assert after.row(row.key).values[: len(row.values)] == row.values


DEVIATING = {"2029-1": "fase,status,2027,2028\ntwee,Af,92,64\neen,Af,3735,2816\n"}


def test_editions_that_disagree(tmp_path: Path) -> None:
    problem = only(content(tmp_path, DEVIATING))
    assert (problem.code, problem.path) == ("E463", "content/2030-1/cijfers.yaml")
    assert problem.message == (
        "rij '[Af, twee]', kolom '2028': 64 (content/2029-1/data/klachten.csv, regel 2), "
        "63 (content/2030-1/data/klachten.csv, regel 4)"
    )
    assert "afwijking" in problem.hint


def test_a_deviation_on_record_lets_the_last_edition_win(tmp_path: Path) -> None:
    table, problems = load(content(tmp_path, DEVIATING, afwijking="Later hersteld."))
    assert [(p.code, p.severity, p.hint) for p in problems] == [("A403", "aanvaard", "Later hersteld.")]
    assert table is not None
    assert table.cell(("Af", "twee"), "2028").value == 63
    assert only(content(tmp_path, afwijking="Later hersteld.")).code == "E431"


def test_an_open_cell_that_was_filled_in_later_is_a_deviation_too(tmp_path: Path) -> None:
    assert "n.b. (" in only(content(tmp_path, {"2029-1": KLACHTEN["2029-1"] + "een,Oud,7,8\n"})).message


def test_many_deviations_are_told_in_part(tmp_path: Path) -> None:
    rows = [f"Af,r{i},{i},1" for i in range(40)]
    data = {
        "2029-1": "fase,status,2027,2028\n" + "".join(f"r{i},Af,1,{i + 1}\n" for i in range(40)),
        "2030-1": "status,fase,2028,2029\n" + "\n".join(rows) + "\n",
    }
    _, problems = load(content(tmp_path, data))
    assert [problem.code for problem in problems] == ["E463"] * 13
    assert problems[-1].message == "nog 28 cellen verschillen tussen de edities"


@pytest.mark.parametrize(
    ("reeks", "own", "code", "message"),
    [
        ({"data": "klacht"}, {}, "E460", "heeft geen databestand 'klacht'"),
        ({"edities": ["2028-1", "2028-1"]}, {}, "E462", "de editie 2028-1 staat tweemaal"),
        ({"data": "verloop", "edities": [EDITION]}, {}, "E461", "'verloop' is in 2030-1 zelf een reeks"),
        ({"rij": ["Af", "vier"]}, {}, "E425", "'klachten' heeft in 2028-1 geen rij '[Af, vier]'"),
        ({"rij": ["Af", "een"]}, {}, "E462", "'klachten' heeft in 2028-1 geen peildatum"),
        ({}, {"bestand": "data/klachten.csv"}, "E450", "'bestand' hoort bij een bestand"),
        ({}, {"ontbrekend": ["n.b."]}, "E450", "'ontbrekend' hoort bij een bestand"),
        ({}, {"kolommen": {"2025": {}}}, "E426", "geen van de edities heeft een kolom '2025'"),
        ({}, {"kolommen": {"2027": {"soort": "tekst"}}}, "E450", "soort en verplicht staan bij het bestand"),
    ],
)
def test_what_is_wrong_with_a_series(
    tmp_path: Path, reeks: dict[str, Any], own: dict[str, Any], code: str, message: str
) -> None:
    table, problems = load(content(tmp_path, own=own, **reeks))
    assert table is None
    assert {problem.code for problem in problems} == {code}
    assert message in problems[0].message


def test_an_edition_that_is_not_there(tmp_path: Path) -> None:
    base = content(tmp_path, edities=["2028-2", "2030-1"])
    with pytest.raises(ContentError) as caught:
        load_edition(base, EDITION, load_shared(base))
    (problem,) = caught.value.problems
    assert problem.code == "E460"
    assert problem.hint == "bedoelde u '2028-1'?"


def test_files_that_do_not_go_together(tmp_path: Path) -> None:
    base = content(tmp_path)
    file = base / "2029-1/cijfers.yaml"
    as_text = declared("2028", kolommen={"2027": {"soort": "tekst"}, "2028": {}})
    file.write_text(yaml.safe_dump({"data": {"klachten": as_text}}))
    _, problems = load(base)
    assert problems[0].code == "E462"
    assert problems[0].message == "kolom '2027' is in 2029-1 tekst, eerder getal"
    file.write_text(yaml.safe_dump({"data": {"klachten": declared("2028", sleutel=["fase", "status"])}}))
    problem = only(base)
    assert (problem.code, problem.message) == (
        "E462",
        "de sleutel is in 2029-1 [fase, status], in de laatste editie [status, fase]",
    )


def test_a_file_that_cannot_be_read_is_told_once_at_its_own_place(tmp_path: Path) -> None:
    problem = only(content(tmp_path, {"2029-1": "fase,status,2027,2028\ntwee,Af,x,64\n"}))
    assert (problem.code, problem.path) == ("E413", "content/2029-1/data/klachten.csv")
    base = content(tmp_path)
    (base / "2029-1/cijfers.yaml").write_text("data: {klachten: {bestnd: data/klachten.csv}}\n")
    with pytest.raises(ContentError) as caught:
        load_edition(base, EDITION, load_shared(base))
    assert {problem.path for problem in caught.value.problems} == {"content/2029-1/cijfers.yaml"}


def test_a_spreadsheet_in_one_of_the_editions(tmp_path: Path) -> None:
    plain = good(content(tmp_path / "csv"))
    base = content(tmp_path / "xlsx")
    rows = [line.split(",") for line in KLACHTEN["2029-1"].splitlines()]
    data = rekenblad.workbook([[int(f) if f.isdigit() else f for f in row] for row in rows])
    (base / "2029-1/data/klachten.xlsx").write_bytes(data)
    spec = declared("2027", "2028", bestand="data/klachten.xlsx", blad="Cijfers")
    (base / "2029-1/cijfers.yaml").write_text(yaml.safe_dump({"data": {"klachten": spec}}))
    table = good(base)
    assert [row.values for row in table.rows] == [row.values for row in plain.rows]
    assert table.cell(("Af", "een"), "2027").cell == "blad Cijfers, C3"
    files = {file.relative_to(base).as_posix() for file in data_files(load_edition(base, EDITION, load_shared(base)))}
    assert {"2029-1/cijfers.yaml", "2029-1/data/klachten.xlsx", "2030-1/data/klachten.csv"} <= files


def test_other_editions_are_read_only_when_a_series_names_them(tmp_path: Path) -> None:
    base = content(tmp_path, edities=["2030-1"])
    (base / "2029-1/cijfers.yaml").write_text("dit: is geen cijferbestand\n")
    shutil.rmtree(base / "2028-1")
    assert len(good(base).rows) == 3
    assert load_edition(base, EDITION, load_shared(base)).others == {}


def test_a_table_and_numbers_of_a_series(tmp_path: Path) -> None:
    base = content(tmp_path)
    file = base / EDITION / "cijfers.yaml"
    numbers = yaml.safe_load(file.read_text())
    numbers["cijfers"] |= {
        "toen": {"cel": {"data": "verloop", "rij": ["Af", "een"], "kolom": "2026"}},
        "plaats": {"rang": {"data": "verloop", "rij": ["Af", "een"], "kolom": "2028", "rijen": [["Af", "twee"]]}},
    }
    file.write_text(yaml.safe_dump(numbers, sort_keys=False))
    (base / EDITION / "brief.yaml").write_text(
        "tekst: |\n  Het waren er {getal}`toen`, plaats {getal}`plaats`.\n\n  {tabel}`t`\n"
        "tabellen:\n  - id: t\n    bijschrift: Verloop\n    data: verloop\n"
        "    kolommen: [{veld: fase, kop: Fase}, {veld: '2026', kop: '2026'}]\n    rijen: [[Af, een]]\n"
    )
    report, problems = read_report(base)
    assert problems == ()
    assert "3.183" in repr(report.documents[0])


# --- one row of each edition, at its moment ---------------------------------------------------------------------------

MOMENTS = {"2028-1": "2027-12-31", "2029-1": "2028-12-31", "2030-1": "2029-12-31"}
UNITS = {
    "2028-1": "eenheid,formatie,bezetting\nNoord,10,9\nLand,100,90\n",
    "2029-1": "eenheid,bezetting,formatie\nLand,95,n.b.\nNoord,9,11\n",
    "2030-1": "eenheid,formatie,bezetting\nLand,120,96\nNoord,12,8\n",
}
PAGE = """\
tekst: |
  In {getal}`toen` was het anders.

  {figuur}`g`

  {tabel}`t`
figuren:
  - soort: grafiek
    vorm: lijn
    id: g
    bijschrift: Verloop
    data: stand-verloop
    x: {kolom: peildatum}
    reeksen: [{kolom: bezetting, label: Bezetting}, {kolom: formatie, label: Formatie}]
tabellen:
  - id: t
    bijschrift: Stand
    data: stand-verloop
    kolommen: [{veld: peildatum, kop: Peildatum, rijkop: true}, {veld: bezetting, kop: Bezetting}]
"""


def over_time(folder: Path, editions: list[str], **reeks: Any) -> Path:
    """Three editions with the state at the end of a year; the last one has a line and a table of `editions`."""
    base = write_content(folder, {f"{EDITION}/brief.yaml": PAGE})
    for edition, text in UNITS.items():
        stand = {
            "bestand": "data/stand.csv",
            "sleutel": "eenheid",
            "ontbrekend": ["n.b."],
            "peildatum": MOMENTS[edition],
            "kolommen": {"formatie": {"opmaak": {"eenheid": "fte"}}, "bezetting": {"opmaak": {"eenheid": "fte"}}},
        }
        file = base / edition / "cijfers.yaml"
        numbers: dict[str, Any] = {"data": {}, "cijfers": {}}
        if edition == EDITION:
            numbers = yaml.safe_load(file.read_text())
            numbers["data"]["stand-verloop"] = {"reeks": {"data": "stand", "edities": editions, "rij": "Land"} | reeks}
            place = {"data": "stand-verloop", "rij": MOMENTS[editions[0]], "kolom": "bezetting"}
            numbers["cijfers"]["toen"] = {"cel": place}
        numbers["data"]["stand"] = stand
        (base / edition / "data").mkdir(parents=True, exist_ok=True)
        (base / edition / "data" / "stand.csv").write_text(text)
        file.write_text(yaml.safe_dump(numbers, sort_keys=False))
    return base


def shown(base: Path) -> tuple[Chart, list[list[str]], Report]:
    """The chart, the rows of the table as printed, and the report."""
    report, problems = read_report(base)
    assert {problem.severity for problem in problems} <= {"waarschuwing"}
    letter = report.documents[0]
    (figure,) = [block for block in letter.blocks if isinstance(block, Figure)]
    (table,) = [block for block in letter.blocks if isinstance(block, Table)]
    assert isinstance(figure.drawing, Chart)
    rows = [[text_of(cell.blocks) for cell in row.cells] for row in table.body]
    return figure.drawing, rows, report


def text_of(blocks: Blocks) -> str:
    return "".join(plain(block.content) for block in blocks if isinstance(block, Paragraph))


def test_the_next_edition_adds_a_point_and_a_row(tmp_path: Path) -> None:
    chart, rows, _ = shown(over_time(tmp_path / "twee", ["2029-1", "2030-1"]))
    assert [point.label for point in chart.points] == ["31-12-2028", "31-12-2029"]
    assert rows == [["31-12-2028", "95"], ["31-12-2029", "96"]]
    chart, rows, _ = shown(over_time(tmp_path / "drie", ["2030-1", "2028-1", "2029-1"]))
    assert [point.label for point in chart.points] == ["31-12-2027", "31-12-2028", "31-12-2029"]
    assert [[value.text for value in series.values] for series in chart.series] == [
        ["90", "95", "96"],
        ["100", "n.b.", "120"],
    ]
    assert rows == [["31-12-2027", "90"], ["31-12-2028", "95"], ["31-12-2029", "96"]]


def test_the_text_alternative_names_the_periods(tmp_path: Path) -> None:
    base = over_time(tmp_path, ALL)
    report, _ = read_report(base)
    (figure,) = [block for block in report.documents[0].blocks if isinstance(block, Figure)]
    text = figure.alt.replace("\u00a0", " ")
    assert "van 31 december 2027 tot en met 31 december 2029" in text
    assert "van 90 fte op 31 december 2027, het laagste punt, naar 96 fte op 31 december 2029" in text
    assert "Er is geen waarde voor ‘Formatie’ op 31 december 2028." in text


def test_a_changed_cell_of_an_older_edition_changes_chart_table_and_text(tmp_path: Path) -> None:
    base = over_time(tmp_path, ALL)
    file = base / "2028-1/data/stand.csv"
    file.write_text(file.read_text().replace("100,90", "100,91"))
    chart, rows, report = shown(base)
    assert chart.series[0].values[0].text == "91"
    assert rows[0] == ["31-12-2027", "91"]
    assert "91" in [n.text.partition("\u00a0")[0] for n in report.provenance if n.id == "toen"]


def test_the_account_has_file_row_and_moment_of_the_edition_it_came_from(tmp_path: Path) -> None:
    _, _, report = shown(over_time(tmp_path, ALL))
    known = {number.id: number for number in report.provenance}
    for name in ("toen", "stand-verloop[2027-12-31, bezetting]"):
        number = known[name]
        assert (number.file, number.line, number.row) == ("content/2028-1/data/stand.csv", 3, "Land"), name
        assert (number.peil, number.peil_text) == ("2027-12-31", "31 december 2027"), name
    assert known["stand-verloop[2029-12-31, bezetting]"].peil == "2029-12-31"
    page = Renderer([ROOT / "templates"], [ROOT / "styles"]).document(
        report, report.documents[0], "scherm", edition_folder=ROOT, shared_folder=ROOT
    )
    assert "stand (editie 2028-1), rij Land, kolom bezetting. Peil: 31 december 2027." in page


def test_a_moment_of_the_series_itself_goes_before_that_of_its_files(tmp_path: Path) -> None:
    base = over_time(tmp_path, ALL)
    file = base / EDITION / "cijfers.yaml"
    numbers = yaml.safe_load(file.read_text())
    numbers["data"]["stand-verloop"]["peildatum"] = "2030-05-01"
    file.write_text(yaml.safe_dump(numbers, sort_keys=False))
    _, _, report = shown(base)
    assert {n.peil for n in report.provenance if n.data == "stand-verloop"} == {"2030-05-01"}


def test_two_editions_that_say_something_else_of_one_day(tmp_path: Path) -> None:
    base = over_time(tmp_path, ALL)
    file = base / "2029-1/cijfers.yaml"
    file.write_text(file.read_text().replace("2028-12-31", "2027-12-31"))
    with pytest.raises(ContentError) as caught:
        read_report(base)
    told = [problem.message for problem in caught.value.problems if problem.code == "E463"]
    where = "(content/2028-1/data/stand.csv, regel 3), 95 (content/2029-1/data/stand.csv, regel 2)"
    assert f"rij '2027-12-31', kolom 'bezetting': 90 {where}" in told


def test_a_file_with_dates_of_its_own_needs_no_row(tmp_path: Path) -> None:
    base = over_time(tmp_path, ALL)
    file = base / "2029-1/cijfers.yaml"
    numbers = yaml.safe_load(file.read_text())
    numbers["data"]["stand"]["kolommen"]["peildatum"] = {"soort": "datum"}
    file.write_text(yaml.safe_dump(numbers, sort_keys=False))
    csv = base / "2029-1/data/stand.csv"
    csv.write_text("eenheid,bezetting,formatie,peildatum\nLand,95,n.b.,2028-12-31\n")
    with pytest.raises(ContentError) as caught:
        read_report(base)
    (problem, *_) = caught.value.problems
    assert (problem.code, problem.message) == ("E462", "'stand' heeft in 2029-1 zelf een kolom 'peildatum'")


def test_rows_that_are_days_stand_in_the_order_of_time(tmp_path: Path) -> None:
    base = content(tmp_path)
    texts = {"2028-1": "dag,n\n2027-12-31,1\n2028-03-31,2\n", "2030-1": "dag,n\n2029-12-31,4\n2028-12-31,3\n"}
    for edition, text in texts.items():
        file = base / edition / "cijfers.yaml"
        numbers = yaml.safe_load(file.read_text())
        dated = {"bestand": "data/klachten.csv", "sleutel": "dag", "kolommen": {"dag": {"soort": "datum"}, "n": {}}}
        numbers["data"]["klachten"] = dated
        if edition == EDITION:
            numbers["data"]["verloop"]["reeks"]["edities"] = list(texts)
        (base / edition / "data/klachten.csv").write_text(text)
        file.write_text(yaml.safe_dump(numbers, sort_keys=False))
    table = good(base)
    assert [row.key[0] for row in table.rows] == ["2027-12-31", "2028-03-31", "2028-12-31", "2029-12-31"]
    assert [cell.value for cell in table.cells("n")] == [1, 2, 3, 4]


def test_a_chart_of_columns_that_editions_add(tmp_path: Path) -> None:
    base = content(tmp_path)
    (base / EDITION / "brief.yaml").write_text(
        "tekst: |\n  Zie de figuur.\nfiguren:\n  - soort: grafiek\n    vorm: lijn\n    id: g\n    bijschrift: Verloop\n"
        "    data: verloop\n    x: {kolommen: ['2026', '2027', '2028', '2029']}\n"
        "    reeksen: [{rij: [Af, een], label: Een}, {rij: [Af, twee], label: Twee}]\n"
    )
    report, _ = read_report(base)
    (figure,) = [block for block in report.documents[0].blocks if isinstance(block, Figure)]
    assert isinstance(figure.drawing, Chart)
    assert [value.text for value in figure.drawing.series[0].values] == ["3.183", "3.735", "2.816", "3.349"]
    assert "van 3.183 in 2026" in figure.alt.replace("\u00a0", " ")
