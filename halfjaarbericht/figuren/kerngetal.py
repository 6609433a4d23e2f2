"""Headline figures: a large number with what it is below it, up to four beside each other."""

from __future__ import annotations

from halfjaarbericht.figuren.letters import text_width, wrap
from halfjaarbericht.figuren.palet import Palette
from halfjaarbericht.figuren.svg import Style, line, text
from halfjaarbericht.grafiek import Headline, Headlines

LARGE, LABEL, ROW = 20.0, 8.0, 10.0
GUTTER = 12.0


def headlines_height(headlines: Headlines, width: float) -> float:
    """The height that headline figures take in `width`."""
    room = _room(headlines, width)
    return max(_rows_end(item, room) for item in headlines.items) + 3


def draw_headlines(headlines: Headlines, width: float, height: float, palette: Palette) -> str:
    """The content of headline figures."""
    room = _room(headlines, width)
    parts = []
    for i, item in enumerate(headlines.items):
        x = i * (room + GUTTER)
        if i:
            edge = x - GUTTER / 2
            parts.append(line(edge, 2, edge, height - 2, stroke=palette.grid, stroke_width=0.75))
        parts.append(_headline(item, x, room, palette))
    return "".join(parts)


def _room(headlines: Headlines, width: float) -> float:
    count = len(headlines.items)
    return (width - GUTTER * (count - 1)) / count


def _size(item: Headline, room: float) -> float:
    """The size of the number: large, or as large as fits."""
    return min(LARGE, LARGE * (room - _indent(item)) / max(text_width(item.figure, LARGE, bold=True), 1))


def _indent(item: Headline) -> float:
    """The room of the word before the number."""
    return text_width(item.word, LABEL) + 4 if item.word else 0.0


def _unit_beside(item: Headline, room: float) -> bool:
    figure = _indent(item) + text_width(item.figure, _size(item, room), bold=True)
    return figure + 4 + text_width(item.unit, LABEL) <= room


def _label_rows(item: Headline, room: float) -> list[str]:
    below = "" if _unit_beside(item, room) else f"{item.unit} "
    return wrap(f"{below}{item.label}", LABEL, room, lines=4)


def _comparison_rows(item: Headline, room: float) -> list[str]:
    return wrap(item.comparison, LABEL, room, lines=3) if item.comparison else []


def _rows_end(item: Headline, room: float) -> float:
    return LARGE + 2 + ROW * (len(_label_rows(item, room)) + len(_comparison_rows(item, room)))


def _headline(item: Headline, x: float, room: float, palette: Palette) -> str:
    size = _size(item, room)
    figure: Style = {"font-size": size, "font-weight": "bold", "fill": palette.colour(0)}
    start = x + _indent(item)
    parts = [text(x, LARGE * 0.85, item.word, font_size=LABEL, fill=palette.colour(0))] if item.word else []
    parts.append(text(start, LARGE * 0.85, item.figure, **figure))
    if item.unit and _unit_beside(item, room):
        beside = start + text_width(item.figure, size, bold=True) + 4
        parts.append(text(beside, LARGE * 0.85, item.unit, font_size=LABEL, fill=palette.colour(0)))
    y = LARGE + 2.0
    for row in _label_rows(item, room):
        y += ROW
        parts.append(text(x, y - 1, row, font_size=LABEL, fill=palette.ink))
    for row in _comparison_rows(item, room):
        y += ROW
        parts.append(text(x, y - 1, row, font_size=LABEL, fill=palette.soft))
    return "".join(parts)
