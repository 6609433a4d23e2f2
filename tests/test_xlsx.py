"""Reading .xlsx files: the same values as from CSV, and one clear sentence for everything that is wrong."""

from __future__ import annotations

import io
import tracemalloc
import zipfile
from datetime import date, datetime, time
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from halfjaarbericht.codes import CODES
from halfjaarbericht.console import problem_text, problems_json
from halfjaarbericht.data import datafile, workbook
from halfjaarbericht.data import rows as data_rows
from halfjaarbericht.data.table import DataTable, Missing, column_letters
from halfjaarbericht.data.tableload import load_table
from halfjaarbericht.data.workbook import Area, parse_area
from halfjaarbericht.data.xlsxvalue import plain_number
from halfjaarbericht.model.cijfers import Databestand
from halfjaarbericht.problems import Problem
from tests import rekenblad
from tests.inhoudhulp import read_report, write_content

KLACHTEN: list[list[Any]] = [
    ["fase", 2023, 2024, "op"],
    ["Aannemen", 3349, 2938.5, date(2024, 12, 31)],
    ["Eerste fase", 9819, "n.b.", None],
    ["Tweede fase", None, 61, datetime(2024, 1, 2)],
]


def read(folder: Path, data: bytes, name: str = "tabel.xlsx", **changes: Any) -> tuple[DataTable | None, list[Problem]]:
    """Write data/<name> and read it back."""
    (folder / "data").mkdir(exist_ok=True)
    (folder / "data" / name).write_bytes(data)
    base: dict[str, Any] = {
        "bestand": f"data/{name}",
        "sleutel": "fase",
        "kolommen": {"2023": {}, "2024": {}, "op": {"soort": "datum"}},
        "ontbrekend": ["n.b."],
    }
    base |= {"blad": "Cijfers"} if name.endswith("x") else {}
    spec = Databestand.model_validate({k: v for k, v in (base | changes).items() if v is not None})
    return load_table(folder, "2025-1", "tabel", spec)


def good(folder: Path, data: bytes, name: str = "tabel.xlsx", **changes: Any) -> DataTable:
    table, problems = read(folder, data, name, **changes)
    assert problems == []
    assert table is not None
    return table


def only(folder: Path, data: bytes, name: str = "tabel.xlsx", **changes: Any) -> Problem:
    table, problems = read(folder, data, name, **changes)
    assert table is None
    assert len(problems) == 1, problems
    assert problems[0].code in CODES
    return problems[0]


def content(table: DataTable) -> list[Any]:
    """What a document can show of a table, its decimals as they are printed."""
    return [(row.key, [f"{v:f}" if isinstance(v, Decimal) else v for v in row.values]) for row in table.rows] + list(
        table.columns
    )


def test_values_of_every_kind_keep_their_place(tmp_path: Path) -> None:
    table = good(tmp_path, rekenblad.workbook(KLACHTEN))
    assert [row.key for row in table.rows] == [("Aannemen",), ("Eerste fase",), ("Tweede fase",)]
    assert table.row("Aannemen").values == ("Aannemen", Decimal(3349), Decimal("2938.5"), date(2024, 12, 31))
    assert table.row("Eerste fase").values == ("Eerste fase", Decimal(9819), Missing("n.b."), None)
    cell = table.cell("Tweede fase", "2024")
    assert (cell.line, cell.cell) == (4, "blad Cijfers, C4")
    assert cell.provenance == ("2025-1/data/tabel.xlsx, blad Cijfers, C4, rij 'Tweede fase', kolom '2024'")


def test_the_same_numbers_as_csv_give_the_same_table(tmp_path: Path) -> None:
    text = "fase,2023,2024,op\nAannemen,3349,2938.50,2024-12-31\nEerste fase,9819,n.b.,\nTweede fase,,61.0,2024-01-02\n"
    plain = good(tmp_path, text.encode(), "tabel.csv")
    sheet = good(tmp_path, rekenblad.workbook(KLACHTEN))
    assert content(plain) == content(sheet)


def test_the_same_numbers_give_the_same_documents(tmp_path: Path) -> None:
    plain = write_content(tmp_path / "csv")
    sheet = write_content(tmp_path / "xlsx")
    rows = [line.split(",") for line in (plain / "2030-1/data/eenheden.csv").read_text().splitlines()]
    (sheet / "2030-1/data/eenheden.csv").unlink()
    values = [[int(field) if field.isdigit() else field for field in row] for row in rows]
    (sheet / "2030-1/data/eenheden.xlsx").write_bytes(rekenblad.workbook(values))
    numbers = sheet / "2030-1/cijfers.yaml"
    numbers.write_text(numbers.read_text().replace("eenheden.csv", "eenheden.xlsx\n    blad: Cijfers"))
    ((first, _), (second, _)) = read_report(plain), read_report(sheet)
    assert first.documents == second.documents


def test_part_of_a_sheet(tmp_path: Path) -> None:
    def around(sheet: Any) -> None:
        sheet.insert_cols(1, 2)
        sheet.insert_rows(1, 3)
        sheet["A1"] = "Klachten over de politie"
        sheet["C9"] = "Bron: politie"
        sheet.merge_cells("A1:F1")
        sheet.merge_cells("C9:F9")

    table = good(tmp_path, rekenblad.workbook(KLACHTEN, around), bereik="C4:F7")
    assert content(table) == content(good(tmp_path, rekenblad.workbook(KLACHTEN)))
    assert table.cell("Aannemen", "2023").cell == "blad Cijfers, D5"
    assert len(good(tmp_path, rekenblad.workbook(KLACHTEN, around), bereik="C4:F5").rows) == 1
    assert only(tmp_path, rekenblad.workbook(KLACHTEN, around)).code == "E454"
    assert only(tmp_path, rekenblad.workbook(KLACHTEN, around), bereik="C4:F9").code == "E454"
    assert only(tmp_path, rekenblad.workbook(KLACHTEN, around), bereik="C40:F90").code == "E405"
    assert only(tmp_path, rekenblad.workbook(KLACHTEN, around), bereik="F4:C7").code == "E453"


def test_blank_rows_and_a_wrong_size_in_the_file_do_not_matter(tmp_path: Path) -> None:
    data = rekenblad.workbook([[], KLACHTEN[0], [None, " "], *KLACHTEN[1:], ["", None], []])
    wrong = rekenblad.with_part(data, rekenblad.SHEET, lambda xml: xml.replace('ref="A2:D7"', 'ref="A1"'))
    assert wrong != data
    assert content(good(tmp_path, wrong)) == content(good(tmp_path, rekenblad.workbook(KLACHTEN)))


def changed(cell: str, value: Any, number_format: str = "") -> bytes:
    def change(sheet: Any) -> None:
        sheet[cell].number_format = "General"
        sheet[cell] = value
        if number_format:
            sheet[cell].number_format = number_format

    return rekenblad.workbook(KLACHTEN, change)


@pytest.mark.parametrize(
    ("cell", "value", "code", "message"),
    [
        ("B2", "3.349", "E413", "rij 'Aannemen', kolom '2023': '3.349' is tekst en geen getal"),
        ("B2", "onbekend", "E413", "'onbekend' is tekst en geen getal"),
        ("B2", True, "E413", "'WAAR' is geen getal"),
        ("B2", date(2024, 3, 1), "E413", "'2024-03-01' is geen getal"),
        ("B2", time(9, 30), "E413", "'09:30:00' is geen getal"),
        ("B2", 3.349, "E414", "'3.349' lijkt een duizendtal met een punt"),
        ("B2", 1e30, "E413", "is geen getal"),
        ("D2", 45000, "E415", "'45000' is geen datum"),
        ("D2", "31-12-2024", "E415", "'31-12-2024' is geen datum"),
        ("D2", datetime(2024, 3, 1, 12, 30), "E415", "'2024-03-01 12:30:00' is geen datum"),
        ("A3", "Aannemen", "E411", "de rij 'Aannemen' staat er al, op rij 2"),
        ("A3", None, "E411", "rij 3: de sleutel in kolom 'fase' is leeg"),
        ("A3", False, "E417", "'ONWAAR' is geen tekst"),
        ("E1", "2023", "E408", "de kolomkop '2023' komt meer dan eens voor"),
        ("C1", "=1+1", "E455", "kolomkop: de formule heeft in dit bestand geen uitkomst"),
        ("B3", "=1+1", "E455", "de formule heeft in dit bestand geen uitkomst"),
        ("A3", '="Eerste"', "E455", "sleutel in kolom 'fase': de formule heeft"),
        ("B3", "#DIV/0!", "E456", "de cel geeft de fout #DIV/0!"),
    ],
)
def test_what_is_wrong_names_the_cell(tmp_path: Path, cell: str, value: Any, code: str, message: str) -> None:
    problem = only(tmp_path, changed(cell, value))
    assert (problem.code, problem.cell) == (code, f"blad Cijfers, {cell}")
    assert message in problem.message
    assert problem_text(problem).startswith(f"2025-1/data/tabel.xlsx, blad Cijfers, {cell}  {code}")
    assert f'"cel": "blad Cijfers, {cell}"' in problems_json([problem])


def test_dates_as_text_and_numbers_with_an_odd_format(tmp_path: Path) -> None:
    assert good(tmp_path, changed("D2", "2024-12-31")).cell("Aannemen", "op").value == date(2024, 12, 31)
    percent = good(tmp_path, changed("B2", 0.065, "0.0%"))
    assert percent.cell("Aannemen", "2023").value == Decimal("0.065")
    unit = good(tmp_path, changed("B2", 12, '0" fte per dag"'))
    assert unit.cell("Aannemen", "2023").value == 12
    outside = only(tmp_path, changed("B2", 1e15, "yyyy-mm-dd"))
    assert outside.code == "E456"


def test_a_formula_gives_its_stored_result(tmp_path: Path) -> None:
    data = rekenblad.with_result(changed("B4", "=B2+B3"), "B2+B3", "13168.000000000002")
    assert good(tmp_path, data).cell("Tweede fase", "2023").value == 13168
    text = rekenblad.with_result(changed("C4", '="n."&amp;"b."'), '"n."&amp;amp;"b."', 't="str">n.b.')
    assert good(tmp_path, text).cell("Tweede fase", "2024").value == Missing("n.b.")
    fault = only(tmp_path, rekenblad.with_result(changed("B4", "=1/0"), "1/0", 't="e">#DIV/0!'))
    assert (fault.code, fault.cell) == ("E456", "blad Cijfers, B4")


def test_merged_cells(tmp_path: Path) -> None:
    for area, where in (("B1:C1", "de kopregel"), ("B3:B4", "de tabel"), ("A3:C3", "de tabel")):
        problem = only(tmp_path, rekenblad.workbook(KLACHTEN, lambda sheet, area=area: sheet.merge_cells(area)))
        assert (problem.code, problem.cell) == ("E454", f"blad Cijfers, {area[:2]}")
        assert problem.message == f"de cellen {area} in {where} zijn samengevoegd"
    beside = rekenblad.workbook([[*row, "x"] for row in KLACHTEN], lambda sheet: sheet.merge_cells("E2:E3"))
    assert len(good(tmp_path, beside).rows) == 3


def test_columns_that_are_not_there(tmp_path: Path) -> None:
    absent = only(tmp_path, rekenblad.workbook([["fase", 2023, "op"], ["a", 1, None]]))
    assert absent.code == "E407"
    assert "de kolom '2024' staat niet in de kopregel" in absent.message
    title = only(tmp_path, rekenblad.workbook([["Klachten"], *KLACHTEN]))
    assert title.code == "E407"
    assert "geen van de kolommen staat in de eerste gevulde rij" in title.message
    assert "bereik" in title.hint


def encrypted() -> bytes:
    return workbook._OLD + bytes(504) + "EncryptedPackage".encode("utf-16-le") + bytes(100)


@pytest.mark.parametrize(
    ("data", "code", "message"),
    [
        (b"", "E405", "het bestand is leeg"),
        (rekenblad.workbook([]), "E405", "het bestand is leeg"),
        (rekenblad.workbook(KLACHTEN[:1]), "E405", "geen rijen"),
        (b"fase,2023\nAannemen,1\n", "E451", "beschadigd of geen .xlsx-bestand"),
        (rekenblad.workbook(KLACHTEN)[:-400], "E451", "beschadigd"),
        (workbook._OLD + bytes(504), "E451", "een oud Excel-bestand (.xls)"),
        (encrypted(), "E451", "beveiligd met een wachtwoord"),
        (
            rekenblad.with_part(rekenblad.workbook(KLACHTEN), rekenblad.SHEET, lambda x: x.replace("</sheetData>", "")),
            "E451",
            "beschadigd",
        ),
        (
            rekenblad.with_part(
                rekenblad.workbook(KLACHTEN), rekenblad.SHEET, lambda x: '<!DOCTYPE x [<!ENTITY a "b">]>' + x
            ),
            "E451",
            "DOCTYPE",
        ),
    ],
)
def test_files_that_are_no_workbook(tmp_path: Path, data: bytes, code: str, message: str) -> None:
    problem = only(tmp_path, data)
    assert problem.code == code
    assert message in problem.message


def test_a_file_without_a_part_that_it_needs(tmp_path: Path) -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
    assert only(tmp_path, stream.getvalue()).code == "E451"


def test_the_sheet(tmp_path: Path) -> None:
    data = rekenblad.workbook(KLACHTEN)
    assert only(tmp_path, data, blad="cijfer").hint == "bedoelde u 'Cijfers'?"
    assert only(tmp_path, data, blad=None).hint == "voeg 'blad: Cijfers' toe"

    def hide(sheet: Any) -> None:
        sheet.parent.create_sheet("Voorblad")
        sheet.parent.active = 1
        sheet.sheet_state = "hidden"

    assert only(tmp_path, rekenblad.workbook(KLACHTEN, hide)).code == "E457"
    assert only(tmp_path, rekenblad.workbook(KLACHTEN, hide), blad=None).hint == "mogelijk: Cijfers, Voorblad"


@pytest.mark.parametrize(
    ("changes", "code", "message"),
    [
        ({"getallen": "nederlands"}, "E450", "'getallen' hoort bij een CSV-bestand"),
        ({"scheidingsteken": "puntkomma"}, "E450", "'scheidingsteken' hoort bij een CSV-bestand"),
        ({"bestand": "data/tabel.csv"}, "E450", "'blad' hoort bij een .xlsx-bestand"),
        ({"bestand": "data/tabl.xlsx"}, "E401", "bestaat niet"),
        ({"bestand": "../tabel.xlsx"}, "E402", "geen pad binnen"),
        ({"sleutel": None}, "E202", "'sleutel' ontbreekt"),
    ],
)
def test_what_is_wrong_with_the_declaration(tmp_path: Path, changes: dict[str, Any], code: str, message: str) -> None:
    problem = only(tmp_path, rekenblad.workbook(KLACHTEN), **changes)
    assert problem.code == code
    assert message in problem.message


def test_limits(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    data = rekenblad.workbook([KLACHTEN[0], *([f"r{i}", i] for i in range(1600))])
    monkeypatch.setattr(data_rows, "MAX_ROWS", 1500)
    too_many = only(tmp_path, data)
    assert (too_many.code, too_many.cell) == ("E403", "blad Cijfers, A1502")
    monkeypatch.setattr(workbook, "MAX_UNPACKED", 5000)
    assert "uitgepakt groter" in only(tmp_path, data).message
    monkeypatch.setattr(datafile, "MAX_BYTES", 1000)
    assert "groter dan" in only(tmp_path, data).message


def test_rows_that_are_said_to_be_far_down_take_no_memory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def push_down(xml: str) -> str:
        return xml.replace('<row r="4"', '<row r="999999999"').replace('r="A4"', 'r="A999999999"')

    monkeypatch.setattr(workbook, "LAST_ROW", 50_000)
    tracemalloc.start()
    table = good(tmp_path, rekenblad.with_part(rekenblad.workbook(KLACHTEN), rekenblad.SHEET, push_down))
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert len(table.rows) == 2
    assert peak < 30 * 2**20


def test_many_mistakes_stop(tmp_path: Path) -> None:
    _, problems = read(tmp_path, rekenblad.workbook([KLACHTEN[0], *([f"r{i}", "x"] for i in range(100))]))
    assert [problem.code for problem in problems] == ["E413"] * 24 + ["E413", "E412"]
    assert problems[-1].cell == "blad Cijfers"


@pytest.mark.parametrize(
    ("text", "area"),
    [
        ("A3:F12", Area(3, 1, 12, 6)),
        ("AA1:AB1", Area(1, 27, 1, 28)),
        ("A1:XFD1048576", Area(1, 1, 1048576, 16384)),
        ("A1:XFE2", None),
        ("A1:B1048577", None),
        ("B1:A2", None),
        ("A2:B1", None),
    ],
)
def test_areas(text: str, area: Area | None) -> None:
    assert parse_area(text) == area


@given(st.integers(1, 16384))
def test_letters_of_columns(column: int) -> None:
    area = parse_area(f"{column_letters(column)}1:XFD1")
    assert area is not None and area.left == column


@given(st.decimals(min_value=-(10**9), max_value=10**9, places=4))
def test_numbers_survive_a_float(value: Decimal) -> None:
    assert Decimal(plain_number(float(value))) == value


numbers = st.one_of(
    st.integers(-(10**12), 10**12),
    st.decimals(min_value=-(10**9), max_value=10**9, places=2).map(float),
    st.none(),
    st.just("n.b."),
)


def as_csv(value: Any) -> str:
    return "" if value is None else f"{value:.2f}" if isinstance(value, float) else str(value)


@settings(max_examples=25)
@given(st.lists(numbers, min_size=1, max_size=8))
def test_any_numbers_are_the_same_from_both_kinds_of_file(
    tmp_path_factory: pytest.TempPathFactory, values: list[Any]
) -> None:
    folder = tmp_path_factory.getbasetemp() / "beide"
    folder.mkdir(exist_ok=True)
    kolommen = {"aantal": {"opmaak": {"decimalen": 3}}}
    rows = [["fase", "aantal"], *([f"r{i}", value] for i, value in enumerate(values))]
    text = "\n".join(",".join(as_csv(value) for value in row) for row in rows)
    first = good(folder, text.encode(), "tabel.csv", kolommen=kolommen)
    second = good(folder, rekenblad.workbook(rows), kolommen=kolommen)
    assert content(first) == content(second)


noise = st.sampled_from(["<", "</c>", "<c>", 't="s"', 'r="B', "v>", "99", '"', "\x00", "<mergeCell"])


@settings(max_examples=60)
@given(st.integers(0, 3000), noise)
def test_no_content_makes_the_reader_fall_over(tmp_path_factory: pytest.TempPathFactory, at: int, what: str) -> None:
    folder = tmp_path_factory.getbasetemp() / "ruis"
    folder.mkdir(exist_ok=True)

    def damage(xml: str) -> str:
        return xml[: at % len(xml)] + what + xml[at % len(xml) :]

    table, problems = read(folder, rekenblad.with_part(rekenblad.workbook(KLACHTEN), rekenblad.SHEET, damage))
    assert (table is None) == bool(problems)
    assert {problem.code for problem in problems} <= set(CODES)
