"""Worker processes: answers, order, a worker that dies, and stopping early."""

from __future__ import annotations

import multiprocessing
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from halfjaarbericht.pdf import workers
from halfjaarbericht.pdf.engine import BundleJob, Event, PdfResult, WorkerDied, render_many, render_pdf
from halfjaarbericht.problems import ContentError
from tests.pdfhulp import job, page_html

pytestmark = [
    pytest.mark.pdf,
    # Python 3.12 warns when a process with threads forks; the test runner may have some, and these forks are short.
    pytest.mark.filterwarnings("ignore:.*multi-threaded.*fork:DeprecationWarning"),
]


def short(folder: Path, words: int = 1):
    return job(page_html("<p>regel</p>" * words), folder)


def test_same_result_as_in_this_process(tmp_path: Path) -> None:
    jobs = {"a": short(tmp_path, 3), "b": short(tmp_path, 40), "c": short(tmp_path, 9)}
    events: list[Event] = []
    results = dict(render_many(jobs, 2, events.append))
    assert results == {name: render_pdf(job) for name, job in jobs.items()}
    begun = [event.name for event in events if event.phase == "begin"]
    assert begun == ["b", "c", "a"], "longest first"
    phases = [(event.phase, event.page) for event in events if event.name == "b"]
    assert phases == [
        ("begin", 0),
        ("opmaak", 1),
        ("opmaak", 2),
        ("opmaak", 3),
        ("opmaak", 4),
        ("schrijven", 0),
        ("klaar", 0),
    ]


def test_nothing_to_do_starts_nothing() -> None:
    assert list(render_many({}, 2)) == []


def test_bundle_in_a_worker(tmp_path: Path) -> None:
    bundle = BundleJob((("brief", short(tmp_path)), ("bijlage", short(tmp_path, 30))))
    ((name, result),) = render_many({"bundel": bundle}, 1)
    assert name == "bundel" and isinstance(result, PdfResult) and result.pages == 4


def test_content_error_comes_back_whole(tmp_path: Path) -> None:
    bad = job(page_html('<p><img src="https://doc.invalid/editie/weg.png" alt="">'), tmp_path, "bijlage-1")
    results = dict(render_many({"slecht": bad, "goed": short(tmp_path)}, 1))
    assert isinstance(results["goed"], PdfResult)
    assert isinstance(results["slecht"], ContentError)
    assert [(problem.code, problem.path) for problem in results["slecht"].problems] == [("E603", "bijlage-1")]


def die_or_render(job, progress):
    if job.label == "dood":
        os.kill(os.getpid(), signal.SIGKILL)
    if job.label == "stuk":
        raise ZeroDivisionError("onze fout")
    return PdfResult(job.label.encode(), 1)


@pytest.fixture
def forked(monkeypatch: pytest.MonkeyPatch) -> None:
    """Workers that know our stand-in: only a fork carries it over."""
    monkeypatch.setattr(workers, "_render", die_or_render)
    monkeypatch.setattr(workers, "_context", lambda: multiprocessing.get_context("fork"))


@pytest.mark.usefixtures("forked")
@pytest.mark.parametrize("count", [1, 2, 8])
def test_a_dead_worker_costs_only_its_own_document(tmp_path: Path, count: int) -> None:
    labels = ["een", "dood", "twee", "drie", "stuk"]
    results = dict(render_many({label: job("x", tmp_path, label) for label in labels}, count))
    assert {label: result.pdf for label, result in results.items() if isinstance(result, PdfResult)} == {
        "een": b"een",
        "twee": b"twee",
        "drie": b"drie",
    }
    assert isinstance(results["dood"], WorkerDied)
    (problem,) = results["dood"].problems
    assert (problem.code, problem.path) == ("E612", "dood") and "signaal 9" in problem.message
    assert "onze fout" in str(results["stuk"]) and "die_or_render" in str(results["stuk"])


@pytest.mark.usefixtures("forked")
def test_stopping_early_ends_the_workers(tmp_path: Path) -> None:
    running = render_many({str(n): job("x", tmp_path, str(n)) for n in range(6)}, 2)
    next(running)
    running.close()
    assert multiprocessing.active_children() == []


def test_spawned_worker_renders_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The way for a process with threads, and for systems that do not fork."""
    monkeypatch.setattr(workers, "_context", lambda: multiprocessing.get_context("spawn"))
    ((_, result),) = render_many({"a": short(tmp_path)}, 1)
    assert isinstance(result, PdfResult) and result.pages == 1


def test_ctrl_c_ends_the_children(tmp_path: Path) -> None:
    code = (
        "import signal, sys, time; from pathlib import Path\n"
        "from halfjaarbericht.pdf import workers\n"
        "from tests.pdfhulp import job\n"
        # Who is started in the background inherits that Ctrl-C is ignored; here it must arrive.
        "signal.signal(signal.SIGINT, signal.default_int_handler)\n"
        "workers._render = lambda job, progress: (progress('opmaak', 1), time.sleep(600))\n"
        "def tell(event):\n"
        "    if event.phase == 'opmaak': print('bezig', flush=True)\n"
        "try: list(workers.render_many({'a': job('x', Path('.')), 'b': job('y', Path('.'))}, 2, tell))\n"
        "except KeyboardInterrupt: print('gestopt', flush=True)\n"
        "import multiprocessing; print(len(multiprocessing.active_children()))"
    )
    root = Path(__file__).parent.parent
    with subprocess.Popen(
        [sys.executable, "-c", code],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        cwd=root,
        start_new_session=True,
    ) as process:
        assert process.stdout is not None and process.stderr is not None
        assert process.stdout.readline() == "bezig\n"
        time.sleep(0.05)
        os.killpg(process.pid, signal.SIGINT)
        rest = process.stdout.read().split()
        assert process.stderr.read() == ""
    assert rest[-2:] == ["gestopt", "0"]
