"""bronnen.yaml: every citation once, by id. One model per kind of source."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from .basis import Datum, Geheel, Id, Model, Taal

Kamer = Literal["I", "II"]
Vergaderjaar = Annotated[str, StringConstraints(pattern=r"^(?:19|20)\d\d-(?:19|20)\d\d$")]
Dossiernummer = Annotated[str, StringConstraints(pattern=r"^\d{5}$")]
ObId = Annotated[str, StringConstraints(pattern=r"^[a-z]+-[A-Za-z0-9-]+$")]


class _Bron(Model):
    url: Annotated[str, StringConstraints(pattern=r"^https?://\S+$")] | None = None
    toelichting: str | None = None


class _OfficieleBron(_Bron):
    ob_id: ObId | None = None
    """The id on officielebekendmakingen.nl where the number does not give it (since about July 2026)."""


class Kamerstuk(_OfficieleBron):
    """A parliamentary paper: number in the Second Chamber, a letter in the First."""

    soort: Literal["kamerstuk"]
    kamer: Kamer
    vergaderjaar: Vergaderjaar
    dossier: Dossiernummer
    toevoeging: str | None = None
    nummer: str
    paginas: str | None = None


class Kamerstukplaats(Model):
    """The paper that an annex belongs to."""

    kamer: Kamer
    vergaderjaar: Vergaderjaar
    dossier: Dossiernummer
    toevoeging: str | None = None
    nummer: str


class BijlageBron(_OfficieleBron):
    """An annex to a parliamentary paper."""

    soort: Literal["bijlage"]
    bij: Kamerstukplaats
    titel: str | None = None
    taal: Taal | None = None
    """The language of the title when that is not Dutch."""


class Dossier(_Bron):
    """A whole file: Kamerstukken 31945."""

    soort: Literal["dossier"]
    dossier: Dossiernummer


class Aanhangsel(_OfficieleBron):
    """Answers to written questions."""

    soort: Literal["aanhangsel"]
    kamer: Kamer
    vergaderjaar: Vergaderjaar
    nummer: str


class Handelingen(_OfficieleBron):
    """Proceedings: item from 2011, pages before."""

    soort: Literal["handelingen"]
    kamer: Kamer
    vergaderjaar: Vergaderjaar
    nummer: str
    item: Geheel | None = None
    paginas: str | None = None


class Staatsblad(_OfficieleBron):
    """Stb., Stcrt. or Trb."""

    soort: Literal["stb", "stcrt", "trb"]
    jaar: Geheel
    nummer: Geheel
    titel: str | None = None


class Artikel(_Bron):
    """An article of an act or regulation; `bwb` gives the link to wetten.overheid.nl."""

    soort: Literal["artikel"]
    artikel: str
    lid: str | None = None
    """The number (1) or the ordinal (eerste) of a paragraph; more with 'en'."""
    onderdeel: str | None = None
    """The letter of an item within the article or paragraph."""
    regeling: str
    bwb: Annotated[str, StringConstraints(pattern=r"^BWB[RVW]\d{7}$")] | None = None
    versie: Datum | None = None


class Regeling(_Bron):
    """A whole act, decree or regulation."""

    soort: Literal["regeling"]
    titel: str
    bwb: Annotated[str, StringConstraints(pattern=r"^BWB[RVW]\d{7}$")] | None = None


class Ecli(_Bron):
    """A court decision."""

    soort: Literal["ecli"]
    ecli: Annotated[str, StringConstraints(pattern=r"^ECLI:[A-Z]{2}:[A-Z]+:\d{4}:[A-Za-z0-9.]+$")]
    instantie: str
    datum: Datum
    vindplaats: str | None = None


class Toezegging(_Bron):
    """A commitment in the register of the House."""

    soort: Literal["toezegging"]
    nummer: Annotated[str, StringConstraints(pattern=r"^(?:TZ\d{6}-\d{3}|TZ\d{6}|TO\d{4})$")]


class KamerDocument(_Bron):
    """A document in the system of the House (2024D51189), if known with its case (2024Z21536)."""

    soort: Literal["tk-document"]
    nummer: Annotated[str, StringConstraints(pattern=r"^\d{4}D\d{5}$")]
    zaak: Annotated[str, StringConstraints(pattern=r"^\d{4}Z\d{5}$")] | None = None


class KamerZaak(_Bron):
    """A case in the system of the House."""

    soort: Literal["tk-zaak"]
    nummer: Annotated[str, StringConstraints(pattern=r"^\d{4}Z\d{5}$")]


class Rapport(_Bron):
    """A report, book, article or web page: author, title, and place and time as far as known."""

    soort: Literal["rapport"]
    auteur: str | None = None
    titel: str
    taal: Taal | None = None
    plaats: str | None = None
    uitgever: str | None = None
    jaar: Geheel | None = None
    datum: Datum | None = None


class BriefBron(_Bron):
    """A letter or BNC fiche without a known parliamentary number."""

    soort: Literal["brief"]
    titel: str
    taal: Taal | None = None
    datum: Datum


class Begrotingsartikel(_Bron):
    """An article of a ministry's budget."""

    soort: Literal["begrotingsartikel"]
    artikel: str
    begroting: str


Bron = Annotated[
    Kamerstuk
    | BijlageBron
    | Dossier
    | Aanhangsel
    | Handelingen
    | Staatsblad
    | Artikel
    | Regeling
    | Ecli
    | Toezegging
    | KamerDocument
    | KamerZaak
    | Rapport
    | BriefBron
    | Begrotingsartikel,
    Field(discriminator="soort"),
]


class Bronnen(Model):
    """bronnen.yaml."""

    bronnen: dict[Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(?:[-.][a-zA-Z0-9]+)*$")], Bron] = {}


__all__ = ["Bron", "Bronnen", "Id"]
