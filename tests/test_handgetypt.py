"""Numbers typed in prose: which are told, where, and how an edition accepts one."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from halfjaarbericht.language.handgetypt import LIMIT, typed_numbers
from halfjaarbericht.problems import Problem
from halfjaarbericht.reading.load import find_editions
from tests.fixtures_lezer import Case, check, parameters
from tests.inhoudhulp import EDITION, read_report, write_content

CONTENT = Path(__file__).parent.parent / "content"


@pytest.mark.parametrize("case", parameters("handgetypt.md"))
def test_typed(case: Case, update: bool) -> None:
    first, _, rest = case.given.partition("\n")
    names = tuple(n.strip() for n in first.removeprefix("vast:").split(";")) if first.startswith("vast:") else ()
    text = rest if names else case.given
    found = typed_numbers(text, names)
    check(case, "\n".join(f"{n.line + 1}:{n.column + 1} {n.text}" for n in found), update)


@given(st.text(alphabet="0123456789.,%€-/ \n()abn", max_size=40))
def test_a_place_holds_what_it_says(text: str) -> None:
    lines = text.split("\n")
    for number in typed_numbers(text):
        assert lines[number.line][number.column :].startswith(number.text)
        assert any(character.isdigit() for character in number.text)


@given(st.integers(min_value=0, max_value=999))
def test_the_limit(value: int) -> None:
    found = typed_numbers(f"Er waren {value} agenten.")
    assert bool(found) == (value > LIMIT)


@given(st.integers(min_value=LIMIT + 1, max_value=999_999))
def test_an_accepted_number_is_never_told_and_no_other_is_let_through(value: int) -> None:
    assert typed_numbers(f"Er waren {value} fte.", (str(value),)) == ()
    assert len(typed_numbers(f"Er waren {value}{value % 10} fte.", (str(value),))) == 1


def typed(folder: Path, brief: Mapping[str, object], **edition: object) -> list[Problem]:
    files: dict[str, object] = {f"{EDITION}/brief.yaml": brief}
    if edition:
        base = write_content(folder) / EDITION / "editie.yaml"
        files[f"{EDITION}/editie.yaml"] = yaml.safe_load(base.read_text(encoding="utf-8")) | edition
    return [p for p in read_report(write_content(folder, files))[1] if p.code == "W403"]


PLACES: dict[str, Mapping[str, object]] = {
    "text": {"tekst": "Er waren 350 agenten."},
    "heading": {"tekst": "## De 350 agenten\n\nTekst."},
    "list": {"tekst": "- een\n- met 350 agenten"},
    "note": {"tekst": "Tekst.[^a]", "noten": {"a": "Het waren er 350."}},
    "title": {"secties": [{"soort": "tekst", "id": "x", "titel": "De 350", "tekst": "Tekst."}]},
    "salutation": {"aanhef": "Geachte 350 leden,", "tekst": "Tekst."},
    "caption": {
        "tekst": "Tekst.",
        "tabellen": [
            {
                "soort": "tekst",
                "id": "t",
                "bijschrift": "De 350",
                "kolommen": [{"kop": "A", "rijkop": True}],
                "rijen": [["a"]],
            }
        ],
    },
    "cell": {
        "tekst": "Tekst.",
        "tabellen": [
            {
                "soort": "tekst",
                "id": "t",
                "bijschrift": "Tabel",
                "kolommen": [{"kop": "A", "rijkop": True}, {"kop": "B"}],
                "rijen": [["a", {"tekst": "350 keer"}]],
            }
        ],
    },
}


@pytest.mark.parametrize("brief", PLACES.values(), ids=PLACES)
def test_it_is_told_wherever_prose_stands(brief: Mapping[str, object], tmp_path: Path) -> None:
    (problem,) = typed(tmp_path, brief)
    assert problem.excerpt[problem.column - 1 :].startswith("350")
    assert problem.width == 3
    assert problem.severity == "waarschuwing"


def test_a_document_that_is_gone_through_twice_tells_it_once(tmp_path: Path) -> None:
    brief = {"tekst": "Zie {zie}`noot:a`: 350 agenten.[^a]", "noten": {"a": "En 360."}}
    assert [p.excerpt[p.column - 1 :][:3] for p in typed(tmp_path, brief)] == ["350", "360"]


def test_an_edition_accepts_numbers(tmp_path: Path) -> None:
    brief = {"tekst": "De Top 1600 en binnen 24 uur, met 350 agenten."}
    (problem,) = typed(tmp_path, brief, vaste_getallen=[1600, "24 uur"])
    assert "'350'" in problem.message


@pytest.mark.parametrize("edition", find_editions(CONTENT))
def test_the_editions_have_no_typed_numbers(edition: str) -> None:
    assert [p for p in read_report(CONTENT, edition)[1] if p.code == "W403"] == []
