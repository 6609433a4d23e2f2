"""Whether the file of a figure is a whole picture, found out by its own bytes: no picture library is needed."""

from __future__ import annotations

import zlib
from collections.abc import Callable
from pathlib import Path
from xml.etree import ElementTree

_PNG = b"\x89PNG\r\n\x1a\n"


def image_fault(file: Path) -> str:
    """What is wrong with the file of a figure: it is no picture, or a broken one. '' when nothing is."""
    check = _CHECKS.get(file.suffix)
    if check is None:
        return "is geen afbeelding"
    try:
        whole = check(file.read_bytes())
    except OSError:
        return "kan niet gelezen worden"
    return "" if whole else f"is geen volledig {file.suffix[1:].upper()}-bestand"


def _is_png(data: bytes) -> bool:
    """Whether all parts are there, each with the sum that it records (PNG specification, 5.2 to 5.4)."""
    if not data.startswith(_PNG) or data[12:16] != b"IHDR":
        return False
    at = len(_PNG)
    while at + 12 <= len(data):
        end = at + 8 + int.from_bytes(data[at : at + 4])
        if zlib.crc32(data[at + 4 : end]) != int.from_bytes(data[end : end + 4]) or end + 4 > len(data):
            return False
        if data[at + 4 : at + 8] == b"IEND":
            return True
        at = end + 4
    return False


def _is_jpeg(data: bytes) -> bool:
    """Whether it starts with the mark of a picture and holds the one that ends it (ITU T.81, B.1.1.3)."""
    return data.startswith(b"\xff\xd8\xff") and b"\xff\xd9" in data[3:]


def _is_svg(data: bytes) -> bool:
    """Whether it is XML with an <svg> around all."""
    try:
        return ElementTree.fromstring(data).tag.rpartition("}")[2] == "svg"
    except (ElementTree.ParseError, ValueError, LookupError):
        return False


_CHECKS: dict[str, Callable[[bytes], bool]] = {".svg": _is_svg, ".png": _is_png, ".jpg": _is_jpeg}
IMAGES = tuple(_CHECKS)
