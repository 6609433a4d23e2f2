"""editie.yaml, brief.yaml and bijlage.yaml: the edition and its documents."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from .basis import Bestand, Datum, Editienaam, Gegeven, Id, Model, Regel, Tekst
from .grafieken import Figuurkeuze
from .publicatie import Publicatie, Stukpublicatie
from .secties import Onderdeel
from .tabellen import Tabel

Bijlagenummer = Annotated[str, StringConstraints(pattern=r"^[1-9]\d?[a-z]?$")]


class Dossier(Model):
    """The file number of the House of Representatives under which the letter is registered."""

    nummer: Annotated[str, StringConstraints(pattern=r"^\d{5}$")]
    titel: Gegeven


class BriefDocument(Model):
    """The letter of the edition."""

    soort: Literal["brief"]
    bestand: Bestand
    publicatie: Stukpublicatie = Stukpublicatie()


class BijlageDocument(Model):
    """An annex made here: one YAML file, or a folder with bijlage.yaml and a file per section."""

    soort: Literal["bijlage"]
    bestand: Bestand
    nummer: Bijlagenummer | None = None
    publicatie: Stukpublicatie = Stukpublicatie()


class ExternDocument(Model):
    """An annex made by others: a PDF in the edition's folder, or no file yet (volgt separaat)."""

    soort: Literal["extern"]
    id: Id
    titel: Regel
    nummer: Bijlagenummer | None = None
    opsteller: str | None = None
    bestand: Bestand | None = None
    toelichting: Regel | None = None
    publicatie: Stukpublicatie = Stukpublicatie()


DocumentVerwijzing = Annotated[BriefDocument | BijlageDocument | ExternDocument, Field(discriminator="soort")]


class Afwijking(Model):
    """Something that the source has wrong and that is left as published, or is used otherwise, with the reason."""

    plaats: Regel
    vermeld: Regel
    gebruikt: Regel | None = None
    reden: Regel


class Editie(Model):
    """editie.yaml: what holds for the whole half-year report."""

    editie: Editienaam
    titel: Regel
    datum: Datum
    kenmerk: Gegeven
    dossier: Dossier
    onderwerp: Regel
    afzender: Id
    ondertekenaar: Id
    geadresseerde: Id = "tweede-kamer"
    status: Literal["concept", "definitief"] = "concept"
    afwijkingen: tuple[Afwijking, ...] = ()
    publicatie: Publicatie = Publicatie()
    vaste_getallen: tuple[Regel, ...] = ()
    """Numbers over twenty that may be typed in the text, because no data stand behind them: 1600, 24 uur."""
    documenten: Annotated[tuple[DocumentVerwijzing, ...], Field(min_length=1)]


class Brief(Model):
    """brief.yaml: the letter."""

    id: Id = "brief"
    aanhef: Regel | None = None
    tekst: Tekst | None = None
    noten: dict[Id, Tekst] = {}
    tabellen: tuple[Tabel, ...] = ()
    figuren: tuple[Figuurkeuze, ...] = ()
    secties: tuple[Onderdeel, ...] = ()
    slotformule: Regel | None = None
    bijlagenlijst: bool = True


class Bijlage(Model):
    """bijlage.yaml: an annex."""

    id: Id
    titel: Regel
    horend_bij: Regel | None = None
    inhoudsopgave: bool = False
    nummering: bool = True
    zaakgegevens: bool = True
    elke_sectie_nieuwe_pagina: bool = False
    """Every chapter begins on a page of its own: a fact sheet with one theme per page."""
    tekst: Tekst | None = None
    noten: dict[Id, Tekst] = {}
    tabellen: tuple[Tabel, ...] = ()
    figuren: tuple[Figuurkeuze, ...] = ()
    secties: tuple[Onderdeel, ...] = ()
