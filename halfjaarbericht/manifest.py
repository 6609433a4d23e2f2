"""What the output of an edition was made from: `manifest.json` beside the files.

It makes a build with nothing changed cheap: a document whose key and files are as recorded need not be made
again. It holds no clock and no absolute path, so the same content gives the same bytes everywhere.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import Any

MANIFEST = "manifest.json"
FORMAT = 1


def sha256(data: bytes) -> str:
    """The hash by which files are recorded."""
    return hashlib.sha256(data).hexdigest()


@dataclass(frozen=True)
class Output:
    """One written file: its hash and its size in bytes."""

    sha256: str
    size: int

    @classmethod
    def of(cls, data: bytes) -> Output:
        return cls(sha256(data), len(data))


@dataclass(frozen=True)
class Entry:
    """What one document was made from and what came out.

    `key` stands for everything that decides the PDF. `inputs` are names relative to the project with their
    hashes;
    `outputs` file names in the folder. `pages` is the number of pages of the PDF, 0 when there is none.
    """

    key: str
    pages: int = 0
    inputs: Mapping[str, str] = field(default_factory=dict)
    outputs: Mapping[str, Output] = field(default_factory=dict)


@dataclass(frozen=True)
class Manifest:
    """What a folder holds according to its manifest: document stem → entry."""

    documents: Mapping[str, Entry] = field(default_factory=dict)

    @classmethod
    def load(cls, folder: Path) -> Manifest:
        """The manifest of `folder`; empty when there is none that can be read (then all is made again)."""
        try:
            data = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
            if data["formaat"] != FORMAT:
                return cls()
            return cls({stem: _entry(raw) for stem, raw in data["documenten"].items()})
        except (OSError, ValueError, KeyError, TypeError, AttributeError):
            return cls()

    def is_current(self, stem: str, key: str, folder: Path, files: Iterable[str]) -> bool:
        """Whether `stem` was made with `key`, and all `files` of it are still in `folder` as written."""
        entry = self.documents.get(stem)
        if entry is None or entry.key != key or set(files) - set(entry.outputs):
            return False
        return all(is_as_written(folder / name, entry.outputs[name]) for name in files)

    def with_entry(self, stem: str, entry: Entry) -> Manifest:
        """This manifest with the entry of one document replaced."""
        return Manifest({**self.documents, stem: entry})

    def files(self) -> set[str]:
        """All files that documents of this manifest own."""
        return {name for entry in self.documents.values() for name in entry.outputs}

    def to_bytes(self) -> bytes:
        """The manifest as a file: sorted, so that equal content gives equal bytes."""
        documents = {stem: _raw(entry) for stem, entry in self.documents.items()}
        data = {"formaat": FORMAT, "documenten": documents}
        return (json.dumps(data, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode()


def _entry(raw: Mapping[str, Any]) -> Entry:
    outputs = {
        file_name(name): Output(str(output["sha256"]), int(output["bytes"])) for name, output in raw["uitvoer"].items()
    }
    return Entry(str(raw["sleutel"]), int(raw["paginas"]), dict(raw["invoer"]), outputs)


def _raw(entry: Entry) -> dict[str, Any]:
    outputs = {name: {"sha256": out.sha256, "bytes": out.size} for name, out in entry.outputs.items()}
    inputs = dict(entry.inputs)
    return {"sleutel": entry.key, "paginas": entry.pages, "invoer": inputs, "uitvoer": outputs}


def file_name(name: str) -> str:
    """`name` when it is a plain file name or a path below the folder. Raises ValueError otherwise."""
    path = PurePosixPath(name)
    if not name or path.is_absolute() or ".." in path.parts or "\\" in name or name == MANIFEST:
        raise ValueError(f"geen bestandsnaam in de uitvoer: {name!r}")
    return name


def is_as_written(path: Path, output: Output) -> bool:
    """Whether the file is there with the recorded size and hash."""
    try:
        return path.stat().st_size == output.size and sha256(path.read_bytes()) == output.sha256
    except OSError:
        return False


def fingerprint_styles(folders: Iterable[Path]) -> str:
    """One hash of all files in the style folders (style sheets and fonts), by name and content."""
    digest = hashlib.sha256()
    for number, folder in enumerate(folders):
        for path in sorted(path for path in folder.rglob("*") if path.is_file()):
            name = path.relative_to(folder).as_posix()
            digest.update(f"{number}:{name}:{sha256(path.read_bytes())}\n".encode())
    return digest.hexdigest()


def document_key(html: str, styles: str, images: Mapping[str, bytes], engine: str) -> str:
    """The key of a document: equal keys give equal PDFs.

    `html` is the print HTML, `styles` a `fingerprint_styles`, `images` the used files by name, `engine` the
    engine's fingerprint.
    """
    parts = {
        "html": sha256(html.encode()),
        "stijlen": styles,
        "afbeeldingen": {name: sha256(data) for name, data in images.items()},
        "motor": engine,
    }
    return sha256(json.dumps(parts, sort_keys=True).encode())
