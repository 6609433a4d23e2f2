"""Small things that pages need beside their text: names, sizes, neighbours, images, strings for style sheets."""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from markupsafe import Markup, escape

from halfjaarbericht.figuren.palet import Palette
from halfjaarbericht.figuren.tekenen import draw
from halfjaarbericht.problems import ContentError, Problem
from halfjaarbericht.verslag import Document, Entry, Figure, Place, Report

TEXT_WIDTH = 375.0
"""The width of the text in print, in points (tokens.css); charts are drawn for it, so that their letters have the
size they say."""
# Not behind </span> and </sup>: with those a note ends, and its full stop is not that of the sentence.
_ENDED = re.compile(r"[.?!…](?:[’”]|&#3[49];)?(?:</(?:em|strong|a|abbr|ins|del)>){0,9}\Z")
_IMAGE_TYPES = {".svg": "image/svg+xml", ".png": "image/png", ".jpg": "image/jpeg", ".jpeg": "image/jpeg"}


@dataclass(frozen=True, slots=True)
class Neighbours:
    """The documents before and after this one, in the order of the edition."""

    previous: Entry | None
    next: Entry | None


def document_name(document: Document) -> str:
    """How a document is called in a title: its subject, or 'Bijlage 2: Moties'."""
    if document.kind == "brief":
        return document.heading.subject
    return f"Bijlage {document.number}: {document.plain}"


def entry_name(entry: Entry) -> str:
    """How a document is called in a list: 'Kamerbrief' or 'Bijlage 2: Moties'."""
    return f"Bijlage {entry.number}: {entry.plain}" if entry.number else "Kamerbrief"


def unmarked(_place: Place | None) -> str:
    """For pages that say nothing of the content they were made of: those of a build."""
    return ""


def source_mark(place: Place | None) -> str:
    """The attribute with which a preview leads from a block to its line in the content: path:line:column."""
    if place is None or not place.line:
        return ""
    return Markup(f' data-bron="{escape(place.path)}:{place.line}:{place.column}"')


def file_size(size: int) -> str:
    """A size in bytes as Dutch text: '153 kB', '1,2 MB'."""
    if size < 1_000_000:
        return f"{max(1, round(size / 1000))} kB"
    return f"{size / 1_000_000:.1f} MB".replace(".", ",")


def sentence(text: str | Markup, capital: bool = True) -> Markup:
    """Text or markup as a sentence: with a capital when asked, and a full stop unless it ends already ('c.s.',
    'Wat nu?'), also inside emphasis or a link."""
    shown = str(escape(text)).strip()
    if capital:
        shown = shown[:1].upper() + shown[1:]
    return Markup(shown if _ENDED.search(shown) else f"{shown}.")


def css_string(lines: Sequence[str]) -> Markup:
    """Lines of text as one CSS string, safe inside a style element."""
    text = "\n".join(lines).replace("\\", r"\5C ").replace('"', r"\22 ").replace("<", r"\3C ")
    for character, escaped in {"\n": r"\A ", "\r": r"\D ", "\f": r"\C "}.items():
        text = text.replace(character, escaped)
    return Markup(f'"{text}"')


def document_address(entry: Entry, suffix: str) -> str:
    """The file of a document to link to: its stem with `suffix`; an annex by others is always a PDF, or ''."""
    if not entry.stem:
        return ""
    return entry.stem + (".pdf" if entry.kind == "extern" else suffix)


def neighbours(report: Report, document: Document) -> Neighbours:
    """What comes before and after a document, leaving out the annexes by others."""
    made = [entry for entry in report.entries if entry.kind != "extern"]
    here = next(index for index, entry in enumerate(made) if entry.id == document.id)
    return Neighbours(made[here - 1] if here else None, made[here + 1] if here + 1 < len(made) else None)


# --- images -----------------------------------------------------------------------------------------------------


def image_data(folder: Path, figure: Figure) -> str:
    """The image of a figure as a data URL. Raises ContentError when it is not an image in `folder`."""
    file = (folder / figure.file).resolve()
    media_type = _IMAGE_TYPES.get(file.suffix.lower())
    if media_type and file.is_relative_to(folder.resolve()) and file.is_file():
        return _data_url(media_type, file.read_bytes())
    place = figure.place or Place("", 0, 0)
    message = f"de afbeelding '{figure.file}' ontbreekt of is geen {', '.join(_IMAGE_TYPES)}"
    raise ContentError([Problem(place.path, place.line, place.column, "E505", message)])


def figure_svg(figure: Figure, palette: Palette, *, inline: bool) -> str:
    """The chart of a figure: as markup for inside a page, or as a data URL of an image without a description."""
    assert figure.drawing is not None
    width = TEXT_WIDTH * figure.width / 100
    if inline:
        return Markup(draw(figure.drawing, width, palette, figure.id, f"Figuur {figure.number}", figure.alt))
    return _data_url("image/svg+xml", draw(figure.drawing, width, palette, figure.id).encode())


def logo_image(svg: str) -> str:
    """The user's own logo as an image of its own, so that nothing in it can act on the page."""
    return _data_url("image/svg+xml", svg.encode("utf-8"))


def _data_url(media_type: str, content: bytes) -> str:
    return f"data:{media_type};base64,{b64encode(content).decode('ascii')}"


def compact_css(css: str) -> str:
    """A style sheet without comments and empty lines, for inside the page."""
    return re.sub(r"\n\s*\n+", "\n", re.sub(r"/\*.*?\*/", "", css, flags=re.S)).strip()
