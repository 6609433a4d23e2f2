"""Links that open a file in the editor of the writer, at a line."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

KNOWN = {
    "vscode": "vscode://file/{pad}:{regel}:{kolom}",
    "vscodium": "vscodium://file/{pad}:{regel}:{kolom}",
    "cursor": "cursor://file/{pad}:{regel}:{kolom}",
    "zed": "zed://file/{pad}:{regel}:{kolom}",
    "idea": "idea://open?file={pad}&line={regel}&column={kolom}",
    "sublime": "subl://open?url=file://{pad}&line={regel}&column={kolom}",
}
# Not the slashes of '//', where the name of a machine would begin.
_OWN_SLASH = re.compile(r"(?<![:/])/\{pad\}")
# RFC 3986, 3.1.
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*")
_UNSAFE = ("javascript", "data", "vbscript", "file", "blob")


@dataclass(frozen=True, slots=True)
class Editor:
    """How links to an editor are made: `template` with {pad}, {regel} and {kolom}, in which {pad} stands for a whole
    path; `base` is the folder from which the paths of problems and places count."""

    template: str
    base: Path

    def link(self, path: str, line: int = 1, column: int = 1) -> str:
        """The link to a place in a file; line and column from 1."""
        full = quote((self.base / path).as_posix(), safe="/:")
        filled = self.template.replace("{pad}", full).replace("{regel}", str(max(line, 1)))
        return filled.replace("{kolom}", str(max(column, 1)))


def make_editor(name: str, base: Path) -> Editor:
    """The editor that an option names. Raises ValueError with a Dutch sentence."""
    template = template_of(name)
    # A path brings its own first slash, except on systems where it begins with a drive.
    return Editor(_OWN_SLASH.sub("{pad}", template) if base.as_posix().startswith("/") else template, base)


def template_of(name: str) -> str:
    """The template that an option names: a known editor, or a template of its own. Raises ValueError."""
    template = KNOWN.get(name, name)
    scheme = template.partition(":")[0]
    if "{pad}" not in template or not _SCHEME.fullmatch(scheme) or scheme.lower() in _UNSAFE or scheme == template:
        names = ", ".join(KNOWN)
        raise ValueError(f"'{name}' is geen bekende editor ({names}) en geen adres met {{pad}}, {{regel}} en {{kolom}}")
    return template
