"""Tells when inputs have changed: quickly by what the system says, and surely by looking for itself now and then."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator
from pathlib import Path

from watchfiles import awatch

from halfjaarbericht.preview.inputs import Inputs, folders, take_stock
from halfjaarbericht.project import Project

QUIET_MS = 5
"""A burst is over when nothing has happened for so long."""
LONGEST_MS = 100
"""What comes in after so long waits for the next time, also when the burst goes on."""
LOOK_MS = 1000
"""How often is looked without a reason: events get lost on network disks and when a whole folder is replaced."""


async def changed_inputs(project: Project, known: Inputs, stop: asyncio.Event) -> AsyncGenerator[Inputs, None]:
    """The inputs each time that they differ from those before, beginning with `known`, until `stop`."""
    while not stop.is_set():
        watched = folders(project)
        identity = _identity(watched)
        async for _ in _stirs(watched, stop):
            now = await asyncio.to_thread(take_stock, project)
            if now != known:
                known = now
                yield now
            if folders(project) != watched or _identity(watched) != identity:
                break  # a folder came, went or was replaced: watch anew


async def _stirs(watched: tuple[Path, ...], stop: asyncio.Event) -> AsyncIterator[None]:
    """Something may have changed. Which file does not matter: all are looked at."""
    try:
        async for _ in awatch(
            *watched,
            watch_filter=None,
            debounce=LONGEST_MS,
            step=QUIET_MS,
            stop_event=stop,
            rust_timeout=LOOK_MS,
            yield_on_timeout=True,
            ignore_permission_denied=True,
        ):
            yield
    except Exception:  # a folder went before it could be watched, or the system has no more watches: look ourselves
        await asyncio.sleep(LOOK_MS / 1000)
        yield


def _identity(watched: tuple[Path, ...]) -> tuple[int, ...]:
    """The numbers of the folders on the disk: another folder of the same name has another."""
    try:
        return tuple(folder.stat().st_ino for folder in watched)
    except OSError:
        return ()
