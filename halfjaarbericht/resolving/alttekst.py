"""The text alternative of a chart, made from its data: kind, what, range in time, highest, lowest and trend.

It tells what somebody who sees the chart takes from it, so that nobody has to write it and it never lags behind the
data. Rule: WCAG 2.2, success criterion 1.1.1.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from halfjaarbericht.grafiek import Chart, ChartPoint, ChartSeries, ChartTarget, ChartValue, Headlines
from halfjaarbericht.language.getallen import NBSP, difference_in_words, format_number, number_in_words
from halfjaarbericht.language.nederlands import capitalise, format_date, join_list
from halfjaarbericht.model.cijfers import Getalopmaak

LISTED = 8
"""So many values of categories are listed; of more only the highest and the lowest."""

_KINDS = {
    "lijn": "Lijngrafiek",
    "staaf": "Staafdiagram",
    "liggend": "Staafdiagram",
    "gestapeld": "Gestapeld staafdiagram",
    "gegroepeerd": "Gegroepeerd staafdiagram",
}
_MONTHS = "januari februari maart april mei juni juli augustus september oktober november december".split()
_MOMENT = re.compile(rf"(?:(?:begin|eind|medio|ultimo|{'|'.join(_MONTHS)}) )?(?:19|20)\d\d(?: e\.v\.)?\Z", re.I)
_WITHOUT_PREPOSITION = ("begin ", "eind ", "half ", "medio ", "ultimo ")

Known = tuple[ChartPoint, Decimal]


def headline_text(headlines: Headlines) -> str:
    """'Kerngetallen: 3.568 fte aan wijkagenten (36 meer dan in 2023); …'"""
    parts = []
    for item in headlines.items:
        figure = f"{item.figure}{NBSP}{item.unit}" if item.unit else item.figure
        comparison = f"({item.comparison})" if item.comparison else ""
        parts.append(" ".join(part for part in (item.word, figure, item.label, comparison) if part))
    return f"{'Kerngetal' if len(parts) == 1 else 'Kerngetallen'}: {'; '.join(parts)}."


def chart_text(chart: Chart, caption: str, formats: Sequence[Getalopmaak]) -> str:
    """The text alternative of a chart. `caption` is its caption in plain words, `formats` the format of the values
    of each series."""
    over_time = all(_is_moment(point) for point in chart.points)
    describe = _over_time if over_time else _over_categories
    sentences = [_opening(chart, caption, over_time)]
    if chart.unit and not any(opmaak.eenheid for opmaak in formats):
        sentences.append(f"Eenheid: {chart.unit}.")
    if chart.form == "gestapeld":
        sentences += _stacks(chart, formats, over_time)
    else:
        for series, opmaak in zip(chart.series, formats, strict=True):
            sentences += describe(chart, series, opmaak)
    sentences += _target(chart, formats[0])
    sentences += _left_open(chart)
    if any(axis.low > 0 for axis in chart.axes):
        sentences.append("De verticale as begint niet bij nul.")
    # A name that ends with a full stop (2029 e.v.) closes its sentence with it.
    return " ".join(f"{sentence.rstrip('.')}." for sentence in sentences)


def _opening(chart: Chart, caption: str, over_time: bool) -> str:
    kind = _KINDS.get(chart.form)
    if kind is None:
        count = number_in_words(len(chart.series)) or str(len(chart.series))
        what = "lijngrafieken" if chart.form == "veelvoud-lijn" else "staafdiagrammen"
        kind = capitalise(f"{count} kleine {what} naast elkaar")
    first, last = _name(chart.points[0]), _name(chart.points[-1])
    told = first in caption and last in caption
    period = "" if told or not over_time or len(chart.points) == 1 else f", van {first} tot en met {last}"
    return f"{kind}: {caption.rstrip('.')}{period}."


# --- over time --------------------------------------------------------------------------------------------------


def _over_time(chart: Chart, series: ChartSeries, opmaak: Getalopmaak) -> list[str]:
    known = _known(chart.points, series.values)
    word = "punt" if chart.form in ("lijn", "veelvoud-lijn") else "waarde"
    return _course(_subject(chart, series), known, opmaak, word)


def _course(subject: str, known: Sequence[Known], opmaak: Getalopmaak, word: str) -> list[str]:
    """From where to where it goes, with the highest and the lowest."""
    (start, first), (end, last) = known[0], known[-1]

    def at(point: ChartPoint, number: Decimal) -> str:
        return f"{_value(number, opmaak)} {_when(point)}"

    if len(known) == 1:
        return [f"{subject} is {at(start, first)}."]
    high, low = max(known, key=lambda k: k[1]), min(known, key=lambda k: k[1])
    if high[1] == low[1]:
        return [f"{subject} blijft gelijk: {_value(first, opmaak)}."]
    article = "het" if word == "punt" else "de"
    if len(known) > 2 and {first, last} == {high[1], low[1]}:
        names = ("laagste", "hoogste") if first < last else ("hoogste", "laagste")
        begin, finish = (f"{article} {name} {word}" for name in names)
        return [f"{subject} {_verb(first, last)} van {at(start, first)}, {begin}, naar {at(end, last)}, {finish}."]
    if first == last:
        sentence = f"{subject} begint en eindigt op {_value(first, opmaak)}."
    else:
        sentence = f"{subject} {_verb(first, last)} van {at(start, first)} naar {at(end, last)}."
    if len(known) == 2:
        return [sentence]
    return [sentence, f"{article.capitalize()} hoogste {word} is {at(*high)}, {article} laagste {at(*low)}."]


def _verb(first: Decimal, last: Decimal) -> str:
    return "stijgt" if last > first else "daalt"


def _subject(chart: Chart, series: ChartSeries) -> str:
    line = chart.form in ("lijn", "veelvoud-lijn")
    if len(chart.series) == 1:
        return "De lijn" if line else "De waarde"
    return f"{'De lijn' if line else 'De reeks'} ‘{series.label}’"


# --- over categories --------------------------------------------------------------------------------------------


def _over_categories(chart: Chart, series: ChartSeries, opmaak: Getalopmaak) -> list[str]:
    known = sorted(_known(chart.points, series.values), key=lambda k: -k[1])
    opening = f"{series.label}, van hoog naar laag" if len(chart.series) > 1 else "Van hoog naar laag"
    if len(known) <= LISTED:
        return [f"{opening}: " + "; ".join(f"{_name(p)} {_value(n, opmaak)}" for p, n in known) + "."]
    (top, high), (bottom, low) = known[0], known[-1]
    subject = f"In de reeks ‘{series.label}’ is" if len(chart.series) > 1 else "Het hoogst is"
    middle = " het hoogst" if len(chart.series) > 1 else ""
    shown = f"{_name(top)}{middle} met {_value(high, opmaak)}"
    return [f"{subject} {shown}; het laagst is {_name(bottom)} met {_value(low, opmaak)}."]


def _stacks(chart: Chart, formats: Sequence[Getalopmaak], over_time: bool) -> list[str]:
    total = ChartSeries("Totaal", chart.totals)
    known = _known(chart.points, chart.totals)
    sentences = (
        _course("Het totaal", known, formats[0], "waarde") if over_time else _over_categories(chart, total, formats[0])
    )
    index = max(i for i, value in enumerate(chart.totals) if value.number is not None)
    parts = [
        f"{series.label} {_value(number, opmaak)}"
        for series, opmaak in zip(chart.series, formats, strict=True)
        if (number := series.values[index].number) is not None
    ]
    where = capitalise(_when(chart.points[index]))
    return [*sentences, f"{where} bestaat het totaal uit {join_list(parts)}."]


# --- what else is to be seen ------------------------------------------------------------------------------------


def _target(chart: Chart, opmaak: Getalopmaak) -> list[str]:
    target: ChartTarget | None = chart.target
    if target is None or target.value.number is None:
        return []
    sentence = f"De streeflijn ‘{target.label}’ ligt op {_value(target.value.number, opmaak)}"
    if len(chart.series) > 1:
        return [f"{sentence}."]
    last = _known(chart.points, chart.series[0].values)[-1][1]
    distance = last - target.value.number
    if not distance:
        return [f"{sentence}; de laatste waarde is daaraan gelijk."]
    side = "boven" if distance > 0 else "onder"
    return [f"{sentence}; de laatste waarde ligt daar {difference_in_words(distance, opmaak, 'kaal')} {side}."]


def _left_open(chart: Chart) -> list[str]:
    """The points for which a series has no value."""
    found = [
        f"‘{series.label}’ {_when(point)}" if len(chart.series) > 1 else _name(point)
        for series in chart.series
        for point, value in zip(chart.points, series.values, strict=True)
        if value.number is None
    ]
    return [f"Er is geen waarde voor {join_list(found)}."] if found else []


def _known(points: Sequence[ChartPoint], values: Sequence[ChartValue]) -> list[Known]:
    pairs = zip(points, values, strict=True)
    return [(point, value.number) for point, value in pairs if value.number is not None]


def _value(number: Decimal, opmaak: Getalopmaak) -> str:
    return format_number(number, opmaak)


def _is_moment(point: ChartPoint) -> bool:
    return point.day is not None or bool(_MOMENT.match(point.label))


def _name(point: ChartPoint) -> str:
    """A point by name: '2024', '31 december 2024', 'april 2018', 'Zij-instroom'."""
    if point.day is not None and _is_date(point):
        return format_date(point.day)
    return point.label[:1].lower() + point.label[1:] if _is_moment(point) else point.label


def _when(point: ChartPoint) -> str:
    """A point with its preposition: 'in 2024', 'op 31 december 2024', 'bij Zij-instroom'."""
    if point.label.lower().startswith(_WITHOUT_PREPOSITION):
        return _name(point)
    if _is_date(point):
        return f"op {_name(point)}"
    return f"{'in' if _is_moment(point) else 'bij'} {_name(point)}"


def _is_date(point: ChartPoint) -> bool:
    """Whether the label of a point is a date, and not a year or words of the author."""
    return point.day is not None and point.label == format_date(point.day, "kort")
