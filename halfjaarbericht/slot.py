"""One build at a time in an output folder: from finding out what is there to the last file put in place."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from halfjaarbericht.publish import explained, probe, sweep

try:
    import fcntl
except ImportError:  # Windows has no such locks; there two builds at once are not kept apart
    fcntl = None  # type: ignore[assignment]


@contextmanager
def output_held(output: Path, names: list[str], waiting: Callable[[], None]) -> Iterator[None]:
    """Hold the output folder for a build of the editions `names`; wait, after `waiting()`, for another build.

    Makes the folder, and takes it away again when nothing has been put in it. Raises ContentError when nothing can
    be written there, so that this is known before the work starts.
    """
    handle, fresh = _take(output, waiting)
    try:
        folders = [output, *(output / name for name in names)]
        for folder in folders:
            probe(folder)
            if handle is not None:
                sweep(folder)
        yield
    finally:
        if fresh:
            with suppress(OSError):
                output.rmdir()
        if handle is not None:
            os.close(handle)


def _take(output: Path, waiting: Callable[[], None]) -> tuple[int | None, bool]:
    """A handle that holds the lock on the folder, None where the system or the disk knows no locks; and whether the
    folder was made for it."""
    while True:
        fresh = not output.exists()
        with explained(output):
            output.mkdir(parents=True, exist_ok=True)
        if fcntl is None:
            return None, fresh
        handle = _lock(output, waiting)
        # The build that was waited for may have taken the empty folder away.
        if handle is None or _is_same(handle, output):
            return handle, fresh
        os.close(handle)


def _lock(output: Path, waiting: Callable[[], None]) -> int | None:
    try:
        # The folder itself, so that no file for it has to stand among the output.
        handle = os.open(output, os.O_RDONLY)
    except OSError:
        return None
    try:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            if error.errno not in (errno.EAGAIN, errno.EACCES):
                raise
            waiting()
            fcntl.flock(handle, fcntl.LOCK_EX)
    except OSError:
        os.close(handle)
        return None
    except BaseException:
        os.close(handle)
        raise
    return handle


def _is_same(handle: int, folder: Path) -> bool:
    try:
        return os.path.samestat(os.fstat(handle), folder.stat())
    except OSError:
        return False
