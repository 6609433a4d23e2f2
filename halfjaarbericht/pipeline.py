"""The corridor: load, validate, resolve, render, publish. Read this first; everything else is a room beside it.

    YAML  →  frozen models  →  one frozen Report  →  one HTML string per document and medium  →  PDF, HTML, manifest

Data only moves to the right. Everything is read and checked before anything is written, and HTML is always made
afresh; a PDF is only rendered again when its HTML, styles, images or engine have changed.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from halfjaarbericht.editielijst import stage_index, stage_stray, strays
from halfjaarbericht.output import EditionPlan, plan_edition, stage_edition
from halfjaarbericht.pdf.engine import Job, PdfResult, render_many
from halfjaarbericht.problems import ContentError, Problem, blocking
from halfjaarbericht.progress import Progress
from halfjaarbericht.project import Project
from halfjaarbericht.publish import Staged, publish
from halfjaarbericht.reading.load import NOTHING_SHARED, LoadedEdition, find_editions, load_edition, load_shared
from halfjaarbericht.render import Renderer
from halfjaarbericht.resolving.geheugen import Memory
from halfjaarbericht.resolving.resolve import resolve
from halfjaarbericht.slot import output_held
from halfjaarbericht.verslag import Report


@dataclass(frozen=True, slots=True)
class ReadEdition:
    """An edition that has been read and resolved."""

    loaded: LoadedEdition
    report: Report


@dataclass(frozen=True, slots=True)
class Reading:
    """All editions asked for, and the warnings."""

    editions: tuple[ReadEdition, ...]
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a build did."""

    sentence: str
    problems: tuple[Problem, ...]


def read(project: Project, names: list[str], memory: Mapping[str, Memory] | None = None) -> Reading:
    """Load, validate and resolve editions; `memory` by edition is for who does it again and again. Raises ContentError
    with the problems of all of them together."""
    editions: list[ReadEdition] = []
    problems: list[Problem] = []
    shared = None
    try:
        shared = load_shared(project.content)
    except ContentError as error:
        problems += error.problems
    for name in names:
        try:
            loaded = load_edition(project.content, name, shared or NOTHING_SHARED)
            if shared is None:
                continue  # its own mistakes are known now; what it looks up in gedeeld/ cannot be
            report, warnings = resolve(loaded, memory.get(name) if memory else None)
            editions.append(ReadEdition(loaded, report))
            problems += warnings
        except ContentError as error:
            problems += error.problems
    _stop_at(problems)
    return Reading(tuple(editions), tuple(sorted(problems)))


def build(
    project: Project,
    names: list[str],
    formats: frozenset[str],
    bundle: bool,
    strict: bool,
    progress: Progress,
    attach: bool = False,
) -> Outcome:
    """Make the documents of editions, with `attach` each PDF with the files that it is made of in it. Raises
    ContentError, with nothing written, when anything is wrong, and PublishError when the disk refuses while the files
    are put in place."""
    reading = read(project, names)
    _stop_at(reading.problems, strict)
    renderer = Renderer(project.templates, project.styles)
    with output_held(project.output, names, progress.wait):
        plans = [plan_edition(project, e.loaded, e.report, renderer, formats, bundle, attach) for e in reading.editions]
        results, problems = _render({f"{p.name}/{s}": job for p in plans for s, job in p.jobs.items()}, progress)
        _stop_at([*reading.problems, *problems], strict)
        known = find_editions(project.content)
        # Only who builds everything can tell what is left over.
        gone = strays(project.output, known) if set(names) >= set(known) else []
        publish(_stages(project, plans, results, known, gone, renderer))
    return Outcome(_sentence(project, plans, formats, gone), tuple(sorted([*reading.problems, *problems])))


def _stages(
    project: Project,
    plans: list[EditionPlan],
    results: dict[str, PdfResult],
    known: list[str],
    gone: list[str],
    renderer: Renderer,
) -> Iterator[Staged]:
    """The files of each edition, the page over all editions, and the editions that go."""
    for p in plans:
        yield stage_edition(p, {stem: results[f"{p.name}/{stem}"] for stem in p.jobs}, renderer)
    yield stage_index(project.output, {p.name: p.report for p in plans}, known, renderer)
    for name in gone:
        yield stage_stray(project.output, name)


def _render(jobs: dict[str, Job], progress: Progress) -> tuple[dict[str, PdfResult], list[Problem]]:
    """Render PDFs side by side: the results, and the problems of all of them."""
    results: dict[str, PdfResult] = {}
    problems: list[Problem] = []
    if not jobs:
        return results, problems
    progress.start(len(jobs))
    for name, answer in render_many(jobs, os.cpu_count() or 1, progress.event):
        if isinstance(answer, ContentError):
            problems += answer.problems
        elif isinstance(answer, Exception):
            raise answer
        else:
            results[name] = answer
            problems += answer.problems
    return results, problems


def _stop_at(problems: Sequence[Problem], strict: bool = False) -> None:
    """Raise ContentError when there is an error among them, or with `strict` a warning."""
    if blocking(problems, strict):
        raise ContentError(problems)


def _sentence(project: Project, plans: list[EditionPlan], formats: frozenset[str], gone: list[str]) -> str:
    documents = sum(len(p.documents) for p in plans)
    what = "1 document" if documents == 1 else f"{documents} documenten"
    rendered = sum(len(p.jobs) for p in plans)
    news = f"{rendered} PDF opnieuw gemaakt" if rendered else "alle PDF's waren nog actueel"
    if "pdf" not in formats:
        news = "geen PDF's gemaakt"
    left = f" Weggehaald, want niet meer in {project.content.name}/: {', '.join(gone)}." if gone else ""
    return f"{what} in {project.output.name}/ ({news}).{left} Begin bij {project.output.name}/index.html."
