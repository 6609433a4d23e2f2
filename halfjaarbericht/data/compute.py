"""How a named number is computed from others, and the formula that says so. Exact: everything is Decimal."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Literal

from halfjaarbericht.model.cijfers import Cijfer

Kind = Literal[
    "waarde",
    "cel",
    "totaal",
    "som",
    "verschil",
    "verhouding",
    "percentage",
    "verandering",
    "gemiddelde",
    "maximum",
    "minimum",
    "rang",
]
KINDS: tuple[Kind, ...] = (
    *("waarde", "cel", "totaal", "som", "verschil", "verhouding", "percentage", "verandering", "gemiddelde"),
    *("maximum", "minimum", "rang"),
)

_FORMULAS: dict[Kind, tuple[str, str, str]] = {
    "som": ("", " + ", ""),
    "verschil": ("", " − ", ""),
    "verhouding": ("", " / ", ""),
    "percentage": ("", " / ", " × 100"),
    "verandering": ("(", " − ", ") / {last} × 100"),
    "gemiddelde": ("(", " + ", ") / {count}"),
}
COMPUTED = tuple(_FORMULAS)
"""The kinds that are computed from other named numbers."""


class NoQuotient(Exception):
    """There is nothing sensible to divide by: `code` says why, and `message` continues after the number's id."""

    def __init__(self, code: str, message: str):
        super().__init__(message)
        self.code = code
        self.message = message


def operands(cijfer: Cijfer, kind: Kind) -> tuple[str, ...]:
    """The ids that a number names under one of its kinds; () for a kind that names none."""
    return getattr(cijfer, kind) or () if kind in _FORMULAS else ()


def formula(kind: Kind, names: Sequence[str]) -> str:
    """The computation for a reader: (a − b) / b × 100."""
    before, sign, after = _FORMULAS[kind]
    return before + sign.join(names) + after.format(last=names[-1], count=len(names))


def compute(kind: Kind, numbers: Sequence[Decimal], names: Sequence[str]) -> Decimal:
    """The value of a computed number. `names` are the ids of `numbers`. Raises NoQuotient."""
    if kind == "som":
        return sum(numbers, Decimal(0))
    if kind == "gemiddelde":
        return sum(numbers, Decimal(0)) / len(numbers)
    first, second = numbers
    if kind == "verschil":
        return first - second
    if not second:
        raise NoQuotient("E423", f"deling door nul: '{names[1]}' is 0")
    if kind == "verandering":
        return change(first, second, names[1])
    return first * (100 if kind == "percentage" else 1) / second


def change(new: Decimal, old: Decimal, name: str) -> Decimal:
    """The change from `old` (called `name`) to `new` in percent. Raises NoQuotient: from zero no percentage can be
    given, and from a negative number it would have the wrong sign."""
    if not old:
        raise NoQuotient("E423", f"deling door nul: '{name}' is 0")
    if old < 0:
        raise NoQuotient("E434", f"'{name}' is negatief, en dan zegt een verandering in procenten niets")
    return (new - old) * 100 / old
