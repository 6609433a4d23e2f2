"""What a change did: the content as it is now beside the last build, or beside a git revision."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from halfjaarbericht.changes import store
from halfjaarbericht.changes.compare import compare_editions
from halfjaarbericht.changes.model import EditionText
from halfjaarbericht.changes.result import EditionChanges
from halfjaarbericht.changes.revision import content_at
from halfjaarbericht.changes.units import edition_text
from halfjaarbericht.pipeline import read
from halfjaarbericht.problems import ContentError, Problem
from halfjaarbericht.project import Project, make_project
from halfjaarbericht.reading.load import find_editions

LAST_BUILD = "de laatste build"


@dataclass(frozen=True, slots=True)
class WhatChanged:
    """Per edition what happened, and in words since when."""

    editions: tuple[EditionChanges, ...]
    against: str


def what_changed(project: Project, names: list[str], everything: bool, revision: str | None = None) -> WhatChanged:
    """Compare editions `names` with the last build, or with a git `revision`. With `everything` editions that are
    there no more count too. Raises ContentError when content, of now or then, cannot be read, and RevisionError."""
    now = _texts(project, names)
    if revision is None:
        before = _built(project, names, everything)
        return WhatChanged(_compare(before, now), LAST_BUILD)
    with content_at(project.content, revision) as found:
        then = make_project(found.content.parent, found.content)
        known = find_editions(then.content)
        wanted = known if everything else [name for name in names if name in known]
        try:
            before = _texts(then, wanted) if wanted else {}
        except ContentError as error:
            raise ContentError([_unreadable(revision, error.problems)]) from error
        return WhatChanged(_compare(before, now), f"revisie {revision} ({found.commit[:7]})")


def _texts(project: Project, names: list[str]) -> dict[str, EditionText]:
    return {edition.loaded.name: edition_text(edition.report) for edition in read(project, names).editions}


def _built(project: Project, names: list[str], everything: bool) -> dict[str, EditionText]:
    folders = {name: project.output / name for name in names}
    if everything:
        folders |= {file.parent.name: file.parent for file in sorted(project.output.glob(f"*/{store.TEXT}"))}
    return {name: text for name, folder in folders.items() if (text := store.load(folder)) is not None}


def _compare(before: dict[str, EditionText], now: dict[str, EditionText]) -> tuple[EditionChanges, ...]:
    return tuple(compare_editions(before.get(name), now.get(name), name) for name in sorted({*before, *now}))


def _unreadable(revision: str, problems: Iterable[Problem]) -> Problem:
    """Content of then that the program of now does not understand: the first mistake tells most."""
    errors = [problem for problem in problems if problem.severity == "fout"]
    first = errors[0]
    more = f" (en nog {len(errors) - 1})" if len(errors) > 1 else ""
    message = f"in revisie '{revision}' kan deze versie van het programma de inhoud niet lezen: {first.message}{more}"
    return Problem(first.path, first.line, first.column, first.code, message, hint="kies een latere revisie")
