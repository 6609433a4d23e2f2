"""The vertical axis of a chart: from where to where it goes, with ticks at round numbers."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal

from halfjaarbericht.grafiek import Axis, ChartValue
from halfjaarbericht.language.getallen import format_number
from halfjaarbericht.model.cijfers import Getalopmaak

TICKS = 5
"""About how many ticks an axis has: 3 to 6."""
_STEPS = (Decimal(1), Decimal(2), Decimal("2.5"), Decimal(5), Decimal(10))


def axis(values: Iterable[Decimal], opmaak: Getalopmaak, *, from_zero: bool) -> Axis:
    """The axis that holds all `values`, of which there is at least one. It has zero in it when `from_zero`.

    Ticks are written as in a table (`opmaak`), with as many decimals as the step needs.
    """
    found = list(values)
    low, high = min(found), max(found)
    if from_zero:
        low, high = min(low, Decimal(0)), max(high, Decimal(0))
    if low == high:
        low, high = low - abs(low) / 10, high + abs(high) / 10
    if low == high:
        high = Decimal(1)
    step = _step(high - low)
    first = (low / step).to_integral_value(ROUND_FLOOR)
    last = (high / step).to_integral_value(ROUND_CEILING)
    ticks = [step * n for n in range(int(first), int(last) + 1)]
    return Axis(ticks[0], ticks[-1], _labelled(ticks, opmaak))


def tight_axis(values: Iterable[Decimal], *, from_zero: bool) -> Axis:
    """An axis without ticks that goes no further than its values: for charts that write the values themselves."""
    found = [*values, Decimal(0)] if from_zero else list(values)
    low, high = min(found), max(found)
    return Axis(low, high if high > low else low + 1, ())


def _labelled(ticks: Sequence[Decimal], opmaak: Getalopmaak) -> tuple[ChartValue, ...]:
    """Ticks as in a table, all with as many decimals as the one that needs most."""
    plain = opmaak.model_copy(update={"decimalen": None, "plusteken": False})
    texts = [format_number(t, plain, unit=False, table=True) for t in ticks]
    most = max(len(text.partition(",")[2]) for text in texts)
    even = plain.model_copy(update={"decimalen": most})
    return tuple(ChartValue(t, format_number(t, even, table=True)) for t in ticks)


def _step(span: Decimal) -> Decimal:
    """The round number nearest above a part of `span`: 1, 2, 2.5, 5 or 10 times a power of ten."""
    raw = span / TICKS
    power = Decimal(1).scaleb(raw.adjusted())
    return next(factor * power for factor in _STEPS if factor * power >= raw)
