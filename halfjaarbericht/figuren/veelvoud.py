"""Small multiples: a small chart for each series, beside and below each other, all drawn alike."""

from __future__ import annotations

from halfjaarbericht.figuren.kader import GAP, ROW, SIZE, SMALL, Area, base_line, point_labels, unit_height
from halfjaarbericht.figuren.letters import text_width, wrap
from halfjaarbericht.figuren.lijn import draw_line, draw_marks, positions
from halfjaarbericht.figuren.palet import Palette
from halfjaarbericht.figuren.svg import Style, rectangle, text
from halfjaarbericht.grafiek import Axis, Chart, ChartSeries, ChartValue

GUTTER = 14.0
_COLUMNS = {2: 2, 3: 3, 4: 2, 5: 3, 6: 3}


def draw_multiples(chart: Chart, width: float, height: float, palette: Palette) -> str:
    """The content of small multiples. What the values are stands above them, with whether panels share an axis."""
    count = len(chart.series)
    columns = _COLUMNS[count]
    room = (width - GUTTER * (columns - 1)) / columns
    titles = [wrap(series.label, SIZE, room, lines=3, bold=True) for series in chart.series]
    title_rows = max(map(len, titles))
    top = unit_height(chart) + 2 if chart.unit else ROW + 3
    each = (height - top) / -(-count // columns)
    parts = [_unit(chart, palette)]
    for i, series in enumerate(chart.series):
        x, y = (i % columns) * (room + GUTTER), top + (i // columns) * each
        for n, row in enumerate(titles[i]):
            style: Style = {"font-size": SIZE, "font-weight": "bold", "fill": palette.ink}
            parts.append(text(x, y + SIZE + n * ROW, row, **style))
        area = Area(x, y + title_rows * ROW + ROW + 2 * GAP, x + room, y + each - ROW - 2 * GAP)
        axis = chart.axes[i] if len(chart.axes) > 1 else chart.axes[0]
        parts.append(_panel(chart, series, axis, area, palette))
    return "".join(parts)


def _unit(chart: Chart, palette: Palette) -> str:
    shared = "elk paneel heeft een eigen as" if len(chart.axes) > 1 else "alle panelen hebben dezelfde as"
    if any(axis.low > 0 for axis in chart.axes):
        shared += ", die niet bij 0 begint"
    words = f"{chart.unit} ({shared})" if chart.unit else shared.capitalize()
    return text(0, SIZE, words, font_size=SIZE, fill=palette.soft)


def _panel(chart: Chart, series: ChartSeries, axis: Axis, area: Area, palette: Palette) -> str:
    known = [i for i, value in enumerate(series.values) if value.number is not None]
    if chart.form == "veelvoud-lijn":
        xs = positions(chart.points, area.left + GAP, area.right - GAP)
        drawn = draw_line(series, 0, xs, axis, area, palette) + draw_marks(series, 0, xs, axis, area, palette)
    else:
        step = area.width / len(chart.points)
        xs = [area.left + step * (i + 0.5) for i in range(len(chart.points))]
        drawn = "".join(_bar(v, x, step * 0.72, axis, area, palette) for x, v in zip(xs, series.values, strict=True))
    ends = {known[0]: known[1:2], known[-1]: known[-2:-1]}
    line = chart.form == "veelvoud-lijn"
    values = [
        _value(series.values[i], xs[i], axis, area, palette, under=line and _higher(series, beside, i))
        for i, beside in ends.items()
    ]
    shown = [0, len(xs) - 1]
    labels = [[chart.points[i].label] for i in shown]
    below = point_labels_within(area, [xs[i] for i in shown], labels, palette)
    return base_line(axis, area, palette) + drawn + "".join(values) + below


def point_labels_within(area: Area, xs: list[float], rows: list[list[str]], palette: Palette) -> str:
    """Labels below a panel, kept inside it."""
    widths = [text_width(lines[0], SIZE) for lines in rows]
    kept = [min(max(x, area.left + w / 2), area.right - w / 2) for x, w in zip(xs, widths, strict=True)]
    return point_labels(kept, rows, area.bottom + 1, area.right, palette)


def _bar(value: ChartValue, x: float, width: float, axis: Axis, area: Area, palette: Palette) -> str:
    if not value.number:
        return ""
    zero, end = area.y(max(axis.low, min(axis.high, value.number * 0)), axis), area.y(value.number, axis)
    return rectangle(x - width / 2, min(zero, end), width, abs(end - zero), fill=palette.colour(0))


def _higher(series: ChartSeries, beside: list[int], index: int) -> bool:
    """Whether the line goes up from this end: then the value stands under it."""
    here = series.values[index].number
    return any((n := series.values[i].number) is not None and here is not None and n > here for i in beside)


def _value(value: ChartValue, x: float, axis: Axis, area: Area, palette: Palette, *, under: bool) -> str:
    if value.number is None:
        return ""
    width = text_width(value.text, SMALL)
    middle = min(max(x, area.left + width / 2), area.right - width / 2)
    at = area.y(value.number, axis)
    y = at + (SMALL + 3.5 if value.number < 0 or (under and at + SMALL + 4.5 < area.bottom) else -4.5)
    return text(middle, y, value.text, font_size=SMALL, fill=palette.ink, text_anchor="middle")
