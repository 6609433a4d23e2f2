"""PDF/UA-1 through outloud, as a second opinion. The only place that knows it.

Two of its rules are wrong for documents like ours. TBL-004 counts a cell over several rows in the last column wrongly;
our own rule about regular tables counts right. PAG-001 takes a line that stands near the foot of three pages for a
running footer, and so does with notes that name the same source: what it says is dropped when it points at notes only.
"""

from __future__ import annotations

import contextlib
import io
from pathlib import Path
from typing import Any

from halfjaarbericht.tagtree.model import Box, Tree
from halfjaarbericht.validation.finding import Finding, on_page

CHECKER = "outloud: PDF/UA-1"
SKIP = frozenset({"TBL-004"})
LAYERS = frozenset({"conformance"})
RUNNING = "PAG-001"


def missing() -> str:
    """How to get it; "" when it is here."""
    try:
        import outloud  # noqa: F401
    except ImportError:
        return "outloud"
    return ""


def check(file: Path, name: str, tree: Tree) -> tuple[int, list[Finding]]:
    """The number of rules tried, and what a file breaks; `tree` is its tag tree. Never raises for a broken file."""
    import outloud

    # MuPDF under it writes remarks about broken files to the console.
    with contextlib.redirect_stderr(io.StringIO()), contextlib.redirect_stdout(io.StringIO()):
        result = outloud.check(str(file), skip=SKIP, layers=LAYERS)
    if result.error:
        return 0, [Finding(name, CHECKER, "onleesbaar", "", result.error)]
    found = [
        Finding(name, CHECKER, f.rule, on_page(f.page), f"{f.message}{_evidence(f.evidence)}", f.count)
        for f in result.sorted_findings()
        if f.severity != "info" and not (f.rule == RUNNING and _only_notes(f, tree))
    ]
    crashed = [run for run in result.runs if run.status == "crashed"]
    found += [Finding(name, CHECKER, run.rule, "", f"de regel zelf liep vast: {run.reason}") for run in crashed]
    tried = [run for run in result.runs if run.status in ("ran", "not-applicable")]
    return len(tried), found


def _only_notes(finding: Any, tree: Tree) -> bool:
    """Whether every line that a finding points at is part of a note."""
    spots = [(b["page"], Box(b["x0"], b["y0"], b["x1"], b["y1"])) for b in finding.boxes]
    notes = [mark for element in tree.walk() if element.role == "Note" for mark in element.marks()]
    return len(spots) == finding.count and all(
        any(mark.page == page and mark.box is not None and mark.box.meets(box) for mark in notes) for page, box in spots
    )


def _evidence(text: str | None) -> str:
    return f" ({text})" if text else ""
