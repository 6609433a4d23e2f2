"""A resolved report to the text that its readers see: sentences, headings, captions, notes and cells."""

from __future__ import annotations

from halfjaarbericht.changes.model import DocumentText, EditionText, TextTable, Unit
from halfjaarbericht.changes.pieces import Piece, Pieces, plain_piece, plain_sentences
from halfjaarbericht.changes.tabletext import nested_tables, text_table
from halfjaarbericht.verslag import (
    Block,
    Document,
    Figure,
    ListBlock,
    Matter,
    Overview,
    Paragraph,
    Quote,
    Report,
    Section,
    Subheading,
    Table,
)

NOTES = "noten"


def edition_text(report: Report) -> EditionText:
    """The text of all documents of an edition."""
    pieces = pieces_of(report)
    return EditionText(report.folder, tuple(Reader(pieces).document(document) for document in report.documents))


def pieces_of(report: Report) -> Pieces:
    """What makes sentences of the text of this report."""
    return Pieces({f"bijlage {e.number}": e.id for e in report.entries if e.kind == "extern" and not e.file})


class Reader:
    """Goes through one document in reading order."""

    def __init__(self, pieces: Pieces):
        self.pieces = pieces
        self.units: list[Unit] = []
        self.tables: list[TextTable] = []
        self.scope = ""
        self.heading = ""

    def document(self, document: Document) -> DocumentText:
        """All of a document: its head, text, end, and notes."""
        self._head(document)
        self._blocks(document.blocks)
        for section in document.sections:
            self._section(section, document.show_matters)
        self.scope = self.heading = ""
        self._end(document)
        self._notes(document)
        units, tables = tuple(self.units), tuple(self.tables)
        return DocumentText(document.id, document.label, document.plain, document.stem, units, tables)

    def _head(self, document: Document) -> None:
        heading, sender = document.heading, document.heading.sender
        self._fact("Titel", self.pieces.whole(document.title))
        if document.kind == "brief":
            lines = (*sender.ministry, sender.directorate_general, sender.directorate, *sender.visiting_address)
            lines += (*sender.postal_address, sender.website, sender.return_address, sender.reply_line)
            self._fact("Afzender", plain_piece(", ".join(line for line in lines if line)))
            self._fact("Geadresseerde", plain_piece(", ".join(heading.addressee)))
            self._fact("Aantal bijlagen", plain_piece(str(heading.annex_count or "")))
        else:
            self._fact("Horend bij", self.pieces.whole(document.belongs_to))
        self._fact("Datum", plain_piece(heading.date_text))
        self._fact("Ons kenmerk", plain_piece(heading.reference))
        self._fact("Onderwerp", plain_piece(heading.subject))
        self._fact("Status", plain_piece(heading.status))
        self._fact("Aanhef", self.pieces.whole(document.salutation))

    def _end(self, document: Document) -> None:
        if document.kind == "brief":
            self._fact("Slotformule", self.pieces.whole(document.closing))
            self._fact("Ondertekening", plain_piece(document.heading.signatory_function))
            self._fact("Ondertekenaar", plain_piece(document.heading.signatory_name))
        for entry in document.annex_list:
            title, slot, where = self.pieces.whole(entry.title), f"bijlagenlijst:{entry.id}", "lijst van bijlagen"
            self._add("bijlagenlijst", title, slot=slot, where=where, series="bijlage", number=entry.number)

    def _notes(self, document: Document) -> None:
        self.scope, self.heading = NOTES, "Noten"
        for note in document.notes:
            for piece in self.pieces.of_blocks(note.blocks):
                number = str(note.number)
                self._add("noot", piece, where=f"noot {number}", series="noot", number=number)

    def _section(self, section: Section, show_matters: bool) -> None:
        title = self.pieces.whole(section.title)
        self.scope = section.id
        self.heading = f"{section.number} {title.text}".strip()
        self._add("kop", title, slot=f"kop:{section.id}", where="kop", series="paragraaf", number=section.number)
        if show_matters and section.matter:
            self._matter(section.matter)
        self._blocks(section.blocks)
        for child in section.sections:
            self._section(child, show_matters)

    def _matter(self, matter: Matter) -> None:
        self._fact("Soort", plain_piece(matter.label))
        self._fact("Indieners", plain_piece(matter.members))
        self._fact("Debat", plain_piece(matter.debate))
        self._fact("Vindplaats", self.pieces.whole(matter.citations))
        self._fact("Stand", plain_piece(matter.status_label))
        self._fact("Vervolg", self.pieces.whole(matter.follow_up))

    # --- blocks -------------------------------------------------------------------------------------------------

    def _blocks(self, blocks: tuple[Block, ...]) -> None:
        for block in blocks:
            self._block(block)

    def _block(self, block: Block) -> None:
        if isinstance(block, Paragraph):
            for piece in self.pieces.sentences(block.content):
                self._add("zin", piece)
        elif isinstance(block, Subheading):
            self._add("tussenkop", self.pieces.whole(block.content), where="tussenkop")
        elif isinstance(block, Quote):
            self._blocks(block.blocks)
        elif isinstance(block, ListBlock):
            for item in block.items:
                self._blocks(item)
        elif isinstance(block, Overview):
            self._overview(block)
        elif isinstance(block, Table):
            self._table(block, f"tabel {block.number}", "tabel")
        else:
            self._figure(block)

    def _table(self, table: Table, name: str, series: str) -> None:
        if series:
            self._captions(table, name, series)
        for row in table.head:
            for cell in row.cells:
                piece = _joined(self.pieces.of_blocks(cell.blocks))
                self._add("kolomkop", piece, scope=f"tabel:{table.id}", where=f"{name}, kolomkop")
        self.tables.append(text_table(table, name, self.heading, self.pieces))
        for inner in nested_tables(table):
            caption = self.pieces.whole(inner.caption)
            self._add("bijschrift", caption, slot=f"bijschrift:{inner.id}", where=f"{name}, tabel erin, bijschrift")
            self._table(inner, f"{name}, tabel erin{f' ({caption.text})' if caption.text else ''}", "")

    def _figure(self, figure: Figure) -> None:
        name = f"figuur {figure.number}"
        self._captions(figure, name, "figuur")
        for piece in plain_sentences(figure.alt):
            self._add("beeld", piece, scope=f"figuur:{figure.id}", where=f"{name}, beschrijving")
        if figure.table:
            self._table(figure.table, f"{name}, gegevens", "")

    def _captions(self, item: Table | Figure, name: str, series: str) -> None:
        caption, source = self.pieces.whole(item.caption), self.pieces.whole(item.source)
        number = str(item.number or "")
        slot, where = f"bijschrift:{item.id}", f"{name}, bijschrift"
        self._add("bijschrift", caption, slot=slot, where=where, series=series, number=number)
        self._add("bron", source, slot=f"bron:{item.id}", where=f"{name}, bron")

    def _overview(self, overview: Overview) -> None:
        where = f"overzicht ({overview.kind})"
        self._add("overzicht", plain_piece(overview.intro), slot=f"overzicht:{overview.kind}", where=where)
        for item in overview.items:
            content = self.pieces.whole(item.content)
            facts = ", ".join(fact for fact in (item.members, item.status) if fact)
            piece = Piece(_line(content.text, facts), _line(content.core, facts))
            slot, number = f"overzicht:{overview.kind}:{item.id}", item.section_number
            self._add("overzicht", piece, slot=slot, where=where, series="paragraaf", number=number)

    # --- units --------------------------------------------------------------------------------------------------

    def _fact(self, name: str, piece: Piece) -> None:
        self._add("gegeven", piece, slot=f"gegeven:{self.scope}:{name}", where=name)

    def _add(
        self,
        kind: str,
        piece: Piece,
        *,
        scope: str = "",
        slot: str = "",
        where: str = "",
        series: str = "",
        number: str = "",
    ) -> None:
        """Nothing is added for an empty text, except when its number is what a reader sees of it."""
        if piece.text or number:
            unit = Unit(kind, piece, scope or self.scope, slot, self.heading, where, series if number else "", number)
            self.units.append(unit)


def _line(content: str, facts: str) -> str:
    return f"{content} ({facts})" if facts else content


def _joined(pieces: tuple[Piece, ...]) -> Piece:
    return Piece(" ".join(p.text for p in pieces), " ".join(p.core for p in pieces))
