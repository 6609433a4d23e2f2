"""What has to be made for an edition, what of it still is as it should be, and the writing of it."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from halfjaarbericht.afbeeldingen import document_images
from halfjaarbericht.brondata import attached_key, source_attachments
from halfjaarbericht.changes.store import TEXT
from halfjaarbericht.changes.store import to_bytes as text_bytes
from halfjaarbericht.changes.units import edition_text
from halfjaarbericht.cijferregister import STEM as REGISTER
from halfjaarbericht.cijferregister import register_csv
from halfjaarbericht.drukopdracht import print_order
from halfjaarbericht.editielijst import SUMMARY, summary
from halfjaarbericht.manifest import Output, is_as_written
from halfjaarbericht.metadata.bestanden import is_metadata, metadata_files
from halfjaarbericht.metadata.record import FileFacts
from halfjaarbericht.metadata.stuk import BUNDLE
from halfjaarbericht.paginatelling import count_pages
from halfjaarbericht.pdf.engine import Attachment, BundleJob, Job, PdfJob, PdfResult
from halfjaarbericht.project import Project
from halfjaarbericht.publish import (
    Entry,
    Manifest,
    Staged,
    complete,
    fingerprint_styles,
    sha256,
    stage_folder,
)
from halfjaarbericht.reading.load import LoadedDocument, LoadedEdition, walk
from halfjaarbericht.render import FileInfo, Renderer
from halfjaarbericht.resolving.datatables import data_files
from halfjaarbericht.verslag import Document, Report

_AGAIN = "opnieuw"


@dataclass(frozen=True, slots=True)
class PlannedDocument:
    """A document and what it should become. `html` is its page ('' when no HTML is asked for); `key` stands for its
    PDF ('' when it has none); `kept` are files that still are as they should be, `more` are other files."""

    stem: str
    key: str
    html: str
    inputs: Mapping[str, str]
    kept: tuple[str, ...] = ()
    external: bytes | None = None
    more: Mapping[str, bytes] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class EditionPlan:
    """What a build does for one edition: documents, the PDFs to render by stem, and the register of its numbers."""

    name: str
    report: Report
    folder: Path
    documents: tuple[PlannedDocument, ...]
    jobs: Mapping[str, Job]
    register: PlannedDocument | None = None

    @property
    def written(self) -> tuple[PlannedDocument, ...]:
        """All that gets files of its own: the documents, and the register when there is one."""
        return (*self.documents, self.register) if self.register else self.documents


def plan_edition(
    project: Project,
    loaded: LoadedEdition,
    report: Report,
    renderer: Renderer,
    formats: frozenset[str],
    bundle: bool,
    attach: bool = False,
) -> EditionPlan:
    """Render the HTML of an edition and find out which PDFs are no longer what they should be. Writes nothing.

    With `attach` each PDF carries the files that it is made of.
    """
    planner = _Planner(project, loaded, report, renderer, formats, attach)
    documents = [planner.document(document) for document in report.documents]
    documents += list(planner.external())
    if bundle or "pdf" not in formats:
        documents += planner.bundle()
    return EditionPlan(loaded.name, report, planner.folder, tuple(documents), planner.jobs, planner.register())


class _Planner:
    """Planning one edition."""

    def __init__(
        self,
        project: Project,
        loaded: LoadedEdition,
        report: Report,
        renderer: Renderer,
        formats: frozenset[str],
        attach: bool,
    ):
        self.project = project
        self.loaded = loaded
        self.report = report
        self.renderer = renderer
        self.formats = formats
        self.attach = attach
        self.folder = project.output / loaded.name
        self.shared = project.shared
        self.manifest = Manifest.load(self.folder)
        self.styles = fingerprint_styles(project.styles)
        self.parts: dict[str, tuple[PdfJob, str]] = {}
        self.jobs: dict[str, Job] = {}
        self._hashes: dict[Path, str] = {}

    def document(self, document: Document) -> PlannedDocument:
        """A document made here."""
        html = self._page(document) if "html" in self.formats else ""
        job, key = self._job(document)
        kept = self._kept_or_queued(document.stem, key, job)
        return PlannedDocument(document.stem, key, html, self._inputs(document), kept)

    def _kept_or_queued(self, stem: str, key: str, job: Job) -> tuple[str, ...]:
        name = f"{stem}.pdf"
        if self.manifest.is_current(stem, key, self.folder, [name]):
            return (name,)
        # Without PDFs asked for, one that is no longer what it should be only goes.
        if "pdf" in self.formats:
            self.jobs[stem] = job
        return ()

    def _page(self, document: Document) -> str:
        return self.renderer.document(
            self.report, document, "scherm", edition_folder=self.loaded.folder, shared_folder=self.shared
        )

    def _job(self, document: Document) -> tuple[PdfJob, str]:
        order = print_order(self.project, self.loaded.folder, self.report, document, self.renderer, self.styles)
        attachments = self._attachments(document)
        key = attached_key(order.key, attachments)
        job = replace(order.job, attachments=attachments)
        self.parts[document.stem] = (job, key)
        return job, key

    def _attachments(self, document: Document) -> tuple[Attachment, ...]:
        if not self.attach:
            return ()
        day = self.report.heading.date
        return source_attachments(self.project.content, self.loaded.name, self._inputs(document), day)

    def bundle(self) -> Iterator[PlannedDocument]:
        """All documents made here in one PDF; when no PDFs are asked for only if it still is as it should be."""
        heading = self.report.heading
        title = f"{heading.title} (concept)" if heading.status == "concept" else heading.title
        key = sha256(json.dumps([title, *(key for _, key in self.parts.values())]).encode())
        parts = tuple((stem, part) for stem, (part, _) in self.parts.items())
        files = {file.name: file for _, part in parts for file in part.attachments}
        job = BundleJob(parts, f"{self.loaded.name}/{BUNDLE}", title, tuple(files.values()))
        kept = self._kept_or_queued(BUNDLE, key, job)
        if kept or BUNDLE in self.jobs:
            yield PlannedDocument(BUNDLE, key, "", {}, kept)

    def register(self) -> PlannedDocument | None:
        """The register of the numbers; None without numbers, or when no HTML is asked for that it could lead to."""
        if not self.report.provenance or "html" not in self.formats:
            return None
        inputs = self._hashed([self.loaded.folder / "cijfers.yaml", *data_files(self.loaded)])
        more = {f"{REGISTER}.csv": register_csv(self.report)}
        return PlannedDocument(REGISTER, "", self.renderer.register(self.report), inputs, more=more)

    def external(self) -> Iterator[PlannedDocument]:
        """Annexes made by others that are there as a file."""
        for entry in self.report.entries:
            if entry.kind == "extern" and entry.file:
                file = self.loaded.folder / entry.file
                data = file.read_bytes()
                yield PlannedDocument(entry.stem, sha256(data), "", self._hashed([file]), (), data)

    def _inputs(self, document: Document) -> Mapping[str, str]:
        """The files that a document is made of, with their hashes."""
        folder = self.loaded.folder
        files = [folder / "editie.yaml", self.shared / "afzender.yaml", self.shared / "afkortingen.yaml"]
        files += [folder / "bronnen.yaml", folder / "cijfers.yaml"]
        files += data_files(self.loaded)
        files += [folder / name for name in document_images(document)]
        for loaded in self.loaded.documents:
            if isinstance(loaded, LoadedDocument) and loaded.model.id == document.id:
                sources = [loaded.source, *(section.source for section in walk(loaded.sections))]
                files += [self.project.content.parent / source.path for source in sources]
        return self._hashed(files)

    def _hashed(self, files: list[Path]) -> Mapping[str, str]:
        for file in files:
            if file not in self._hashes and file.is_file():
                self._hashes[file] = sha256(file.read_bytes())
        base = self.project.content.parent
        return {f.relative_to(base).as_posix(): self._hashes[f] for f in sorted(set(files)) if f in self._hashes}


def stage_edition(plan: EditionPlan, results: Mapping[str, PdfResult], renderer: Renderer) -> Staged:
    """Make the documents of an edition, its overview page and its manifest ready. Raises ContentError."""
    before = Manifest.load(plan.folder)
    files: dict[str, bytes] = {}
    entries: dict[str, Entry] = {}
    for document in plan.written:
        own = _files(document, results.get(document.stem))
        entry = _entry(document, results.get(document.stem), before)
        entry = complete(entry, own, before, document.stem, document.kept)
        own |= metadata_files(plan.report, document.stem, _facts(entry))
        entries[document.stem] = complete(entry, own, before, document.stem, document.kept)
        files |= own
    manifest = Manifest(entries)
    text = text_bytes(edition_text(plan.report))
    files |= {SUMMARY: summary(plan.report), TEXT: text, "index.html": edition_page(plan.report, manifest, renderer)}
    return stage_folder(plan.folder, manifest, files)


def edition_page(report: Report, manifest: Manifest, renderer: Renderer) -> bytes:
    """The overview of an edition, with the files that its folder has according to `manifest`."""
    infos = {stem: _file_infos(entry) for stem, entry in manifest.documents.items()}
    return renderer.edition_index(report, infos).encode()


def is_as_planned(plan: EditionPlan, manifest: Manifest) -> bool:
    """Whether the folder holds, whole and unchanged, just what `plan` wants, so that a build would change nothing."""
    written = {document.stem: document for document in plan.written}
    if written.keys() != manifest.documents.keys():
        return False
    for stem, document in written.items():
        entry = manifest.documents[stem]
        # The key of a PDF with warnings is marked, so that every build tells them again.
        if entry.key not in (document.key, f"{document.key}:{_AGAIN}"):
            return False
        fresh = {name: Output.of(data) for name, data in _files(document, None).items()}
        if any(entry.outputs.get(name) != output for name, output in fresh.items()):
            return False
        if not all(is_as_written(plan.folder / name, output) for name, output in entry.outputs.items()):
            return False
    return True


def _files(document: PlannedDocument, result: PdfResult | None) -> dict[str, bytes]:
    """The files of a document that are there to write, its page before its PDF."""
    files: dict[str, bytes] = dict(document.more)
    if document.html:
        files[f"{document.stem}.html"] = document.html.encode()
    if document.external is not None:
        files[f"{document.stem}.pdf"] = document.external
    elif result is not None:
        files[f"{document.stem}.pdf"] = result.pdf
    return files


def _entry(document: PlannedDocument, result: PdfResult | None, before: Manifest) -> Entry:
    """What the manifest says of a document, but for its outputs."""
    pages = result.pages if result is not None else 0
    old = before.documents.get(document.stem)
    if document.external is not None:
        pages = old.pages if old and old.key == document.key else count_pages(document.external)
    elif result is None and document.kept and old:
        pages = old.pages
    key = document.key if result is None or not result.problems else f"{document.key}:{_AGAIN}"
    return Entry(key, pages, document.inputs)


def _facts(entry: Entry) -> list[FileFacts]:
    return [
        FileFacts(name, output.sha256, entry.pages if name.endswith(".pdf") else 0)
        for name, output in sorted(entry.outputs.items())
    ]


def _file_infos(entry: Entry) -> list[FileInfo]:
    """The files for a reader; the metadata beside them are for machines."""
    return [
        FileInfo(name, Path(name).suffix[1:].upper(), output.size, entry.pages if name.endswith(".pdf") else 0)
        for name, output in sorted(entry.outputs.items())
        if not is_metadata(name)
    ]
