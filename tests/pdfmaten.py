"""Reads a PDF back the way a ruler would: lines of text with their place, and filled boxes, in mm from the top left."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby, pairwise

import pypdfium2
import pypdfium2.raw as pdfium

MM = 25.4 / 72
# Baseline below the top of a 12 pt line of 9 pt DejaVu Sans: half of the leading plus the ascent of the font.
BASELINE = ((12 - 9 * 1.1640625) / 2 + 9 * 0.92822265625) * MM


@dataclass(frozen=True)
class Line:
    """A line of text: where its first letter starts, where its last ends, and its baseline (mm)."""

    text: str
    left: float
    right: float
    baseline: float
    size: float

    @property
    def top(self) -> float:
        """The top of the line when it is 9/12."""
        return self.baseline - BASELINE


@dataclass(frozen=True)
class _Letter:
    char: str
    left: float
    right: float
    baseline: float
    size: float


def lines(pdf: bytes, page: int) -> list[Line]:
    """The lines of a page (from 0), from top to bottom; the columns beside each other are lines of their own."""
    with pypdfium2.PdfDocument(pdf) as document:
        letters = sorted(_letters(document[page]), key=lambda letter: (round(letter.baseline, 1), letter.left))
    found = []
    for _, row in groupby(letters, key=lambda letter: round(letter.baseline, 1)):
        found += _split(list(row))
    return sorted(found, key=lambda line: (line.baseline, line.left))


def _letters(page: pypdfium2.PdfPage) -> Iterator[_Letter]:
    height, text = page.get_height(), page.get_textpage()
    x, y = ctypes.c_double(), ctypes.c_double()
    for index in range(text.count_chars()):
        char = text.get_text_range(index, 1)
        if char.isspace() or not pdfium.FPDFText_GetCharOrigin(text, index, x, y):
            continue
        right = text.get_charbox(index, loose=True)[2]
        # The engine draws in CSS pixels, 96 to the inch.
        size = pdfium.FPDFText_GetFontSize(text, index) * 0.75
        yield _Letter(char, x.value * MM, right * MM, (height - y.value) * MM, size)


def _split(row: list[_Letter]) -> Iterator[Line]:
    """Words with spaces between them; a gap of more than 3.5 mm starts another column."""
    start = 0
    for index in range(1, len(row) + 1):
        if index == len(row) or row[index].left - row[index - 1].right > 3.5:
            yield _line(row[start:index])
            start = index


def _line(letters: list[_Letter]) -> Line:
    text = letters[0].char
    for before, letter in pairwise(letters):
        text += (" " if letter.left - before.right > 0.4 else "") + letter.char
    return Line(text, letters[0].left, letters[-1].right, letters[0].baseline, letters[0].size)


def boxes(pdf: bytes, page: int) -> list[tuple[float, float, float, float]]:
    """Everything drawn that is not text: (left, top, right, bottom)."""
    with pypdfium2.PdfDocument(pdf) as document:
        sheet = document[page]
        height = sheet.get_height()
        found = []
        for item in sheet.get_objects(max_depth=1):
            if item.type == pdfium.FPDF_PAGEOBJ_PATH:
                left, bottom, right, top = item.get_bounds()
                found.append((left * MM, (height - top) * MM, right * MM, (height - bottom) * MM))
    return found


def rules(pdf: bytes, page: int, top: float) -> list[tuple[float, float, float]]:
    """Thin horizontal black lines below `top`, at least 20 mm long: (left, right, y), as seen in the picture."""
    scale = 4.0
    with pypdfium2.PdfDocument(pdf) as document:
        bitmap = document[page].render(scale=scale, grayscale=True)
        data, width, stride = bytes(bitmap.buffer), bitmap.width, bitmap.stride
        height = bitmap.height
    step = MM / scale
    found: list[tuple[float, float, float]] = []
    for y in range(int(top / step), height):
        row = bytes(0 if value < 128 else 1 for value in data[y * stride : y * stride + width])
        start = row.find(b"\0" * int(20 / step))
        if start >= 0 and not (found and y * step - found[-1][2] < 0.5):
            end = row.find(b"\1", start)
            found.append((start * step, (end if end >= 0 else width) * step, y * step))
    return found
