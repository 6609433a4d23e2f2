"""What every content model shares: the base class and the small field types."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, StringConstraints
from pydantic_core import PydanticCustomError, PydanticKnownError

# Ids end up in file names, HTML ids and PDF destinations, so the alphabet is small on purpose.
ID_PATTERN = r"^[a-z0-9]+(?:[-.][a-zA-Z0-9]+)*$"


class Model(BaseModel):
    """Base of all content models: frozen, unknown keys are errors, numbers in text fields are text."""

    model_config = ConfigDict(extra="forbid", frozen=True, coerce_numbers_to_str=True)


EARLIEST, LATEST = date(1900, 1, 1), date(2100, 12, 31)
"""Outside these years a date is a slip of the pen."""
_ISO = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)


def iso_date(text: str) -> date | None:
    """The date written as jjjj-mm-dd; None for anything else, other forms of ISO 8601 (20221215) included."""
    try:
        return date.fromisoformat(text) if _ISO.fullmatch(text) else None
    except ValueError:
        return None


def _parse_date(value: object) -> object:
    """Take only what iso_date does, within the bounds; the loader gives text."""
    found = iso_date(value) if isinstance(value, str) else value
    if not isinstance(found, date):
        raise PydanticKnownError("date_type")
    if not EARLIEST <= found <= LATEST:
        raise PydanticCustomError("date_bounds", "a year that cannot be meant")
    return found


def _not_blank(text: str) -> str:
    """Refuse what prints nothing; the text itself stays as it is, for the places in it."""
    if not text.strip():
        raise PydanticKnownError("string_too_short", {"min_length": 1})
    return text


def _no_truth(value: object) -> object:
    """For Python `true` is the number 1; for an author it is not."""
    if isinstance(value, bool):
        raise PydanticCustomError("int_type", "a truth is no number")
    return value


Id = Annotated[str, StringConstraints(pattern=ID_PATTERN, max_length=80)]
Editienaam = Annotated[str, StringConstraints(pattern=r"^20\d\d-[12]$")]
"""The year and half of an edition, and the name of its folder: 2022-2."""
Tekst = Annotated[str, StringConstraints(min_length=1), AfterValidator(_not_blank)]
"""Prose: Markdown blocks with roles (see proza.py)."""
Regel = Annotated[str, StringConstraints(min_length=1, max_length=500), AfterValidator(_not_blank)]
"""One line of prose: inline Markdown with roles; titles, captions and cells."""
Gegeven = Annotated[str, StringConstraints(min_length=1, max_length=500), AfterValidator(_not_blank)]
"""A line that is printed as it is: a name, a kenmerk."""
Datum = Annotated[date, BeforeValidator(_parse_date)]
Geheel = Annotated[int, BeforeValidator(_no_truth)]
"""A whole number; `true` is not one."""
Taal = Annotated[str, StringConstraints(pattern=r"^[a-z]{2,3}$")]
"""A language by its ISO 639 code, as {taal}`en: …` takes it: en."""
Bestand = Annotated[str, StringConstraints(min_length=1, max_length=300)]
"""A path relative to the folder of the edition, with forward slashes."""


def soort_of(default: str) -> Callable[[Any], str]:
    """Discriminator for a union in which one kind needs no `soort`: gives the kind, or `default` without one."""

    def kind(value: Any) -> str:
        found = value.get("soort", default) if isinstance(value, dict) else getattr(value, "soort", default)
        return str(found)

    return kind
