"""Review mode: the pages beside what they said in a git revision, in a package, or when they were built last."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Any

from halfjaarbericht.changes.inplace import Mark, mark_changes
from halfjaarbericht.changes.model import EditionText
from halfjaarbericht.changes.result import Change
from halfjaarbericht.earlier import Earlier, earlier
from halfjaarbericht.pipeline import ReadEdition
from halfjaarbericht.preview.inputs import Inputs
from halfjaarbericht.preview.maker import Maker
from halfjaarbericht.problems import ContentError
from halfjaarbericht.project import Project
from halfjaarbericht.verslag import Document


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
    _earlier: dict[str, Earlier] = field(default_factory=dict)

    def before(self, name: str) -> Earlier:
        """What an edition said then. Raises RevisionError, and ContentError when this program cannot read what was
        there."""
        if name not in self._earlier:
            self._earlier[name] = earlier(self.project, self.against, [name], everything=False)
        return self._earlier[name]

    def review(self, maker: Maker, inputs: Inputs, edition: ReadEdition) -> Reviewed:
        """Mark what is other than then. Raises what `before` does, and ContentError for a wrong template."""
        report, then = edition.report, self.before(edition.loaded.name)
        text = then.texts.get(edition.loaded.name)
        marked = mark_changes(text, report)
        documents = tuple(item.document for item in marked)
        after = replace(report, documents=documents)
        renderer = maker.renderer(inputs)
        shared = self.project.shared
        pages = {
            d.stem: renderer.document(after, d, "scherm", edition_folder=edition.loaded.folder, shared_folder=shared)
            for d in documents
        }
        told = [_told(item.document.stem, mark, pages[item.document.stem]) for item in marked for mark in item.marks]
        found = {
            "naam": then.short,
            "gewijzigd": {item.document.stem: len(item.marks) for item in marked},
            "lijst": told + _gone(text, documents),
        }
        if text is None:
            found["fout"] = f"Deze editie is er niet in {then.short}; alles is nieuw."
        return Reviewed(pages, found)


def _gone(text: EditionText | None, documents: Iterable[Document]) -> list[dict[str, Any]]:
    """The documents that there are no more: they have no page to mark."""
    present = {document.id for document in documents}
    gone = [document for document in text.documents if document.id not in present] if text else []
    changes = [Change("vervallen", "stuk", "", document.label, old=document.title) for document in gone]
    return [_told("", Mark("", change, None), "") for change in changes]


def failed(against: str, error: Exception) -> dict[str, Any]:
    """What is told when there is nothing to compare with."""
    why = error.problems[0].message if isinstance(error, ContentError) else str(error)
    return {"naam": against, "gewijzigd": {}, "lijst": [], "fout": why}


def _told(stem: str, mark: Mark, page: str) -> dict[str, Any]:
    """A change as the page in the browser is told of it. A template of somebody's own may not print every mark; then
    its place in the content leads there."""
    change, place = mark.change, mark.place
    return {
        "stem": stem,
        "anker": mark.anchor if f' id="{mark.anchor}"' in page else "",
        "wat": change.what,
        "kop": change.heading,
        "waar": change.where,
        "oud": change.old,
        "nieuw": change.new,
        "bron": f"{place.path}:{place.line}:{place.column}" if place else "",
    }
