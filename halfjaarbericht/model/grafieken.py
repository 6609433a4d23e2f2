"""Charts and headline figures: figures that are drawn from the data of the edition."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Discriminator, Field, Tag

from .basis import Geheel, Id, Model, Regel, soort_of
from .cijfers import Cijfernaam, Getal, Getalopmaak
from .tabellen import Figuur

Altregel = Annotated[str, Field(min_length=10, max_length=2000)]


class Xas(Model):
    """What stands along the horizontal axis: the rows of the data file, named by `kolom`, or its `kolommen`.

    Of rows `rijen` says which and in what order (without it all). Of columns the headings are the labels; a
    heading that is an ISO date is shown as a date. `koppen` replaces the labels, one for each point. With `koppen`
    alone the series are made of named numbers.
    """

    kolom: str | None = None
    rijen: tuple[str | tuple[str, ...], ...] | None = None
    kolommen: Annotated[tuple[str, ...], Field(min_length=1)] | None = None
    koppen: tuple[Regel, ...] | None = None


class Grafiekreeks(Model):
    """One line or colour of a chart: a column of the data file when the points are rows, a row when they are
    columns, or named numbers, one for each point. `nadruk` makes it stand out."""

    kolom: str | None = None
    rij: str | tuple[str, ...] | None = None
    cijfers: Annotated[tuple[Cijfernaam, ...], Field(min_length=1)] | None = None
    label: Regel | None = None
    nadruk: bool = False


class Norm(Model):
    """A target or norm: a line across the chart at `waarde`, or at the named number `cijfer`."""

    waarde: Getal | None = None
    cijfer: Cijfernaam | None = None
    label: Regel


class _Beeld(Model):
    id: Id
    bijschrift: Regel
    bron: Regel | None = None
    alt: Altregel | None = None
    """The author's own text instead of the one made from the data."""
    breedte: Annotated[Geheel, Field(ge=40, le=100)] = 100
    """Per cent of the width of the text."""


class Grafiek(_Beeld):
    """A chart of a data file, or without `data` of named numbers. Bars and stacks always start at zero; for lines
    `vanaf_nul: false` lets the axis begin higher, and the chart then says so. `hoogte` is in mm."""

    soort: Literal["grafiek"]
    vorm: Literal["lijn", "staaf", "gestapeld", "gegroepeerd", "veelvoud"]
    data: Id | None = None
    x: Xas
    reeksen: Annotated[tuple[Grafiekreeks, ...], Field(min_length=1)]
    eenheid: Regel | None = None
    """What the values are, above the axis: 'aantal klachten', 'fte'. Without it the unit of the data."""
    opmaak: Getalopmaak | None = None
    norm: Norm | None = None
    vanaf_nul: bool = True
    liggend: bool = False
    """Only for vorm staaf: bars that lie down, for long labels."""
    panelen: Literal["lijn", "staaf"] = "lijn"
    """Only for vorm veelvoud: what stands in each panel."""
    eigen_as: bool = False
    """Only for vorm veelvoud: every panel has an axis of its own, so heights cannot be compared across panels."""
    hoogte: Annotated[Geheel, Field(ge=25, le=180)] = 60


class Getalblok(Model):
    """One headline figure: a named number with what it is. `vergelijk` is another named number; the difference is
    told in words, with `vergelijking` after it: '36 fte meer' 'dan eind 2023'."""

    cijfer: Cijfernaam
    woord: Literal["ruim", "bijna", "circa"] | None = None
    """How the figure lies to the exact one, before it."""
    label: Regel
    vergelijk: Cijfernaam | None = None
    vergelijking: Regel | None = None


class Kerngetal(_Beeld):
    """One to four headline figures beside each other, large."""

    soort: Literal["kerngetal"]
    getallen: Annotated[tuple[Getalblok, ...], Field(min_length=1, max_length=4)]


Figuurkeuze = Annotated[
    Annotated[Figuur, Tag("afbeelding")] | Annotated[Grafiek, Tag("grafiek")] | Annotated[Kerngetal, Tag("kerngetal")],
    Discriminator(soort_of("afbeelding")),
]
"""A figure: an image from the folder of the edition, a chart, or headline figures."""
