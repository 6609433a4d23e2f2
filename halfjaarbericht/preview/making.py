"""The part of the preview that runs in the making thread: from files to what is to be told, mistakes included."""

from __future__ import annotations

import gc
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from halfjaarbericht.changes.revision import RevisionError
from halfjaarbericht.preview.editor import Editor
from halfjaarbericht.preview.inputs import Inputs
from halfjaarbericht.preview.maker import Made, Maker
from halfjaarbericht.preview.meldingen import files_of, own_fault, shown_problems, unreadable
from halfjaarbericht.preview.plekken import open_places
from halfjaarbericht.preview.review import Review, Reviewed, failed
from halfjaarbericht.problems import ContentError, Problem, blocking

PATIENCE = 0.06
"""A mistake is told when it is still there after so many seconds: an editor may be halfway a save."""
_GLANCE = 0.005

Current = Callable[[], bool]
"""Whether the inputs are still those that making began with."""


@dataclass(frozen=True, slots=True)
class Told:
    """What has been made so far, ready to be taken in. `seconds` since making began."""

    made: Made
    good: bool
    problems: list[dict[str, Any]]
    seconds: float
    places: list[dict[str, Any]] = field(default_factory=list)
    review: Reviewed | None = None


class Making:
    """Makes editions and puts what came of it into words. `report` is called with a fault of the program itself;
    with a `review` changes are looked for as well."""

    def __init__(
        self, maker: Maker, editor: Editor, report: Callable[[BaseException], None], review: Review | None = None
    ):
        self.maker = maker
        self.editor = editor
        self.report = report
        self.review = review
        self._stems: dict[str, dict[str, str]] = {}
        self._frozen = False

    def steps(self, name: str, inputs: Inputs, first: Sequence[str], current: Current) -> Iterator[Told]:
        """Make an edition; stops in silence when newer inputs have come. The server lives on whatever happens below:
        a fault of the program is told like a mistake, when it is still there after a moment."""
        start = time.perf_counter()
        try:
            with _no_collection():
                yield from self._steps(name, inputs, first, current, start)
        except Exception as error:
            if not _patient(current):
                return
            broken = Made(None, {}, (), (self.fault(error),), done=True)
            yield self._told(name, broken, time.perf_counter() - start, None)

    def fault(self, error: Exception) -> Problem:
        """What went wrong outside the content, as a problem: a file that cannot be read, or else a fault of the
        program, which is reported."""
        unread = unreadable(error, self.editor.base)
        if unread is None:
            self.report(error)
        return unread or own_fault(error)

    def _steps(self, name: str, inputs: Inputs, first: Sequence[str], current: Current, start: float) -> Iterator[Told]:
        for made in self.maker.make(name, inputs, first):
            if not current() or (_wrong(made) and not _patient(current)):
                return
            if self.review and not made.done:
                continue  # a page and its marks are told together
            review = self._reviewed(made, inputs)
            yield self._told(name, made, time.perf_counter() - start, review)

    def tidy(self) -> None:
        """Collect garbage; to be called when nobody waits. What was there at first is never looked at again."""
        gc.collect()
        if not self._frozen:
            gc.freeze()
            self._frozen = True

    def _reviewed(self, made: Made, inputs: Inputs) -> Reviewed | None:
        if self.review is None or made.read is None or not made.done:
            return None
        try:
            return self.review.review(self.maker, inputs, made.read)
        except (ContentError, RevisionError) as error:
            return Reviewed({}, failed(self.review.against, error))

    def _told(self, name: str, made: Made, seconds: float, review: Reviewed | None) -> Told:
        documents = made.read.report.documents if made.read else ()
        if documents:  # else a mistake is still shown in the page that was last good
            self._stems[name] = {file: document.stem for document in documents for file in files_of(document)}
        problems = shown_problems(made.problems, self.editor, self._stems.get(name, {}))
        places = [
            {"stem": o.stem, "bron": f"{o.place.path}:{o.place.line}:{o.place.column}", "tekst": o.text}
            for document in documents
            for o in (open_places(document) if made.done else ())
        ]
        return Told(made, not _wrong(made), problems, seconds, places, review)


def _wrong(made: Made) -> bool:
    return blocking(made.problems)


def _patient(current: Current) -> bool:
    """Whether the inputs still are the same after a while."""
    until = time.perf_counter() + PATIENCE
    while current() and time.perf_counter() < until:
        time.sleep(_GLANCE)
    return current()


@contextmanager
def _no_collection() -> Iterator[None]:
    """A full garbage collection takes as long as making a page."""
    gc.disable()
    try:
        yield
    finally:
        gc.enable()
