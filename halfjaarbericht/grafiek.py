"""A resolved chart: all that drawing sees. Values are chosen, checked and formatted; only places are still open.

Part of the resolved report (verslag.py), in a module of its own because it is a small world of its own.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class ChartPoint:
    """A place along the horizontal axis. `day` when all points are dates: they then stand at their true distance."""

    label: str
    day: date | None = None


@dataclass(frozen=True, slots=True)
class ChartValue:
    """A value as number and as printed; without a number `text` is what the source says instead, or ''."""

    number: Decimal | None
    text: str


@dataclass(frozen=True, slots=True)
class ChartSeries:
    """A line or a colour, with a value for every point. `emphasis`: stands out from the others."""

    label: str
    values: tuple[ChartValue, ...]
    emphasis: bool = False


@dataclass(frozen=True, slots=True)
class Axis:
    """A vertical axis from `low` to `high`, with its ticks from low to high as numbers and as printed."""

    low: Decimal
    high: Decimal
    ticks: tuple[ChartValue, ...]


@dataclass(frozen=True, slots=True)
class ChartTarget:
    """A line across the chart at a norm or target."""

    value: ChartValue
    label: str


@dataclass(frozen=True, slots=True)
class Chart:
    """form: lijn, staaf, liggend, gestapeld, gegroepeerd, veelvoud-lijn or veelvoud-staaf. `axes` has one axis, or
    for small multiples one for each series. `unit` stands above the axis. `totals` are those of the stacks.
    `height` is in mm."""

    form: str
    points: tuple[ChartPoint, ...]
    series: tuple[ChartSeries, ...]
    axes: tuple[Axis, ...]
    unit: str
    height: int
    target: ChartTarget | None = None
    totals: tuple[ChartValue, ...] = ()


@dataclass(frozen=True, slots=True)
class Headline:
    """A headline figure: the number and its unit, what it is, a comparison or '', and a word before it or ''."""

    figure: str
    unit: str
    label: str
    comparison: str = ""
    word: str = ""


@dataclass(frozen=True, slots=True)
class Headlines:
    """One to four headline figures beside each other."""

    items: tuple[Headline, ...]


Drawing = Chart | Headlines
