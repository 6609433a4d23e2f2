"""Marks for changed texts: a sentence in its paragraph, a title or fact by name, what is gone near what is not."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from halfjaarbericht.changes.edits import Edits, gone, with_new
from halfjaarbericht.changes.located import Home, Located, Range
from halfjaarbericht.changes.marks import changed_ranges
from halfjaarbericht.changes.model import Unit
from halfjaarbericht.changes.unitcompare import UnitChange, UnitChanges
from halfjaarbericht.verslag import (
    Document,
    Edit,
    Figure,
    Inlines,
    Paragraph,
    Place,
    Section,
    Span,
    Subheading,
    Table,
    Text,
)

GONE_ENTRIES = "bijlagenlijst"
"""Under this name stand the entries that went from the list of annexes."""
_WHOLE = frozenset({"Geadresseerde"})
"""Facts of several lines: the template prints them, and all of it is new."""
_LINES = frozenset({"overzicht", "bijlagenlijst"})
"""Lines with a link in them: the same."""
_OF_A_MATTER = frozenset({"Soort", "Indieners", "Debat", "Vindplaats", "Stand", "Vervolg"})
_PLACES = {
    "Datum": "date",
    "Ons kenmerk": "reference",
    "Onderwerp": "subject",
    "Status": "status",
    "Geadresseerde": "addressee",
    "Afzender": "sender",
    "Ondertekening": "signatory",
    "Ondertekenaar": "signatory",
    "Titel": "title",
    "Horend bij": "belongs_to",
    "Aanhef": "salutation",
    "Slotformule": "closing",
    "Aantal bijlagen": "annex_count",
}
"""The facts that pages tell of a document, by the name of the field that they come from."""
_OWN_WORDS = frozenset({"zin", "kop", "tussenkop"})
"""What speaks for itself when it is shown as gone; of other texts is told what they were."""


class UnitMarks:
    """Puts marks for texts into `edits`. Every `put` gives the place in the content of what the mark stands at."""

    def __init__(
        self, document: Document, located: Located, units: UnitChanges, edits: Edits, gone_columns: Mapping[str, str]
    ):
        self.document = document
        self.located = located
        self.before = units.before
        self.present = units.present
        self.edits = edits
        self.gone_columns = gone_columns
        """The ids of the marks of columns that went, by the id of what is shown of their table."""
        self.shared: dict[str, str] = {}
        """Marks that have none of their own, with the one that tells it."""
        figures = {home.block.id: home.block for home in located.homes.values() if isinstance(home.block, Figure)}
        tables = {grid.table.id: grid.table for grid in located.grids}
        self._shown: dict[str, Table | Figure] = {g.table.id: g.figure or g.table for g in located.grids}
        self._shown.update(figures)
        captioned: dict[str, Table | Figure] = {**tables, **figures}
        self._captioned = frozenset(captioned)
        self._contents = dict(_contents(document, located.sections, captioned.values()))

    def put(self, found: UnitChange, name: str) -> Place | None:
        """Mark one change, under the id `name`."""
        if found.new is None:
            assert found.old is not None
            return self._put_gone(found.old, name)
        unit, home = self.located.units[found.new], self.located.homes.get(found.new, Home())
        if home.span is not None and isinstance(home.block, Paragraph | Subheading):
            self.put_in_text(home.block, home.span, found.change.old, unit.piece.text, name)
        elif home.cell is not None:
            self.put_in_cell(home, found.change.old, unit.piece.text, name)
        elif unit.kind == "beeld" and isinstance(home.block, Figure):
            self._put_at_figure(home.block, unit.where, found.change.old, unit.piece.text, name)
        else:
            self._put_by_name(unit, found.change.old, name)
        return self._place(unit, home)

    # --- what is there ------------------------------------------------------------------------------------------

    def put_in_text(self, block: Paragraph | Subheading, span: Range, old: str, new: str, name: str) -> None:
        """A sentence: the words that are new in it, and before its paragraph the whole sentence as it was."""
        edit = self.edits.text(block)
        if old:
            self.edits.before.setdefault(id(block), []).append(Paragraph((gone(name, old),)))
            edit.new += [("", (span[0] + a, span[0] + b)) for a, b in changed_ranges(old, new)]
        else:
            edit.new.append((name, span))

    def put_in_cell(self, home: Home, old: str, new: str, name: str) -> None:
        """A cell with one short text: what stood there and what does, beside each other."""
        assert home.cell is not None
        sentences = self.located.sentences(home.cell.blocks)
        if not sentences:
            self.edits.cells[id(home.cell)] = (Paragraph((gone(name, old),)),)
            return
        if old:
            self.edits.text(sentences[0][0]).front += [gone(name, old), Text(" ")]
            name = ""
        if len(sentences) == 1:
            block, (start, end) = sentences[0]
            ranges = changed_ranges(old, new) if old else [(0, end - start)]
            self.edits.text(block).new += [
                ("" if n else name, (start + a, start + b)) for n, (a, b) in enumerate(ranges)
            ]
            return
        for number, (block, span) in enumerate(sentences):
            self.edits.text(block).new.append(("" if number else name, span))

    def _put_at_figure(self, figure: Figure, where: str, old: str, new: str, name: str) -> None:
        """What is said of a picture to who cannot see it stands nowhere in the page; the mark stands before it."""
        now = with_new(self.located.pieces, (Text(new),), [("", r) for r in changed_ranges(old, new)]) if old else ()
        told = (gone("", old), Text(" "), *now) if old else (Span("ins", (Text(new),)),)
        self.edits.before.setdefault(id(figure), []).append(told_of(f"Gewijzigd ({where}):", told, name))

    def _put_by_name(self, unit: Unit, old: str, name: str) -> None:
        was = (gone(name, old),) if old else ()
        fact = unit.slot.rpartition(":")[2]
        now: Inlines = ()
        if fact not in _WHOLE and unit.kind not in _LINES:
            content = self._contents.get(unit.slot, (Text(unit.piece.text),))
            ranges = changed_ranges(old, unit.piece.text) if old else [(0, len(unit.piece.text))]
            lead = self.located.pieces.located(content, whole=True)[0][0]
            id_ = "" if old else name
            now = with_new(self.located.pieces, content, [(id_, (lead + a, lead + b)) for a, b in ranges])
        self.edits.facts[unit.slot] = Edit(was, now, "" if old else name)

    # --- what is gone -------------------------------------------------------------------------------------------

    def _put_gone(self, index: int, name: str) -> Place | None:
        unit = self.before[index]
        if self._has_a_place(unit):
            self._put_gone_by_name(unit, name)
            return self._place(unit, Home(section=self.located.sections.get(unit.scope)))
        if unit.kind in _OWN_WORDS:
            return self.put_near(index, Paragraph((gone(name, unit.piece.text),)))
        block = self._shown.get(unit.scope.partition(":")[2])
        if block and unit.kind == "kolomkop" and block.id in self.gone_columns:
            self.shared[name] = self.gone_columns[block.id]
            return block.place
        shown = told_of(f"Vervallen ({unit.where}):", (gone("", unit.piece.text),), name)
        if block is None:
            return self.put_near(index, shown)
        self.edits.before.setdefault(id(block), []).append(shown)
        return block.place

    def _has_a_place(self, unit: Unit) -> bool:
        """Whether the templates still come past the place of a text that is gone."""
        if unit.kind == "gegeven":
            fact, section = unit.slot.rpartition(":")[2], self.located.sections.get(unit.scope)
            return fact in _OF_A_MATTER if section and section.matter else not unit.scope and fact in _PLACES
        if unit.kind == "bijlagenlijst":
            return bool(self.document.annex_list)
        return unit.kind in ("bron", "bijschrift") and unit.slot.partition(":")[2] in self._captioned

    def _put_gone_by_name(self, unit: Unit, name: str) -> None:
        slot = GONE_ENTRIES if unit.kind == "bijlagenlijst" else unit.slot
        before = self.edits.facts.get(slot, Edit()).was
        self.edits.facts[slot] = Edit((*before, *((Text("; "),) if before else ()), gone(name, unit.piece.text)))

    def put_near(self, index: int, shown: Paragraph) -> Place | None:
        """Put what is gone behind what stood before it and is still there. Gives the place of that."""
        for near in range(index - 1, -1, -1):
            home = self.located.homes.get(self.present.get(near, -1), Home())
            if home.block is not None:
                self.edits.after.setdefault(id(home.block), []).append(shown)
                return home.block.place
            if home.section is not None:
                return self.put_at_start(home.section.id, shown)
        return self.put_at_start("", shown)

    def put_at_start(self, section: str, shown: Paragraph) -> Place | None:
        """Put what is gone at the start of a section, or of the document. Gives the place of that section."""
        self.edits.leads.setdefault(section, []).append(shown)
        return self.located.sections[section].place if section else None

    def _place(self, unit: Unit, home: Home) -> Place | None:
        if home.section is not None:
            return home.section.title_place if unit.kind == "kop" else home.section.place
        if home.block is not None:
            return home.block.place
        field = _PLACES.get(unit.slot.rpartition(":")[2], "")
        return self.document.places.get(field) or self.document.heading.places.get(field)


def told_of(words: str, told: Inlines, name: str) -> Paragraph:
    """A line of the preview's own about something that the page does not show in words. Like all that is shown as gone
    it has no place in the content: what leads to a place should lead to what stands there now."""
    return Paragraph((Span("melding", (Text(words),), name), Text(" "), *told))


def _contents(
    document: Document, sections: Mapping[str, Section], captioned: Iterable[Table | Figure]
) -> Iterator[tuple[str, Inlines]]:
    """The texts that have markup in them, by the name under which they are compared."""
    yield from (("gegeven::Titel", document.title), ("gegeven::Horend bij", document.belongs_to))
    yield from (("gegeven::Aanhef", document.salutation), ("gegeven::Slotformule", document.closing))
    for section in sections.values():
        yield f"kop:{section.id}", section.title
        if section.matter:
            yield f"gegeven:{section.id}:Vindplaats", section.matter.citations
            yield f"gegeven:{section.id}:Vervolg", section.matter.follow_up
    for item in captioned:
        yield f"bijschrift:{item.id}", item.caption
        yield f"bron:{item.id}", item.source
