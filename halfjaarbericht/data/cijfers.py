"""The named numbers of an edition: from data or computed from each other, and compared with the source."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from decimal import ROUND_UP, Context, Decimal, localcontext
from graphlib import CycleError, TopologicalSorter

from halfjaarbericht.data.cijfertabel import TableCell, TableRow, TableRows, table_rows
from halfjaarbericht.data.compute import COMPUTED, KINDS, Kind, NoQuotient, compute, formula, operands
from halfjaarbericht.data.datanumbers import DataNumbers, NamedNumber
from halfjaarbericht.data.locator import KeyPath, Locator, Place
from halfjaarbericht.data.table import DataTable, show_number
from halfjaarbericht.data.tableload import load_table
from halfjaarbericht.model.cijfers import Cijfer, Cijfers
from halfjaarbericht.problems import Problem, did_you_mean

LARGEST = 30
SMALLEST = -100
"""Powers of ten between which a number lies; beyond is a slip of the keyboard. SMALLEST is far below what is
printed, because a difference of two ratios may leave a trace where an exact 0 was meant."""

_SHOWN_IN_CYCLE = 12


def evaluate(
    cijfers: Cijfers, tables: Mapping[str, DataTable], place: Place, path: str = "cijfers.yaml"
) -> tuple[dict[str, NamedNumber], list[Problem]]:
    """Compute every named number, in the order of the file.

    `tables` are the data files that could be read; a number from another declared file is left out silently,
    for that file has its own problems. So is a number computed from one that failed: each fault is told once.
    `place` and `path` locate keys of cijfers.yaml, such as ('cijfers', 'wijkagenten.boven', 'verschil', 0).
    """
    evaluation = _Evaluation(cijfers, tables, Locator(path, place))
    with localcontext(Context(prec=60)):
        evaluation.run()
    numbers = evaluation.numbers
    return {id: numbers[id] for id in cijfers.cijfers if id in numbers}, sorted(evaluation.problems)


@dataclass(slots=True)
class _Evaluation:
    """One run over cijfers.yaml."""

    cijfers: Cijfers
    tables: Mapping[str, DataTable]
    locator: Locator
    numbers: dict[str, NamedNumber] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def run(self) -> None:
        """Evaluate in an order in which every number comes after those it is computed from."""
        graph: dict[str, tuple[str, ...]] = {}
        for id in self.cijfers.cijfers:
            graph[id] = self._known_operands(id)
        sorter = TopologicalSorter(graph)
        with suppress(CycleError):  # the sorter still gives every number that no cycle holds up
            sorter.prepare()
        done: set[str] = set()
        while sorter.is_active():
            for id in sorter.get_ready():
                self._evaluate(id)
                done.add(id)
                sorter.done(id)
        self._report_cycles({id: graph[id] for id in sorted(graph) if id not in done})

    def _complain(self, code: str, id: str, at: KeyPath, message: str, hint: str = "", word: str = "") -> None:
        problem = self.locator.problem(code, ("cijfers", id, *at), f"cijfer '{id}': {message}", hint, word=word)
        self.problems.append(problem)

    def _known_operands(self, id: str) -> tuple[str, ...]:
        """The ids that a number is computed from, without unknown ones: those are told here."""
        known = []
        for kind in COMPUTED:
            for index, operand in enumerate(operands(self.cijfers.cijfers[id], kind)):
                if operand in self.cijfers.cijfers:
                    known.append(operand)
                    continue
                hint = did_you_mean(operand, self.cijfers.cijfers)
                self._complain("E421", id, (kind, index), f"het cijfer '{operand}' bestaat niet", hint, operand)
        return tuple(known)

    def _report_cycles(self, graph: Mapping[str, tuple[str, ...]]) -> None:
        """Tell each cycle once; every number in `graph` is in a cycle or is computed from one that is."""
        seen: set[str] = set()
        for start in graph:
            walk: dict[str, None] = {}
            id = start
            while id not in seen:
                seen.add(id)
                walk[id] = None
                id = next(operand for operand in graph[id] if operand in graph)
            if id in walk:
                cycle = list(walk)[list(walk).index(id) :]
                first = cycle.index(min(cycle))
                self._report_cycle([*cycle[first:], *cycle[:first]])

    def _report_cycle(self, cycle: list[str]) -> None:
        shown = [*cycle, cycle[0]]
        if len(shown) > _SHOWN_IN_CYCLE:
            shown = [*shown[: _SHOWN_IN_CYCLE - 1], "…", cycle[0]]
        hint = "geef één van deze cijfers een waarde of een cel"
        self._complain("E422", cycle[0], (), f"wordt uit zichzelf berekend: {' → '.join(shown)}", hint, cycle[0])

    def _evaluate(self, id: str) -> None:
        cijfer = self.cijfers.cijfers[id]
        kinds = [kind for kind in KINDS if getattr(cijfer, kind) is not None]
        if len(kinds) != 1:
            what = f"heeft zowel {' als '.join(kinds)}" if kinds else "zegt niet wat het getal is"
            self._complain("E420", id, (), what, f"geef precies één van {', '.join(KINDS)}", id)
            return
        kind = kinds[0]
        number = self._of_kind(id, cijfer, kind)
        if number is None:
            return
        if number.value is not None and _out_of_bounds(number.value):
            self._complain("E430", id, (kind,), "het getal is te groot of te klein")
            return
        self.numbers[id] = number
        self._compare(number, cijfer)

    def _of_kind(self, id: str, cijfer: Cijfer, kind: Kind) -> NamedNumber | None:
        data = DataNumbers(self.cijfers, self.tables, self._complain)
        if cijfer.cel is not None:
            return data.cell(id, cijfer, cijfer.cel)
        if cijfer.rang is not None:
            return data.rank(id, cijfer, cijfer.rang)
        column = cijfer.totaal or cijfer.maximum or cijfer.minimum
        if column is not None:
            return data.of_column(id, cijfer, kind, column)
        if cijfer.waarde is not None:
            return NamedNumber(id, cijfer.waarde, cijfer.opmaak, cijfer.peil or "", self.locator.path)
        return self._computed(id, cijfer, kind)

    def _computed(self, id: str, cijfer: Cijfer, kind: Kind) -> NamedNumber | None:
        names = operands(cijfer, kind)
        if not all(operand in self.numbers for operand in names):
            return None
        values = [self.numbers[operand].value for operand in names]
        for index, (operand, value) in enumerate(zip(names, values, strict=True)):
            if value is None:
                message = f"met '{operand}' is niet te rekenen: de bron geeft '{self.numbers[operand].missing}'"
                self._complain("E428", id, (kind, index), message, word=operand)
        numbers = [value for value in values if value is not None]
        if len(numbers) < len(values):
            return None
        try:
            value = compute(kind, numbers, names)
        except NoQuotient as error:
            self._complain(error.code, id, (kind, 1), error.message, word=names[1])
            return None
        source = formula(kind, names)
        return NamedNumber(id, value, cijfer.opmaak, cijfer.peil or "", source, operands=names, kind=kind)

    def _compare(self, number: NamedNumber, cijfer: Cijfer) -> None:
        """Complain when the number is not what the source states."""
        stated, tolerance = cijfer.vermeld, cijfer.tolerantie
        if tolerance < 0 or _out_of_bounds(tolerance) or (stated and _out_of_bounds(stated)):
            at = ("vermeld",) if stated and _out_of_bounds(stated) else ("tolerantie",)
            self._complain("E430", number.id, at, f"'{at[0]}' is te groot, te klein of negatief")
            return
        if stated is None or number.value is None or abs(number.value - stated) <= tolerance:
            if cijfer.afwijking:
                hint = "haal 'afwijking' weg, of vul in wat de bron vermeldt"
                self._complain("E431", number.id, ("afwijking",), "er is hier geen afwijking van de bron", hint)
            return
        deviation = abs(number.value - stated)
        enough = deviation.quantize(Decimal(1).scaleb(min(deviation.adjusted() - 1, 0)), rounding=ROUND_UP)
        rounding = f"is het afronding, zet 'tolerantie: {enough.normalize():f}'"
        hint = f"is de bron bijgewerkt, pas dan 'vermeld' aan; {rounding}"
        ours = "berekend is" if number.operands else "hier is het"
        computed = f"{ours} {show_number(number.value)} ({number.source})"
        message = f"de bron vermeldt {show_number(stated)}, {computed}"
        place = ("cijfers", number.id, "vermeld")
        if cijfer.afwijking:
            problem = self.locator.problem("A401", place, message, cijfer.afwijking)
            self.problems.append(replace(problem, severity="aanvaard"))
            return
        # A warning: who updates a cell wants to see the text follow before the source's own statement does.
        message = f"cijfer '{number.id}': {message}"
        problem = self.locator.problem("W429", place, message, hint, word=str(stated))
        self.problems.append(replace(problem, severity="waarschuwing"))


def _out_of_bounds(value: Decimal | int) -> bool:
    number = Decimal(value)
    return not number.is_finite() or (number != 0 and not SMALLEST <= number.adjusted() < LARGEST)


__all__ = [
    "KINDS",
    "NamedNumber",
    "TableCell",
    "TableRow",
    "TableRows",
    "evaluate",
    "load_table",
    "operands",
    "table_rows",
]
