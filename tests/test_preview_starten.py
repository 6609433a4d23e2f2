"""Starting and ending the preview as a person does: a browser that opens or is not there, and an end that leaves no
process behind."""

from __future__ import annotations

import json
import os
import re
import signal
import stat
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.inhoudhulp import EDITION, write_content
from tests.meekijkhulp import LONG, ROOT, running

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="signalen en shellscripts werken op Windows anders")


def until(holds: Callable[[], object], what: str) -> None:
    """Wait until `holds()`; fails with `what` when that never happens."""
    end = time.monotonic() + LONG
    while not holds():
        assert time.monotonic() < end, f"waited in vain for: {what}"
        time.sleep(0.02)


# --- the browser ------------------------------------------------------------------------------------------------

NO_BROWSER = "Hier is geen browser die te openen is; open het adres zelf.\n"


def surroundings(**more: str) -> dict[str, str]:
    """The environment of a shell on another machine: no screen, and no browser that somebody named."""
    screens = ("BROWSER", "DISPLAY", "WAYLAND_DISPLAY")
    return {name: value for name, value in os.environ.items() if name not in screens} | more


def stand_in(folder: Path, *lines: str) -> str:
    """A program in place of a browser."""
    script = folder / "browser.sh"
    script.write_text("\n".join(["#!/bin/sh", *lines, ""]), encoding="utf-8")
    script.chmod(script.stat().st_mode | stat.S_IXUSR)
    return str(script)


def ended(process: subprocess.Popen[str]) -> tuple[str, str]:
    """End it as Ctrl-C does; what it said and complained."""
    os.killpg(process.pid, signal.SIGINT)
    said, complained = process.communicate(timeout=LONG)
    assert process.returncode == 0, complained
    return said, complained


def test_open_gives_the_address_to_the_browser_once_the_server_answers(tmp_path: Path) -> None:
    # A browser that only comes back when it is closed holds up nothing.
    told = (f'echo "$1" > {tmp_path}/half', f"mv {tmp_path}/half {tmp_path}/asked")
    program = stand_in(tmp_path, *told, f"while [ ! -e {tmp_path}/closed ]; do sleep 0.2; done", "exit 1")
    content = write_content(tmp_path)
    with running(content, EDITION, "--open", environment=surroundings(BROWSER=program)) as (process, address):
        asked = tmp_path / "asked"
        until(asked.exists, "the browser")
        assert asked.read_text(encoding="utf-8").strip() == address
        assert httpx.get(address, follow_redirects=True, timeout=LONG).status_code == 200
        assert ended(process)[1] == ""
    (tmp_path / "closed").touch()


def test_without_open_no_browser_is_opened(tmp_path: Path) -> None:
    program = stand_in(tmp_path, f"touch {tmp_path}/asked")
    with running(write_content(tmp_path), EDITION, environment=surroundings(BROWSER=program)) as (process, address):
        assert httpx.get(address, follow_redirects=True, timeout=LONG).status_code == 200
        ended(process)
    assert not (tmp_path / "asked").exists()


def test_open_without_a_browser_is_told_and_the_server_goes_on(tmp_path: Path) -> None:
    with running(write_content(tmp_path), EDITION, "--open", environment=surroundings()) as (process, address):
        assert httpx.get(address, follow_redirects=True, timeout=LONG).status_code == 200
        said, complained = ended(process)
        assert said.rstrip().endswith("Gestopt.")
        assert complained == NO_BROWSER


@pytest.mark.parametrize("lines", [("exit 3",), ()], ids=["fails", "is-not-there"])
def test_a_browser_that_does_not_open_is_told(tmp_path: Path, lines: tuple[str, ...]) -> None:
    program = stand_in(tmp_path, *lines) if lines else str(tmp_path / "weg.sh")
    environment = surroundings(BROWSER=program, PATH=str(tmp_path))  # no other browser is to be found
    with running(write_content(tmp_path), EDITION, "--open", environment=environment) as (process, address):
        assert process.stderr is not None
        assert process.stderr.readline() == NO_BROWSER
        assert httpx.get(address, follow_redirects=True, timeout=LONG).status_code == 200
        ended(process)


# --- what to compare with ---------------------------------------------------------------------------------------


def test_mistakes_of_then_are_not_told_as_those_of_now(tmp_path: Path) -> None:
    content = write_content(tmp_path, {f"{EDITION}/brief.yaml": "tekts: Het was mis.\n"})
    git = ["git", "-c", "user.name=Tester", "-c", "user.email=tester@voorbeeld.nl"]
    for step in (["init", "-q"], ["add", "."], ["commit", "-q", "-m", "mis"]):
        subprocess.run([*git, *step], cwd=tmp_path, check=True, capture_output=True)
    (content / EDITION / "brief.yaml").write_text("tekst: Het is goed.\n", encoding="utf-8")
    command = [sys.executable, "-m", "halfjaarbericht", "preview", EDITION, "--content", str(content)]
    done = subprocess.run(
        [*command, "--against", "HEAD"], cwd=ROOT, capture_output=True, text=True, check=False, timeout=LONG
    )
    assert done.returncode == 2
    assert re.search(r"revisie 'HEAD'.*: onbekend veld 'tekts'; noem een andere revisie$", done.stderr, re.MULTILINE)
    assert "geschreven" not in done.stderr


# --- the end ----------------------------------------------------------------------------------------------------

PDF = "?stem=brief&pdf=1"


def states(address: str, query: str) -> Iterator[dict[str, Any]]:
    """The states of the edition as a page in a browser hears them; the connection stays open as long as it is asked."""
    with httpx.stream("GET", f"{address}gebeurtenissen/{EDITION}{query}", timeout=LONG) as stream:
        for line in stream.iter_lines():
            if line.startswith("data: "):
                yield json.loads(line[6:])


def pdf_status(state: dict[str, Any]) -> str:
    return next((str(d["pdf"]["staat"]) for d in state["documenten"] if d["stem"] == "brief"), "")


def living(session: int) -> list[int]:
    """The processes of a session that have not ended."""
    found = []
    for file in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):
            state, _parent, _group, own = file.read_text(encoding="utf-8").rpartition(")")[2].split()[:4]
            if int(own) == session and state not in "ZX":
                found.append(int(file.parent.name))
    return found


def everybody_gone(process: subprocess.Popen[Any]) -> None:
    if Path("/proc/self/stat").exists():
        until(lambda: not living(process.pid), "the end of all processes that it started")


def while_a_pdf_is_made(address: str, _content: Path, listening: Iterator[dict[str, Any]]) -> None:
    next(state for state in listening if pdf_status(state) == "bezig")


def after_a_pdf_was_made(address: str, _content: Path, listening: Iterator[dict[str, Any]]) -> None:
    next(state for state in listening if pdf_status(state) == "actueel")


def while_a_page_is_made(address: str, content: Path, listening: Iterator[dict[str, Any]]) -> None:
    next(state for state in listening if not state["bezig"])
    (content / EDITION / "brief.yaml").write_text("tekst: Het is anders.\n", encoding="utf-8")


@pytest.mark.traag
@pytest.mark.parametrize(
    ("moment", "how"),
    [
        (while_a_pdf_is_made, "SIGINT"),
        (while_a_pdf_is_made, "SIGHUP"),
        (after_a_pdf_was_made, "SIGTERM"),
        (while_a_page_is_made, "SIGINT"),
    ],
    ids=lambda value: getattr(value, "__name__", value),
)
def test_every_way_to_end_is_clean_at_any_moment(tmp_path: Path, moment: Callable[..., None], how: str) -> None:
    """A terminal sends Ctrl-C and its own end to every process in it; a system that stops asks one."""
    content = write_content(tmp_path)
    with running(content, EDITION) as (process, address):
        listening = states(address, PDF)
        moment(address, content, listening)
        (os.kill if how == "SIGTERM" else os.killpg)(process.pid, signal.Signals[how])
        said, complained = process.communicate(timeout=LONG)
        everybody_gone(process)
    assert process.returncode == 0
    assert said.rstrip().endswith("Gestopt.")
    assert complained == ""


def test_with_nohup_it_outlives_the_terminal(tmp_path: Path) -> None:
    content = write_content(tmp_path)
    before = signal.signal(signal.SIGHUP, signal.SIG_IGN)  # what nohup does, and what is started takes over
    try:
        with running(content, EDITION) as (process, address):
            os.killpg(process.pid, signal.SIGHUP)
            assert httpx.get(address, follow_redirects=True, timeout=LONG).status_code == 200
            ended(process)
    finally:
        signal.signal(signal.SIGHUP, before)


def test_a_terminal_that_is_closed_ends_it(tmp_path: Path) -> None:
    import fcntl
    import pty
    import termios

    content = write_content(tmp_path)
    ours, theirs = pty.openpty()
    command = [sys.executable, "-m", "halfjaarbericht", "preview", EDITION, "--content", str(content)]
    process = subprocess.Popen(
        command,
        cwd=ROOT,
        start_new_session=True,
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
        preexec_fn=lambda: fcntl.ioctl(0, termios.TIOCSCTTY, 0),
    )
    os.close(theirs)
    told = b""
    while b"Ctrl-C" not in told:
        told += os.read(ours, 4096)
    os.close(ours)
    process.wait(LONG)
    everybody_gone(process)
    assert process.returncode >= 0  # it ended by itself
