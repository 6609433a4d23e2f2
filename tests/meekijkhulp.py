"""A preview in this process, for tests: files are written, and what a browser would get is waited for, never timed."""

from __future__ import annotations

import asyncio
import json
import os
import re
import signal
import subprocess
import sys
from collections.abc import AsyncIterator, Callable, Coroutine, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path
from typing import Any

import httpx

from halfjaarbericht.preview.editor import make_editor
from halfjaarbericht.preview.inputs import take_stock
from halfjaarbericht.preview.pagina import as_built
from halfjaarbericht.preview.regie import Director
from halfjaarbericht.preview.review import Review
from halfjaarbericht.preview.routes import make_app
from halfjaarbericht.project import Project, make_project

ROOT = Path(__file__).parent.parent
LONG = 120.0
"""So long may a busy machine take before a test that waits has failed."""
State = dict[str, Any]
_OWN = re.compile(
    r'<meta name="voorbeeld" content="[^"]*"><link rel="stylesheet" href="/statisch/pagina\.css">'
    r'<script type="module" src="/statisch/pagina\.js"></script>(?=</head>)'
)


def in_a_loop(work: Coroutine[Any, Any, None]) -> None:
    """Run `work` to its end in a thread of its own: the browser of other tests keeps a loop running in the first."""
    with ThreadPoolExecutor(1) as thread:
        thread.submit(asyncio.run, work).result()


class Watched:
    """A preview that runs: its states as they came, and its pages."""

    def __init__(self, project: Project, director: Director, client: httpx.AsyncClient, edition: str):
        self.project = project
        self.director = director
        self.client = client
        self.edition = edition
        self.states: list[State] = []
        self.faults: list[BaseException] = []
        self._news = asyncio.Condition()

    @property
    def state(self) -> State:
        return self.states[-1]

    async def listen(self, stem: str, pdf: bool) -> None:
        """Follow the edition, as the page in a browser does."""
        async for state in self.director.follow(self.edition, stem, pdf):
            if state:
                async with self._news:
                    self.states.append(json.loads(state))
                    self._news.notify_all()

    async def until(self, wanted: Callable[[State], bool]) -> State:
        """The newest state, as soon as it is what is wanted. Fails with that state when it never is."""

        def there() -> bool:
            return bool(self.states) and wanted(self.states[-1])

        async with self._news:
            try:
                await asyncio.wait_for(self._news.wait_for(there), LONG)
            except TimeoutError:
                last = {key: self.state[key] for key in ("versie", "goed", "problemen")} if self.states else None
                raise AssertionError(f"it never came; the last state is {last}") from None
            return self.state

    async def settled(self) -> State:
        """The state once everything on disk has been taken in."""
        for _ in range(int(LONG * 20)):
            session = await self.director.edition(self.edition)
            assert session is not None
            seen = take_stock(self.project) == self.director.inputs
            if seen and session.generation == self.director.generation and not session.state.busy:
                found: State = json.loads(session.json)
                return found
            await asyncio.sleep(0.05)
        raise AssertionError("the preview never took in what is on disk")

    async def html(self, stem: str, query: str = "") -> str:
        """A page as it is served."""
        answer = await self.client.get(f"/pagina/{self.edition}/{stem}.html{query}")
        assert answer.status_code == 200, answer.text
        return answer.text

    async def plain(self, stem: str) -> str:
        """A page without what is the preview's own."""
        return without_own(await self.html(stem))


def without_own(html: str) -> str:
    """A served page without places and without the preview's lines in its head."""
    without, count = _OWN.subn("", as_built(html))
    assert count == 1
    return without


@asynccontextmanager
async def watching(
    content: Path, edition: str, stem: str = "brief", *, pdf: bool = False, against: str | None = None
) -> AsyncIterator[Watched]:
    """A preview of an edition in `content`, whose folder is the project; it is followed from the start."""
    project = make_project(content.parent, content, content.parent / "output")
    faults: list[BaseException] = []
    review = Review(project, against) if against else None
    director = Director(project, make_editor("vscode", content.parent), faults.append, review)
    transport = httpx.ASGITransport(make_app(director, edition))  # type: ignore[arg-type]
    async with httpx.AsyncClient(transport=transport, base_url="http://localhost:8020") as client:
        watched = Watched(project, director, client, edition)
        watched.faults = faults
        director.start()
        listening = asyncio.create_task(watched.listen(stem, pdf))
        try:
            await watched.until(lambda state: not state["bezig"])
            yield watched
        finally:
            await director.close()
            listening.cancel()
            await asyncio.gather(listening, return_exceptions=True)


def fresh_build(content: Path, output: Path, edition: str) -> dict[str, str]:
    """The pages that a new process builds of an edition, by stem: nothing that this one remembers is in them."""
    command = [sys.executable, "-m", "halfjaarbericht", "build", edition, "--format", "html", "--quiet"]
    command += ["--content", str(content), "--output", str(output)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return {file.stem: file.read_text(encoding="utf-8") for file in (output / edition).glob("*.html")}


@contextmanager
def running(
    content: Path, edition: str, *options: str, environment: dict[str, str] | None = None
) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """The command as a person starts it, in a session of its own, and the address that it tells."""
    command = [sys.executable, "-m", "halfjaarbericht", "preview", edition, "--content", str(content), *options]
    known = (dict(os.environ) if environment is None else environment) | {"PYTHONUNBUFFERED": "1"}
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True}
    process = subprocess.Popen(command, cwd=ROOT, env=known, start_new_session=True, **pipes)  # type: ignore[call-overload]
    try:
        line = process.stdout.readline()
        assert "http://localhost:" in line, process.stderr.read() if process.poll() is not None else line
        yield process, line.split()[-1]
    finally:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()
