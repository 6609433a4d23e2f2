"""Opens the browser of who asks for that. In a shell on another machine there is none, and that is no mistake."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from threading import Thread

_WINDOWS = ("BROWSER", "DISPLAY", "WAYLAND_DISPLAY")
_OPEN = "import sys, webbrowser; sys.exit(not webbrowser.open(sys.argv[1]))"


def open_browser(address: str, failed: Callable[[], None]) -> None:
    """Open an address in the browser that BROWSER names, or else the system. Never waits for it: some only come back
    when they are closed. `failed` is called when there is none, perhaps later and from another thread."""
    if _has_windows():
        Thread(target=_open, args=(address, failed), name="browser", daemon=True).start()
    else:
        failed()


def _has_windows() -> bool:
    """Whether a browser can show itself in a window of its own. The standard library would go on to one that fills the
    terminal, where the preview tells how to stop it."""
    return sys.platform in ("win32", "darwin") or any(os.environ.get(name) for name in _WINDOWS)


def _open(address: str, failed: Callable[[], None]) -> None:
    """In a session of its own, because Ctrl-C in this one is meant for the preview, and without this terminal."""
    none = subprocess.DEVNULL
    try:
        done = subprocess.run(
            [sys.executable, "-c", _OPEN, address],
            stdin=none,
            stdout=none,
            stderr=none,
            start_new_session=True,
            check=False,
        )
    except OSError:
        failed()
        return
    if done.returncode:
        failed()
