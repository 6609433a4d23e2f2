"""Several documents in one PDF: each keeps its own page count, links between them lead inside."""

from __future__ import annotations

from collections.abc import Container, Mapping, Sequence
from typing import Any
from urllib.parse import unquote, urlsplit

from weasyprint.text.fonts import FontConfiguration

from halfjaarbericht.pdf.document import Laid, lay_out, rendering
from halfjaarbericht.pdf.jobs import BundleJob, PdfResult, Progress, no_progress
from halfjaarbericht.pdf.messages import borrowed_letters
from halfjaarbericht.pdf.tags import write_tagged


def render_bundle_document(bundle: BundleJob, progress: Progress = no_progress) -> PdfResult:
    """Render all parts and join them in order. Raises ContentError when one of them cannot be made."""
    if not bundle.parts:
        raise ValueError("a bundle needs at least one document")
    # One font configuration for all parts, so that a font that they share is in the file once.
    fonts = FontConfiguration()
    with rendering(bundle.label, progress) as listener:
        laid = {stem: lay_out(job, fonts) for stem, job in bundle.parts}
        titles = {stem: job.title or job.label for stem, job in bundle.parts}
        pages = _join(laid, titles)
        first = next(iter(laid.values())).document
        joined = first.copy(pages)
        if bundle.title:
            joined.metadata.title = bundle.title
        starts = _first_pages(laid, titles)
        pdf, faults = write_tagged(joined, bundle.label, bundle.attachments, starts)
        problems = {*faults, *(problem for part in laid.values() for problem in part.problems)}
        problems.update(borrowed_letters(joined, bundle.label), listener.problems(bundle.label))
    notes = tuple(note for part in laid.values() for note in part.notes)
    passes = max(part.passes for part in laid.values())
    return PdfResult(pdf, len(pages), tuple(sorted(problems)), notes, passes)


def _first_pages(laid: Mapping[str, Laid], titles: Mapping[str, str]) -> dict[int, str]:
    """The title of each document by the number (from 0) of its first page in the bundle."""
    found: dict[int, str] = {}
    number = 0
    for stem, part in laid.items():
        found[number] = titles[stem]
        number += len(part.document.pages)
    return found


def _join(laid: Mapping[str, Laid], titles: Mapping[str, str]) -> list[Any]:
    names = {_anchor(stem, name) for stem, part in laid.items() for name in _names(part.document.pages)}
    joined: list[Any] = []
    for stem, part in laid.items():
        pages = part.document.pages
        for page in pages:
            page.anchors = {_anchor(stem, name): place for name, place in page.anchors.items()}
            page.links = [(*_retarget(kind, to, stem, laid, names), *rest) for kind, to, *rest in page.links]
        _lower_bookmarks(pages, titles[stem])
        # The top of the document, for links to the file as a whole.
        pages[0].anchors[_anchor(stem, "")] = (0, 0, 0, 0)
        joined.extend(pages)
    return joined


def _retarget(kind: str, target: str, stem: str, stems: Container[str], names: Container[str]) -> tuple[str, str]:
    """(kind, target) of a link as it is in the bundle; links out of the bundle stay as they were."""
    if kind == "internal":
        return kind, _anchor(stem, target)
    parts = urlsplit(target)
    other = unquote(parts.path).removesuffix(".pdf")
    if kind != "external" or parts.scheme or parts.netloc or other not in stems:
        return kind, target
    name = _anchor(other, unquote(parts.fragment))
    return "internal", name if name in names else _anchor(other, "")


def _names(pages: Sequence[Any]) -> set[str]:
    return {name for page in pages for name in page.anchors}


def _anchor(stem: str, name: str) -> str:
    return f"{stem}/{name}"


def _lower_bookmarks(pages: Sequence[Any], title: str) -> None:
    """Put the outline of a document below its title; a heading that is that title does not stand there twice."""
    first = pages[0].bookmarks
    if first and " ".join(first[0][1].split()) == " ".join(title.split()):
        del first[0]
    for page in pages:
        page.bookmarks = [(level + 1, text, place, state) for level, text, place, state in page.bookmarks]
    pages[0].bookmarks.insert(0, (1, title, (0, 0), "open"))
