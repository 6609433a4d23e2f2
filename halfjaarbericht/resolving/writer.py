"""Writes the prose of one document: blocks and inlines resolved, notes numbered in reading order."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import replace

from halfjaarbericht.language.bronnen import citation
from halfjaarbericht.problems import did_you_mean
from halfjaarbericht.prose.proza import parse_blocks, parse_line
from halfjaarbericht.prose.tree import (
    At,
    PBlock,
    PBlocks,
    PBreak,
    PHeading,
    PInline,
    PInlines,
    PLink,
    PList,
    PNote,
    PParagraph,
    PPlacement,
    PQuote,
    PRole,
    PSpan,
    PText,
)
from halfjaarbericht.resolving.geheugen import Written
from halfjaarbericht.resolving.handgetypt import typed_problems
from halfjaarbericht.resolving.inlines import capitalised, cited, in_plural, note_calls, plain, without_notes
from halfjaarbericht.resolving.rollen import resolve_role
from halfjaarbericht.resolving.world import NoteKey, Scope, World
from halfjaarbericht.verslag import (
    Block,
    Blocks,
    Inline,
    Inlines,
    LineBreak,
    Link,
    ListBlock,
    Note,
    NoteCall,
    Number,
    Paragraph,
    Place,
    Quote,
    Span,
    Subheading,
    Text,
)

Placer = Callable[[PPlacement], Block | None]
_PLURAL = re.compile(r"[’']s(?!\w)")


class DocumentWriter:
    """Resolves the prose of one document from beginning to end: the order of calls is the reading order.

    `known_notes` are the numbers of an earlier run over the same document: with them a reference to a note further
    on can be printed.
    """

    def __init__(
        self,
        world: World,
        document_id: str,
        known_notes: Mapping[NoteKey, int] | None = None,
    ):
        self.world = world
        self.document_id = document_id
        self.known_notes = known_notes
        self.written = Written()

    @property
    def notes(self) -> tuple[Note, ...]:
        """All notes so far, in order."""
        return tuple(
            Note(n, self.written.notes[n], self.written.calls[n], self.written.places[n])
            for n in sorted(self.written.notes)
        )

    # --- text ---------------------------------------------------------------------------------------------------

    def line(self, text: str | None, scope: Scope, *, notes: bool = True) -> Inlines:
        """A line of prose: a title, caption or heading; without `notes` for a list that repeats a title, since a
        note belongs to the title itself."""
        if not text:
            return ()
        content, complaints = parse_line(text)
        self._report(complaints, scope)
        self.look_for_typed(text, scope)
        return self.inlines(content if notes else without_notes(content), scope)

    def bare_line(self, text: str | None, scope: Scope) -> Inlines:
        """A line that is printed only where no note can stand; a call in it is a problem."""
        for call in note_calls(parse_line(text or "")[0]):
            self._use_notes(call.key, scope)
            hint = "haal haar weg, of roep haar aan in de tekst"
            self.world.problems.append(scope.problem("E219", call.at, "hier kan geen noot staan", hint))
        return self.line(text, scope, notes=False)

    def prose(self, text: str | None, scope: Scope, level: int = 4) -> Blocks:
        """Blocks of prose that hold no tables or figures (a note, a cell)."""
        if not text:
            return ()
        blocks, complaints = parse_blocks(text)
        self._report(complaints, scope)
        self.look_for_typed(text, scope)
        return self.blocks(blocks, scope, level, self._no_placement(scope))

    def _report(self, complaints: tuple[object, ...], scope: Scope) -> None:
        for c in complaints:
            self.world.problems.append(scope.problem(c.code, c.at, c.message, c.hint))  # type: ignore[attr-defined]

    def look_for_typed(self, text: str, scope: Scope) -> None:
        """Tell which numbers in `text` were typed instead of named."""
        self.world.problems += typed_problems(text, scope, self.world.fixed_numbers)

    def _no_placement(self, scope: Scope) -> Placer:
        def refuse(block: PPlacement) -> None:
            message = f"een {block.name} kan hier niet staan"
            self.world.problems.append(scope.problem("E308", block.at, message, "zet de rol in de tekst van de sectie"))

        return refuse

    def blocks(self, blocks: PBlocks, scope: Scope, level: int, place: Placer) -> Blocks:
        """Resolve blocks. `level` is the HTML level of a subheading; `place` gives the table or figure to put."""
        found = (self._block(block, scope, level, place) for block in blocks)
        return tuple(block for block in found if block is not None)

    def _block(self, block: PBlock, scope: Scope, level: int, place: Placer) -> Block | None:
        if isinstance(block, PPlacement):
            return place(block)
        where = self._place(scope, block.line)
        if isinstance(block, PParagraph):
            return Paragraph(self.inlines(block.content, scope), where)
        if isinstance(block, PList):
            items = tuple(self.blocks(item, scope, level, place) for item in block.items)
            return ListBlock(block.kind, block.start, block.tight, items, where)
        if isinstance(block, PQuote):
            return Quote(self.blocks(block.blocks, scope, level, place), where)
        return self._heading(block, scope, level, where)

    def _heading(self, block: PHeading, scope: Scope, level: int, where: Place) -> Subheading:
        self.written.headings += 1
        content = self.inlines(block.content, scope)
        return Subheading(f"tussenkop_{self.written.headings}", level, content, plain(content), where)

    def _place(self, scope: Scope, line: int) -> Place:
        row, column = scope.source.locate(scope.path, line, 0)
        return Place(scope.source.path, row, column)

    def inlines(self, inlines: PInlines, scope: Scope) -> Inlines:
        """Resolve inlines; neighbouring text is joined."""
        found: list[Inline] = []
        for node in inlines:
            if isinstance(node, PText) and found:
                if _PLURAL.match(node.text):
                    found[-1] = in_plural(found[-1])
                node = PText(_after(found[-1], node.text))
            for inline in self._inline(node, scope):
                if isinstance(inline, Text) and found and isinstance(found[-1], Text):
                    found[-1] = Text(found[-1].text + inline.text)
                else:
                    found.append(inline)
        return tuple(found)

    def _inline(self, node: PInline, scope: Scope) -> Inlines:
        if isinstance(node, PText):
            return (Text(node.text),)
        if isinstance(node, PSpan):
            return (Span(node.kind, self.inlines(node.children, scope)),)
        if isinstance(node, PLink):
            return (Link("extern", node.href, self.inlines(node.children, scope)),)
        if isinstance(node, PBreak):
            return (LineBreak(),)
        if isinstance(node, PNote):
            return self.call(node.key, node.at, scope)
        return self._placed(resolve_role(self, node, scope), node, scope)

    def _placed(self, inlines: Inlines, role: PRole, scope: Scope) -> Inlines:
        """Numbers remember where the text names them."""
        if not any(isinstance(inline, Number) for inline in inlines):
            return inlines
        at = role.at
        place = Place(scope.source.path, *scope.source.locate(scope.path, at.line, at.column, at.width))
        return tuple(replace(i, place=place) if isinstance(i, Number) else i for i in inlines)

    # --- notes --------------------------------------------------------------------------------------------------

    def call(self, key: str, at: At | None, scope: Scope) -> Inlines:
        """A call of the note `key`: of the `noten` in reach, or one or more citations."""
        if scope.in_note:
            self._use_notes(key, scope)
            message, hint = "een noot kan geen noot bevatten", "zet de tekst in de noot zelf"
            self.world.problems.append(scope.problem("E218", at, message, hint))
            return ()
        for shelf in scope.shelves:
            if key in shelf.notes:
                note_key = (shelf.source.path, shelf.path, key)
                note_scope = Scope(shelf.source, (*shelf.path, "noten", key), scope.shelves, in_note=True)
                return (self._own_note(note_key, shelf.notes[key], note_scope),)
        names = [name.strip() for name in key.split(";")]
        if all(name in self.world.citations for name in names):
            return (self._citation_note(names, at, scope),)
        self._unknown_note(key, names, at, scope)
        return ()

    def _use_notes(self, key: str, scope: Scope) -> None:
        """A call that is wrong is still a use: the note is not forgotten."""
        for shelf in scope.shelves:
            if key in shelf.notes:
                self.world.used_notes.add((shelf.source.path, shelf.path, key))

    def _own_note(self, key: NoteKey, text: str, scope: Scope) -> NoteCall:
        self.world.used_notes.add(key)
        number = self.written.numbers.get(key)
        if number is None:
            number = self.written.numbers[key] = self._new_note()
            self.written.notes[number] = self.prose(text, scope)
            self.written.places[number] = scope.place()
        self.written.calls[number] += 1
        return NoteCall(number, self.written.calls[number])

    def _citation_note(self, names: list[str], at: At | None, scope: Scope) -> NoteCall:
        number = self._new_note()
        note_scope = Scope(scope.source, scope.path, scope.shelves, in_note=True)
        content = (*capitalised(self.citations(names, at, note_scope)), Text("."))
        self.written.notes[number] = (Paragraph(content),)
        self.written.places[number] = self.world.citation_place(names[0])
        self.written.calls[number] = 1
        return NoteCall(number, 1)

    def _new_note(self) -> int:
        number = len(self.written.calls) + 1
        self.written.calls[number] = 0
        return number

    def _unknown_note(self, key: str, names: list[str], at: At | None, scope: Scope) -> None:
        known = [*self.world.citations, *(k for shelf in scope.shelves for k in shelf.notes)]
        wrong = next((name for name in names if name not in known), key)
        message = f"er is geen noot en geen bron '{wrong}'"
        self.world.problems.append(scope.problem("E311", at, message, did_you_mean(wrong, known)))

    def see_note(self, role: PRole, scope: Scope) -> Inlines:
        """{zie}`noot:sleutel`: 'noot 3', linked."""
        self.written.refers_to_notes = True
        key = role.argument.removeprefix("noot:").strip()
        for shelf in scope.shelves:
            note_key = (shelf.source.path, shelf.path, key)
            if key not in shelf.notes:
                continue
            number = (self.known_notes or {}).get(note_key)
            if number is None and self.known_notes is not None:
                self._use_notes(key, scope)
                message = f"de noot '{key}' wordt nergens aangeroepen"
                self.world.problems.append(scope.problem("E311", role.at, message, f"roep haar aan met [^{key}]"))
            return (Link("intern", f"noot_{number or 0}", (Text(f"noot {number or 0}"),)),)
        self._unknown_note(key, [key], role.at, scope)
        return (Text(key),)

    # --- citations ----------------------------------------------------------------------------------------------

    def citations(self, names: list[str] | tuple[str, ...], at: At | None, scope: Scope) -> Inlines:
        """Citations with '; ' between them (Leidraad voor juridische auteurs)."""
        found: list[Inline] = []
        for index, name in enumerate(names):
            if index:
                found.append(Text("; "))
            found += self.citation(name, running=False, at=at, scope=scope)
        return tuple(found)

    def citation(self, name: str, *, running: bool, at: At | None, scope: Scope) -> Inlines:
        """One citation with its link; `running` in the form that fits in a sentence."""
        bron = self.world.citations.get(name)
        if bron is None:
            message = f"bronnen.yaml kent geen bron '{name}'"
            # The nearest number is another paper: never offer it as the only way out.
            near = did_you_mean(name, self.world.citations)
            hint = "voeg haar toe aan bronnen.yaml" + (f"; {near}" if near else "")
            self.world.problems.append(scope.problem("E312", at, message, hint))
            return (Text(name),)
        self.world.used_citations.add(name)
        return cited(citation(bron, running=running))


def _after(before: Inline, text: str) -> str:
    """Text as it continues: an abbreviation that ends the sentence (jl.) takes no second full stop."""
    if not text.startswith(".") or text.startswith("..") or isinstance(before, NoteCall):
        return text
    return text[1:] if plain((before,)).endswith(".") else text
