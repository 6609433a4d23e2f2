"""What the tests of tags share: rendering a piece of HTML, reading its tags back, and validating the file."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import page

from halfjaarbericht.pdf.engine import PdfResult, render_pdf
from tests.pdfhulp import SMALL, job, page_html
from tests.tagboom import Boom

SVG = (
    "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' width='9' height='6'%3E"
    "%3Cpath d='M0 0h9v6z'/%3E%3C/svg%3E"
)


def rendered(folder: Path, body: str, css: str = "") -> PdfResult:
    return render_pdf(job(page_html(body, SMALL + css), folder))


def tags(folder: Path, body: str, css: str = "") -> Boom:
    """The tags of a piece of HTML that has no faults; all that is drawn is marked."""
    result = rendered(folder, body, css)
    assert result.problems == ()
    tree = Boom(result.pdf)
    assert all(not contents.loose and not contents.nested for contents in tree.contents.values())
    return tree


def shape(folder: Path, body: str, css: str = "") -> Any:
    """Roles and texts of the body."""
    tree = tags(folder, body, css)
    return tree.top.shape()[1]


def failures(pdf: bytes, folder: Path, *profiles: str) -> list[str]:
    """The rules of page-validation that a file breaks ('2a', '3a', 'ua1')."""
    file = folder / "keuring.pdf"
    file.write_bytes(pdf)
    found = [each for name in profiles for each in page.validate_pdf(str(file), profile=_PROFILES[name]).failures]
    return [each.rule_id for each in found if "STREAM-LENGTH" not in each.rule_id or not _lengths_fit(pdf)]


_PROFILES = {profile.value: profile for profile in page.ValidationProfile}


def _lengths_fit(pdf: bytes) -> bool:
    """Whether every stream is as long as it says. The validator errs when the last byte of a stream is a line end."""
    for found in re.finditer(rb"\d+ 0 obj\n(<<[^\n]*?>>)\nstream\n", pdf):
        length = re.search(rb"/Length (\d+)", found[1])
        if length is None or not pdf[found.end() + int(length[1]) :].startswith(b"\nendstream"):
            return False
    return True
