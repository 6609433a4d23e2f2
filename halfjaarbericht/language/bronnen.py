"""Citations: from the fields of a source to its official text and its address.

House form after the Aanwijzingen voor de regelgeving (3.43, 3.45) and the Leidraad voor juridische auteurs: a
short parliamentary year, no comma after 'Kamerstukken II', the number of a dossier closed up, no full stop at
the end. Addresses follow the patterns of officielebekendmakingen.nl, wetten.overheid.nl and rechtspraak.nl.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import singledispatch

from halfjaarbericht.language.bronregels import FIRST_YEAR_WITHOUT_ADDRESS, Finding, check_citation, paragraph_in_words
from halfjaarbericht.language.nederlands import format_date
from halfjaarbericht.model import bronnen as model

_PUBLICATIONS = "https://zoek.officielebekendmakingen.nl"
_LAWS = "https://wetten.overheid.nl"
_PUBLISHED_IN = {"stb": "Stb.", "stcrt": "Stcrt.", "trb": "Trb."}
# Nouns that take 'het', as the head of the name of an act or at the end of a compound.
_NEUTER = (
    "besluit",
    "boek",
    "convenant",
    "handvest",
    "kader",
    "protocol",
    "reglement",
    "statuut",
    "verdrag",
    "voorstel",
)
_COMMON = ("wet", "regeling", "richtlijn", "verordening", "aanwijzing", "code", "overeenkomst", "conventie")


@dataclass(frozen=True, slots=True)
class Citation:
    """The text of a source, without a full stop, and its address or None. `foreign` is the part of the text that is in
    `language` (a language tag), '' when all of it is Dutch."""

    text: str
    url: str | None
    foreign: str = ""
    language: str = ""


def citation(bron: model.Bron, *, running: bool = False) -> Citation:
    """The citation of a source: as it stands in a note, or with `running` as it stands within a sentence."""
    text = _text(bron, running)
    if bron.toelichting:
        text += f" ({bron.toelichting})"
    title, language = getattr(bron, "titel", None), getattr(bron, "taal", None)
    if language and title and title in text:
        return Citation(text, _address(bron), title, language)
    return Citation(text, _address(bron))


def short_year(vergaderjaar: str) -> str:
    """'2021-2022' → '2021/22'."""
    start, end = vergaderjaar.split("-")
    return f"{start}/{end[-2:]}"


# --- text ---


@singledispatch
def _text(bron: object, running: bool) -> str:
    raise TypeError(f"no citation for {type(bron).__name__}")


@_text.register
def _(bron: model.Kamerstuk, running: bool) -> str:
    return _paper(bron) + (f", p. {bron.paginas}" if bron.paginas else "")


@_text.register
def _(bron: model.BijlageBron, running: bool) -> str:
    if running and bron.titel:
        return f"{bron.titel} (bijlage bij {_paper(bron.bij)})"
    return f"{'bijlage' if running else 'Bijlage'} bij {_paper(bron.bij)}"


@_text.register
def _(bron: model.Dossier, running: bool) -> str:
    return f"Kamerstukken {bron.dossier}"


@_text.register
def _(bron: model.Aanhangsel, running: bool) -> str:
    return f"Aanhangsel Handelingen {bron.kamer} {short_year(bron.vergaderjaar)}, nr. {bron.nummer}"


@_text.register
def _(bron: model.Handelingen, running: bool) -> str:
    parts = [f"Handelingen {bron.kamer} {short_year(bron.vergaderjaar)}", f"nr. {bron.nummer}"]
    if bron.item is not None:
        parts.append(f"item {bron.item}")
    if bron.paginas:
        parts.append(f"p. {bron.paginas}")
    return ", ".join(parts)


@_text.register
def _(bron: model.Staatsblad, running: bool) -> str:
    place = f"{_PUBLISHED_IN[bron.soort]} {bron.jaar}, {bron.nummer}"
    return f"{bron.titel} ({place})" if running and bron.titel else place


@_text.register
def _(bron: model.Artikel, running: bool) -> str:
    parts = [f"{'artikel' if running else 'Artikel'} {bron.artikel}"]
    if bron.lid:
        parts.append(paragraph_in_words(bron.lid))
    if bron.onderdeel:
        parts.append(f"onderdeel {bron.onderdeel}")
    place = ", ".join(parts)
    if len(parts) > 1:
        place += ","
    if running and not _is_abbreviation(bron.regeling):
        return f"{place} van {_article_word(bron.regeling)} {bron.regeling}"
    return f"{place} {bron.regeling}"


@_text.register
def _(bron: model.Regeling, running: bool) -> str:
    return bron.titel


@_text.register
def _(bron: model.Ecli, running: bool) -> str:
    text = f"{bron.instantie} {format_date(bron.datum)}, {bron.ecli}"
    return f"{text}, {bron.vindplaats}" if bron.vindplaats else text


@_text.register
def _(bron: model.Toezegging, running: bool) -> str:
    return f"{'toezegging' if running else 'Toezegging'} {bron.nummer}"


@_text.register
def _(bron: model.KamerDocument, running: bool) -> str:
    return f"document {bron.nummer}" + (f", zaak {bron.zaak}" if bron.zaak else "")


@_text.register
def _(bron: model.KamerZaak, running: bool) -> str:
    return f"zaak {bron.nummer}"


@_text.register
def _(bron: model.Rapport, running: bool) -> str:
    time = format_date(bron.datum) if bron.datum else str(bron.jaar or "")
    published = ": ".join(part for part in (bron.plaats, bron.uitgever) if part)
    # 'Den Haag: Politie 2025' as for books; a full date is set apart.
    imprint = ", ".join(filter(None, (published, time))) if bron.datum else f"{published} {time}".strip()
    return ", ".join(part for part in (bron.auteur, f"‘{bron.titel}’", imprint) if part)


@_text.register
def _(bron: model.BriefBron, running: bool) -> str:
    names_itself = re.search(r"(?i)brief\b|\bfiche\b", bron.titel)
    title = bron.titel if names_itself else f"{'brief' if running else 'Brief'} ‘{bron.titel}’"
    return f"{title}, {format_date(bron.datum)}"


@_text.register
def _(bron: model.Begrotingsartikel, running: bool) -> str:
    budget = bron.begroting if "begroting" in bron.begroting.lower() else f"begroting van {bron.begroting}"
    return f"{'artikel' if running else 'Artikel'} {bron.artikel} van de {budget}"


def _paper(paper: model.Kamerstuk | model.Kamerstukplaats) -> str:
    number = f"nr. {paper.nummer}" if paper.kamer == "II" else paper.nummer
    return f"Kamerstukken {paper.kamer} {short_year(paper.vergaderjaar)}, {_dossier(paper, ' ')}, {number}"


def _dossier(paper: model.Kamerstuk | model.Kamerstukplaats, separator: str) -> str:
    """35925 VI, in an address 35925-VI; the numbered parts of European dossiers take a hyphen: 21501-02."""
    if not paper.toevoeging:
        return paper.dossier
    return paper.dossier + ("-" if paper.toevoeging.isdigit() else separator) + paper.toevoeging


def _article_word(regeling: str) -> str:
    """'het' when the first known noun takes it: het Wetboek van Strafrecht, de Politiewet 2012."""
    for word in re.findall(r"[^\W\d_]+", regeling.lower()):
        if word.endswith(_NEUTER):
            return "het"
        if word.endswith(_COMMON):
            return "de"
    return "de"


def _is_abbreviation(regeling: str) -> bool:
    """Sr, Awb, EVRM and Wpg follow the article without 'van de'."""
    return bool(re.fullmatch(r"[A-Z][A-Za-z]{1,4}", regeling)) and not regeling.lower().endswith("wet")


# --- address ---


def _address(bron: model.Bron) -> str | None:
    """The author's own `url`, or else `ob_id`, or else what the pattern of its kind gives."""
    if bron.url:
        return bron.url
    ob_id = getattr(bron, "ob_id", None) or _publication_id(bron)
    if ob_id:
        return f"{_PUBLICATIONS}/{ob_id}.html"
    return _other_address(bron)


def _publication_id(bron: model.Bron) -> str | None:
    match bron:
        case model.Kamerstuk() if _has_address(bron.vergaderjaar):
            return f"kst-{_dossier(bron, '-')}-{bron.nummer}"
        case model.Aanhangsel() if _has_address(bron.vergaderjaar):
            return f"ah-{_chamber(bron.kamer)}-{bron.vergaderjaar.replace('-', '')}-{bron.nummer}"
        case model.Handelingen():
            return _proceedings_id(bron)
        case model.Staatsblad():
            return f"{bron.soort}-{bron.jaar}-{bron.nummer}"
        case _:
            return None


def _proceedings_id(bron: model.Handelingen) -> str | None:
    start = f"h-{_chamber(bron.kamer)}-{bron.vergaderjaar.replace('-', '')}"
    if bron.item is not None:
        return f"{start}-{bron.nummer}-{bron.item}"
    # Before there were items the pages were the id; for a single page no pattern is known.
    return f"{start}-{bron.paginas}" if bron.paginas and "-" in bron.paginas else None


def _other_address(bron: model.Bron) -> str | None:
    match bron:
        case model.Dossier():
            return f"{_PUBLICATIONS}/dossier/{bron.dossier}"
        case model.Artikel() if bron.bwb:
            version = f"/{bron.versie.isoformat()}" if bron.versie else ""
            return f"{_LAWS}/{bron.bwb}{version}#Artikel{bron.artikel}"
        case model.Regeling() if bron.bwb:
            return f"{_LAWS}/{bron.bwb}"
        case model.Ecli() if bron.ecli.startswith("ECLI:NL:"):
            return f"https://uitspraken.rechtspraak.nl/details?id={bron.ecli}"
        case model.KamerDocument():
            return f"https://www.tweedekamer.nl/kamerstukken/detail?id={bron.nummer}&did={bron.nummer}"
        case _:
            return None


def _chamber(kamer: model.Kamer) -> str:
    return "tk" if kamer == "II" else "ek"


def _has_address(vergaderjaar: str) -> bool:
    return int(vergaderjaar[:4]) < FIRST_YEAR_WITHOUT_ADDRESS


__all__ = ["Citation", "Finding", "check_citation", "citation", "short_year"]
