"""The style sheets of a project as pages need them: inlined on screen, and as the colours of charts."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from markupsafe import Markup

from halfjaarbericht.figuren.palet import Palette, read_palette
from halfjaarbericht.paginahulp import compact_css
from halfjaarbericht.problems import ContentError, Problem
from halfjaarbericht.stijlfouten import read_style

_ON_SCREEN = ("tokens.css", "tekst.css", "scherm.css")
# On screen a chart is part of the page and takes its typeface; in print it is an image of its own.
_CHART_FONT = {"druk": "Brief, sans-serif", "scherm": "inherit"}


class StyleSheets:
    """Style sheets from `folders`: the first that has a file wins. Each is read once. Problems are raised as
    ContentError."""

    def __init__(self, folders: Sequence[Path]):
        self._folders = tuple(folders)
        self._palettes: dict[str, Palette] = {}
        self._screen: Markup | None = None

    def on_screen(self) -> Markup:
        """The styles of a web page, for inside it."""
        if self._screen is None:
            self._screen = Markup("\n".join(compact_css(self._text(name)) for name in _ON_SCREEN))
        return self._screen

    def palette(self, medium: str) -> Palette:
        """The colours of charts; those that a project's own tokens.css lacks are the package's."""
        if medium not in self._palettes:
            files = [folder / "tokens.css" for folder in reversed(self._folders)]
            sheets = [read_style(file, f"{file.parent.name}/{file.name}") for file in files if file.is_file()]
            self._palettes[medium] = read_palette(sheets, _CHART_FONT[medium])
        return self._palettes[medium]

    def _text(self, name: str) -> str:
        for folder in self._folders:
            if (folder / name).is_file():
                return read_style(folder / name, f"{folder.name}/{name}")
        shown = f"{self._folders[0].name}/{name}" if self._folders else name
        raise ContentError([Problem(shown, 0, 0, "E506", f"het stijlblad '{name}' ontbreekt")])
