"""One document from HTML to laid-out pages to PDF. Runs in a worker process."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import weasyprint
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import FatalURLFetchingError

from halfjaarbericht.pdf.jobs import PdfJob, PdfResult, PlacedNote, Progress, no_progress
from halfjaarbericht.pdf.layoutcheck import (
    check_notes,
    collision_problem,
    collisions,
    note_problem,
    sticking_out,
)
from halfjaarbericht.pdf.losgeplaatst import apart_problems
from halfjaarbericht.pdf.mending import MAX_PASSES, next_plan
from halfjaarbericht.pdf.messages import Listener, borrowed_letters, listening
from halfjaarbericht.pdf.noten import Plan
from halfjaarbericht.pdf.pagebox import first_pages, note_area
from halfjaarbericht.pdf.proof.model import PageMap
from halfjaarbericht.pdf.proof.pagemap import map_pages
from halfjaarbericht.pdf.regeleinde import mended_line_ends
from halfjaarbericht.pdf.tags import link_notes, write_tagged
from halfjaarbericht.pdf.tree import Tree, lay_out_all, make_tree, parse
from halfjaarbericht.problems import ContentError, Problem

ENGINE_VERSION = "70.0"


@dataclass(frozen=True)
class Laid:
    """A document after layout: the engine's document, and what the checks found."""

    document: Any
    notes: tuple[PlacedNote, ...]
    problems: tuple[Problem, ...]
    passes: int
    map: PageMap | None = None


def render_document(job: PdfJob, progress: Progress = no_progress) -> PdfResult:
    """Render one document. Raises ContentError when no PDF can be made; lesser faults are in `problems`."""
    with rendering(job.label, progress) as listener:
        laid = lay_out(job, FontConfiguration())
        pdf, faults = write_tagged(laid.document, job.label, job.attachments)
        problems = (
            *laid.problems,
            *faults,
            *borrowed_letters(laid.document, job.label),
            *listener.problems(job.label),
        )
    pages = laid.document.pages
    return PdfResult(
        pdf,
        len(pages),
        tuple(sorted(set(problems))),
        laid.notes,
        laid.passes,
        first_pages(page.anchors for page in pages),
        laid.map,
    )


class rendering:  # noqa: N801 - used as a with-statement, like the functions of contextlib
    """Around a rendering: hears the engine, and turns what stops it into a ContentError."""

    def __init__(self, label: str, progress: Progress):
        if weasyprint.__version__ != ENGINE_VERSION:
            found = weasyprint.__version__
            raise RuntimeError(f"WeasyPrint {ENGINE_VERSION} is nodig, gevonden is {found}: installeer opnieuw")
        self._label = label
        self._listening = listening(progress)

    def __enter__(self) -> Listener:
        return self._listening.__enter__()

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: Any) -> None:
        self._listening.__exit__(None, None, None)
        if isinstance(error, FatalURLFetchingError):
            raise ContentError([_refused(self._label, str(error))]) from error
        if isinstance(error, RecursionError):
            message = "het document is te diep genest voor de PDF-maker"
            hint = "gebruik minder niveaus van lijsten, citaten en tabellen in elkaar"
            raise ContentError([Problem(self._label, 0, 0, "E604", message, hint=hint)]) from error


def lay_out(job: PdfJob, fonts: FontConfiguration) -> Laid:
    """Lay the document out, again while that mends something, and check the pages."""
    source = parse(job, job.html)
    plan: Plan | None = Plan()
    passes = 0
    while plan is not None:
        with mended_line_ends():
            tree = make_tree(source, fonts, plan)
            document = lay_out_all(tree)
        passes += 1
        notes, faults = check_notes(source.etree_element, document.pages)
        used, plan = plan, next_plan(plan, document.pages, faults) if passes < MAX_PASSES else None
    link_notes(document.pages)
    problems = [
        *(note_problem(fault, job.label) for fault in faults),
        *_page_problems(document.pages, job.label),
        *(_refused(job.label, reason) for reason in source.url_fetcher.refused),
    ]
    pages = _map(job, tree, document.pages, used) if job.mapped else None
    return Laid(document, notes, tuple(problems), passes, pages)


def _map(job: PdfJob, tree: Tree, pages: Sequence[Any], plan: Plan) -> PageMap | None:
    try:
        return map_pages(job.html, tree, pages, plan)
    except Exception:  # without a map there are no proofs; that is no reason to have no PDF
        return None


def _page_problems(pages: Sequence[Any], label: str) -> Iterator[Problem]:
    for page, _, _ in collisions(pages):
        yield collision_problem(page, label, note_area(pages[page - 1]) is not None)
    yield from sticking_out(pages, label)
    yield from apart_problems(pages, label)


def _refused(label: str, reason: str) -> Problem:
    return Problem(label, 0, 0, "E603", f"het document vraagt een bestand dat niet mag: {reason}")
