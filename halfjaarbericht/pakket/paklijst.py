"""The packing list: what a package holds, with the hash, the size and the number of pages of each file.

pakket.json   {"formaat": 1, "editie", "titel", "datum", "status", "bestanden": [{"naam", "sha256", "bytes", …}]}
SHA256SUMS    the same hashes, and that of pakket.json, as `sha256sum --check` reads them
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from unicodedata import category

from halfjaarbericht.manifest import Output, sha256
from halfjaarbericht.pakket.archief import LATEST

LIST, SUMS = "pakket.json", "SHA256SUMS"
FORMAT = 1
_LARGEST = 2**63 - 1
"""No file has more bytes or pages: a number that is larger is no number of either."""


@dataclass(frozen=True, slots=True)
class Item:
    """One file: its name from the top folder of the package, what was written, and its pages (0 when it has none)."""

    name: str
    output: Output
    pages: int = 0


@dataclass(frozen=True, slots=True)
class PackingList:
    """All files of a package but the list itself and the sums."""

    edition: str
    title: str
    day: date
    status: str
    items: tuple[Item, ...]

    @property
    def pages(self) -> int:
        """The pages of all PDFs together."""
        return sum(item.pages for item in self.items)


def to_bytes(listing: PackingList) -> bytes:
    """The list as a file."""
    data = {
        "formaat": FORMAT,
        "editie": listing.edition,
        "titel": listing.title,
        "datum": listing.day.isoformat(),
        "status": listing.status,
        "bestanden": [
            {"naam": i.name, "sha256": i.output.sha256, "bytes": i.output.size, "paginas": i.pages or None}
            for i in sorted(listing.items, key=lambda item: item.name)
        ],
    }
    return (json.dumps(data, ensure_ascii=False, indent=1) + "\n").encode()


def read_list(data: bytes) -> PackingList:
    """A list from its file. Raises ValueError when it is not one that we write."""
    try:
        raw = json.loads(data)
        if raw["formaat"] != FORMAT:
            raise ValueError(f"formaat {raw['formaat']}")
        day = date.fromisoformat(raw["datum"])
        if day > LATEST:
            raise ValueError(f"datum {day}")
        items = tuple(_item(each) for each in raw["bestanden"])
        return PackingList(_line(raw["editie"]), _line(raw["titel"]), day, _line(raw["status"]), items)
    except (KeyError, TypeError, AttributeError, RecursionError, OverflowError) as error:
        raise ValueError(str(error)) from error


def sums(listing: PackingList, list_bytes: bytes) -> bytes:
    """The hashes of all files, one on a line."""
    known = {item.name: item.output.sha256 for item in listing.items} | {LIST: sha256(list_bytes)}
    return "".join(f"{known[name]}  {name}\n" for name in sorted(known)).encode()


def packing_list(
    edition: str, title: str, day: date, status: str, files: Mapping[str, bytes], pages: Mapping[str, int]
) -> PackingList:
    """The list of `files`; `pages` by the name of the file."""
    items = tuple(Item(name, Output.of(data), pages.get(name, 0)) for name, data in sorted(files.items()))
    return PackingList(edition, title, day, status, items)


def _item(raw: Mapping[str, Any]) -> Item:
    name = _line(raw["naam"])
    if not name.isprintable():
        raise ValueError(f"naam {name!r}")
    return Item(name, Output(_line(raw["sha256"]), _count(raw["bytes"])), _count(raw["paginas"] or 0))


def _line(raw: object) -> str:
    """A text that can be written and shown: no half characters (which have no UTF-8), and nothing that steers a
    terminal. Raises ValueError."""
    text = str(raw)
    text.encode()
    if any(category(character) == "Cc" for character in text):
        raise ValueError(f"tekst {text!r}")
    return text


def _count(raw: object) -> int:
    if not isinstance(raw, int) or not 0 <= raw <= _LARGEST:
        raise ValueError(f"aantal {raw!r}")
    return raw
