"""Reading a zip from anywhere without trusting it: nothing is written, and nothing in it can surprise."""

from __future__ import annotations

import stat
import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import PurePosixPath
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from halfjaarbericht.problems import Problem

MOST = 2_000_000_000
"""No package is larger than this, unpacked, in bytes."""
_KINDS = (ZIP_STORED, ZIP_DEFLATED)
"""How a file may have been packed: by us, and by what most programs do when they pack it again."""
# What the library raises for a file whose parts do not fit together.
_BROKEN = (
    *(BadZipFile, zlib.error, struct.error, EOFError),
    *(NotImplementedError, RuntimeError, OSError, ValueError, OverflowError),
)


@dataclass(slots=True)
class Unpacked:
    """The files of a zip by name, as far as they could be read, and what is wrong with it."""

    files: dict[str, bytes] = field(default_factory=dict)
    unread: set[str] = field(default_factory=set)
    problems: list[Problem] = field(default_factory=list)


def unpack(data: bytes, shown: str) -> Unpacked:
    """Read a zip in memory. `shown` is its name in messages. Never raises for what is in it."""
    found = Unpacked()
    if len(data) > MOST:
        found.problems.append(_too_large(shown))
        return found
    try:
        with ZipFile(BytesIO(data)) as zipped:
            _read_all(zipped, shown, found)
    except _BROKEN:
        message = "dit is geen zip-bestand, of het is afgebroken of beschadigd"
        hint = "vraag het bestand opnieuw op, of maak het pakket opnieuw"
        found.problems.append(Problem(shown, 0, 0, "E631", message, hint))
    return found


def _read_all(zipped: ZipFile, shown: str, found: Unpacked) -> None:
    entries = [info for info in zipped.infolist() if not info.is_dir() or _unsafe(info)]
    if sum(info.file_size for info in entries) > MOST:
        found.problems.append(_too_large(shown))
        return
    seen: set[str] = set()
    for info in entries:
        for problem in _name_problems(info, shown, seen):
            found.problems.append(problem)
            break
        else:
            _read_one(zipped, info, shown, found)
        seen.add(info.filename.casefold())


def _too_large(shown: str) -> Problem:
    return Problem(shown, 0, 0, "E631", f"dit is groter dan {MOST // 1_000_000_000} GB, en dus geen pakket")


def _read_one(zipped: ZipFile, info: ZipInfo, shown: str, found: Unpacked) -> None:
    if info.compress_type not in _KINDS:
        _unread(info, shown, found, "dit bestand is ingepakt op een manier die een pakket niet gebruikt")
        return
    try:
        found.files[info.filename] = zipped.read(info)
    except _BROKEN:
        _unread(info, shown, found, "dit bestand is beschadigd en kan niet worden gelezen")


def _unread(info: ZipInfo, shown: str, found: Unpacked, message: str) -> None:
    found.unread.add(info.filename)
    found.problems.append(Problem(f"{shown}/{info.filename}", 0, 0, "E637", message))


def _name_problems(info: ZipInfo, shown: str, seen: set[str]) -> Iterator[Problem]:
    name = "".join(c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in info.filename)
    if _unsafe(info):
        message = f"de naam '{name}' is onveilig: uitpakken zou buiten de map kunnen schrijven"
        yield Problem(shown, 0, 0, "E632", message, "pak dit bestand niet uit")
    if info.filename.casefold() in seen:
        message = f"'{name}' zit er tweemaal in; wat na uitpakken overblijft, is niet te voorspellen"
        yield Problem(shown, 0, 0, "E633", message)


def _unsafe(info: ZipInfo) -> bool:
    """Whether unpacking could write elsewhere: an absolute name, .. in it, a drive, a backslash, or a link."""
    name = info.filename
    parts = name.removesuffix("/").split("/")
    links = stat.S_ISLNK(info.external_attr >> 16)
    strange = "\\" in name or ":" in name or not name.isprintable() or PurePosixPath(name).is_absolute()
    return links or strange or any(part in ("", ".", "..") for part in parts)
