"""Tables and figures inside a section."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Discriminator, Field, Tag

from .basis import Bestand, Geheel, Id, Model, Regel, Tekst, soort_of
from .cijfers import Getalopmaak


class Kolom(Model):
    """A column of a table of numbers: `veld` is a column of the data file."""

    veld: str
    kop: Regel
    opmaak: Getalopmaak | None = None
    rijkop: bool = False
    samenvoegen: bool = False
    """Merge equal cells that follow each other (rowspan); for the column that groups rows."""


class Kolomgroep(Model):
    """A heading over several columns that follow each other: gives the table a second header row."""

    kop: Regel
    velden: Annotated[tuple[str, ...], Field(min_length=1)]


class Totaal(Model):
    """A row with totals. `bron_rij` is the row in which the source states the total itself: that stated total is
    shown, and compared with the computed one."""

    kop: Regel = "Totaal"
    velden: Annotated[tuple[str, ...], Field(min_length=1)]
    bron_rij: str | tuple[str, ...] | None = None
    tolerantie: Annotated[Geheel, Field(ge=0)] = 0
    afwijking: Regel | None = None
    """Why the stated total deviates more than that: puts the deviation on record."""


class Celnoot(Model):
    """A note in a cell of a table of numbers; `noot` is a note id of the section or citation ids."""

    rij: str | tuple[str, ...]
    veld: str
    noot: str


class _Tabelbasis(Model):
    id: Id
    bijschrift: Regel
    bron: Regel | None = None
    breed: bool = False
    """A table that needs the width of the page: set on a landscape page of its own."""


class Cijfertabel(_Tabelbasis):
    """A table of numbers, filled from a data file."""

    soort: Literal["cijfers"] = "cijfers"
    data: Id
    kolommen: Annotated[tuple[Kolom, ...], Field(min_length=1)]
    kolomgroepen: tuple[Kolomgroep, ...] = ()
    rijen: tuple[str | tuple[str, ...], ...] | None = None
    """The keys of the rows to show, in this order; without it all rows."""
    totaal: Totaal | None = None
    celnoten: tuple[Celnoot, ...] = ()


class Cel(Model):
    """A cell of a table of text that spans columns or rows, or is a heading."""

    tekst: Tekst | None = None
    over_kolommen: Annotated[Geheel, Field(ge=1, le=100)] = 1
    over_rijen: Annotated[Geheel, Field(ge=1, le=1000)] = 1


class Tekstkolom(Model):
    """A column of a table of text; `breedte` is a percentage of the width of the table, `rechts` is for figures."""

    kop: Regel
    rijkop: bool = False
    rechts: bool = False
    breedte: Annotated[Geheel, Field(ge=5, le=95)] | None = None


class Teksttabel(_Tabelbasis):
    """A table of text: every cell is prose."""

    soort: Literal["tekst"]
    kolommen: Annotated[tuple[Tekstkolom, ...], Field(min_length=1)]
    rijen: Annotated[tuple[tuple[Tekst | Cel | None, ...], ...], Field(min_length=1)]


class Formulierrij(Model):
    """A row of a form: a label, and prose and/or a nested table of numbers."""

    kop: Regel
    tekst: Tekst | None = None
    tabel: Geneste | None = None


class Geneste(Model):
    """A table of numbers inside a form: it has no number of its own."""

    data: Id
    kolommen: Annotated[tuple[Kolom, ...], Field(min_length=1)]
    rijen: tuple[str | tuple[str, ...], ...] | None = None
    bijschrift: Regel | None = None


class Formulier(_Tabelbasis):
    """A form of two columns, such as the account under 'Beleidskeuzes uitgelegd' (CW 3.1)."""

    soort: Literal["formulier"]
    kop: Regel
    ondertitel: Regel | None = None
    rijen: Annotated[tuple[Formulierrij, ...], Field(min_length=1)]


Tabel = Annotated[
    Annotated[Cijfertabel, Tag("cijfers")]
    | Annotated[Teksttabel, Tag("tekst")]
    | Annotated[Formulier, Tag("formulier")],
    Discriminator(soort_of("cijfers")),
]


class Figuur(Model):
    """An image from the folder of the edition. `alt` is what a reader who cannot see it needs to know."""

    soort: Literal["afbeelding"] = "afbeelding"
    id: Id
    bijschrift: Regel
    bestand: Bestand
    alt: Annotated[str, Field(min_length=10)]
    bron: Regel | None = None
    breedte: Annotated[Geheel, Field(ge=10, le=100)] = 100


Formulierrij.model_rebuild()
Formulier.model_rebuild()
