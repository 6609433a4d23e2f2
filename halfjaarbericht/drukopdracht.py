"""What is to be rendered for the PDF of a document, and its key: for a build and a preview alike."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from halfjaarbericht.afbeeldingen import document_images
from halfjaarbericht.manifest import document_key
from halfjaarbericht.paginahulp import document_name
from halfjaarbericht.pdf.engine import PdfJob, engine_fingerprint
from halfjaarbericht.project import Project
from halfjaarbericht.render import Renderer
from halfjaarbericht.verslag import Document, Report


@dataclass(frozen=True, slots=True)
class PrintOrder:
    """A PDF to make: the job, and the key that changes with anything that decides how it comes out; `around` changes
    with anything but the HTML."""

    job: PdfJob
    key: str
    around: str


def print_order(
    project: Project, folder: Path, report: Report, document: Document, renderer: Renderer, styles_key: str
) -> PrintOrder:
    """The order for the PDF of `document`, whose edition is in `folder`; `styles_key` is the fingerprint of the
    project's styles. Raises ContentError when a template cannot be rendered."""
    shared = project.shared
    html = renderer.document(report, document, "druk", edition_folder=folder, shared_folder=shared)
    images = {name: (folder / name).read_bytes() for name in sorted(document_images(document))}
    key, around = (document_key(text, styles_key, images, engine_fingerprint()) for text in (html, ""))
    label = f"{folder.name}/{document.stem}"
    return PrintOrder(PdfJob(html, project.styles, folder, shared, label, document_name(document)), key, around)
