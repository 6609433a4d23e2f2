"""Every PDF through the checkers of PDFs, some files at a time."""

from __future__ import annotations

import os
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path

from halfjaarbericht.tagtree.reading import Unreadable, read_tree
from halfjaarbericht.validation import outloud, own, page, syntax, twin
from halfjaarbericht.validation.finding import Finding


@dataclass(frozen=True, slots=True)
class PdfFile:
    """A PDF, the name that it has in findings, and the web page of the same document if there is one."""

    path: Path
    name: str
    page: Path | None = None


@dataclass(frozen=True, slots=True)
class Said:
    """What one checker said of one file."""

    checker: str
    rules: int
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class CheckedPdf:
    """A PDF with its number of pages, 0 when it cannot be read, and what each checker said."""

    pages: int
    said: tuple[Said, ...]


def check_pdfs(files: Sequence[PdfFile]) -> list[CheckedPdf]:
    """PDFs through every checker that is installed, in the same order."""
    workers = min(os.cpu_count() or 1, len(files))
    if workers <= 1:
        return [check_pdf(file) for file in files]
    # Fresh processes: a checker in C that goes down takes none of ours with it.
    with ProcessPoolExecutor(workers, get_context("spawn")) as pool:
        futures = [(file, pool.submit(check_pdf, file)) for file in files]
        checked = []
        for file, future in futures:
            try:
                checked.append(future.result())
            except BrokenProcessPool:
                checked.append(_broken(file.name, "een van de controles is vastgelopen"))
    return checked


def check_pdf(pdf: PdfFile) -> CheckedPdf:
    """One PDF. Never raises for a broken file."""
    file, name = pdf.path, pdf.name
    try:
        tree = read_tree(file)
    except Unreadable as error:
        return _broken(name, str(error))
    said = []
    if not page.missing():
        for profile in (page.archive_profile(tree.claims), page.UA):
            said.append(_said(page.checker(profile), page.check(file, name, profile)))
    if not outloud.missing():
        said.append(_said(outloud.CHECKER, outloud.check(file, name, tree)))
    said.append(_said(syntax.CHECKER, syntax.check(file, name)))
    said.append(_said(own.CHECKER, own.check(tree, name)))
    if pdf.page is not None:
        said.append(_said(twin.CHECKER, twin.check(tree, pdf.page, name)))
    return CheckedPdf(len(tree.pages), tuple(said))


def _said(checker: str, outcome: tuple[int, list[Finding]]) -> Said:
    rules, findings = outcome
    return Said(checker, rules, tuple(findings))


def _broken(name: str, reason: str) -> CheckedPdf:
    return CheckedPdf(0, (Said(own.CHECKER, 0, (Finding(name, own.CHECKER, "onleesbaar", "", reason),)),))
