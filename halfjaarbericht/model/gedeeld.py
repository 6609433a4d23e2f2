"""content/gedeeld: the sender, who signs, who receives, and abbreviations."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from .basis import Bestand, Datum, Gegeven, Id, Model, Regel, Taal


class Afzender(Model):
    """A sending part of the ministry, as the right-hand column and the logo block print it."""

    ministerie: Annotated[tuple[str, ...], Field(min_length=1, max_length=3)]
    directoraat_generaal: Gegeven
    directie: str | None = None
    bezoekadres: tuple[str, ...]
    postadres: tuple[str, ...]
    retouradres: Gegeven
    website: str | None = None
    logo: Bestand | None = None
    """The user's own SVG, relative to content/gedeeld; without it a plain ribbon."""
    lint: bool = True


class Ondertekenaar(Model):
    """A signatory and their term of office (`van` up to and including `tot`)."""

    functie: Gegeven
    naam: Gegeven
    van: Datum
    tot: Datum | None = None


class Afzenders(Model):
    """gedeeld/afzender.yaml."""

    afzenders: dict[Id, Afzender]
    ondertekenaars: dict[Id, Ondertekenaar]
    geadresseerden: dict[Id, tuple[str, ...]]
    beantwoordingsregel: Regel | None = None


class Afkorting(Model):
    """An abbreviation; `voluit` is written at its first use in a document."""

    voluit: str
    taal: Taal | None = None


class Afkortingen(Model):
    """gedeeld/afkortingen.yaml."""

    afkortingen: dict[str, Afkorting] = {}
