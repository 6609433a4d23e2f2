"""How many pages a PDF has, of whatever make: also of annexes by others."""

from __future__ import annotations

from io import BytesIO


def count_pages(pdf: bytes) -> int:
    """The number of pages of a PDF; 0 when it cannot be read (damaged, or closed with a password)."""
    # Only needed for files that are new here, so that a build in which nothing changed does not load the library.
    import pikepdf

    try:
        with pikepdf.open(BytesIO(pdf)) as document:
            return len(document.pages)
    except pikepdf.PdfError:
        return 0
