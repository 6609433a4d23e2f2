"""From what a cell of a spreadsheet stores to a value: the same as the text of that value in a CSV file gives."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from halfjaarbericht.data.cellvalue import CellError, parse_cell, shorten
from halfjaarbericht.data.table import Value
from halfjaarbericht.data.workbook import Fault, NoResult
from halfjaarbericht.model.cijfers import Databestand, Datakolom

_WRONG = {"getal": "E413", "datum": "E415", "tekst": "E417"}
_NOT = {"getal": "geen getal", "datum": "geen datum", "tekst": "geen tekst"}


def parse_stored(stored: Any, column: Datakolom, spec: Databestand) -> Value:
    """The value of a cell. Raises CellError when it is of another kind than its column, or holds no value."""
    check_result(stored)
    if stored is None or isinstance(stored, str):
        return _from_text((stored or "").strip(), column, spec)
    if isinstance(stored, bool):
        raise _wrong(column, _truth(stored), "")
    if isinstance(stored, int | float):
        if column.soort == "datum":
            raise _wrong(column, plain_number(stored), "geef de cel in het rekenblad een datumnotatie")
        return parse_cell(plain_number(stored), column, spec)
    if column.soort == "datum" and not isinstance(stored, time | timedelta):
        return _day(stored, column)
    hint = "geef de cel in het rekenblad de notatie Getal" if column.soort == "getal" else "geef haar 'soort: datum'"
    raise _wrong(column, _shown(stored), hint)


def stored_text(stored: Any) -> str:
    """What a cell says as heading or as key. Raises CellError when that cannot be known."""
    check_result(stored)
    if stored is None or isinstance(stored, str):
        return (stored or "").strip()
    if isinstance(stored, bool):
        raise _wrong(Datakolom(soort="tekst"), _truth(stored), "typ in de cel wat er hoort te staan")
    if isinstance(stored, int | float):
        return plain_number(stored)
    return _shown(stored)


def is_heading(stored: Any) -> bool:
    """Whether a cell has a text of its own: `stored_text` gives one, and not an empty one."""
    try:
        return bool(stored_text(stored))
    except CellError:
        return False


def plain_number(stored: int | float) -> str:
    """The number in plain figures. A spreadsheet shows 15 digits at most; what a float has beyond is no data:
    0.1 + 0.2 is stored as 0.30000000000000004."""
    return str(stored) if isinstance(stored, int) else f"{Decimal(format(stored, '.15g')):f}"


def check_result(stored: Any) -> None:
    """Raises CellError for a formula without a result, and for one that went wrong."""
    if isinstance(stored, Fault):
        hint = "herstel de formule in het rekenblad en bewaar het opnieuw"
        raise CellError("E456", f"de cel geeft de fout {stored.text}", hint)
    if isinstance(stored, NoResult):
        hint = "open het bestand in Excel, laat het rekenen en bewaar het; hoort de cel leeg te zijn, wis haar dan"
        raise CellError("E455", "de formule heeft in dit bestand geen uitkomst", hint)


def _from_text(text: str, column: Datakolom, spec: Databestand) -> Value:
    if column.soort != "getal" or not text or text in spec.ontbrekend:
        return parse_cell(text, column, spec)
    if any(character.isdigit() for character in text):
        hint = "typ het in het rekenblad opnieuw als getal, zonder eenheid, € of %"
    else:
        hint = "geeft de bron hier geen getal, noem deze waarde dan onder 'ontbrekend'"
    raise CellError("E413", f"'{shorten(text)}' is tekst en geen getal", hint)


def _day(stored: datetime | date, column: Datakolom) -> date:
    if not isinstance(stored, datetime):
        return stored
    if stored.time() != time():
        raise _wrong(column, _shown(stored), "laat in het rekenblad de tijd weg")
    return stored.date()


def _shown(stored: Any) -> str:
    """A date or time for a message, and a date as key: as ISO 8601."""
    if isinstance(stored, datetime) and stored.time() == time():
        return stored.date().isoformat()
    return str(stored)


def _truth(stored: bool) -> str:
    return "WAAR" if stored else "ONWAAR"


def _wrong(column: Datakolom, shown: str, hint: str) -> CellError:
    return CellError(_WRONG[column.soort], f"'{shown}' is {_NOT[column.soort]}", hint)
