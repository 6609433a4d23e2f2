"""What a page is made of: the files of content, templates and styles, and what each looked like on disk."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from halfjaarbericht.project import Project

# What editors and systems leave beside a file while it is saved: Vim (.swp, 4913, ~), Emacs (.#x, #x#), JetBrains,
# LibreOffice, Kate, downloads that are under way, and what a file manager keeps for itself.
_PASSING = re.compile(
    r".*~\Z|\.#.*|#.*#\Z|.*\.(?:sw[a-z]|tmp|temp|bak|orig|part|crdownload|kate-swp)\Z|\d{4}\Z|___jb_.*"
    r"|\.~lock\..*|\.DS_Store\Z|Thumbs\.db\Z|\.goutputstream-.*|\.git.*",
    re.IGNORECASE,
)
_HISTORY = ".git"
"""The folder in which git keeps its own things: large, always stirring, and never an input."""

Look = tuple[int, int, int]
"""When a file was changed (ns), its size in bytes, and its number on the disk: one of them differs after a save."""


@dataclass(frozen=True, slots=True)
class Inputs:
    """All files that pages are made of, with how they looked. `design` are templates and styles."""

    content: Mapping[str, Look]
    design: Mapping[str, Look]


def folders(project: Project) -> tuple[Path, ...]:
    """The folders to watch, as far as they are there. One inside another is not named twice."""
    wanted = (project.content, *_design(project))
    return tuple(dict.fromkeys(folder for folder in wanted if folder.is_dir()))


def take_stock(project: Project) -> Inputs:
    """How all inputs look now. Unlike events from the system this misses nothing."""
    design = {name: look for folder in _design(project) for name, look in _files(folder)}
    return Inputs(dict(_files(project.content)), design)


def passing(name: str) -> bool:
    """Whether a file of that name is a passing thing of an editor, and no input."""
    return _PASSING.match(name) is not None


def _design(project: Project) -> tuple[Path, ...]:
    own = (project.root / "templates", project.root / "styles")
    return tuple(dict.fromkeys((*own, *project.templates, *project.styles)))


def _files(folder: Path) -> Iterator[tuple[str, Look]]:
    try:
        entries = list(os.scandir(folder))
    except OSError:
        return
    for entry in entries:
        try:
            if entry.is_dir():  # whatever its name: 2024 is a passing file of Vim, and a folder of a person
                if entry.name != _HISTORY:
                    yield from _files(Path(entry.path))
            elif not passing(entry.name):
                found = entry.stat()
                yield entry.path, (found.st_mtime_ns, found.st_size, found.st_ino)
        except OSError:
            continue  # gone between the two: it will be seen as such
