"""Problems as the panel of the preview shows them."""

from __future__ import annotations

import traceback
from collections.abc import Iterable, Mapping
from os import PathLike
from pathlib import Path
from typing import Any

from halfjaarbericht.console import excerpt_lines
from halfjaarbericht.preview.editor import Editor
from halfjaarbericht.problems import Problem
from halfjaarbericht.verslag import Block, Document, ListBlock, Place, Quote, Section

OURS = "PROGRAMMA"
"""The code of a fault of the program itself: no mistake of a writer, so not in the registry of those."""
_ORDER = {"fout": 0, "waarschuwing": 1, "aanvaard": 2}


def shown_problems(problems: Iterable[Problem], editor: Editor, stems: Mapping[str, str]) -> list[dict[str, Any]]:
    """Problems as JSON objects, what is wrong first. `stems` tells in which document each file of the content is."""
    return [_shown(p, editor, stems) for p in sorted(problems, key=lambda p: (_ORDER[p.severity], p))]


def _shown(problem: Problem, editor: Editor, stems: Mapping[str, str]) -> dict[str, Any]:
    excerpt = excerpt_lines(problem) if problem.line and problem.excerpt.strip() else []
    column = max(problem.column, 1)
    file = "" if problem.code == OURS else problem.path
    return {
        "ernst": problem.severity,
        "code": problem.code,
        "bestand": file,
        "regel": problem.line,
        "kolom": problem.column,
        "cel": problem.cell,
        "bericht": problem.message,
        "uittreksel": "\n".join(excerpt),
        "hint": problem.hint,
        "open": editor.link(file, problem.line, column) if file else "",
        "bron": f"{file}:{problem.line}:{column}" if file and problem.line else "",
        "stem": stems.get(problem.path),
    }


def own_fault(error: BaseException) -> Problem:
    """A fault of the program, as a problem: the pages stay, and somebody can report it."""
    last = traceback.extract_tb(error.__traceback__)[-1:]
    where = f" ({last[0].name}, regel {last[0].lineno})" if last else ""
    message = f"fout van het programma: {type(error).__name__}: {error}{where}"
    hint = (
        "dit ligt niet aan de inhoud; de laatste goede bladzijden staan er nog. Meld haar met de regels in het venster"
    )
    return Problem("halfjaarbericht", 0, 0, OURS, message, hint)


def unreadable(error: BaseException, base: Path) -> Problem | None:
    """A file that cannot be read, as a problem; `base` is the folder that paths count from. None for other faults."""
    if not isinstance(error, OSError) or not isinstance(error.filename, str | PathLike):
        return None
    file = Path(error.filename)
    shown = (file.relative_to(base) if file.is_relative_to(base) else file).as_posix()
    hint = "kijk of het bestand er nog is en of u het mag lezen; bewaar het daarna opnieuw"
    return Problem(shown, 0, 0, "E104", f"het bestand {shown} is niet te lezen", hint)


def files_of(document: Document) -> set[str]:
    """The files of the content that a document is made of, as far as its blocks know."""
    found: set[str] = set()

    def note(place: Place | None) -> None:
        if place is not None:
            found.add(place.path)

    def blocks(items: Iterable[Block]) -> None:
        for block in items:
            note(block.place)
            if isinstance(block, Quote):
                blocks(block.blocks)
            elif isinstance(block, ListBlock):
                for item in block.items:
                    blocks(item)

    def sections(items: Iterable[Section]) -> None:
        for section in items:
            note(section.place)
            blocks(section.blocks)
            sections(section.sections)

    note(document.places.get("salutation") or document.places.get("title"))
    blocks(document.blocks)
    sections(document.sections)
    return found
