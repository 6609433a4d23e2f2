"""Progress of a build: a bar on a terminal, a line per document elsewhere, silence when asked for."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Protocol

from halfjaarbericht.pdf.jobs import Event

_PHASES = {
    "begin": "begint",
    "opmaak": "pagina {page}",
    "schrijven": "wordt geschreven",
    "klaar": "klaar",
    "mislukt": "mislukt",
}


_WAITING = "Er is al een build bezig in deze uitvoermap; deze wacht tot die klaar is."


class Progress(Protocol):
    """What a build tells while it works."""

    def wait(self) -> None:
        """Another build is at work in the output folder; this one waits for it."""

    def start(self, documents: int) -> None:
        """So many documents will be rendered."""

    def event(self, event: Event) -> None:
        """Something happened to one of them."""


class Silent:
    """Says nothing."""

    def wait(self) -> None:
        """Nothing."""

    def start(self, documents: int) -> None:
        """Nothing."""

    def event(self, event: Event) -> None:
        """Nothing."""


class Lines(Silent):
    """A line for each document that is ready."""

    def wait(self) -> None:
        """Print why nothing happens."""
        print(_WAITING, flush=True)

    def event(self, event: Event) -> None:
        """Print the end of each document."""
        if event.phase in ("klaar", "mislukt"):
            print(f"{event.name}: {_PHASES[event.phase]}", flush=True)


class Bar(Silent):
    """A bar with the document and phase that changed last."""

    def __init__(self, bar: object):
        self._bar = bar
        self._task: object = None

    def wait(self) -> None:
        """Print why nothing happens."""
        self._bar.console.print(_WAITING)  # type: ignore[attr-defined]

    def start(self, documents: int) -> None:
        """Show the bar."""
        self._task = self._bar.add_task("", total=documents)  # type: ignore[attr-defined]

    def event(self, event: Event) -> None:
        """Move it."""
        text = f"{event.name}: {_PHASES[event.phase].format(page=event.page)}"
        done = 1 if event.phase in ("klaar", "mislukt") else 0
        self._bar.update(self._task, advance=done, description=text)  # type: ignore[attr-defined]


@contextmanager
def make_progress(quiet: bool) -> Iterator[Progress]:
    """The progress that suits the place where output goes."""
    if quiet:
        yield Silent()
    elif not sys.stdout.isatty():
        yield Lines()
    else:
        from rich.progress import BarColumn, MofNCompleteColumn, TextColumn
        from rich.progress import Progress as RichProgress

        columns = (BarColumn(bar_width=24), MofNCompleteColumn(), TextColumn("{task.description}"))
        with RichProgress(*columns, transient=True) as bar:
            yield Bar(bar)
