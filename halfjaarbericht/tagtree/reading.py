"""A PDF file → Tree. The way in of this folder."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pikepdf

from halfjaarbericht.tagtree.contents import Contents
from halfjaarbericht.tagtree.fonts import Font
from halfjaarbericht.tagtree.links import Objgen, Targets, annotations_of
from halfjaarbericht.tagtree.model import Annotation, Element, Kid, Missing, Page, Tree
from halfjaarbericht.tagtree.objects import box_of, list_of, name_of, number_of, plain, text_of, tree_pairs

DEEPEST = 150
_CLAIM = re.compile(rb"<(pdfaid:part|pdfaid:conformance|pdfuaid:part)>\s*([^<\s]*)\s*<")
_CLAIM_ATTRIBUTE = re.compile(rb"\s(pdfaid:part|pdfaid:conformance|pdfuaid:part)\s*=\s*[\"']([^\"']*)[\"']")
# What the library remarks about a broken file on its way is not for the console: Unreadable says what matters.
logging.getLogger("pikepdf").addHandler(logging.NullHandler())


class Unreadable(Exception):
    """The file is no PDF that can be read; the message is a Dutch half sentence."""


def read_tree(source: Path) -> Tree:
    """The tag tree of a file. Raises Unreadable, never anything of pikepdf's, when the file is broken."""
    try:
        with pikepdf.open(source) as pdf:
            return _TreeReader(pdf).tree()
    except pikepdf.PasswordError as error:
        raise Unreadable("het bestand is met een wachtwoord beveiligd") from error
    except OSError as error:
        raise Unreadable(f"het bestand kan niet worden gelezen: {error.strerror or error}") from error
    except RecursionError as error:
        raise Unreadable("de tags liggen te diep in elkaar") from error
    except (pikepdf.PdfError, ValueError, TypeError, KeyError, AttributeError, IndexError, AssertionError) as error:
        # pikepdf answers a question about a broken object with any of these.
        raise Unreadable(f"het is geen gave PDF ({first_line(error)})") from error


def first_line(error: Exception) -> str:
    """What an exception of the PDF library says, without the name of the file: who reads it knows that."""
    text = str(error).strip().splitlines()
    return re.sub(r"^.*?\.pdf[:\s]*", "", text[0], flags=re.I) if text else type(error).__name__


class _TreeReader:
    """Reads one open file."""

    def __init__(self, pdf: pikepdf.Pdf):
        self._pdf = pdf
        self._numbers: dict[Objgen, int] = {page.obj.objgen: n for n, page in enumerate(pdf.pages, start=1)}
        root = pdf.Root.get("/StructTreeRoot")
        self._root = root if isinstance(root, pikepdf.Dictionary) else pikepdf.Dictionary()
        role_map = self._root.get("/RoleMap", pikepdf.Dictionary())
        self._roles = {str(own): name_of(role) for own, role in role_map.items()}
        self._seen: set[Objgen] = set()
        self._missing: list[Missing] = []
        targets = Targets(pdf, self._numbers)
        fonts: dict[Objgen, Font] = {}
        self._pages = tuple(_page(page, n, fonts, targets) for n, page in enumerate(pdf.pages, start=1))
        self._annotations = {a.number: a for page in self._pages for a in page.annotations}

    def tree(self) -> Tree:
        root = self._pdf.Root
        preferences = root.get("/ViewerPreferences", pikepdf.Dictionary())
        marked = root.get("/MarkInfo", pikepdf.Dictionary()).get("/Marked")
        roots = tuple(kid for kid in self._kids(self._root.get("/K"), 0, 0, 0) if isinstance(kid, Element))
        return Tree(
            title=_title(self._pdf),
            lang=text_of(root.get("/Lang")) or "",
            tagged=bool(marked) and bool(roots),
            shows_title=bool(preferences.get("/DisplayDocTitle")),
            roots=roots,
            pages=self._pages,
            ids={str(key): value.objgen[0] for key, value in tree_pairs(self._root.get("/IDTree"), "/Names")},
            owners=dict(self._owners()),
            missing=tuple(self._missing),
            claims=_claims(root),
        )

    def _owners(self) -> Iterator[tuple[int, tuple[int, ...]]]:
        for key, value in tree_pairs(self._root.get("/ParentTree"), "/Nums"):
            yield int(key), tuple(v.objgen[0] if isinstance(v, pikepdf.Dictionary) else 0 for v in list_of(value))

    def _kids(self, value: Any, page: int, owner: int, depth: int) -> Iterator[Kid]:
        for item in list_of(value):
            mcid = number_of(item)
            if mcid is not None:
                yield from self._mark(page, mcid, owner)
            elif not isinstance(item, pikepdf.Dictionary):
                continue
            elif name_of(item.get("/Type")) == "MCR":
                number = number_of(item.get("/MCID"))
                yield from self._mark(self._page_of(item, page), -1 if number is None else number, owner)
            elif name_of(item.get("/Type")) == "OBJR":
                yield from self._object(item.get("/Obj"))
            elif "/S" in item and item.objgen not in self._seen:
                self._seen.add(item.objgen)
                yield self._element(item, page, depth + 1)

    def _mark(self, page: int, mcid: int, owner: int) -> Iterator[Kid]:
        found = self._pages[page - 1].marks.get(mcid) if page else None
        if found is None:
            self._missing.append(Missing(owner, page, mcid))
        else:
            yield found

    def _object(self, target: Any) -> Iterator[Annotation]:
        found = self._annotations.get(target.objgen[0]) if isinstance(target, pikepdf.Dictionary) else None
        if found is not None:
            yield found

    def _page_of(self, item: Any, default: int) -> int:
        page = item.get("/Pg")
        return self._numbers.get(page.objgen, 0) if isinstance(page, pikepdf.Dictionary) else default

    def _element(self, item: Any, page: int, depth: int) -> Element:
        if depth > DEEPEST:
            raise RecursionError
        own = name_of(item.get("/S"))
        page = self._page_of(item, page)
        return Element(
            number=item.objgen[0],
            role=self._standard(own),
            own_role=own,
            page=page,
            kids=tuple(self._kids(item.get("/K"), page, item.objgen[0], depth)),
            id=text_of(item.get("/ID")),
            title=text_of(item.get("/T")),
            lang=text_of(item.get("/Lang")),
            alt=text_of(item.get("/Alt")),
            actual=text_of(item.get("/ActualText")),
            expansion=text_of(item.get("/E")),
            attributes=_attributes(item.get("/A")),
        )

    def _standard(self, role: str) -> str:
        """The role after the role map, which may lead on a few times (14.7.3)."""
        for _ in range(len(self._roles)):
            if f"/{role}" not in self._roles:
                break
            role = self._roles[f"/{role}"]
        return role


def _page(page: Any, number: int, fonts: dict[Objgen, Font], targets: Targets) -> Page:
    contents = Contents(page, number, fonts)
    return Page(
        number=number,
        box=box_of(page.mediabox),
        struct_parents=number_of(page.obj.get("/StructParents")),
        marks=contents.marks,
        loose=tuple(contents.loose),
        annotations=tuple(annotations_of(page, number, targets)),
        doubled=tuple(contents.doubled),
        nested=tuple(contents.nested),
    )


def _attributes(value: Any) -> dict[str, object]:
    """The attributes of an element, of all owners together; /O itself left out (14.7.5)."""
    found: dict[str, object] = {}
    for part in list_of(value):
        if isinstance(part, pikepdf.Dictionary):
            found.update((key[1:], plain(item)) for key, item in part.items() if key != "/O")
    return found


def _title(pdf: pikepdf.Pdf) -> str:
    """The title that a viewer shows: that of the XMP, else that of the document information."""
    with pdf.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as metadata:
        found = metadata.get("dc:title")
    return str(found or pdf.docinfo.get("/Title", ""))


def _claims(root: Any) -> Mapping[str, str]:
    metadata = root.get("/Metadata")
    if not isinstance(metadata, pikepdf.Stream):
        return {}
    data = metadata.read_bytes()
    found = [*_CLAIM.findall(data), *_CLAIM_ATTRIBUTE.findall(data)]
    return {key.decode(): value.decode("ascii", "replace") for key, value in found}
