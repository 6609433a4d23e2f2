"""A page's content stream → its marks, artifacts and untagged content, with text and place (ISO 32000-1, 14.6)."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import pikepdf

from halfjaarbericht.tagtree.fonts import Font, read_font
from halfjaarbericht.tagtree.graphics import IDENTITY, UNIT, Matrix, Point, TextState, around, times
from halfjaarbericht.tagtree.model import Box, Loose, Mark
from halfjaarbericht.tagtree.objects import number_of, text_of

MOST_FORMS_INSIDE_EACH_OTHER = 12


@dataclass
class Open:
    """An open marked-content sequence, or the page itself (`tag` is "")."""

    tag: str
    mcid: int | None = None
    properties: Mapping[str, Any] = field(default_factory=dict)
    parts: list[str] = field(default_factory=list)
    box: Box | None = None
    paints: bool = False


class Contents:
    """What a page paints, gathered while its operators are read in order."""

    def __init__(self, page: Any, number: int, fonts: dict[tuple[int, int], Font]):
        self.marks: dict[int, Mark] = {}
        self.loose: list[Loose] = []
        self.doubled: list[int] = []
        self.nested: list[int] = []
        self._number = number
        self._fonts = fonts
        self._open: list[Open] = [Open("")]
        self._ctm = IDENTITY
        self._saved: list[Matrix] = []
        self._text = TextState()
        self._path: list[Point] = []
        self._resources: list[Any] = []
        self._run(page, page.obj.get("/Resources", pikepdf.Dictionary()))
        while len(self._open) > 1:
            self._end()
        self._keep_loose(self._open[0])

    def _run(self, source: Any, resources: Any) -> None:
        self._resources.append(resources)
        for instruction in pikepdf.parse_content_stream(source):
            action = _ACTIONS.get(str(instruction.operator))
            if action is not None:
                operands: Any = instruction.operands
                action(self, operands)
        self._resources.pop()

    # --- marked content ----------------------------------------------------------------------------------------

    def _begin(self, operands: Sequence[Any]) -> None:
        tag = str(operands[0])[1:]
        properties = operands[1] if len(operands) > 1 else {}
        if isinstance(properties, pikepdf.Name):
            properties = self._resource("/Properties").get(properties, {})
        found = dict(properties.items()) if hasattr(properties, "items") else {}
        mcid = number_of(found.get("/MCID"))
        if mcid is not None or tag == "Artifact":
            self._look_for_nesting(mcid)
        self._open.append(Open(tag, mcid, found))

    def _look_for_nesting(self, mcid: int | None) -> None:
        outer = next((s for s in reversed(self._open) if s.mcid is not None or s.tag == "Artifact"), None)
        if outer is None or (outer.tag == "Artifact" and mcid is None):
            return
        self.nested.append(mcid if mcid is not None else outer.mcid or 0)

    def _end(self, _: Sequence[Any] = ()) -> None:
        if len(self._open) == 1:
            return  # more ends than beginnings: the syntax check tells that
        done = self._open.pop()
        if done.mcid is not None:
            self._keep_mark(done, done.mcid)
        elif done.tag == "Artifact" and not any(s.mcid is not None for s in self._open):
            self._keep_loose(done)
        else:
            self._hand_up(done)

    def _keep_mark(self, done: Open, mcid: int) -> None:
        if mcid in self.marks:
            self.doubled.append(mcid)
        get = done.properties.get
        self.marks[mcid] = Mark(
            self._number,
            mcid,
            "".join(done.parts),
            text_of(get("/ActualText")),
            text_of(get("/Lang")),
            text_of(get("/Alt")),
            text_of(get("/E")),
            done.box,
        )

    def _hand_up(self, done: Open) -> None:
        """A sequence without an MCID is a part of the one around it; its replacement text counts there."""
        outer = self._open[-1]
        actual = text_of(done.properties.get("/ActualText"))
        outer.parts += done.parts if actual is None else [actual]
        outer.box = done.box.joined(outer.box) if done.box else outer.box
        outer.paints |= done.paints

    def _keep_loose(self, done: Open) -> None:
        if done.paints:
            kind = "" if not done.tag else str(done.properties.get("/Type", "/Artifact"))[1:]
            self.loose.append(Loose(kind, "".join(done.parts), done.box))

    # --- painting ----------------------------------------------------------------------------------------------

    def _painted(self, box: Box, text: str = "") -> None:
        here = self._open[-1]
        here.paints = True
        here.box = box.joined(here.box)
        if text:
            here.parts.append(text)

    def _move_or_line(self, operands: Sequence[Any]) -> None:
        self._path.append((float(operands[0]), float(operands[1])))

    def _curve(self, operands: Sequence[Any]) -> None:
        self._path.append((float(operands[-2]), float(operands[-1])))

    def _rectangle(self, operands: Sequence[Any]) -> None:
        x, y, width, height = (float(value) for value in operands)
        self._path += [(x, y), (x + width, y + height), (x, y + height), (x + width, y)]

    def _paint_path(self, _: Sequence[Any]) -> None:
        if self._path:
            self._painted(around(self._path, self._ctm))
        self._path = []

    def _drop_path(self, _: Sequence[Any]) -> None:
        self._path = []

    def _paint_unit(self, _: Sequence[Any]) -> None:
        self._painted(around(UNIT, self._ctm))

    def _shading(self, _: Sequence[Any]) -> None:
        # A shading fills what the clip leaves of the page; how much that is, is not looked into.
        self._open[-1].paints = True

    def _do(self, operands: Sequence[Any]) -> None:
        found = self._resource("/XObject").get(operands[0])
        if found is None:
            return
        if found.get("/Subtype") != "/Form":
            self._paint_unit(())
        elif len(self._resources) <= MOST_FORMS_INSIDE_EACH_OTHER:
            self._form(found)

    def _form(self, form: Any) -> None:
        kept = self._ctm, self._saved, self._text, self._path
        matrix = tuple(float(value) for value in form.get("/Matrix", IDENTITY))
        self._ctm = times((matrix[0], matrix[1], matrix[2], matrix[3], matrix[4], matrix[5]), self._ctm)
        self._saved, self._text, self._path = [], TextState(), []
        self._run(form, form.get("/Resources", self._resources[-1]))
        self._ctm, self._saved, self._text, self._path = kept

    # --- state -------------------------------------------------------------------------------------------------

    def _save(self, _: Sequence[Any]) -> None:
        self._saved.append(self._ctm)

    def _restore(self, _: Sequence[Any]) -> None:
        if self._saved:
            self._ctm = self._saved.pop()

    def _transform(self, operands: Sequence[Any]) -> None:
        self._ctm = times(_matrix(operands), self._ctm)

    # --- text --------------------------------------------------------------------------------------------------

    def _begin_text(self, _: Sequence[Any]) -> None:
        self._text.begin()

    def _font(self, operands: Sequence[Any]) -> None:
        found = self._resource("/Font").get(operands[0])
        self._text.size = float(operands[1])
        self._text.font = None if found is None else self._read_font(found)

    def _read_font(self, font: Any) -> Font:
        if font.objgen not in self._fonts or font.objgen == (0, 0):
            self._fonts[font.objgen] = read_font(font)
        return self._fonts[font.objgen]

    def _text_matrix(self, operands: Sequence[Any]) -> None:
        self._text.set_matrix(_matrix(operands))

    def _next_line(self, operands: Sequence[Any]) -> None:
        self._text.next_line(float(operands[0]), float(operands[1]))

    def _next_line_with_leading(self, operands: Sequence[Any]) -> None:
        self._text.leading = -float(operands[1])
        self._next_line(operands)

    def _leading(self, operands: Sequence[Any]) -> None:
        self._text.leading = float(operands[0])

    def _line_below(self, _: Sequence[Any] = ()) -> None:
        self._text.next_line(0.0, -self._text.leading)

    def _show(self, operands: Sequence[Any]) -> None:
        text, box = self._text.show(bytes(operands[-1]), self._ctm)
        self._painted(box, text)

    def _show_below(self, operands: Sequence[Any]) -> None:
        self._line_below()
        self._show(operands)

    def _show_many(self, operands: Sequence[Any]) -> None:
        # Kerning comes after: what it shifts within a line is too little to matter for a box.
        kerning = 0.0
        shown = bytearray()
        for part in operands[0]:
            if isinstance(part, pikepdf.String):
                shown += bytes(part)
            else:
                kerning += float(part)
        self._show([shown])
        self._text.kern(kerning)

    def _resource(self, kind: str) -> Any:
        return self._resources[-1].get(kind, pikepdf.Dictionary())


def _matrix(operands: Sequence[Any]) -> Matrix:
    a, b, c, d, e, f = (float(value) for value in operands)
    return a, b, c, d, e, f


_Action = Callable[[Contents, Sequence[Any]], None]
_ACTIONS: dict[str, _Action] = {
    **dict.fromkeys(("BMC", "BDC"), Contents._begin),
    "EMC": Contents._end,
    "q": Contents._save,
    "Q": Contents._restore,
    "cm": Contents._transform,
    **dict.fromkeys(("m", "l"), Contents._move_or_line),
    **dict.fromkeys(("c", "v", "y"), Contents._curve),
    "re": Contents._rectangle,
    **dict.fromkeys(("S", "s", "f", "F", "f*", "B", "B*", "b", "b*"), Contents._paint_path),
    "n": Contents._drop_path,
    "Do": Contents._do,
    "sh": Contents._shading,
    "INLINE IMAGE": Contents._paint_unit,
    "BT": Contents._begin_text,
    "Tf": Contents._font,
    "Tm": Contents._text_matrix,
    "Td": Contents._next_line,
    "TD": Contents._next_line_with_leading,
    "TL": Contents._leading,
    "T*": Contents._line_below,
    "Tj": Contents._show,
    "'": Contents._show_below,
    '"': Contents._show_below,
    "TJ": Contents._show_many,
}
