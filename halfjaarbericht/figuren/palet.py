"""Colours, dashes, markers and patterns of charts. Colours come from tokens.css; none carries meaning alone."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from halfjaarbericht.figuren.svg import Style, element, number

SERIES = 6
_TOKEN = re.compile(r"--grafiek-([a-z0-9]+)\s*:\s*(#[0-9a-fA-F]{6})\b")
_DASHES = ("", "6 2", "2 2", "8 2 2 2", "4 3", "1 2")


@dataclass(frozen=True, slots=True)
class Palette:
    """The colours of `series` in order; of text, of what supports it, of axes and of grid lines; and the typeface."""

    series: tuple[str, ...]
    ink: str
    soft: str
    axis: str
    grid: str
    font: str

    def colour(self, index: int) -> str:
        """The colour of series `index`, counted from 0."""
        return self.series[index % len(self.series)]


def read_palette(sheets: Iterable[str], font: str) -> Palette:
    """The palette in style sheets; a later sheet goes before an earlier one. `font` is the typeface of the labels.
    Raises KeyError with the name of a colour that no sheet has."""
    found = {name: colour.lower() for sheet in sheets for name, colour in _TOKEN.findall(sheet)}
    series = tuple(found[str(i)] for i in range(1, SERIES + 1))
    return Palette(series, found["inkt"], found["zacht"], found["as"], found["raster"], font)


def dash(index: int) -> dict[str, str]:
    """The dashes of line `index`, as attributes."""
    pattern = _DASHES[index % SERIES]
    return {"stroke-dasharray": pattern} if pattern else {}


def marker(index: int, x: float, y: float, colour: str, size: float = 2.2) -> str:
    """The mark of a point of line `index`: a disc, square, triangle, diamond, ring or open square."""
    paint = {"fill": "#ffffff" if index % SERIES > 3 else colour, "stroke": colour}
    if index % SERIES in (0, 4):
        return element("circle", {"cx": x, "cy": y, "r": size, **paint})
    shapes = {
        1: ((-1, -1), (1, -1), (1, 1), (-1, 1)),
        2: ((0, -1.2), (1.2, 1), (-1.2, 1)),
        3: ((0, -1.4), (1.4, 0), (0, 1.4), (-1.4, 0)),
        5: ((-1, -1), (1, -1), (1, 1), (-1, 1)),
    }
    corners = "L".join(f"{number(x + dx * size)} {number(y + dy * size)}" for dx, dy in shapes[index % SERIES])
    return element("path", {"d": f"M{corners}Z", **paint})


def patterns(prefix: str, palette: Palette, count: int) -> str:
    """Definitions of the fills of `count` series, to be used through `fill`. Ids begin with `prefix`, so that
    charts in one page do not use each other's."""
    return element("defs", {}, "".join(_pattern(prefix, palette, i) for i in range(1, count))) if count > 1 else ""


def fill(prefix: str, palette: Palette, index: int) -> str:
    """The fill of the bars of series `index`: plain for the first, with a pattern for the others."""
    return f"url(#{prefix}_p{index})" if index else palette.colour(0)


def _pattern(prefix: str, palette: Palette, index: int) -> str:
    strokes = {
        1: "M-1 6L6 -1M-1 1L1 -1M4 6L6 4",
        2: "M0 1.25H5M0 3.75H5",
        3: "M-1 -1L6 6M-1 4L1 6M4 -1L6 1",
        4: "M1.25 0V5M3.75 0V5",
        5: "M-1 6L6 -1M-1 1L1 -1M4 6L6 4M-1 -1L6 6M-1 4L1 6M4 -1L6 1",
    }
    ground = element("rect", {"width": 5, "height": 5, "fill": palette.colour(index)})
    hatch = element("path", {"d": strokes[index % SERIES or 1], "stroke": "#ffffff", "stroke-width": 0.7})
    size: Style = {"width": 5, "height": 5, "patternUnits": "userSpaceOnUse"}
    return element("pattern", {"id": f"{prefix}_p{index}", **size}, ground + hatch)


# --- contrast ---------------------------------------------------------------------------------------------------


def luminance(colour: str) -> float:
    """The relative luminance of #rrggbb (WCAG 2.2)."""
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    """The contrast between two colours, 1 to 21 (WCAG 2.2)."""
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def text_on(ground: str) -> str:
    """Black or white: what reads best on a ground."""
    return "#ffffff" if contrast(ground, "#ffffff") >= contrast(ground, "#000000") else "#000000"
