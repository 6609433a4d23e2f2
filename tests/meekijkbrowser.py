"""The preview for tests in a browser: the real program on a copy of the example edition, and a tab that looks at it."""

from __future__ import annotations

import json
import os
import re
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any

from playwright.sync_api import Browser, ConsoleMessage, Error, Frame, Page, Route, expect

from tests.editiehulp import EXAMPLE, ROOT
from tests.webhulp import WIDE, opened

EDITION = "2030-1"
SHORT = "bijlage-3a-kort"
"""The document that most tests look at: text, charts and folded tables."""
KORT = f"content/{EDITION}/bijlagen/kort.yaml"
BRIEF = f"content/{EDITION}/brief.yaml"
_PATIENCE = 60.0
"""Seconds after which waiting counts as failed; a machine that does other things may be slow."""

expect.set_options(timeout=_PATIENCE * 1000)


def until(holds: Callable[[], Any], what: str) -> None:
    """Wait until `holds()` is true; fails with `what` when that never happens."""
    end = time.monotonic() + _PATIENCE
    while not holds():
        assert time.monotonic() < end, f"waited in vain for: {what}"
        time.sleep(0.02)


@dataclass
class Preview:
    """A running preview: its address, and the project it shows."""

    address: str
    root: Path
    process: subprocess.Popen[str]
    log: IO[str]

    @property
    def content(self) -> Path:
        return self.root / "content"

    def state(self) -> dict[str, Any]:
        """The state of the example edition, as the page hears it."""
        with urllib.request.urlopen(f"{self.address}stand/{EDITION}") as answer:
            found: dict[str, Any] = json.load(answer)
        return found

    def change(self, file: str, old: str, new: str) -> None:
        """Save a file of the project with the first `old` replaced."""
        path = self.root / file
        text = path.read_text(encoding="utf-8")
        assert old in text, f"{old!r} is not in {file}"
        path.write_text(text.replace(old, new, 1), encoding="utf-8")

    def restore(self) -> None:
        """Everything as it was at the start, and the preview too."""
        for folder, source in ((self.content, EXAMPLE), (self.root / "styles", ROOT / "styles")):
            for path in source.rglob("*.*"):
                own = folder / path.relative_to(source)
                if own.is_file() and own.read_bytes() != path.read_bytes():
                    shutil.copyfile(path, own)
        until(lambda: self.state()["goed"] and not self.pressing(), "the preview to be as it was")

    def pressing(self) -> list[dict[str, Any]]:
        """Errors and warnings."""
        return [p for p in self.state()["problemen"] if p["ernst"] != "aanvaard"]

    def stop(self) -> None:
        """Ends it as Ctrl-C does."""
        self.process.terminate()
        self.process.wait(_PATIENCE)
        self.log.close()

    def start_again(self) -> None:
        """The same preview once more, at the same address."""
        again = start(self.root, port=int(self.address.rstrip("/").rpartition(":")[2]))
        assert again.address == self.address, again.address
        self.process, self.log = again.process, again.log


def copy_project(root: Path) -> None:
    """The example edition with the styles, as a project of its own."""
    shutil.copytree(EXAMPLE, root / "content")
    shutil.copytree(ROOT / "styles", root / "styles")


def free_port() -> int:
    """A port that nobody uses now; not the preview's own first choice, which other tests take and let go."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])


def start(root: Path, *options: str, port: int = 0) -> Preview:
    """The preview of the project in `root`, once it answers; `port` 0 is any."""
    environment = os.environ | {"PYTHONPATH": str(ROOT), "PYTHONUNBUFFERED": "1"}
    command = [
        sys.executable,
        "-m",
        "halfjaarbericht",
        "preview",
        EDITION,
        "--port",
        str(port or free_port()),
        *options,
    ]
    told = root / "preview.log"
    log = told.open("w+", encoding="utf-8")
    process = subprocess.Popen(command, cwd=root, env=environment, text=True, stdout=log, stderr=subprocess.STDOUT)

    def address() -> str:
        assert process.poll() is None, told.read_text(encoding="utf-8")
        found = re.search(r"http://\S+/", told.read_text(encoding="utf-8"))
        return found[0] if found else ""

    until(address, "the preview to start")
    return Preview(address(), root, process, log)


@dataclass
class Tab:
    """A tab that shows the preview. `complaints` is what the console told, `elsewhere` what was asked of others."""

    page: Page
    preview: Preview
    complaints: list[str] = field(default_factory=list)
    elsewhere: list[str] = field(default_factory=list)

    def go(self, stem: str = SHORT) -> Tab:
        """Open the shell with a document, and wait until the page in it is there and up to date."""
        self.page.goto(f"{self.preview.address}{EDITION}/{stem}")
        self.settle()
        return self

    def settle(self) -> None:
        """Wait until the page is of the newest state."""
        until(lambda: self._version() == self.preview.state()["versie"], "the page to be of the newest version")

    def _version(self) -> int:
        script = "window.voorbeeld ? document.documentElement.dataset.vbVersie : -1"
        frame = self.page.frame(url=re.compile("/pagina/"))
        try:
            return int(frame.evaluate(script)) if frame else -1
        except Error:
            return -1  # another page is on its way

    @property
    def frame(self) -> Frame:
        """The page in the frame."""
        found = self.page.frame(url=re.compile("/pagina/"))
        assert found
        return found

    def ask(self, script: str, argument: Any = None) -> Any:
        """What a script says in the page in the frame."""
        return self.frame.evaluate(script, argument)

    def focused(self) -> str:
        """The id or text of what has the focus in the shell."""
        return str(self.page.evaluate("document.activeElement.id || document.activeElement.textContent"))

    def equals_fresh_page(self) -> bool:
        """Whether the swapped page is the page as the server gives it, apart from what is the preview's own, and each
        block knows the place that it has there."""
        return bool(self.ask(_EQUALS_FRESH))


_EQUALS_FRESH = """async () => {
  const html = (await (await fetch(location.href)).text()).replace(/<style[^]*?<\\/style>/g, '');
  const fresh = new DOMParser().parseFromString(html, 'text/html');
  const live = document.body.cloneNode(true);
  for (const own of live.querySelectorAll('.vb-laag, .vb-merk')) own.remove();
  for (const part of live.querySelectorAll('details')) part.removeAttribute('open');
  const { blocks, placeOf } = await import('/statisch/bron.js');
  const [known, places] = [blocks().map(placeOf), []];
  for (const block of fresh.querySelectorAll('[data-bron]')) {
    places.push(block.getAttribute('data-bron'));
    block.setAttribute('data-bron', '');
  }
  return live.isEqualNode(fresh.body) && document.title === fresh.title && known.join() === places.join();
}"""


@contextmanager
def tab(browser: Browser, preview: Preview, width: int = WIDE, height: int = 800, **options: Any) -> Iterator[Tab]:
    """A tab for `preview`. Fails at the end when a script failed, the policy was broken, or something was asked of
    another server."""
    with opened(browser, width, height, **options) as page:
        found = Tab(page, preview)

        def elsewhere(route: Route) -> None:
            found.elsewhere.append(route.request.url)
            route.abort()

        def told(message: ConsoleMessage) -> None:
            if message.type in ("error", "warning"):
                found.complaints.append(message.text)

        # The viewer for PDFs is a part of the browser with addresses of its own.
        page.context.route(lambda url: url.startswith("http") and not url.startswith(preview.address), elsewhere)
        page.on("console", told)
        page.on("pageerror", lambda error: found.complaints.append(str(error)))
        yield found
        assert not found.complaints, found.complaints
        assert not found.elsewhere, found.elsewhere
