"""Text fixtures: a file of cases, each a title, an input and an outcome, separated by a line with a dot.

    Duizendtallen krijgen een punt
    .
    1178 fte
    .
    1.178␣fte
    .

Lines before the first case that start with '#' are for the reader. ␣ stands for a no-break space.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest

FOLDER = Path(__file__).parent / "gegevens"
DOT = "."


@dataclass(frozen=True, slots=True)
class Case:
    """One case of `file`; `line` is that of its title, `start` and `end` (from 0) bound its outcome."""

    file: Path
    line: int
    title: str
    given: str
    expected: str
    start: int
    end: int


def read_cases(file: Path) -> list[Case]:
    """The cases of a fixture file. Raises ValueError when a case is not closed or has no title of its own."""
    lines = file.read_text(encoding="utf-8").splitlines()
    dots = [number for number, line in enumerate(lines) if line == DOT]
    if len(dots) % 3:
        raise ValueError(f"{file.name}: the last case is not closed")
    cases: list[Case] = []
    after = 0
    for first, second, third in zip(dots[::3], dots[1::3], dots[2::3], strict=True):
        titles = [n for n in range(after, first) if lines[n].strip() and not lines[n].startswith("#")]
        if len(titles) != 1:
            raise ValueError(f"{file.name}:{first + 1}: one title is wanted above this line")
        cases.append(
            Case(
                file=file,
                line=titles[0] + 1,
                title=lines[titles[0]].strip(),
                given="\n".join(lines[first + 1 : second]),
                expected="\n".join(lines[second + 1 : third]),
                start=second + 1,
                end=third,
            )
        )
        after = third + 1
    if len({case.title for case in cases}) != len(cases):
        raise ValueError(f"{file.name}: two cases have the same title")
    return cases


def parameters(name: str) -> list[object]:
    """The cases of gegevens/`name` as parameters of a test, with their titles as ids."""
    cases = read_cases(FOLDER / name)
    if not cases:
        raise ValueError(f"{name} holds no cases")
    return [pytest.param(case, id=case.title) for case in cases]


def check(case: Case, outcome: str, update: bool) -> None:
    """Compare the outcome with what the case expects, or with `update` write it there."""
    shown = outcome.replace("\u00a0", "␣")
    if update and shown != case.expected:
        rewrite(case, shown)
        return
    assert shown == case.expected, f"{case.file.name}:{case.line}: {case.title}"


def rewrite(case: Case, outcome: str) -> None:
    """Put `outcome` in the file as what the case expects; other cases may have moved since it was read."""
    if DOT in outcome.splitlines():
        raise ValueError("an outcome cannot hold a line with only a dot")
    current = next(other for other in read_cases(case.file) if other.title == case.title)
    lines = case.file.read_text(encoding="utf-8").splitlines()
    lines[current.start : current.end] = outcome.splitlines()
    case.file.write_text("\n".join(lines) + "\n", encoding="utf-8")
