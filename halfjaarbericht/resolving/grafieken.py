"""Charts and headline figures: what the content asks for, checked and put into words, ready to be drawn."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from halfjaarbericht.data.cijfers import NamedNumber
from halfjaarbericht.grafiek import Axis, Chart, ChartSeries, ChartTarget, ChartValue, Headline, Headlines
from halfjaarbericht.language.getallen import NBSP, column_unit, difference_in_words, format_number
from halfjaarbericht.model.cijfers import Getalopmaak
from halfjaarbericht.model.grafieken import Getalblok, Grafiek, Kerngetal, Norm
from halfjaarbericht.problems import Problem, did_you_mean
from halfjaarbericht.reading.source import KeyPath
from halfjaarbericht.resolving.alttekst import chart_text, headline_text
from halfjaarbericht.resolving.assen import axis, tight_axis
from halfjaarbericht.resolving.grafiekdata import Grid, GridSeries, number_grid, read_grid
from halfjaarbericht.resolving.grafiekregels import chart_problems
from halfjaarbericht.resolving.grafiektabel import chart_table, headline_table
from halfjaarbericht.resolving.inlines import plain
from halfjaarbericht.resolving.world import Scope
from halfjaarbericht.resolving.writer import DocumentWriter
from halfjaarbericht.verslag import Figure, Inlines, Place


class ChartBuilder:
    """Builds the charts of one document."""

    def __init__(self, writer: DocumentWriter):
        self.writer = writer
        self.world = writer.world

    def figure(self, spec: Grafiek | Kerngetal, scope: Scope) -> Figure | None:
        """A chart or headline figures; `scope` is at its place in the file. None when it cannot be made, with the
        reasons among the problems."""
        caption = self.writer.line(spec.bijschrift, scope.at(*scope.path, "bijschrift"))
        source = self.writer.line(spec.bron, scope.at(*scope.path, "bron"))
        frame = self._frame(spec, scope, caption, source)
        return self._chart(spec, scope, frame) if isinstance(spec, Grafiek) else self._headlines(spec, scope, frame)

    def _frame(self, spec: Grafiek | Kerngetal, scope: Scope, caption: Inlines, source: Inlines) -> Figure:
        number = int(self.world.register.numbers.get(spec.id) or 0)
        mark = scope.source.mark(scope.path)
        place = Place(scope.source.path, mark.line, mark.column)
        return Figure(spec.id, number, caption, plain(caption), "", spec.alt or "", spec.breedte, source, place)

    def _label(self, text: str | None, scope: Scope, *at: str | int) -> str:
        return plain(self.writer.bare_line(text, scope.at(*scope.path, *at)))

    def _complain(self, scope: Scope, code: str, at: KeyPath, message: str, hint: str = "") -> None:
        self.world.problems.append(scope.source.problem(code, (*scope.path, *at), message, hint))

    # --- charts -------------------------------------------------------------------------------------------------

    def _chart(self, spec: Grafiek, scope: Scope, frame: Figure) -> Figure | None:
        grid, problems = self._grid(spec, scope)
        problems = problems or chart_problems(spec, grid, scope)
        self.world.problems += problems
        target = self._target(spec.norm, scope, grid.series[0].opmaak) if grid and spec.norm and not problems else None
        if grid is None or problems:
            return None
        chart = self._resolved(spec, grid, target, scope)
        formats = [series.opmaak for series in grid.series]
        alt = frame.alt or chart_text(chart, frame.plain, formats)
        return replace(frame, alt=alt, drawing=chart, table=chart_table(frame, chart, grid, spec.data or ""))

    def _grid(self, spec: Grafiek, scope: Scope) -> tuple[Grid | None, list[Problem]]:
        if spec.data is None:
            return number_grid(spec, scope, lambda name, at: self._number(name, scope, at))
        table = self.world.tables.get(spec.data)
        if table is not None:
            return read_grid(table, spec, scope)
        if spec.data not in self.world.failed_tables:
            message = f"cijfers.yaml kent geen databestand '{spec.data}'"
            self._complain(scope, "E313", ("data",), message, did_you_mean(spec.data, self.world.tables))
        return None, []

    def _resolved(self, spec: Grafiek, grid: Grid, target: ChartTarget | None, scope: Scope) -> Chart:
        points = grid.points
        if spec.x.koppen is not None:
            labels = [self._label(kop, scope, "x", "koppen", i) for i, kop in enumerate(spec.x.koppen)]
            points = tuple(replace(p, label=label) for p, label in zip(points, labels, strict=True))
        series = tuple(
            ChartSeries(
                self._label(reeks.label, scope, "reeksen", i, "label") or found.name, _values(found), reeks.nadruk
            )
            for i, (reeks, found) in enumerate(zip(spec.reeksen, grid.series, strict=True))
        )
        opmaak = grid.series[0].opmaak
        unit = self._label(spec.eenheid, scope, "eenheid") or column_unit(opmaak)
        totals = _totals(grid) if spec.vorm == "gestapeld" else ()
        axes = _axes(spec, grid, [t.number for t in totals if t.number is not None], target)
        return Chart(_form(spec), points, series, axes, unit, spec.hoogte, target, totals)

    def _target(self, norm: Norm, scope: Scope, opmaak: Getalopmaak) -> ChartTarget | None:
        label = self._label(norm.label, scope, "norm", "label")
        value = norm.waarde
        if norm.cijfer is not None:
            number = self._number(norm.cijfer, scope, ("norm", "cijfer"))
            value = number.value if number else None
        if value is None:
            return None
        return ChartTarget(ChartValue(value, format_number(value, opmaak, table=True)), label)

    # --- headline figures ---------------------------------------------------------------------------------------

    def _headlines(self, spec: Kerngetal, scope: Scope, frame: Figure) -> Figure | None:
        numbers = [self._number(b.cijfer, scope, ("getallen", i, "cijfer")) for i, b in enumerate(spec.getallen)]
        pairs = enumerate(zip(spec.getallen, numbers, strict=True))
        items = [self._headline(block, number, scope, i) for i, (block, number) in pairs]
        found = [(number, item) for number, item in zip(numbers, items, strict=True) if number and item]
        if len(found) < len(items):
            return None
        drawing = Headlines(tuple(item for _, item in found))
        table = headline_table(frame, found)
        return replace(frame, alt=frame.alt or headline_text(drawing), drawing=drawing, table=table)

    def _headline(self, block: Getalblok, number: NamedNumber | None, scope: Scope, index: int) -> Headline | None:
        at: KeyPath = ("getallen", index)
        label = self._label(block.label, scope, *at, "label")
        comparison = self._comparison(block, number, scope, at)
        if number is None or number.value is None:
            return None
        shown = format_number(number.value, number.opmaak)
        figure, _, unit = shown.rpartition(NBSP) if not shown.startswith("€") and NBSP in shown else (shown, "", "")
        return Headline(figure, unit, label, comparison, block.woord or "")

    def _comparison(self, block: Getalblok, number: NamedNumber | None, scope: Scope, at: KeyPath) -> str:
        words = self._label(block.vergelijking, scope, *at, "vergelijking")
        other = self._number(block.vergelijk, scope, (*at, "vergelijk")) if block.vergelijk else None
        if other is None or other.value is None or number is None or number.value is None:
            return words
        if other.opmaak.eenheid != number.opmaak.eenheid:
            hint = "vergelijk met een getal van dezelfde eenheid"
            message = f"'{block.vergelijk}' heeft een andere eenheid dan '{block.cijfer}'"
            self._complain(scope, "E433", (*at, "vergelijk"), message, hint)
        bare = number.opmaak.model_copy(update={"eenheid": "%" if number.opmaak.eenheid == "%" else None})
        return f"{difference_in_words(number.value - other.value, bare)} {words}".strip()

    def _number(self, name: str, scope: Scope, at: KeyPath) -> NamedNumber | None:
        """A named number with a value; None, with a problem when that is new, without."""
        self.world.used_numbers.add(name)
        found = self.world.numbers.get(name)
        if found is None:
            if name not in self.world.failed_numbers:
                message = f"cijfers.yaml kent geen getal '{name}'"
                self._complain(scope, "E309", at, message, did_you_mean(name, self.world.numbers))
            return None
        if found.value is None:
            self._complain(scope, "E480", at, f"'{name}' heeft geen getal: de bron geeft '{found.missing}'")
            return None
        return found


# --- values -----------------------------------------------------------------------------------------------------


def _form(spec: Grafiek) -> str:
    if spec.vorm == "veelvoud":
        return f"veelvoud-{spec.panelen}"
    return "liggend" if spec.liggend else spec.vorm


def _values(series: GridSeries) -> tuple[ChartValue, ...]:
    return tuple(
        ChartValue(value, format_number(value, series.opmaak, table=True))
        if isinstance(value, Decimal)
        else ChartValue(None, getattr(value, "text", "") or "")
        for value in (cell.value for cell in series.cells)
    )


def _totals(grid: Grid) -> tuple[ChartValue, ...]:
    """The height of every stack; without a number where a part has none."""
    totals = []
    for parts in zip(*(series.cells for series in grid.series), strict=True):
        numbers = [cell.value for cell in parts if isinstance(cell.value, Decimal)]
        total = sum(numbers, Decimal(0))
        whole = len(numbers) == len(parts)
        text = format_number(total, grid.series[0].opmaak, table=True) if whole else ""
        totals.append(ChartValue(total if numbers else None, text))
    return tuple(totals)


def _axes(spec: Grafiek, grid: Grid, totals: list[Decimal], target: ChartTarget | None) -> tuple[Axis, ...]:
    from_zero = spec.vanaf_nul
    if spec.vorm == "veelvoud" and spec.eigen_as:
        return tuple(tight_axis(s.numbers, from_zero=from_zero) for s in grid.series)
    values = totals or [number for series in grid.series for number in series.numbers]
    if spec.vorm == "veelvoud" or spec.liggend:
        return (tight_axis(values, from_zero=from_zero),)
    values += [target.value.number] if target and target.value.number is not None else []
    return (axis(values, grid.series[0].opmaak, from_zero=from_zero),)
