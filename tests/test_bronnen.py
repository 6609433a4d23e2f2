"""Citations: official text, address and field rules, for every kind of source."""

from __future__ import annotations

import csv
import re
from typing import Any, get_args

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from halfjaarbericht.language.bronnen import check_citation, citation, short_year
from halfjaarbericht.model import bronnen as model
from tests.fixtures_lezer import FOLDER, Case, check, parameters, read_cases

SOURCE: TypeAdapter[model.Bron] = TypeAdapter(model.Bron)
GRAMMAR = re.compile(
    r"(?:Bijlage bij )?Kamerstukken (?:I|II) \d{4}/\d{2}, \d{5}(?: [IVXLC]+| ?-\d{2})?, "
    r"(?:nr\. \d+|[A-Z]{1,3})(?:, p\. \d+(?:-\d+)?)?"
)
SITE = "https://zoek.officielebekendmakingen.nl/"


def source_of(line: str) -> model.Bron:
    """A source from one line of YAML in which, as in content, all scalars are text."""
    return SOURCE.validate_python(yaml.load(line, Loader=yaml.BaseLoader))


def shown(line: str) -> str:
    bron = source_of(line)
    note, running = citation(bron), citation(bron, running=True)
    assert note.url == running.url
    sentence = [f"zin: {running.text}"] if running.text != note.text else []
    return "\n".join([note.text, *sentence, note.url or "-"])


def findings(line: str) -> str:
    found = check_citation(source_of(line))
    return "\n".join(f"{severity}: {message} | {hint}" for severity, message, hint in found) or "in orde"


@pytest.mark.parametrize("case", parameters("bronnen.md"))
def test_text_and_address(case: Case, update: bool) -> None:
    check(case, "\n".join(map(shown, case.given.splitlines())), update)


@pytest.mark.parametrize("case", parameters("bronregels.md"))
def test_field_rules(case: Case, update: bool) -> None:
    check(case, "\n".join(map(findings, case.given.splitlines())), update)


def test_every_kind_of_source_has_a_case() -> None:
    lines = [line for case in read_cases(FOLDER / "bronnen.md") for line in case.given.splitlines()]
    tried = {type(source_of(line)) for line in lines}
    assert tried == set(get_args(get_args(model.Bron)[0]))


# --- the papers that five half-year reports cite ---


def cited() -> list[Any]:
    with (FOLDER / "citaties.csv").open(encoding="utf-8", newline="") as file:
        return [pytest.param(row, id=f"{row['document']} {row['plaats']}") for row in csv.DictReader(file)]


def sources_of(row: dict[str, str]) -> list[model.Bron]:
    """The sources of a row; a note that cites two papers has two numbers."""
    found = []
    for number in row["nummer"].split("; "):
        place = {key: row[key] for key in ("kamer", "vergaderjaar", "dossier", "toevoeging") if row[key]}
        place["nummer"] = number
        fields: dict[str, Any] = place if row["soort"] == "kamerstuk" else {"bij": place}
        found.append(SOURCE.validate_python({"soort": row["soort"], **fields}))
    return found


def test_all_cited_papers_are_tried() -> None:
    rows = [parameter.values[0] for parameter in cited()]
    assert sum(len(sources_of(row)) for row in rows) == 93
    assert sum(row["soort"] == "bijlage" for row in rows) == 6


@pytest.mark.parametrize("row", cited())
def test_cited_paper(row: dict[str, str]) -> None:
    citations = [citation(bron) for bron in sources_of(row)]
    assert "; ".join(one.text for one in citations) == row["tekst"]
    assert all(GRAMMAR.fullmatch(one.text) for one in citations)
    if row["soort"] == "bijlage":
        # The number of an annex does not follow from its paper, so only the author can give its address.
        assert [one.url for one in citations] == [None]
        linked = [bron.model_copy(update={"url": row["url"]}) for bron in sources_of(row)]
        assert [citation(bron).url for bron in linked] == [row["url"]]
    else:
        assert "; ".join(one.url or "" for one in citations) == row["url"]


def test_only_the_impossible_years_among_the_cited_papers_are_flagged() -> None:
    flagged = {
        (row["document"], row["plaats"], severity)
        for row in (parameter.values[0] for parameter in cited())
        for bron in sources_of(row)
        for severity, _, _ in check_citation(bron)
    }
    assert flagged == {
        ("2022-2-brief", "noot 12", "waarschuwing"),
        ("2022-1-bijlage-2", "noot 14", "waarschuwing"),
        ("2022-1-bijlage-2", "noot 25", "waarschuwing"),
    }


# --- properties ---

years = st.integers(min_value=1950, max_value=2024)


@given(
    years,
    st.from_regex(r"[0-9]{5}", fullmatch=True),
    st.sampled_from([None, "VI", "XV", "02"]),
    st.integers(min_value=1, max_value=9999),
    st.sampled_from([None, "3", "25-36"]),
    st.booleans(),
)
def test_a_sound_paper_follows_the_grammar(
    year: int, dossier: str, addition: str | None, number: int, pages: str | None, first_chamber: bool
) -> None:
    letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"[number % 26] * (1 + number % 3)
    bron = model.Kamerstuk(
        soort="kamerstuk",
        kamer="I" if first_chamber else "II",
        vergaderjaar=f"{year}-{year + 1}",
        dossier=dossier,
        toevoeging=addition,
        nummer=letters if first_chamber else str(number),
        paginas=pages,
    )
    made = citation(bron)
    assert GRAMMAR.fullmatch(made.text)
    assert made.url is not None
    assert re.fullmatch(r"kst-\d{5}(-[A-Z]+|-\d{2})?-(\d+|[A-Z]{1,3})\.html", made.url.removeprefix(SITE))
    assert not [finding for finding in check_citation(bron) if finding[0] == "fout"]


@given(years, st.integers(min_value=-3, max_value=3))
def test_a_year_is_sound_when_it_ends_a_year_later(year: int, length: int) -> None:
    span = f"{year}-{year + length}"
    bron = model.Aanhangsel(soort="aanhangsel", kamer="II", vergaderjaar=span, nummer="1")
    assert (check_citation(bron) == []) == (length == 1)


@given(years)
def test_short_years(year: int) -> None:
    start, end = short_year(f"{year}-{year + 1}").split("/")
    assert (int(start), int(end)) == (year, (year + 1) % 100)
    assert len(end) == 2


def test_a_text_has_no_full_stop_and_no_double_space() -> None:
    for case in read_cases(FOLDER / "bronnen.md"):
        for line in case.given.splitlines():
            for running in (False, True):
                text = citation(source_of(line), running=running).text
                assert not text.endswith((".", ",", " "))
                assert "  " not in text


def test_an_unknown_kind_has_no_citation() -> None:
    with pytest.raises(ValidationError):
        source_of("{soort: gerucht, titel: Naar verluidt}")
