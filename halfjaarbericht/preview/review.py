"""Review mode: the pages beside what the content said in a git revision, or when it was built last."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any

from halfjaarbericht.changes import store
from halfjaarbericht.changes.inplace import Mark, mark_changes
from halfjaarbericht.changes.model import EditionText
from halfjaarbericht.changes.revision import content_at
from halfjaarbericht.changes.units import edition_text
from halfjaarbericht.pipeline import ReadEdition, read
from halfjaarbericht.preview.inputs import Inputs
from halfjaarbericht.preview.maker import Maker
from halfjaarbericht.problems import ContentError
from halfjaarbericht.project import Project, make_project
from halfjaarbericht.reading.load import find_editions

LAST_BUILD = "build"
"""What is asked for to compare with the last build; a branch of that name is `refs/heads/build`."""


@dataclass(frozen=True, slots=True)
class Reviewed:
    """The pages with their changes marked, by stem, and what the page in the browser is told of them."""

    pages: dict[str, str]
    told: dict[str, Any]


@dataclass
class Review:
    """Compares editions of a project with how they were at `against`. What was is read once."""

    project: Project
    against: str
    _texts: dict[str, EditionText | None] = field(default_factory=dict)

    def before(self, name: str) -> EditionText | None:
        """The text of an edition then; None when it was not there. Raises RevisionError, and ContentError when this
        program cannot read what was there."""
        if name not in self._texts:
            self._texts[name] = self._then(name)
        return self._texts[name]

    def review(self, maker: Maker, inputs: Inputs, edition: ReadEdition) -> Reviewed:
        """Mark what is other than then. Raises what `before` does, and ContentError for a wrong template."""
        report = edition.report
        marked = mark_changes(self.before(edition.loaded.name), report)
        documents = tuple(item.document for item in marked)
        after = replace(report, documents=documents)
        renderer = maker.renderer(inputs)
        shared = self.project.shared
        pages = {
            d.stem: renderer.document(after, d, "scherm", edition_folder=edition.loaded.folder, shared_folder=shared)
            for d in documents
        }
        return Reviewed(pages, self.told({item.document.stem: item.marks for item in marked}))

    def told(self, marks: dict[str, tuple[Mark, ...]]) -> dict[str, Any]:
        """The changes as JSON: how many in each document, and each with its place."""
        return {
            "naam": "de laatste build" if self.against == LAST_BUILD else self.against,
            "gewijzigd": {stem: len(found) for stem, found in marks.items()},
            "lijst": [_told(stem, mark) for stem, found in marks.items() for mark in found],
        }

    def _then(self, name: str) -> EditionText | None:
        if self.against == LAST_BUILD:
            return store.load(self.project.output / name)
        with content_at(self.project.content, self.against) as found:
            then = make_project(found.content.parent, found.content)
            if name not in find_editions(then.content):
                return None
            return edition_text(read(then, [name]).editions[0].report)


def failed(against: str, error: Exception) -> dict[str, Any]:
    """What is told when there is nothing to compare with."""
    why = error.problems[0].message if isinstance(error, ContentError) else str(error)
    return {"naam": against, "gewijzigd": {}, "lijst": [], "fout": why}


def _told(stem: str, mark: Mark) -> dict[str, Any]:
    change, place = mark.change, mark.place
    return {
        "stem": stem,
        "anker": mark.anchor,
        "wat": change.what,
        "kop": change.heading,
        "waar": change.where,
        "oud": change.old,
        "nieuw": change.new,
        "bron": f"{place.path}:{place.line}:{place.column}" if place else "",
    }
