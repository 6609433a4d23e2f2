"""Paths that an author types: only what lies inside a folder is found, whatever the path looks like."""

from __future__ import annotations

import os
from os.path import realpath, relpath
from pathlib import Path
from stat import S_ISLNK


class Room:
    """A folder in which files are looked up; what leads out of it is not found."""

    def __init__(self, folder: Path):
        self.folder = folder
        self._real = realpath(folder)
        self._bases: dict[Path, tuple[str, Path | None]] = {}

    def find(self, name: str, base: Path | None = None) -> Path | None:
        """The file or folder called `name`, from `base` (a folder in this one; without it this one itself).

        None when there is none, when it lies outside, also after following links, and when no system could have such a
        name (a NUL in it, too long).
        """
        try:
            real, shown = self._base(base or self.folder)
            # An annex asks for dozens of files: one look is enough for a bare name that is no link.
            if shown and _bare(name) and not S_ISLNK(os.lstat(f"{real}/{name}").st_mode):
                return shown / name
            path = self._inside(realpath(Path(real) / name))
            return path if path is not None and path.exists() else None
        except (OSError, ValueError, RuntimeError):
            return None

    def _base(self, base: Path) -> tuple[str, Path | None]:
        """A folder without links: the path on the disk, and as it is shown; None when it lies outside."""
        if base not in self._bases:
            real = realpath(base)
            self._bases[base] = (real, self._inside(real))
        return self._bases[base]

    def _inside(self, real: str) -> Path | None:
        inside = real == self._real or real.startswith(self._real.rstrip(os.sep) + os.sep)
        return self.folder / relpath(real, self._real) if inside else None


def _bare(name: str) -> bool:
    return name not in ("", ".", "..") and not any(mark in name for mark in ("/", "\\", ":"))


def find_inside(folder: Path, name: str) -> Path | None:
    """The file or folder called `name` in `folder`; see Room."""
    try:
        return Room(folder).find(name)
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
