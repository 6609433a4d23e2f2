"""What is wrong with the form of a style sheet. A browser passes over what it does not understand and so may drop all
that follows; here the place where it goes wrong is told."""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path

from halfjaarbericht.problems import ContentError, Problem

# CSS Syntax Level 3, 4: comments, strings, an escaped character, an address without quotes, the start of what is not
# finished, and the brackets.
_PART = re.compile(
    r"/\*.*?\*/|(?P<comment>/\*)"
    r'|"(?:[^"\\\n]|\\.)*"|\'(?:[^\'\\\n]|\\.)*\'|(?P<string>["\'])'
    r"|\\.|url\([^\"'()\s]*\)|(?P<open>[{(\[])|(?P<close>[})\]])",
    re.DOTALL,
)
_PAIRS = {"{": "}", "(": ")", "[": "]"}


def read_style(file: Path, shown: str) -> str:
    """The text of a style sheet. Raises ContentError when it cannot be read or its form is wrong."""
    try:
        css = file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        message, hint = "het stijlblad is niet te lezen", "bewaar het als UTF-8"
        raise ContentError([Problem(shown, 0, 0, "E508", message, hint)]) from error
    problem = style_problem(css, shown)
    if problem:
        raise ContentError([problem])
    return css


@lru_cache(maxsize=32)
def style_problem(css: str, shown: str) -> Problem | None:
    """The first fault in the form of a style sheet, called `shown` in messages; None when its form is right."""
    opened: list[tuple[str, int]] = []
    for part in _PART.finditer(css):
        kind, text, at = part.lastgroup, part[0], part.start()
        if kind == "comment":
            return _problem(css, shown, at, "het commentaar is niet afgesloten", "zet */ aan het eind")
        if kind == "string":
            return _problem(css, shown, at, "de tekst tussen aanhalingstekens is op deze regel niet afgesloten")
        if kind == "open":
            opened.append((text, at))
        elif kind == "close" and (not opened or _PAIRS[opened.pop()[0]] != text):
            return _problem(css, shown, at, f"'{text}' sluit niets af dat open is")
    if opened:
        text, at = opened[-1]
        return _problem(css, shown, at, f"'{text}' is niet afgesloten", f"zet '{_PAIRS[text]}' waar dit deel eindigt")
    return None


def _problem(css: str, shown: str, at: int, message: str, hint: str = "") -> Problem:
    line = css.count("\n", 0, at) + 1
    start = css.rfind("\n", 0, at) + 1
    excerpt = css[start:].partition("\n")[0]
    return Problem(shown, line, at - start + 1, "E508", message, hint, excerpt)
