"""Named numbers and tables of numbers. The figures are those of the half-year reports of 2022 and 2025."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from halfjaarbericht.codes import CODES
from halfjaarbericht.data.cijfers import NamedNumber, TableRows, evaluate, load_table, table_rows
from halfjaarbericht.data.table import DataTable
from halfjaarbericht.model.cijfers import Cijfers, Databestand, Getalopmaak
from halfjaarbericht.model.tabellen import Cijfertabel, Geneste
from halfjaarbericht.problems import Problem

ASPIRANTEN = """\
onderdeel,2018,2022,2026,2027
Eenheden,4642,3613,3243,2873
PDC,,1066,1457,1827
Nat. Politie,4642,4679,4699,4699
"""
KLACHTEN = """\
status,fase,2020,2021,2022,2023,2024
Afgerond,totaal,12728,13043,11712,13241,13707
Afgerond,Aannemen,3183,3735,2816,3349,2938
Afgerond,Eerste fase,9434,9216,8833,9819,10708
Afgerond,Tweede fase,111,92,63,73,61
"""
OPEN = "eenheid,aantal,soort\nNoord,12,a\nOost,n.b.,b\nZuid,,c\n"

YEARS = ("2018", "2022", "2026", "2027")
DATA: dict[str, Any] = {
    "aspiranten": {
        "bestand": "aspiranten.csv",
        "sleutel": "onderdeel",
        "kolommen": {year: {"opmaak": {"eenheid": "fte"}} for year in YEARS},
        "peildatum": "2022-06-30",
    },
    "klachten": {
        "bestand": "klachten.csv",
        "sleutel": ["status", "fase"],
        "kolommen": {str(year): {} for year in range(2020, 2025)},
    },
    "open": {
        "bestand": "open.csv",
        "sleutel": "eenheid",
        "ontbrekend": ["n.b."],
        "kolommen": {"aantal": {}, "soort": {"soort": "tekst"}},
    },
}


@pytest.fixture(scope="module")
def tables(tmp_path_factory: pytest.TempPathFactory) -> dict[str, DataTable]:
    folder = tmp_path_factory.mktemp("editie")
    (folder / "aspiranten.csv").write_text(ASPIRANTEN)
    (folder / "klachten.csv").write_text(KLACHTEN)
    (folder / "open.csv").write_text(OPEN)
    found = {id: load_table(folder, "2022-1", id, Databestand.model_validate(spec)) for id, spec in DATA.items()}
    assert all(problems == [] for _, problems in found.values())
    return {id: table for id, (table, _) in found.items() if table is not None}


def no_place(path: tuple[Any, ...]) -> tuple[int, int, str]:
    raise KeyError(path)


def run(
    numbers: Mapping[str, Any], tables: Mapping[str, DataTable] | None = None
) -> tuple[dict[str, NamedNumber], list[Problem]]:
    """Evaluate the numbers of a cijfers.yaml that declares the three data files."""
    cijfers = Cijfers.model_validate({"data": DATA, "cijfers": numbers})
    found, problems = evaluate(cijfers, tables or {}, no_place)
    assert {problem.code for problem in problems} <= set(CODES)
    return found, problems


def only(numbers: Mapping[str, Any], tables: Mapping[str, DataTable] | None = None) -> Problem:
    _, problems = run(numbers, tables)
    assert len(problems) == 1, problems
    return problems[0]


def constants(**values: Any) -> dict[str, Any]:
    return {name: {"waarde": value} for name, value in values.items()}


def test_numbers_of_the_reports_are_right() -> None:
    facts = {
        "wijkagenten": constants(a=3603, b=3567) | {"uit": {"verschil": ["a", "b"], "vermeld": 36}},
        "mutatie": constants(a=2267, b=236, c=1712, d=8)
        | {
            "af": {"som": ["b", "c"]},
            "rest": {"verschil": ["a", "af"]},
            "uit": {"som": ["rest", "d"], "vermeld": 327},
        },
        "uitstroom": constants(a=1701, b=840) | {"uit": {"som": ["a", "b"], "vermeld": 2541}},
        "instroom": constants(a=2388, b=2148) | {"uit": {"verschil": ["a", "b"], "vermeld": 240}},
        "inwoners": constants(a=17591394, b=5000)
        | {"uit": {"verhouding": ["a", "b"], "vermeld": 3518, "tolerantie": "0,5"}},
        "vacatures": constants(a=44, b=3612)
        | {"uit": {"percentage": ["a", "b"], "vermeld": "1,2", "tolerantie": "0.05"}},
        "dossiers": constants(a=137, b=48, c=31) | {"uit": {"som": ["a", "b", "c"], "vermeld": 216}},
        "plaatsen": constants(a=72, b=24) | {"uit": {"som": ["a", "b", "a"], "vermeld": 168}},
        "afronding": constants(a=3243, b=1457) | {"uit": {"som": ["a", "b"], "vermeld": 4699, "tolerantie": 1}},
    }
    for name, numbers in facts.items():
        found, problems = run(numbers)
        assert problems == [], name
        assert len(found) == len(numbers)
    assert run(facts["mutatie"])[0]["uit"].value == 327


def test_numbers_of_the_reports_that_do_not_add_up() -> None:
    problem = only(constants(a=1244, b=1325, c=103) | {"vrijwilligers": {"som": ["a", "b", "c"], "vermeld": 2619}})
    assert problem.code == "W429"
    assert problem.message == ("cijfer 'vrijwilligers': de bron vermeldt 2.619, berekend is 2.672 (a + b + c)")
    assert problem.hint == "is de bron bijgewerkt, pas dan 'vermeld' aan; is het afronding, zet 'tolerantie: 53'"
    plain_value = only({"a": {"waarde": 3, "vermeld": "4,5"}})
    assert plain_value.message == "cijfer 'a': de bron vermeldt 4,5, hier is het 3 (cijfers.yaml)"
    ratio = only(constants(a=17591394, b=5000) | {"norm": {"verhouding": ["a", "b"], "vermeld": 3518}})
    assert ratio.message.endswith("de bron vermeldt 3.518, berekend is 3.518,2788 (a / b)")
    assert ratio.hint.endswith("'tolerantie: 0.28'")


def test_the_tolerance_of_the_hint_is_enough() -> None:
    base = constants(a=1, b=3)
    hint = only(base | {"deel": {"percentage": ["a", "b"], "vermeld": 33}}).hint
    tolerance = hint.rpartition(" ")[2].rstrip("'")
    assert run(base | {"deel": {"percentage": ["a", "b"], "vermeld": 33, "tolerantie": tolerance}})[1] == []


def test_a_number_that_deviates_is_still_there_for_others() -> None:
    found, problems = run(constants(a=2, b=3) | {"s": {"som": ["a", "b"], "vermeld": 6}, "t": {"som": ["s", "a"]}})
    assert [problem.code for problem in problems] == ["W429"]
    assert found["t"].value == 7


def test_cell_takes_format_and_moment_of_its_data(tables: dict[str, DataTable]) -> None:
    cel = {"data": "aspiranten", "rij": "PDC", "kolom": "2022"}
    found, problems = run(
        {
            "pdc": {"cel": cel},
            "eigen": {"cel": cel, "opmaak": {"eenheid": "aspiranten"}, "peil": "2021"},
            "kaal": {"cel": cel, "opmaak": {}},
            "fase": {"cel": {"data": "klachten", "rij": ["Afgerond", "Aannemen"], "kolom": "2024"}},
        },
        tables,
    )
    assert problems == []
    assert (found["pdc"].value, found["pdc"].opmaak.eenheid, found["pdc"].peil) == (
        Decimal(1066),
        "fte",
        "2022-06-30",
    )
    assert found["pdc"].source == "2022-1/aspiranten.csv, regel 3, rij 'PDC', kolom '2022'"
    assert (found["eigen"].opmaak.eenheid, found["eigen"].peil) == ("aspiranten", "2021")
    assert found["kaal"].opmaak == Getalopmaak()
    assert found["fase"].value == 2938


def test_totals_of_columns(tables: dict[str, DataTable]) -> None:
    rows = ["Eenheden", "PDC"]
    found, problems = run(
        {
            "zes": {"totaal": {"data": "aspiranten", "kolom": "2018", "rijen": rows}, "vermeld": 4642},
            "nu": {"totaal": {"data": "aspiranten", "kolom": "2022", "rijen": rows}, "vermeld": 4679},
            "alles": {"totaal": {"data": "klachten", "kolom": "2020"}, "vermeld": 2 * 12728},
        },
        tables,
    )
    assert problems == []
    assert found["nu"].opmaak.eenheid == "fte"
    assert found["nu"].source == "2022-1/aspiranten.csv, som van kolom '2022' (Eenheden, PDC)"


def test_open_cell_keeps_its_text_but_cannot_be_computed_with(tables: dict[str, DataTable]) -> None:
    numbers = {"oost": {"cel": {"data": "open", "rij": "Oost", "kolom": "aantal"}, "vermeld": 3}}
    found, problems = run(numbers, tables)
    assert (found["oost"].value, found["oost"].missing, problems) == (None, "n.b.", [])
    problem = only(numbers | constants(a=1) | {"som": {"som": ["a", "oost"]}}, tables)
    assert (problem.code, problem.message) == (
        "E428",
        "cijfer 'som': met 'oost' is niet te rekenen: de bron geeft 'n.b.'",
    )


def cell(data: str, rij: Any, kolom: str) -> dict[str, Any]:
    return {"x": {"cel": {"data": data, "rij": rij, "kolom": kolom}}}


def total(data: str, kolom: str, rijen: Any = None) -> dict[str, Any]:
    return {"x": {"totaal": {"data": data, "kolom": kolom, "rijen": rijen}}}


@pytest.mark.parametrize(
    ("numbers", "code", "message", "hint"),
    [
        ({"x": {}}, "E420", "zegt niet wat het getal is", "geef precies één van waarde, cel, totaal"),
        ({"x": {"waarde": 0, "som": ["a", "a"]}}, "E420", "heeft zowel waarde als som", "precies één"),
        (
            {"x": {"som": ["a", "aantall"]}},
            "E421",
            "het cijfer 'aantall' bestaat niet",
            "bedoelde u 'aantal'?",
        ),
        ({"x": {"verhouding": ["a", "nul"]}}, "E423", "deling door nul: 'nul' is 0", ""),
        ({"x": {"percentage": ["a", "nul"]}}, "E423", "deling door nul: 'nul' is 0", ""),
        (cell("klacht", "a", "b"), "E424", "het databestand 'klacht' bestaat niet", "bedoelde u 'klachten'?"),
        (cell("aspiranten", "Eenheid", "2022"), "E425", "geen rij 'Eenheid'", "bedoelde u 'Eenheden'?"),
        (cell("klachten", "Afgerond", "2022"), "E425", "geen rij 'Afgerond'", "als sleutel [status, fase]"),
        (cell("aspiranten", "PDC", "2028"), "E426", "geen kolom '2028'", "bedoelde u '20"),
        (cell("open", "Zuid", "aantal"), "E427", "de cel is leeg (2022-1/open.csv, regel 4", ""),
        (cell("open", "Noord", "soort"), "E427", "de cel bevat geen getal maar 'a'", ""),
        (total("open", "aantal"), "E427", "bij rij 'Oost' geeft de bron geen getal", "noem onder 'rijen'"),
        (total("open", "soort"), "E427", "er staat geen getal in", "noem onder 'rijen'"),
        (total("open", "aantal", ["Noort"]), "E425", "geen rij 'Noort'", "bedoelde u 'Noord'?"),
        (total("open", "aantal", ["Noord", "Noord"]), "E440", "de rij 'Noord' telt tweemaal mee", ""),
        ({"x": {"waarde": "1e999999"}}, "E430", "te groot of te klein", ""),
        ({"x": {"waarde": "-1e30"}}, "E430", "te groot of te klein", ""),
        ({"x": {"waarde": 1, "vermeld": "1e999999"}}, "E430", "'vermeld' is te groot", ""),
        (
            {"x": {"waarde": 1, "vermeld": 1, "tolerantie": -1}},
            "E430",
            "'tolerantie' is te groot, te klein of",
            "",
        ),
    ],
)
def test_what_is_wrong_with_a_number(
    tables: dict[str, DataTable], numbers: dict[str, Any], code: str, message: str, hint: str
) -> None:
    # 'gevolg' is computed from the wrong number: that must not be told a second time
    rest = constants(a=1, nul=0, aantal=5) | {"gevolg": {"som": ["x", "a"]}}
    found, problems = run(rest | numbers, tables)
    assert [problem.code for problem in problems] == [code]
    assert message in problems[0].message
    assert problems[0].message.startswith("cijfer 'x': ")
    assert hint in problems[0].hint
    assert "a" in found


def test_a_file_that_could_not_be_read_gives_no_second_problem(tables: dict[str, DataTable]) -> None:
    found, problems = run(constants(a=1) | cell("klachten", "a", "b"), {"open": tables["open"]})
    assert (list(found), problems) == (["a"], [])


def test_cycles_are_named_in_order_and_once() -> None:
    numbers = constants(a=1) | {
        "d": {"som": ["c", "a"]},
        "c": {"verschil": ["b", "a"]},
        "b": {"som": ["a", "e"]},
        "e": {"percentage": ["c", "a"]},
        "zelf": {"som": ["zelf", "a"]},
        "aa": {"som": ["c", "a"]},
    }
    found, problems = run(numbers)
    assert list(found) == ["a"]
    assert [(problem.code, problem.message) for problem in problems] == [
        ("E422", "cijfer 'b': wordt uit zichzelf berekend: b → e → c → b"),
        ("E422", "cijfer 'zelf': wordt uit zichzelf berekend: zelf → zelf"),
    ]


def test_long_chains_and_long_cycles() -> None:
    length = 5000
    chain: dict[str, Any] = {"n0": {"waarde": 1}} | {f"n{i}": {"som": [f"n{i - 1}", "n0"]} for i in range(1, length)}
    found, problems = run(dict(reversed(chain.items())))
    assert problems == []
    assert found[f"n{length - 1}"].value == length
    problem = only(chain | {"n1": {"som": [f"n{length - 1}", "n0"]}})
    assert problem.code == "E422"
    assert len(problem.message) < 200
    assert problem.message.endswith("→ … → n1")


def test_problems_have_the_place_of_the_key_or_of_its_parent() -> None:
    line = "  boven: {verschil: [a, formatei]}"
    marks = {
        ("cijfers", "boven", "verschil", 1): (4, line.index("formatei") + 1, line),
        ("cijfers", "deel"): (5, 3, "  deel: {}"),
    }
    cijfers = Cijfers.model_validate(
        {"cijfers": constants(a=1, formatie=2) | {"boven": {"verschil": ["a", "formatei"]}, "deel": {}}}
    )
    _, problems = evaluate(cijfers, {}, marks.__getitem__, "2022-1/cijfers.yaml")
    found = [(p.path, p.line, p.column, p.code, p.width) for p in problems]
    assert found == [("2022-1/cijfers.yaml", 4, 25, "E421", 8), ("2022-1/cijfers.yaml", 5, 3, "E420", 4)]
    cijfers = Cijfers.model_validate({"cijfers": constants(a=1) | {"deel": {"verhouding": ["a", "a"], "vermeld": 2}}})
    _, problems = evaluate(cijfers, {}, marks.__getitem__, "2022-1/cijfers.yaml")
    assert [(p.line, p.column, p.code) for p in problems] == [(5, 3, "W429")]


def test_changes_and_means() -> None:
    found, problems = run(
        constants(nieuw=13707, oud=13241, norm=5000)
        | {
            "groei": {"verandering": ["nieuw", "oud"], "vermeld": "3.5", "tolerantie": "0.05"},
            "krimp": {"verandering": ["oud", "nieuw"]},
            "gelijk": {"verandering": ["oud", "oud"]},
            "midden": {"gemiddelde": ["nieuw", "oud", "norm"], "vermeld": 10649, "tolerantie": "0.4"},
            "van-norm": {"percentage": ["oud", "norm"]},
        }
    )
    assert problems == []
    assert found["groei"].source == "(nieuw − oud) / oud × 100"
    assert found["midden"].source == "(nieuw + oud + norm) / 3"
    assert found["gelijk"].value == 0
    assert found["van-norm"].value == Decimal("264.82")
    krimp = found["krimp"].value
    assert krimp is not None and -Decimal("3.5") < krimp < -Decimal("3.3")
    assert (found["groei"].operands, found["groei"].kind) == (("nieuw", "oud"), "verandering")


@pytest.mark.parametrize(
    ("old", "code", "message"),
    [(0, "E423", "deling door nul: 'oud' is 0"), (-3, "E434", "'oud' is negatief")],
)
def test_a_change_needs_a_positive_start(old: int, code: str, message: str) -> None:
    problem = only(constants(nieuw=4, oud=old) | {"groei": {"verandering": ["nieuw", "oud"]}})
    assert problem.code == code
    assert message in problem.message


def test_highest_and_lowest_of_a_column(tables: dict[str, DataTable]) -> None:
    phases = [["Afgerond", phase] for phase in ("Aannemen", "Eerste fase", "Tweede fase")]
    found, problems = run(
        {
            "meest": {"maximum": {"data": "klachten", "kolom": "2024", "rijen": phases}},
            "minst": {"minimum": {"data": "klachten", "kolom": "2024"}},
            "fte": {"minimum": {"data": "aspiranten", "kolom": "2018"}},
        },
        tables,
    )
    assert problems == []
    assert (found["meest"].value, found["minst"].value, found["fte"].value) == (10708, 61, 4642)
    assert found["fte"].opmaak.eenheid == "fte"
    assert found["minst"].source == "2022-1/klachten.csv, laagste van kolom '2024' (alle rijen)"


def rank(row: Any, **more: Any) -> dict[str, Any]:
    return {"x": {"rang": {"data": "klachten", "kolom": "2024", "rij": row} | more}}


def test_the_rank_of_a_row(tables: dict[str, DataTable]) -> None:
    phases = [["Afgerond", phase] for phase in ("Aannemen", "Eerste fase", "Tweede fase")]
    places = {
        (phase, order): run(rank(["Afgerond", phase], rijen=phases, volgorde=order), tables)[0]["x"].value
        for phase in ("Aannemen", "Eerste fase", "Tweede fase")
        for order in ("hoog", "laag")
    }
    assert places == {
        ("Eerste fase", "hoog"): 1,
        ("Aannemen", "hoog"): 2,
        ("Tweede fase", "hoog"): 3,
        ("Tweede fase", "laag"): 1,
        ("Aannemen", "laag"): 2,
        ("Eerste fase", "laag"): 3,
    }
    assert run(rank(["Afgerond", "totaal"]), tables)[0]["x"].value == 1
    ties = {"x": {"rang": {"data": "aspiranten", "kolom": "2018", "rij": "Eenheden"}}}
    assert only(ties, tables).code == "E427"
    named = {"x": {"rang": ties["x"]["rang"] | {"rijen": ["Nat. Politie"]}}}
    found, problems = run(named, tables)
    assert (found["x"].value, problems) == (1, [])
    assert found["x"].opmaak == Getalopmaak()


@pytest.mark.parametrize(
    ("numbers", "code", "message"),
    [
        (rank(["Afgerond", "Aanemen"]), "E425", "geen rij '[Afgerond, Aanemen]'"),
        (rank(["Afgerond", "Aannemen"], kolom="2019"), "E426", "geen kolom '2019'"),
        (rank(["Afgerond", "Aannemen"], rijen=[["Afgerond", "totaal"]] * 2), "E440", "telt tweemaal mee"),
        ({"x": {"maximum": {"data": "open", "kolom": "aantal"}}}, "E427", "niet te vergelijken"),
        ({"x": {"rang": {"data": "open", "kolom": "aantal", "rij": "Zuid"}}}, "E427", "niet te vergelijken"),
    ],
)
def test_what_is_wrong_with_a_rank(
    tables: dict[str, DataTable], numbers: dict[str, Any], code: str, message: str
) -> None:
    problem = only(numbers, tables)
    assert problem.code == code
    assert message in problem.message


values = st.decimals(min_value=-(10**6), max_value=10**6, places=2)


@st.composite
def networks(draw: st.DrawFn) -> dict[str, Any]:
    """Numbers computed from earlier ones, or now and then from a later one, which may make a cycle."""
    size = draw(st.integers(2, 12))
    numbers: dict[str, Any] = {}
    for i in range(size):
        kinds = ["waarde", "som", "verschil", "verhouding", "percentage", "verandering", "gemiddelde"]
        kind = draw(st.sampled_from(kinds))
        if i == 0 or kind == "waarde":
            numbers[f"n{i}"] = {"waarde": draw(values)}
        else:
            last = draw(st.sampled_from([i - 1, i - 1, i - 1, size - 1]))
            numbers[f"n{i}"] = {kind: [f"n{draw(st.integers(0, last))}" for _ in range(2)]}
    return numbers


@given(networks(), st.randoms(use_true_random=False))
def test_the_order_of_declaration_does_not_matter(numbers: dict[str, Any], random: Any) -> None:
    shuffled = list(numbers.items())
    random.shuffle(shuffled)
    first, first_problems = run(numbers)
    second, second_problems = run(dict(shuffled))
    assert first == second
    assert first_problems == second_problems
    assert list(second) == [id for id, _ in shuffled if id in second]


@given(st.lists(values, min_size=2, max_size=20))
def test_sums_and_differences_are_exact(numbers: list[Decimal]) -> None:
    ids = [f"n{i}" for i in range(len(numbers))]
    cijfers: dict[str, Any] = {id: {"waarde": value} for id, value in zip(ids, numbers, strict=True)}
    cijfers |= {"totaal": {"som": ids}, "rest": {"verschil": ["totaal", ids[0]]}}
    found, problems = run(cijfers)
    assert problems == []
    assert found["totaal"].value == sum(numbers)
    assert found["rest"].value == sum(numbers[1:])


def test_large_numbers_are_exact() -> None:
    large = Decimal("123456789012345678901234567890")
    found, problems = run(constants(a=large, b="0.000001") | {"s": {"som": ["a", "b"]}})
    assert problems == []
    assert str(found["s"].value) == "123456789012345678901234567890.000001"


def aspiranten(**changes: Any) -> dict[str, Any]:
    return {
        "id": "tabel-aspiranten",
        "bijschrift": "Aspiranten",
        "data": "aspiranten",
        "kolommen": [
            {"veld": "onderdeel", "kop": "Onderdeel", "rijkop": True},
            *({"veld": year, "kop": year} for year in YEARS),
        ],
        "totaal": {"velden": list(YEARS), "bron_rij": "Nat. Politie", "tolerantie": 1},
    } | changes


def show(table: DataTable, spec: dict[str, Any]) -> tuple[TableRows, list[Problem]]:
    return table_rows(table, Cijfertabel.model_validate(spec), no_place, "2022-1/brief.yaml", ("tabellen", 0))


def plain(rows: TableRows) -> list[list[Any]]:
    return [[item.value for item in row.cells] for row in rows.rows]


def test_table_shows_the_stated_total_and_checks_it(tables: dict[str, DataTable]) -> None:
    rows, problems = show(tables["aspiranten"], aspiranten())
    assert problems == []
    assert plain(rows) == [["Eenheden", 4642, 3613, 3243, 2873], ["PDC", None, 1066, 1457, 1827]]
    assert rows.total is not None
    assert [item.value for item in rows.total.cells] == [None, 4642, 4679, 4699, 4699]
    assert rows.computed == {"2018": 4642, "2022": 4679, "2026": 4700, "2027": 4700}
    assert rows.total.cells[1].opmaak.eenheid == "fte"
    assert rows.total.cells[1].cell is not None and rows.total.cells[1].cell.line == 4


def test_table_whose_totals_deviate(tables: dict[str, DataTable]) -> None:
    _, problems = show(tables["aspiranten"], aspiranten(totaal={"velden": YEARS, "bron_rij": "Nat. Politie"}))
    assert [problem.code for problem in problems] == ["W441", "W441"]
    assert problems[0].message == (
        "het totaal van kolom '2026' is 4.700, de bron vermeldt 4.699 "
        "(2022-1/aspiranten.csv, regel 4, rij 'Nat. Politie', kolom '2026')"
    )
    assert problems[0].hint == "komt het verschil door afronding, zet dan 'tolerantie: 1'"


def test_table_adds_up_what_it_shows_in_the_order_asked(tables: dict[str, DataTable]) -> None:
    spec = aspiranten(rijen=["PDC", "Eenheden"], totaal={"velden": ["2026"]})
    spec["kolommen"][3]["opmaak"] = {"decimalen": 1}
    rows, problems = show(tables["aspiranten"], spec)
    assert problems == []
    assert [row[0] for row in plain(rows)] == ["PDC", "Eenheden"]
    assert rows.total is not None and rows.total.key == ()
    assert [item.value for item in rows.total.cells] == [None, None, None, 4700, None]
    assert rows.total.cells[3].opmaak == Getalopmaak(decimalen=1)


def test_complaints_add_up_every_year(tables: dict[str, DataTable]) -> None:
    years = [str(year) for year in range(2020, 2025)]
    spec = {
        "id": "tabel-klachten",
        "bijschrift": "Klachten",
        "data": "klachten",
        "kolommen": [{"veld": name, "kop": name} for name in ("fase", *years)],
        "totaal": {"velden": years, "bron_rij": ["Afgerond", "totaal"]},
        "kolomgroepen": [{"kop": "Jaar", "velden": years}],
        "celnoten": [{"rij": ["Afgerond", "Aannemen"], "veld": "2024", "noot": "a"}],
    }
    rows, problems = show(tables["klachten"], spec)
    assert problems == []
    assert len(rows.rows) == 3
    assert rows.computed == dict(zip(years, (12728, 13043, 11712, 13241, 13707), strict=True))


def test_nested_table_has_no_total(tables: dict[str, DataTable]) -> None:
    spec = Geneste.model_validate(
        {
            "data": "open",
            "kolommen": [{"veld": "eenheid", "kop": "E"}, {"veld": "aantal", "kop": "N"}],
            "rijen": ["Oost"],
        }
    )
    rows, problems = table_rows(tables["open"], spec, no_place, "bijlage.yaml")
    assert (len(rows.rows), rows.total, problems) == (1, None, [])


@pytest.mark.parametrize(
    ("changes", "code", "message", "hint"),
    [
        (
            {"kolommen": [{"veld": "2019", "kop": "a"}], "totaal": None},
            "E426",
            "geen kolom '2019'",
            "bedoelde u '20",
        ),
        ({"rijen": ["PDC", "Eenheid"]}, "E425", "geen rij 'Eenheid'", "bedoelde u 'Eenheden'?"),
        ({"rijen": ["PDC", "Eenheden", "PDC"]}, "E440", "staat tweemaal in de tabel", ""),
        ({"rijen": ["PDC", "Eenheden", "Nat. Politie"]}, "E440", "is de totaalrij", "haal haar weg"),
        (
            {"totaal": {"velden": ["2030"]}},
            "E426",
            "de tabel toont geen kolom '2030'",
            "mogelijk: 2018, 2022",
        ),
        ({"totaal": {"velden": ["onderdeel"]}}, "E427", "kolom 'onderdeel' bevat geen getallen", ""),
        (
            {"totaal": {"velden": ["2018"], "bron_rij": "Nat Politie"}},
            "E425",
            "'Nat Politie'",
            "'Nat. Politie'",
        ),
        ({"rijen": ["PDC"], "totaal": {"velden": ["2018"]}}, "E427", "er is geen getal", "bron_rij"),
        ({"kolomgroepen": [{"kop": "x", "velden": ["2022", "202"]}]}, "E426", "toont geen kolom '202'", ""),
        ({"celnoten": [{"rij": "PDC", "veld": "2019", "noot": "a"}]}, "E426", "toont geen kolom '2019'", ""),
        (
            {"celnoten": [{"rij": "PCD", "veld": "2018", "noot": "a"}]},
            "E425",
            "toont geen rij 'PCD'",
            "'PDC'",
        ),
    ],
)
def test_what_is_wrong_with_a_table(
    tables: dict[str, DataTable], changes: dict[str, Any], code: str, message: str, hint: str
) -> None:
    _, problems = show(tables["aspiranten"], aspiranten(**changes))
    assert [problem.code for problem in problems] == [code], problems
    assert message in problems[0].message
    assert hint in problems[0].hint
    assert problems[0].path == "2022-1/brief.yaml"


def test_total_over_a_cell_that_the_source_leaves_open(tables: dict[str, DataTable]) -> None:
    spec = {
        "id": "t",
        "bijschrift": "b",
        "data": "open",
        "kolommen": [{"veld": "eenheid", "kop": "E"}, {"veld": "aantal", "kop": "N"}],
        "totaal": {"velden": ["aantal"]},
    }
    rows, problems = show(tables["open"], spec)
    assert [problem.message for problem in problems] == ["kolom 'aantal' is niet op te tellen: 'Oost' heeft geen getal"]
    assert rows.total is not None and rows.total.cells[1].value is None
