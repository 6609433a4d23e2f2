"""Field rules of citations: what the shape of a source does not yet say.

The rules follow the Aanwijzingen voor de regelgeving (3.43, 3.45), the register of the House and the practice
of officielebekendmakingen.nl. Messages are for the author of bronnen.yaml, so Dutch.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from halfjaarbericht.language.nederlands import format_date, ordinal_in_words, parliamentary_year
from halfjaarbericht.model.bronnen import (
    Aanhangsel,
    Artikel,
    BijlageBron,
    Bron,
    Ecli,
    Handelingen,
    Kamerstuk,
    Kamerstukplaats,
    Toezegging,
)
from halfjaarbericht.problems import Severity

Finding = tuple[Severity, str, str]

# Numbers within dossier 29628 (Politie) rise with time; these papers have a known date.
_POLICE = "29628"
_ANCHORS = (
    (643, date(2016, 6, 20)),
    (800, date(2018, 7, 5)),
    (894, date(2019, 7, 4)),
    (906, date(2019, 9, 3)),
    (939, date(2020, 2, 24)),
    (966, date(2020, 6, 30)),
    (985, date(2020, 11, 4)),
    (1015, date(2021, 6, 4)),
    (1031, date(2021, 6, 29)),
    (1051, date(2021, 11, 19)),
    (1098, date(2022, 6, 17)),
    (1174, date(2023, 6, 27)),
    (1217, date(2024, 6, 19)),
    (1277, date(2025, 6, 12)),
    (1302, date(2025, 12, 10)),
)
# From here on a number gives no address: the site numbers its papers itself (seen since about July 2026).
FIRST_YEAR_WITHOUT_ADDRESS = 2026
_FIRST_YEAR_WITH_ITEMS = 2011
_CHAPTER = re.compile(r"[IVXLC]+[A-Z]?|[A-Z]|\d{2}")
_PAGES = re.compile(r"\d+(?:-\d+)?")


def check_citation(bron: Bron) -> list[Finding]:
    """What is wrong with the fields of a source: (severity, message, hint), in Dutch; [] when sound."""
    return list(_findings(bron))


def _findings(bron: Bron) -> Iterator[Finding]:
    match bron:
        case Kamerstuk():
            yield from _paper(bron)
            yield from _pages(bron.paginas)
            yield from _address(bron)
        case BijlageBron():
            yield from _paper(bron.bij)
        case Aanhangsel():
            yield from _year(bron.vergaderjaar)
            yield from _digits(bron.nummer)
            yield from _address(bron)
        case Handelingen():
            yield from _year(bron.vergaderjaar)
            yield from _digits(bron.nummer)
            yield from _pages(bron.paginas)
            yield from _proceedings(bron)
        case Artikel():
            yield from _article(bron)
        case Ecli():
            yield from _decision(bron)
        case Toezegging():
            yield from _commitment(bron)
        case _:
            return


def _paper(paper: Kamerstuk | Kamerstukplaats) -> Iterator[Finding]:
    years = list(_year(paper.vergaderjaar))
    yield from years
    if paper.toevoeging is not None and not _CHAPTER.fullmatch(paper.toevoeging):
        hint = "een begrotingshoofdstuk zonder streepje (VI), of het volgnummer van een EU-dossier (02)"
        yield "fout", f"toevoeging '{paper.toevoeging}' bij dossier {paper.dossier} is onbekend", hint
    numbers = list(_digits(paper.nummer) if paper.kamer == "II" else _letters(paper.nummer))
    yield from numbers
    police = paper.dossier == _POLICE and paper.kamer == "II" and not paper.toevoeging
    if police and not years and not numbers:
        yield from _against_anchors(int(paper.nummer), paper.vergaderjaar)


def _year(vergaderjaar: str) -> Iterator[Finding]:
    start, end = map(int, vergaderjaar.split("-"))
    if end != start + 1:
        hint = f"twee jaren die op elkaar volgen: {start}-{start + 1}"
        if end > 1900:
            hint += f" of {end - 1}-{end}"
        yield "fout", f"vergaderjaar {vergaderjaar} bestaat niet", hint


def _digits(nummer: str) -> Iterator[Finding]:
    if re.fullmatch(r"[1-9]\d*", nummer, re.ASCII):
        return
    if len(re.findall(r"\d+", nummer)) > 1:
        hint = "maak van elk stuk een eigen bron; een noot kan er meer noemen"
    elif re.fullmatch(r"[A-Z]{1,3}", nummer):
        hint = "stukken van de Eerste Kamer hebben een letter: kamer: I"
    else:
        hint = "alleen het getal, zonder 'nr.'"
    yield "fout", f"nummer '{nummer}' is geen volgnummer", hint


def _letters(nummer: str) -> Iterator[Finding]:
    if not re.fullmatch(r"[A-Z]{1,3}", nummer):
        hint = "stukken van de Eerste Kamer hebben een hoofdletter (G, AB); stukken met een nummer: kamer: II"
        yield "fout", f"nummer '{nummer}' is geen letter van de Eerste Kamer", hint


def _pages(paginas: str | None) -> Iterator[Finding]:
    if paginas is not None and not _PAGES.fullmatch(paginas):
        yield "fout", f"paginas '{paginas}' is geen bladzijde of reeks", "schrijf 3 of 25-36, zonder 'p.'"


def _address(bron: Kamerstuk | Aanhangsel) -> Iterator[Finding]:
    if int(bron.vergaderjaar[:4]) >= FIRST_YEAR_WITHOUT_ADDRESS and not (bron.ob_id or bron.url):
        message = f"uit een nummer van {bron.vergaderjaar} volgt geen webadres; er komt geen link"
        yield "waarschuwing", message, "vul ob_id in: het id op officielebekendmakingen.nl"


def _proceedings(bron: Handelingen) -> Iterator[Finding]:
    if int(bron.vergaderjaar[:4]) >= _FIRST_YEAR_WITH_ITEMS:
        if bron.item is None:
            yield "fout", "het item van de Handelingen ontbreekt", "sinds 2011 heeft elk onderwerp een item"
    elif bron.item is None and bron.paginas is None:
        yield "fout", "de bladzijden van de Handelingen ontbreken", "vul paginas in, bijvoorbeeld 3564-3568"


def _article(bron: Artikel) -> Iterator[Finding]:
    if re.match(r"(?i)art(?:ikel|\.)", bron.artikel):
        yield "fout", f"artikel '{bron.artikel}' bevat het woord artikel", "alleen het nummer: 38a"
    if bron.lid is not None and re.search(r"(?i)\b(?:lid|leden)\b", bron.lid):
        yield "fout", f"lid '{bron.lid}' bevat het woord lid", "alleen het nummer of rangtelwoord (1, eerste)"


def _decision(bron: Ecli) -> Iterator[Finding]:
    year = int(bron.ecli.split(":")[3])
    if year != bron.datum.year:
        message = f"{bron.ecli} is van {year}, de datum is {format_date(bron.datum)}"
        yield "waarschuwing", message, "controleer de datum van de uitspraak"


def _commitment(bron: Toezegging) -> Iterator[Finding]:
    if not bron.nummer.startswith("TZ"):
        return
    month = int(bron.nummer[6:8])
    if "-" not in bron.nummer or not bron.nummer.startswith("TZ20") or not 1 <= month <= 12:
        hint = "TZ, jaar en maand, een streepje en drie cijfers: TZ202412-156"
        yield "waarschuwing", f"{bron.nummer} is geen gewoon nummer van een toezegging", hint


def _against_anchors(number: int, vergaderjaar: str) -> Iterator[Finding]:
    """A year in which this number cannot have been given: before that of the nearest lower dated number, or
    after that of the nearest higher one."""
    earlier = max((anchor for anchor in _ANCHORS if anchor[0] <= number), default=None)
    later = min((anchor for anchor in _ANCHORS if anchor[0] >= number), default=None)
    if earlier and vergaderjaar < parliamentary_year(earlier[1]):
        wrong, side = earlier, "na" if earlier[0] < number else "op"
    elif later and vergaderjaar > parliamentary_year(later[1]):
        wrong, side = later, "voor" if later[0] > number else "op"
    else:
        return
    message = f"nr. {number} van dossier {_POLICE} past niet in {vergaderjaar}"
    when = format_date(wrong[1])
    hint = f"nr. {wrong[0]} is van {when} ({parliamentary_year(wrong[1])})"
    yield "waarschuwing", message, hint if side == "op" else f"het komt {side} nr. {wrong[0]}: {hint}"


def paragraph_in_words(lid: str) -> str:
    """'1' → 'eerste lid', '1 en 2' → 'eerste en tweede lid', 'eerste' → 'eerste lid'; what has no ordinal
    stays a number: 'lid 21', 'lid 1a'."""
    parts = re.split(r"(\s*,\s*|\s+(?:tot en met|en|of)\s+)", lid.strip())
    words = [_ordinal(part) if i % 2 == 0 else part for i, part in enumerate(parts)]
    if None in words:
        return f"lid {lid.strip()}"
    return "".join(word or "" for word in words) + " lid"


def _ordinal(part: str) -> str | None:
    if part.isdecimal():
        return ordinal_in_words(int(part))
    return part if part.isalpha() else None
