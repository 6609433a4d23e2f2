"""The tag tree as objects of the PDF (ISO 32000-1, 14.7): elements, ParentTree and IDTree."""

from __future__ import annotations

from typing import Any

import pydyf

from halfjaarbericht.pdf.tagging.plan import Plan
from halfjaarbericht.pdf.tagging.roles import MAY_BE_EMPTY
from halfjaarbericht.pdf.tagging.structure import Clickable, Element, Mark, Value, Words


class Written(pydyf.Object):  # type: ignore[misc]
    """An object whose bytes are known. The engine's own dictionaries would be put into bytes twice."""

    data = b""


def write_tags(pdf: Any, plan: Plan, pages: list[Any]) -> None:
    """Add the tag tree of a plan to a PDF whose pages have been drawn. `pages` are its page dictionaries."""
    _prune(plan.top)
    _Writer(pdf, plan, pages).write()


def _prune(element: Element) -> None:
    """Take away what was planned and not drawn, and elements that then have nothing in them."""
    kept: list[Element | Mark | Clickable] = []
    for kid in element.kids:
        if isinstance(kid, Element):
            _prune(kid)
            if kid.kids or kid.role in MAY_BE_EMPTY:
                kept.append(kid)
        elif kid.stream is not None if isinstance(kid, Mark) else kid.box.link_annotation is not None:
            kept.append(kid)
    element.kids = kept
    if element.role == "Link" and not any(isinstance(kid, Clickable) for kid in kept):
        element.role = "Span"  # its address leads nowhere, which the engine has told


class _Writer:
    def __init__(self, pdf: Any, plan: Plan, pages: list[Any]):
        self.pdf = pdf
        self.plan = plan
        self.pages = pages
        self.root = self._object()
        self.objects = {element: self._object() for element in plan.top.elements()}
        self.contents = [int(page["Contents"].split()[0]) for page in pages]
        # The element of each mark, by content stream and number.
        self.marks: dict[int, dict[int, bytes]] = {stream: {} for stream in self.contents}
        self.groups: dict[int, Any] = {}
        self.annotations: list[bytes] = []

    def _object(self) -> Written:
        made = Written()
        self.pdf.add_object(made)
        return made

    def write(self) -> None:
        for element, made in self.objects.items():
            made.data = self._element(element)
        self._describe_root()
        self.pdf.catalog["StructTreeRoot"] = self.root.reference
        self.pdf.catalog["MarkInfo"] = b"<</Marked true>>"
        self.pdf.catalog["ViewerPreferences"] = b"<</DisplayDocTitle true>>"

    # --- elements -----------------------------------------------------------------------------------------------

    def _element(self, element: Element) -> bytes:
        parent = self.root if element.parent is None else self.objects[element.parent]
        page = next((kid.page for kid in element.kids if isinstance(kid, Mark)), None)
        entries = [b"/Type /StructElem /S /%s /P %s" % (element.role.encode(), parent.reference)]
        if page is not None:
            entries.append(b"/Pg " + self.pages[page].reference)
        entries += [
            b"/%s %s" % (key, pydyf.String(text).data)
            for key, text in (
                (b"ID", element.id),
                (b"T", element.title),
                (b"Lang", element.lang),
                (b"Alt", element.alt),
                (b"E", element.expansion),
            )
            if text
        ]
        if element.attributes:
            entries.append(b"/A " + _attributes(element))
        own = self.objects[element].reference
        kids = b" ".join([self._kid(kid, own, page) for kid in element.kids])
        return b"<<%s /K [%s]>>" % (b" ".join(entries), kids)

    def _kid(self, kid: Element | Mark | Clickable, parent: bytes, page: int | None) -> bytes:
        if isinstance(kid, Element):
            reference: bytes = self.objects[kid].reference
            return reference
        if isinstance(kid, Mark):
            return self._mark(kid, parent, page)
        return self._clickable(kid, parent)

    def _mark(self, mark: Mark, parent: bytes, page: int | None) -> bytes:
        """A mark as a kid of its element; a reference when it is not in the content of the element's page."""
        stream = mark.stream
        in_page = stream.number == self.contents[mark.page]
        if not in_page:  # a group with transparency, which is drawn by itself
            self.groups[stream.number] = stream
        self.marks.setdefault(stream.number, {})[mark.number] = parent
        if in_page and mark.page == page:
            return b"%d" % mark.number
        drawn = b"" if in_page else b" /Stm " + stream.reference
        return b"<</Type /MCR /Pg %s%s /MCID %d>>" % (self.pages[mark.page].reference, drawn, mark.number)

    def _clickable(self, area: Clickable, parent: bytes) -> bytes:
        annotation = area.box.link_annotation
        annotation["Contents"] = pydyf.String(self.plan.pages[area.page].links[area.box])
        annotation["StructParent"] = len(self.pages) + len(self.annotations)
        self.annotations.append(parent)
        return b"<</Type /OBJR /Obj %s /Pg %s>>" % (annotation.reference, self.pages[area.page].reference)

    # --- the root and its trees ---------------------------------------------------------------------------------

    def _describe_root(self) -> None:
        parents = self._object()
        entries = self._parent_entries()
        numbered = b" ".join([b"%d %s" % pair for pair in enumerate(entries)])
        parents.data = b"<</Nums [%s]>>" % numbered
        parts = [
            b"/Type /StructTreeRoot /K [%s]" % self.objects[self.plan.top].reference,
            b"/ParentTree %s /ParentTreeNextKey %d" % (parents.reference, len(entries)),
        ]
        named = {name: self.objects[e] for name, e in self.plan.ids.items() if e in self.objects}
        if named:
            names = self._object()
            pairs = [b"%s %s" % (pydyf.String(n).data, named[n].reference) for n in sorted(named, key=_name_order)]
            names.data = b"<</Names [%s]>>" % b" ".join(pairs)
            parts.append(b"/IDTree " + names.reference)
        self.root.data = b"<<%s>>" % b" ".join(parts)

    def _parent_entries(self) -> list[bytes]:
        """The ParentTree: for each page its marks, then each annotation, then the groups that hold marks."""
        for key, page in enumerate(self.pages):
            page["StructParents"] = key
            page["Tabs"] = "/S"
        entries = [_by_number(self.marks[stream]) for stream in self.contents] + self.annotations
        for key, (number, stream) in enumerate(sorted(self.groups.items()), start=len(entries)):
            stream.extra["StructParents"] = key
            entries.append(_by_number(self.marks[number]))
        return entries


def _name_order(name: str) -> bytes:
    """Name trees are in the order of the bytes of their strings (7.9.6)."""
    return name.encode() if name.isascii() else b"\xfe\xff" + name.encode("utf-16-be")


def _by_number(marks: dict[int, bytes]) -> bytes:
    """The entry of a page in the ParentTree: the element of each mark at the place of its number."""
    places = range(max(marks, default=-1) + 1)
    return b"[%s]" % b" ".join([marks.get(number, b"null") for number in places])


def _attributes(element: Element) -> bytes:
    owners = [
        b"<</O /%s %s>>" % (owner.encode(), b" ".join(b"/%s %s" % (k.encode(), _value(v)) for k, v in values.items()))
        for owner, values in element.attributes.items()
    ]
    return owners[0] if len(owners) == 1 else b"[%s]" % b" ".join(owners)


def _value(value: Value) -> bytes:
    if isinstance(value, Words):
        return bytes(pydyf.String(str(value)).data)
    if isinstance(value, tuple):
        return b"[%s]" % b" ".join(pydyf.String(v).data if isinstance(v, str) else b"%g" % v for v in value)
    return b"/" + value.encode() if isinstance(value, str) else b"%d" % value
