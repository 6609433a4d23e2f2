"""Places in prose."""

from __future__ import annotations

from halfjaarbericht.prose.tree import At


class Where:
    """From an offset in an inline token's content to a place in the prose: the content lost its indentation."""

    def __init__(self, lines: list[str], line: int, content: str):
        self.lines = lines
        self.line = line
        self.content = content

    def at(self, offset: int, width: int) -> At:
        """The place of what stands at `offset` in the content and is `width` wide."""
        before = self.content[:offset]
        row = before.count("\n")
        within = offset - (before.rfind("\n") + 1)
        text = self.content.split("\n")[row]
        source = self.lines[self.line + row] if self.line + row < len(self.lines) else ""
        return At(self.line + row, max(source.rfind(text.rstrip()), 0) + within, width)
