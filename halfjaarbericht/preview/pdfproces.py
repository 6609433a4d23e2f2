"""The process that renders the PDF of a preview: warm, one document at a time, and ended at once when its document is
out of date."""

from __future__ import annotations

import multiprocessing
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from multiprocessing import resource_tracker
from multiprocessing.context import BaseContext

from halfjaarbericht.pdf.engine import Job, PdfResult, ProofJob, ProofResult, WorkerDied
from halfjaarbericht.pdf.workers import Worker, start_worker
from halfjaarbericht.problems import ContentError

WARM = "halfjaarbericht.pdf.warm"


class PdfProcess:
    """A worker that is kept ready. `render` blocks and is called from a thread; `stop` from any other."""

    def __init__(self) -> None:
        self._context = _context()
        self._worker: Worker | None = None
        self._stopped: Worker | None = None
        self._closed = False

    def warm(self) -> None:
        """Have a worker ready before it is asked for. Raises OSError when no process can be had."""
        worker = self._worker
        # One that was idle may have been stopped, or ended by the system, and nobody noticed.
        if worker is not None and (worker is self._stopped or not worker.process.is_alive()):
            self._end(worker)
        if self._worker is None and not self._closed:
            with _undisturbed():
                worker = self._worker = start_worker(self._context)
            if self._closed:  # while it started: nobody else will end it
                self._end(worker)

    def render(self, job: Job) -> PdfResult | Exception | None:
        """The PDF, what was wrong, or None when it was stopped on the way. Raises OSError as `warm` does."""
        answer = self._ask(job)
        if self._worker is not None:
            self._end(self._worker)  # a fresh process for each document: memory does not pile up
        with suppress(OSError):  # there is a PDF; what stands in the way of the next one is told with that
            self.warm()
        return answer if isinstance(answer, PdfResult | Exception) else None

    def proof(self, job: ProofJob) -> ProofResult | None:
        """A proof, or None when there is none to be had. Raises OSError as `warm` does, and RuntimeError for a fault of
        the program."""
        answer = self._ask(job)
        if isinstance(answer, Exception) and not isinstance(answer, ContentError):
            raise answer
        return answer if isinstance(answer, ProofResult) else None

    def _ask(self, job: Job | ProofJob) -> object:
        self.warm()
        worker = self._worker
        if worker is None:
            return None
        try:
            worker.pipe.send(job)
            while isinstance(answer := worker.pipe.recv(), tuple):
                pass  # how far it is
        except (EOFError, OSError):
            return self._died(worker, job.label)
        return answer

    def stop(self) -> None:
        """End the rendering that goes on, if any; a worker that is idle is ended too, and replaced when needed."""
        worker = self._worker
        if worker is not None:
            self._stopped = worker
            worker.process.kill()

    def close(self) -> None:
        """End the worker for good."""
        self._closed = True
        worker = self._worker
        if worker is not None:
            worker.process.kill()
            self._end(worker)

    def _died(self, worker: Worker, label: str) -> Exception | None:
        worker.process.join()
        code = worker.process.exitcode
        self._end(worker)
        # What it died of does not tell by whom: a system that is out of memory ends a process in the same way.
        stopped = self._closed or worker is self._stopped
        return None if stopped else WorkerDied(label, code)

    def _end(self, worker: Worker) -> None:
        with suppress(OSError):
            worker.pipe.close()
        worker.process.kill()
        worker.process.join()
        if self._worker is worker:
            self._worker = None


@contextmanager
def _undisturbed() -> Iterator[None]:
    """Ctrl-C reaches every process of a terminal, and so does its end; those started here leave it to the server."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    endings = {signal.SIGINT, signal.SIGTERM, signal.SIGHUP}
    before = signal.pthread_sigmask(signal.SIG_BLOCK, endings)
    try:
        # It starts with the first process, and unblocks some of them in passing.
        resource_tracker.ensure_running()
        signal.pthread_sigmask(signal.SIG_BLOCK, endings)
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _context() -> BaseContext:
    """Workers forked from a process that is warm and has no threads, where the system can; else started afresh."""
    if sys.platform != "linux":
        return multiprocessing.get_context("spawn")
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload([WARM])
    return context
