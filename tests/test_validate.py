"""From plain data to models: every mistake at its own key or value, with a hint, and never twice."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from halfjaarbericht.model.bronnen import Bronnen
from halfjaarbericht.model.cijfers import Cijfers
from halfjaarbericht.model.editie import Bijlage, Brief, Editie
from halfjaarbericht.model.secties import Sectie
from halfjaarbericht.problems import ContentError, Problem
from halfjaarbericht.reading.source import parse_source
from halfjaarbericht.reading.validate import field_names, follow, validate
from halfjaarbericht.schema import SCHEMAS

SECTION = """soort: tekst
id: een
titel: Een
tekst: Tekst
tabellen:
  - id: cijfers
    bijschrift: b
    data: d
    kolommen: [{veld: v, kop: k, opmaak: {eenheid: fte}}]
  - soort: tekst
    id: woorden
    bijschrift: b
    kolommen: [{kop: k}]
    rijen: [[a], [{tekst: b, over_kolommen: 1}], [null]]
  - soort: formulier
    id: formulier
    bijschrift: b
    kop: k
    rijen: [{kop: k, tabel: {data: d, kolommen: [{veld: v, kop: k}]}}]
secties:
  - {bestand: twee.yaml}
  - soort: motie
    id: motie
    titel: Motie
    debat: {soort: debat, jaar: 2029}
    vervolg: {editie: 2030-1}
"""


def problems(text: str, model: Any) -> list[Problem]:
    with pytest.raises(ContentError) as raised:
        validate(parse_source(text, "x.yaml"), model)
    return list(raised.value.problems)


def test_a_good_section_with_everything() -> None:
    section = validate(parse_source(SECTION, "x.yaml"), Sectie)
    assert [t.soort for t in section.tabellen] == ["cijfers", "tekst", "formulier"]
    assert section.secties[1].debat.jaar == 2029


def leaf_keys() -> list[tuple[Any, ...]]:
    """Every key of the section that has a model around it."""
    source = parse_source(SECTION, "x.yaml")
    return [path for path in source.keys if path[-1] != "soort"]


@pytest.mark.parametrize("path", leaf_keys(), ids=str)
def test_a_misspelt_key_is_told_once_at_its_place_with_its_name(path: tuple[Any, ...]) -> None:
    source = parse_source(SECTION, "x.yaml")
    mark = source.keys[path]
    lines = list(source.lines)
    line = lines[mark.line - 1]
    wrong = path[-1] + "x"
    lines[mark.line - 1] = line[: mark.column - 1] + wrong + line[mark.column - 1 + mark.width :]
    found = problems("\n".join(lines), Sectie)
    assert [(p.code, p.line, p.column, p.width) for p in found] == [("E201", mark.line, mark.column, len(wrong))]
    assert found[0].hint == f"bedoelde u '{path[-1]}'?"


@pytest.mark.parametrize("path", leaf_keys(), ids=str)
def test_a_number_of_the_wrong_kind_is_told_at_its_value(path: tuple[Any, ...]) -> None:
    """A boolean is no text and a word no number; the place is that of the value."""
    source = parse_source(SECTION, "x.yaml")
    mark = source.values[path]
    if mark.style == "group":
        return
    lines = list(source.lines)
    line = lines[mark.line - 1]
    wrong = "veel" if path[-1] in ("jaar", "over_kolommen") else "true"
    lines[mark.line - 1] = line[: mark.column - 1] + wrong + line[mark.column - 1 + mark.width :]
    found = problems("\n".join(lines), Sectie)
    assert len(found) == 1
    assert (found[0].line, found[0].column, found[0].width) == (mark.line, mark.column, 4)
    assert found[0].code in ("E203", "E204", "E205", "E206")


@pytest.mark.parametrize("text", ["{}", "id: 1", "secties: 3", "titel: [a]", "tabellen: {a: b}", "soort: niets"])
@pytest.mark.parametrize("model", SCHEMAS.values(), ids=list(SCHEMAS))
def test_wrong_files_give_problems_inside_the_file(text: str, model: Any) -> None:
    source = parse_source(text, "x.yaml")
    try:
        validate(source, model)
    except ContentError as error:
        for problem in error.problems:
            assert problem.line == 1
            assert 1 <= problem.column <= len(text)
            assert "Input should" not in problem.message + problem.hint


values = st.recursive(
    st.sampled_from(["tekst", "motie", "brief", "a", "2030-06-20", "1.178", 5, True, None]),
    lambda child: (
        st.lists(child, max_size=3)
        | st.dictionaries(
            st.sampled_from("soort id titel tekst tabellen secties bestand rijen kolommen kop".split()),
            child,
            max_size=5,
        )
    ),
    max_leaves=15,
)


@given(values, st.sampled_from([Sectie, Brief, Bijlage, Editie, Cijfers, Bronnen]))
def test_any_data_gives_a_model_or_dutch_problems(data: Any, model: Any) -> None:
    source = parse_source("a: b", "x.yaml")
    source.data = data
    try:
        validate(source, model)
    except ContentError as error:
        assert error.problems
        for problem in error.problems:
            assert problem.code.startswith("E20")
            assert "should be" not in problem.message


@pytest.mark.parametrize(
    ("loc", "path", "fields"),
    [
        (("tekst", "tekst"), ("tekst",), []),
        (("tekst", "tabellen", 0, "cijfers", "kolommen", 1), ("tabellen", 0, "kolommen", 1), ["veld", "kop"]),
        (("tekst", "tabellen", 2, "tekst", "rijen", 1, 0, "Cel"), ("tabellen", 2, "rijen", 1, 0), ["tekst"]),
        (("motie", "debat"), ("debat",), ["soort", "onderwerp"]),
        (("tekst", "secties", 0, "bestand"), ("secties", 0), ["bestand", "secties"]),
        (("niets", "x"), ("x",), []),
    ],
)
def test_union_tags_are_no_keys(loc: tuple[Any, ...], path: tuple[Any, ...], fields: list[str]) -> None:
    assert follow(Sectie, loc)[0] == path
    assert field_names(Sectie, loc)[: len(fields)] == fields


@pytest.mark.parametrize(
    ("text", "model", "code", "words"),
    [
        ("bronnen: {A b: {soort: dossier, dossier: 29628}}", Bronnen, "E204", "kleine letters"),
        ("bronnen: {a: {soort: dossier, dossier: 2962}}", Bronnen, "E204", "vijf cijfers"),
        ("bronnen: {a: {soort: stb, jaar: veel, nummer: 1}}", Bronnen, "E205", "geheel getal"),
        ("cijfers: {a: {som: [b]}}", Cijfers, "E207", "minstens 2"),
        ("cijfers: {a: {waarde: 1, opmaak: {decimalen: 9}}}", Cijfers, "E207", "hoogstens 6"),
        ("cijfers: {a: {waarde: 1.178}}", Cijfers, "E205", "duizendtal"),
        ("id: a\ntitel: ''", Bijlage, "E207", "leeg"),
        ("id: a\ntitel: " + "x" * 501, Bijlage, "E207", "te lang"),
        ("id: a\ntitel: b\ninhoudsopgave: ja", Bijlage, "E205", "true of false"),
    ],
)
def test_what_is_said(text: str, model: Any, code: str, words: str) -> None:
    (problem,) = problems(text, model)
    assert problem.code == code
    assert words in problem.message + problem.hint
