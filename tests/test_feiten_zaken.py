"""The matters of the real editions against the register of facts taken from the published reports.

gegevens/feiten_zaken.csv has a row for every motion, commitment, request and additional matter of the source, in the
words of the register; feiten_zaken_afwijkingen.csv names every field in which an edition says something else, and why.
"""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from halfjaarbericht.model.bronnen import Aanhangsel, BijlageBron, KamerDocument, Kamerstuk, Toezegging
from halfjaarbericht.model.secties import Zaak
from halfjaarbericht.reading.load import LoadedDocument, LoadedSection, walk
from halfjaarbericht.verslag import Section
from tests.editiehulp import CONTENT, all_sections, html, loaded, report
from tests.htmlhulp import elements, parse, words

FACTS = Path(__file__).parent / "gegevens"
Fact = dict[str, str]
FIELDS = ("soort", "personen", "fractie", "citaten", "debat", "datum", "status", "vervolg")
STATUS = {
    "niet vermeld": "",
    "n.v.t.": "",
    "open": "open",
    "open (uitgesteld)": "uitgesteld",
    "in uitvoering": "in_uitvoering",
    "doorlopend": "doorlopend",
    "afgedaan": "afgedaan",
    "nagekomen (stuk bijgevoegd)": "afgedaan",
    "uitgevoerd (in reactie)": "afgedaan",
    "uitgevoerd (niet haalbaar)": "afgedaan",
    "uitgevoerd (rapport aangeboden)": "afgedaan",
}
# A matter that the source has among its aanvullende zaken is one, whatever it goes back to.
KIND = {
    "moties + toezegging": {"motie", "toezegging"},
    "toezegging + motie": {"motie", "toezegging"},
    "motie (in aanvullend onderdeel)": {"aanvullend"},
    "toezegging (in aanvullend onderdeel)": {"aanvullend"},
    "aankondiging": {"aanvullend"},
}
MONTHS = "januari februari maart april mei juni juli augustus september oktober november december".split()
ORDINALS = ("eerste", "tweede", "derde", "vierde")


@cache
def rows(name: str) -> tuple[Fact, ...]:
    with (FACTS / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return tuple(csv.DictReader(file))


FILED = [row for row in rows("feiten_zaken") if not row["woorden"]]
TOLD = [row for row in rows("feiten_zaken") if row["woorden"]]
CHANGED = {(row["id"], row["veld"]): row for row in rows("feiten_zaken_afwijkingen")}


def split(text: str) -> list[str]:
    return [piece.strip() for piece in text.split(";") if piece.strip()]


# --- what the content says ----------------------------------------------------------------------------------------


@cache
def filed(edition: str) -> dict[str, LoadedSection]:
    """The matters of an edition by id, as they were read."""
    documents = [d for d in loaded(CONTENT, edition).documents if isinstance(d, LoadedDocument)]
    found = [s for d in documents for s in walk(d.sections)]
    return {s.model.id: s for s in found if isinstance(s.model, Zaak)}


def models(fact: Fact) -> list[Any]:
    return [filed(fact["editie"])[name].model for name in split(fact["secties"])]


def citation(source: Any) -> str:
    """A source the way the register writes it: '35925 VI, nr. 96 (2021-2022)', 'TZ202412-156'."""
    if isinstance(source, Toezegging | KamerDocument):
        return "; ".join(filter(None, (source.nummer, getattr(source, "zaak", None))))
    if isinstance(source, Aanhangsel):
        return f"Aanhangsel, nr. {source.nummer} ({source.vergaderjaar})"
    assert isinstance(source, Kamerstuk | BijlageBron), source
    place = source.bij if isinstance(source, BijlageBron) else source
    number = place.nummer if place.kamer == "I" else f"nr. {place.nummer}"
    file = f"{place.dossier} {place.toevoeging}" if place.toevoeging else place.dossier
    return f"{file}, {number}{', bijlage' if place is not source else ''} ({place.vergaderjaar})"


def debate_date(debate: Any) -> str:
    return str(debate.datum or debate.jaar or "")


def said(fact: Fact, field: str) -> set[str]:
    """What the content says of a fact in one field, in the words of the register."""
    found = models(fact)
    persons = [p for m in found for p in m.indieners]
    debates = [m.debat for m in found if m.debat]
    sources = loaded(CONTENT, fact["editie"]).citations.bronnen
    values = {
        "soort": [m.soort for m in found],
        "personen": [f"{p.naam} c.s." if p.cs else p.naam for p in persons],
        "fractie": [p.fractie or "" for p in persons],
        "citaten": [c for m in found for name in m.bronnen for c in split(citation(sources[name]))],
        "debat": [d.soort for d in debates],
        "datum": [debate_date(d) for d in debates],
        "status": [m.status or "" for m in found],
    }[field]
    return set(filter(None, values))


def follow_up(fact: Fact) -> str:
    """When the House hears more, as the report prints it."""
    wanted = split(fact["secties"])
    found = [s for d in report(CONTENT, fact["editie"]).documents for s in all_sections(d.sections) if s.id in wanted]
    texts = [_plain(s.matter.follow_up) for s in found if s.matter]
    return "; ".join(dict.fromkeys(filter(None, texts))).lower()


def _plain(inlines: Any) -> str:
    return "".join(getattr(i, "text", "") or _plain(getattr(i, "children", ())) for i in inlines)


# --- the register's words -----------------------------------------------------------------------------------------


def expected(field: str, value: str) -> set[str]:
    if field == "soort":
        return KIND.get(value) or {value}
    if field == "status":
        return {STATUS.get(value, value)} - {""}
    return set(split(value))


def period(piece: str) -> str:
    """A pattern for a period in the words of the report; it is '2026-Q2', '2025-najaar', '2022-07' or words."""
    year, _, part = piece.partition("-")
    if not re.fullmatch(r"\d{4}", year):
        return r"halfjaarlijks|elk half ?jaar|tweemaal per jaar" if piece == "halfjaarlijks" else re.escape(piece)
    if not part:
        return rf"\b{year}\b"
    if part[0] == "Q":
        return f"{ORDINALS[int(part[1:]) - 1]} kwartaal van {year}"
    if part in ("1", "2"):
        half = ORDINALS[int(part) - 1]
        return f"{half} halfjaarbericht (?:politie |van )?{year}|{half} helft van {year}"
    if part[0].isdigit():
        month, _, day = part.partition("-")
        return rf"\b{f'{int(day)} ' if day else ''}{MONTHS[int(month) - 1]} {year}"
    return f"{part} (?:van )?{year}"


def follows(text: str, value: str) -> bool:
    """Whether `text` names every period of `value`; without any, whether it is empty."""
    return all(re.search(period(p), text) for p in split(value)) if value else not text


# --- the matters that have a file -----------------------------------------------------------------------------------


def test_every_matter_of_the_source_is_in_the_register() -> None:
    editions = Counter(row["editie"] for row in rows("feiten_zaken"))
    assert editions == {"2020-1": 14, "2022-1": 26, "2022-2": 8, "2025-1": 39, "2026-1": 4}
    assert len({row["id"] for row in rows("feiten_zaken")}) == 91
    assert {row["editie"] for row in TOLD} == {"2022-2", "2026-1"}


@pytest.mark.parametrize("edition", sorted({row["editie"] for row in FILED}))
def test_every_matter_is_told_once_in_a_file_of_its_own(edition: str) -> None:
    """And when the source's one row is two files, or its two rows are one, the register says why."""
    facts = [row for row in FILED if row["editie"] == edition]
    uses = Counter(name for row in facts for name in split(row["secties"]))
    assert set(uses) == set(filed(edition))
    files = {section.source.path for section in filed(edition).values()}
    assert len(files) == len(uses)
    for row in facts:
        names = split(row["secties"])
        assert bool(row["reden"]) == (len(names) != 1 or any(uses[name] > 1 for name in names)), row["id"]


@pytest.mark.parametrize("fact", FILED, ids=lambda fact: fact["id"])
@pytest.mark.parametrize("field", FIELDS)
def test_a_matter_says_what_the_source_says(fact: Fact, field: str) -> None:
    """Or what the register of changes gives instead, with a reason; a change that is none is wrong too."""
    change = CHANGED.get((fact["id"], field))
    if change:
        assert len(change["reden"].split()) >= 4
        assert not agrees(fact, field, fact[field]), "de afwijking bestaat niet meer"
    assert agrees(fact, field, change["waarde"] if change else fact[field]), found(fact, field)


def agrees(fact: Fact, field: str, value: str) -> bool:
    if field == "vervolg":
        return follows(follow_up(fact), value)
    return said(fact, field) == expected(field, value)


def found(fact: Fact, field: str) -> str:
    return f"{fact['id']} {field}: {follow_up(fact) if field == 'vervolg' else sorted(said(fact, field))}"


def test_every_change_is_of_a_fact() -> None:
    assert set(CHANGED) <= {(row["id"], field) for row in FILED for field in FIELDS}
    assert len(CHANGED) == len(rows("feiten_zaken_afwijkingen"))


# --- what the reader sees -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("fact", FILED, ids=lambda fact: fact["id"])
def test_a_matter_shows_who_where_and_when(fact: Fact) -> None:
    """In the printed annex: the members, the numbers of the citations and the day of the debate, in the section or in
    the one above it."""
    text = shown(fact)
    for field in ("personen", "citaten", "datum"):
        for piece in visible(fact, field):
            assert re.search(printed(field, piece), text), piece


def visible(fact: Fact, field: str) -> list[str]:
    """What of a fact the reader must see. A name that the source misspells and a day of which it knows the month only
    are seen as the content has them; what a matter has no field for stands in its text all the same."""
    change = CHANGED.get((fact["id"], field))
    if change and (field == "personen" or re.fullmatch(r"\d{4}-\d\d", fact[field])):
        return split(change["waarde"])
    return split(fact[field])


def printed(field: str, piece: str) -> str:
    """A pattern for a fact the way the report prints it: a day may be 'jl.', a citation is told by its number."""
    if field == "datum" and (day := re.fullmatch(r"(\d{4})-(\d\d)-(\d\d)", piece)):
        return rf"\b{int(day[3])} {MONTHS[int(day[2]) - 1]} (?:{day[1]}|jl\.)"
    if field == "citaten" and (number := re.search(r"nr\. \d+", piece)):
        return rf"{number[0]}\b"
    return re.escape(piece.split(" (")[0])


def shown(fact: Fact) -> str:
    """The text of the sections of a fact and of the sections right above them, notes and all."""
    names = split(fact["secties"])
    texts = []
    for document in report(CONTENT, fact["editie"]).documents:
        page = page_of(fact["editie"], document.stem)
        for chain in chains(document.sections):
            if chain[-1].id in names:
                texts += [words(section_of(page, section.id)) for section in chain[-2:]]
    assert texts, names
    return " ".join(texts)


@cache
def page_of(edition: str, stem: str) -> Any:
    return parse(html(CONTENT, edition, stem, "druk"))


def chains(sections: tuple[Section, ...], above: tuple[Section, ...] = ()) -> Iterator[tuple[Section, ...]]:
    for section in sections:
        yield (*above, section)
        yield from chains(section.sections, (*above, section))


def section_of(page: Any, id_: str) -> Any:
    """The section element under the heading with this id."""
    for element in elements(page, "section"):
        if any(child.get("id") == id_ for child in element):
            return element
    raise AssertionError(id_)


# --- the matters that a letter tells in running text ------------------------------------------------------------------


@pytest.mark.parametrize("fact", TOLD, ids=lambda fact: fact["id"])
def test_a_letter_tells_a_matter_in_its_section(fact: Fact) -> None:
    """Who, where, when, what became of it and when the House hears more."""
    letter = report(CONTENT, fact["editie"]).documents[0]
    text = words(section_of(page_of(fact["editie"], letter.stem), fact["secties"]))
    for field in ("personen", "fractie", "citaten", "datum"):
        for piece in split(fact[field]):
            assert re.search(printed(field, piece), text), piece
    for piece in split(fact["woorden"]):
        assert piece in text, piece
    for piece in split(fact["vervolg"]):
        assert re.search(period(piece), text.lower()), piece
