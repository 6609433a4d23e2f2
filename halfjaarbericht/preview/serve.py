"""Runs the preview: finds a port, serves until Ctrl-C, and ends everything that was started."""

from __future__ import annotations

import asyncio
import errno
import signal
import socket
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress

import uvicorn

from halfjaarbericht.preview.regie import Director
from halfjaarbericht.preview.routes import make_app

FIRST_PORT = 8020
_TRIES = 50
_TAKEN = (errno.EADDRINUSE, errno.EACCES)
# Elsewhere the second says that a port may be used anew at once; on Windows that programs may share it.
if sys.platform == "win32":
    _ALONE = socket.SO_EXCLUSIVEADDRUSE
else:
    _ALONE = socket.SO_REUSEADDR
_HOSTS = ((socket.AF_INET, "127.0.0.1"), (socket.AF_INET6, "::1"))


class PortError(Exception):
    """No port can be had; the text is a Dutch sentence."""


def take_port(wanted: int) -> list[socket.socket]:
    """Sockets of this machine only, on port `wanted` or the first free one after it. Raises PortError."""
    for port in range(wanted, min(wanted + _TRIES, 65536)):
        with suppress(OSError):
            return _listen(port if wanted else 0)
    raise PortError(f"geen enkele poort van {wanted} tot en met {min(wanted + _TRIES, 65536) - 1} is vrij")


def port_of(sockets: list[socket.socket]) -> int:
    """The port that was taken."""
    return int(sockets[0].getsockname()[1])


def serve(
    make_director: Callable[[], Director], start: str, sockets: list[socket.socket], ready: Callable[[], None]
) -> None:
    """Serve until Ctrl-C. `ready` is called when the server answers."""
    # A page is made in one thread and sent by another: the second must not wait long for its turn (usual is 5 ms).
    sys.setswitchinterval(0.001)
    asyncio.run(_serve(make_director, start, sockets, ready))


async def _serve(
    make_director: Callable[[], Director], start: str, sockets: list[socket.socket], ready: Callable[[], None]
) -> None:
    director = make_director()
    config = uvicorn.Config(
        make_app(director, start),
        log_level="critical",  # a request that is cut off at the end is no news; faults are told by ourselves
        access_log=False,
        lifespan="off",
        server_header=False,
        timeout_graceful_shutdown=2,
    )
    server = _Server(config, director, ready)
    director.start()
    try:
        await server.serve(sockets=sockets)
    finally:
        await director.close()


class _Server(uvicorn.Server):
    """A server that lets open connections end before it waits for them, and leaves no trace of Ctrl-C."""

    def __init__(self, config: uvicorn.Config, director: Director, ready: Callable[[], None]):
        super().__init__(config)
        self._director = director
        self._ready = ready

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets=sockets)
        if self.started:
            self._ready()

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Ctrl-C, a request to end and a terminal that is closed are the usual ways to stop, not a failure."""
        loop = asyncio.get_running_loop()
        before = {}
        for which in _endings():
            before[which] = signal.signal(which, lambda *_: loop.call_soon_threadsafe(self._end))
        try:
            yield
        finally:
            for which, handler in before.items():
                signal.signal(which, handler)

    def _end(self) -> None:
        self._director.hush()
        # A second time: somebody is in a hurry.
        self.force_exit = self.should_exit
        self.should_exit = True


def _endings() -> list[signal.Signals]:
    """The signals to end at. Who started us with nohup wants us to outlive the terminal."""
    found = [signal.SIGINT, signal.SIGTERM]
    if sys.platform != "win32" and signal.getsignal(signal.SIGHUP) is not signal.SIG_IGN:
        found.append(signal.SIGHUP)
    return found


def _listen(port: int) -> list[socket.socket]:
    """Sockets on a port of IPv4 and, where that is there, of IPv6. Raises OSError when the port is taken."""
    found: list[socket.socket] = []
    for family, host in _HOSTS:
        try:
            # With the protocol named, asyncio sends small answers at once (TCP_NODELAY); else each waits some 40 ms.
            taken = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
        except OSError:
            continue
        try:
            taken.setsockopt(socket.SOL_SOCKET, _ALONE, 1)
            taken.bind((host, port or (port_of(found) if found else 0)))
            taken.listen(128)
        except OSError as error:
            taken.close()
            if family == socket.AF_INET or error.errno in _TAKEN:
                for other in found:
                    other.close()
                raise
            continue  # no IPv6 here
        found.append(taken)
    if not found:
        raise OSError
    return found
