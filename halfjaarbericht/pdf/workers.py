"""Worker processes that render side by side. A worker that dies costs its own document, not the build."""

from __future__ import annotations

import multiprocessing
import signal
import sys
import threading
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from multiprocessing.context import BaseContext
from multiprocessing.process import BaseProcess
from typing import Any

from halfjaarbericht.pdf.jobs import BundleJob, Event, Job, OnEvent, PdfJob, PdfResult, Phase, ProofJob, ProofResult
from halfjaarbericht.problems import ContentError, Problem


class WorkerDied(ContentError):
    """The process that rendered a document ended without an answer."""

    def __init__(self, label: str, exitcode: int | None):
        how = f"signaal {-exitcode}" if exitcode is not None and exitcode < 0 else f"status {exitcode}"
        message = f"het proces dat de PDF maakte is gestopt ({how})"
        hint = "vaak is het geheugen op: sluit andere programma's of verdeel het document"
        super().__init__([Problem(label, 0, 0, "E612", message, hint=hint)])

    def __reduce__(self) -> tuple[Any, ...]:
        return ContentError, (self.problems,)


@dataclass
class Worker:
    """A process that renders, and the pipe to it: a Job goes in, a PdfResult or an exception comes out, with pairs
    (phase, page) on the way. A ProofJob gives a ProofResult or None."""

    process: BaseProcess
    pipe: Connection
    name: str = ""  # the job it works on


def render_many(
    jobs: Mapping[str, Job], workers: int, on_event: OnEvent | None = None
) -> Iterator[tuple[str, PdfResult | Exception]]:
    """Render all jobs in at most `workers` processes; yields (name, result or exception) as they get ready.

    Longest first. `on_event` is called in this process. When the caller stops early (Ctrl-C included), the
    workers are ended too.
    """
    tell = on_event or (lambda event: None)
    waiting = sorted(jobs, key=lambda name: (-jobs[name].size, name))
    context = _context()
    crew = [start_worker(context) for _ in range(max(1, min(workers, len(jobs))))] if jobs else []
    try:
        busy = [worker for worker in crew if _next_job(worker, waiting, jobs, tell)]
        while busy:
            for worker in _ready(busy):
                name = worker.name
                answer = _answer(worker, jobs[name], tell)
                if answer is None:
                    continue
                busy.remove(worker)
                if isinstance(answer, WorkerDied):
                    worker.process.join()
                    worker = start_worker(context) if waiting else worker
                    crew.append(worker)
                if _next_job(worker, waiting, jobs, tell):
                    busy.append(worker)
                tell(Event(name, "mislukt" if isinstance(answer, Exception) else "klaar"))
                yield name, answer
    finally:
        _dismiss(crew)


def _context() -> BaseContext:
    # A forked worker starts in milliseconds, but a fork of a process with threads may hang.
    forks = sys.platform == "linux" and threading.active_count() == 1
    return multiprocessing.get_context("fork" if forks else "spawn")


def start_worker(context: BaseContext) -> Worker:
    """Start a worker. It ends by itself when its pipe is closed."""
    ours, theirs = context.Pipe()
    process: BaseProcess = context.Process(target=_work, args=(theirs, ours), daemon=True)  # type: ignore[attr-defined]
    process.start()
    theirs.close()
    return Worker(process, ours)


def _next_job(worker: Worker, waiting: list[str], jobs: Mapping[str, Job], tell: OnEvent) -> bool:
    if not waiting:
        return False
    worker.name = waiting.pop(0)
    tell(Event(worker.name, "begin"))
    # It may have died before it could read; then `_answer` finds the pipe closed.
    with suppress(OSError):
        worker.pipe.send(jobs[worker.name])
    return True


def _ready(busy: list[Worker]) -> list[Worker]:
    pipes = set(wait([worker.pipe for worker in busy]))
    return [worker for worker in busy if worker.pipe in pipes]


def _answer(worker: Worker, job: Job, tell: OnEvent) -> PdfResult | Exception | None:
    """What the worker sent: a result or an exception, or None when it only told how far it is."""
    try:
        message = worker.pipe.recv()
    except (EOFError, OSError):
        worker.process.join()
        return WorkerDied(job.label, worker.process.exitcode)
    if isinstance(message, tuple):
        phase, page = message
        tell(Event(worker.name, phase, page))
        return None
    assert isinstance(message, PdfResult | Exception)
    return message


def _dismiss(crew: list[Worker]) -> None:
    for worker in crew:
        worker.pipe.close()
        worker.process.terminate()
    for worker in crew:
        worker.process.join()


def _work(pipe: Connection, parent_end: Connection) -> None:
    """The life of a worker: take a job, send its answer, until the other side is gone."""
    parent_end.close()
    # Ctrl-C reaches the whole process group; the parent decides, and ends its workers itself.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)

    def progress(phase: Phase, page: int) -> None:
        pipe.send((phase, page))

    while True:
        try:
            job = pipe.recv()
        except (EOFError, OSError):
            return
        try:
            pipe.send(_render(job, progress))
        except Exception as error:
            pipe.send(_sendable(error))


def _render(job: Job | ProofJob, progress: Any) -> PdfResult | ProofResult | None:
    if isinstance(job, ProofJob):
        from halfjaarbericht.pdf.proof.proof import render_proof

        return render_proof(job)
    if isinstance(job, BundleJob):
        from halfjaarbericht.pdf.bundle import render_bundle_document

        return render_bundle_document(job, progress)
    assert isinstance(job, PdfJob)
    from halfjaarbericht.pdf.document import render_document

    return render_document(job, progress)


def _sendable(error: Exception) -> Exception:
    """The error as it can travel: content errors whole, others as text with their traceback."""
    if isinstance(error, ContentError):
        return error
    import traceback

    return RuntimeError("".join(traceback.format_exception(error)))
