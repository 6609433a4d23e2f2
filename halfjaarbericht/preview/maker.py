"""Makes the pages of an edition from what is on disk now. What did not change is not made again: the reading, parsing
and formatting below keep their outcome by content, so that a page always is what a fresh build would write."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from halfjaarbericht.cijferregister import STEM as REGISTER
from halfjaarbericht.cijferregister import register_csv
from halfjaarbericht.editielijst import edition_summary
from halfjaarbericht.paginahulp import entry_name, source_mark
from halfjaarbericht.paginatelling import count_pages
from halfjaarbericht.pipeline import ReadEdition, read
from halfjaarbericht.preview.inputs import Inputs, Look
from halfjaarbericht.preview.pagina import Page, as_built
from halfjaarbericht.problems import ContentError, Problem
from halfjaarbericht.project import Project, make_project
from halfjaarbericht.reading.load import find_editions
from halfjaarbericht.render import FileInfo, Renderer
from halfjaarbericht.resolving.geheugen import Memory
from halfjaarbericht.sectieopmaak import MarkupMemory
from halfjaarbericht.verslag import Document, Entry

INDEX = "index"
_pages = lru_cache(maxsize=64)(count_pages)


@dataclass(frozen=True, slots=True)
class Made:
    """What came of making an edition so far. `pages` are those made, `stems` all that there should be, in order;
    `files` are other files of the edition by name. Without a report nothing is known but the problems."""

    read: ReadEdition | None
    pages: Mapping[str, Page]
    stems: tuple[str, ...]
    problems: tuple[Problem, ...]
    files: Mapping[str, bytes] = field(default_factory=dict)
    done: bool = False


@dataclass(frozen=True, slots=True)
class Design:
    """The templates and styles of a project as they looked at one moment: its folders then, and their renderer, with
    what it remembers of each page."""

    look: Mapping[str, Look]
    project: Project
    renderer: Renderer
    _memories: dict[tuple[str, str], MarkupMemory] = field(default_factory=dict)

    def memory(self, edition: str, stem: str) -> MarkupMemory | None:
        """What is remembered of a page; nothing when the project has macros of its own: those may count."""
        if any((folder / "macros").is_dir() for folder in self.project.templates[:-1]):
            return None
        return self._memories.setdefault((edition, stem), MarkupMemory())


class Maker:
    """Makes editions of one project, one at a time."""

    def __init__(self, project: Project):
        self.project = project
        self._design: Design | None = None
        self._memories: dict[str, Memory] = {}

    def design(self, inputs: Inputs) -> Design:
        """These templates and styles; another design when a single file of them changed, so that a template that is
        put in front of another is seen as well. Pages and PDFs ask for it from threads of their own."""
        design = self._design
        if design is None or design.look != inputs.design:
            # Anew, because a project may get a folder of its own while somebody works.
            project = make_project(self.project.root, self.project.content, self.project.output)
            renderer = Renderer(project.templates, project.styles, source_mark)
            design = self._design = Design(inputs.design, project, renderer)
        return design

    def renderer(self, inputs: Inputs) -> Renderer:
        """The renderer of these templates and styles."""
        return self.design(inputs).renderer

    def make(self, name: str, inputs: Inputs, first: Sequence[str] = ()) -> Iterator[Made]:
        """Make the pages of an edition, those of stems `first` before the others; tells after those, and at the end.
        Mistakes are told in what is made, never raised."""
        try:
            reading = read(self.project, [name], {name: self._memories.setdefault(name, Memory())})
            run = _Run(self, reading.editions[0], self.design(inputs), reading.problems)
        except ContentError as error:
            yield Made(None, {}, (), error.problems, done=True)
            return
        wanted = [stem for stem in first if stem in run.work]
        if wanted:
            for stem in wanted:
                run.page(stem)
            yield run.outcome(done=False)
        for stem in run.work:
            run.page(stem)
        yield run.outcome(done=True)

    def editions(self, inputs: Inputs) -> str:
        """The page over all editions that can be read. Raises ContentError when none can, or a template is wrong."""
        reports = []
        problems: list[Problem] = []
        for name in find_editions(self.project.content):
            try:
                reports += [edition.report for edition in read(self.project, [name]).editions]
            except ContentError as error:
                problems += error.problems
        if not reports:
            raise ContentError(problems)
        summaries = [edition_summary(report) for report in reports]
        return self.renderer(inputs).editions_index(summaries, reports[0].heading.sender)


class _Run:
    """One edition being made."""

    def __init__(self, maker: Maker, edition: ReadEdition, design: Design, problems: Sequence[Problem]):
        self.project = maker.project
        self.edition = edition
        self.report = edition.report
        self.design = design
        self.renderer = design.renderer
        self.problems = list(problems)
        self.pages: dict[str, Page] = {}
        self.tried: set[str] = set()
        self.files: dict[str, bytes] = {}
        entries = {entry.id: entry for entry in self.report.entries}
        self.work: dict[str, Callable[[], Page]] = {
            d.stem: self._document_work(d, entries[d.id]) for d in self.report.documents
        }
        if self.report.provenance:
            self.work[REGISTER] = self._register
        self.work[INDEX] = self._index  # last: it tells how large the others are

    def outcome(self, *, done: bool) -> Made:
        """What there is now."""
        stems = (INDEX, *(stem for stem in self.work if stem != INDEX))
        problems = tuple(sorted(set(self.problems)))
        return Made(self.edition, dict(self.pages), stems, problems, dict(self.files), done)

    def page(self, stem: str) -> None:
        """Make a page, unless that was done or tried already."""
        if stem in self.tried:
            return
        if stem == INDEX:
            for other in self.work:
                if other != INDEX:
                    self.page(other)
        self.tried.add(stem)
        try:
            self.pages[stem] = self.work[stem]()
        except ContentError as error:
            self.problems += error.problems

    def _document_work(self, document: Document, entry: Entry) -> Callable[[], Page]:
        def make() -> Page:
            html = self.renderer.document(
                self.report,
                document,
                "scherm",
                edition_folder=self.edition.loaded.folder,
                shared_folder=self.project.shared,
                memory=self.design.memory(self.edition.loaded.name, document.stem),
            )
            return self._page(document.stem, document.kind, entry_name(entry), html)

        return make

    def _register(self) -> Page:
        self.files[f"{REGISTER}.csv"] = register_csv(self.report)
        return self._page(REGISTER, REGISTER, "Cijfers en hun herkomst", self.renderer.register(self.report))

    def _index(self) -> Page:
        folder = self.edition.loaded.folder
        infos: dict[str, list[FileInfo]] = {}
        for entry in self.report.entries:
            if entry.kind == "extern" and entry.file:
                data = self.files[f"{entry.stem}.pdf"] = (folder / entry.file).read_bytes()
                infos[entry.stem] = [FileInfo(f"{entry.stem}.pdf", "PDF", len(data), _pages(data))]
        for stem, page in self.pages.items():
            infos[stem] = [FileInfo(f"{stem}.html", "HTML", len(as_built(page.html).encode()))]
        if REGISTER in infos:
            infos[REGISTER].insert(0, FileInfo(f"{REGISTER}.csv", "CSV", len(self.files[f"{REGISTER}.csv"])))
        title = self.report.heading.title
        return self._page(INDEX, INDEX, title, self.renderer.edition_index(self.report, infos))

    def _page(self, stem: str, kind: str, title: str, html: str) -> Page:
        return Page(self.edition.loaded.name, stem, kind, title, html)
