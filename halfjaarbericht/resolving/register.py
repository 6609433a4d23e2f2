"""The register of an edition: every id that can be referred to, with the number the program gave it.

Numbers follow from the order in which things stand, so that a reference by id never goes stale.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from halfjaarbericht.model.editie import Bijlage, Brief
from halfjaarbericht.model.secties import TekstSectie, Zaak
from halfjaarbericht.problems import Problem
from halfjaarbericht.prose.proza import parse_blocks, parse_line
from halfjaarbericht.prose.tree import PBlocks, PPlacement, plain_text
from halfjaarbericht.reading.load import LoadedDocument, LoadedEdition, LoadedExtern, LoadedSection
from halfjaarbericht.reading.source import KeyPath, Source

_CAPTIONS = {"tabel": "tabel", "figuur": "figuur"}


@dataclass(frozen=True, slots=True)
class Target:
    """Something that can be referred to. kind: document, sectie, tabel or figuur. `label` is how the text names it
    inside its own document; `document` is the id of the document it stands in."""

    kind: str
    id: str
    document: str
    label: str
    number: str
    place: str
    linkable: bool = True


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of a document that holds prose: its owner's model, parsed text, and its place."""

    owner: Brief | Bijlage | TekstSectie | Zaak
    source: Source
    path: KeyPath
    blocks: PBlocks


@dataclass(slots=True)
class Register:
    """All targets of an edition, the section numbers, and the parsed text by (file, path)."""

    targets: dict[str, Target] = field(default_factory=dict)
    parts: dict[tuple[str, KeyPath], Part] = field(default_factory=dict)
    numbers: dict[str, str] = field(default_factory=dict)
    labels: dict[str, str] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)


def make_register(edition: LoadedEdition) -> Register:
    """Number everything in reading order and register it; double ids and misplaced tables become problems."""
    register = Register()
    for document in edition.documents:
        _document(register, edition, document)
    return register


def _document(register: Register, edition: LoadedEdition, document: LoadedDocument | LoadedExtern) -> None:
    model = document.model
    label = f"bijlage {document.number}" if document.number else "brief"
    if isinstance(document, LoadedExtern):
        place = (*document.entry, "id")
        _add(
            register,
            edition.source,
            place,
            Target("document", model.id, model.id, label, document.number, "", bool(document.model.bestand)),
        )
        return
    _add(register, document.source, ("id",), Target("document", model.id, model.id, label, document.number, ""))
    register.labels[model.id] = label
    counts = {"tabel": 0, "figuur": 0}
    _part(register, document, document.model, document.source, (), counts)
    numbered = isinstance(model, Bijlage) and model.nummering
    _sections(register, document, document.sections, "" if numbered else None, counts)


def _sections(
    register: Register,
    document: LoadedDocument,
    sections: tuple[LoadedSection, ...],
    prefix: str | None,
    counts: dict[str, int],
) -> None:
    """Number sections; `prefix` None means that sections have no numbers here."""
    count = 0
    for section in sections:
        model = section.model
        number = None
        if prefix is not None and getattr(model, "genummerd", True):
            count += 1
            number = f"{prefix}{count}"
        _add(register, section.source, (*section.path, "id"), _section_target(document, model, number))
        _part(register, document, model, section.source, section.path, counts)
        _sections(register, document, section.sections, f"{number}." if number else None, counts)


def _section_target(document: LoadedDocument, model: TekstSectie | Zaak, number: str | None) -> Target:
    label = f"de paragraaf ‘{plain_text(parse_line(model.titel)[0]).strip()}’"
    if number:
        label = f"{'paragraaf' if '.' in number else 'hoofdstuk'} {number}"
    return Target("sectie", model.id, document.model.id, label, number or "", "")


def _part(
    register: Register,
    document: LoadedDocument,
    model: Brief | Bijlage | TekstSectie | Zaak,
    source: Source,
    path: KeyPath,
    counts: dict[str, int],
) -> None:
    """Parse the text of one part, and number its tables and figures in the order in which they will stand."""
    blocks: PBlocks = ()
    if model.tekst:
        blocks, complaints = parse_blocks(model.tekst)
        for c in complaints:
            at = (c.at.line, c.at.column)
            problem = source.problem(c.code, (*path, "tekst"), c.message, c.hint, at=at, width=c.at.width)
            register.problems.append(problem)
    register.parts[(source.path, path)] = Part(model, source, path, blocks)
    for kind, id_, place in _placed(register, model, source, path, blocks):
        counts[kind] += 1
        number = str(counts[kind])
        target = Target(kind, id_, document.model.id, f"{_CAPTIONS[kind]} {number}", number, "")
        _add(register, source, (*place, "id"), target)


def _placed(
    register: Register,
    model: Brief | Bijlage | TekstSectie | Zaak,
    source: Source,
    path: KeyPath,
    blocks: PBlocks,
) -> list[tuple[str, str, KeyPath]]:
    """Tables and figures of a part in reading order: those placed in the text, then the others."""
    own: dict[tuple[str, str], KeyPath] = {
        ("tabel", t.id): (*path, "tabellen", i) for i, t in enumerate(model.tabellen)
    }
    own |= {("figuur", f.id): (*path, "figuren", i) for i, f in enumerate(model.figuren)}
    order: list[tuple[str, str]] = []
    for block in blocks:
        if isinstance(block, PPlacement) and (block.name, block.id) in own:
            if (block.name, block.id) in order:
                at = (block.at.line, block.at.column)
                message = f"{block.name} '{block.id}' staat al in deze tekst"
                hint = "verwijs de tweede keer met {zie}"
                register.problems.append(
                    source.problem("E308", (*path, "tekst"), message, hint, at=at, width=block.at.width)
                )
                continue
            order.append((block.name, block.id))
    order += [key for key in own if key not in order]
    return [(kind, id_, own[(kind, id_)]) for kind, id_ in order]


def _add(register: Register, source: Source, path: KeyPath, target: Target) -> None:
    mark = source.mark(path)
    place = f"{source.path}:{mark.line}"
    known = register.targets.get(target.id)
    if known:
        message = f"het id '{target.id}' is al gebruikt, in {known.place}"
        register.problems.append(source.problem("E304", path, message, "geef een van beide een ander id"))
        return
    register.targets[target.id] = Target(
        target.kind, target.id, target.document, target.label, target.number, place, target.linkable
    )
    register.numbers[target.id] = target.number
