"""Drawing pages with their tags: the engine's stream, with marks as the plan says.

The engine draws without tags of its own (its `_tags` stays None), so that nothing here replaces a function of it: a
page that is drawn gets its stream, and makes it one of ours first.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager, nullcontext
from typing import Any

import pydyf
from weasyprint.document import Page
from weasyprint.pdf.stream import Stream

from halfjaarbericht.pdf.tagging import boxes
from halfjaarbericht.pdf.tagging.artifacts import LAYOUT, WATERMARK
from halfjaarbericht.pdf.tagging.plan import PagePlan
from halfjaarbericht.pdf.tagging.structure import Mark


class TaggedStream(Stream):  # type: ignore[misc]
    """A content stream that opens and closes marked content (ISO 32000-1, 14.6). Made by `adopt`, never directly."""

    plan: PagePlan
    first: list[bytes]

    @classmethod
    def adopt(cls, stream: Stream, plan: PagePlan, first: Iterable[bytes] = ()) -> TaggedStream:
        """Make a fresh stream one of ours. `first` open the first artifacts in it, when those are of a kind apart."""
        stream.__class__ = cls
        stream.plan = plan
        stream.first = list(first)
        adopted: TaggedStream = stream
        return adopted

    def clone(self, **kwargs: Any) -> TaggedStream:
        """A stream for a group or pattern on the same page."""
        made = super().clone(**kwargs)
        return TaggedStream.adopt(made, self.plan)

    @contextmanager
    def marked(self, box: Any, tag: str) -> Iterator[None]:
        """Around the drawing of a text or picture."""
        planned = self.plan.marks.get(box)
        if planned is None:  # white space: nothing is drawn
            yield
        elif isinstance(planned, bytes):
            self.stream.append(planned)
            yield
            self.stream.append(b"EMC")
        else:
            role, mark = planned
            mark.stream = self
            self.stream.append(opening(role, mark))
            with boxes.ending_with_space(box) if mark.spaced and mark.reading is None else nullcontext():
                yield
            self.stream.append(b"EMC")

    @contextmanager
    def artifact(self) -> Iterator[None]:
        """Around the drawing of what belongs to the layout: backgrounds, borders, rules."""
        self.stream.append(self.first.pop(0) if self.first else LAYOUT)
        yield
        self.stream.append(b"EMC")


def opening(role: str, mark: Mark) -> bytes:
    """The operator that opens a mark, with the text to read when that is not what is drawn.

    Such a text is on a Span, as in the standard (ISO 32000-1, 14.9.4): some programs look for it nowhere else.
    """
    if mark.reading is None:
        return b"/%s <</MCID %d>> BDC" % (role.encode(), mark.number)
    read = pydyf.String(f"{mark.reading} " if mark.spaced else mark.reading)
    return b"/Span <</MCID %d /ActualText %s>> BDC" % (mark.number, read.data)


class TaggedPage(Page):  # type: ignore[misc]
    """A laid-out page that draws itself with tags, and has only the links of the plan."""

    def __init__(self, page: Page, plan: PagePlan):
        self.__dict__.update(page.__dict__)
        self.links = [link for link in page.links if link[3] in plan.links]
        self._plan = plan

    def paint(self, stream: Stream, scale: float = 1) -> None:
        """Draw the page; called by the engine."""
        # What stands behind the text of all pages, a watermark, is drawn before everything else.
        has_colour, pictures = boxes.page_background(self._page_box)
        first = [LAYOUT] * has_colour + [WATERMARK] * pictures
        super().paint(TaggedStream.adopt(stream, self._plan, first), scale)
