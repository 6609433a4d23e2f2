"""What a preview that compares adds to a page: marks, and for the templates what a title or fact was and is.

In a build there is nothing to compare with, and everything here leaves a page as it is.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from html import escape
from typing import Any

from markupsafe import Markup
from markupsafe import escape as escaped

from halfjaarbericht.verslag import Blocks, Edit, Inlines, Link, Number, Paragraph, Span, Text

NO_EDITS: Mapping[str, Edit] = {}
EDITS = {"ins": ("ins", "vb-nieuw"), "del": ("del", "vb-oud"), "melding": ("mark", "vb-melding")}
"""The kinds of marks: element and class. The styles are the preview's own."""


def edit_markup(kind: str, name: str, inner: Markup) -> Markup:
    """A mark with the id `name`, or without one when that is ''."""
    tag, style = EDITS[kind]
    id_ = f' id="{escape(name)}"' if name else ""
    return Markup(f'<{tag} class="{style}"{id_}>{inner}</{tag}>')


class Compared:
    """The facts, titles and captions of a document that are other than they were, by the name under which they are
    compared: ('kop', id of the section), ('gegeven', id of the section or '', name of the fact), ('bijschrift' or
    'bron', id of the table or figure), ('overzicht', kind, id of the matter), ('bijlagenlijst', id of the entry) or
    ('kerngetal', id of the figure, its place in it)."""

    def __init__(self, edits: Mapping[str, Edit], inlines: Callable[[Inlines], Markup]):
        self._edits = edits
        self._inlines = inlines

    def has(self, *name: str) -> bool:
        """Whether it is other than it was."""
        return ":".join(name) in self._edits

    def was(self, *name: str) -> Markup:
        """What stood there, with a space after it; '' when nothing did or it is as it was."""
        edit = self._edits.get(":".join(name))
        return Markup(f"{self._inlines(edit.was)} ") if edit and edit.was else Markup()

    def was_block(self, *name: str, lead: str = "") -> Markup:
        """The same as a paragraph, to stand before a heading or caption: what is named by those keeps its own words."""
        was = self.was(*name)
        return Markup(f"<p>{escape(lead)}{was.strip()}</p>\n") if was else was

    def now(self, value: Any, *name: str) -> Any:
        """A fact as the template prints it, with what is new in it marked."""
        edit = self._edits.get(":".join(name))
        if edit is None or not value:
            return value
        return self._inlines(edit.now) if edit.now else edit_markup("ins", edit.name, escaped(value))

    def change(self, value: Any, *name: str) -> Any:
        """What stood there and what does."""
        was = self.was(*name)
        return Markup(was + escaped(self.now(value, *name))) if was else self.now(value, *name)


def present_words(blocks: Blocks) -> str:
    """The words of a heading that has an old text in it, without that text: what cells should call it by. '' for a
    heading without."""
    contents = [block.content for block in blocks if isinstance(block, Paragraph)]
    if not any(isinstance(item, Span) and item.kind == "del" for content in contents for item in content):
        return ""
    return " ".join("".join(_words(content)).strip() for content in contents).strip()


def _words(content: Inlines) -> Iterator[str]:
    for item in content:
        if isinstance(item, Text | Number):
            yield item.text
        elif isinstance(item, Link) or (isinstance(item, Span) and item.kind != "del"):
            yield from _words(item.children)
