"""The way in: laid-out pages to one file that is both PDF/A-2a (3a with attachments) and PDF/UA-1."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

from halfjaarbericht.pdf.archive import OPTIONS, finish, srgb
from halfjaarbericht.pdf.jobs import Attachment
from halfjaarbericht.pdf.tagging.notes import link_notes
from halfjaarbericht.pdf.tagging.plan import Plan, make_plan
from halfjaarbericht.pdf.tagging.stream import TaggedPage
from halfjaarbericht.pdf.tagging.writer import write_tags
from halfjaarbericht.problems import Problem

__all__ = ["link_notes", "write_tagged"]


def write_tagged(
    document: Any, label: str, attachments: Sequence[Attachment] = (), titles: Mapping[int, str] | None = None
) -> tuple[bytes, tuple[Problem, ...]]:
    """The PDF of a laid-out document whose notes have been linked, and what is wrong with it.

    `titles` are those of the documents in a bundle, by the number (from 0) of their first page. The same pages give
    the same bytes. `label` names the document in problems.
    """
    plan = make_plan(document.pages, titles)

    def complete(drawn: Any, pdf: Any) -> None:
        pages = [pdf.objects[int(reference.split()[0])] for reference in pdf.page_references]
        write_tags(pdf, plan, pages)
        finish(pdf, drawn.metadata, attachments)

    with _tagged_pages(document, plan):
        pdf = document.write_pdf(finisher=complete, **OPTIONS)
    assert isinstance(pdf, bytes)
    return pdf, tuple(_silent(element, label) for element in plan.silent)


@contextmanager
def _tagged_pages(document: Any, plan: Plan) -> Iterator[None]:
    """Lend the document pages that draw themselves with tags, and the colour profile."""
    plain, profiles = document.pages, document.color_profiles
    document.pages = [TaggedPage(page, drawn) for page, drawn in zip(plain, plan.pages, strict=True)]
    document.color_profiles = srgb()
    try:
        yield
    finally:
        document.pages, document.color_profiles = plain, profiles


def _silent(element: Any, label: str) -> Problem:
    name = element.get("id") or element.get("src") or "zonder naam"
    shown = name if len(name) <= 60 else f"{name[:57]}..."
    message = f"de afbeelding '{shown}' heeft geen tekst voor wie haar niet ziet"
    return Problem(label, 0, 0, "E613", message, hint='geef haar een alt, of alt="" als zij niets vertelt')
