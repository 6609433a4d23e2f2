"""What the codes of a font mean: ToUnicode (ISO 32000-1, 9.10.3) and widths (9.7.4.3)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pikepdf

UNKNOWN = "\ufffd"
_SECTION = re.compile(rb"begin(bfchar|bfrange)(.*?)end\1", re.S)
_TOKEN = re.compile(rb"<([0-9A-Fa-f\s]*)>|(\[)|(\])")
_THOUSAND = 1000.0


@dataclass(frozen=True)
class Font:
    """How to read strings shown in a font: characters and widths (in em) by code, and bytes per code."""

    characters: dict[int, str]
    widths: dict[int, float]
    default_width: float
    code_length: int

    def codes(self, data: bytes) -> Iterator[int]:
        """The codes of a shown string."""
        step = self.code_length
        return (int.from_bytes(data[i : i + step], "big") for i in range(0, len(data) - step + 1, step))

    def text(self, data: bytes) -> str:
        """The characters of a shown string; U+FFFD for a code without one."""
        characters = self.characters
        return "".join([characters.get(code, UNKNOWN) for code in self.codes(data)])

    def width(self, data: bytes) -> float:
        """The width of a shown string in em, spacing and kerning left out."""
        return sum(self.widths.get(code, self.default_width) for code in self.codes(data))


def read_font(font: Any) -> Font:
    """The font behind a font dictionary; one without ToUnicode is read as WinAnsi, which is what most of those are."""
    composite = font.get("/Subtype") == "/Type0"
    unicode_map = font.get("/ToUnicode")
    if isinstance(unicode_map, pikepdf.Stream):
        characters = to_unicode(unicode_map.read_bytes())
    else:
        characters = {} if composite else _win_ansi()
    widths, default = _composite_widths(font) if composite else _simple_widths(font)
    return Font(characters, widths, default, 2 if composite else 1)


def to_unicode(cmap: bytes) -> dict[int, str]:
    """The map of a ToUnicode CMap: code → text."""
    found: dict[int, str] = {}
    for kind, body in _SECTION.findall(cmap):
        tokens = [_token(match) for match in _TOKEN.finditer(body)]
        if kind == b"bfchar":
            found.update(_characters(tokens))
        else:
            found.update(_ranges(tokens))
    return found


def _token(match: re.Match[bytes]) -> bytes:
    """The digits of a code or text, or a bracket."""
    return match[0] if match[1] is None else re.sub(rb"\s", b"", match[1])


def _characters(tokens: list[bytes]) -> Iterator[tuple[int, str]]:
    return ((int(code, 16), _decoded(text)) for code, text in zip(tokens[::2], tokens[1::2], strict=False))


def _ranges(tokens: list[bytes]) -> Iterator[tuple[int, str]]:
    """Ranges count on from one text, or name a list of texts between brackets."""
    at = 0
    while at + 2 < len(tokens):
        first, last = int(tokens[at], 16), int(tokens[at + 1], 16)
        if tokens[at + 2] == b"[":
            end = tokens.index(b"]", at)
            yield from ((first + n, _decoded(text)) for n, text in enumerate(tokens[at + 3 : end]))
            at = end + 1
        else:
            start = _decoded(tokens[at + 2])
            yield from ((code, start[:-1] + chr(ord(start[-1]) + code - first)) for code in range(first, last + 1))
            at += 3


def _decoded(digits: bytes) -> str:
    return bytes.fromhex(digits.decode("ascii")).decode("utf-16-be", "replace")


def _win_ansi() -> dict[int, str]:
    return {code: bytes([code]).decode("cp1252", "replace") for code in range(256)}


def _composite_widths(font: Any) -> tuple[dict[int, float], float]:
    """Widths of a CIDFont: `c [w1 w2 …]` and `first last w`."""
    descendant = font.DescendantFonts[0]
    widths: dict[int, float] = {}
    entries = list(descendant.get("/W", []))
    at = 0
    while at + 1 < len(entries):
        first = int(entries[at])
        if isinstance(entries[at + 1], pikepdf.Array):
            widths.update((first + n, float(w) / _THOUSAND) for n, w in enumerate(entries[at + 1]))
            at += 2
        else:
            width = float(entries[at + 2]) / _THOUSAND
            widths.update((code, width) for code in range(first, int(entries[at + 1]) + 1))
            at += 3
    return widths, float(descendant.get("/DW", _THOUSAND)) / _THOUSAND


def _simple_widths(font: Any) -> tuple[dict[int, float], float]:
    first = int(font.get("/FirstChar", 0))
    return {first + n: float(w) / _THOUSAND for n, w in enumerate(font.get("/Widths", []))}, 0.5
