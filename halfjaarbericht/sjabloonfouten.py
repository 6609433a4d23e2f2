"""What is wrong with a template, told in Dutch and with its place."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType

from halfjaarbericht.problems import Problem, did_you_mean

# What the template engine says about a template that it cannot read, and how we say it.
_SYNTAX = (
    (r"Encountered unknown tag '(.+?)'", r"onbekende opdracht '{0}'"),
    (r"Unexpected end of template", "het sjabloon houdt te vroeg op: er mist een end-opdracht"),
    (r"unexpected end of template", "het sjabloon houdt te vroeg op"),
    (r"expected token '(.+?)', got '(.+?)'", "hier moet '{0}' staan, niet '{1}'"),
    (r"unexpected char '(.+?)'", "het teken '{0}' kan hier niet staan"),
    (r"unexpected '(.+?)'", "'{0}' kan hier niet staan"),
    (r"No filter named '(.+?)'", "onbekend filter '{0}'"),
    (r"No test named '(.+?)'", "onbekende toets '{0}'"),
    (r"block '(.+?)' defined twice", "het blok '{0}' staat er tweemaal in"),
    (r"Missing end of comment tag", "een opmerking is niet afgesloten met #}"),
)


def dutch_syntax_message(english: str) -> str:
    """The engine's complaint about the form of a template, in Dutch; unknown complaints are quoted."""
    for pattern, dutch in _SYNTAX:
        found = re.search(pattern, english)
        if found:
            # Not str.format: the Dutch text may hold braces of the template language.
            for number, group in enumerate(found.groups()):
                dutch = dutch.replace(f"{{{number}}}", group)
            return dutch
    return f"het sjabloon is niet goed gevormd ({english.rstrip('.')})"


def unknown_name_message(name: str, owner: object | None) -> str:
    """Why a name in a template means nothing. `owner` is the object it was looked up on, None for a plain name."""
    if owner is None:
        return f"onbekende naam '{name}' in het sjabloon"
    return f"onbekende naam '{name}' bij {_kind(owner)} in het sjabloon"


def unknown_name_hint(name: str, owner: object | None) -> str:
    """The nearest name that does exist on `owner`."""
    if owner is None or isinstance(owner, dict):
        return did_you_mean(name, [str(key) for key in owner] if owner else [])
    return did_you_mean(name, [known for known in dir(owner) if not known.startswith("_")])


def _kind(owner: object) -> str:
    return type(owner).__name__


class TemplatePlace:
    """Where templates are: turns a file of the engine into a path that a person knows."""

    def __init__(self, folders: Sequence[Path]):
        self._folders = tuple(folder.resolve() for folder in folders)

    def shown(self, file: str | None, name: str | None = None) -> str:
        """'templates/brief.html' for a template file, whichever folder it came from."""
        for folder in self._folders:
            if file and Path(file).is_absolute() and Path(file).resolve().is_relative_to(folder):
                return f"{folder.name}/{Path(file).resolve().relative_to(folder).as_posix()}"
        return f"{self._folders[0].name}/{name or '?'}"

    def last_line(self, trace: TracebackType | None) -> tuple[str, int, bool]:
        """(file, line, innermost) of the deepest template line in a traceback; innermost: nothing ran below it."""
        found = ("", 0, False)
        while trace is not None:
            file = trace.tb_frame.f_code.co_filename
            if self._is_template(file):
                found = (file, trace.tb_lineno, trace.tb_next is None)
            trace = trace.tb_next
        return found

    def _is_template(self, file: str) -> bool:
        path = Path(file)
        return path.suffix == ".html" and any(path.resolve().is_relative_to(folder) for folder in self._folders)

    def problem(self, code: str, file: str | None, line: int, message: str, hint: str = "") -> Problem:
        """A problem with the excerpt of its line."""
        return Problem(self.shown(file), line, 0, code, message, hint=hint, excerpt=_excerpt(file, line))


def _excerpt(file: str | None, line: int) -> str:
    try:
        lines = Path(file or "").read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError):
        return ""
    return lines[line - 1] if 0 < line <= len(lines) else ""
