"""Paths that an author types: only what lies inside a folder is found, whatever the path looks like."""

from __future__ import annotations

from os.path import realpath, relpath, sep
from pathlib import Path


def find_inside(folder: Path, name: str, base: Path | None = None) -> Path | None:
    """The file or folder called `name`, from `base` (a folder in `folder`; without it `folder` itself).

    None when there is none, when it lies outside `folder`, also after following links, and when no system could have
    such a name (a NUL in it, too long).
    """
    try:
        # As text: an annex asks this for dozens of files, and paths as objects take four times as long.
        room, found = realpath(folder), realpath((base or folder) / name)
        inside = found == room or found.startswith(room.rstrip(sep) + sep)
        path = folder / relpath(found, room) if inside else None
        return path if path is not None and path.exists() else None
    except (OSError, ValueError, RuntimeError):
        return None


def leads_out(folder: Path, name: str) -> bool:
    """Whether a path from `folder` leads out of it."""
    try:
        return not (folder / name).resolve().is_relative_to(folder.resolve())
    except (OSError, ValueError, RuntimeError):
        return False


def pdf_mistake(file: Path) -> str:
    """What is wrong with a file that should be a PDF, as the end of a sentence; '' when nothing is.

    A PDF begins with %PDF- (ISO 32000-2, 7.5.2).
    """
    if not file.is_file():
        return "is een map"
    if file.suffix.lower() != ".pdf":
        return "heeft niet de extensie .pdf"
    try:
        with file.open("rb") as stream:
            return "" if stream.read(5) == b"%PDF-" else "is geen PDF-bestand"
    except OSError:
        return "is niet te lezen"


def shortened(name: str) -> str:
    """A path for a message: without what cannot be shown, and not longer than a line."""
    shown = "".join(c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in name)
    return shown if len(shown) <= 80 else f"{shown[:79]}…"
