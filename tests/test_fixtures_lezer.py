"""The reader of text fixtures reads, compares and rewrites."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.fixtures_lezer import check, parameters, read_cases

TWO = "# toelichting\n\neerste\n.\na\nb\n.\nA\n.\n\ntweede\n.\nc\n.\nC\nD\n.\n"


@pytest.fixture
def two(tmp_path: Path) -> Path:
    file = tmp_path / "twee.md"
    file.write_text(TWO, encoding="utf-8")
    return file


def test_reads_title_input_and_outcome(two: Path) -> None:
    first, second = read_cases(two)
    assert (first.line, first.title, first.given, first.expected) == (3, "eerste", "a\nb", "A")
    assert (second.line, second.title, second.given, second.expected) == (11, "tweede", "c", "C\nD")


def test_a_difference_fails(two: Path) -> None:
    with pytest.raises(AssertionError, match=r"twee\.md:3: eerste"):
        check(read_cases(two)[0], "iets anders", update=False)


def test_a_no_break_space_is_visible(two: Path) -> None:
    case = read_cases(two)[0]
    check(case, "x\u00a0y", update=True)
    assert read_cases(two)[0].expected == "x␣y"


def test_update_rewrites_only_what_differs(two: Path) -> None:
    cases = read_cases(two)
    check(cases[0], "A\nA2\nA3", update=True)
    check(cases[1], "C", update=True)
    assert two.read_text(encoding="utf-8") == TWO.replace("\nA\n", "\nA\nA2\nA3\n").replace("C\nD", "C")


def test_update_leaves_a_right_outcome_alone(two: Path) -> None:
    for case in read_cases(two):
        check(case, case.expected, update=True)
    assert two.read_text(encoding="utf-8") == TWO


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("titel\n.\na\n.\nb\n", "not closed"),
        (".\na\n.\nb\n.\n", "one title"),
        ("een\ntwee\n.\na\n.\nb\n.\n", "one title"),
        ("een\n.\na\n.\nb\n.\neen\n.\na\n.\nb\n.\n", "same title"),
    ],
)
def test_refuses_a_broken_file(tmp_path: Path, text: str, complaint: str) -> None:
    file = tmp_path / "kapot.md"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(ValueError, match=complaint):
        read_cases(file)


def test_an_outcome_cannot_end_its_own_case(two: Path) -> None:
    with pytest.raises(ValueError, match="only a dot"):
        check(read_cases(two)[0], "a\n.\nb", update=True)


def test_a_file_without_cases_is_refused(tmp_path: Path) -> None:
    (tmp_path / "leeg.md").write_text("# niets\n", encoding="utf-8")
    with pytest.raises(ValueError, match="no cases"):
        parameters(str(tmp_path / "leeg.md"))
