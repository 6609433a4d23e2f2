"""What a comparison gives: changes of one document, of one edition."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

What = Literal["gewijzigd", "nieuw", "vervallen"]
State = Literal["gewijzigd", "gelijk", "nieuw", "vervallen"]


@dataclass(frozen=True, slots=True)
class Change:
    """One text that is another, new, or gone. kind: as of a Unit, or cel, rij, kolom. `heading` is the section it
    stands in as printed, `where` the place within it ('tabel 2, rij Eenheden, kolom 2022'); '' for a sentence."""

    what: What
    kind: str
    heading: str
    where: str
    old: str = ""
    new: str = ""


@dataclass(frozen=True, slots=True)
class Renumbering:
    """Numbers of one series that all moved by the same amount: `first_old` t/m `last_old` → …; `count` of them."""

    series: str
    first_old: str
    last_old: str
    first_new: str
    last_new: str
    count: int


@dataclass(frozen=True, slots=True)
class DocumentChanges:
    """What happened to a document. `references` is the number of texts in which only a number that refers to
    something else changed, `moved` that of texts that stand elsewhere. `size` counts texts and rows of a document
    that is new or gone."""

    id: str
    label: str
    title: str
    stem: str
    state: State
    changes: tuple[Change, ...] = ()
    renumbered: tuple[Renumbering, ...] = ()
    references: int = 0
    moved: int = 0
    size: int = 0


@dataclass(frozen=True, slots=True)
class EditionChanges:
    """What happened to an edition."""

    name: str
    state: State
    documents: tuple[DocumentChanges, ...] = ()
