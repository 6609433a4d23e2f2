"""Numbers that somebody typed in prose: which are amounts, that belong in cijfers.yaml, and which are names.

A year, a date, a time, an article, a citation, a telephone number or a kenmerk has digits but counts nothing.
Only amounts over twenty are told: smaller ones are mostly words, and seldom come from data.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

LIMIT = 20

_MONTH = "(?:januari|februari|maart|april|mei|juni|juli|augustus|september|oktober|november|december)"
_SCALES = {"duizend": 1000, "miljoen": 10**6, "mln": 10**6, "miljard": 10**9, "mld": 10**9}
_SCALE = re.compile(rf"\s+({'|'.join(_SCALES)})\b")
# A bare year is a year, unless what follows shows that it counts something.
_COUNTS = re.compile(rf"\s+(?:fte|euro|procent|personen|mensen|agenten|medewerkers|keer|{'|'.join(_SCALES)})\b")
# What joins the members of a list of references: artikelen 27, 28 en 31 tot en met 35.
_JOIN = r"\s*(?:,|;|-|–|\ben/of\b|\ben\b|\bof\b|\btot en met\b|\bt/m\b|\btot\b)\s*"
_ONE = (
    "artikel|art|lid|onderdeel|paragraaf|hoofdstuk|bijlage|tabel|figuur|noot|voetnoot|nr|nummer|dossier|dossiernummer|"
    "blz|pagina|bladzijde|p|kamernummer|zaal|kenmerk|postbus|vraag|item|begrotingsartikel|randnummer|overweging|week"
)
_MANY = (
    "artikelen|leden|onderdelen|paragrafen|hoofdstukken|bijlagen|tabellen|figuren|noten|voetnoten|nrs|nummers|dossiers|"
    "pagina's|bladzijden|pp|vragen|items|begrotingsartikelen|randnummers|overwegingen|weken"
)
_REFERENCE = r"\d(?:[\w.:/-]*\w)?"

# Everything in here is read past. What is longer comes first.
_NOT_COUNTING = re.compile(
    "|".join(
        [
            # markup: roles, calls of notes, the address of a link, bare addresses, the number of a list item
            r"\{[a-z]+\}`[^`]*`",
            r"\[\^[^\]]*\]",
            r"\]\([^)\s]*\)",
            r"(?:https?://|www\.|mailto:)\S+",
            r"\S+@\S+\.\w+",
            r"^[ >]*\d{1,3}[.)](?=[ \t])",
            # citations: Kamerstukken II 2021/22, 29628, nr. 1098; 29 628, nrs. 12 en 13
            r"\b(?:Kamerstuk(?:ken)?|Handelingen|Aanhangsel|Stb|Stcrt|Trb)\b\.?"
            r"(?:[\s,]+(?:Handelingen|TK|EK|[IVX]+|nrs?\.?|nummers?|items?|p\.|blz\.|en|\d[\w/–-]*|[A-Z]{1,2})(?![a-z]))+",
            r"\b\d{2}\s?\d{3}(?:[\s-][IVX]+)?,\s+nrs?\.?\s+\w+(?:(?:,|\s+en)\s+\d+)*",
            # dates and times
            rf"\b\d{{1,2}}(?:(?:{_JOIN}|\s+op\s+)\d{{1,2}})*\s+{_MONTH}\b(?:\s+\d{{4}}\b)?",
            r"(?<![\w.,])(?:\d{1,2}[-/]\d{1,2}[-/](?:\d{4}|\d{2})|\d{4}-\d{2}-\d{2})(?!\w)",
            r"(?<![\w.,:])[012]?\d:[0-5]\d(?!\d)",
            r"\b(?:om|vanaf|tot|na|voor|rond|tussen|van)\s+\d{1,2}(?:\s+(?:en|tot)\s+\d{1,2})?\s+uur\b",
            # names: emergency and telephone numbers, standards, '22 for 2022
            r"(?<![\w.,/-])24/7\b",
            rf"(?<![\w.,/€-])(?:112|113|144)(?![\w%/]|[.,]\d|{_COUNTS.pattern})",
            r"(?<![\w.,])(?:0\d{1,3}[ -]\d[\d -]*\d|\+\d{2}[ -]?[\d ]{6,}\d)",
            r"\b(?:ISO|NEN|IEC|ICAO)(?:[ /-](?:EN|IEC|ISO))*[ -]\d[\d:-]*",
            r"(?<!\w)['’]\d{2}\b",
            # references
            rf"\b(?i:{_MANY})\.?\s+{_REFERENCE}(?:{_JOIN}(?:nrs?\.\s+)?{_REFERENCE})*",
            rf"(?:\b(?i:{_ONE})\.?|§)\s+{_REFERENCE}",
        ]
    ),
    re.MULTILINE,
)
_WORD = re.compile(r"[^\s()\[\]{}\"“”„‘’*_~^|<>]+")
_NUMBER = r"\d+(?:[.,]\d+)*"
_AMOUNT = re.compile(rf"([€+±−≥≤±-]*)({_NUMBER})([%‰]?)(?:[-–/]({_NUMBER})([%‰]?))?(?:,-|(?<=[%‰])-\w+)?[.,;:!?…]*")
_YEARS = re.compile(r"(?:1[89]|2[01])\d\d(?:[-–/](?:\d{4}|\d{2,3}))?\Z")
_THOUSANDS = re.compile(r"\d{1,3}(?:\.\d{3})+(?:,\d+)?\Z")
_PLAIN = re.compile(r"(?:0|[1-9]\d{0,5})(?:,\d+)?\Z")
_LONG = re.compile(r"[1-9]\d{6,}\Z")


@dataclass(frozen=True, slots=True)
class TypedNumber:
    """A number as typed, and its place in the prose: line and column from 0."""

    line: int
    column: int
    text: str


@lru_cache(maxsize=8192)
def typed_numbers(text: str, names: tuple[str, ...] = ()) -> tuple[TypedNumber, ...]:
    """The amounts over twenty that are typed in prose. `names` are numbers that the author meant to type."""
    if not any(character.isdigit() for character in text):
        return ()
    masked = _NOT_COUNTING.sub(_blank, _without_names(text, names))
    return tuple(_place(text, start, end) for start, end in _amounts(masked))


def _without_names(text: str, names: tuple[str, ...]) -> str:
    """The text with the accepted numbers blanked; only whole ones, so that 112 is not found in 1.112."""
    for name in names:
        words = r"\s+".join(re.escape(word) for word in name.split())
        text = re.sub(rf"(?<![\w])(?<!\d[.,]){words}(?![\w%‰]|[.,]\d)", _blank, text)
    return text


def _blank(match: re.Match[str]) -> str:
    """As many characters that mean nothing, with the line ends kept, so that places stay true."""
    return re.sub(r"[^\n]", "|", match[0])


def _amounts(text: str) -> Iterator[tuple[int, int]]:
    """Where amounts start and end."""
    for word in _WORD.finditer(text):
        match = _AMOUNT.fullmatch(word[0])
        if match is None:
            continue
        after = word.start() + match.end(5 if match[4] else 3)
        euro = "€" in match[1] or bool(re.search(r"€\s*\Z", text[: word.start()]))
        sure = euro or bool(match[3] or match[5] or _COUNTS.match(text, after))
        span = match[2] + match[0][match.end(3) : match.end(4)] if match[4] else match[2]
        if not sure and _YEARS.match(span):
            continue
        scale = _SCALE.match(text, after)
        factor = _SCALES[scale[1]] if scale else 1
        values = [_value(part, sure) for part in (match[2], match[4]) if part]
        if any(value is not None and value * factor > LIMIT for value in values):
            yield word.start() + match.start(2), scale.end() if scale else after


def _value(digits: str, sure: bool) -> Decimal | None:
    """The value of Dutch digits; None for what is written as no amount is: 3.1.2, 0156, a kenmerk."""
    if _THOUSANDS.match(digits):
        return Decimal(digits.replace(".", "").replace(",", "."))
    if _PLAIN.match(digits) or (sure and _LONG.match(digits)):
        return Decimal(digits.replace(",", "."))
    return None


def _place(text: str, start: int, end: int) -> TypedNumber:
    before = text[:start]
    return TypedNumber(before.count("\n"), start - (before.rfind("\n") + 1), text[start:end].split("\n")[0])
