"""Puts some pages of one PDF into another, in place: the rest of the file keeps pointing at them."""

from __future__ import annotations

import io
from collections.abc import Collection, Iterable, Sequence
from typing import Any, cast

import pikepdf

# What would say more of the file than is true of it now: tags, and the claim to be PDF/A and PDF/UA.
_CLAIMS = ("/StructTreeRoot", "/MarkInfo", "/Metadata")
_OF_PAGE = ("/Contents", "/Resources", "/Annots", "/MediaBox", "/TrimBox", "/BleedBox")


def splice(old: bytes, fresh: bytes, pages: Collection[int]) -> bytes:
    """`old` with the pages (from 1), the title and the outline that `fresh` has, without tags. Links to names lead to
    where `fresh` has them, as far as it does."""
    with pikepdf.open(io.BytesIO(old)) as target, pikepdf.open(io.BytesIO(fresh)) as source:
        for claim in _CLAIMS:
            if claim in target.Root:
                del target.Root[claim]
        for number in sorted(pages):
            _replace(target, number, source)
        _move_names(target, source, pages)
        _take_outline(target, source)
        target.docinfo["/Title"] = source.docinfo.get("/Title", "")
        found = io.BytesIO()
        target.save(found, deterministic_id=True)
        return found.getvalue()


def _replace(target: pikepdf.Pdf, number: int, source: pikepdf.Pdf) -> None:
    own, page = target.pages[number - 1].obj, source.pages[number - 1].obj
    for key in ("/StructParents", "/Tabs", *_OF_PAGE):
        if key in own:
            del own[key]
        if key in page and key in _OF_PAGE:
            own[key] = target.copy_foreign(source.make_indirect(page[key]))


def _move_names(target: pikepdf.Pdf, source: pikepdf.Pdf, pages: Collection[int]) -> None:
    """Let names lead to their place on the pages that are new."""
    if "/Names" not in target.Root or "/Names" not in source.Root:
        return
    there = {source.pages[number - 1].obj.objgen: target.pages[number - 1].obj for number in pages}
    names = pikepdf.NameTree(target.Root.Names.Dests)
    for name, place in pikepdf.NameTree(source.Root.Names.Dests).items():
        page = there.get(place[0].objgen)
        if page is not None:
            names[name] = pikepdf.Array([page, *list(place)[1:]])


def _take_outline(target: pikepdf.Pdf, source: pikepdf.Pdf) -> None:
    """The outline of `source`, leading to the pages of `target`."""
    numbers = {page.obj.objgen: number for number, page in enumerate(source.pages)}

    def taken(items: Iterable[pikepdf.OutlineItem]) -> list[pikepdf.OutlineItem]:
        found = []
        for item in items:
            page, _, left, top, _ = cast(Sequence[Any], item.destination)
            made = pikepdf.OutlineItem(item.title, numbers[page.objgen], "XYZ", left=left, top=top)
            made.is_closed = item.is_closed
            made.children.extend(taken(item.children))
            found.append(made)
        return found

    with source.open_outline() as theirs, target.open_outline() as ours:
        ours.root[:] = taken(theirs.root)
