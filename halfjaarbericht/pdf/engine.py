"""The way in: from print HTML to PDF. Importing this does not import weasyprint; rendering does.

The layout rules for notes are in `noten`, the checks in `layoutcheck` and `messages`, the processes in
`workers`.
"""

from __future__ import annotations

from collections.abc import Mapping

from halfjaarbericht.pdf.fingerprint import engine_fingerprint
from halfjaarbericht.pdf.jobs import (
    Attachment,
    BundleJob,
    Event,
    Job,
    PdfJob,
    PdfResult,
    PlacedNote,
    ProofJob,
    ProofResult,
)
from halfjaarbericht.pdf.workers import WorkerDied, render_many

__all__ = [
    "Attachment",
    "BundleJob",
    "Event",
    "Job",
    "PdfJob",
    "PdfResult",
    "PlacedNote",
    "ProofJob",
    "ProofResult",
    "WorkerDied",
    "engine_fingerprint",
    "render_bundle",
    "render_many",
    "render_pdf",
]


def render_pdf(job: PdfJob) -> PdfResult:
    """Render one document in this process. Raises ContentError when no PDF can be made."""
    from halfjaarbericht.pdf.document import render_document

    return render_document(job)


def render_bundle(jobs: Mapping[str, PdfJob], label: str = "bundel") -> PdfResult:
    """Render `jobs` (stem → job, in order) into one PDF in this process. Raises ContentError."""
    from halfjaarbericht.pdf.bundle import render_bundle_document

    return render_bundle_document(BundleJob(tuple(jobs.items()), label))
