"""Where painting operators paint: the little of the imaging model that finding boxes needs (ISO 32000-1, 8.3, 9.4)."""

from __future__ import annotations

from collections.abc import Iterable

from halfjaarbericht.tagtree.fonts import Font
from halfjaarbericht.tagtree.model import Box

Matrix = tuple[float, float, float, float, float, float]
Point = tuple[float, float]
IDENTITY: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
UNIT = ((0.0, 0.0), (1.0, 0.0), (1.0, 1.0), (0.0, 1.0))
# How far letters reach above and below the baseline, in em: only to know roughly where a line of text stands.
ASCENT, DESCENT = 0.75, -0.2


def times(first: Matrix, then: Matrix) -> Matrix:
    """The matrix that does `first` and `then` the other."""
    a, b, c, d, e, f = first
    p, q, r, s, t, u = then
    return (a * p + b * r, a * q + b * s, c * p + d * r, c * q + d * s, e * p + f * r + t, e * q + f * s + u)


def place(point: Point, matrix: Matrix) -> Point:
    """A point in the space that the matrix leads to."""
    x, y = point
    a, b, c, d, e, f = matrix
    return x * a + y * c + e, x * b + y * d + f


def around(points: Iterable[Point], matrix: Matrix = IDENTITY) -> Box:
    """The box around points, after the matrix."""
    placed = [place(point, matrix) for point in points]
    xs, ys = [x for x, _ in placed], [y for _, y in placed]
    return Box(min(xs), min(ys), max(xs), max(ys))


class TextState:
    """The text state: font, size and where the next glyph goes."""

    def __init__(self) -> None:
        self.font: Font | None = None
        self.size = 0.0
        self.leading = 0.0
        self._line = IDENTITY
        self._here = IDENTITY

    def begin(self) -> None:
        """BT."""
        self._line = self._here = IDENTITY

    def set_matrix(self, matrix: Matrix) -> None:
        """Tm."""
        self._line = self._here = matrix

    def next_line(self, x: float, y: float) -> None:
        """Td."""
        self._line = self._here = times((1.0, 0.0, 0.0, 1.0, x, y), self._line)

    def kern(self, thousandths: float) -> None:
        """A number in the array of TJ."""
        self._advance(-thousandths / 1000.0 * self.size)

    def show(self, data: bytes, ctm: Matrix) -> tuple[str, Box]:
        """Show a string: its text, and the box of its line on the page."""
        if self.font is None:
            return "", around([(0.0, 0.0)], times(self._here, ctm))
        width = self.font.width(data) * self.size
        corners = [(x, y * self.size) for x in (0.0, width) for y in (DESCENT, ASCENT)]
        box = around(corners, times(self._here, ctm))
        self._advance(width)
        return self.font.text(data), box

    def _advance(self, width: float) -> None:
        self._here = times((1.0, 0.0, 0.0, 1.0, width, 0.0), self._here)
