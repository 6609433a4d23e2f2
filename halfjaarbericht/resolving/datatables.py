"""The data files of an edition as tables; a series takes those of other editions too."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from halfjaarbericht.data.locator import Locator
from halfjaarbericht.data.momenten import at_moment
from halfjaarbericht.data.series import join_tables
from halfjaarbericht.data.table import DataTable
from halfjaarbericht.data.tableload import check_series_fields, load_table
from halfjaarbericht.model.cijfers import Databestand, Reeks
from halfjaarbericht.problems import Problem, did_you_mean
from halfjaarbericht.reading.andere import EditionNumbers
from halfjaarbericht.reading.load import LoadedEdition


def load_tables(edition: LoadedEdition) -> tuple[dict[str, DataTable], list[Problem]]:
    """Every declared data file and series that can be read, by id, and all problems."""
    loader = _Loader(edition)
    tables = {}
    for id_, spec in edition.numbers.data.items():
        table = loader.series(id_, spec, spec.reeks) if spec.reeks else loader.file(loader.own, id_)
        if table is not None:
            tables[id_] = table
    return tables, loader.problems


def data_files(edition: LoadedEdition) -> list[Path]:
    """The files that the numbers of an edition are read from: data, and what declares it in other editions."""
    files = []
    for spec in edition.numbers.data.values():
        if spec.bestand:
            files.append(edition.folder / spec.bestand)
        for name in spec.reeks.edities if spec.reeks else ():
            other = edition.others.get(name)
            theirs = other.numbers.data.get(spec.reeks.data) if other and spec.reeks else None
            if other and theirs and theirs.bestand:
                files += [other.folder / "cijfers.yaml", other.folder / theirs.bestand]
    return files


@dataclass(slots=True)
class _Loader:
    """Reads each file once, however many series it is part of."""

    edition: LoadedEdition
    problems: list[Problem] = field(default_factory=list)
    read: dict[tuple[str, str], DataTable | None] = field(default_factory=dict)

    @property
    def own(self) -> EditionNumbers:
        edition = self.edition
        return EditionNumbers(edition.folder, edition.name, edition.numbers, edition.numbers_source)

    def file(self, edition: EditionNumbers, id_: str) -> DataTable | None:
        """The table of a data file; None when it cannot be read, which has been told then."""
        known = (edition.name, id_)
        if known not in self.read:
            declared = Locator(edition.source.path, edition.source.where, ("data", id_))
            shown = f"{edition.folder.parent.name}/{edition.name}"
            spec = edition.numbers.data[id_]
            self.read[known], found = load_table(edition.folder, shown, id_, spec, declared=declared)
            self.problems += found
        return self.read[known]

    def series(self, id_: str, spec: Databestand, reeks: Reeks) -> DataTable | None:
        """The table of a series; None when something is wrong with it or with one of its files."""
        source = self.edition.numbers_source
        declared = Locator(source.path, source.where, ("data", id_))
        wrong = check_series_fields(spec, declared)
        for index, name in enumerate(reeks.edities):
            if name in reeks.edities[:index]:
                message = f"de editie {name} staat tweemaal in de reeks"
                wrong.append(declared.problem("E462", ("reeks", "edities", index), message, word=name))
        sources: dict[str, DataTable | None] = {}
        for name in sorted(set(reeks.edities)):
            other = self.own if name == self.edition.name else self.edition.others[name]
            problem = _unusable(other, reeks, declared)
            if problem:
                wrong.append(problem)
            elif not wrong:
                sources[name] = self._part(other, reeks, declared)
        self.problems += wrong
        tables = {name: table for name, table in sources.items() if table is not None}
        if wrong or len(tables) < len(sources):
            return None
        joined, found = join_tables(id_, spec, tables, declared)
        self.problems += found
        return joined

    def _part(self, edition: EditionNumbers, reeks: Reeks, declared: Locator) -> DataTable | None:
        """What an edition brings to a series: its table, or one row of it at its moment."""
        table = self.file(edition, reeks.data)
        if table is None or reeks.rij is None:
            return table
        day = edition.numbers.data[reeks.data].peildatum
        part, problem = at_moment(table, reeks.rij, day, edition.name, declared)
        self.problems += [problem] if problem else []
        return part


def _unusable(edition: EditionNumbers, reeks: Reeks, declared: Locator) -> Problem | None:
    """Why the data file that a series names in an edition cannot be part of it."""
    spec = edition.numbers.data.get(reeks.data)
    if spec is None:
        message = f"{edition.name} heeft geen databestand '{reeks.data}'"
        hint = did_you_mean(reeks.data, edition.numbers.data)
        return declared.problem("E460", ("reeks", "data"), message, hint, word=reeks.data)
    if spec.reeks:
        message = f"'{reeks.data}' is in {edition.name} zelf een reeks"
        hint = "noem hier het id van het bestand van elke editie; geef de reeks een ander id"
        return declared.problem("E461", ("reeks", "data"), message, hint, word=reeks.data)
    return None
