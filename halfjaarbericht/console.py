"""How problems and progress look on paper: text for people, JSON for editors and CI."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence

from halfjaarbericht.language.nederlands import join_list
from halfjaarbericht.problems import Problem

EXCERPT_WIDTH = 100
_UNPRINTABLE = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029]")


def problem_text(problem: Problem) -> str:
    """A problem as lines: place, code, message and hint; then the line it is in, with a mark under the place."""
    where = f"{problem.path}:{problem.line}:{problem.column}" if problem.line else problem.path
    if problem.cell:
        where = f"{problem.path}, {problem.cell}"
    hint = f"; {problem.hint}" if problem.hint else ""
    label = "" if problem.severity == "fout" else f" ({problem.severity})"
    lines = [f"{where}  {problem.code}{label}  {problem.message}{hint}"]
    if problem.line and problem.excerpt.strip():
        lines += excerpt_lines(problem)
    return "\n".join(_UNPRINTABLE.sub(" ", line) for line in lines)


def excerpt_lines(problem: Problem) -> list[str]:
    """The line that a problem is in, as far as it fits, with a mark under the place."""
    text = problem.excerpt.rstrip()
    start = max(problem.column - 1 - EXCERPT_WIDTH // 2, 0) if len(text) > EXCERPT_WIDTH else 0
    shown = text[start : start + EXCERPT_WIDTH]
    if start:
        shown = "…" + shown[1:]
    if start + EXCERPT_WIDTH < len(text):
        shown = shown[:-1] + "…"
    offset = max(problem.column - 1 - start, 0)
    width = max(min(problem.width, len(shown) - offset), 1)
    number = f"{problem.line:>5} | "
    return [number + shown, " " * (len(number) + offset) + "^" * width]


def summary(problems: Sequence[Problem], *, building: bool, halfway: bool = False) -> str:
    """The last line: how many of what, and what that means. `halfway`: files were already being put in place."""
    errors = sum(1 for p in problems if p.severity == "fout")
    warnings = sum(1 for p in problems if p.severity == "waarschuwing")
    accepted = len(problems) - errors - warnings
    parts = [_count(errors, "fout", "fouten")] if errors else []
    parts += [_count(warnings, "waarschuwing", "waarschuwingen")] if warnings else []
    parts += [_count(accepted, "aanvaarde afwijking", "aanvaarde afwijkingen")] if accepted else []
    text = join_list(parts) + "." if parts else "Geen fouten of waarschuwingen."
    if halfway:
        text += " Het schrijven is niet afgemaakt: herhaal de build als dit is opgelost."
    elif building and errors:
        text += " Er is niets geschreven; de vorige uitvoer staat er nog."
    return text


def _count(number: int, one: str, more: str) -> str:
    return f"{number} {one if number == 1 else more}"


def problems_json(problems: Iterable[Problem]) -> str:
    """Problems for a machine: a list of objects with Dutch keys, in the order of the files."""
    rows = [
        {
            "bestand": p.path,
            "regel": p.line,
            "kolom": p.column,
            "cel": p.cell,
            "breedte": p.width,
            "code": p.code,
            "ernst": p.severity,
            "melding": p.message,
            "hint": p.hint,
        }
        for p in sorted(problems)
    ]
    return json.dumps(rows, ensure_ascii=False, indent=2)
