"""From the text of a cell to its value: number, date, text, or a value that the source leaves open."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal

from halfjaarbericht.data.table import EXACT, Missing, Value
from halfjaarbericht.model.cijfers import Databestand, Datakolom
from halfjaarbericht.problems import nearest

MAX_DIGITS = 24

_PLAIN = re.compile(r"[-−]?[0-9]+(?:\.[0-9]+)?\Z")
_DUTCH = re.compile(r"[-−]?(?:[1-9][0-9]{0,2}(?:\.[0-9]{3})+|[0-9]+)(?:,[0-9]+)?\Z")
_LIKE_THOUSANDS = re.compile(r"[-−]?[1-9][0-9]{0,2}\.[0-9]{3}\Z")
_ISO_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}\Z")
_DAY_FIRST = re.compile(r"([0-9]{1,2})[-/.]([0-9]{1,2})[-/.]([0-9]{4})\Z")


class CellError(Exception):
    """The text of a cell is not what its column promises. `message` continues after the text of the cell."""

    def __init__(self, code: str, message: str, hint: str = ""):
        super().__init__(message)
        self.code = code
        self.message = message
        self.hint = hint


def parse_cell(text: str, column: Datakolom, spec: Databestand) -> Value:
    """The value of a cell without the white space around it; None when it is empty. Raises CellError."""
    text = text.strip()
    if not text:
        if column.verplicht:
            raise CellError("E416", "de cel is leeg, en deze kolom is verplicht")
        return None
    if text in spec.ontbrekend:
        return Missing(text)
    if column.soort == "tekst":
        return text
    return _date(text) if column.soort == "datum" else _number(text, column, spec)


def _number(text: str, column: Datakolom, spec: Databestand) -> Decimal:
    dutch = spec.getallen == "nederlands"
    if not (_DUTCH if dutch else _PLAIN).match(text):
        raise CellError("E413", f"'{shorten(text)}' is geen getal", _number_hint(text, spec))
    if len(text) > MAX_DIGITS and sum(map(str.isdigit, text)) > MAX_DIGITS:
        hint = f"een getal heeft hier hooguit {MAX_DIGITS} cijfers"
        raise CellError("E413", f"'{shorten(text)}' is geen getal", hint)
    if not dutch and not column.opmaak.decimalen and _LIKE_THOUSANDS.match(text):
        hint = f"schrijf {text.replace('.', '')}; is het een breuk, zet dan 'decimalen: 3' bij de opmaak"
        raise CellError("E414", f"'{text}' lijkt een duizendtal met een punt", hint)
    plain = text.replace(".", "").replace(",", ".") if dutch else text
    return _tidy(Decimal(plain.replace("−", "-")))


def _tidy(value: Decimal) -> Decimal:
    """The number without zeros at its end or a minus before 0: how a file writes it must not show anywhere."""
    whole = value.to_integral_value()
    return (whole if value == whole else value.normalize(EXACT)) + 0


def _number_hint(text: str, spec: Databestand) -> str:
    """The most likely reason, judged from the text alone."""
    alike = nearest(text.lower(), spec.ontbrekend)
    if alike:
        return f"bedoelde u '{alike}'?"
    other = _PLAIN if spec.getallen == "nederlands" else _DUTCH
    if other.match(text) and spec.getallen == "nederlands":
        return f"schrijf {text.replace('.', ',')}: dit bestand heeft 'getallen: nederlands'"
    if other.match(text):
        return "schrijf 1234.5, zonder punten om de duizend, of zet 'getallen: nederlands' bij dit bestand"
    if any(character.isdigit() for character in text):
        return "alleen cijfers; een eenheid, € of % hoort bij de opmaak van de kolom"
    return "geeft de bron hier geen getal, noem deze waarde dan onder 'ontbrekend'"


def _date(text: str) -> date:
    try:
        if _ISO_DATE.match(text):
            return date.fromisoformat(text)
    except ValueError:
        raise CellError("E415", f"'{text}' is geen bestaande datum") from None
    found = _DAY_FIRST.match(text)
    wanted = f"{found[3]}-{found[2]:0>2}-{found[1]:0>2}" if found else "jaar-maand-dag: 2022-12-15"
    raise CellError("E415", f"'{shorten(text)}' is geen datum", f"schrijf {wanted}")


def shorten(text: str) -> str:
    """The text as a message shows it."""
    return text if len(text) <= 40 else text[:39] + "…"
