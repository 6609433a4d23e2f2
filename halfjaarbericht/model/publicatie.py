"""What editie.yaml says about publication: the values of the metadata that do not follow from the rest."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field, StringConstraints

from .basis import Datum, Gegeven, Model
from .bronnen import ObId, Vergaderjaar


class _Indeling(Model):
    """Where a document belongs; each value by its label or code from the value lists (waardelijsten/tooi.json)."""

    informatiecategorie: Gegeven | None = None
    documentsoort: Gegeven | None = None
    thema: Annotated[tuple[Gegeven, ...], Field(min_length=1)] | None = None


class Stukpublicatie(_Indeling):
    """What is different for one document."""

    ob_id: ObId | None = None
    """Its id on officielebekendmakingen.nl once it is there: kst-29628-1098, blg-1031005."""


class Publicatie(_Indeling):
    """What holds for the whole edition."""

    uitgever: Gegeven | None = None
    """Who publishes it; without it the ministry of the sender."""
    handeling: Gegeven | None = None
    """What was done with it on `handelingsdatum`: ondertekening (which it is without this), vaststelling, ontvangst."""
    handelingsdatum: Datum | None = None
    trefwoorden: tuple[Gegeven, ...] = ()
    vergaderjaar: Vergaderjaar | None = None
    """Without it the parliamentary year of the date."""
    ondernummer: Annotated[str, StringConstraints(pattern=r"^[1-9]\d{0,4}$")] | None = None
    """The number within the dossier, which the House gives after the letter has been sent."""
