"""Other editions, as far as a series of this one needs them: their cijfers.yaml, read only when it is named."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from halfjaarbericht.model.cijfers import Cijfers
from halfjaarbericht.problems import Problem, did_you_mean
from halfjaarbericht.reading.source import Source

NUMBERS = "cijfers.yaml"
Read = Callable[[Path, Any], tuple[Any, Source]]
"""Reads and validates a file: (model or None, source)."""


@dataclass(frozen=True, slots=True)
class EditionNumbers:
    """cijfers.yaml of another edition, and the folder that its data files are in."""

    folder: Path
    name: str
    numbers: Cijfers
    source: Source


def read_others(
    content: Path, name: str, numbers: Cijfers, source: Source, read: Read
) -> tuple[Mapping[str, EditionNumbers], list[Problem]]:
    """The editions that the series of edition `name` take data from, itself left out: (by name, problems)."""
    known = sorted(file.parent.name for file in content.glob(f"*/{NUMBERS}"))
    problems: list[Problem] = []
    wanted: set[str] = set()
    for id_, spec in numbers.data.items():
        for index, edition in enumerate(spec.reeks.edities if spec.reeks else ()):
            if edition == name or edition in known:
                wanted.add(edition)
                continue
            hint = did_you_mean(edition, known)
            message = f"de editie '{edition}' bestaat niet, of heeft geen {NUMBERS}"
            problems.append(source.problem("E460", ("data", id_, "reeks", "edities", index), message, hint))
    return dict(_read_all(content, sorted(wanted - {name}), read)), problems


def _read_all(content: Path, names: Iterable[str], read: Read) -> Iterable[tuple[str, EditionNumbers]]:
    for name in names:
        numbers, source = read(content / name / NUMBERS, Cijfers)
        if numbers is not None:
            yield name, EditionNumbers(content / name, name, numbers, source)
