"""Loads a data file of an edition, whichever kind it is, once its declaration makes sense."""

from __future__ import annotations

from pathlib import Path

from halfjaarbericht.data.csvdata import read_csv
from halfjaarbericht.data.datafile import Reading, ReadingError
from halfjaarbericht.data.locator import Locator
from halfjaarbericht.data.table import DataTable
from halfjaarbericht.data.xlsxdata import read_xlsx
from halfjaarbericht.model.cijfers import Databestand
from halfjaarbericht.problems import Problem

_FOR_XLSX = ("blad", "bereik")
_FOR_CSV = ("scheidingsteken", "getallen")
_FOR_FILES = (*_FOR_XLSX, *_FOR_CSV, "sleutel", "ontbrekend")


def load_table(
    folder: Path, rel_folder: str, id: str, spec: Databestand, *, declared: Locator | None = None
) -> tuple[DataTable | None, list[Problem]]:
    """Read the data file `id` of an edition: a .csv file, or a sheet of an .xlsx file.

    `folder` is the folder of the edition, `rel_folder` its path as shown in messages. `declared` is the place
    of the declaration in cijfers.yaml, with prefix ('data', id). Gives the table, or None when anything is
    wrong, and all problems.
    """
    name = spec.bestand or ""
    reading = Reading(f"{rel_folder}/{name}" if rel_folder else name, spec, declared)
    try:
        _check_fields(reading)
        read = read_xlsx if is_xlsx(spec) else read_csv
        table = read(reading, folder, id)
    except ReadingError:
        table = None
    return (None if reading.problems else table), reading.problems


def is_xlsx(spec: Databestand) -> bool:
    """Whether the file is read as a spreadsheet; older kinds too, for a sentence that says what to do."""
    return (spec.bestand or "").lower().endswith((".xlsx", ".xlsm", ".xls"))


def check_series_fields(spec: Databestand, declared: Locator) -> list[Problem]:
    """What a series declares that belongs with a file."""
    wrong = [name for name in ("bestand", *_FOR_FILES) if name in spec.model_fields_set]
    hint = "een reeks heeft alleen 'reeks', 'kolommen', 'bron' en 'peildatum'"
    message = "'{}' hoort bij een bestand, niet bij een reeks"
    return [declared.problem("E450", (name,), message.format(name), hint) for name in wrong]


def _check_fields(reading: Reading) -> None:
    """Complain when the declaration lacks a field, or has one of the other kind of file."""
    spec = reading.spec
    if not spec.bestand:
        reading.complain_declared("E450", (), "hier hoort een bestand of een reeks", "voeg 'bestand:' toe", "")
        raise ReadingError
    for name in ("sleutel", "kolommen"):
        if not getattr(spec, name):
            message = f"het verplichte veld '{name}' ontbreekt"
            reading.complain_declared("E202", (), message, f"voeg '{name}:' toe", "")
    for name in _FOR_CSV if is_xlsx(spec) else _FOR_XLSX:
        if name in spec.model_fields_set:
            message = f"'{name}' hoort bij een {'CSV' if is_xlsx(spec) else '.xlsx'}-bestand"
            reading.complain_declared("E450", (name,), message, "haal het weg", name)
    if reading.problems:
        raise ReadingError
