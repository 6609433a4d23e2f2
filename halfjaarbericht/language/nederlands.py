"""Dutch for the text of a report: dates, lists, names of Members and capitals; numbers come from getallen.py.

Pure functions: the reference date of a relative date is an argument, nothing looks at the clock.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import Literal

from babel import dates, lists

from halfjaarbericht.language.getallen import (
    LOCALE,
    MINUS,
    NBSP,
    DifferenceKind,
    column_unit,
    difference_in_words,
    format_compact,
    format_number,
    number_in_words,
    ordinal_in_words,
    round_half_up,
)
from halfjaarbericht.model.secties import Indiener

DateStyle = Literal["lang", "kort", "zonder_jaar", "maand", "jl", "kwartaal", "kwartaal_kort"]

# 'Q' stands between quotes because Babel's own QQQ gives K3, which nobody in government writes.
_PATTERNS = {
    "lang": "d MMMM y",
    "kort": "dd-MM-yyyy",
    "zonder_jaar": "d MMMM",
    "maand": "MMMM y",
    "kwartaal_kort": "'Q'Q y",
}
# Prefixes of Dutch surnames; 'el', 'la' and the like keep the capital that their bearer writes.
# fmt: off
_PREFIXES = frozenset([
    "van", "de", "den", "der", "het", "'t", "ten", "ter", "te", "in", "op", "aan", "uit", "over", "bij",
])
# fmt: on
_TUESDAY = 1


def format_date(day: date, style: DateStyle = "lang", *, reference: date | None = None) -> str:
    """A date as text: lang '15 december 2022', kort '15-12-2022', zonder_jaar '15 december', maand
    'december 2022', jl '4 november jl.', kwartaal 'vierde kwartaal van 2022', kwartaal_kort 'Q4 2022'.

    'jl.' holds for a day less than twelve months before `reference`, the date of the document; for any other
    day, or without a reference, style jl gives the full date.
    """
    if style == "jl":
        if reference is not None and _a_year_before(reference) < day < reference:
            return f"{format_date(day, 'zonder_jaar')} jl."
        return format_date(day, "lang")
    if style == "kwartaal":
        return f"{ordinal_in_words((day.month + 2) // 3)} kwartaal van {day.year}"
    return dates.format_date(day, _PATTERNS[style], locale=LOCALE)


def join_list(items: Sequence[str]) -> str:
    """'a, b en c': no comma before 'en'. Nothing gives ''."""
    return lists.format_list(items, locale=LOCALE) if items else ""


def member_name(name: str) -> str:
    """A surname with the capital it takes: 'Van der Werf' alone, 'Diederik van Dijk' after a first name."""
    words = name.replace("’", "'").split()
    if not words:
        return ""
    surname = next((i for i, word in enumerate(words) if word.lower() not in _PREFIXES), len(words) - 1)
    if surname:
        prefixes = " ".join(words[:surname]).lower()
        words = [prefixes[0].upper() + prefixes[1:], capitalise(words[surname]), *words[surname + 1 :]]
    else:
        middle = [word.lower() if word.lower() in _PREFIXES else word for word in words[1:-1]]
        words = [words[0], *middle, *words[1:][-1:]]
    return " ".join(words).replace("'", "’")


def members(indieners: Iterable[Indiener]) -> str:
    """Members as text: 'het lid Bisschop (SGP) c.s.', 'de leden Van Nispen (SP) en Mutluer
    (GroenLinks-PvdA)'; '' without members."""
    names = [_member(indiener) for indiener in indieners]
    if not names:
        return ""
    return f"{'het lid' if len(names) == 1 else 'de leden'} {join_list(names)}"


def parliamentary_year(day: date) -> str:
    """The vergaderjaar that `day` falls in, '2021-2022'. A new one begins on the third Tuesday of September
    (article 65 of the Grondwet)."""
    first = date(day.year, 9, 1)
    third_tuesday = first + timedelta(days=(_TUESDAY - first.weekday()) % 7 + 14)
    start = day.year if day >= third_tuesday else day.year - 1
    return f"{start}-{start + 1}"


def capitalise(text: str) -> str:
    """`text` with a capital at the start of the sentence: IJ is one letter, 'één' becomes 'Eén', after an
    abbreviated word as in 's ochtends the next word takes it; a figure stays as it is."""
    match = re.match(r"""((?:[‘“"«(\[]|'(?![a-z]\s))*)(['’][a-z]\s+)?(ij|éé|[^\W\d_])?""", text)
    assert match is not None  # every part is optional
    opening, short, letter = match.group(1), match.group(2) or "", match.group(3) or ""
    capital = "Eé" if letter == "éé" else letter.upper()
    return opening + short + capital + text[match.end() :]


def _a_year_before(day: date) -> date:
    try:
        return day.replace(year=day.year - 1)
    except ValueError:  # 29 February
        return day.replace(year=day.year - 1, day=28)


def _member(indiener: Indiener) -> str:
    party = f" ({indiener.fractie})" if indiener.fractie else ""
    return member_name(indiener.naam) + party + (" c.s." if indiener.cs else "")


__all__ = [
    "LOCALE",
    "MINUS",
    "NBSP",
    "DateStyle",
    "DifferenceKind",
    "capitalise",
    "column_unit",
    "difference_in_words",
    "format_compact",
    "format_date",
    "format_number",
    "join_list",
    "member_name",
    "members",
    "number_in_words",
    "ordinal_in_words",
    "parliamentary_year",
    "round_half_up",
]
