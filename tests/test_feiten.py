"""The real editions against facts taken from the published reports, kept in gegevens/feiten_*.csv."""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Iterator
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path
from typing import Any

import pytest

from halfjaarbericht.model.basis import Model
from halfjaarbericht.prose.foreign import NOTE, ROLE
from halfjaarbericht.reading.load import LoadedDocument, walk
from halfjaarbericht.verslag import Number, Overview, Section
from tests.editiehulp import CONTENT, all_sections, good_editions, html, loaded, report
from tests.htmlhulp import XHTML, elements, parse
from tests.inhoudhulp import flat, inlines_of

FACTS = Path(__file__).parent / "gegevens"


def facts(name: str) -> list[dict[str, str]]:
    with (FACTS / f"feiten_{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def editions_of(name: str) -> list[str]:
    return sorted({row["editie"] for row in facts(name)})


def numbers(edition: str) -> list[Number]:
    """Every number that came from data, wherever it stands in the edition."""
    documents = report(CONTENT, edition).documents
    return [i for d in documents for inlines in inlines_of(d) for i in flat(inlines) if isinstance(i, Number)]


# --- numbers in the text ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("edition", editions_of("cijfers"))
def test_every_number_of_the_source_is_named_used_and_right(edition: str) -> None:
    shown: dict[str, list[Number]] = {}
    for number in numbers(edition):
        for name in number.id.split(" - "):
            shown.setdefault(name, []).append(number)
    for fact in facts("cijfers"):
        if fact["editie"] != edition:
            continue
        assert fact["cijfer"] in loaded(CONTENT, edition).numbers.cijfers
        assert fact["cijfer"] in shown, f"{fact['cijfer']} staat nergens in de tekst"
        value = Decimal(fact["waarde"])
        own = [n for n in shown[fact["cijfer"]] if n.id == fact["cijfer"]]
        assert own, f"{fact['cijfer']} staat alleen in een verschil"
        assert {Decimal(n.value).quantize(value, ROUND_HALF_UP) for n in own} == {value}, fact["cijfer"]


# Years, dates, numbers of laws, articles and the like are names, not quantities.
_NAMES = re.compile(
    r"""\b(?:19|20)\d\d(?:[-/–](?:\d{4}|\d\d))?\b            # 2022, 2019/20, 2023-2026
      | \b\d{1,2}\s(?:januari|februari|maart|april|mei|juni|juli|augustus|september|oktober|november|december)\b
      | \b(?:artikel|artikelen|lid|nr\.|nummer|pagina|bijlage|boek)\s\d+\w*(?:\s?(?:,|en|tot\ en\ met)\s?\d+\w*)*
      | \b[A-Za-zë]+[-]?\d+[\w-]*                            # A12, PO21, IV-2025
      | \b0?\d{3,4}-\d{4}\b                                  # telephone numbers
      | \b112\b | \b\d\.0\b                                    # the emergency number, versions
      | \b24/7\b | \b\d+[A-Za-z]\w*                          # 38a
    """,
    re.VERBOSE | re.IGNORECASE,
)
_PROSE = ("tekst", "titel", "bijschrift", "omschrijving", "aanhef", "slotformule", "ondertitel", "horend_bij")


def prose_of(model: Model) -> Iterator[str]:
    """Everything an author wrote in a model as running text: titles, text, notes, captions, cells of text."""
    for name in type(model).model_fields:
        value = getattr(model, name)
        if name in _PROSE and isinstance(value, str):
            yield value
        elif name == "noten":
            yield from value.values()
        elif name != "secties":
            yield from _inner(name, value, getattr(model, "soort", ""))


def _inner(name: str, value: Any, kind: str) -> Iterator[str]:
    if isinstance(value, Model):
        yield from prose_of(value)
    elif isinstance(value, tuple):
        for item in value:
            yield from _inner(name, item, kind)
    elif isinstance(value, str) and name == "rijen" and kind == "tekst":
        yield value


def typed_numbers(text: str) -> list[str]:
    """Numbers above twenty that an author typed, names of things left out."""
    bare = re.sub(r"\]\([^)]*\)", "]", NOTE.sub(" ", ROLE.sub(" ", text)))
    found = re.findall(r"(?<![\w,.])\d[\d.,]*\d|(?<![\w,.])\d", _NAMES.sub(" ", bare))
    return [number for number in found if Decimal(number.replace(".", "").replace(",", ".")) > 20]


@pytest.mark.parametrize("edition", good_editions())
def test_no_number_in_the_text_was_typed_by_hand(edition: str) -> None:
    """But for those that the edition lists itself, because no data stand behind them."""
    allowed = {number.split()[0] for number in loaded(CONTENT, edition).model.vaste_getallen}
    models: list[Model] = []
    for document in loaded(CONTENT, edition).documents:
        if isinstance(document, LoadedDocument):
            models += [document.model, *(section.model for section in walk(document.sections))]
    typed = {number: text for m in models for text in prose_of(m) for number in typed_numbers(text)}
    assert {number: text[:100] for number, text in typed.items() if number not in allowed} == {}


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Er waren 3.603 fte en {getal}`a.b-21` in 2022, op 31 december 2021.", ["3.603"]),
        ("Zie artikel 38a, lid 2, de A12, PO21 en 2019/2020[^kst-29628-1098].", []),
        ("Van 20 naar 21 en 5,5% bij 1200 mensen.", ["21", "1200"]),
        ("Bel 0900-8844, 24/7; zie [hier](https://www.voorbeeld.nl/1234).", []),
    ],
)
def test_typed_numbers_are_found(text: str, found: list[str]) -> None:
    assert typed_numbers(text) == found


# --- tables -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("edition", "table"), sorted({(f["editie"], f["tabel"]) for f in facts("tabellen")}))
def test_the_figures_of_a_table_are_in_the_tables(edition: str, table: str) -> None:
    """All figures of a table of the source stand in tables of the edition, each at least as often as there."""
    wanted = Counter(Decimal(f["waarde"]) for f in facts("tabellen") if (f["editie"], f["tabel"]) == (edition, table))
    found = Counter(value for d in report(CONTENT, edition).documents for value in table_values(edition, d.stem))
    assert wanted - found == Counter()


def table_values(edition: str, stem: str) -> Iterator[Decimal]:
    """The values of the cells of all tables, those of nested tables once."""
    for cell in elements(parse(html(CONTENT, edition, stem, "scherm"))):
        if cell.tag in (f"{XHTML}td", f"{XHTML}th"):
            yield from (Decimal(data.get("value")) for data in cell if data.get("data-cijfer"))


@pytest.mark.parametrize(("edition", "table"), sorted({(f["editie"], f["tabel"]) for f in facts("tabellen")}))
def test_the_figures_of_a_line_stand_together(edition: str, table: str) -> None:
    """Each row of a table of the source, or else each column, is within one row of a table of the edition."""
    own = [f for f in facts("tabellen") if (f["editie"], f["tabel"]) == (edition, table)]
    shown = [row for d in report(CONTENT, edition).documents for row in table_rows(edition, d.stem)]
    missing = {way: _apart(own, way, shown) for way in ("rij", "kolom")}
    assert not all(missing.values()), missing


def _apart(own: list[dict[str, str]], way: str, shown: list[set[Decimal]]) -> list[str]:
    """The rows or columns of the source of which the figures are in no single row that is shown."""
    lines: dict[str, set[Decimal]] = {}
    for fact in own:
        lines.setdefault(fact[way], set()).add(Decimal(fact["waarde"]))
    return [name for name, line in lines.items() if not any(line <= row for row in shown)]


def table_rows(edition: str, stem: str) -> Iterator[set[Decimal]]:
    """The values of each row of all tables, without those of tables nested in it."""
    for row in elements(parse(html(CONTENT, edition, stem, "scherm")), "tr"):
        cells = [data for cell in row for data in cell if data.get("data-cijfer")]
        yield {Decimal(data.get("value")) for data in cells}


# --- motions and commitments ------------------------------------------------------------------------------------


def matters(kind: str) -> list[Section]:
    document = report(CONTENT, "2022-1").documents[0]
    return [s for s in all_sections(document.sections) if s.kind == kind]


@pytest.mark.parametrize(("kind", "count"), [("toezegging", 12), ("motie", 4), ("aanvullend", 10)])
def test_the_matters_of_2022_1_are_all_there(kind: str, count: int) -> None:
    """As a section, in a file of its own, and in the list at the start."""
    found = matters(kind)
    assert len(found) == count
    files = {s.place.path for s in found if s.place}
    assert len(files) == count and all((CONTENT.parent / file).is_file() for file in files)
    document = report(CONTENT, "2022-1").documents[0]
    lists = [b for s in document.sections for b in s.blocks if isinstance(b, Overview) and b.kind == kind]
    assert [[item.id for item in o.items] for o in lists] == [[s.id for s in found]]
