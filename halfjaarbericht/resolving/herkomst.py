"""The account of every number of an edition: its value, the cell or formula that it comes from, where it is printed."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal

from halfjaarbericht.data.cijfers import NamedNumber
from halfjaarbericht.data.compute import formula
from halfjaarbericht.data.table import DataTable, show_key
from halfjaarbericht.herkomst import Provenance, SourceCell, Use
from halfjaarbericht.language.bronnen import citation
from halfjaarbericht.language.getallen import format_number
from halfjaarbericht.language.nederlands import format_date
from halfjaarbericht.model.cijfers import Cijfer, Getalopmaak
from halfjaarbericht.reading.load import LoadedEdition
from halfjaarbericht.resolving.cells import source_cell
from halfjaarbericht.resolving.geheugen import Memory
from halfjaarbericht.resolving.uses import number_uses
from halfjaarbericht.resolving.world import World
from halfjaarbericht.verslag import Document, Number

MINUS = " - "
PERCENT = " | procent"
"""How the id of a difference that is printed in percent ends."""


def account(
    edition: LoadedEdition, world: World, documents: Sequence[Document], memory: Memory | None = None
) -> tuple[Provenance, ...]:
    """All named numbers in the order of cijfers.yaml, then what is printed besides, in the order of printing. A
    `memory` makes it faster, and changes nothing else."""
    if memory is None:
        return _account(edition, world, [found for document in documents for found in number_uses(document)])
    found = [found for document in documents for found in number_uses(document, memory.uses)]
    printed = [(number, number.cell, use) for number, use in found]  # == passes over the cell of a number
    return memory.account(printed, world.totals, lambda: _account(edition, world, found))


def _account(edition: LoadedEdition, world: World, found: list[tuple[Number, Use]]) -> tuple[Provenance, ...]:
    printed: dict[str, Number] = {}
    uses: dict[str, dict[Use, None]] = defaultdict(dict)
    for number, use in found:
        printed.setdefault(number.id, number)
        uses[number.id][use] = None
    accountant = _Accountant(edition, world, {id_: tuple(found) for id_, found in uses.items()})
    named = [accountant.named(number) for number in world.numbers.values()]
    others = (accountant.printed(number) for id_, number in printed.items() if id_ not in world.numbers)
    return (*named, *others)


class _Accountant:
    """Accounts for the numbers of one edition. `uses` are the places of each number by id."""

    def __init__(self, edition: LoadedEdition, world: World, uses: Mapping[str, tuple[Use, ...]]):
        self.edition = edition
        self.world = world
        self.uses = uses

    # --- named numbers ------------------------------------------------------------------------------------------

    def named(self, number: NamedNumber) -> Provenance:
        """A number of cijfers.yaml."""
        cijfer = self.edition.numbers.cijfers[number.id]
        kind, data = _kind(cijfer)
        place = self._place(number, cijfer)
        computed = kind in ("kolom", "berekend")
        return Provenance(
            id=number.id,
            kind=kind,
            anchor=anchor(number.id),
            value=f"{number.value:f}" if number.value is not None else "",
            text=format_number(number.value, number.opmaak) if number.value is not None else number.missing,
            unit=number.opmaak.eenheid or "",
            peil=number.peil,
            peil_text=_moment(number.peil),
            data=data,
            file=place.file,
            line=place.line,
            row=place.row,
            column=place.column,
            reference=place.reference,
            formula=number.source.removeprefix(f"{place.file}, ") if computed else "",
            worked=self._worked(number.source, number.operands),
            operands=number.operands,
            source=self._citation(cijfer.bron or self._data_source(data)),
            description=cijfer.omschrijving or "",
            uses=self.uses.get(number.id, ()),
        )

    def _place(self, number: NamedNumber, cijfer: Cijfer) -> SourceCell:
        """Where a named number was read: its cell, the column, or its line in cijfers.yaml."""
        if cijfer.cel is not None:
            return source_cell(self.world.tables[cijfer.cel.data].cell(cijfer.cel.rij, cijfer.cel.kolom))
        column = cijfer.totaal or cijfer.maximum or cijfer.minimum or cijfer.rang
        if column is not None:
            row = show_key(cijfer.rang.rij) if cijfer.rang else ""
            return SourceCell(self.world.tables[column.data].path, 0, row, column.kolom)
        source = self.edition.numbers_source
        return SourceCell(source.path, source.mark(("cijfers", number.id), key=True).line, "", "")

    def _worked(self, text: str, operands: Sequence[str]) -> str:
        """A formula with the values of its operands filled in."""
        if not operands:
            return ""
        names = "|".join(re.escape(name) for name in sorted(operands, key=len, reverse=True))
        return re.sub(rf"(?<![\w.-])(?:{names})(?![\w-])", lambda match: self._value(match[0]), text)

    def _value(self, name: str) -> str:
        number = self.world.numbers[name]
        if number.value is None:
            return number.missing
        return format_number(number.value, Getalopmaak())

    # --- numbers without a name of their own --------------------------------------------------------------------

    def printed(self, number: Number) -> Provenance:
        """A cell or total of a table, or a difference that the text asks for."""
        if number.cell is not None:
            return self._cell(number, number.cell)
        if number.id in self.world.totals:
            return self._total(number)
        return self._difference(number)

    def _cell(self, number: Number, cell: SourceCell) -> Provenance:
        data = number.id.partition("[")[0]
        column = self.world.tables[data].columns.get(cell.column)
        return Provenance(
            id=number.id,
            kind="tabelcel",
            anchor="",
            value=number.value,
            text=number.text,
            unit=(column.opmaak.eenheid or "") if column else "",
            peil=cell.peil,
            peil_text=_moment(cell.peil),
            data=data,
            file=cell.file,
            line=cell.line,
            row=cell.row,
            column=cell.column,
            reference=cell.reference,
            source=self._citation(self._data_source(data)),
            uses=self.uses[number.id],
        )

    def _total(self, number: Number) -> Provenance:
        total = self.world.totals[number.id]
        table = self.world.tables[total.data]
        rows = ", ".join(map(show_key, total.rows))
        return Provenance(
            id=number.id,
            kind="tabeltotaal",
            anchor=anchor(number.id),
            value=number.value,
            text=number.text,
            unit=table.columns[total.column].opmaak.eenheid or "",
            peil=table.moment,
            peil_text=_moment(table.moment),
            data=total.data,
            file=table.path,
            column=total.column,
            formula=f"som van kolom '{total.column}' ({rows})",
            worked=" + ".join(_shown(table, key, total.column) for key in total.rows),
            source=self._citation(self._data_source(total.data)),
            uses=self.uses[number.id],
        )

    def _difference(self, number: Number) -> Provenance:
        names = number.id.removesuffix(PERCENT).split(MINUS)
        percent = number.id.endswith(PERCENT)
        text = formula("verandering" if percent else "verschil", names)
        opmaak = self.world.numbers[names[0]].opmaak
        unit = "%" if percent else "procentpunt" if opmaak.eenheid == "%" else opmaak.eenheid
        shown = opmaak.model_copy(update={"eenheid": unit, "afronden": None})
        if percent:
            shown = Getalopmaak(eenheid="%", decimalen=1)
        return Provenance(
            id=number.id,
            kind="verschil",
            anchor=anchor(number.id),
            value=number.value,
            text=format_number(Decimal(number.value), shown),
            unit=unit or "",
            formula=text,
            worked=self._worked(text, names),
            operands=tuple(names),
            uses=self.uses[number.id],
        )

    # --- what the files say -------------------------------------------------------------------------------------

    def _data_source(self, data: str) -> str:
        spec = self.edition.numbers.data.get(data)
        return (spec.bron if spec else None) or ""

    def _citation(self, name: str) -> str:
        """The source of a number in words: `bron` is an id of bronnen.yaml, or says it itself."""
        bron = self.world.citations.get(name)
        return citation(bron).text if bron else name


def anchor(name: str) -> str:
    """The id of a number in the register: letters, digits, points, hyphens and underscores."""
    words = re.sub(r"[^\w.-]+", "_", name.replace(MINUS, "_min_"))
    return f"cijfer-{words.strip('_')}"


def _kind(cijfer: Cijfer) -> tuple[str, str]:
    """The kind of origin, and the data file that it is in."""
    if cijfer.cel is not None:
        return "cel", cijfer.cel.data
    column = cijfer.totaal or cijfer.maximum or cijfer.minimum or cijfer.rang
    if column is not None:
        return "kolom", column.data
    return ("waarde" if cijfer.waarde is not None else "berekend"), ""


def _moment(peil: str) -> str:
    """A moment or period as a reader writes it: 31 december 2021, maart 2026 tot en met mei 2026; what is no date
    stays as it is."""
    first, slash, last = peil.partition("/")
    if slash and "-" in first and "-" in last:
        return f"{_moment(first)} tot en met {_moment(last)}"
    try:
        if re.fullmatch(r"\d{4}-\d{2}", peil):
            return format_date(date.fromisoformat(f"{peil}-01"), "maand")
        return format_date(date.fromisoformat(peil)) if re.fullmatch(r"\d{4}-\d{2}-\d{2}", peil) else peil
    except ValueError:
        return peil


def _shown(table: DataTable, key: tuple[str, ...], column: str) -> str:
    value = table.cell(key, column).value
    return format_number(value, Getalopmaak()) if isinstance(value, Decimal) else "–"
