"""Numbers and amounts in Dutch: figures with their unit, numbers and differences in words.

House form: a point from 1.000, a decimal comma, U+2212 as minus sign, U+00A0 between figure and unit, the
euro sign before the amount, the percent sign closed up. Everything takes and keeps Decimal; rounding is half
up, away from zero. Babel writes the digits, but only after our own rounding: Babel rounds half to even.
"""

from __future__ import annotations

from contextlib import AbstractContextManager
from decimal import ROUND_HALF_UP, Context, Decimal, localcontext
from functools import cache, lru_cache
from typing import Literal

from babel import Locale
from babel.numbers import NumberPattern, format_decimal, parse_pattern

from halfjaarbericht.model.cijfers import Getalopmaak

NBSP = "\u00a0"
MINUS = "\u2212"
LOCALE = Locale.parse("nl_NL")

Scale = Literal["duizend", "miljoen", "miljard"]
DifferenceKind = Literal["meer", "hoger", "stijging", "kaal"]

_MOST_DECIMALS = 6
POWERS: dict[Scale, int] = {"duizend": 3, "miljoen": 6, "miljard": 9}
_LARGER: dict[Scale, Scale] = {"duizend": "miljoen", "miljoen": "miljard"}
_SHORT: dict[Scale, str] = {"miljoen": "mln.", "miljard": "mld."}
_CLOSED_UP = frozenset("%‰")

# fmt: off
_SMALL = [
    "nul", "één", "twee", "drie", "vier", "vijf", "zes", "zeven", "acht", "negen", "tien", "elf", "twaalf",
    "dertien", "veertien", "vijftien", "zestien", "zeventien", "achttien", "negentien", "twintig",
]
_TENS = [
    "dertig", "veertig", "vijftig", "zestig", "zeventig", "tachtig", "negentig",
]
_ORDINALS = [
    "eerste", "tweede", "derde", "vierde", "vijfde", "zesde", "zevende", "achtste", "negende", "tiende",
    "elfde", "twaalfde", "dertiende", "veertiende", "vijftiende", "zestiende", "zeventiende", "achttiende",
    "negentiende", "twintigste",
]
# fmt: on


def _number_words() -> dict[int, str]:
    tens = {10 * n: word for n, word in enumerate(_TENS, start=3)}
    words = dict(enumerate(_SMALL)) | tens | {100: "honderd", 1000: "duizend", 100_000: "honderdduizend"}
    words |= {n * 100: f"{_SMALL[n]}honderd" for n in range(2, 10)}
    return words | {n * 1000: f"{word}duizend" for n, word in words.items() if 1 < n < 100}


_WORDS = _number_words()


def round_half_up(value: Decimal, decimals: int) -> Decimal:
    """`value` rounded to `decimals` places, halves away from zero. Raises ValueError if it is not finite."""
    if not value.is_finite():
        raise ValueError(f"not a finite number: {value}")
    with _exact(value, decimals):
        rounded = value.quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)
    return rounded if rounded else rounded.copy_abs()


def divide_in_steps(value: Decimal, step: Decimal) -> tuple[Decimal, Decimal]:
    """How many times `step` goes into `value`, and what is left; exact, for a value of 0 or more."""
    with _exact(value, _exponent(value) + _exponent(step)):
        return divmod(value, step)


def round_to_step(value: Decimal, step: Decimal) -> Decimal:
    """The multiple of `step` nearest to `value`, halves away from zero. Raises ValueError if it is not finite."""
    if not value.is_finite():
        raise ValueError(f"not a finite number: {value}")
    steps, rest = divide_in_steps(value.copy_abs(), step)
    with _exact(value, _exponent(value) + _exponent(step)):
        size = (steps + (2 * rest >= step)) * step
    return size.copy_sign(value) if size else size.copy_abs()


def format_number(
    value: Decimal, opmaak: Getalopmaak, *, unit: bool = True, sign: bool = False, table: bool = False
) -> str:
    """`value` as it is printed: '3.603 fte', '€ 0,6 miljoen', '−277 fte', '6,5%' (with no-break spaces).

    `unit=False` leaves out the unit but keeps the word of the scale, which is part of the figure. `sign`
    writes a plus before a positive figure, as `plusteken` does. In a table the heading names the unit and the
    scale, so a cell keeps only the figure, the percent sign and the plus. `afronden` comes before the rest: 1000
    makes 12.000 of 12.345. Without `decimalen` a figure is as
    precise as its value needs, to six places; an amount in euros that needs one decimal gets two. Raises
    ValueError if `value` is not finite.
    """
    rounded, decimals, scale = _remembered(str(value), opmaak)
    if scale and not table:
        rounded, scale = _regroup(rounded, decimals, scale)
    figure = _figure(rounded, decimals, plus=sign or opmaak.plusteken)
    if scale and not table:
        figure += NBSP + scale
    return _with_unit(figure, opmaak.eenheid if unit else None, table)


def format_compact(value: Decimal, eenheid: str | None = None, *, decimals: int = 1, table: bool = False) -> str:
    """`value` with the scale that suits it, from one million: '€ 265 miljoen', in a table '€ 265 mln.'.

    At most `decimals` places; smaller values are written out in full. What rounds to 1.000 miljoen becomes
    1 miljard.
    """
    if value.copy_abs() < 10**6:
        return format_number(value, Getalopmaak(eenheid=eenheid))
    scale: Scale = "miljard" if round_half_up(_shift(value, 6), decimals).copy_abs() >= 1000 else "miljoen"
    rounded = round_half_up(_shift(value, POWERS[scale]), decimals)
    figure = _figure(rounded, _needed_decimals(rounded), plus=False)
    return _with_unit(f"{figure}{NBSP}{_SHORT[scale] if table else scale}", eenheid, table=False)


def column_unit(opmaak: Getalopmaak) -> str:
    """What the heading of a column says about its figures: 'fte', '€ mln.', '× € 1.000', or ''."""
    unit = opmaak.eenheid or ""
    if opmaak.schaal is None:
        return unit
    if opmaak.schaal == "duizend":
        amount = ["€", "1.000"] if unit == "€" else ["1.000", unit]
        return NBSP.join(part for part in ("×", *amount) if part)
    short = _SHORT[opmaak.schaal]
    return NBSP.join(part for part in ((unit, short) if unit == "€" else (short, unit)) if part)


def number_in_words(value: Decimal | int) -> str | None:
    """Dutch words for 0 to 20 and round numbers: tens, hundreds, thousands to 20.000, tens of thousands to
    100.000. None for any other number, which is written in figures."""
    number = Decimal(value)
    if not number.is_finite() or number != number.to_integral_value():
        return None
    return _WORDS.get(int(number))


def ordinal_in_words(number: int) -> str | None:
    """'eerste' to 'twintigste'; None outside 1 to 20."""
    return _ORDINALS[number - 1] if 1 <= number <= len(_ORDINALS) else None


_DIFFERENCES: dict[DifferenceKind, tuple[str, str, str, str]] = {
    "meer": ("{} meer", "{} minder", "evenveel", "nagenoeg evenveel"),
    "hoger": ("{} hoger", "{} lager", "gelijk", "nagenoeg gelijk"),
    "stijging": ("een stijging van {}", "een daling van {}", "geen verandering", "vrijwel geen verandering"),
    "kaal": ("{}", "{}", "{}", "{}"),
}


def difference_in_words(
    diff: Decimal, opmaak: Getalopmaak, kind: DifferenceKind = "meer", *, word: str = "", relative: bool = False
) -> str:
    """A difference with the word for its direction: '36 fte meer', '36 fte lager', 'een daling van 36 fte'.

    The figure itself carries no sign; `word` comes before it (ruim 40 fte meer). A difference between percentages
    is in percentage points, unless it is `relative`: a change in percent. Zero is 'evenveel', 'gelijk' or 'geen
    verandering'; a difference that only rounds to zero says so. kind 'kaal' is the figure alone.
    """
    up, down, zero, nearly_zero = _DIFFERENCES[kind]
    unit = "procentpunt" if opmaak.eenheid == "%" and not relative else opmaak.eenheid
    plain = opmaak.model_copy(update={"eenheid": unit, "plusteken": False})
    rounded, _, _ = _scaled(diff, opmaak)
    pattern = (up if rounded > 0 else down) if rounded else (nearly_zero if diff else zero)
    return pattern.format(f"{word} {format_number(diff.copy_abs(), plain)}".strip(" "))


def _scaled(value: Decimal, opmaak: Getalopmaak) -> tuple[Decimal, int, Scale | None]:
    """The figure to print, divided by its scale and rounded; its number of decimals; its scale."""
    scale = opmaak.schaal
    if opmaak.afronden is not None:
        value = round_to_step(value, opmaak.afronden)
    figure = _shift(value, POWERS[scale]) if scale else value
    if opmaak.decimalen is not None:
        return round_half_up(figure, opmaak.decimalen), opmaak.decimalen, scale
    rounded = round_half_up(figure, _MOST_DECIMALS)
    decimals = _needed_decimals(rounded)
    if decimals == 1 and opmaak.eenheid == "€" and not scale:
        decimals = 2
    return rounded, decimals, scale


def _needed_decimals(value: Decimal) -> int:
    """How many decimals it takes to write `value` exactly."""
    return len(f"{value:f}".partition(".")[2].rstrip("0"))


def _shift(value: Decimal, power: int) -> Decimal:
    """`value` divided by ten to the `power`."""
    with _exact(value):
        return value.scaleb(-power)


def _exact(value: Decimal, decimals: int = 0) -> AbstractContextManager[Context]:
    """A decimal context wide enough for every digit of `value`: the default of 28 digits rounds or raises."""
    digits = max(len(value.as_tuple().digits), value.adjusted() + 1, 1) if value.is_finite() else 1
    return localcontext(prec=digits + decimals + 2)


def _regroup(figure: Decimal, decimals: int, scale: Scale) -> tuple[Decimal, Scale]:
    """'1.000 miljoen' is '1 miljard': the larger scale, if that loses nothing of the rounded figure."""
    while figure.copy_abs() >= 1000 and scale in _LARGER:
        larger = _shift(figure, 3)
        if larger != round_half_up(larger, decimals):
            break
        figure, scale = larger, _LARGER[scale]
    return figure, scale


def _exponent(value: Decimal) -> int:
    """How many digits a number has before and after the point, at most."""
    exponent = value.as_tuple().exponent
    return abs(exponent if isinstance(exponent, int) else 0) + len(value.as_tuple().digits)


@cache
def _pattern(decimals: int) -> NumberPattern:
    return parse_pattern("#,##0" + ("." + "0" * decimals if decimals else ""))


def _figure(rounded: Decimal, decimals: int, *, plus: bool) -> str:
    text = _written(str(rounded.copy_abs()), decimals)
    if rounded < 0:
        return MINUS + text
    return f"+{text}" if plus and rounded > 0 else text


# The same figures are asked for again at each save in a preview. By their text: 1.5 and 1.50 are equal, and are not
# written alike.
@lru_cache(maxsize=8192)
def _remembered(digits: str, opmaak: Getalopmaak) -> tuple[Decimal, int, Scale | None]:
    return _scaled(Decimal(digits), opmaak)


@lru_cache(maxsize=8192)
def _written(digits: str, decimals: int) -> str:
    """A figure of 0 or more in the Dutch way. Babel's own rounding is off, and so is its hyphen for a minus."""
    value = Decimal(digits)
    with _exact(value, decimals):
        return str(format_decimal(value, _pattern(decimals), locale=LOCALE, decimal_quantization=False))


def _with_unit(figure: str, unit: str | None, table: bool) -> str:
    if not unit:
        return figure
    if unit in _CLOSED_UP:
        return figure + unit
    if table:
        return figure
    return f"€{NBSP}{figure}" if unit == "€" else f"{figure}{NBSP}{unit}"
