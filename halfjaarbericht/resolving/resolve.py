"""Across files: ids, references, numbering, notes and totals. From a loaded edition to the Report of templates."""

from __future__ import annotations

from dataclasses import replace

from halfjaarbericht.data.cijfers import KINDS, evaluate, operands
from halfjaarbericht.language.bronregels import check_citation
from halfjaarbericht.model.editie import Bijlage
from halfjaarbericht.problems import ContentError, Problem, blocking
from halfjaarbericht.reading.load import LoadedDocument, LoadedEdition, LoadedExtern, walk
from halfjaarbericht.reading.source import KeyPath, Source
from halfjaarbericht.resolving.datatables import load_tables
from halfjaarbericht.resolving.document import resolve_document
from halfjaarbericht.resolving.geheugen import Figures, Memory
from halfjaarbericht.resolving.heading import make_heading
from halfjaarbericht.resolving.herkomst import account
from halfjaarbericht.resolving.inlines import plain
from halfjaarbericht.resolving.publicatie import make_publication
from halfjaarbericht.resolving.register import make_register
from halfjaarbericht.resolving.world import Scope, World
from halfjaarbericht.resolving.writer import DocumentWriter
from halfjaarbericht.verslag import Entry, Report


def resolve(edition: LoadedEdition, memory: Memory | None = None) -> tuple[Report, tuple[Problem, ...]]:
    """Resolve an edition: (report, warnings). Raises ContentError with all problems when any is an error. A `memory`
    makes it faster, and changes nothing else."""
    world = _make_world(edition, memory)
    if memory is not None:
        memory.begin(edition, world)
    _check_citations(edition, world)
    _list_deviations(edition, world)
    heading = make_heading(edition, world.problems)
    if heading is None:
        raise ContentError(world.problems)
    title, subject = (_plain_line(world, edition, field) for field in ("titel", "onderwerp"))
    heading = replace(heading, title=title, subject=subject)
    entries = tuple(_entry(world, edition, d) for d in edition.documents)
    documents = tuple(
        resolve_document(world, edition, d, heading, entries, memory)
        for d in edition.documents
        if isinstance(d, LoadedDocument)
    )
    publication = make_publication(edition, heading, world.problems)
    _check_unused(edition, world)
    problems = tuple(sorted(set(world.problems)))
    if blocking(problems):
        raise ContentError(problems)
    used = tuple(sorted(world.used_numbers))
    provenance = account(edition, world, documents, memory)
    report = Report(edition.name, heading, entries, documents, publication, used, provenance)
    return report, problems


def _plain_line(world: World, edition: LoadedEdition, field: str) -> str:
    """A line of editie.yaml as it stands where no markup can: in the subject, in lists and in metadata."""
    scope = Scope(edition.source, (field,), ())
    return plain(DocumentWriter(world, "").bare_line(getattr(edition.model, field), scope))


def _read_figures(edition: LoadedEdition) -> Figures:
    tables, problems = load_tables(edition)
    source = edition.numbers_source
    numbers, more = evaluate(edition.numbers, tables, source.where, source.path)
    return Figures(tables, numbers, (*problems, *more))


def _make_world(edition: LoadedEdition, memory: Memory | None) -> World:
    register = make_register(edition)
    figures = _read_figures(edition) if memory is None else memory.figures(edition, _read_figures)
    tables, numbers = figures.tables, figures.numbers
    return World(
        register=register,
        numbers=numbers,
        tables=tables,
        citations=edition.citations.bronnen,
        abbreviations=edition.shared.abbreviations.afkortingen,
        date=edition.model.datum,
        fixed_numbers=edition.model.vaste_getallen,
        failed_numbers=frozenset(edition.numbers.cijfers) - frozenset(numbers),
        failed_tables=frozenset(edition.numbers.data) - frozenset(tables),
        problems=[*register.problems, *figures.problems],
        citations_source=edition.citations_source,
    )


def _entry(world: World, edition: LoadedEdition, document: LoadedDocument | LoadedExtern) -> Entry:
    """A document in the list of the edition. Titles in lists carry no notes."""
    writer = DocumentWriter(world, document.model.id)
    if isinstance(document, LoadedExtern):
        model = document.model
        scope = Scope(edition.source, (*document.entry, "titel"), ())
        title = writer.bare_line(model.titel, scope)
        return Entry(
            "extern",
            model.id,
            document.number,
            title,
            plain(title),
            f"bijlage-{document.number}-{model.id}" if model.bestand else "",
            model.bestand or "",
            model.opsteller or "",
            writer.bare_line(model.toelichting, scope.at(*document.entry, "toelichting")),
            scope.place(),
        )
    if isinstance(document.model, Bijlage):
        scope = Scope(document.source, ("titel",), ())
        title = writer.line(document.model.titel, scope, notes=False)
        stem = f"bijlage-{document.number}-{document.model.id}"
        return Entry("bijlage", document.model.id, document.number, title, plain(title), stem, place=scope.place())
    scope = Scope(edition.source, ("titel",), ())
    title = writer.bare_line(edition.model.titel, scope)
    return Entry("brief", document.model.id, "", title, plain(title), "brief", place=scope.place())


# --- checks across files ----------------------------------------------------------------------------------------


def _check_citations(edition: LoadedEdition, world: World) -> None:
    """The rules of the field for citations: parliamentary years, numbers, items."""
    for name, bron in edition.citations.bronnen.items():
        for severity, message, hint in check_citation(bron):
            code = "E316" if severity == "fout" else "W316"
            problem = edition.citations_source.problem(
                code, ("bronnen", name), message, hint, key=True, severity=severity
            )
            world.problems.append(problem)


def _list_deviations(edition: LoadedEdition, world: World) -> None:
    """What the source has wrong, and the content has put on record: listed, so that nobody forgets it."""
    for index, deviation in enumerate(edition.model.afwijkingen):
        used = f", gebruikt is {deviation.gebruikt}" if deviation.gebruikt else ""
        message = f"{deviation.plaats}: de bron vermeldt {deviation.vermeld}{used}"
        place = ("afwijkingen", index)
        problem = edition.source.problem("A301", place, message, deviation.reden, severity="aanvaard")
        world.problems.append(problem)


def _check_unused(edition: LoadedEdition, world: World) -> None:
    """What nobody uses is often a slip of the pen elsewhere: numbers, sources and notes."""
    needed = _needed_numbers(edition, world)
    for name in edition.numbers.cijfers:
        if name not in needed:
            message = f"het getal '{name}' wordt nergens gebruikt"
            _warn(world, edition.numbers_source, ("cijfers", name), "W401", message, "gebruik het of haal het weg")
    cited = world.used_citations | {number.bron for number in edition.numbers.cijfers.values()}
    cited |= {data.bron for data in edition.numbers.data.values()}
    for name in edition.citations.bronnen:
        if name not in cited:
            message = f"de bron '{name}' wordt nergens aangehaald"
            _warn(world, edition.citations_source, ("bronnen", name), "W302", message, "haal haar aan of haal haar weg")
    _check_unused_notes(edition, world)


def _needed_numbers(edition: LoadedEdition, world: World) -> set[str]:
    """Numbers in the text, those that they are computed from, and those of numbers that could not be computed."""
    needed: set[str] = set()
    waiting = [name for used in world.used_numbers for name in used.split(" - ")]
    failed = (edition.numbers.cijfers[name] for name in world.failed_numbers)
    waiting += [name for number in failed for kind in KINDS for name in operands(number, kind)]
    while waiting:
        name = waiting.pop()
        if name in needed or name not in world.numbers:
            continue
        needed.add(name)
        waiting += world.numbers[name].operands
    return needed | set(world.failed_numbers)


def _check_unused_notes(edition: LoadedEdition, world: World) -> None:
    for document in edition.documents:
        if not isinstance(document, LoadedDocument):
            continue
        owners = [(document.source, (), document.model.noten)]
        owners += [(s.source, s.path, s.model.noten) for s in walk(document.sections)]
        for source, path, notes in owners:
            for key in notes:
                if (source.path, path, key) not in world.used_notes:
                    message = f"de noot '{key}' wordt nergens aangeroepen en komt dus niet in het document"
                    hint = f"roep haar aan met [^{key}] of haal haar weg"
                    _warn(world, source, (*path, "noten", key), "W301", message, hint)


def _warn(world: World, source: Source, path: KeyPath, code: str, message: str, hint: str) -> None:
    world.problems.append(source.problem(code, path, message, hint, key=True, severity="waarschuwing"))
