"""Which documents stand in the output folder, as the manifest of each edition tells."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from halfjaarbericht.manifest import Entry, Manifest


@dataclass(frozen=True, slots=True)
class BuiltDocument:
    """A document of an edition as it was built: its PDF and its page, None for what is not there.

    `external` documents were made by others and only come along.
    """

    edition: str
    stem: str
    pdf: Path | None
    html: Path | None
    external: bool

    @property
    def name(self) -> str:
        return f"{self.edition}/{self.stem}"


def built_documents(output: Path, edition: str) -> list[BuiltDocument]:
    """What was built of an edition, in the order of the names; nothing when it was not built."""
    folder = output / edition
    found = []
    for stem, entry in sorted(Manifest.load(folder).documents.items()):
        pdf, html = (_file(folder, entry, f"{stem}.{suffix}") for suffix in ("pdf", "html"))
        if pdf or html:
            found.append(BuiltDocument(edition, stem, pdf, html, _is_external(entry, f"{stem}.pdf")))
    return found


def _file(folder: Path, entry: Entry, name: str) -> Path | None:
    return folder / name if name in entry.outputs and (folder / name).is_file() else None


def _is_external(entry: Entry, pdf: str) -> bool:
    """The key of a PDF that only comes along is its own hash: nothing else decides what it is."""
    return pdf in entry.outputs and entry.outputs[pdf].sha256 == entry.key
