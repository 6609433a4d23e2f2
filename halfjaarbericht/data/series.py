"""A series: the data files of several editions joined into one table, in which every cell keeps its own origin."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal

from halfjaarbericht.data.locator import Locator
from halfjaarbericht.data.table import DataCell, DataRow, DataTable, Missing, Value, show_key, show_number
from halfjaarbericht.model.cijfers import Databestand, Datakolom
from halfjaarbericht.problems import Problem, did_you_mean

MAX_TOLD = 12
"""How many cells that differ are told; with more the files differ as a whole."""


@dataclass(frozen=True)
class JoinedTable(DataTable):
    """A table whose cells come from `sources`, the files by edition, oldest first."""

    sources: tuple[DataTable, ...] = ()

    def _cell(self, row: DataRow, column: str) -> DataCell:
        found = _newest(self.sources, row.key, column) or DataCell(None, self.path, row.line, row.key, column)
        return replace(found, moment=self.moment) if self.moment else found


@dataclass(slots=True)
class _Join:
    """One series while it is put together. `sources` are the files by edition, oldest first."""

    id: str
    spec: Databestand
    sources: Mapping[str, DataTable]
    locator: Locator
    problems: list[Problem] = field(default_factory=list)

    @property
    def tables(self) -> tuple[DataTable, ...]:
        return tuple(self.sources.values())

    def table(self) -> DataTable | None:
        self._check_keys()
        columns = self._columns()
        if self.problems:
            return None
        self._compare(columns)
        newest = self.tables[-1]
        lines = {row.key: row.line for table in self.tables for row in table.rows}
        keys = dict.fromkeys(key for table in reversed(self.tables) for key in table.keys)
        rows = _in_time([DataRow(key, self._values(key, columns), lines[key]) for key in keys])
        path = ", ".join(dict.fromkeys(table.path for table in self.tables))
        undeclared = tuple(dict.fromkeys(name for t in self.tables for name in t.columns if name not in columns))
        moment = self.spec.peildatum.isoformat() if self.spec.peildatum else ""
        keyed = newest.key_columns
        return JoinedTable(self.id, path, keyed, columns, rows, undeclared, moment=moment, sources=self.tables)

    def _values(self, key: tuple[str, ...], columns: Mapping[str, Datakolom]) -> tuple[Value, ...]:
        parts = dict(zip(self.tables[-1].key_columns, key, strict=True))
        found = {name: _newest(self.tables, key, name) for name in columns}
        as_text = {name for name in parts if columns[name].soort != "datum"}
        return tuple(parts[name] if name in as_text else _value(found[name]) for name in columns)

    def _complain(self, code: str, at: tuple[object, ...], message: str, hint: str = "", word: str = "") -> None:
        self.problems.append(self.locator.problem(code, at, message, hint, word=word))

    def _check_keys(self) -> None:
        wanted = self.tables[-1].key_columns
        for edition, table in self.sources.items():
            if table.key_columns != wanted:
                own, last = show_key(table.key_columns), show_key(wanted)
                message = f"de sleutel is in {edition} {own}, in de laatste editie {last}"
                self._complain("E462", ("reeks", "edities"), message, "geef beide bestanden dezelfde sleutel")

    def _columns(self) -> dict[str, Datakolom]:
        """The key columns, then those chosen, or all: of the oldest edition first, as a reader expects years."""
        known: dict[str, Datakolom] = {}
        for edition, table in self.sources.items():
            for name, column in table.columns.items():
                if name in known and known[name].soort != column.soort:
                    message = f"kolom '{name}' is in {edition} {column.soort}, eerder {known[name].soort}"
                    self._complain("E462", ("reeks", "edities"), message, "geef de kolom in alle edities één soort")
                known[name] = column
        keys = {name: known[name] for name in self.tables[-1].key_columns if name in known}
        return keys | (self._chosen(known) if self.spec.kolommen else known)

    def _chosen(self, known: Mapping[str, Datakolom]) -> dict[str, Datakolom]:
        chosen = {}
        for name, own in self.spec.kolommen.items():
            if name not in known:
                message = f"geen van de edities heeft een kolom '{name}'"
                self._complain("E426", ("kolommen", name), message, did_you_mean(name, known), name)
            elif own.model_fields_set - {"opmaak"}:
                message = f"kolom '{name}': soort en verplicht staan bij het bestand van de editie"
                self._complain("E450", ("kolommen", name), message, "zet hier alleen 'opmaak', of {}")
            else:
                chosen[name] = known[name].model_copy(update={k: getattr(own, k) for k in own.model_fields_set})
        return chosen

    def _compare(self, columns: Mapping[str, Datakolom]) -> None:
        """A cell that stands in two editions must be the same in both, unless the deviation is on record."""
        reason = self.spec.reeks.afwijking if self.spec.reeks else None
        differing = [pair for name in columns for pair in self._differing(name)]
        for old, new in differing[:MAX_TOLD]:
            message = f"rij '{show_key(new.key)}', kolom '{new.column}': {_told(old)}, {_told(new)}"
            if reason:
                problem = self.locator.problem("A403", ("reeks", "afwijking"), message, reason)
                self.problems.append(replace(problem, severity="aanvaard"))
            else:
                hint = "herstel een van beide, of zet 'afwijking: reden' bij de reeks; dan geldt de laatste"
                self._complain("E463", ("reeks",), message, hint)
        if len(differing) > MAX_TOLD:
            message = f"nog {len(differing) - MAX_TOLD} cellen verschillen tussen de edities"
            problem = self.locator.problem("A403" if reason else "E463", ("reeks",), message)
            self.problems.append(replace(problem, severity="aanvaard" if reason else "fout"))
        if reason and not differing:
            message, hint = "de edities zijn het in elke cel eens", "haal 'afwijking' weg"
            self._complain("E431", ("reeks", "afwijking"), message, hint)

    def _differing(self, column: str) -> list[tuple[DataCell, DataCell]]:
        """Pairs of cells (older, newer) of a column that differ between an edition and the one before that has it."""
        last: dict[tuple[str, ...], DataCell] = {}
        found = []
        for table in self.tables:
            for cell in table.cells(column) if column in table.columns else ():
                before = last.get(cell.key)
                if before is not None and before.value != cell.value:
                    found.append((before, cell))
                last[cell.key] = cell
        return found


def join_tables(
    id: str, spec: Databestand, sources: Mapping[str, DataTable], declared: Locator
) -> tuple[DataTable | None, list[Problem]]:
    """The series `id` out of the tables of its editions, oldest first: (table, problems).

    Rows are in the order of the newest edition, then those that only older ones have; when their key is a date, in
    the order of time. Columns are in the order of the editions, or as `spec.kolommen` chooses. `declared` has prefix
    ('data', id).
    """
    join = _Join(id, spec, sources, declared)
    table = join.table()
    errors = any(problem.severity == "fout" for problem in join.problems)
    return (None if errors else table), join.problems


def _in_time(rows: list[DataRow]) -> tuple[DataRow, ...]:
    """Rows that are each of a day, from the first to the last; others as they are."""
    first = [row.values[0] for row in rows if len(row.key) == 1]
    dated = len(first) == len(rows) and all(isinstance(value, date) for value in first)
    return tuple(sorted(rows, key=lambda row: str(row.values[0])) if dated else rows)


def _newest(tables: Sequence[DataTable], key: tuple[str, ...], column: str) -> DataCell | None:
    for table in reversed(tables):
        if column in table.columns and table.has_row(key):
            return table.cell(key, column)
    return None


def _value(cell: DataCell | None) -> Value:
    return cell.value if cell else None


def _told(cell: DataCell) -> str:
    return f"{_shown(cell.value)} ({cell.path}, {cell.cell or f'regel {cell.line}'})"


def _shown(value: Value) -> str:
    if isinstance(value, Decimal):
        return show_number(value)
    if isinstance(value, Missing):
        return value.text
    return "leeg" if value is None else str(value)
