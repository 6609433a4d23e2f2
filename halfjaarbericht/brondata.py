"""The source data that a PDF may carry along (`build --attach-data`): the YAML, CSV and XLSX a document is made of."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path, PurePosixPath

from halfjaarbericht.manifest import sha256
from halfjaarbericht.pdf.engine import Attachment

# By suffix: media type, and whether the file is data or the text that the document was made from.
_KINDS = {
    ".csv": ("text/csv", True),
    ".xlsx": ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", True),
    ".yaml": ("application/yaml", False),
}
_NUMBERS = "cijfers.yaml"


def source_attachments(content: Path, edition: str, inputs: Iterable[str], day: date) -> tuple[Attachment, ...]:
    """The inputs of a document of `edition` as files to embed, in the order of their names.

    `inputs` are names relative to the folder that `content` lies in; pictures, and what editions share, stay out. `day`
    is that of the edition: a file on disk has no date that is the same everywhere.
    """
    files = sorted(set(_own(content, edition, inputs)))
    return tuple(_attachment(name, content / path, day) for name, path in files)


def _own(content: Path, edition: str, inputs: Iterable[str]) -> Iterator[tuple[str, PurePosixPath]]:
    """(name in the PDF, path below `content`). A series takes data from other editions, whose name then comes first."""
    for name in inputs:
        path = PurePosixPath(name).relative_to(content.name)
        if path.suffix.lower() in _KINDS and path.parts[0] != "gedeeld":
            parts = path.parts[1:] if path.parts[0] == edition else path.parts
            yield "-".join(parts), path


def _attachment(name: str, file: Path, day: date) -> Attachment:
    mime, is_data = _KINDS[file.suffix.lower()]
    if is_data or file.name == _NUMBERS:
        return Attachment(name, file.read_bytes(), mime, f"Gegevens: {name}", "Data", day)
    return Attachment(name, file.read_bytes(), mime, f"Brontekst: {name}", "Source", day)


def attached_key(key: str, attachments: Iterable[Attachment]) -> str:
    """The key of a PDF with attachments: that of the PDF without them, and each file by its name and content."""
    files = [[each.name, sha256(each.data)] for each in attachments]
    return sha256(json.dumps([key, files]).encode()) if files else key
