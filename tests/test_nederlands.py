"""Dutch numbers, dates, names and capitals."""

from __future__ import annotations

import re
import shlex
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal, localcontext
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from halfjaarbericht.language import nederlands
from halfjaarbericht.language.getallen import round_half_up, round_to_step
from halfjaarbericht.language.precisie import Contradiction, NoStep, display_step, with_precision
from halfjaarbericht.model.cijfers import Getalopmaak
from halfjaarbericht.model.secties import Indiener
from tests.fixtures_lezer import Case, check, parameters


def words_of(line: str) -> tuple[list[str], dict[str, str]]:
    """'1178 eenheid=fte tabel' → ['1178', 'tabel'], {'eenheid': 'fte'}."""
    parts = shlex.split(line)
    options = dict(part.split("=", 1) for part in parts if "=" in part)
    return [part for part in parts if "=" not in part], options


def opmaak_of(options: dict[str, str]) -> Getalopmaak:
    fields: dict[str, Any] = {key: value for key, value in options.items() if key in Getalopmaak.model_fields}
    if "plusteken" in fields:
        fields["plusteken"] = fields["plusteken"] == "ja"
    return Getalopmaak.model_validate(fields)


def number_line(line: str) -> str:
    (value, *how), options = words_of(line)
    assert set(how) <= {"kaal", "plus", "tabel"}
    return nederlands.format_number(
        Decimal(value), opmaak_of(options), unit="kaal" not in how, sign="plus" in how, table="tabel" in how
    )


def compact_line(line: str) -> str:
    (value, *how), options = words_of(line)
    return nederlands.format_compact(
        Decimal(value), options.get("eenheid"), decimals=int(options.get("decimals", 1)), table="tabel" in how
    )


def difference_line(line: str) -> str:
    (value,), options = words_of(line)
    kind: Any = options.pop("soort", "meer")
    word, relative = options.pop("woord", ""), options.pop("relatief", "") == "ja"
    return nederlands.difference_in_words(Decimal(value), opmaak_of(options), kind, word=word, relative=relative)


def precision_line(line: str) -> str:
    (value, given), options = words_of(line)
    word: Any = given
    try:
        rounded, chosen = with_precision(Decimal(value), opmaak_of(options), word)
    except NoStep:
        return "! geen afronding"
    except Contradiction as error:
        return f"! {error.message}" + (f" ({error.fitting})" if error.fitting else "")
    return f"{chosen} {nederlands.format_number(rounded, opmaak_of(options))}".strip(" ")


def date_line(line: str) -> str:
    day, style, *reference = line.split()
    known: Any = style
    return nederlands.format_date(
        date.fromisoformat(day), known, reference=date.fromisoformat(reference[0]) if reference else None
    )


def members_of(text: str) -> str:
    rows = [[field.strip() for field in line.split("|")] + ["", ""] for line in text.splitlines()]
    return nederlands.members(tuple(Indiener(naam=row[0], fractie=row[1] or None, cs=row[2] == "c.s.") for row in rows))


def per_line(case: Case, line_outcome: Any) -> str:
    return "\n".join(line_outcome(line) for line in case.given.splitlines())


@pytest.mark.parametrize("case", parameters("getallen.md"))
def test_numbers(case: Case, update: bool) -> None:
    check(case, per_line(case, number_line), update)


@pytest.mark.parametrize("case", parameters("precisie.md"))
def test_words_for_precision(case: Case, update: bool) -> None:
    check(case, per_line(case, precision_line), update)


@pytest.mark.parametrize("case", parameters("compact.md"))
def test_compact_numbers(case: Case, update: bool) -> None:
    check(case, per_line(case, compact_line), update)


@pytest.mark.parametrize("case", parameters("kolomkoppen.md"))
def test_units_in_headings(case: Case, update: bool) -> None:
    check(case, per_line(case, lambda line: nederlands.column_unit(opmaak_of(words_of(line)[1]))), update)


@pytest.mark.parametrize("case", parameters("woorden.md"))
def test_numbers_in_words(case: Case, update: bool) -> None:
    check(case, per_line(case, lambda line: nederlands.number_in_words(Decimal(line)) or "-"), update)


@pytest.mark.parametrize("case", parameters("verschillen.md"))
def test_differences(case: Case, update: bool) -> None:
    check(case, per_line(case, difference_line), update)


@pytest.mark.parametrize("case", parameters("datums.md"))
def test_dates(case: Case, update: bool) -> None:
    check(case, per_line(case, date_line), update)


@pytest.mark.parametrize("case", parameters("namen.md"))
def test_members(case: Case, update: bool) -> None:
    check(case, members_of(case.given), update)


@pytest.mark.parametrize("case", parameters("hoofdletters.md"))
def test_capitals(case: Case, update: bool) -> None:
    check(case, per_line(case, nederlands.capitalise), update)


# --- numbers: properties ---

values = st.decimals(min_value=-(10**15), max_value=10**15, allow_nan=False, allow_infinity=False)
units = st.sampled_from([None, "fte", "%", "€", "uur per jaar", "inwoners"])
places = st.integers(min_value=0, max_value=6)
POWERS = {None: 0, "duizend": 3, "miljoen": 6, "miljard": 9}
FIGURE = re.compile(r"([+−]?)(\d{1,3}(?:\.\d{3})*)(?:,(\d+))?")


def parse_dutch(figure: str) -> Decimal:
    """A figure read by the rules of Dutch, strictly: points only between groups of three."""
    match = FIGURE.fullmatch(figure)
    assert match, figure
    sign, whole, fraction = match.groups()
    value = Decimal(f"{whole.replace('.', '')}.{fraction or '0'}")
    return -value if sign == "−" else value


@given(values, places)
def test_a_figure_reads_back_as_the_rounded_value(value: Decimal, decimals: int) -> None:
    text = nederlands.format_number(value, Getalopmaak(decimalen=decimals))
    expected = value.quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)
    assert parse_dutch(text) == expected
    assert len(text.partition(",")[2]) == decimals
    assert not (text.startswith("−") and expected == 0)


@given(values)
def test_without_decimals_a_figure_is_exact_to_six_places(value: Decimal) -> None:
    text = nederlands.format_number(value, Getalopmaak())
    assert parse_dutch(text) == value.quantize(Decimal("0.000001"), rounding=ROUND_HALF_UP)
    assert "," not in text or text[-1] != "0"


@given(values, units, places | st.none(), st.sampled_from(list(POWERS)), st.booleans())
def test_no_plain_space_between_figure_and_unit(
    value: Decimal, unit: str | None, decimals: int | None, scale: Any, sign: bool
) -> None:
    opmaak = Getalopmaak(eenheid=unit, decimalen=decimals, schaal=scale)
    text = nederlands.format_number(value, opmaak, sign=sign)
    assert not re.search(r"[\d€] |(?:duizend|miljoen|miljard) ", text)
    assert "-" not in text
    cell = nederlands.format_number(value, opmaak, sign=sign, table=True)
    assert FIGURE.fullmatch(cell.removesuffix("%"))


@given(values, places, st.sampled_from(["duizend", "miljoen", "miljard"]))
def test_regrouping_keeps_the_amount(value: Decimal, decimals: int, scale: Any) -> None:
    opmaak = Getalopmaak(decimalen=decimals, schaal=scale)
    figure, word = nederlands.format_number(value, opmaak).split("\u00a0")
    cell = nederlands.format_number(value, opmaak, table=True)
    assert parse_dutch(figure).scaleb(POWERS[word]) == parse_dutch(cell).scaleb(POWERS[scale])


@given(values)
def test_a_compact_figure_is_below_a_thousand_and_near_the_value(value: Decimal) -> None:
    text = nederlands.format_compact(value)
    figure, _, word = text.partition("\u00a0")
    assert bool(word) == (abs(value) >= 10**6)
    if word:
        parsed = parse_dutch(figure)
        power = POWERS[word]
        assert word == "miljard" or 1 <= abs(parsed) < 1000
        assert abs(parsed.scaleb(power) - value) <= Decimal("0.05").scaleb(power)


@given(values, st.sampled_from(["meer", "hoger", "stijging", "kaal"]))
def test_a_difference_has_words_instead_of_a_sign(diff: Decimal, kind: Any) -> None:
    opmaak = Getalopmaak(eenheid="fte", decimalen=1)
    text = nederlands.difference_in_words(diff, opmaak, kind)
    assert not re.search(r"[−+-]", text)
    rise = any(word in text for word in ("meer", "hoger", "stijging"))
    fall = any(word in text for word in ("minder", "lager", "daling"))
    rounded = round_half_up(diff, 1)
    if kind != "kaal":
        assert (rise, fall) == (rounded > 0, rounded < 0)


def test_rounding_never_gives_minus_zero() -> None:
    assert str(round_half_up(Decimal("-0.4"), 0)) == "0"
    assert str(round_half_up(Decimal("-0.5"), 0)) == "-1"


@pytest.mark.parametrize("value", ["NaN", "Infinity", "-Infinity"])
def test_a_figure_must_be_finite(value: str) -> None:
    with pytest.raises(ValueError, match="finite"):
        nederlands.format_number(Decimal(value), Getalopmaak())
    assert nederlands.number_in_words(Decimal(value)) is None


@pytest.mark.parametrize(("number", "word"), [(1, "eerste"), (8, "achtste"), (20, "twintigste"), (0, None), (21, None)])
def test_ordinals(number: int, word: str | None) -> None:
    assert nederlands.ordinal_in_words(number) == word


# --- lists and years ---


@pytest.mark.parametrize(
    ("items", "text"),
    [
        ([], ""),
        (["a"], "a"),
        (["a", "b"], "a en b"),
        (["a", "b", "c"], "a, b en c"),
        (list("abcd"), "a, b, c en d"),
    ],
)
def test_lists(items: list[str], text: str) -> None:
    assert nederlands.join_list(items) == text


@pytest.mark.parametrize(
    ("day", "year"),
    [
        ("2021-09-20", "2020-2021"),
        ("2021-09-21", "2021-2022"),  # the third Tuesday
        ("2020-09-14", "2019-2020"),
        ("2020-09-15", "2020-2021"),  # the earliest it can be
        ("2026-09-15", "2026-2027"),
        ("2022-06-20", "2021-2022"),
        ("2021-06-29", "2020-2021"),
        ("2019-12-31", "2019-2020"),
        ("2020-01-01", "2019-2020"),
    ],
)
def test_parliamentary_years(day: str, year: str) -> None:
    assert nederlands.parliamentary_year(date.fromisoformat(day)) == year


@given(st.dates(min_value=date(1950, 1, 1), max_value=date(2100, 1, 1)))
def test_a_parliamentary_year_begins_on_a_third_tuesday(day: date) -> None:
    begins = nederlands.parliamentary_year(day) != nederlands.parliamentary_year(day - timedelta(days=1))
    assert begins == (day.month == 9 and day.weekday() == 1 and 15 <= day.day <= 21)


# --- rounding to a step ---

steps = st.sampled_from([Decimal(text) for text in ("0.1", "0.5", "3", "10", "25", "1000", "1000000")])


@given(values, steps)
def test_a_figure_is_rounded_to_the_nearest_step(value: Decimal, step: Decimal) -> None:
    rounded = round_to_step(value, step)
    with localcontext(prec=80):
        assert rounded % step == 0
        assert abs(rounded - value) <= step / 2
        assert rounded in (0, abs(rounded).copy_sign(value))


@given(values, steps)
def test_no_word_for_precision_is_untrue(value: Decimal, step: Decimal) -> None:
    opmaak = Getalopmaak(afronden=step)
    assert display_step(opmaak) == step
    rounded, word = with_precision(value, opmaak, "precisie")
    size = abs(rounded)
    with localcontext(prec=80):
        assert abs(size - abs(value)) <= (step if size == step else step / 2)
    assert word == ("" if size == abs(value) else "ruim" if size < abs(value) else "bijna")
    if word:
        assert with_precision(value, opmaak, "ruim" if word == "ruim" else "bijna") == (rounded, word)
    else:
        for wrong in ("ruim", "bijna", "circa"):
            with pytest.raises(Contradiction):
                with_precision(value, opmaak, wrong)  # type: ignore[arg-type]
