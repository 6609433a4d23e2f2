"""What has to be made for an edition, what of it still is as it should be, and the writing of it."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from halfjaarbericht.changes.store import TEXT
from halfjaarbericht.changes.store import to_bytes as text_bytes
from halfjaarbericht.changes.units import edition_text
from halfjaarbericht.cijferregister import STEM as REGISTER
from halfjaarbericht.cijferregister import register_csv
from halfjaarbericht.editielijst import SUMMARY, summary
from halfjaarbericht.paginahulp import document_name
from halfjaarbericht.pdf.engine import BundleJob, Job, PdfJob, PdfResult, engine_fingerprint
from halfjaarbericht.project import Project
from halfjaarbericht.publish import (
    Entry,
    Manifest,
    Staged,
    complete,
    document_key,
    fingerprint_styles,
    sha256,
    stage_folder,
)
from halfjaarbericht.reading.load import LoadedDocument, LoadedEdition, walk
from halfjaarbericht.render import FileInfo, Medium, Renderer
from halfjaarbericht.resolving.datatables import data_files
from halfjaarbericht.verslag import Block, Document, Figure, ListBlock, Quote, Report, Section

BUNDLE = "bundel"


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


def plan_edition(
    project: Project, loaded: LoadedEdition, report: Report, renderer: Renderer, formats: frozenset[str], bundle: bool
) -> EditionPlan:
    """Render the HTML of an edition and find out which PDFs are no longer what they should be. Writes nothing."""
    planner = _Planner(project, loaded, report, renderer, formats)
    documents = [planner.document(document) for document in report.documents]
    documents += list(planner.external())
    if bundle or "pdf" not in formats:
        documents += planner.bundle()
    return EditionPlan(loaded.name, report, planner.folder, tuple(documents), planner.jobs, planner.register())


class _Planner:
    """Planning one edition."""

    def __init__(
        self, project: Project, loaded: LoadedEdition, report: Report, renderer: Renderer, formats: frozenset[str]
    ):
        self.project = project
        self.loaded = loaded
        self.report = report
        self.renderer = renderer
        self.formats = formats
        self.folder = project.output / loaded.name
        self.shared = project.content / "gedeeld"
        self.manifest = Manifest.load(self.folder)
        self.styles = fingerprint_styles(project.styles)
        self.parts: dict[str, tuple[PdfJob, str]] = {}
        self.jobs: dict[str, Job] = {}
        self._hashes: dict[Path, str] = {}

    def document(self, document: Document) -> PlannedDocument:
        """A document made here."""
        html = self._html(document, "scherm") if "html" in self.formats else ""
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

    def _html(self, document: Document, medium: Medium) -> str:
        return self.renderer.document(
            self.report, document, medium, edition_folder=self.loaded.folder, shared_folder=self.shared
        )

    def _job(self, document: Document) -> tuple[PdfJob, str]:
        html = self._html(document, "druk")
        images = {name: (self.loaded.folder / name).read_bytes() for name in sorted(_images(document))}
        key = document_key(html, self.styles, images, engine_fingerprint())
        label = f"{self.loaded.name}/{document.stem}"
        name = document_name(document)
        job = PdfJob(html, self.project.styles, self.loaded.folder, self.shared, label, name)
        self.parts[document.stem] = (job, key)
        return job, key

    def bundle(self) -> Iterator[PlannedDocument]:
        """All documents made here in one PDF; when no PDFs are asked for only if it still is as it should be."""
        title = self.report.heading.title
        key = sha256(json.dumps([title, *(key for _, key in self.parts.values())]).encode())
        parts = tuple((stem, part) for stem, (part, _) in self.parts.items())
        job = BundleJob(parts, f"{self.loaded.name}/{BUNDLE}", title)
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
        files += [folder / name for name in _images(document)]
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
    written = (*plan.documents, plan.register) if plan.register else plan.documents
    before = Manifest.load(plan.folder)
    files: dict[str, bytes] = {}
    entries: dict[str, Entry] = {}
    for document in written:
        own = _files(document, results.get(document.stem))
        entry = _entry(document, results.get(document.stem), before)
        entries[document.stem] = complete(entry, own, before, document.stem, document.kept)
        files |= own
    infos = {stem: _file_infos(entry) for stem, entry in entries.items()}
    page = renderer.edition_index(plan.report, infos)
    text = text_bytes(edition_text(plan.report))
    files |= {SUMMARY: summary(plan.report), TEXT: text, "index.html": page.encode()}
    return stage_folder(plan.folder, Manifest(entries), files)


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
    if result is None and document.kept and document.stem in before.documents:
        pages = before.documents[document.stem].pages
    key = document.key if result is None or not result.problems else f"{document.key}:opnieuw"
    return Entry(key, pages, document.inputs)


def _file_infos(entry: Entry) -> list[FileInfo]:
    return [
        FileInfo(name, Path(name).suffix[1:].upper(), output.size, entry.pages if name.endswith(".pdf") else 0)
        for name, output in sorted(entry.outputs.items())
    ]


def _images(document: Document) -> set[str]:
    """The image files that a document shows."""
    found: set[str] = set()

    def look(blocks: tuple[Block, ...]) -> None:
        for block in blocks:
            if isinstance(block, Figure):
                found.update({block.file} - {""})
            elif isinstance(block, Quote):
                look(block.blocks)
            elif isinstance(block, ListBlock):
                for item in block.items:
                    look(item)

    def sections(items: tuple[Section, ...]) -> None:
        for section in items:
            look(section.blocks)
            sections(section.sections)

    look(document.blocks)
    sections(document.sections)
    return found
