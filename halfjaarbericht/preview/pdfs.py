"""The PDFs of a preview: made after a quiet moment for the documents whose PDF somebody looks at, and dropped halfway
when newer input comes. First comes a proof, in which only the pages that changed are new; then the whole PDF. One that
is not of the newest version, or not all of it, always says so."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import TYPE_CHECKING, TypeVar

from halfjaarbericht.drukopdracht import PrintOrder, print_order
from halfjaarbericht.manifest import fingerprint_styles
from halfjaarbericht.pdf.engine import ProofJob
from halfjaarbericht.pipeline import ReadEdition
from halfjaarbericht.preview.inputs import Inputs
from halfjaarbericht.preview.maker import Maker
from halfjaarbericht.preview.meldingen import shown_problems
from halfjaarbericht.preview.pdfproces import PdfProcess
from halfjaarbericht.preview.stand import PdfState, WholePdf
from halfjaarbericht.problems import ContentError

if TYPE_CHECKING:
    from halfjaarbericht.preview.regie import Director, Session

T = TypeVar("T")
QUIET = 0.25
"""So many seconds without a save before a PDF is begun."""


class PdfDesk:
    """Makes PDFs one after another. The status of each follows from what is known of it, in one place: `settle`."""

    def __init__(self, director: Director):
        self._director = director
        self._process = PdfProcess()
        self._thread = ThreadPoolExecutor(1, "pdf")
        self._asked: set[tuple[str, str]] = set()
        self._sessions: dict[str, Session] = {}
        self._busy: tuple[str, str] | None = None
        self._stir = asyncio.Event()
        self._fresh = asyncio.Event()

    # --- asking -------------------------------------------------------------------------------------------------

    def ask(self, session: Session, stem: str) -> None:
        """Have the PDF of a document made once, when there is none of the newest version."""
        if session.state.pdf(stem).status not in ("actueel", "fout"):
            self._asked.add((session.state.name, stem))
            self.look(session)

    def look(self, session: Session) -> None:
        """See what PDFs an edition now needs: called when it was made, and when somebody begins to look."""
        self._sessions[session.state.name] = session
        if self.settle(session):
            self._director.tell(session)
        self._stir.set()

    def interrupt(self) -> None:
        """Newer input has come: what is being made is of no use any more."""
        self._fresh.set()
        if self._busy:
            self._process.stop()

    def close(self) -> None:
        """End the process. Nothing is made after this."""
        self._process.close()
        self._thread.shutdown(wait=False, cancel_futures=True)

    def _wanted(self, session: Session) -> list[str]:
        """The documents whose PDF somebody looks at, the last opened first, and those asked for."""
        state = session.state
        open_ = [listener.stem for listener in reversed(session.listeners) if listener.pdf]
        asked = sorted(stem for name, stem in self._asked if name == state.name)
        return [stem for stem in dict.fromkeys([*open_, *asked]) if state.has_pdf(stem)]

    def settle(self, session: Session) -> bool:
        """Give each PDF of an edition the status that it has; whether one changed."""
        state = session.state
        wanted = self._wanted(session) if state.good else []
        before = [pdf.status for pdf in state.pdfs.values()]
        for stem, pdf in state.pdfs.items():
            version = state.confirmed.get(stem)
            if pdf.failed and pdf.failed == version:
                pdf.status = "fout"
            elif pdf.version and pdf.version == version:
                pdf.status = "actueel"
            elif self._busy == (state.name, stem):
                pdf.status = "deels" if pdf.fresh_version == version else "bezig"
            elif stem in wanted:
                pdf.status = "wacht"
            else:
                pdf.status = "verouderd" if pdf.version else "geen"
        return before != [pdf.status for pdf in state.pdfs.values()]

    # --- making -------------------------------------------------------------------------------------------------

    async def work(self) -> None:
        """Make what is wanted, until the task is cancelled."""
        while True:
            await self._stir.wait()
            self._stir.clear()
            while not await self._quiet():
                pass
            try:
                await self._round()
            except Exception as error:  # told, and tried again when there is news
                self._director.making.report(error)

    async def _round(self) -> None:
        """Make what is wanted now, and be ready for the next."""
        for session in list(self._sessions.values()):
            for stem in self._wanted(session):
                await self._make(session, stem)
        await self._aside(self._process.warm)
        if not self._fresh.is_set():
            await self._director.in_thread(self._director.making.tidy)

    async def _aside(self, work: Callable[[], T]) -> T:
        return await asyncio.get_running_loop().run_in_executor(self._thread, work)

    async def _quiet(self) -> bool:
        """Whether nothing comes in for a while."""
        self._fresh.clear()
        try:
            await asyncio.wait_for(self._fresh.wait(), QUIET)
        except TimeoutError:
            return True
        return False

    async def _make(self, session: Session, stem: str) -> None:
        """Make one PDF, unless there is no need or no use."""
        state, read = session.state, session.state.read
        pdf, version = state.pdf(stem), state.confirmed[stem]
        overtaken = self._overtaken(session)
        if overtaken or not state.good or read is None or version in (pdf.settled_version, pdf.failed):
            return
        self._busy = (state.name, stem)
        self.settle(session)
        self._director.tell(session)
        try:
            await self._render(session, read, stem, version)
        except ContentError as error:
            self._failed(pdf, version, error)
        except Exception as error:  # the pages go on without PDF
            self._failed(pdf, version, ContentError([self._director.making.fault(error)]))
        finally:
            self._busy = None
            if version in (pdf.settled_version, pdf.failed):
                self._asked.discard((state.name, stem))
            self.settle(session)
            self._director.tell(session)

    def _overtaken(self, session: Session) -> bool:
        return self._fresh.is_set() or session.generation != self._director.generation

    async def _render(self, session: Session, read: ReadEdition, stem: str, version: int) -> None:
        """Make the PDF of a version: first a proof of it, when there is a PDF to begin with."""
        start = time.perf_counter()
        pdf = session.state.pdf(stem)
        order = await self._aside(lambda: _order(self._director.maker, read, stem, self._director.inputs))
        last = pdf.whole
        if last and order.key == last.order.key:  # nothing changed in print; what was said of it still holds
            pdf.take_whole(replace(last, version=version))
            return
        if last and last.result.map and order.around == last.order.around:
            job = ProofJob(order.job, last.order.job.html, last.result.pdf, last.result.map)
            await self._proof(session, stem, job, version)
        answer = None
        if not self._fresh.is_set():
            answer = await self._aside(lambda: self._process.render(replace(order.job, mapped=True)))
        if isinstance(answer, Exception):
            raise answer
        if answer is not None and not self._fresh.is_set():
            pdf.take_whole(WholePdf(answer, order, version))
            pdf.seconds = time.perf_counter() - start
            pdf.problems = tuple(shown_problems(answer.problems, self._director.editor, {}))

    async def _proof(self, session: Session, stem: str, job: ProofJob, version: int) -> None:
        """Show the pages that changed before the others are laid out again."""
        try:
            proof = await self._aside(lambda: self._process.proof(job))
        except Exception as error:  # the whole PDF comes all the same
            self._director.making.report(error)
            return
        if proof is not None and not self._overtaken(session):
            session.state.pdf(stem).take_proof(proof, version)
            self.settle(session)
            self._director.tell(session)

    def _failed(self, pdf: PdfState, version: int, error: ContentError) -> None:
        pdf.failed = version
        pdf.failure = tuple(shown_problems(error.problems, self._director.editor, {}))


def _order(maker: Maker, read: ReadEdition, stem: str, inputs: Inputs) -> PrintOrder:
    """What is to be rendered for a document. Raises ContentError."""
    design, folder = maker.design(inputs), read.loaded.folder
    document = next(d for d in read.report.documents if d.stem == stem)
    styles_key = fingerprint_styles(design.project.styles)
    return print_order(design.project, folder, read.report, document, design.renderer, styles_key)
