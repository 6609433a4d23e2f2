"""From elements of the HTML to structure elements: which there are, under which, and with what to say."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from halfjaarbericht.pdf.pagebox import is_note
from halfjaarbericht.pdf.tagging import boxes, lists, notes
from halfjaarbericht.pdf.tagging.dom import Source, is_table_block
from halfjaarbericht.pdf.tagging.roles import CONTENTS_ROLES, GROUPING, INLINE, ROLES
from halfjaarbericht.pdf.tagging.structure import Element, Words
from halfjaarbericht.pdf.tagging.tables import describe_cells


class Tree:
    """The tag tree of one HTML document, growing while its pages are walked.

    `top` is the element that holds it all. Identifiers are kept in `ids`, which documents in one file share.
    """

    def __init__(self, source: Source, top: Element, ids: dict[str, Element]):
        self.source = source
        self.top = top
        self._ids = ids
        self._nodes: dict[Any, Element] = {}
        self._parts: dict[tuple[Any, str], Element] = {}
        self._notes: dict[Any, Element] = {}

    # --- elements -----------------------------------------------------------------------------------------------

    def node(self, element: Any) -> Element:
        """The structure element for an HTML element: one for all its pieces on all pages.

        An element without a role of its own shares that of the element around it.
        """
        found = self._nodes.get(element)
        if found is None:
            found = self._nodes[element] = self._make(element)
        return found

    def _make(self, element: Any) -> Element:
        source = self.source
        above = source.parents.get(element)
        if above is None or element.tag in ("html", "body", "main"):
            return self.top
        if is_note(element):
            return self._note(element)
        parent = self.node(above)
        role = self._role(element)
        if role in ("LI", "Lbl", "LBody"):
            made = lists.part(role, parent)
        elif not role:
            return parent
        else:
            made = self._new(role, parent, element)
        made.lang = source.new_language(element)
        if element.tag == "abbr":
            made.expansion = element.get("title") or ""
        return made

    def _role(self, element: Any) -> str:
        tag = element.tag
        if tag in CONTENTS_ROLES and self.source.in_contents(element):
            return CONTENTS_ROLES[tag]
        role = ROLES.get(tag) or lists.ROLES.get(tag, "")
        if role == "Link" and element.get("href") is None:
            role = ""
        if not role and (self.source.new_language(element) or (tag == "abbr" and element.get("title"))):
            role = "Div" if tag == "div" else "Span"
        return role

    def _new(self, role: str, parent: Element, element: Any) -> Element:
        if role in INLINE:
            parent = self.paragraph(parent)
        if role == "Link" and (self.source.in_contents(element) or self.source.note_behind(element) is not None):
            parent = parent.add("Reference")
        return parent.add(role)

    def paragraph(self, parent: Element) -> Element:
        """Where text may stand that is directly in `parent`: a grouping element gets a paragraph for it."""
        if parent.role not in GROUPING:
            return parent
        last = self._parts.get((parent, "P"))
        if last is None or parent.kids[-1] is not last:
            last = self._parts[parent, "P"] = parent.add("P")
        return last

    # --- where the text of a box goes ---------------------------------------------------------------------------

    def target(self, box: Any) -> Element:
        """The structure element that the content of a box belongs to."""
        kind, element = boxes.pseudo(box), box.element
        if kind == notes.CALL:
            return self._call(element)
        if kind == notes.MARKER:
            return self._label(element)
        if kind == "marker":
            return lists.label(self.node(element), box, self._parts)
        return self.paragraph(self.node(element))

    def block(self, element: Any) -> Element:
        """An HTML element that makes a block though it is no block of itself: a paragraph, where one may stand."""
        if element not in self._nodes and not is_note(element) and not self._role(element):
            parent = self.node(self.source.parents[element])
            # In a caption it is what follows the title itself: the source of a figure.
            is_parted = parent.role in GROUPING or parent.role == "Caption"
            self._nodes[element] = parent.add("P") if is_parted else parent
        return self.node(element)

    # --- notes --------------------------------------------------------------------------------------------------

    def _note(self, element: Any) -> Element:
        made = Element("Note")
        made.lang = self.source.new_language(element)
        self.identify(made, element.get("id") or f"noot-{len(self._notes) + 1}")
        self._notes[element] = made
        return made

    def _call(self, element: Any) -> Element:
        """The link from the text to a note."""
        key = element, "call"
        if key not in self._parts:
            parent = self.paragraph(self.node(self.source.parents[element]))
            self._parts[key] = parent.add("Reference").add("Link")
        return self._parts[key]

    def _label(self, element: Any) -> Element:
        """The link from the number of a note back to the text."""
        key = element, "label"
        if key not in self._parts:
            self._parts[key] = self.node(element).add("Lbl", at=0).add("Link")
        return self._parts[key]

    # --- at the end ---------------------------------------------------------------------------------------------

    def identify(self, element: Element, wanted: str) -> None:
        """Give an element an identifier that no other has (14.7.2, ID)."""
        name, number = f"{self.source.prefix}{wanted}", 1
        while name in self._ids:
            number += 1
            name = f"{self.source.prefix}{wanted}.{number}"
        element.id = name
        self._ids[name] = element

    def finish(self) -> None:
        """Put the notes in place and describe the cells of tables, now that all pages have been seen."""
        belonging = self._belonging()
        for element in self._notes_in_order():
            call = self._parts.get((element, "call"))
            if call is not None:
                notes.place(self._notes[element], call.up(), belonging)
            else:
                self._notes[element].parent = self.top
                self.top.kids.append(self._notes[element])
        tables = [element for element in self._nodes if element.tag == "table"]
        for number, table in enumerate(tables, start=1):
            if table.get("aria-label"):  # the name of a table that has no caption (14.8.5.7)
                self._nodes[table].set("Table", Summary=Words(table.get("aria-label")))
            describe_cells(table, table.get("id") or f"tabel-{number}", self._nodes, self.identify)

    def _belonging(self) -> dict[Element, Element]:
        """What a table ends with where that is more than itself: its source, in the same block of the HTML."""
        found: dict[Element, Element] = {}
        for element, table in self._nodes.items():
            block = self.source.parents[element]
            if element.tag == "table" and is_table_block(block):
                beside = [self._nodes[each] for each in block if each in self._nodes]
                found[table] = [each for each in beside if each.parent is table.parent][-1]
        return found

    def _notes_in_order(self) -> Iterator[Any]:
        """Notes in the order of the HTML, whatever the order in which their boxes were met."""
        return (element for element in self.source.root.iter() if element in self._notes)
