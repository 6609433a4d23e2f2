"""What a change did: the content as it is now beside the last build, a git revision or a package."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from halfjaarbericht.changes.compare import compare_editions
from halfjaarbericht.changes.model import EditionText
from halfjaarbericht.changes.result import EditionChanges
from halfjaarbericht.earlier import LAST_BUILD, earlier, is_package, texts_of
from halfjaarbericht.project import Project


@dataclass(frozen=True, slots=True)
class WhatChanged:
    """Per edition what happened, and in words since when."""

    editions: tuple[EditionChanges, ...]
    against: str


def what_changed(project: Project, names: list[str], everything: bool, against: str | None = None) -> WhatChanged:
    """Compare editions `names` with what they said at `against` (see `earlier`; without it, the last build). With
    `everything` editions that are there no more count too, and of a package only the edition that is in it. Raises
    ContentError when content, of now or then, cannot be read, and RevisionError."""
    then = earlier(project, LAST_BUILD if against is None else against, names, everything)
    if against and everything and is_package(against):
        names = [name for name in names if name in then.texts]
    return WhatChanged(_compare(then.texts, texts_of(project, names) if names else {}), then.words)


def _compare(before: Mapping[str, EditionText], now: Mapping[str, EditionText]) -> tuple[EditionChanges, ...]:
    return tuple(compare_editions(before.get(name), now.get(name), name) for name in sorted({*before, *now}))
