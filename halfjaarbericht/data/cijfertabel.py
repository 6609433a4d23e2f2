"""Tables of numbers: which values of a data file a table shows, and whether its totals are right."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from decimal import ROUND_UP, Decimal

from halfjaarbericht.data.locator import KeyPath, Locator, Place
from halfjaarbericht.data.table import DataCell, DataTable, Key, Value, as_key, repeated, show_key, show_number
from halfjaarbericht.model.cijfers import Getalopmaak
from halfjaarbericht.model.tabellen import Cijfertabel, Geneste, Kolom, Totaal
from halfjaarbericht.problems import Problem, did_you_mean


@dataclass(frozen=True, slots=True)
class TableCell:
    """A value and the format to print it in; `cell` is where it stands, None for a total that we computed."""

    value: Value
    opmaak: Getalopmaak
    cell: DataCell | None = None


@dataclass(frozen=True, slots=True)
class TableRow:
    """A row: a cell for every column of the table. The key of a computed total is ()."""

    key: tuple[str, ...]
    cells: tuple[TableCell, ...]


@dataclass(frozen=True, slots=True)
class TableRows:
    """What a table of numbers shows. Columns without a total have an empty cell in `total`; `computed` are
    the totals as we add them up, by column, also where `total` shows what the source states."""

    rows: tuple[TableRow, ...]
    total: TableRow | None = None
    computed: dict[str, Decimal] = field(default_factory=dict)


def table_rows(
    table: DataTable, spec: Cijfertabel | Geneste, place: Place, path: str, prefix: KeyPath = ()
) -> tuple[TableRows, list[Problem]]:
    """The rows and the totals of a table of numbers, unformatted, and all that is wrong with it.

    The row that holds the stated total (`totaal.bron_rij`) is no ordinary row: it is left out of the rows and
    of the sum. `place` and `path` locate keys of the content file, `prefix` is where the table stands in it,
    such as ('tabellen', 0).
    """
    builder = _Builder(table, spec, Locator(path, place, prefix))
    rows = builder.build()
    return rows, sorted(builder.problems)


@dataclass(slots=True)
class _Builder:
    table: DataTable
    spec: Cijfertabel | Geneste
    locator: Locator
    problems: list[Problem] = field(default_factory=list)

    def build(self) -> TableRows:
        total = self.spec.totaal if isinstance(self.spec, Cijfertabel) else None
        source_row = total.bron_rij if total else None
        if source_row is not None:
            self._check_row(source_row, ("totaal", "bron_rij"))
        for index, column in enumerate(self.spec.kolommen):
            self._check_column(column.veld, ("kolommen", index, "veld"))
        before = len(self.problems)
        keys = self._keys(source_row)
        all_rows = len(self.problems) == before
        self._check_details(keys, source_row)
        rows = tuple(TableRow(key, tuple(self._cell(key, kolom) for kolom in self.spec.kolommen)) for key in keys)
        if total is None:
            return TableRows(rows)
        good = {veld for index, veld in enumerate(total.velden) if self._is_summable(veld, index)}
        computed = self._computed(keys, total, good)
        # With a row too few or too many every total deviates; that row has been told already.
        return TableRows(rows, self._total(total, good, computed, compare=all_rows), computed)

    def _complain(self, code: str, at: KeyPath, message: str, hint: str = "", word: str = "") -> None:
        self.problems.append(self.locator.problem(code, at, message, hint, word=word))

    def _check_column(self, name: str, at: KeyPath) -> None:
        if name not in self.table.columns:
            message = f"'{self.table.id}' heeft geen kolom '{name}'"
            self._complain("E426", at, message, self.table.column_hint(name), name)

    def _check_row(self, key: Key, at: KeyPath) -> bool:
        if self.table.has_row(key):
            return True
        message = f"'{self.table.id}' heeft geen rij '{show_key(key)}'"
        self._complain("E425", at, message, self.table.row_hint(key), show_key(key))
        return False

    def _keys(self, source_row: Key | None) -> list[tuple[str, ...]]:
        """The keys of the rows to show that exist, without the row of the stated total."""
        left_out = as_key(source_row) if source_row is not None else None
        if self.spec.rijen is None:
            return [key for key in self.table.keys if key != left_out]
        known = [key for i, key in enumerate(self.spec.rijen) if self._check_row(key, ("rijen", i))]
        for key in repeated(self.spec.rijen):
            self._complain("E440", ("rijen",), f"de rij '{show_key(key)}' staat tweemaal in de tabel")
        if left_out is not None and left_out in map(as_key, self.spec.rijen):
            message = f"de rij '{show_key(left_out)}' is de totaalrij en staat ook onder 'rijen'"
            self._complain("E440", ("rijen",), message, "haal haar weg onder 'rijen'")
        return [key for key in dict.fromkeys(map(as_key, known)) if key != left_out]

    def _check_details(self, keys: Iterable[tuple[str, ...]], source_row: Key | None) -> None:
        """Column groups and notes must name what the table shows."""
        if not isinstance(self.spec, Cijfertabel):
            return
        shown = [kolom.veld for kolom in self.spec.kolommen]
        for i, group in enumerate(self.spec.kolomgroepen):
            for j, veld in enumerate(group.velden):
                self._check_shown(veld, shown, ("kolomgroepen", i, "velden", j), "kolom")
        rows = [show_key(key) for key in keys]
        if source_row is not None:
            rows.append(show_key(source_row))
        for i, note in enumerate(self.spec.celnoten):
            self._check_shown(note.veld, shown, ("celnoten", i, "veld"), "kolom")
            self._check_shown(show_key(note.rij), rows, ("celnoten", i, "rij"), "rij")

    def _check_shown(self, name: str, shown: Sequence[str], at: KeyPath, what: str) -> bool:
        if name in shown:
            return True
        code = "E426" if what == "kolom" else "E425"
        self._complain(code, at, f"de tabel toont geen {what} '{name}'", did_you_mean(name, shown), name)
        return False

    def _opmaak(self, kolom: Kolom) -> Getalopmaak:
        if kolom.opmaak is not None:
            return kolom.opmaak
        return self.table.columns[kolom.veld].opmaak if kolom.veld in self.table.columns else Getalopmaak()

    def _cell(self, key: tuple[str, ...], kolom: Kolom) -> TableCell:
        if kolom.veld not in self.table.columns:
            return TableCell(None, self._opmaak(kolom))
        cell = self.table.cell(key, kolom.veld)
        return TableCell(cell.value, self._opmaak(kolom), cell)

    def _is_summable(self, veld: str, index: int) -> bool:
        at = ("totaal", "velden", index)
        if not self._check_shown(veld, [kolom.veld for kolom in self.spec.kolommen], at, "kolom"):
            return False
        column = self.table.columns.get(veld)
        if column is not None and column.soort != "getal":
            self._complain("E427", at, f"kolom '{veld}' bevat geen getallen en heeft dus geen totaal", word=veld)
        return column is not None and column.soort == "getal"

    def _computed(self, keys: Sequence[tuple[str, ...]], total: Totaal, good: set[str]) -> dict[str, Decimal]:
        """The sums by column. A sum over cells that the source leaves open is none."""
        computed: dict[str, Decimal] = {}
        for index, veld in enumerate(total.velden):
            if veld not in good:
                continue
            found = self.table.column_sum(veld, keys)
            if found.value is not None and not found.missing:
                computed[veld] = found.value
            elif total.bron_rij is None:
                what = f"'{show_key(found.missing[0].key)}' heeft geen getal" if found.missing else "er is geen getal"
                message = f"kolom '{veld}' is niet op te tellen: {what}"
                hint = "noem onder 'bron_rij' de rij met het totaal van de bron, of laat dit totaal weg"
                self._complain("E427", ("totaal", "velden", index), message, hint, veld)
        return computed

    def _total(self, total: Totaal, good: set[str], computed: dict[str, Decimal], *, compare: bool) -> TableRow:
        cells = []
        for kolom in self.spec.kolommen:
            opmaak = self._opmaak(kolom)
            if kolom.veld not in good:
                cells.append(TableCell(None, opmaak))
                continue
            stated = self._stated(total, kolom.veld)
            if stated is None or stated.value is None:
                cells.append(TableCell(computed.get(kolom.veld), opmaak))
                continue
            cells.append(TableCell(stated.value, opmaak, stated))
            if compare:
                self._compare(total, stated, computed.get(kolom.veld))
        known = total.bron_rij is not None and self.table.has_row(total.bron_rij)
        return TableRow(as_key(total.bron_rij) if known and total.bron_rij else (), tuple(cells))

    def _stated(self, total: Totaal, veld: str) -> DataCell | None:
        if total.bron_rij is None or not self.table.has_row(total.bron_rij):
            return None
        return self.table.cell(total.bron_rij, veld)

    def _compare(self, total: Totaal, stated: DataCell, computed: Decimal | None) -> None:
        if computed is None or not isinstance(stated.value, Decimal):
            return
        deviation = abs(stated.value - computed)
        if deviation <= total.tolerantie:
            return
        message = (
            f"het totaal van kolom '{stated.column}' is {show_number(computed)}, "
            f"de bron vermeldt {show_number(stated.value)} ({stated.provenance})"
        )
        hint = f"komt het verschil door afronding, zet dan 'tolerantie: {deviation.to_integral(ROUND_UP):f}'"
        at = ("totaal", "velden", total.velden.index(stated.column))
        if total.afwijking:
            problem = self.locator.problem("A402", at, message, total.afwijking, word=stated.column)
            self.problems.append(replace(problem, severity="aanvaard"))
        else:
            problem = self.locator.problem("W441", at, message, hint, word=stated.column)
            self.problems.append(replace(problem, severity="waarschuwing"))
