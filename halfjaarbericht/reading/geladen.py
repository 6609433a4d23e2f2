"""An edition as it was read: the checked models with their places in the files, not yet resolved."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from halfjaarbericht.model.bronnen import Bronnen
from halfjaarbericht.model.cijfers import Cijfers
from halfjaarbericht.model.editie import Bijlage, Brief, Editie, ExternDocument
from halfjaarbericht.model.gedeeld import Afkortingen, Afzenders
from halfjaarbericht.model.secties import TekstSectie, Zaak
from halfjaarbericht.reading.andere import EditionNumbers
from halfjaarbericht.reading.source import KeyPath, Source


@dataclass(frozen=True, slots=True)
class LoadedSection:
    """A section with the place of its model in the files, and the sections under it."""

    model: TekstSectie | Zaak
    source: Source
    path: KeyPath
    sections: tuple[LoadedSection, ...]


@dataclass(frozen=True, slots=True)
class LoadedDocument:
    """A letter or annex. `number` is '' for the letter; `entry` is its place in editie.yaml."""

    model: Brief | Bijlage
    source: Source
    sections: tuple[LoadedSection, ...]
    number: str
    entry: KeyPath


@dataclass(frozen=True, slots=True)
class LoadedExtern:
    """An annex made by others."""

    model: ExternDocument
    number: str
    entry: KeyPath


@dataclass(frozen=True, slots=True)
class Shared:
    """content/gedeeld."""

    senders: Afzenders
    senders_source: Source
    abbreviations: Afkortingen


@dataclass(frozen=True, slots=True)
class LoadedEdition:
    """Everything of one edition, read and of the right shape, not yet resolved."""

    folder: Path
    name: str
    model: Editie
    source: Source
    documents: tuple[LoadedDocument | LoadedExtern, ...]
    citations: Bronnen
    citations_source: Source
    numbers: Cijfers
    numbers_source: Source
    shared: Shared
    inputs: tuple[Path, ...] = field(default=())
    others: Mapping[str, EditionNumbers] = field(default_factory=dict)
    """The numbers of the editions that a series takes data from."""


NOTHING_SHARED = Shared(Afzenders(afzenders={}, ondertekenaars={}, geadresseerden={}), Source("", []), Afkortingen())
"""For reading an edition whose shared files could not be read."""


def walk(sections: tuple[LoadedSection, ...]) -> Iterator[LoadedSection]:
    """All sections in reading order."""
    for section in sections:
        yield section
        yield from walk(section.sections)
