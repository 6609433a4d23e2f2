"""From a resolved chart to an SVG: the only door of this room."""

from __future__ import annotations

from html import escape

from halfjaarbericht.figuren.kerngetal import draw_headlines, headlines_height
from halfjaarbericht.figuren.lijn import draw_lines
from halfjaarbericht.figuren.palet import Palette
from halfjaarbericht.figuren.staaf import draw_bars, draw_lying, draw_stacks
from halfjaarbericht.figuren.svg import Style, element, number
from halfjaarbericht.figuren.veelvoud import draw_multiples
from halfjaarbericht.grafiek import Chart, Drawing, Headlines

POINTS_PER_MM = 72 / 25.4


def draw(drawing: Drawing, width: float, palette: Palette, prefix: str, title: str = "", alt: str = "") -> str:
    """The SVG of a chart, `width` points wide, with all text as text.

    Ids in it begin with `prefix`. With `alt` it is for inside a page: an image with a name (`title`) and a
    description; without, it is a file of its own, described by what shows it.
    """
    if isinstance(drawing, Headlines):
        height = headlines_height(drawing, width)
        content = draw_headlines(drawing, width, height, palette)
    else:
        height = drawing.height * POINTS_PER_MM
        content = _chart(drawing, width, height, palette, prefix)
    attributes: Style = {
        "xmlns": "http://www.w3.org/2000/svg",
        "viewBox": f"0 0 {number(width)} {number(height)}",
        "font-family": palette.font,
    }
    if not alt:
        return element("svg", attributes | {"width": f"{number(width)}pt", "height": f"{number(height)}pt"}, content)
    names = f"{prefix}_naam {prefix}_tekst"
    described = element("title", {"id": f"{prefix}_naam"}, escape(title, quote=False))
    described += element("desc", {"id": f"{prefix}_tekst"}, escape(alt, quote=False))
    return element("svg", attributes | {"role": "img", "aria-labelledby": names}, described + content)


def _chart(chart: Chart, width: float, height: float, palette: Palette, prefix: str) -> str:
    if chart.form == "lijn":
        return draw_lines(chart, width, height, palette)
    if chart.form == "gestapeld":
        return draw_stacks(chart, width, height, palette)
    if chart.form == "liggend":
        return draw_lying(chart, width, height, palette)
    if chart.form.startswith("veelvoud"):
        return draw_multiples(chart, width, height, palette)
    return draw_bars(chart, width, height, palette, prefix)
