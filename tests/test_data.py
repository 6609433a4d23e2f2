"""Reading data files: what is accepted, and the place and the words of what is not."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from halfjaarbericht.codes import CODES
from halfjaarbericht.data import datafile
from halfjaarbericht.data import rows as data_rows
from halfjaarbericht.data.cellvalue import CellError, parse_cell
from halfjaarbericht.data.locator import Locator
from halfjaarbericht.data.table import DataTable, Missing, show_key
from halfjaarbericht.data.tableload import load_table
from halfjaarbericht.model.cijfers import Databestand, Datakolom
from halfjaarbericht.problems import Problem


def spec(**changes: Any) -> Databestand:
    """A declaration of data/tabel.csv with a text column, a number column and a key."""
    base: dict[str, Any] = {
        "bestand": "data/tabel.csv",
        "sleutel": "eenheid",
        "kolommen": {"eenheid": {"soort": "tekst"}, "aantal": {}},
    }
    return Databestand.model_validate(base | changes)


def read(
    folder: Path, content: str | bytes, declared: Locator | None = None, **changes: Any
) -> tuple[DataTable | None, list[Problem]]:
    """Write data/tabel.csv and read it back."""
    (folder / "data").mkdir(exist_ok=True)
    data = content.encode() if isinstance(content, str) else content
    (folder / "data" / "tabel.csv").write_bytes(data)
    return load_table(folder, "2022-2", "tabel", spec(**changes), declared=declared)


def good(folder: Path, content: str | bytes, **changes: Any) -> DataTable:
    """The table of a file that must have no problems."""
    table, problems = read(folder, content, **changes)
    assert problems == []
    assert table is not None
    return table


def only(folder: Path, content: str | bytes, **changes: Any) -> Problem:
    """The one problem of a file; there is no table then."""
    table, problems = read(folder, content, **changes)
    assert table is None
    assert len(problems) == 1, problems
    assert problems[0].code in CODES
    return problems[0]


def test_values_of_every_kind_keep_their_place(tmp_path: Path) -> None:
    table = good(
        tmp_path,
        "eenheid,soort,aantal,op,extra\n"
        "Noord,a,1234.5,2022-12-15,x\n"
        '"Oost, en\nWest",b,-7,,y\n'
        "Zuid,,n.b.,2021-01-02,z\n",
        kolommen={
            "eenheid": {"soort": "tekst"},
            "soort": {"soort": "tekst"},
            "aantal": {},
            "op": {"soort": "datum"},
        },
        ontbrekend=["n.b."],
    )
    assert table.keys == (("Noord",), ("Oost, en\nWest",), ("Zuid",))
    assert [row.line for row in table.rows] == [2, 3, 5]
    assert table.row("Noord").values == ("Noord", "a", Decimal("1234.5"), date(2022, 12, 15))
    assert table.row(("Zuid",)).values == ("Zuid", None, Missing("n.b."), date(2021, 1, 2))
    assert table.undeclared == ("extra",)
    cell = table.cell("Zuid", "aantal")
    assert (cell.value, cell.line, cell.path) == (Missing("n.b."), 5, "2022-2/data/tabel.csv")
    assert cell.provenance == "2022-2/data/tabel.csv, regel 5, rij 'Zuid', kolom 'aantal'"


def test_column_sum_skips_empty_cells_and_names_open_ones(tmp_path: Path) -> None:
    table = good(tmp_path, "eenheid,aantal\nNoord,0.1\nOost,0.2\nZuid,\nWest,n.b.\n", ontbrekend=["n.b."])
    assert table.column_sum("aantal", ["Noord", "Oost", "Zuid"]).value == Decimal("0.3")
    assert table.column_sum("aantal", ["Zuid"]).value is None
    assert [cell.key for cell in table.column_sum("aantal").missing] == [("West",)]
    with pytest.raises(KeyError):
        table.column_sum("aantal", ["Utrecht"])
    with pytest.raises(KeyError):
        table.cell("Noord", "bedrag")


def test_key_of_two_columns(tmp_path: Path) -> None:
    content = "status,fase,aantal\nAfgerond,totaal,12728\nAfgerond,Aannemen,3183\n"
    table = good(tmp_path, content, sleutel=["status", "fase"], kolommen={"aantal": {}})
    assert table.cell(("Afgerond", "Aannemen"), "aantal").value == 3183
    assert table.cell(("Afgerond", "Aannemen"), "fase").value == "Aannemen"
    assert show_key(("Afgerond", "Aannemen")) == "[Afgerond, Aannemen]"
    assert table.row_hint(("Afgerond", "Aanemen")) == "bedoelde u '[Afgerond, Aannemen]'?"
    assert table.row_hint("Afgerond") == "een rij heeft hier als sleutel [status, fase]"


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_byte_order_mark_line_ends_and_blank_lines(tmp_path: Path, end: str) -> None:
    lines = ["eenheid,aantal", "Noord,1", "", "Zuid,2", "", ""]
    table = good(tmp_path, b"\xef\xbb\xbf" + end.join(lines).encode())
    assert [(row.key, row.line) for row in table.rows] == [(("Noord",), 2), (("Zuid",), 4)]


def test_semicolons_and_dutch_numbers(tmp_path: Path) -> None:
    content = "eenheid;aantal\nNoord;1.234,5\nZuid;−12\nOost;1.178\nWest;1234\n"
    table = good(tmp_path, content, scheidingsteken="puntkomma", getallen="nederlands")
    values = [row.values[1] for row in table.rows]
    assert values == [Decimal("1234.5"), Decimal(-12), Decimal(1178), Decimal(1234)]


@pytest.mark.parametrize(
    ("text", "getallen", "code", "hint"),
    [
        ("1.178", "gewoon", "E414", "schrijf 1178; is het een breuk, zet dan 'decimalen: 3' bij de opmaak"),
        ("-17.591", "gewoon", "E414", "schrijf -17591;"),
        ("17.591.394", "gewoon", "E413", "getallen: nederlands"),
        ("1,5", "gewoon", "E413", "getallen: nederlands"),
        ("12.5", "nederlands", "E413", "schrijf 12,5"),
        ("12.34,5", "nederlands", "E413", "alleen cijfers"),
        ("0.123", "nederlands", "E413", "schrijf 0,123"),
        ("36 fte", "gewoon", "E413", "alleen cijfers; een eenheid"),
        ("1e5", "gewoon", "E413", "alleen cijfers"),
        ("١٢", "gewoon", "E413", "alleen cijfers"),
        ("N.B.", "gewoon", "E413", "bedoelde u 'n.b.'?"),
        ("onbekend", "gewoon", "E413", "noem deze waarde dan onder 'ontbrekend'"),
        ("NaN", "gewoon", "E413", "noem deze waarde dan onder 'ontbrekend'"),
        ("9" * 25, "gewoon", "E413", "hooguit 24 cijfers"),
    ],
)
def test_what_is_not_a_number(text: str, getallen: str, code: str, hint: str) -> None:
    with pytest.raises(CellError) as caught:
        parse_cell(text, Datakolom(), spec(getallen=getallen, ontbrekend=["n.b."]))
    assert caught.value.code == code
    assert hint in caught.value.hint


def test_three_decimals_are_fine_where_declared() -> None:
    column = Datakolom.model_validate({"opmaak": {"decimalen": 3}})
    assert parse_cell("1.178", column, spec()) == Decimal("1.178")
    assert parse_cell("0.500", Datakolom(), spec()) == Decimal("0.5")


@pytest.mark.parametrize(
    ("text", "message", "hint"),
    [
        ("31-12-2021", "'31-12-2021' is geen datum", "schrijf 2021-12-31"),
        ("1/2/2021", "'1/2/2021' is geen datum", "schrijf 2021-02-01"),
        ("2021-02-30", "'2021-02-30' is geen bestaande datum", ""),
        ("20211231", "'20211231' is geen datum", "schrijf jaar-maand-dag: 2022-12-15"),
    ],
)
def test_what_is_not_a_date(text: str, message: str, hint: str) -> None:
    with pytest.raises(CellError) as caught:
        parse_cell(text, Datakolom(soort="datum"), spec())
    assert (caught.value.code, caught.value.message, caught.value.hint) == ("E415", message, hint)


def test_a_wrong_cell_has_its_exact_place(tmp_path: Path) -> None:
    problem = only(tmp_path, 'eenheid,aantal\n"Oost, en ""West""", 1.178\nZuid,2\n')
    assert (problem.path, problem.line, problem.code) == ("2022-2/data/tabel.csv", 2, "E414")
    assert problem.excerpt == '"Oost, en ""West""", 1.178'
    assert problem.message.startswith("rij 'Oost, en \"West\"', kolom 'aantal': '1.178' lijkt een duizendtal")
    assert problem.excerpt[problem.column - 1 :][: problem.width] == "1.178"


def test_place_in_a_record_of_several_lines(tmp_path: Path) -> None:
    problem = only(tmp_path, 'eenheid,aantal\n"Oost\nen West",veel\n')
    assert (problem.line, problem.column, problem.excerpt) == (3, 10, 'en West",veel')


def test_required_cell(tmp_path: Path) -> None:
    kolommen = {"aantal": {"verplicht": True}}
    problem = only(tmp_path, "eenheid,aantal\nNoord,\n", kolommen=kolommen)
    assert (problem.code, problem.line, problem.column) == ("E416", 2, 7)
    assert problem.message == "rij 'Noord', kolom 'aantal': de cel is leeg, en deze kolom is verplicht"
    table = good(tmp_path, "eenheid,aantal\nNoord,n.b.\n", kolommen=kolommen, ontbrekend=["n.b."])
    assert table.row("Noord").values[1] == Missing("n.b.")


@pytest.mark.parametrize(
    ("content", "code", "line", "column", "words"),
    [
        ("", "E405", 0, 0, "leeg"),
        ("\n\n", "E405", 1, 0, "leeg"),
        ("eenheid,aantal\n", "E405", 1, 1, "geen rijen"),
        ("eenheid,aantal,aantal\nNoord,1,2\n", "E408", 1, 16, "de kolomkop 'aantal'"),
        ("eenheid,antal\nNoord,1\n", "E407", 1, 1, "de kolom 'aantal' staat niet in de kopregel"),
        ("eenheid;aantal\nNoord;1\n", "E406", 1, 1, "gescheiden door puntkomma's, niet door komma's"),
        ("eenheid\taantal\nNoord\t1\n", "E406", 1, 1, "gescheiden door tabs"),
        ("eenheid,aantal\nNoord,1,2\n", "E409", 2, 1, "regel 2 heeft 3 velden, de kopregel 2"),
        ("eenheid,aantal\nNoord\n", "E409", 2, 1, "regel 2 heeft 1 veld, de kopregel 2 velden"),
        ('eenheid,aantal\nNoord,1\nZuid,"2\n', "E410", 3, 1, "niet gesloten"),
        ('eenheid,aantal\n"Noord"x,1\n', "E410", 2, 1, "verkeerde plaats"),
        ('eenheid,aantal\n"' + "x" * 140_000 + '",1\n', "E410", 2, 1, "131072 tekens"),
        ("eenheid,aantal\nNoord,1\n,2\n", "E411", 3, 1, "de sleutel in kolom 'eenheid' is leeg"),
        ("eenheid,aantal\nNoord,1\nNoord ,2\n", "E411", 3, 1, "de rij 'Noord' staat er al, op regel 2"),
        ("eenheid,aantal\nNo\0ord,1\n", "E404", 2, 1, "nulteken"),
        ("eenheid,aantal\nCuraçao,1\n".encode("cp1252"), "E404", 2, 5, "regel 2 is geen UTF-8"),
        ("eenheid,aantal\nNoord,1\n".encode("utf-16"), "E404", 0, 0, "UTF-16"),
        (b"PK\x03\x04\x14\x00", "E404", 0, 0, "Excel-bestand"),
        (",".join(f"k{i}" for i in range(1001)), "E403", 1, 1, "1000 kolommen"),
    ],
)
def test_what_is_wrong_with_a_file(
    tmp_path: Path, content: str | bytes, code: str, line: int, column: int, words: str
) -> None:
    problem = only(tmp_path, content)
    assert (problem.code, problem.line, problem.column) == (code, line, column)
    assert words in problem.message
    assert "Traceback" not in problem.message + problem.hint


def test_hints_for_heading_and_separator(tmp_path: Path) -> None:
    assert only(tmp_path, "eenheid,antal\nNoord,1\n").hint == "bedoelde u 'antal'?"
    wrong = only(tmp_path, "eenheid,aantal\nNoord,1\n", scheidingsteken="puntkomma")
    assert wrong.hint == "zet 'scheidingsteken: komma' bij dit bestand in cijfers.yaml"


def test_wrong_declaration_is_shown_in_cijfers_yaml(tmp_path: Path) -> None:
    place = Locator("2022-2/cijfers.yaml", lambda path: (len(path), 7, "      aantal: {}"), ("data", "tabel"))
    table, problems = read(tmp_path, "eenheid,antal\nNoord,1\n", place)
    assert table is None
    found = [(p.path, p.line, p.column, p.width, p.code) for p in problems]
    assert found == [("2022-2/cijfers.yaml", 4, 7, len("aantal"), "E407")]


def test_limits(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(data_rows, "MAX_ROWS", 1500)
    rows = "".join(f"r{i},{i}\n" for i in range(1501))
    problem = only(tmp_path, "eenheid,aantal\n" + rows)
    assert (problem.code, problem.message) == ("E403", "het bestand heeft meer dan 1.500 rijen")
    monkeypatch.setattr(datafile, "MAX_BYTES", 2**20)
    problem = only(tmp_path, "eenheid,aantal\n" + "x,1\n" * 2**18)
    assert (problem.code, problem.message) == ("E403", "het bestand is groter dan 1 MB")


def test_a_file_full_of_errors_ends_with_one_remark(tmp_path: Path) -> None:
    _, problems = read(tmp_path, "eenheid,aantal\n" + "".join(f"r{i},veel\n" for i in range(5000)))
    assert [problem.code for problem in problems] == ["E413"] * 25 + ["E412"]
    assert all(problem.excerpt for problem in problems[:25])


@pytest.mark.parametrize("name", ["../buiten.csv", "/etc/passwd", "data\\tabel.csv", "C:/tabel.csv", "a/../../b.csv"])
def test_paths_stay_inside_the_edition(tmp_path: Path, name: str) -> None:
    folder = tmp_path / "editie"
    folder.mkdir()
    (tmp_path / "buiten.csv").write_text("eenheid,aantal\nNoord,1\n")
    problem = only(folder, "eenheid,aantal\nNoord,1\n", bestand=name)
    assert (problem.code, problem.message) == ("E402", f"'{name}' is geen pad binnen de map van de editie")


def test_links_stay_inside_the_edition(tmp_path: Path) -> None:
    folder = tmp_path / "editie"
    (folder / "data").mkdir(parents=True)
    (tmp_path / "buiten.csv").write_text("eenheid,aantal\nNoord,1\n")
    (folder / "data" / "link.csv").symlink_to(tmp_path / "buiten.csv")
    (folder / "data" / "rond.csv").symlink_to(folder / "data" / "rond.csv")
    content = "eenheid,aantal\nNoord,1\n"
    assert only(folder, content, bestand="data/link.csv").code == "E402"
    assert only(folder, content, bestand="data/rond.csv").code in ("E401", "E402")
    (folder / "data" / "goed.csv").symlink_to(folder / "data" / "tabel.csv")
    assert good(folder, content, bestand="data/goed.csv").keys == (("Noord",),)


def test_absent_file_has_a_hint(tmp_path: Path) -> None:
    problem = only(tmp_path, "eenheid,aantal\nNoord,1\n", bestand="data/tabell.csv")
    assert (problem.code, problem.hint) == ("E401", "bedoelde u 'tabel.csv'?")
    assert only(tmp_path, "", bestand="data").code == "E401"
    assert only(tmp_path, "", bestand="nergens/tabel.csv").code == "E401"


def scratch(factory: pytest.TempPathFactory, name: str) -> Path:
    """One folder for all examples of a property; each example writes its file anew."""
    folder = factory.getbasetemp() / name
    folder.mkdir(exist_ok=True)
    return folder


numbers = st.decimals(min_value=-(10**9), max_value=10**9, places=2)


@given(st.lists(numbers, min_size=1, max_size=20))
def test_dutch_and_plain_files_give_equal_tables(
    tmp_path_factory: pytest.TempPathFactory, values: list[Decimal]
) -> None:
    folder = scratch(tmp_path_factory, "gelijk")
    plain = "eenheid,aantal\n" + "".join(f"r{i},{value:f}\n" for i, value in enumerate(values))
    swap = str.maketrans(",.", ".,")
    dutch = "eenheid;aantal\n" + "".join(f"r{i};{f'{v:,f}'.translate(swap)}\n" for i, v in enumerate(values))
    first = good(folder, plain)
    second = good(folder, dutch, scheidingsteken="puntkomma", getallen="nederlands")
    assert first.rows == second.rows
    assert [row.values[1] for row in first.rows] == values


@given(st.lists(numbers, min_size=2, max_size=30), st.data())
def test_totals_add_up(tmp_path_factory: pytest.TempPathFactory, values: list[Decimal], data: st.DataObject) -> None:
    folder = scratch(tmp_path_factory, "som")
    table = good(folder, "eenheid,aantal\n" + "".join(f"r{i},{v:f}\n" for i, v in enumerate(values)))
    keys = [f"r{i}" for i in range(len(values))]
    part = data.draw(st.lists(st.sampled_from(keys), unique=True, min_size=1, max_size=len(keys) - 1))
    rest = [key for key in keys if key not in part]
    one, other = table.column_sum("aantal", part).value, table.column_sum("aantal", rest).value
    assert one is not None and other is not None
    assert one + other == table.column_sum("aantal").value == sum(values)


@given(st.text(alphabet='ab",;\n\r. 1é\0', max_size=60))
def test_no_content_makes_the_reader_fall_over(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    folder = scratch(tmp_path_factory, "ruis")
    table, problems = read(folder, f"eenheid,aantal\n{text}")
    assert (table is None) == bool(problems)
    for problem in problems:
        assert problem.code in CODES
        assert problem.column <= len(problem.excerpt) + 1
