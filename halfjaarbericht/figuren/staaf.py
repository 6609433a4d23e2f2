"""Bar charts: single, grouped, stacked and lying bars, from zero, with the values written at the bars."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from halfjaarbericht.figuren.kader import (
    GAP,
    ROW,
    SIZE,
    SMALL,
    SWATCH,
    Area,
    SideLabel,
    base_line,
    point_labels,
    point_rows,
    side_room,
    side_width,
    tick_width,
    unit_height,
    unit_line,
    vertical_axis,
)
from halfjaarbericht.figuren.letters import text_width, wrap
from halfjaarbericht.figuren.lijn import draw_side_labels, target_label, target_line
from halfjaarbericht.figuren.palet import Palette, fill, patterns, text_on
from halfjaarbericht.figuren.svg import Style, line, rectangle, text
from halfjaarbericht.grafiek import Axis, Chart, ChartValue

BAND = 0.72
"""The part of the room of a point that its bars take."""
LYING_BAR = 11.0
"""The thickness of a lying bar, at most."""
ZERO = Decimal(0)


def draw_bars(chart: Chart, width: float, height: float, palette: Palette, prefix: str) -> str:
    """The content of a chart with one bar, or one for each series, at every point."""
    keys = legend(chart, width, palette, prefix)
    top = unit_height(chart) + keys[1] + ROW
    guess = Area(tick_width(chart.axes[0]), top, width, height)
    side = target_label(chart, guess, side_room(width))
    count = len(chart.points) * len(chart.series)
    room = (width - side_width(side)) / count * BAND
    named = room >= max(text_width(v.text, SMALL) for s in chart.series for v in s.values) * 0.92
    left = 0 if named else tick_width(chart.axes[0])
    right = width - side_width(side)
    rows = point_rows(chart.points, (right - left) / len(chart.points) - GAP)
    hanging = ROW if chart.axes[0].low < 0 else 0.0
    bottom = height - ROW * max(map(len, rows)) - GAP - hanging
    area = Area(left, top, right, bottom)
    if named:
        chart = replace(chart, axes=(_tight(chart),))
    parts = [patterns(prefix, palette, len(chart.series)), unit_line(chart, palette), keys[0]]
    parts.append("" if named else vertical_axis(chart.axes[0], area, palette))
    parts += [_group(chart, i, area, palette, prefix, named) for i in range(len(chart.points))]
    parts += [base_line(chart.axes[0], area, palette), target_line(chart, area, palette)]
    parts.append(draw_side_labels(target_label(chart, area, side_room(width)), area, palette))
    parts.append(point_labels(middles(chart, area), rows, bottom + hanging + 1, width, palette))
    return "".join(parts)


def _tight(chart: Chart) -> Axis:
    """The axis of a chart that writes all its values: it need not go on to a round number."""
    numbers = [v.number for s in chart.series for v in s.values if v.number is not None]
    numbers += [chart.target.value.number] if chart.target and chart.target.value.number is not None else []
    low, high = min(*numbers, ZERO), max(*numbers, ZERO)
    return Axis(low, high if high > low else low + 1, ())


def middles(chart: Chart, area: Area) -> list[float]:
    """The middle of the room of each point."""
    room = area.width / len(chart.points)
    return [area.left + room * (i + 0.5) for i in range(len(chart.points))]


def legend(chart: Chart, width: float, palette: Palette, prefix: str) -> tuple[str, float]:
    """The names of the series with a piece of their fill, over as many rows as it takes, and the height of that.
    Nothing for one series."""
    if len(chart.series) == 1:
        return "", 0.0
    parts, x, y = [], 0.0, unit_height(chart)
    for i, series in enumerate(chart.series):
        name = wrap(series.label, SIZE, width - 12, lines=1)[0]
        needed = 10 + text_width(name, SIZE) + 3 * GAP
        if x and x + needed - 3 * GAP > width:
            x, y = 0.0, y + ROW + 2
        parts.append(rectangle(x, y + 0.5, 7, 7, fill=fill(prefix, palette, i)))
        parts.append(text(x + 10, y + 6.8, name, font_size=SIZE, fill=palette.ink))
        x += needed
    return "".join(parts), y - unit_height(chart) + ROW + 3


def _group(chart: Chart, point: int, area: Area, palette: Palette, prefix: str, named: bool) -> str:
    """The bars at one point."""
    room = area.width / len(chart.points)
    one = room * BAND / len(chart.series)
    start = area.left + room * point + room * (1 - BAND) / 2
    gap = 0.6 if len(chart.series) > 1 else 0.0
    parts = []
    for i, series in enumerate(chart.series):
        value = series.values[point]
        x = start + one * i
        parts.append(_bar(value, x + gap / 2, one - gap, chart.axes[0], area, fill(prefix, palette, i)))
        if named or value.number is None:
            parts.append(_value(value, x + one / 2, chart.axes[0], area, palette))
    return "".join(parts)


def _bar(value: ChartValue, x: float, width: float, axis: Axis, area: Area, paint: str) -> str:
    if not value.number:
        return ""
    zero, end = area.y(ZERO, axis), area.y(value.number, axis)
    return rectangle(x, min(zero, end), width, abs(zero - end), fill=paint)


def _value(value: ChartValue, x: float, axis: Axis, area: Area, palette: Palette) -> str:
    """The value above its bar, or below one that hangs; what the source says instead of a value at the axis."""
    y = area.y(value.number or ZERO, axis)
    y += SMALL + 1.5 if (value.number or ZERO) < 0 else -2.5
    return text(x, y, value.text, font_size=SMALL, fill=palette.ink, text_anchor="middle") if value.text else ""


# --- stacks -----------------------------------------------------------------------------------------------------


def draw_stacks(chart: Chart, width: float, height: float, palette: Palette) -> str:
    """The content of a chart with stacked bars. The names stand beside the last stack, so colours need no key."""
    axis = chart.axes[0]
    top = unit_height(chart) + ROW
    left = tick_width(axis)
    frame = Area(left, top, width, height)
    labels = [*_stack_labels(chart, frame, side_room(width)), *target_label(chart, frame, side_room(width))]
    right = width - side_width(labels)
    rows = point_rows(chart.points, (right - left) / len(chart.points) - GAP)
    area = Area(left, top, right, height - ROW * max(map(len, rows)) - GAP)
    parts = [unit_line(chart, palette), vertical_axis(axis, area, palette)]
    parts += [_stack(chart, i, area, palette) for i in range(len(chart.points))]
    parts += [base_line(axis, area, palette), target_line(chart, area, palette)]
    labels = [*_stack_labels(chart, area, side_room(width)), *target_label(chart, area, side_room(width))]
    parts.append(draw_side_labels(labels, area, palette))
    parts.append(point_labels(middles(chart, area), rows, area.bottom + 1, width, palette))
    return "".join(parts)


def _stack_labels(chart: Chart, area: Area, room: float) -> list[SideLabel]:
    """The names, each at the height of its part of the last stack."""
    labels, below = [], ZERO
    for i, series in enumerate(chart.series):
        part = series.values[-1].number or ZERO
        rows = wrap(series.label, SIZE, room - SWATCH, lines=3, bold=series.emphasis)
        labels.append(SideLabel(area.y(below + part / 2, chart.axes[0]), tuple(rows), i, series.emphasis, swatch=True))
        below += part
    return labels


def _stack(chart: Chart, point: int, area: Area, palette: Palette) -> str:
    axis = chart.axes[0]
    room = area.width / len(chart.points)
    x, width = area.left + room * (point + (1 - BAND) / 2), room * BAND
    parts, below = [], ZERO
    for i, series in enumerate(chart.series):
        value = series.values[point]
        part = value.number or ZERO
        low, high = area.y(below, axis), area.y(below + part, axis)
        below += part
        paint = palette.colour(i)
        parts.append(rectangle(x, high, width, low - high, fill=paint, stroke="#ffffff", stroke_width=0.8))
        if low - high >= ROW and text_width(value.text, SMALL) <= width - 2:
            y = (low + high) / 2 + SMALL * 0.36
            style: Style = {"font-size": SMALL, "fill": text_on(paint), "text-anchor": "middle"}
            parts.append(text(x + width / 2, y, value.text, **style))
    total = chart.totals[point]
    if text_width(total.text, SMALL) <= room:
        parts.append(_value(total, x + width / 2, axis, area, palette))
    return "".join(parts)


# --- lying bars -------------------------------------------------------------------------------------------------


def draw_lying(chart: Chart, width: float, height: float, palette: Palette) -> str:
    """The content of a chart with lying bars: each name on the left, the value at the end of its bar."""
    axis, values = chart.axes[0], chart.series[0].values
    room = width * 0.4
    rows = [wrap(p.label, SIZE, room, lines=3) for p in chart.points]
    names = max(text_width(row, SIZE) for lines in rows for row in lines)
    ends = max(text_width(v.text, SMALL) for v in values) + GAP
    hanging = ends if axis.low < 0 else 0
    area = Area(names + GAP + hanging, unit_height(chart), width - ends, height)
    step = (area.bottom - area.top) / len(values)
    thick = min(LYING_BAR, step * BAND)
    parts = [unit_line(chart, palette)]
    for i, (lines, value) in enumerate(zip(rows, values, strict=True)):
        middle = area.top + step * (i + 0.5)
        parts.append(_name(lines, names, middle, palette))
        parts.append(_lying_bar(value, middle, thick, axis, area, palette))
    zero = area.x(max(axis.low, ZERO), axis)
    parts.append(line(zero, area.top, zero, area.bottom, stroke=palette.axis, stroke_width=0.75))
    return "".join(parts)


def _name(rows: Sequence[str], right: float, middle: float, palette: Palette) -> str:
    first = middle + SIZE * 0.36 - ROW * (len(rows) - 1) / 2
    style: Style = {"font-size": SIZE, "fill": palette.ink, "text-anchor": "end"}
    return "".join(text(right, first + n * ROW, row, **style) for n, row in enumerate(rows))


def _lying_bar(value: ChartValue, middle: float, thick: float, axis: Axis, area: Area, palette: Palette) -> str:
    zero, end = area.x(max(axis.low, ZERO), axis), area.x(value.number or ZERO, axis)
    hangs = (value.number or ZERO) < 0
    style: Style = {"font-size": SMALL, "fill": palette.ink, "text-anchor": "end" if hangs else "start"}
    shown = text(end + (-3 if hangs else 3), middle + SMALL * 0.36, value.text, **style) if value.text else ""
    if zero == end:
        return shown
    return rectangle(min(zero, end), middle - thick / 2, abs(end - zero), thick, fill=palette.colour(0)) + shown
