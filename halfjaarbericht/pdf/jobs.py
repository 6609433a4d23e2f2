"""What goes into a rendering and what comes out; plain data that travels between processes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Literal

from halfjaarbericht.pdf.proof.model import PageMap
from halfjaarbericht.problems import Problem

Phase = Literal["begin", "opmaak", "schrijven", "klaar", "mislukt"]


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file to embed (ISO 19005-3, 6.8): `mime` is its media type, `relationship` what it is to the document.

    `date` is the day of its content, None when that has none; never that of the file on this disk.
    """

    name: str
    data: bytes
    mime: str
    description: str
    relationship: Literal["Source", "Data"] = "Data"
    date: date | None = None


@dataclass(frozen=True, slots=True)
class PdfJob:
    """One document to render.

    `html` is the whole print HTML. `styles` are the folders behind https://doc.invalid/styles/ (the first
    that has the file wins), `edition` and `shared` those behind /editie/ and /gedeeld/. `label` names the
    document in problems, `title` in the outline of a bundle ('' is the label). With `attachments` the file is PDF/A-3a,
    without PDF/A-2a. With `mapped` the answer tells what a proof of a later version needs.
    """

    html: str
    styles: tuple[Path, ...]
    edition: Path
    shared: Path
    label: str
    title: str = ""
    attachments: tuple[Attachment, ...] = ()
    mapped: bool = False

    @property
    def size(self) -> int:
        """A measure of the work: the length of the HTML."""
        return len(self.html)


@dataclass(frozen=True, slots=True)
class BundleJob:
    """Several documents in one PDF: (stem, job) in order. Links to `<stem>.pdf#id` lead inside it. `title` is that of
    the PDF ('' is the title of its first document). `attachments` are those of the file; those of its parts are not
    looked at."""

    parts: tuple[tuple[str, PdfJob], ...]
    label: str = "bundel"
    title: str = ""
    attachments: tuple[Attachment, ...] = ()

    @property
    def size(self) -> int:
        return sum(job.size for _, job in self.parts)


@dataclass(frozen=True, slots=True)
class ProofJob:
    """A document to make a proof of: `html`, `pdf` and `pages` are those of an earlier version of it, made with the
    same styles."""

    job: PdfJob
    html: str
    pdf: bytes
    pages: PageMap

    @property
    def label(self) -> str:
        return self.job.label


Job = PdfJob | BundleJob


@dataclass(frozen=True, slots=True)
class PlacedNote:
    """Where note `number` stands: page of its first call, page where its text starts; from 1, 0 = nowhere."""

    number: str
    call_page: int
    note_page: int


@dataclass(frozen=True, slots=True)
class PdfResult:
    """A rendered PDF. `passes` counts the layouts that were needed (1 when nothing had to be mended); `anchors` tells
    for the ids in the document on which page they stand, from 1. `map` is for proofs, None when they cannot be made."""

    pdf: bytes
    pages: int
    problems: tuple[Problem, ...] = ()
    notes: tuple[PlacedNote, ...] = ()
    passes: int = 1
    anchors: Mapping[str, int] = field(default_factory=dict)
    map: PageMap | None = None


@dataclass(frozen=True, slots=True)
class ProofResult:
    """An earlier PDF in which the pages `fresh` (from 1) are new. `complete` says that all others are still right too:
    then every page looks as that of the whole PDF. `anchors` as in PdfResult; `looks` has a fingerprint of each
    page."""

    pdf: bytes
    fresh: tuple[int, ...]
    complete: bool
    anchors: Mapping[str, int]
    looks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Event:
    """Progress of one job: `page` is the page being laid out, 0 outside the layout phase."""

    name: str
    phase: Phase
    page: int = 0


Progress = Callable[[Phase, int], None]
OnEvent = Callable[[Event], None]


def no_progress(_phase: Phase, _page: int) -> None:
    """For callers that show no progress."""
