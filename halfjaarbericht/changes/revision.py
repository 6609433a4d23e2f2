"""The content folder as it was in a git revision, in a temporary folder."""

from __future__ import annotations

import io
import subprocess
import tempfile
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path


class RevisionError(Exception):
    """The revision cannot be had; the text is a Dutch sentence that says why."""


class NoRepositoryError(RevisionError):
    """There are no revisions here at all; the last build can still be compared with."""


@dataclass(frozen=True, slots=True)
class Revision:
    """A revision: `name` as asked for, `commit` in full, and the content folder as it was then."""

    name: str
    commit: str
    content: Path


@contextmanager
def content_at(content: Path, name: str) -> Iterator[Revision]:
    """The content folder of revision `name` (branch, tag, commit) of the repository that `content` is in.

    The folder is gone after the with-block. Nothing in the repository is touched. Raises RevisionError.
    """
    _check_repository(content)
    commit = _commit(content, name)
    inside = _git(content, "rev-parse", "--show-prefix").decode().strip()
    if inside and not _git(content, "ls-tree", "-d", "--full-tree", commit, "--", inside.rstrip("/")):
        raise RevisionError(f"in revisie '{name}' was er geen map {inside}")
    with tempfile.TemporaryDirectory(prefix="revisie-") as folder:
        archive = _git(content, "archive", "--format=zip", commit)  # of the folder in which git is started
        # The name of the folder is part of what problems and hashes say, so it stays the same.
        target = Path(folder) / content.name
        with zipfile.ZipFile(io.BytesIO(archive)) as packed:
            packed.extractall(target)
        target.mkdir(exist_ok=True)
        yield Revision(name, commit, target)


def _check_repository(content: Path) -> None:
    if _try_git(content, "rev-parse", "--is-inside-work-tree").stdout.strip() != b"true":
        raise NoRepositoryError(f"de map {content.name}/ staat niet in een git-archief")


def _commit(content: Path, name: str) -> str:
    found = _try_git(content, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{name}^{{commit}}")
    if found.returncode or not name.strip():
        raise RevisionError(f"git kent geen revisie '{name}'; noem een tak, een label of een commit")
    return found.stdout.decode().strip()


def _git(folder: Path, *args: str) -> bytes:
    done = _try_git(folder, *args)
    if done.returncode:
        raise RevisionError(f"git kan de revisie niet lezen ({done.stderr.decode(errors='replace').strip()})")
    return done.stdout


def _try_git(folder: Path, *args: str) -> subprocess.CompletedProcess[bytes]:
    try:
        return subprocess.run(["git", "-C", str(folder), *args], capture_output=True, check=False)
    except FileNotFoundError as error:
        raise RevisionError("het programma git is er niet; installeer git om revisies te vergelijken") from error
