"""Files of the output: written whole or not at all.

All files of a build are first written beside their places and forced to disk, then renamed one after the other,
the manifest of a folder after its files. A crash never leaves half a file; when it falls between two renames, the
manifest is still the old one and its hashes do not fit, so the next build makes the document again.
"""

from __future__ import annotations

import errno
import os
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

from halfjaarbericht.manifest import (
    MANIFEST,
    Entry,
    Manifest,
    Output,
    document_key,
    file_name,
    fingerprint_styles,
    is_as_written,
    sha256,
)
from halfjaarbericht.problems import ContentError, Problem, PublishError

__all__ = [
    "MANIFEST",
    "Entry",
    "Manifest",
    "Output",
    "Staged",
    "complete",
    "document_key",
    "explained",
    "fingerprint_styles",
    "probe",
    "publish",
    "sha256",
    "stage_files",
    "stage_folder",
    "stage_removal",
    "sweep",
    "write_problem",
]

_TEMPORARY = ".tijdelijk-"


@dataclass(frozen=True)
class Staged:
    """Files for one folder that are ready beside their places, and the files that go once those are in place."""

    folder: Path
    ready: tuple[tuple[Path, Path], ...]
    gone: Mapping[str, Output] = field(default_factory=dict)

    def put(self) -> None:
        """Put the files in place, in order. Raises PublishError when the disk refuses halfway."""
        try:
            with explained(self.folder):
                for temporary, target in self.ready:
                    temporary.replace(target)
                for parent in {target.parent for _, target in self.ready}:
                    _sync_folder(parent)
                _remove(self.folder, self.gone)
        except ContentError as error:
            raise PublishError(error.problems) from error

    def drop(self) -> None:
        """Take away what has not been put in place."""
        for temporary, _ in self.ready:
            with suppress(OSError):
                temporary.unlink(missing_ok=True)


def publish(stages: Iterable[Staged]) -> None:
    """Put files of several folders in place once all of them are ready.

    As long as `stages` still makes them ready, whatever it raises leaves all that was there as it was. Raises
    PublishError when the disk refuses after that.
    """
    ready: list[Staged] = []
    try:
        for stage in stages:
            ready.append(stage)
        for stage in ready:
            stage.put()
    finally:
        for stage in ready:
            stage.drop()


def stage_folder(folder: Path, manifest: Manifest, files: Mapping[str, bytes]) -> Staged:
    """Make a folder ready to be as `manifest` says: its new `files`, and the manifest after them.

    Files that already are as they should be are not touched. Files that only the manifest before it had will
    go, when they still are as we wrote them: what a person put or changed there stays. Raises ContentError with
    a message for people when the disk refuses.
    """
    before = Manifest.load(folder)
    gone = {
        name: output
        for entry in before.documents.values()
        for name, output in entry.outputs.items()
        if name not in manifest.files()
    }
    changed = dict(_changed(folder, files))
    if changed or manifest != before:
        changed[MANIFEST] = manifest.to_bytes()
    return Staged(folder, _beside(folder, changed), gone)


def stage_files(folder: Path, files: Mapping[str, bytes]) -> Staged:
    """Make files ready that belong to no document (an overview page). Raises ContentError."""
    return Staged(folder, _beside(folder, dict(_changed(folder, files))))


def stage_removal(folder: Path, pages: Iterable[str]) -> Staged:
    """Make ready that a folder of ours goes: what its manifest names as far as unchanged, and `pages`."""
    own = {name: Output.of((folder / name).read_bytes()) for name in (*pages, MANIFEST) if (folder / name).is_file()}
    outputs = [entry.outputs for entry in Manifest.load(folder).documents.values()]
    return Staged(folder, (), {name: output for each in (*outputs, own) for name, output in each.items()})


def complete(entry: Entry, files: Mapping[str, bytes], before: Manifest, stem: str, keep: Iterable[str] = ()) -> Entry:
    """`entry` with its outputs: `files`, and for the names in `keep` (a PDF that need not be made again) what the
    manifest `before` has of them."""
    old = before.documents[stem].outputs if stem in before.documents else {}
    outputs = {name: old[name] for name in keep} | {file_name(name): Output.of(data) for name, data in files.items()}
    return Entry(entry.key, entry.pages, entry.inputs, outputs)


def _changed(folder: Path, files: Mapping[str, bytes]) -> Iterator[tuple[str, bytes]]:
    for name, data in files.items():
        if not is_as_written(folder / file_name(name), Output.of(data)):
            yield name, data


def _remove(folder: Path, files: Mapping[str, Output]) -> list[str]:
    """Remove those of `files` that are as we wrote them; returns their names."""
    removed = [name for name, output in sorted(files.items()) if is_as_written(folder / name, output)]
    for name in removed:
        (folder / name).unlink()
    # Nothing but ours was in it, or it stays.
    if removed and not any(folder.iterdir()):
        folder.rmdir()
    return removed


def _beside(folder: Path, files: Mapping[str, bytes]) -> tuple[tuple[Path, Path], ...]:
    """Write files beside their places: (temporary, target). On any failure nothing has changed."""
    written: list[tuple[Path, Path]] = []
    try:
        with explained(folder):
            folder.mkdir(parents=True, exist_ok=True)
            for name, data in files.items():
                target = folder / name
                if target.is_dir():
                    raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(target))
                target.parent.mkdir(parents=True, exist_ok=True)
                written.append((_write_beside(target, data), target))
    except BaseException:
        Staged(folder, tuple(written)).drop()
        raise
    return tuple(written)


def _write_beside(target: Path, data: bytes) -> Path:
    handle, name = tempfile.mkstemp(prefix=_TEMPORARY, dir=target.parent)
    path = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        # mkstemp makes a private file; what we publish is as readable as any other new file.
        path.chmod(0o666 & ~_umask())
    except BaseException:
        path.unlink(missing_ok=True)
        raise
    return path


def probe(folder: Path) -> None:
    """Find out whether `folder`, when it is there, can be written in. Raises ContentError."""
    with explained(folder):
        if folder.exists():
            handle, name = tempfile.mkstemp(prefix=_TEMPORARY, dir=folder)
            os.close(handle)
            Path(name).unlink()


def sweep(folder: Path) -> None:
    """Take away what a build that was killed while writing left behind; only when no other build is at work."""
    for file in folder.glob(f"{_TEMPORARY}*"):
        with suppress(OSError):
            file.unlink()


def _umask() -> int:
    mask = os.umask(0o022)
    os.umask(mask)
    return mask


def _sync_folder(folder: Path) -> None:
    # Some file systems cannot; the files themselves have been synced.
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


_REASONS = {
    errno.EACCES: (
        "E621",
        "u mag hier niet schrijven",
        "vraag rechten op de map of kies een andere met --output",
    ),
    errno.EPERM: (
        "E621",
        "u mag hier niet schrijven",
        "vraag rechten op de map of kies een andere met --output",
    ),
    errno.EROFS: ("E621", "deze schijf is alleen-lezen", "kies een andere map met --output"),
    errno.ENOSPC: ("E622", "de schijf is vol", "maak ruimte en probeer het opnieuw"),
    errno.EDQUOT: ("E622", "uw ruimte op de schijf is op", "maak ruimte en probeer het opnieuw"),
    errno.ENOTDIR: ("E623", "er staat een bestand waar een map moet komen", "verplaats dat bestand"),
    errno.EEXIST: ("E623", "er staat een bestand waar een map moet komen", "verplaats dat bestand"),
    errno.EISDIR: ("E623", "er staat een map waar een bestand moet komen", "verplaats die map"),
}


def write_problem(error: OSError, folder: Path) -> Problem:
    """What a person is told when the disk refuses."""
    unknown = ("E624", f"schrijven lukt niet ({error.strerror or error})", "")
    code, message, hint = _REASONS.get(error.errno or 0, unknown)
    name = Path(error.filename).name if isinstance(error.filename, str) else ""
    if name.startswith(_TEMPORARY):
        name = ""  # of no meaning to a person, and gone by now
    where = f"{folder.name}/{name}" if name and name != folder.name else folder.name
    return Problem(where, 0, 0, code, message, hint=hint)


@contextmanager
def explained(folder: Path) -> Iterator[None]:
    """Turn an OSError inside the with-block into a ContentError that says what to do."""
    try:
        yield
    except OSError as error:
        raise ContentError([write_problem(error, folder)]) from error
