"""From a content folder to checked models: finds the files of an edition, reads them, and reports all mistakes."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from halfjaarbericht.model.bronnen import Bronnen
from halfjaarbericht.model.cijfers import Cijfers
from halfjaarbericht.model.editie import Bijlage, BijlageDocument, Brief, BriefDocument, Editie, ExternDocument
from halfjaarbericht.model.gedeeld import Afkortingen, Afzenders
from halfjaarbericht.model.secties import Sectie, SectieVerwijzing
from halfjaarbericht.problems import ContentError, Problem, blocking, did_you_mean
from halfjaarbericht.reading.andere import EditionNumbers, read_others
from halfjaarbericht.reading.geladen import (
    NOTHING_SHARED,
    LoadedDocument,
    LoadedEdition,
    LoadedExtern,
    LoadedSection,
    Shared,
    walk,
)
from halfjaarbericht.reading.paden import Room, leads_out, pdf_mistake, shortened
from halfjaarbericht.reading.source import KeyPath, Source, read_source
from halfjaarbericht.reading.validate import validate

SHARED = "gedeeld"
MAX_LEVEL = 3


def find_editions(content: Path) -> list[str]:
    """The names of the editions in a content folder, oldest first."""
    return sorted(p.parent.name for p in content.glob("*/editie.yaml"))


def load_shared(content: Path) -> Shared:
    """Read content/gedeeld. Raises ContentError."""
    loader = _Loader(content, content / SHARED)
    senders, source = loader.file(content / SHARED / "afzender.yaml", Afzenders)
    abbreviations, _ = loader.file(content / SHARED / "afkortingen.yaml", Afkortingen, required=False)
    loader.stop()
    return Shared(senders, source, abbreviations)


def load_edition(content: Path, name: str, shared: Shared) -> LoadedEdition:
    """Read an edition. Raises ContentError with the mistakes of all its files."""
    folder = content / name
    loader = _Loader(content, folder)
    model, source = loader.file(folder / "editie.yaml", Editie)
    if model:
        loader.check_name(model, source)
    documents = loader.documents(model, source) if model else ()
    loader.unused()
    citations, citations_source = loader.file(folder / "bronnen.yaml", Bronnen, required=False)
    numbers, numbers_source = loader.file(folder / "cijfers.yaml", Cijfers, required=False)
    others = loader.others(numbers, numbers_source) if numbers else {}
    loader.stop()
    return LoadedEdition(
        folder,
        name,
        model,
        source,
        documents,
        citations,
        citations_source,
        numbers,
        numbers_source,
        shared,
        tuple(sorted(loader.read)),
        others,
    )


class _Loader:
    """Reads files and gathers problems instead of stopping at the first."""

    def __init__(self, content: Path, folder: Path):
        self.content = content
        self.folder = folder
        self.room = Room(folder)
        self.problems: list[Problem] = []
        self.read: set[Path] = set()

    def stop(self) -> None:
        """Raise ContentError if anything was wrong."""
        if blocking(self.problems):
            raise ContentError(self.problems)

    def shown(self, file: Path) -> str:
        """The path of a file in messages."""
        return f"{self.content.name}/{file.as_posix().removeprefix(f'{self.content.as_posix()}/')}"

    def file(self, file: Path, model: Any, required: bool = True) -> tuple[Any, Source]:
        """Read and validate a file: (model, source); (None, empty source) when it is wrong."""
        shown = self.shown(file)
        if not required and not file.exists():
            return model(), Source(shown, [])
        self.read.add(file)
        try:
            source = read_source(file, shown)
        except ContentError as error:
            self.problems += error.problems
            return None, Source(shown, [])
        try:
            return validate(source, model), source
        except ContentError as error:
            self.problems += error.problems
            return None, source

    def check_name(self, edition: Editie, source: Source) -> None:
        """The folder has the name of the edition: addresses and series of data go by the folder."""
        if edition.editie != self.folder.name:
            message = f"editie {edition.editie} staat in een map die '{self.folder.name}' heet"
            hint = f"noem de map {edition.editie}, of pas 'editie' aan"
            self.problems.append(source.problem("E318", ("editie",), message, hint))

    def others(self, numbers: Cijfers, source: Source) -> Mapping[str, EditionNumbers]:
        """The editions that the series of this one name."""
        found, problems = read_others(self.content, self.folder.name, numbers, source, self.file)
        self.problems += problems
        return found

    def inside(self, source: Source, path: KeyPath, name: str, *bases: Path) -> Path | None:
        """The file called `name`, relative to the first of `bases` that has it; a problem when there is none."""
        for base in bases:
            file = self.room.find(name, base)
            if file is not None:
                return file
        if leads_out(self.folder, (bases[0].relative_to(self.folder) / name).as_posix()):
            message, hint = f"het pad '{name}' wijst buiten de map van de editie", "gebruik een pad binnen de map"
        else:
            near = {p.relative_to(bases[0]).as_posix() for p in bases[0].rglob("*") if p.suffix in (".yaml", ".pdf")}
            near |= {str(Path(n).parent) for n in near if n.endswith("bijlage.yaml")}
            message, hint = f"'{shortened(name)}' bestaat niet", did_you_mean(name, near)
        self.problems.append(source.problem("E301", path, message, hint))
        return None

    def is_pdf(self, source: Source, path: KeyPath, name: str) -> bool:
        """Whether the annex of others called `name` is there and is a PDF; a problem when not."""
        file = self.inside(source, path, name, self.folder)
        if file is None:
            return False
        wrong = pdf_mistake(file)
        if wrong:
            hint = "bewaar het stuk als PDF en noem dat bestand; laat 'bestand' weg als het later volgt"
            self.problems.append(source.problem("E317", path, f"'{name}' {wrong}", hint))
        return not wrong

    # --- documents ----------------------------------------------------------------------------------------------

    def documents(self, edition: Editie, source: Source) -> tuple[LoadedDocument | LoadedExtern, ...]:
        """The documents of the edition in order, annexes numbered."""
        found: list[LoadedDocument | LoadedExtern] = []
        last = "0"
        for index, entry in enumerate(edition.documenten):
            place = ("documenten", index)
            number = ""
            if not isinstance(entry, BriefDocument):
                number = entry.nummer or str(int(last.rstrip("abcdefghijklmnopqrstuvwxyz")) + 1)
                self.check_number(source, place, number, last)
                last = number
            elif any(isinstance(d, BriefDocument) for d in edition.documenten[:index]):
                hint = "maak van het tweede stuk een bijlage"
                self.problems.append(source.problem("E305", place, "een editie heeft één brief", hint))
                continue
            document = self.document(entry, source, place, number)
            if document:
                found.append(document)
        return tuple(found)

    def check_number(self, source: Source, place: KeyPath, number: str, last: str) -> None:
        """Annex numbers go up: 8a after 8 or 7, 9 after 8c."""
        if _number_key(number) <= _number_key(last):
            hint = "laat 'nummer' weg voor het volgende nummer, of zet de bijlagen op volgorde"
            message = f"bijlage {number} staat na bijlage {last}"
            self.problems.append(source.problem("E305", (*place, "nummer"), message, hint))

    def document(
        self, entry: BriefDocument | BijlageDocument | ExternDocument, source: Source, place: KeyPath, number: str
    ) -> LoadedDocument | LoadedExtern | None:
        """One document of editie.yaml."""
        if isinstance(entry, ExternDocument):
            if entry.bestand and not self.is_pdf(source, (*place, "bestand"), entry.bestand):
                return None
            return LoadedExtern(entry, number, place)
        file = self.inside(source, (*place, "bestand"), entry.bestand, self.folder)
        if file is None:
            return None
        if file.is_dir():
            file = file / "bijlage.yaml"
        if self.twice(file, source, place, entry.bestand):
            return None
        model, document = self.file(file, Brief if isinstance(entry, BriefDocument) else Bijlage)
        if model is None:
            return None
        sections = self.sections(model.secties, document, (), file.parent, 1)
        return LoadedDocument(model, document, sections, number, place)

    def sections(
        self, parts: tuple[Any, ...], source: Source, path: KeyPath, base: Path, level: int
    ) -> tuple[LoadedSection, ...]:
        """Sections in place and in files of their own."""
        found = []
        for index, part in enumerate(parts):
            place = (*path, "secties", index)
            if level > MAX_LEVEL:
                hint = "gebruik een tussenkop (##), of zet de sectie een niveau hoger"
                self.problems.append(source.problem("E306", place, "secties gaan tot drie niveaus diep", hint))
                continue
            section = self.section(part, source, place, base, level)
            if section:
                found.append(section)
        return tuple(found)

    def section(self, part: Any, source: Source, place: KeyPath, base: Path, level: int) -> LoadedSection | None:
        """A section, with what comes under it by its own file and by the list that refers to it."""
        if not isinstance(part, SectieVerwijzing):
            children = self.sections(part.secties, source, place, base, level + 1)
            return LoadedSection(part, source, place, children)
        under = self.sections(part.secties, source, place, base, level + 1)
        file = self.inside(source, (*place, "bestand"), part.bestand, base, self.folder)
        if file is None:
            return None
        if self.twice(file, source, place, part.bestand):
            return None
        model, own = self.file(file, Sectie)
        if model is None:
            return None
        return LoadedSection(model, own, (), (*self.sections(model.secties, own, (), base, level + 1), *under))

    def twice(self, file: Path, source: Source, place: KeyPath, name: str) -> bool:
        """Whether a file has been read already; that is a problem then."""
        if file in self.read:
            hint = "elk bestand komt eenmaal in de editie; verwijs er verder naar met {zie}"
            self.problems.append(source.problem("E303", (*place, "bestand"), f"'{name}' staat er al in", hint))
        return file in self.read

    def unused(self) -> None:
        """A YAML file that no list names would silently not be published. While a list itself is wrong this says
        nothing: the file may well be on it."""
        if self.problems:
            return
        known = self.read | {self.folder / name for name in ("bronnen.yaml", "cijfers.yaml")}
        names = (f"{at}/{name}" for at, _, inside in os.walk(self.folder) for name in inside)
        for file in sorted(Path(name) for name in names if name.lower().endswith((".yaml", ".yml"))):
            if file not in known and file.is_file():
                hint = "neem het op onder secties: of documenten:, of verwijder het"
                message = "dit bestand staat in geen enkele lijst en komt dus nergens in"
                self.problems.append(Problem(self.shown(file), 1, 1, "E302", message, hint))


def _number_key(number: str) -> tuple[int, str]:
    digits = number.rstrip("abcdefghijklmnopqrstuvwxyz")
    return int(digits), number[len(digits) :]


__all__ = [
    "MAX_LEVEL",
    "NOTHING_SHARED",
    "SHARED",
    "LoadedDocument",
    "LoadedEdition",
    "LoadedExtern",
    "LoadedSection",
    "Shared",
    "find_editions",
    "load_edition",
    "load_shared",
    "walk",
]
