"""What the tests of the page layout share: rendering a sample, and the measures of the text area."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pypdfium2
import pytest

from halfjaarbericht.pdf.engine import PdfJob, render_pdf
from halfjaarbericht.render import Renderer
from halfjaarbericht.verslag import Document, Section
from tests.pdfmaten import Line
from tests.voorbeeld_bouwstenen import text
from tests.voorbeeld_verslag import STYLES, TEMPLATES, annex, report

TEXT_LEFT, TEXT_RIGHT, COLUMN = 28.0, 160.3, 164.4
TEXT_TOP, FIRST_TEXT_TOP = 56.4, 120.6
NEAR = 0.3


def make(document: Document, folder: Path) -> bytes:
    renderer = Renderer([TEMPLATES], [STYLES])
    html = renderer.document(report(document), document, "druk", edition_folder=folder, shared_folder=folder)
    result = render_pdf(PdfJob(html, (STYLES,), folder, folder, document.stem))
    assert result.problems == ()
    return result.pdf


def annex_of(*blocks: object) -> Document:
    section = Section("deel", "tekst", 1, "", text("Deel"), "Deel", None, tuple(blocks), ())  # type: ignore[arg-type]
    return replace(annex(), sections=(section,), notes=(), toc=False)


def page_count(pdf: bytes) -> int:
    with pypdfium2.PdfDocument(pdf) as document:
        return len(document)


def body(found: list[Line]) -> list[Line]:
    return [line for line in found if abs(line.left - TEXT_LEFT) < NEAR and line.size == pytest.approx(9, abs=0.05)]


def column(found: list[Line]) -> list[Line]:
    return [line for line in found if abs(line.left - COLUMN) < NEAR]


def the(found: list[Line], start: str) -> Line:
    return next(line for line in found if line.text.startswith(start))
