"""Words for how a rounded figure lies to the exact one: ruim, bijna, circa; only where the rounding bears them out.

'ruim 12.000' is a little more than it says, 'bijna 12.000' a little less, 'circa 12.000' one of both. A figure that
the rounding leaves as it is takes no word.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Literal

from halfjaarbericht.language.getallen import POWERS, divide_in_steps, format_number, round_to_step
from halfjaarbericht.model.cijfers import Getalopmaak

Precision = Literal["ruim", "bijna", "circa", "precisie"]
PRECISION: tuple[Precision, ...] = ("ruim", "bijna", "circa", "precisie")
"""The last one is not printed: it chooses between ruim, bijna and no word."""


class NoStep(Exception):
    """The format does not round, so no word for precision can be right."""


class Contradiction(Exception):
    """The word is not true of the number: `message` says why, `fitting` is the word that is, or ''."""

    def __init__(self, message: str, fitting: str):
        super().__init__(message)
        self.message = message
        self.fitting = fitting


def display_step(opmaak: Getalopmaak) -> Decimal | None:
    """The step that a figure is rounded to when it is printed; None when it is printed as it is."""
    steps = [opmaak.afronden] if opmaak.afronden is not None else []
    if opmaak.decimalen is not None:
        steps.append(Decimal(1).scaleb((POWERS[opmaak.schaal] if opmaak.schaal else 0) - opmaak.decimalen))
    return max(steps, default=None)


def with_precision(value: Decimal, opmaak: Getalopmaak, word: Precision) -> tuple[Decimal, str]:
    """The rounded number and the word to print before it ('' for none).

    ruim rounds down and needs a number above that; bijna rounds up and needs one below; circa rounds to the nearest
    step and needs a number beside it; precisie does what is right. Of a negative number the size counts. Raises
    NoStep and Contradiction.
    """
    step = display_step(opmaak)
    if step is None:
        raise NoStep
    size = value.copy_abs()
    steps, rest = divide_in_steps(size, step)
    fitting = _fitting(size, step)
    if not rest:
        if word != "precisie":
            raise Contradiction(f"het getal is precies {format_number(value, opmaak)}", "")
        return value, ""
    chosen = fitting if word == "precisie" else word
    rounded = round_to_step(size, step) if chosen == "circa" else (steps + (chosen == "bijna")) * step
    if not rounded:
        raise Contradiction(f"{format_number(value, _exact(opmaak))} wordt afgerond 0", "bijna")
    return rounded.copy_sign(value), chosen


def _fitting(size: Decimal, step: Decimal) -> Precision:
    nearest = round_to_step(size, step)
    return "ruim" if 0 < nearest < size else "bijna"


def _exact(opmaak: Getalopmaak) -> Getalopmaak:
    return Getalopmaak(eenheid=opmaak.eenheid)
