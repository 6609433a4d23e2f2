"""Putting a package together: everything under one top folder, so that unpacking makes one folder.

    halfjaarbericht-2025-1/LEESMIJ.txt, pakket.json, SHA256SUMS, index.html
    halfjaarbericht-2025-1/2025-1/       the documents as they stand in the output, with their metadata
    halfjaarbericht-2025-1/gegevens/     the files that the numbers come from, as they stand in the content
    halfjaarbericht-2025-1/tekst.json    the text of the documents, to compare a later version with; not published, so
                                         it stands outside the folder of the edition

The layout under the top folder is that of the output, so every link between pages works.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from halfjaarbericht.pakket.archief import archive
from halfjaarbericht.pakket.leesmij import README, readme
from halfjaarbericht.pakket.paklijst import LIST, SUMS, PackingList, packing_list, sums, to_bytes
from halfjaarbericht.verslag import Report

DATA = "gegevens"
TEXT = "tekst.json"


@dataclass(frozen=True, slots=True)
class Goods:
    """What goes into a package. `documents` are the files of the edition's folder, `pages` the pages of its PDFs by
    name, `data` the source files by their path in the content folder; `index` is the page over this one edition, `text`
    the text of its documents as a build keeps it."""

    report: Report
    documents: Mapping[str, bytes]
    pages: Mapping[str, int]
    data: Mapping[str, bytes]
    index: bytes
    text: bytes


def top_folder(edition: str) -> str:
    """The folder that the package of an edition unpacks into; with .zip the usual name of the package."""
    return f"halfjaarbericht-{edition}"


def pack(goods: Goods) -> tuple[bytes, PackingList]:
    """The package as bytes, and its list. What it will be called makes no difference to it."""
    heading = goods.report.heading
    edition = goods.report.folder
    files = {README: readme(goods.report, goods.pages, f"{top_folder(edition)}.zip"), "index.html": goods.index}
    files[TEXT] = goods.text
    files |= {f"{edition}/{name}": data for name, data in goods.documents.items()}
    files |= {f"{DATA}/{name}": data for name, data in goods.data.items()}
    pages = {f"{edition}/{name}": count for name, count in goods.pages.items()}
    listing = packing_list(edition, heading.title, heading.date, heading.status, files, pages)
    return seal(files, listing), listing


def seal(files: Mapping[str, bytes], listing: PackingList) -> bytes:
    """The zip with `files`, its packing list and its sums: the same bytes for the same files."""
    list_bytes = to_bytes(listing)
    whole = {**files, LIST: list_bytes, SUMS: sums(listing, list_bytes)}
    top = top_folder(listing.edition)
    return archive({f"{top}/{name}": data for name, data in whole.items()}, listing.day)
