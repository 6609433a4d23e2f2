"""cijfers.yaml: the data files of an edition and every number that its text uses, by id."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Annotated, Literal

from pydantic import BeforeValidator, Field, StringConstraints
from pydantic_core import PydanticCustomError

from .basis import Bestand, Datum, Editienaam, Geheel, Id, Model, Regel

Cijfernaam = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9-]*(?:\.[a-z0-9][a-z0-9-]*)*$", max_length=120)]


# 1.178 could be a thousand or a bit more than one; nobody may have to guess.
_AMBIGUOUS = re.compile(r"-?[1-9]\d{0,2}[.,]\d{3}")


def _parse_decimal(value: object) -> object:
    """Whole numbers come as int, all others as text with a decimal comma or point; never a thousands mark."""
    if isinstance(value, str):
        text = value.strip().replace(",", ".")
        if _AMBIGUOUS.fullmatch(text):
            raise PydanticCustomError("duizendtal", "een getal met een punt en drie cijfers")
        try:
            return Decimal(text)
        except ArithmeticError:
            return value
    return value


Getal = Annotated[Decimal, BeforeValidator(_parse_decimal)]


class Getalopmaak(Model):
    """How a number is written. `eenheid` is what follows it (fte, %, personen); `€` comes before it.
    `schaal` divides: miljoen gives `€ 23,4 miljoen` in text, and only the figure in a table. `afronden` is the step
    that the figure is rounded to before that: 1000 makes 12.000 of 12.345. It changes what is printed, never what
    is computed with."""

    eenheid: str | None = None
    decimalen: Annotated[Geheel, Field(ge=0, le=6)] | None = None
    schaal: Literal["duizend", "miljoen", "miljard"] | None = None
    plusteken: bool = False
    afronden: Annotated[Getal, Field(gt=0)] | None = None


class Datakolom(Model):
    """A column of a data file."""

    soort: Literal["tekst", "getal", "datum"] = "getal"
    opmaak: Getalopmaak = Getalopmaak()
    verplicht: bool = False
    """No empty cells allowed."""


class Reeks(Model):
    """The data files called `data` in cijfers.yaml of several editions, as one: joined on their key. With `rij` only
    that row of each, with the `peildatum` of its file as key: a course in time, which every edition makes longer."""

    data: Id
    edities: Annotated[tuple[Editienaam, ...], Field(min_length=1)]
    rij: str | tuple[str, ...] | None = None
    afwijking: Regel | None = None
    """Why an edition states another figure than an earlier one; the later one then holds, and each is listed."""


Bereik = Annotated[str, StringConstraints(pattern=r"^[A-Z]{1,3}[1-9]\d{0,6}:[A-Z]{1,3}[1-9]\d{0,6}$")]
"""Part of a sheet, the header row first: A3:F12."""


class Databestand(Model):
    """A data file with a header row, and what its columns mean: CSV (UTF-8), or a sheet of an .xlsx file. `sleutel`
    names the column(s) that identify a row. Values such as n.b. and n.v.t. are listed under `ontbrekend` and are
    shown as they are. Instead of a file, `reeks` joins files of several editions; its `kolommen` then choose from
    their columns (all, when there are none)."""

    bestand: Bestand | None = None
    blad: str | None = None
    """The sheet of an .xlsx file."""
    bereik: Bereik | None = None
    """The part of the sheet that is read; otherwise all of it."""
    reeks: Reeks | None = None
    scheidingsteken: Literal["komma", "puntkomma"] = "komma"
    getallen: Literal["gewoon", "nederlands"] = "gewoon"
    """gewoon: 1234.5; nederlands: 1.234,5"""
    sleutel: str | tuple[str, ...] | None = None
    kolommen: dict[str, Datakolom] = {}
    ontbrekend: tuple[str, ...] = ()
    bron: Regel | None = None
    peildatum: Datum | None = None


class Celplaats(Model):
    """One cell of a data file: the row by its key, the column by its heading."""

    data: Id
    rij: str | tuple[str, ...]
    kolom: str


class Kolomtotaal(Model):
    """A column of a data file to add up, or to take the highest or lowest of: all rows, or those with the given
    keys."""

    data: Id
    kolom: str
    rijen: tuple[str | tuple[str, ...], ...] | None = None


class Kolomrang(Model):
    """The place of a row when those of a column are put in order; equal rows share a place (1, 2, 2, 4)."""

    data: Id
    kolom: str
    rij: str | tuple[str, ...]
    volgorde: Literal["hoog", "laag"] = "hoog"
    """hoog: the highest is 1; laag: the lowest is."""
    rijen: tuple[str | tuple[str, ...], ...] | None = None
    """The rows that are compared; all of them otherwise, so name them when there is a row with a total."""


class Cijfer(Model):
    """One named number. Exactly one of its fields up to `rang` says what it is.

    verschil [a, b] is a - b; verhouding [a, b] is a / b; percentage [a, b] is a / b x 100, such as a share or how much
    of a norm was reached; verandering [new, old] is the change in percent; gemiddelde is the mean.
    `vermeld` is what the source itself states; it must agree with the computed value within `tolerantie`.
    """

    waarde: Getal | None = None
    cel: Celplaats | None = None
    totaal: Kolomtotaal | None = None
    som: Annotated[tuple[Cijfernaam, ...], Field(min_length=2)] | None = None
    verschil: tuple[Cijfernaam, Cijfernaam] | None = None
    verhouding: tuple[Cijfernaam, Cijfernaam] | None = None
    percentage: tuple[Cijfernaam, Cijfernaam] | None = None
    verandering: tuple[Cijfernaam, Cijfernaam] | None = None
    gemiddelde: Annotated[tuple[Cijfernaam, ...], Field(min_length=2)] | None = None
    maximum: Kolomtotaal | None = None
    minimum: Kolomtotaal | None = None
    rang: Kolomrang | None = None
    opmaak: Getalopmaak = Getalopmaak()
    omschrijving: str | None = None
    peil: str | None = None
    """The moment or period the number holds for, as text: 2021-12-31, 2021, 2019/2020."""
    vermeld: Getal | None = None
    tolerantie: Getal = Decimal(0)
    afwijking: Regel | None = None
    """Why it does not agree all the same: puts a deviation of the source on record instead of refusing it."""
    bron: str | None = None


class Cijfers(Model):
    """cijfers.yaml."""

    data: dict[Id, Databestand] = {}
    cijfers: dict[Cijfernaam, Cijfer] = {}
