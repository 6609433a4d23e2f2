"""Line charts: lines with a dash and a mark of their own, and their name at the end instead of a legend."""

from __future__ import annotations

from collections.abc import Sequence
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
    spread,
    tick_width,
    unit_height,
    unit_line,
    vertical_axis,
)
from halfjaarbericht.figuren.letters import text_width, wrap
from halfjaarbericht.figuren.palet import Palette, dash, marker
from halfjaarbericht.figuren.svg import Style, line, polyline, rectangle, text
from halfjaarbericht.grafiek import Axis, Chart, ChartPoint, ChartSeries

MOST_LABELLED = 8
"""Up to so many points, of one or two lines, every value is written beside its point."""
INSET = 10.0
"""From the edges of the plot to the first and the last point."""


def draw_lines(chart: Chart, width: float, height: float, palette: Palette) -> str:
    """The content of a line chart of `width` by `height`."""
    axis = chart.axes[0]
    labelled = _all_labelled(chart)
    top = unit_height(chart) + ROW
    rows = point_rows(chart.points, width / (len(chart.points) + 1))
    bottom = height - ROW * max(map(len, rows)) - GAP
    frame = Area(tick_width(axis), top, width, bottom)
    labels = _side_labels(chart, frame, side_room(width), values=not labelled)
    area = Area(frame.left, top, width - side_width(labels), bottom)
    xs = positions(chart.points, area.left + INSET, area.right - INSET)
    parts = [unit_line(chart, palette), vertical_axis(axis, area, palette), base_line(axis, area, palette)]
    parts.append(target_line(chart, area, palette))
    parts += [draw_line(s, i, xs, axis, area, palette) for i, s in enumerate(chart.series)]
    values = [_values(chart, i, xs, area, palette) for i in range(len(chart.series)) if labelled]
    parts += [ground for grounds, _ in values for ground in grounds]
    parts += [draw_marks(s, i, xs, axis, area, palette) for i, s in enumerate(chart.series)]
    parts += [word for _, words in values for word in words]
    parts.append(draw_side_labels(labels, area, palette))
    parts.append(point_labels(xs, rows, bottom + 1, width, palette))
    return "".join(parts)


def positions(points: Sequence[ChartPoint], left: float, right: float) -> list[float]:
    """Where points stand: at their distance in time when all have a day, else at equal distances."""
    days = [p.day.toordinal() for p in points if p.day is not None]
    if len(days) == len(points) and days == sorted(set(days)) and len(days) > 1:
        return [left + (right - left) * (d - days[0]) / (days[-1] - days[0]) for d in days]
    return [left + (right - left) * i / max(len(points) - 1, 1) for i in range(len(points))]


def draw_line(series: ChartSeries, index: int, xs: Sequence[float], axis: Axis, area: Area, palette: Palette) -> str:
    """A line without its marks; where a value is missing it is broken."""
    pieces: list[list[tuple[float, float]]] = [[]]
    for place in _places(series, xs, axis, area):
        if place is None:
            pieces.append([])
        else:
            pieces[-1].append(place)
    stroke: Style = {"stroke": palette.colour(index), "stroke-width": 2.2 if series.emphasis else 1.4, **dash(index)}
    return "".join(polyline(piece, **stroke) for piece in pieces if len(piece) > 1)


def draw_marks(series: ChartSeries, index: int, xs: Sequence[float], axis: Axis, area: Area, palette: Palette) -> str:
    """The marks of a line."""
    places = _places(series, xs, axis, area)
    return "".join(marker(index, *place, palette.colour(index)) for place in places if place is not None)


def _places(series: ChartSeries, xs: Sequence[float], axis: Axis, area: Area) -> list[tuple[float, float] | None]:
    values = zip(xs, series.values, strict=True)
    return [(x, area.y(v.number, axis)) if v.number is not None else None for x, v in values]


def target_line(chart: Chart, area: Area, palette: Palette) -> str:
    """The line of the norm; its label is one of the labels at the right."""
    if chart.target is None or chart.target.value.number is None:
        return ""
    y = area.y(chart.target.value.number, chart.axes[0])
    return line(area.left, y, area.right, y, stroke=palette.ink, stroke_width=0.9, stroke_dasharray="1.5 1.5")


def target_label(chart: Chart, area: Area, room: float) -> list[SideLabel]:
    """The label of the norm, with its value."""
    target = chart.target
    if target is None or target.value.number is None:
        return []
    rows = wrap(f"{target.label}: {target.value.text}", SIZE, room, lines=3)
    return [SideLabel(area.y(target.value.number, chart.axes[0]), tuple(rows))]


def draw_side_labels(labels: Sequence[SideLabel], area: Area, palette: Palette) -> str:
    """Labels at the right. One that had to make way is joined to its own height by a thin line."""
    parts = []
    for label, baseline in zip(labels, spread(labels, area.top - ROW, area.bottom + ROW), strict=True):
        middle = baseline - ROW * 0.28 + ROW * (len(label.rows) - 1) / 2
        if abs(middle - label.y) > ROW / 2:
            colour = palette.soft if label.key is None else palette.colour(label.key)
            leader = [(area.right - INSET + 3, label.y), (area.right + GAP, middle)]
            parts.append(polyline(leader, stroke=colour, stroke_width=0.5))
        weight = {"font-weight": "bold"} if label.bold else {}
        left = area.right + GAP + 2
        if label.swatch and label.key is not None:
            parts.append(rectangle(left, baseline - 5.8, 6, 6, fill=palette.colour(label.key)))
            left += SWATCH
        for n, row in enumerate(label.rows):
            x, y = left, baseline + n * ROW
            parts.append(text(x, y, row, font_size=SIZE, fill=palette.ink, **weight))
    return "".join(parts)


def _all_labelled(chart: Chart) -> bool:
    return len(chart.points) <= MOST_LABELLED and len(chart.series) <= 2


def _side_labels(chart: Chart, area: Area, room: float, *, values: bool) -> list[SideLabel]:
    labels = []
    for i, series in enumerate(chart.series):
        last = next(v for v in reversed(series.values) if v.number is not None)
        words = [series.label] if len(chart.series) > 1 else []
        words += [last.text] if values else []
        rows = wrap(" ".join(words), SIZE, room, lines=3, bold=series.emphasis) if words else []
        if rows and last.number is not None:
            labels.append(SideLabel(area.y(last.number, chart.axes[0]), tuple(rows), i, series.emphasis))
    return [*labels, *target_label(chart, area, room)]


def _values(chart: Chart, index: int, xs: Sequence[float], area: Area, palette: Palette) -> tuple[list[str], list[str]]:
    """The values of a line beside its points, where they do not touch the one before: a white ground for each, so
    that no line runs through it, and the words."""
    series = chart.series[index]
    grounds, words = [], []
    end = float("-inf")
    for i, (x, value) in enumerate(zip(xs, series.values, strict=True)):
        width = text_width(value.text, SMALL)
        if value.number is None or x - width / 2 < end + 1:
            continue
        end = x + width / 2
        at = area.y(value.number, chart.axes[0])
        above = _above(chart, index, i, value.number) or at + 5 + SMALL > area.bottom
        y = at + (-4.5 if above else 4.5 + SMALL * 0.75)
        grounds.append(rectangle(x - width / 2 - 0.5, y - SMALL * 0.8, width + 1, SMALL, fill="#ffffff"))
        words.append(text(x, y, value.text, font_size=SMALL, fill=palette.ink, text_anchor="middle"))
    return grounds, words


def _above(chart: Chart, index: int, point: int, value: Decimal) -> bool:
    """Whether a value stands above its point: away from the other line, and else outside the bend of its own."""
    others = [s.values[point].number for i, s in enumerate(chart.series) if i != index]
    known = [number for number in others if number is not None]
    if known:
        return value > known[0] or (value == known[0] and index == 0)
    around = [
        number
        for n in (point - 1, point + 1)
        if 0 <= n < len(chart.points) and (number := chart.series[index].values[n].number) is not None
    ]
    return not around or 2 * value >= sum(around, Decimal(0)) * 2 / len(around)
