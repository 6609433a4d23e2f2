"""The state of an edition in the preview: what is shown, of which version, and what is wrong. Its JSON is what the page
in the browser follows; the keys are described in docs/architectuur.md."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal

from halfjaarbericht.drukopdracht import PrintOrder
from halfjaarbericht.pdf.engine import PdfResult, ProofResult
from halfjaarbericht.pipeline import ReadEdition
from halfjaarbericht.preview.pagina import Page

PdfStatus = Literal["geen", "wacht", "bezig", "deels", "actueel", "verouderd", "fout"]


@dataclass(frozen=True)
class WholePdf:
    """The last PDF that was laid out as a whole: what later proofs are made from. `version` is the last version that it
    is the PDF of."""

    result: PdfResult
    order: PrintOrder
    version: int


@dataclass
class PdfState:
    """The PDF of a document. `version` is that of the PDF which is served now (0: none), `failed` that of which no PDF
    could be made; `pages_of` tells for each id in the document on which page it stands. `picture` goes up when pages
    look other than before, `looks` has a fingerprint of each. `fresh` are the pages of version `fresh_version` in a PDF
    that is of `version` for the rest. `problems` are those of the PDF which is served, `failure` says why there is none
    of version `failed`."""

    status: PdfStatus = "geen"
    version: int = 0
    failed: int = 0
    whole: WholePdf | None = None
    pdf: bytes = b""
    pages: int = 0
    pages_of: Mapping[str, int] = field(default_factory=dict)
    looks: tuple[str, ...] = ()
    picture: int = 0
    fresh: tuple[int, ...] = ()
    fresh_version: int = 0
    seconds: float = 0.0
    problems: tuple[dict[str, Any], ...] = ()
    failure: tuple[dict[str, Any], ...] = ()

    @property
    def settled_version(self) -> int:
        """The version of which there is a whole PDF."""
        return self.whole.version if self.whole else 0

    @property
    def is_proof(self) -> bool:
        """Whether what is served is a proof."""
        return self.whole is not None and self.pdf is not self.whole.result.pdf

    def take_proof(self, proof: ProofResult, version: int) -> None:
        """Serve a proof of `version`."""
        self.pdf, self.pages_of, self.looks = proof.pdf, proof.anchors, proof.looks
        self.fresh, self.fresh_version = proof.fresh, version
        self.picture += 1
        if proof.complete:
            self.version = version

    def take_whole(self, whole: WholePdf) -> None:
        """Serve a whole PDF. Pages that a proof has shown already look the same."""
        result = whole.result
        looks = tuple(shape.look for shape in result.map.shapes) if result.map else ()
        self.picture += result.pdf is not self.pdf and not (looks and looks == self.looks)
        self.looks = looks
        self.whole, self.version = whole, whole.version
        self.pdf, self.pages, self.pages_of, self.fresh = result.pdf, result.pages, result.anchors, ()

    def told(self, version: int | None) -> tuple[dict[str, Any], ...]:
        """The problems to list beside a page of `version`. Those of a PDF that nobody follows any more are not news."""
        if self.failed and self.failed == version:
            return self.failure
        return () if self.status == "verouderd" else self.problems

    def as_json(self) -> dict[str, Any]:
        """What the page is told of it."""
        old = self.version if self.version and self.status != "actueel" else 0
        return {
            "staat": self.status,
            "versie": self.version,
            "paginas": self.pages,
            "beeld": self.picture,
            "proef": self.is_proof,
            "vers": list(self.fresh) if self.fresh_version != self.version else [],
            "seconden": round(self.seconds, 2),
            "verouderd_versie": old,
        }


@dataclass
class EditionState:
    """All that is shown of one edition. `version` goes up with each rebuild; `confirmed` is the version for which each
    page was last found to be right. Pages of the last good version stay when something is wrong."""

    name: str
    version: int = 0
    good_version: int = 0
    good: bool = False
    busy: bool = False
    read: ReadEdition | None = None
    stems: tuple[str, ...] = ()
    pages: dict[str, Page] = field(default_factory=dict)
    confirmed: dict[str, int] = field(default_factory=dict)
    files: Mapping[str, bytes] = field(default_factory=dict)
    problems: list[dict[str, Any]] = field(default_factory=list)
    open_places: list[dict[str, Any]] = field(default_factory=list)
    pdfs: dict[str, PdfState] = field(default_factory=dict)
    against: dict[str, Any] | None = None
    marked: dict[str, str] = field(default_factory=dict)
    """The pages with their changes marked, in review mode."""
    made_at: datetime | None = None
    seconds: float = 0.0
    first_seconds: float = 0.0
    """How long the whole making took, and how long until the page in view was told."""

    def pdf(self, stem: str) -> PdfState:
        """The PDF of a document, known or not."""
        return self.pdfs.setdefault(stem, PdfState())

    def has_pdf(self, stem: str) -> bool:
        """Whether a PDF is made of this page: of letters and annexes, not of lists."""
        page = self.pages.get(stem)
        return page is not None and page.kind in ("brief", "bijlage")

    def as_json(self, editions: list[str], source_template: str, base: str) -> str:
        """The state as the page in the browser follows it."""
        told = (problem for stem in self.stems for problem in self.pdf(stem).told(self.confirmed.get(stem)))
        problems = [*self.problems, *told]
        data = {
            "versie": self.version,
            "editie": self.name,
            "titel": self.read.report.heading.title if self.read else self.name,
            "documenten": [self._document(stem) for stem in self.stems if stem in self.pages],
            "edities": editions,
            "goed": self.good,
            "goede_versie": self.good_version,
            "bezig": self.busy,
            "gemaakt": f"{self.made_at:%H:%M:%S}" if self.made_at else "",
            "seconden": round(self.seconds, 3),
            "eerste": round(self.first_seconds, 3),
            "problemen": problems,
            "open_plekken": self.open_places,
            "bron_sjabloon": source_template,
            "basis": base,
            "tegen": self.against,
        }
        return json.dumps(data, ensure_ascii=False)

    def _document(self, stem: str) -> dict[str, Any]:
        page = self.pages[stem]
        pdf = self.pdf(stem) if self.has_pdf(stem) else PdfState()
        return {
            "stem": stem,
            "titel": page.title,
            "soort": page.kind,
            "url": page.url,
            "sleutel": page.key,
            "veranderd": page.changes.as_json() if page.changes else None,
            "pdf": pdf.as_json(),
        }
