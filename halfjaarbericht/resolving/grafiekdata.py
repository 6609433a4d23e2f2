"""The cells that a chart shows, from a data file, and what is wrong with the choice of them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Protocol

from halfjaarbericht.data.cijfers import NamedNumber
from halfjaarbericht.data.table import DataCell, DataTable, Key, as_key, repeated, show_key
from halfjaarbericht.grafiek import ChartPoint
from halfjaarbericht.language.nederlands import format_date
from halfjaarbericht.model.cijfers import Getalopmaak
from halfjaarbericht.model.grafieken import Grafiek, Grafiekreeks
from halfjaarbericht.problems import Problem, did_you_mean
from halfjaarbericht.reading.source import KeyPath
from halfjaarbericht.resolving.world import Scope

_ISO = re.compile(r"\d{4}-\d\d-\d\d\Z")
_YEAR = re.compile(r"(?:19|20)\d\d\Z")


@dataclass(frozen=True, slots=True)
class GridSeries:
    """One series: its name in the data, the format of its values, and a cell for every point. `ids` are the named
    numbers that it is made of instead."""

    name: str
    opmaak: Getalopmaak
    cells: tuple[DataCell, ...]
    ids: tuple[str, ...] = ()

    @property
    def numbers(self) -> list[Decimal]:
        """The values that are numbers."""
        return [cell.value for cell in self.cells if isinstance(cell.value, Decimal)]


class FindNumber(Protocol):
    """Gives a named number that has a value, or None after a complaint at a path of keys below the chart."""

    def __call__(self, name: str, at: KeyPath) -> NamedNumber | None: ...


@dataclass(frozen=True, slots=True)
class Grid:
    """What a chart shows: points along the axis, and series."""

    points: tuple[ChartPoint, ...]
    series: tuple[GridSeries, ...]


def read_grid(table: DataTable, spec: Grafiek, scope: Scope) -> tuple[Grid | None, list[Problem]]:
    """The cells that `spec` asks for; None with the reasons when it asks for what is not there."""
    reader = _Reader(table, spec, scope)
    grid = reader.read()
    return (None if reader.problems else grid), reader.problems


@dataclass(slots=True)
class _Reader:
    table: DataTable
    spec: Grafiek
    scope: Scope
    problems: list[Problem] = field(default_factory=list)

    def _complain(self, code: str, at: KeyPath, message: str, hint: str = "") -> None:
        self.problems.append(self.scope.source.problem(code, (*self.scope.path, *at), message, hint))

    def read(self) -> Grid | None:
        x = self.spec.x
        if (x.kolom is None) == (x.kolommen is None):
            hint = "geef 'kolom' als elke rij een punt is, of 'kolommen' als elke kolom dat is"
            self._complain("E482", ("x",), "de x-as is niet op precies één manier bepaald", hint)
            return None
        if x.kolommen is not None and x.rijen is not None:
            hint = "een rij is hier een reeks; noem haar onder 'reeksen'"
            self._complain("E482", ("x", "rijen"), "bij 'kolommen' op de x-as hoort geen 'rijen'", hint)
        points = self._row_points() if x.kolom is not None else self._column_points(x.kolommen or ())
        series = [s for i, reeks in enumerate(self.spec.reeksen) if (s := self._series(reeks, i)) is not None]
        if x.koppen is not None and len(x.koppen) != len(points):
            message = f"bij {len(points)} punten staan {len(x.koppen)} koppen"
            self._complain("E482", ("x", "koppen"), message, "geef elk punt precies één kop, of laat 'koppen' weg")
        return Grid(points, tuple(series))

    # --- points -------------------------------------------------------------------------------------------------

    @property
    def _keys(self) -> list[tuple[str, ...]]:
        rows = self.spec.x.rijen
        return [as_key(k) for k in rows if self.table.has_row(k)] if rows is not None else list(self.table.keys)

    def _row_points(self) -> tuple[ChartPoint, ...]:
        x = self.spec.x
        for i, key in enumerate(x.rijen or ()):
            self._known_row(key, ("x", "rijen", i))
        for key in repeated(x.rijen or ()):
            self._complain("E440", ("x", "rijen"), f"de rij '{show_key(key)}' staat tweemaal in de grafiek")
        if x.kolom is None or not self._known_column(x.kolom, ("x", "kolom")):
            return ()
        return as_points([self.table.cell(key, x.kolom).value for key in self._keys])

    def _column_points(self, columns: Sequence[str]) -> tuple[ChartPoint, ...]:
        for i, name in enumerate(columns):
            self._known_column(name, ("x", "kolommen", i))
        for key in repeated(columns):
            self._complain("E482", ("x", "kolommen"), f"de kolom '{show_key(key)}' staat tweemaal op de x-as")
        return as_points([date.fromisoformat(c) if _ISO.match(c) else c for c in columns])

    # --- series -------------------------------------------------------------------------------------------------

    def _series(self, reeks: Grafiekreeks, index: int) -> GridSeries | None:
        at: KeyPath = ("reeksen", index)
        wanted, other = ("kolom", "rij") if self.spec.x.kolom is not None else ("rij", "kolom")
        if getattr(reeks, wanted) is None or getattr(reeks, other) is not None or reeks.cijfers is not None:
            message = f"deze reeks heeft een '{wanted}' nodig, en geen '{other}' of 'cijfers'"
            along = "rijen" if wanted == "kolom" else "kolommen"
            self._complain("E482", at, message, f"langs de x-as staan de {along}")
            return None
        return self._of_column(reeks.kolom, at) if reeks.kolom is not None else self._of_row(reeks.rij or "", at)

    def _of_column(self, name: str, at: KeyPath) -> GridSeries | None:
        if not self._known_column(name, (*at, "kolom")) or not self._holds_numbers(name, (*at, "kolom")):
            return None
        cells = tuple(self.table.cell(key, name) for key in self._keys)
        return self._filled(GridSeries(name, self._opmaak(name), cells), at)

    def _of_row(self, key: Key, at: KeyPath) -> GridSeries | None:
        columns = [c for c in self.spec.x.kolommen or () if c in self.table.columns]
        if not self._known_row(key, (*at, "rij")):
            return None
        for name in columns:
            place: KeyPath = ("x", "kolommen", (self.spec.x.kolommen or ()).index(name))
            if at[1] == 0 and not self._holds_numbers(name, place):
                return None
        if not columns:
            return None
        cells = tuple(self.table.cell(key, name) for name in columns)
        return self._filled(GridSeries(as_key(key)[-1], self._opmaak(columns[0]), cells), at)

    def _opmaak(self, column: str) -> Getalopmaak:
        return self.spec.opmaak or self.table.columns[column].opmaak

    def _filled(self, series: GridSeries, at: KeyPath) -> GridSeries | None:
        if series.cells and not series.numbers:
            hint = "laat de reeks weg, of kies rijen en kolommen waarin wel getallen staan"
            self._complain("E480", at, f"de reeks '{series.name}' heeft geen enkel getal", hint)
            return None
        return series

    # --- looking up ---------------------------------------------------------------------------------------------

    def _known_column(self, name: str, at: KeyPath) -> bool:
        if name in self.table.columns:
            return True
        message = f"'{self.table.id}' heeft geen kolom '{name}'"
        self._complain("E426", at, message, self.table.column_hint(name))
        return False

    def _known_row(self, key: Key, at: KeyPath) -> bool:
        if self.table.has_row(key):
            return True
        message = f"'{self.table.id}' heeft geen rij '{show_key(key)}'"
        self._complain("E425", at, message, self.table.row_hint(key))
        return False

    def _holds_numbers(self, name: str, at: KeyPath) -> bool:
        if self.table.columns[name].soort == "getal":
            return True
        numeric = [n for n, c in self.table.columns.items() if c.soort == "getal"]
        hint = did_you_mean(name, numeric) or f"kolommen met getallen: {', '.join(numeric[:6])}"
        self._complain("E427", at, f"kolom '{name}' bevat geen getallen", hint if numeric else "")
        return False


def number_grid(spec: Grafiek, scope: Scope, find: FindNumber) -> tuple[Grid | None, list[Problem]]:
    """The same for a chart of named numbers, without a data file; `find` complains about what it cannot find."""
    koppen = spec.x.koppen or ()
    faults: list[tuple[KeyPath, str, str]] = []
    if not koppen or spec.x.kolom is not None or spec.x.kolommen is not None:
        hint = "noem 'data', of geef 'x' alleen 'koppen' en elke reeks 'cijfers'"
        faults.append((("x",), "een grafiek zonder 'data' heeft op de x-as alleen 'koppen'", hint))
    for i, reeks in enumerate(spec.reeksen):
        if reeks.cijfers is None or reeks.kolom is not None or reeks.rij is not None:
            faults.append((("reeksen", i), "in een grafiek zonder 'data' heeft een reeks alleen 'cijfers'", ""))
        elif koppen and len(reeks.cijfers) != len(koppen):
            message = f"bij {len(koppen)} koppen staan {len(reeks.cijfers)} cijfers"
            faults.append((("reeksen", i, "cijfers"), message, "geef elk punt precies één cijfer"))
    if faults:
        problem = scope.source.problem
        return None, [problem("E482", (*scope.path, *at), message, hint) for at, message, hint in faults]
    series = [_of_numbers(spec, i, find) for i in range(len(spec.reeksen))]
    found = tuple(s for s in series if s is not None)
    return (Grid(as_points(koppen), found) if len(found) == len(series) else None), []


def _of_numbers(spec: Grafiek, index: int, find: FindNumber) -> GridSeries | None:
    names = spec.reeksen[index].cijfers or ()
    numbers = [find(name, ("reeksen", index, "cijfers", i)) for i, name in enumerate(names)]
    found = [number for number in numbers if number is not None]
    if len(found) < len(numbers):
        return None
    cells = tuple(DataCell(number.value, number.source, 0, (number.id,), "") for number in found)
    return GridSeries(names[0], spec.opmaak or found[0].opmaak, cells, tuple(names))


def as_points(values: Sequence[object]) -> tuple[ChartPoint, ...]:
    """Points with their label. When all are dates, or all are years, they know their day as well."""
    if values and all(isinstance(v, date) for v in values):
        return tuple(ChartPoint(format_date(v, "kort"), v) for v in values if isinstance(v, date))
    texts = [getattr(v, "text", v) for v in values]
    labels = [format_date(t, "kort") if isinstance(t, date) else str(t if t is not None else "") for t in texts]
    if all(_YEAR.match(label) for label in labels):
        return tuple(ChartPoint(label, date(int(label), 1, 1)) for label in labels)
    return tuple(ChartPoint(label) for label in labels)
