"""The frame of a chart: its plot area, the axes, labels along them, and labels that must not overlap."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from halfjaarbericht.figuren.letters import text_width, wrap
from halfjaarbericht.figuren.palet import Palette
from halfjaarbericht.figuren.svg import Style, line, text
from halfjaarbericht.grafiek import Axis, Chart, ChartPoint

SIZE = 7.5
"""Letters of labels, in points."""
SMALL = 7.0
"""Letters of values beside bars and points."""
ROW = 9.0
"""From one line of a label to the next."""
GAP = 4.0
SWATCH = 9.0
"""The room of a square of colour before a label."""
MARGIN_SHARE = 0.34
"""The largest part of the width for labels at the right."""


@dataclass(frozen=True, slots=True)
class Area:
    """The rectangle in which values are drawn."""

    left: float
    top: float
    right: float
    bottom: float

    @property
    def width(self) -> float:
        return self.right - self.left

    def y(self, value: Decimal, axis: Axis) -> float:
        """The height at which `value` stands."""
        share = float((value - axis.low) / (axis.high - axis.low))
        return self.bottom - share * (self.bottom - self.top)

    def x(self, value: Decimal, axis: Axis) -> float:
        """The same for an axis that lies."""
        share = float((value - axis.low) / (axis.high - axis.low))
        return self.left + share * self.width


@dataclass(frozen=True, slots=True)
class SideLabel:
    """Lines of text at the right of the plot, as near to height `y` as other labels allow. `key` is the
    series it names, or None; with `swatch` a square of its colour stands before it."""

    y: float
    rows: tuple[str, ...]
    key: int | None = None
    bold: bool = False
    swatch: bool = False


def unit_line(chart: Chart, palette: Palette) -> str:
    """What the values are, above the axis."""
    note = chart.unit
    if any(axis.low > 0 for axis in chart.axes):
        note += " – de as begint niet bij 0" if note else "De as begint niet bij 0"
    return text(0, SIZE, note, font_size=SIZE, fill=palette.soft) if note else ""


def unit_height(chart: Chart) -> float:
    """The room that `unit_line` takes."""
    return ROW + 3 if chart.unit or any(axis.low > 0 for axis in chart.axes) else 0


def tick_width(axis: Axis) -> float:
    """The width of the labels of a vertical axis."""
    return max(text_width(tick.text, SIZE) for tick in axis.ticks) + GAP


def vertical_axis(axis: Axis, area: Area, palette: Palette) -> str:
    """Grid lines with the label of each tick at the left."""
    parts = []
    for tick in axis.ticks:
        y = area.y(tick.number or Decimal(0), axis)
        parts.append(line(area.left, y, area.right, y, stroke=palette.grid, stroke_width=0.5))
        label: Style = {"font_size": SIZE, "fill": palette.soft, "text_anchor": "end"}
        parts.append(text(area.left - GAP, y + SIZE * 0.36, tick.text, **label))
    return "".join(parts)


def base_line(axis: Axis, area: Area, palette: Palette) -> str:
    """The horizontal axis: at zero when the axis has it, else at the bottom."""
    y = area.y(max(axis.low, min(Decimal(0), axis.high)), axis)
    return line(area.left, y, area.right, y, stroke=palette.axis, stroke_width=0.75)


# --- labels below -----------------------------------------------------------------------------------------------


def point_rows(points: Sequence[ChartPoint], room: float) -> list[list[str]]:
    """The labels of points over lines, when each has `room`; those of years and dates stay on one line."""
    if all(_is_short(p) for p in points):
        return [[p.label] for p in points]
    return [wrap(p.label, SIZE, room, lines=3) for p in points]


def point_labels(xs: Sequence[float], rows: Sequence[Sequence[str]], top: float, right: float, palette: Palette) -> str:
    """Labels below the axis, centred under their points but inside 0 to `right`; what would overlap is left out,
    the last one never."""
    widths = [max((text_width(row, SIZE) for row in lines), default=0.0) for lines in rows]
    lefts = [min(max(x - w / 2, 0), right - w) for x, w in zip(xs, widths, strict=True)]
    parts = []
    for i in _without_overlap(lefts, widths):
        middle = lefts[i] + widths[i] / 2
        for j, row in enumerate(rows[i]):
            y = top + ROW * (j + 1)
            parts.append(text(middle, y, row, font_size=SIZE, fill=palette.ink, text_anchor="middle"))
    return "".join(parts)


def _without_overlap(lefts: Sequence[float], widths: Sequence[float]) -> list[int]:
    last = len(lefts) - 1
    shown: list[int] = []
    for i in range(len(lefts)):
        free = not shown or lefts[i] >= lefts[shown[-1]] + widths[shown[-1]] + GAP
        beside_last = i == last or lefts[i] + widths[i] + GAP <= lefts[last]
        if free and beside_last:
            shown.append(i)
    return shown


def _is_short(point: ChartPoint) -> bool:
    return point.day is not None


# --- labels at the right ----------------------------------------------------------------------------------------


def side_room(width: float) -> float:
    """The width that labels at the right may have in a chart of `width`."""
    return width * MARGIN_SHARE


def side_width(labels: Sequence[SideLabel]) -> float:
    """The width that labels at the right need, with what is before them."""
    if not labels:
        return GAP
    widths = [text_width(row, SIZE, bold=label.bold) + SWATCH * label.swatch for label in labels for row in label.rows]
    return max(widths) + 2 * GAP


def spread(labels: Sequence[SideLabel], top: float, bottom: float) -> list[float]:
    """For each label the baseline of its first line: near its own height, without overlap, inside top to bottom."""
    order = sorted(range(len(labels)), key=lambda i: (labels[i].y, i))
    heights = [len(labels[i].rows) * ROW for i in order]
    tops = [labels[i].y - h / 2 for i, h in zip(order, heights, strict=True)]
    for n in range(1, len(tops)):
        tops[n] = max(tops[n], tops[n - 1] + heights[n - 1])
    limit = bottom
    for n in range(len(tops) - 1, -1, -1):
        tops[n] = min(tops[n], limit - heights[n])
        limit = tops[n]
    shift = max(0.0, top - tops[0]) if tops else 0.0
    result = [0.0] * len(labels)
    for n, i in enumerate(order):
        result[i] = tops[n] + shift + ROW * 0.78
    return result
