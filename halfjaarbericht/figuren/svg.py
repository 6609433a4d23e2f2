"""SVG as text: elements with escaped attributes and rounded coordinates. Lengths are points (1/72 inch)."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

Value = str | float | int
Style = dict[str, Value]


def number(value: float) -> str:
    """A coordinate with at most two decimals; the same text on every machine."""
    text = f"{value:.2f}".rstrip("0").rstrip(".")
    return "0" if text in ("-0", "") else text


def element(name: str, attributes: Style, content: str = "") -> str:
    """An element; names with _ become names with -. `content` is markup."""
    shown = "".join([f' {key.replace("_", "-")}="{_shown(value)}"' for key, value in attributes.items()])
    return f"<{name}{shown}>{content}</{name}>" if content else f"<{name}{shown}/>"


def text(x: float, y: float, words: str, **attributes: Value) -> str:
    """A line of text with its baseline at y."""
    return element("text", {"x": x, "y": y, **attributes}, escape(words, quote=False))


def line(x1: float, y1: float, x2: float, y2: float, **attributes: Value) -> str:
    """A straight line."""
    return element("path", {"d": f"M{number(x1)} {number(y1)}L{number(x2)} {number(y2)}", **attributes})


def polyline(points: Iterable[tuple[float, float]], **attributes: Value) -> str:
    """A broken line without a fill."""
    path = "M" + "L".join(f"{number(x)} {number(y)}" for x, y in points)
    return element("path", {"d": path, "fill": "none", **attributes})


def rectangle(x: float, y: float, width: float, height: float, **attributes: Value) -> str:
    """A rectangle."""
    return element("rect", {"x": x, "y": y, "width": width, "height": height, **attributes})


def _shown(value: Value) -> str:
    return escape(value) if isinstance(value, str) else number(value)
