"""Small helpers for tests that render: a job from a piece of HTML, with the project's own font."""

from __future__ import annotations

from pathlib import Path

import pypdfium2

from halfjaarbericht.pdf.engine import PdfJob

STYLES = Path(__file__).parent.parent / "styles"
# A family name of our own: with the name of a font that is installed, the installed one would win.
FONT = """@font-face { font-family: "Proefletter"; src: url(https://doc.invalid/styles/fonts/DejaVuSans.ttf) }
@font-face { font-family: "Proefletter"; font-weight: bold;
  src: url(https://doc.invalid/styles/fonts/DejaVuSans-Bold.ttf) }
"""
# A small page, so that few words fill it.
SMALL = """@page { size: 200px 200px; margin: 10px } body { margin: 0; font: 10px/15px "Proefletter" }
p { margin: 0; orphans: 1; widows: 1 } .noot { float: footnote } table { border-collapse: collapse }
.noot::footnote-call { content: attr(data-nr) } .noot::footnote-marker { content: attr(data-nr) " " }
"""


def page_html(body: str, css: str = SMALL, head: str = "") -> str:
    return (
        f'<!DOCTYPE html><html lang="nl"><head><meta charset="utf-8"><title>Proef</title>{head}'
        f"<style>{FONT}{css}</style></head><body>{body}</body></html>"
    )


def job(html: str, folder: Path, label: str = "brief") -> PdfJob:
    return PdfJob(html, (STYLES,), folder / "editie", folder / "gedeeld", label)


def note(number: int, text: str) -> str:
    return f'<span class="noot" id="noot-{number}" data-nr="{number}">{text}</span>'


def page_texts(pdf: bytes) -> list[str]:
    """The text of each page as another program reads it, spaces and line ends made one space."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        return [" ".join(page.get_textpage().get_text_bounded().split()) for page in document]
    finally:
        document.close()
