"""From the content of an edition to its package: build, make sure that all of it is current, and pack."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from halfjaarbericht.changes import store
from halfjaarbericht.changes.units import edition_text
from halfjaarbericht.editielijst import index_of
from halfjaarbericht.manifest import Manifest, sha256
from halfjaarbericht.metadata.stuk import known_reference
from halfjaarbericht.output import EditionPlan, edition_page, is_as_planned, plan_edition
from halfjaarbericht.paginatelling import count_pages
from halfjaarbericht.pakket.inhoud import Goods, pack, top_folder
from halfjaarbericht.pakket.keuring import inspect
from halfjaarbericht.pakket.paklijst import PackingList
from halfjaarbericht.pakket.uitpakken import MOST
from halfjaarbericht.pipeline import ReadEdition, build, read
from halfjaarbericht.problems import ContentError, Problem, blocking
from halfjaarbericht.progress import Progress
from halfjaarbericht.project import Project
from halfjaarbericht.publish import explained, publish, stage_files
from halfjaarbericht.render import Renderer
from halfjaarbericht.resolving.datatables import data_files
from halfjaarbericht.slot import output_held

FORMATS = frozenset({"pdf", "html"})
_UNWRITTEN = "nog te schrijven"


@dataclass(frozen=True, slots=True)
class Packed:
    """A package that was made: where it stands, its hash and size in bytes, its list, and all warnings."""

    file: Path
    sha256: str
    size: int
    listing: PackingList
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class Wish:
    """What a package should have beside the documents: the bundle, and in each PDF the files that it is made of; with
    `strict` a warning is reason enough to make none."""

    bundle: bool = False
    attach: bool = False
    strict: bool = False


def package(project: Project, name: str, wish: Wish, to: Path | None, progress: Progress) -> Packed:
    """Build an edition and pack it into `to`, or beside its folder in the output. Raises ContentError, with no package
    written, when anything is wrong."""
    remarks = tuple(_remarks(read(project, [name]).editions[0]))
    if blocking(remarks, wish.strict):
        raise ContentError(remarks)
    outcome = build(project, [name], FORMATS, wish.bundle, wish.strict, progress, wish.attach)
    file = to or project.output / f"{top_folder(name)}.zip"
    with output_held(project.output, [name], progress.wait):
        data, listing = _packed(project, name, wish)
        publish([stage_files(file.parent, {file.name: data})])
    problems = tuple(sorted({*outcome.problems, *remarks}))
    return Packed(file, sha256(data), len(data), listing, problems)


def verify(file: Path) -> tuple[tuple[Problem, ...], PackingList | None, str]:
    """Check a package: what is wrong with it, its list, and its hash. Raises ContentError when it cannot be read."""
    # One byte more than there may be is enough to see that it is too large.
    with explained(file.parent), file.open("rb") as stream:
        data = stream.read(MOST + 1)
    found = inspect(data, file.name)
    return found.problems, found.listing, sha256(data)


def _packed(project: Project, name: str, wish: Wish) -> tuple[bytes, PackingList]:
    """The package of what stands in the output. While that was built the content may have changed again, so it is held
    against the content once more: what is packed is current, or nothing is."""
    edition = read(project, [name]).editions[0]
    renderer = Renderer(project.templates, project.styles)
    plan = plan_edition(project, edition.loaded, edition.report, renderer, FORMATS, wish.bundle, wish.attach)
    manifest = Manifest.load(plan.folder)
    data = _data(project, edition)
    if not is_as_planned(plan, manifest) or not _fits(project, data, manifest):
        message = "de inhoud is tijdens het inpakken gewijzigd; er is geen pakket gemaakt"
        raise ContentError([Problem(name, 0, 0, "E630", message, "doe het nog eens")])
    return pack(_goods(plan, manifest, data, renderer))


def _goods(plan: EditionPlan, manifest: Manifest, data: dict[str, bytes], renderer: Renderer) -> Goods:
    documents = {file: (plan.folder / file).read_bytes() for file in manifest.files()}
    documents["index.html"] = edition_page(plan.report, manifest, renderer)
    pages = {f"{s}.pdf": e.pages for s, e in manifest.documents.items() if f"{s}.pdf" in e.outputs}
    text = store.to_bytes(edition_text(plan.report))
    return Goods(plan.report, documents, pages, data, index_of({plan.name: plan.report}, renderer), text)


def _data(project: Project, edition: ReadEdition) -> dict[str, bytes]:
    """The files that the numbers come from, by their path in the content folder."""
    folder = edition.loaded.folder
    files = {folder / "cijfers.yaml", folder / "bronnen.yaml", *data_files(edition.loaded)}
    found = ((file.relative_to(project.content).as_posix(), file) for file in sorted(files) if file.is_file())
    return {name: file.read_bytes() for name, file in found}


def _fits(project: Project, data: dict[str, bytes], manifest: Manifest) -> bool:
    """Whether the documents were made from these very files."""
    made_from = {name: hash_ for entry in manifest.documents.values() for name, hash_ in entry.inputs.items()}
    names = {name: f"{project.content.name}/{name}" for name in data}
    return all(made_from.get(path, sha256(data[name])) == sha256(data[name]) for name, path in names.items())


# --- what a person should know before it goes out ---------------------------------------------------------------


def _remarks(edition: ReadEdition) -> Iterator[Problem]:
    source, heading = edition.loaded.source, edition.report.heading

    def remark(code: str, path: tuple[str | int, ...], message: str, hint: str) -> Problem:
        return source.problem(code, path, message, hint, severity="waarschuwing")

    if heading.status == "concept":
        hint = "zet 'status' op definitief als het stuk is vastgesteld"
        yield remark("W631", ("status",), "het pakket bevat een concept", hint)
    if not known_reference(heading):
        message = f"het kenmerk is nog niet bekend ('{heading.reference}')"
        yield remark("W633", ("kenmerk",), message, "vul het kenmerk in voordat het pakket de deur uit gaat")
    for index, entry in enumerate(edition.report.entries):
        if entry.kind != "extern":
            continue
        if not entry.stem:
            message = f"bijlage {entry.number} volgt separaat en zit niet in het pakket"
            yield remark("W632", ("documenten", index), message, "vul 'bestand' in zodra de bijlage er is")
        elif not count_pages((edition.loaded.folder / entry.file).read_bytes()):
            message = f"bijlage {entry.number} is niet te lezen; het aantal bladzijden is onbekend"
            hint = "vraag de opsteller om een PDF die niet beschadigd of beveiligd is"
            yield remark("W635", ("documenten", index, "bestand"), message, hint)
    yield from _unwritten(edition)


def _unwritten(edition: ReadEdition) -> Iterator[Problem]:
    """Documents in which the words for an open place still stand."""
    for document in edition_text(edition.report).documents:
        count = sum(_UNWRITTEN in unit.piece.text.casefold() for unit in document.units)
        if count:
            places = "1 plaats" if count == 1 else f"{count} plaatsen"
            name = "de brief" if document.label == "brief" else document.label
            message = f"in {name} staat op {places} ‘{_UNWRITTEN}’"
            where = f"{edition.loaded.source.path.rsplit('/', 1)[0]}/{document.stem}"
            yield Problem(where, 0, 0, "W636", message, "schrijf de tekst eerst af", severity="waarschuwing")
