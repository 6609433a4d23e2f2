"""One row of a data file as the row of its moment: how a series makes a course in time of files that hold one each."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from halfjaarbericht.data.locator import Locator
from halfjaarbericht.data.table import DataCell, DataRow, DataTable, Key, as_key, show_key
from halfjaarbericht.model.cijfers import Datakolom
from halfjaarbericht.problems import Problem

MOMENT = "peildatum"
"""The key column of such a table, and the field of cijfers.yaml that it comes from."""


@dataclass(frozen=True, kw_only=True)
class MomentTable(DataTable):
    """A table of one row: the one of `origin` with key `named`, here called by the day that its file holds for."""

    origin: DataTable
    named: tuple[str, ...]

    def _cell(self, row: DataRow, column: str) -> DataCell:
        if column == MOMENT:
            return DataCell(row.values[0], self.path, row.line, row.key, column, own_key=self.named)
        return replace(self.origin.cell(self.named, column), key=row.key, own_key=self.named)


def at_moment(
    table: DataTable, key: Key, day: date | None, edition: str, declared: Locator
) -> tuple[DataTable | None, Problem | None]:
    """Row `key` of a data file of `edition` as the row of its `peildatum`, or the reason why that cannot be.

    `declared` is the place of the series in cijfers.yaml, with prefix ('data', id).
    """
    at = ("reeks", "rij")
    if not table.has_row(key):
        message = f"'{table.id}' heeft in {edition} geen rij '{show_key(key)}'"
        return None, declared.problem("E425", at, message, table.row_hint(key), word=show_key(key))
    if MOMENT in table.columns:
        hint = f"laat 'rij' weg en geef het bestand '{MOMENT}' als sleutel"
        return None, declared.problem("E462", at, f"'{table.id}' heeft in {edition} zelf een kolom '{MOMENT}'", hint)
    if day is None:
        hint = f"zet '{MOMENT}:' bij het bestand in cijfers.yaml van {edition}"
        return None, declared.problem("E462", at, f"'{table.id}' heeft in {edition} geen {MOMENT}", hint)
    kept = {name: column for name, column in table.columns.items() if name not in table.key_columns}
    values = [table.cell(key, name).value for name in kept]
    row = DataRow((day.isoformat(),), (day, *values), table.row(key).line)
    columns = {MOMENT: Datakolom(soort="datum")} | kept
    named = as_key(key)
    undeclared = table.undeclared
    return MomentTable(table.id, table.path, (MOMENT,), columns, (row,), undeclared, origin=table, named=named), None
