"""Directs the preview: hears of changes, has the editions that somebody looks at made again, and tells who listens.

Making happens in one thread, so that the server keeps answering; the newest input wins. All methods are called from
the event loop.
"""

from __future__ import annotations

import asyncio
import threading
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import aclosing, suppress
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import TypeVar

from halfjaarbericht.preview.editor import Editor
from halfjaarbericht.preview.inputs import Inputs, take_stock
from halfjaarbericht.preview.maker import Maker
from halfjaarbericht.preview.making import Making, Told
from halfjaarbericht.preview.meldingen import shown_problems
from halfjaarbericht.preview.pagina import Page
from halfjaarbericht.preview.pdfs import PdfDesk
from halfjaarbericht.preview.review import Review
from halfjaarbericht.preview.stand import EditionState
from halfjaarbericht.preview.watch import changed_inputs
from halfjaarbericht.project import Project
from halfjaarbericht.reading.load import find_editions

HEAD_START = 0.25
"""So many seconds at most the other pages wait until the page in view has been fetched: two threads in one process
are in each other's way."""
PING = 15
"""So many seconds without news, and who listens hears that we are still there."""
SENDING = 0.02
"""So many seconds the other pages wait when the news itself says what changed, and no page has to be fetched."""
AGAIN = 1
"""So many seconds after a fault is looked at the disk again."""
T = TypeVar("T")


@dataclass(eq=False)
class Listener:
    """A page in a browser that follows an edition: the document in view, and whether its PDF is open beside it."""

    stem: str
    pdf: bool
    news: asyncio.Event = field(default_factory=asyncio.Event)


@dataclass(eq=False)
class Session:
    """An edition that is or was looked at. `generation` is that of the inputs that it was last made of; `asked` says
    that somebody waits for it."""

    state: EditionState
    listeners: list[Listener] = field(default_factory=list)
    generation: int = -1
    asked: bool = True
    json: str = ""
    ready: asyncio.Event = field(default_factory=asyncio.Event)
    fetched: threading.Event = field(default_factory=threading.Event)
    """Set when a page has been fetched, and when waiting for that has no use."""


class Director:
    """The preview of one project. `report` is called with faults of the program; `review` compares."""

    def __init__(
        self,
        project: Project,
        editor: Editor,
        report: Callable[[BaseException], None],
        review: Review | None = None,
    ):
        self.project = project
        self.editor = editor
        self.stopping = asyncio.Event()
        self.inputs = take_stock(project)
        self.generation = 0
        self.editions = find_editions(project.content)
        self.maker = Maker(project)
        self.making = Making(self.maker, editor, report, review)
        self.pdfs = PdfDesk(self)
        self._thread = ThreadPoolExecutor(1, "maken")
        self._sessions: dict[str, Session] = {}
        self._wake = asyncio.Event()
        self._tasks: list[asyncio.Task[None]] = []

    # --- life ---------------------------------------------------------------------------------------------------

    def start(self) -> None:
        """Begin to watch and to make."""
        self._tasks = [asyncio.create_task(work()) for work in (self._watch, self._work, self.pdfs.work)]

    async def close(self) -> None:
        """End everything. Who listens hears no more."""
        self.hush()
        self.pdfs.close()
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        self._thread.shutdown(wait=True, cancel_futures=True)

    def hush(self) -> None:
        """Let every open connection end: a server that stops waits for them."""
        self.stopping.set()
        for session in self._sessions.values():
            session.fetched.set()
            session.ready.set()
            for listener in session.listeners:
                listener.news.set()

    # --- looking ------------------------------------------------------------------------------------------------

    async def edition(self, name: str) -> Session | None:
        """An edition that has been made at least once, and is being made again when it is out of date; None when
        there is none of that name, or when all is coming to an end."""
        session = self._session(name)
        if session is None or self.stopping.is_set():
            return None
        session.asked = True
        self._wake.set()
        await session.ready.wait()
        return None if self.stopping.is_set() else session

    async def follow(self, name: str, stem: str, pdf: bool) -> AsyncIterator[str]:
        """The state as JSON each time that it changes, beginning with that of now; '' when nothing happened for a
        while, so that a connection that broke is found out."""
        session = self._session(name)
        if session is None:
            return
        listener = Listener(stem, pdf)
        session.listeners.append(listener)
        try:
            if await self.edition(name) is not None:
                self.pdfs.look(session)
            while not self.stopping.is_set():
                listener.news.clear()
                yield session.json
                while not listener.news.is_set():
                    with suppress(TimeoutError):
                        await asyncio.wait_for(listener.news.wait(), PING)
                        break
                    yield ""
        finally:
            session.listeners.remove(listener)

    async def overview(self) -> str:
        """The page over all editions. Raises ContentError."""
        return await self.in_thread(lambda: self.maker.editions(self.inputs))

    def tell(self, session: Session) -> None:
        """Tell the state of an edition to all who follow it."""
        base = self.editor.base.as_posix()
        session.json = session.state.as_json(self.editions, self.editor.template, base)
        for listener in session.listeners:
            listener.news.set()

    def _session(self, name: str) -> Session | None:
        if name not in self._sessions and name in self.editions:
            self._sessions[name] = Session(EditionState(name))
        return self._sessions.get(name)

    # --- making -------------------------------------------------------------------------------------------------

    async def in_thread(self, work: Callable[[], T]) -> T:
        """Do work that reads the disk in the one thread that does."""
        return await asyncio.get_running_loop().run_in_executor(self._thread, work)

    async def _watch(self) -> None:
        said = ""
        while not self.stopping.is_set():
            try:
                async with aclosing(changed_inputs(self.project, self.inputs, self.stopping)) as changes:
                    async for inputs in changes:
                        self._changed(inputs)
                        said = ""
            except Exception as error:  # never the end of the preview; a fault that stays is told once
                if said != repr(error):
                    self.making.report(error)
                said = repr(error)
                with suppress(TimeoutError):
                    await asyncio.wait_for(self.stopping.wait(), AGAIN)

    def _changed(self, inputs: Inputs) -> None:
        """Take in what is on disk now. When that fails nothing was taken in, so that it is seen again."""
        editions = find_editions(self.project.content)
        self.inputs, self.editions = inputs, editions
        self.generation += 1
        for session in self._sessions.values():
            session.fetched.set()
        self.pdfs.interrupt()
        self._wake.set()

    async def _work(self) -> None:
        while not self.stopping.is_set():
            await self._wake.wait()
            self._wake.clear()
            while not self.stopping.is_set() and (session := self._next()):
                generation = self.generation
                try:
                    await self._make(session, generation)
                except Exception as error:  # never the end of the preview, nor a loop of failures
                    self._give_up(session, generation, error)

    def _next(self) -> Session | None:
        """An edition to make: out of date, and somebody looks at it."""
        stale = (s for s in self._sessions.values() if s.generation != self.generation and (s.listeners or s.asked))
        return max(stale, key=lambda session: len(session.listeners), default=None)

    async def _make(self, session: Session, generation: int) -> None:
        inputs = self.inputs
        first = list(dict.fromkeys(listener.stem for listener in reversed(session.listeners)))
        loop = asyncio.get_running_loop()
        version = session.state.version + 1

        def work() -> None:
            for told in self.making.steps(session.state.name, inputs, first, lambda: self.generation == generation):
                told, news = _compared(told, session.state.pages, first)
                session.fetched.clear()
                loop.call_soon_threadsafe(self._take, session, told, version)
                if news and told.good and not told.made.done:
                    session.fetched.wait(SENDING if all(page.changes for page in news) else HEAD_START)

        await self.in_thread(work)
        if self.generation == generation:
            session.generation = generation
            session.asked = False
            session.ready.set()
            self.pdfs.look(session)

    def _give_up(self, session: Session, generation: int, error: Exception) -> None:
        """Tell that an edition could not be made, and let go who waits for it, until there is newer input."""
        state = session.state
        session.generation, session.asked = generation, False
        session.ready.set()
        state.version, state.good, state.busy = state.version + 1, False, False
        state.problems = shown_problems([self.making.fault(error)], self.editor, {})
        self.pdfs.settle(session)
        self.tell(session)

    def _take(self, session: Session, told: Told, version: int) -> None:
        """Take in what was made, and tell it."""
        state, made = session.state, told.made
        if state.version != version:
            state.first_seconds = told.seconds
        state.version, state.good, state.busy = version, told.good, not made.done
        state.made_at, state.seconds = datetime.now(), told.seconds
        state.problems = told.problems
        state.pages |= made.pages
        state.confirmed |= dict.fromkeys(made.pages, version)
        if made.read is not None:
            state.read = made.read
            state.stems = made.stems
        if made.read is not None and made.done:
            state.open_places = told.places
            state.files = {**state.files, **made.files} if not told.good else made.files
            state.pages = {stem: page for stem, page in state.pages.items() if stem in made.stems}
        if told.review is not None:
            state.against, state.marked = told.review.told, told.review.pages
        if told.good and made.done:
            state.good_version = version
        self.pdfs.settle(session)
        self.tell(session)


def _compared(told: Told, before: Mapping[str, Page], stems: Sequence[str]) -> tuple[Told, list[Page]]:
    """What was made, in which the pages of `stems` know what changed since those `before`; and which did change."""
    seen = {stem: page.after(before.get(stem)) for stem, page in told.made.pages.items() if stem in stems}
    news = [page for stem, page in seen.items() if page is not before.get(stem)]
    return replace(told, made=replace(told.made, pages={**told.made.pages, **seen})), news
