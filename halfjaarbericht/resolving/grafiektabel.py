"""The data of a chart as a table, for readers who cannot see the chart or want the exact values."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from halfjaarbericht.data.cijfers import NamedNumber
from halfjaarbericht.data.cijfertabel import TableCell
from halfjaarbericht.grafiek import Chart, Headline
from halfjaarbericht.language.getallen import format_number
from halfjaarbericht.resolving.cells import in_paragraph, value_inlines
from halfjaarbericht.resolving.grafiekdata import Grid, GridSeries
from halfjaarbericht.resolving.inlines import plain
from halfjaarbericht.verslag import Cell, Figure, Number, Row, Table, Text

WIDEST = 7
"""Up to so many points stand beside each other; more stand below each other."""


def chart_table(frame: Figure, chart: Chart, grid: Grid, data: str) -> Table:
    """The values of a chart, each with the id of its cell in data file `data` or of its named number."""
    values = [[_value(series, i, data) for i in range(len(series.cells))] for series in grid.series]
    points = [point.label for point in chart.points]
    labels = [series.label for series in chart.series]
    if len(points) > WIDEST or len(points) > 2 * len(labels) + 3:
        head, rows = [_points_heading(chart), *labels], list(zip(points, zip(*values, strict=True), strict=True))
    else:
        head, rows = ["Reeks", *points], [(label, tuple(cells)) for label, cells in zip(labels, values, strict=True)]
    return _table(frame, head, [Row((_heading(first, "row"), *cells)) for first, cells in rows], chart.unit)


def headline_table(frame: Figure, found: Sequence[tuple[NamedNumber, Headline]]) -> Table:
    """Headline figures as a table."""
    rows = []
    for number, item in found:
        assert number.value is not None  # a number without a value makes no headline
        shown = Number(format_number(number.value, number.opmaak), number.id, f"{number.value:f}")
        rows.append(Row((_heading(item.label, "row"), Cell(in_paragraph((shown,)), "", "right"))))
    return _table(frame, ["Kerngetal", "Waarde"], rows, "")


def _table(frame: Figure, head: Sequence[str], rows: Sequence[Row], unit: str) -> Table:
    caption = (Text(f"Gegevens bij figuur {frame.number}" + (f" ({unit})" if unit else "")),)
    cells = (_heading(head[0], "col"), *(_heading(text, "col", "right") for text in head[1:]))
    return Table(
        f"{frame.id}_gegevens",
        "gegevens",
        0,
        caption,
        plain(caption),
        (Row(cells),),
        tuple(rows),
        columns=len(head),
        place=frame.place,
    )


def _heading(text: str, scope: str, align: str = "left") -> Cell:
    return Cell(in_paragraph((Text(text),)), scope, align)


def _value(series: GridSeries, point: int, data: str) -> Cell:
    cell, opmaak = series.cells[point], series.opmaak
    if series.ids and isinstance(cell.value, Decimal):
        number = Number(format_number(cell.value, opmaak, table=True), series.ids[point], f"{cell.value:f}")
        return Cell(in_paragraph((number,)), "", "right")
    return Cell(in_paragraph(value_inlines(TableCell(cell.value, opmaak, cell), data)), "", "right")


def _points_heading(chart: Chart) -> str:
    if all(point.label.isdigit() for point in chart.points):
        return "Jaar"
    return "Datum" if all(point.day for point in chart.points) else "Onderdeel"
