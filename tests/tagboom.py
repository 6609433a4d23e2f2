"""The tag tree of a finished PDF, read back with a program that had no part in making it (pikepdf)."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import pikepdf

ARTIFACT, LOOSE = "artefact", "los"


@dataclass
class Tag:
    """A structure element. `kids` are elements, texts as they are read, and link annotations."""

    role: str
    kids: list[Tag | str | Any] = field(default_factory=list)
    id: str = ""
    lang: str = ""
    alt: str = ""
    expansion: str = ""
    attributes: dict[str, Any] = field(default_factory=dict)
    pages: list[int] = field(default_factory=list)
    parent: Tag | None = None
    owner: Any = None  # at the top the file, whose objects live no longer than it does

    def __iter__(self) -> Iterator[Tag]:
        yield self
        for kid in self.tags:
            yield from kid

    @property
    def tags(self) -> list[Tag]:
        return [kid for kid in self.kids if isinstance(kid, Tag)]

    @property
    def annotations(self) -> list[Any]:
        return [kid for kid in self.kids if isinstance(kid, pikepdf.Dictionary)]

    @property
    def text(self) -> str:
        return "".join(kid if isinstance(kid, str) else kid.text if isinstance(kid, Tag) else "" for kid in self.kids)

    def all(self, role: str) -> list[Tag]:
        return [tag for tag in self if tag.role == role]

    def shape(self) -> Any:
        """Roles and texts only: ('P', ['zie ', ('Link', ['daar'])])."""
        return self.role, [kid.shape() if isinstance(kid, Tag) else kid for kid in self.kids if not _is_link(kid)]


def _is_link(kid: Any) -> bool:
    return isinstance(kid, pikepdf.Dictionary)


class Boom:
    """The tags of a PDF. Pages count from 1."""

    def __init__(self, data: bytes):
        self.pdf = pikepdf.open(io.BytesIO(data))
        self.root = self.pdf.Root.StructTreeRoot
        self._page_number = {page.obj.objgen: number for number, page in enumerate(self.pdf.pages, start=1)}
        self.contents = {number: Contents(page.obj) for number, page in enumerate(self.pdf.pages, start=1)}
        self._groups: dict[Any, Contents] = {}
        self.met: list[tuple[Any, int]] = []
        self.elements: dict[Any, Tag] = {}
        (top,) = self.root.K
        self.top = self._read(top, None, None)
        self.top.owner = self

    def _read(self, element: Any, parent: Tag | None, page: Any) -> Tag:
        page = element.get("/Pg", page)
        tag = Tag(str(element.S)[1:], parent=parent)
        tag.id, tag.lang, tag.alt = (str(element.get(key, "")) for key in ("/ID", "/Lang", "/Alt"))
        tag.expansion = str(element.get("/E", ""))
        owners = element.get("/A", pikepdf.Array())
        for owner in owners if isinstance(owners, pikepdf.Array) else [owners]:
            tag.attributes.update({key[1:]: value for key, value in owner.items() if key != "/O"})
        self.elements[element.objgen] = tag
        kids = element.get("/K", pikepdf.Array())
        for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
            self._kid(kid, tag, page)
        return tag

    def _kid(self, kid: Any, tag: Tag, page: Any) -> None:
        if isinstance(kid, int):
            self._mark(kid, page, page, tag)
        elif kid.get("/Type") == pikepdf.Name.MCR:
            at = kid.get("/Pg", page)
            self._mark(int(kid.MCID), kid.get("/Stm", at), at, tag)
        elif kid.get("/Type") == pikepdf.Name.OBJR:
            tag.kids.append(kid.Obj)
        else:
            tag.kids.append(self._read(kid, tag, page))

    def _mark(self, number: int, holder: Any, page: Any, tag: Tag) -> None:
        tag.pages.append(self._page_number[page.objgen])
        self.met.append((holder.objgen, number))
        if holder.objgen in self._page_number:
            contents = self.contents[self._page_number[holder.objgen]]
        else:
            contents = self._groups.setdefault(holder.objgen, Contents(holder))
        tag.kids.append(contents.marks[number])

    @cached_property
    def numbers(self) -> dict[int, Any]:
        """The ParentTree."""
        values = list(self.root.ParentTree.Nums)
        return dict(zip(map(int, values[::2]), values[1::2], strict=True))

    @cached_property
    def names(self) -> dict[str, Any]:
        """The IDTree."""
        values = list(self.root.IDTree.Names) if "/IDTree" in self.root else []
        return dict(zip(map(str, values[::2]), values[1::2], strict=True))


_PAINTS = {"S", "s", "f", "F", "f*", "B", "B*", "b", "b*", "sh", "Do", "EI", "Tj", "TJ", "'", '"'}


class Contents:
    """What a content stream has: the text of each mark as it is read, of artifacts, and of what is neither."""

    def __init__(self, holder: Any):
        self.marks: dict[int, str] = {}
        self.drawn: dict[int, str] = {}
        self.artifacts: list[str] = []
        self.artifact_types: set[str] = set()
        self.loose: list[str] = []
        self.nested: list[str] = []
        self._fonts = {key: _letters(font) for key, font in holder.Resources.get("/Font", {}).items()}
        self._read(holder)

    def _read(self, holder: Any) -> None:
        open_marks: list[tuple[str, int | None]] = []
        font: dict[int, str] = {}
        for instruction in pikepdf.parse_content_stream(holder):
            operator, operands = str(instruction.operator), instruction.operands
            if operator in ("BDC", "BMC"):
                open_marks.append(self._open(str(operands[0]), operands[1] if operator == "BDC" else {}, open_marks))
            elif operator == "EMC":
                open_marks.pop()
            elif operator == "Tf":
                font = self._fonts[str(operands[0])]
            elif operator in _PAINTS:
                self._paint(operator, operands, font, open_marks)

    def _open(self, tag: str, properties: Any, around: list[tuple[str, int | None]]) -> tuple[str, int | None]:
        if around:
            self.nested.append(f"{tag} in {around[-1][0]}")
        if tag == "/Artifact":
            self.artifact_types.add(str(properties.get("/Type", "")))
            self.artifacts.append("")
            return ARTIFACT, None
        number = int(properties["/MCID"])
        assert number not in self.marks
        self.marks[number] = str(properties.get("/ActualText", ""))
        self.drawn[number] = ""
        return ("gelezen" if "/ActualText" in properties else "getekend"), number

    def _paint(self, operator: str, operands: Any, font: dict[int, str], around: list[tuple[str, int | None]]) -> None:
        text = _shown(operands, font) if operator in ("Tj", "TJ") else ""
        if not around:
            # A group that is drawn has marks of its own; a page has only those of such a group.
            self.loose.append(text or operator)
            return
        kind, number = around[-1]
        if number is None:
            self.artifacts[-1] += text
            return
        self.drawn[number] += text
        if kind == "getekend":
            self.marks[number] += text


def _shown(operands: Any, font: dict[int, str]) -> str:
    pieces = operands[0] if isinstance(operands[0], pikepdf.Array) else [operands[0]]
    codes = (bytes(piece) for piece in pieces if isinstance(piece, pikepdf.String))
    return "".join(font.get(c[i] << 8 | c[i + 1], "\ufffd") for c in codes for i in range(0, len(c) - 1, 2))


def _letters(font: Any) -> dict[int, str]:
    """The character of each glyph, from the font's ToUnicode."""
    found: dict[int, str] = {}
    table = font.ToUnicode.read_bytes().decode("latin-1")
    for block in re.findall(r"beginbfchar(.*?)endbfchar", table, re.S):
        for code, char in re.findall(r"<([0-9a-fA-F]+)>\s*<([0-9a-fA-F]*)>", block):
            found[int(code, 16)] = bytes.fromhex(char).decode("utf-16-be")
    return found
