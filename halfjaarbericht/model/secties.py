"""Sections: running text, and the matters (motie, toezegging, verzoek, aanvullend) that a report answers.

The fields of a matter follow the register of the House (Nummer, ToegezegdAan, Status, DatumNakoming) and the
states that half-year reports themselves use.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Discriminator, Field, Tag

from .basis import Bestand, Datum, Geheel, Id, Model, Regel, Tekst, soort_of
from .grafieken import Figuurkeuze
from .tabellen import Tabel

Debatsoort = Literal[
    "algemeen overleg",
    "algemene politieke beschouwingen",
    "begrotingsbehandeling",
    "brief",
    "commissiedebat",
    "dertigledendebat",
    "debat",
    "halfjaarbericht",
    "notaoverleg",
    "plenair debat",
    "schriftelijke vragen",
    "tweeminutendebat",
    "VAO",
    "vragenuur",
    "wetgevingsoverleg",
]
Zaakstatus = Literal["open", "in_uitvoering", "uitgesteld", "doorlopend", "deels_afgedaan", "afgedaan"]


class Indiener(Model):
    """A Member of Parliament; `cs` when others signed with them (cum suis)."""

    naam: str
    fractie: str | None = None
    cs: bool = False


class Debat(Model):
    """Where a motion was moved or a commitment given."""

    soort: Debatsoort
    onderwerp: str | None = None
    datum: Datum | None = None
    jaar: Geheel | None = None


class Vervolg(Model):
    """When the House hears more: an edition, a date, or a period in words."""

    editie: Annotated[str, Field(pattern=r"^20\d\d-[12]$")] | None = None
    datum: Datum | None = None
    tekst: Regel | None = None


class _Inhoud(Model):
    """What every section has."""

    id: Id
    titel: Regel
    tekst: Tekst | None = None
    noten: dict[Id, Tekst] = {}
    tabellen: tuple[Tabel, ...] = ()
    figuren: tuple[Figuurkeuze, ...] = ()


class TekstSectie(_Inhoud):
    """A section of running text; `overzicht` adds generated lists of the matters in this document."""

    soort: Literal["tekst"]
    genummerd: bool = True
    overzicht: tuple[Literal["toezegging", "motie", "verzoek", "aanvullend"], ...] = ()
    secties: tuple[Onderdeel, ...] = ()


class _Zaak(_Inhoud):
    """What motions, commitments, requests and additional matters share."""

    omschrijving: Regel | None = None
    indieners: tuple[Indiener, ...] = ()
    debat: Debat | None = None
    bronnen: tuple[Id, ...] = ()
    status: Zaakstatus | None = None
    vervolg: Vervolg | None = None
    slotzin: Literal[True, False, "meervoud"] = True
    """Whether a settled matter ends with the usual sentence; 'meervoud' when it settles more than one."""
    secties: tuple[Onderdeel, ...] = ()


class MotieSectie(_Zaak):
    """A motion and what came of it."""

    soort: Literal["motie"]


class ToezeggingSectie(_Zaak):
    """A commitment and what came of it. `indieners` are the Members it was given to; `toegezegd_door` is who gave it
    when that was not the signatory: 'de staatssecretaris van Justitie en Veiligheid'."""

    soort: Literal["toezegging"]
    toegezegd_door: Regel | None = None


class VerzoekSectie(_Zaak):
    """A request from the House or one of its committees."""

    soort: Literal["verzoek"]


class AanvullendSectie(_Zaak):
    """A matter the minister reports on without being asked."""

    soort: Literal["aanvullend"]


Zaak = MotieSectie | ToezeggingSectie | VerzoekSectie | AanvullendSectie


class SectieVerwijzing(Model):
    """A section in a file of its own, with the sections that come under it in the order of the report."""

    bestand: Bestand
    secties: tuple[Onderdeel, ...] = ()


Sectie = Annotated[
    Annotated[TekstSectie, Tag("tekst")]
    | Annotated[MotieSectie, Tag("motie")]
    | Annotated[ToezeggingSectie, Tag("toezegging")]
    | Annotated[VerzoekSectie, Tag("verzoek")]
    | Annotated[AanvullendSectie, Tag("aanvullend")],
    Discriminator(soort_of("")),
]
"""A section written out, as a section file holds it."""

Onderdeel = Annotated[
    Annotated[TekstSectie, Tag("tekst")]
    | Annotated[MotieSectie, Tag("motie")]
    | Annotated[ToezeggingSectie, Tag("toezegging")]
    | Annotated[VerzoekSectie, Tag("verzoek")]
    | Annotated[AanvullendSectie, Tag("aanvullend")]
    | Annotated[SectieVerwijzing, Tag("bestand")],
    Discriminator(soort_of("bestand")),
]
"""A section in place, or `bestand:` and the file that holds it."""

for _model in (TekstSectie, MotieSectie, ToezeggingSectie, VerzoekSectie, AanvullendSectie, SectieVerwijzing):
    _model.model_rebuild()
