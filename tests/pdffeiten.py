"""What a test wants to know of a finished PDF, read back with programs that had no part in making it."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import pypdf
import pypdfium2

from halfjaarbericht.verslag import Section
from tests.htmlhulp import XHTML, classes, elements, parse
from tests.pdfmaten import Line, lines


def letters(text: str) -> str:
    """Text without anything that line breaking or layout may change."""
    return "".join(char for char in text.casefold() if char.isalnum())


class Pdf:
    """A PDF as its readers see it. Pages count from 1."""

    def __init__(self, data: bytes):
        self.data = data
        self.reader = pypdf.PdfReader(io.BytesIO(data))
        self._lines: dict[int, list[Line]] = {}

    @cached_property
    def texts(self) -> list[str]:
        """The text of each page, with single spaces."""
        with pypdfium2.PdfDocument(self.data) as document:
            return [" ".join(page.get_textpage().get_text_bounded().split()) for page in document]

    @cached_property
    def letters(self) -> list[str]:
        return [letters(text) for text in self.texts]

    @property
    def pages(self) -> int:
        return len(self.reader.pages)

    def lines(self, page: int) -> list[Line]:
        if page not in self._lines:
            self._lines[page] = lines(self.data, page - 1)
        return self._lines[page]

    def is_upright(self, page: int) -> bool:
        box = self.reader.pages[page - 1].mediabox
        return bool(box.height > box.width)

    def pages_with(self, pattern: str) -> list[int]:
        """Each place where a pattern is found in the text, as page numbers."""
        return [n for n, text in enumerate(self.texts, start=1) for _ in re.finditer(pattern, text, re.IGNORECASE)]

    def outline(self) -> list[tuple[int, str, int]]:
        """(depth, title, page) of every bookmark."""
        return list(self._outline(self.reader.outline, 0))

    def _outline(self, items: Any, depth: int) -> Iterator[tuple[int, str, int]]:
        for item in items:
            if isinstance(item, list):
                yield from self._outline(item, depth + 1)
            else:
                yield depth, item.title, (self.reader.get_destination_page_number(item) or 0) + 1

    def links(self) -> tuple[set[str], set[str]]:
        """(names of places inside, addresses of other files and pages) that can be clicked."""
        inside: set[str] = set()
        outside: set[str] = set()
        for page in self.reader.pages:
            for reference in page.get("/Annots", ()):
                note = reference.get_object()
                if "/Dest" in note:
                    inside.add(str(note["/Dest"]))
                action = note.get("/A") or {}
                if "/D" in action:
                    inside.add(str(action["/D"]))
                outside |= {str(action[key]) for key in ("/URI", "/F") if key in action}
        return inside, outside

    def fonts(self) -> dict[str, bool]:
        """Every font used, and whether it is in the file."""
        found: dict[str, bool] = {}
        for page in self.reader.pages:
            _fonts(page.get("/Resources", {}), found)
        return found


def _fonts(resources: Any, found: dict[str, bool]) -> None:
    resources = resources.get_object()
    for reference in (resources.get("/Font") or {}).values():
        font = reference.get_object()
        for part in [d.get_object() for d in font.get("/DescendantFonts", ())] or [font]:
            descriptor = (part.get("/FontDescriptor") or {}).get_object() if part.get("/FontDescriptor") else {}
            found[str(part["/BaseFont"])] = any(key in descriptor for key in ("/FontFile", "/FontFile2", "/FontFile3"))
    for reference in (resources.get("/XObject") or {}).values():
        form = reference.get_object()
        if form.get("/Subtype") == "/Form" and "/Resources" in form:
            _fonts(form["/Resources"], found)


# --- notes ------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class PrintedNote:
    """A note as the print HTML has it: the words before its first call, and its own."""

    number: str
    before: str
    text: str

    def body(self) -> str:
        """A pattern for the note at the foot of a page, whatever its lines."""
        return rf"(?<!\w){self.number}\W*" + r"\W*".join(map(re.escape, letters(self.text))) + r"(?!\w)"

    def call_pages(self, pdf: Pdf) -> list[int]:
        """The pages where the call can be: the most words before it that are found on any page decide."""
        before = letters(self.before)
        for length in (60, 40, 25, 15, 10, 7, 5, 3):
            wanted = before[-length:] + self.number
            found = [n for n, text in enumerate(pdf.letters, start=1) if wanted in text]
            if found:
                return found
        # A raised number in a heading of a table may be read after the cells beside it.
        near = re.compile(rf"{re.escape(before[-4:])}\w{{0,40}}?{self.number}")
        return [n for n, text in enumerate(pdf.letters, start=1) if near.search(text)]


def printed_notes(html: str) -> list[PrintedNote]:
    """The notes of a print page, in reading order."""
    found: list[PrintedNote] = []
    running: list[str] = []

    def look(element: Any) -> None:
        if "noot" in classes(element):
            text = "".join(element.itertext())
            found.append(PrintedNote(element.get("data-nr"), "".join(running)[-400:], text))
            running.append(element.get("data-nr"))  # what the engine prints at the call
        elif element.tag not in (XHTML + "head", XHTML + "style"):
            running.append(element.text or "")
            for child in element:
                if isinstance(child.tag, str):
                    look(child)
                running.append(child.tail or "")

    look(parse(html))
    return found


# --- tables -----------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class PrintedTable:
    """Patterns for the letters of a table's head and of each row, whatever numbers of notes stand in them."""

    id: str
    head: str
    rows: tuple[str, ...]

    def pages(self, pdf: Pdf) -> list[int]:
        """The pages with rows that stand on one page of the document only."""
        found = [[n for n, text in enumerate(pdf.letters, start=1) if re.search(row, text)] for row in self.rows]
        return sorted({pages[0] for pages in found if len(pages) == 1})


def printed_tables(html: str) -> list[PrintedTable]:
    """The tables of a print page that have a number of their own."""
    found = []
    for table in elements(parse(html), "table"):
        if "tabel-genest" not in classes(table):
            parts = {part.tag.removeprefix(XHTML): part for part in table}
            rows = (_pattern([row]) for row in parts["tbody"] if isinstance(row.tag, str))
            found.append(PrintedTable(table.get("id"), _pattern(parts["thead"]), tuple(row for row in rows if row)))
    return found


def _pattern(rows: Iterable[Any]) -> str:
    """The pieces of text between the notes of rows; the number of a note may stand between any two."""
    pieces = [letters(piece) for row in rows for cell in row for piece in _pieces(cell)]
    return r"\d{0,3}".join(piece for piece in pieces if piece)


def _pieces(element: Any) -> list[str]:
    """The text of an element, cut where a note stands."""
    found = [element.text or ""]
    for child in element:
        if "noot" in classes(child):
            found.append(child.tail or "")
        else:
            first, *rest = _pieces(child)
            found[-1] += first
            found += rest
            found[-1] += child.tail or ""
    return found


# --- outline ----------------------------------------------------------------------------------------------------


def headings(html: str) -> list[tuple[int, str]]:
    """(level from 0, label) of the headings of a print page that the outline has: those of sections down to the third
    level and the subheadings above it, not those over lists of what there is."""
    return [
        (int(e.tag[-1]) - 1, e.get("data-label"))
        for e in elements(parse(html))
        if re.fullmatch(rf"{re.escape(XHTML)}h[1-4]", e.tag) and e.get("id") not in ("inhoud_kop", "bijlagen_kop")
    ]


def section_labels(sections: tuple[Section, ...], depth: int = 1) -> Iterator[tuple[int, str]]:
    """(depth, title as the outline should have it) of sections."""
    for section in sections:
        dot = "." if section.number and section.number.isalnum() else ""
        yield depth, f"{section.number}{dot} {section.plain}".strip()
        yield from section_labels(section.sections, depth + 1)
