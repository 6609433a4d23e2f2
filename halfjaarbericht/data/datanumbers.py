"""Named numbers that come straight from a data file: a cell, or what a column as a whole says."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import reduce
from typing import Protocol

from halfjaarbericht.data.locator import KeyPath
from halfjaarbericht.data.table import EXACT, DataTable, Key, Missing, Value, as_key, repeated, show_key
from halfjaarbericht.model.cijfers import Celplaats, Cijfer, Cijfers, Getalopmaak, Kolomrang, Kolomtotaal
from halfjaarbericht.problems import did_you_mean

_WORDS = {"totaal": "som", "maximum": "hoogste", "minimum": "laagste"}
_CANNOT = {"totaal": "op te tellen", **dict.fromkeys(("maximum", "minimum", "rang"), "te vergelijken")}


@dataclass(frozen=True, slots=True)
class NamedNumber:
    """A named number. `value` is None when the source leaves the cell open; `missing` is then its text: n.b.

    `peil` is the moment or period it holds for, as written ('' when not stated); `source` says where it comes
    from: a cell, a column, the formula, or cijfers.yaml. `operands` are the ids that it is computed from.
    """

    id: str
    value: Decimal | None
    opmaak: Getalopmaak
    peil: str
    source: str
    missing: str = ""
    operands: tuple[str, ...] = ()
    kind: str = ""
    """How it is computed from its operands: verschil, verandering."""


class Complain(Protocol):
    """Notes a problem of number `id`, at a path of keys below it; `word` is the text at fault."""

    def __call__(self, code: str, id: str, at: KeyPath, message: str, hint: str = "", word: str = "") -> None: ...


@dataclass(frozen=True, slots=True)
class DataNumbers:
    """Looks numbers up in the data files that could be read. What is None has been complained about, or lies
    in a file with problems of its own."""

    cijfers: Cijfers
    tables: Mapping[str, DataTable]
    complain: Complain

    def _table(self, id: str, kind: str, data: str, column: str) -> DataTable | None:
        """The table of a number, when it can be read and has that column."""
        if data not in self.cijfers.data:
            hint = did_you_mean(data, self.cijfers.data)
            self.complain("E424", id, (kind, "data"), f"het databestand '{data}' bestaat niet", hint, data)
            return None
        table = self.tables.get(data)
        if table is None or column in table.columns:
            return table
        message = f"'{data}' heeft geen kolom '{column}'"
        self.complain("E426", id, (kind, "kolom"), message, table.column_hint(column), column)
        return None

    def cell(self, id: str, cijfer: Cijfer, place: Celplaats) -> NamedNumber | None:
        table = self._table(id, "cel", place.data, place.kolom)
        if table is None:
            return None
        if not table.has_row(place.rij):
            message = f"'{place.data}' heeft geen rij '{show_key(place.rij)}'"
            self.complain("E425", id, ("cel", "rij"), message, table.row_hint(place.rij), show_key(place.rij))
            return None
        cell = table.cell(place.rij, place.kolom)
        opmaak, peil = self._style(cijfer, table, place.kolom, cell.moment)
        if isinstance(cell.value, Missing):
            return NamedNumber(id, None, opmaak, peil, cell.provenance, cell.value.text)
        if isinstance(cell.value, Decimal):
            return NamedNumber(id, cell.value, opmaak, peil, cell.provenance)
        self.complain("E427", id, ("cel",), f"{_not_a_number(cell.value)} ({cell.provenance})")
        return None

    def of_column(self, id: str, cijfer: Cijfer, kind: str, place: Kolomtotaal) -> NamedNumber | None:
        """The sum, the highest or the lowest of a column: kind is totaal, maximum or minimum."""
        table = self._table(id, kind, place.data, place.kolom)
        if table is None or not self._good_rows(id, kind, table, place.rijen or ()):
            return None
        found = self._numbers(id, kind, table, place.kolom, place.rijen)
        if found is None:
            return None
        opmaak, peil = self._style(cijfer, table, place.kolom, table.moment)
        source = f"{table.path}, {_WORDS[kind]} van kolom '{place.kolom}' ({_rows(place.rijen)})"
        return NamedNumber(id, _of_all(kind, list(found.values())), opmaak, peil, source)

    def rank(self, id: str, cijfer: Cijfer, place: Kolomrang) -> NamedNumber | None:
        """The place of a row among others: one more than the number of rows that come before it."""
        table = self._table(id, "rang", place.data, place.kolom)
        if table is None or not self._good_rows(id, "rang", table, place.rijen or (), place.rij):
            return None
        keys = [as_key(key) for key in place.rijen] if place.rijen else table.keys
        found = self._numbers(id, "rang", table, place.kolom, list(dict.fromkeys([*keys, as_key(place.rij)])))
        if found is None:
            return None
        own = found[as_key(place.rij)]
        before = sum(1 for value in found.values() if (value > own if place.volgorde == "hoog" else value < own))
        what = "hoogste" if place.volgorde == "hoog" else "laagste"
        where = f"rij '{show_key(place.rij)}' in kolom '{place.kolom}', {what} eerst ({_rows(place.rijen)})"
        source = f"{table.path}, rang van {where}"
        return NamedNumber(id, Decimal(before + 1), cijfer.opmaak, cijfer.peil or table.moment, source)

    def _numbers(
        self, id: str, kind: str, table: DataTable, column: str, keys: Iterable[Key] | None
    ) -> dict[tuple[str, ...], Decimal] | None:
        """The numbers of a column by row, empty cells left out; None, with a complaint, when a cell holds none."""
        found: dict[tuple[str, ...], Decimal] = {}
        what = ""
        for cell in table.cells(column, keys):
            if isinstance(cell.value, Decimal):
                found[cell.key] = cell.value
            elif isinstance(cell.value, Missing) or (cell.value is None and kind == "rang"):
                what = what or f"bij rij '{show_key(cell.key)}' geeft de bron geen getal"
        if found and not what:
            return found
        message = f"kolom '{column}' is niet {_CANNOT[kind]}: {what or 'er staat geen getal in'}"
        self.complain("E427", id, (kind,), message, "noem onder 'rijen' de rijen die meetellen")
        return None

    def _good_rows(self, id: str, kind: str, table: DataTable, keys: Sequence[Key], row: Key | None = None) -> bool:
        named: list[tuple[Key, KeyPath]] = [(key, (kind, "rijen", index)) for index, key in enumerate(keys)]
        named += [(row, (kind, "rij"))] if row is not None else []
        for key, at in named:
            if not table.has_row(key):
                message = f"'{table.id}' heeft geen rij '{show_key(key)}'"
                self.complain("E425", id, at, message, table.row_hint(key), show_key(key))
        for key in repeated(keys):
            self.complain("E440", id, (kind, "rijen"), f"de rij '{show_key(key)}' telt tweemaal mee")
        return all(table.has_row(key) for key, _ in named) and not repeated(keys)

    def _style(self, cijfer: Cijfer, table: DataTable, column: str, moment: str) -> tuple[Getalopmaak, str]:
        """Format and moment: of the number itself, otherwise of its column and of the data."""
        opmaak = cijfer.opmaak if "opmaak" in cijfer.model_fields_set else table.columns[column].opmaak
        return opmaak, cijfer.peil or moment


def _not_a_number(value: Value) -> str:
    return "de cel is leeg" if value is None else f"de cel bevat geen getal maar '{value}'"


def _of_all(kind: str, values: Sequence[Decimal]) -> Decimal:
    if kind == "totaal":
        return reduce(EXACT.add, values)
    return max(values) if kind == "maximum" else min(values)


def _rows(keys: Sequence[Key] | None) -> str:
    return "alle rijen" if keys is None else ", ".join(map(show_key, keys))
