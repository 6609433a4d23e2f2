"""Tables and figures of a section, as the content describes them, to tables and figures as they are printed."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from halfjaarbericht.data.cijfertabel import TableCell, TableRow, table_rows
from halfjaarbericht.data.table import as_key
from halfjaarbericht.model.tabellen import Cel, Cijfertabel, Figuur, Formulier, Geneste, Kolom, Tabel, Teksttabel
from halfjaarbericht.problems import blocking, did_you_mean
from halfjaarbericht.reading.paden import find_inside, shortened
from halfjaarbericht.resolving.afbeelding import IMAGES, image_fault
from halfjaarbericht.resolving.cells import (
    column_widths,
    in_paragraph,
    right_aligned,
    row_header_columns,
    spans_down,
    value_inlines,
    with_row_headers,
)
from halfjaarbericht.resolving.grid import width_problem, with_headers
from halfjaarbericht.resolving.inlines import plain
from halfjaarbericht.resolving.world import Scope, TableTotal
from halfjaarbericht.resolving.writer import DocumentWriter
from halfjaarbericht.verslag import Blocks, Cell, Figure, Inlines, Place, Row, Table

FORM_WIDTHS = (30, 70)


class TableBuilder:
    """Builds the tables and figures of one document. The order of calls is the reading order, for the notes."""

    def __init__(self, writer: DocumentWriter, folder: Path):
        self.writer = writer
        self.world = writer.world
        self.folder = folder

    def table(self, spec: Tabel, scope: Scope) -> Table | None:
        """A table; `scope` is at its place in the file. None when its data could not be read."""
        number = int(self.world.register.numbers.get(spec.id) or 0)
        caption = self.writer.line(spec.bijschrift, scope.at(*scope.path, "bijschrift"))
        if isinstance(spec, Cijfertabel):
            parts = self._figures(spec, scope, spec.id)
        elif isinstance(spec, Teksttabel):
            parts = self._text(spec, scope)
        else:
            parts = self._form(spec, scope)
        source = self.writer.line(spec.bron, scope.at(*scope.path, "bron"))
        if parts is None:
            return None
        head, body, foot, widths = parts
        head, body, foot = with_headers(spec.id, head, body, foot)
        columns = sum(cell.colspan for cell in head[0].cells)
        return Table(
            spec.id,
            spec.soort,
            number,
            caption,
            plain(caption),
            head,
            body,
            foot,
            source,
            widths,
            spec.breed,
            columns,
            _place(scope),
        )

    # --- numbers ------------------------------------------------------------------------------------------------

    def _figures(self, spec: Cijfertabel | Geneste, scope: Scope, id_: str) -> _Parts | None:
        data = self.world.tables.get(spec.data)
        if data is None:
            if spec.data not in self.world.failed_tables:
                message = f"cijfers.yaml kent geen databestand '{spec.data}'"
                hint = did_you_mean(spec.data, self.world.tables)
                self.world.problems.append(scope.source.problem("E313", (*scope.path, "data"), message, hint))
            return None
        shown, problems = table_rows(data, spec, scope.source.where, scope.source.path, scope.path)
        self.world.problems += problems
        if blocking(problems):
            return None
        head = self._heading_rows(spec, scope)
        body = self._body_rows(spec, shown.rows, scope)
        keys = tuple(row.key for row in shown.rows)
        foot = (self._total_row(spec, shown.total, keys, scope),) if shown.total else ()
        return head, body, foot, ()

    def _heading_rows(self, spec: Cijfertabel | Geneste, scope: Scope) -> tuple[Row, ...]:
        """One row of headings, or two when columns have a group: row by row, which is the order of the notes."""
        groups = spec.kolomgroepen if isinstance(spec, Cijfertabel) else ()
        start = {group.velden[0]: number for number, group in enumerate(groups)}
        inside = {veld for group in groups for veld in group.velden}
        first, second = [], []
        for index, kolom in enumerate(spec.kolommen):
            if kolom.veld in start:
                number = start[kolom.veld]
                self._check_group(spec, groups[number].velden, index, number, scope)
                text = self.writer.line(groups[number].kop, scope.at(*scope.path, "kolomgroepen", number, "kop"))
                first.append(Cell(in_paragraph(text), "colgroup", "left", len(groups[number].velden)))
            if kolom.veld not in inside:
                first.append(self._heading(spec, index, 2 if groups else 1, scope))
        for index, kolom in enumerate(spec.kolommen):
            if kolom.veld in inside:
                second.append(self._heading(spec, index, 1, scope))
        return (Row(tuple(first)), Row(tuple(second))) if groups else (Row(tuple(first)),)

    def _heading(self, spec: Cijfertabel | Geneste, index: int, rowspan: int, scope: Scope) -> Cell:
        kolom = spec.kolommen[index]
        align = "left" if self._is_text(spec, kolom) or index in row_header_columns(spec) else "right"
        text = self.writer.line(kolom.kop, scope.at(*scope.path, "kolommen", index, "kop"))
        return Cell(in_paragraph(text), "col", align, 1, rowspan)

    def _check_group(
        self, spec: Cijfertabel | Geneste, velden: tuple[str, ...], index: int, number: int, scope: Scope
    ) -> None:
        following = tuple(k.veld for k in spec.kolommen[index : index + len(velden)])
        if following != velden:
            message = "de kolommen van een groep moeten naast elkaar staan, in deze volgorde"
            place = (*scope.path, "kolomgroepen", number, "velden")
            hint = f"de kolommen staan als {', '.join(following)}"
            self.world.problems.append(scope.source.problem("E443", place, message, hint))

    def _is_text(self, spec: Cijfertabel | Geneste, kolom: Kolom) -> bool:
        data = self.world.tables[spec.data]
        return kolom.veld in data.columns and data.columns[kolom.veld].soort == "tekst"

    def _body_rows(self, spec: Cijfertabel | Geneste, rows: Sequence[TableRow], scope: Scope) -> tuple[Row, ...]:
        headed = row_header_columns(spec)
        spans = [spans_down(rows, i) if kolom.samenvoegen else None for i, kolom in enumerate(spec.kolommen)]
        result = []
        for y, row in enumerate(rows):
            cells = []
            for x, kolom in enumerate(spec.kolommen):
                span = spans[x]
                if span is not None and span[y] == 0:
                    continue
                rowspan = span[y] if span is not None else 1
                header = ("rowgroup" if span is not None else "row") if x in headed else ""
                cells.append(self._cell(spec, kolom, row.cells[x], row.key, header, rowspan, scope))
            result.append(Row(tuple(cells)))
        return tuple(result)

    def _total_row(
        self, spec: Cijfertabel | Geneste, total: TableRow, keys: tuple[tuple[str, ...], ...], scope: Scope
    ) -> Row:
        assert isinstance(spec, Cijfertabel) and spec.totaal
        headed = row_header_columns(spec)
        kop = self.writer.line(spec.totaal.kop, scope.at(*scope.path, "totaal", "kop"))
        for kolom, cell in zip(spec.kolommen, total.cells, strict=True):
            if cell.cell is None and cell.value is not None:
                self.world.totals[total_id(spec, kolom)] = TableTotal(spec.data, kolom.veld, keys)
        cells = [
            Cell(in_paragraph(kop), "row")
            if x == headed[0]
            else self._cell(spec, kolom, total.cells[x], total.key, "", 1, scope)
            for x, kolom in enumerate(spec.kolommen)
        ]
        return Row(tuple(cells), total=True)

    def _cell(
        self,
        spec: Cijfertabel | Geneste,
        kolom: Kolom,
        cell: TableCell,
        key: tuple[str, ...],
        header: str,
        rowspan: int,
        scope: Scope,
    ) -> Cell:
        inlines = value_inlines(cell, spec.data, total_id(spec, kolom))
        inlines += self._cell_note(spec, kolom, key, scope)
        align = "left" if header or self._is_text(spec, kolom) else "right"
        return Cell(in_paragraph(inlines), header, align, 1, rowspan)

    def _cell_note(self, spec: Cijfertabel | Geneste, kolom: Kolom, key: tuple[str, ...], scope: Scope) -> Inlines:
        found: Inlines = ()
        for index, note in enumerate(spec.celnoten if isinstance(spec, Cijfertabel) else ()):
            if note.veld == kolom.veld and as_key(note.rij) == key:
                found += self.writer.call(note.noot, None, scope.at(*scope.path, "celnoten", index, "noot"))
        return found

    # --- text ---------------------------------------------------------------------------------------------------

    def _text(self, spec: Teksttabel, scope: Scope) -> _Parts | None:
        head = tuple(
            Cell(in_paragraph(self.writer.line(k.kop, scope.at(*scope.path, "kolommen", i, "kop"))), "col")
            for i, k in enumerate(spec.kolommen)
        )
        headed = {i for i, k in enumerate(spec.kolommen) if k.rijkop}
        body = []
        for y, row in enumerate(spec.rijen):
            cells = [self._text_cell(cell, scope.at(*scope.path, "rijen", y, x)) for x, cell in enumerate(row)]
            body.append(Row(tuple(cells)))
        wrong = width_problem(body, len(spec.kolommen))
        if wrong is not None:
            message = f"deze rij vult niet precies de {len(spec.kolommen)} kolommen van de tabel"
            hint = "tel over_kolommen en over_rijen na; een lege cel is null"
            self.world.problems.append(scope.source.problem("E442", (*scope.path, "rijen", wrong), message, hint))
            return None
        widths = column_widths([k.breedte for k in spec.kolommen])
        if widths and (sum(widths) > 100 or 0 in widths):
            message = "de breedtes van de kolommen zijn samen meer dan 100, of laten niets over voor de andere"
            hint = "geef breedtes die samen hoogstens 100 zijn, en minder als een kolom er geen heeft"
            self.world.problems.append(scope.source.problem("E207", (*scope.path, "kolommen"), message, hint, key=True))
            return None
        right = {i for i, k in enumerate(spec.kolommen) if k.rechts}
        heads, rows = right_aligned((Row(head),), right), with_row_headers(body, headed)
        return heads, right_aligned(rows, right), (), widths

    def _text_cell(self, cell: str | Cel | None, scope: Scope) -> Cell:
        if cell is None:
            return Cell(())
        if isinstance(cell, str):
            return Cell(self.writer.prose(cell, scope))
        blocks = self.writer.prose(cell.tekst, scope.at(*scope.path, "tekst"))
        return Cell(blocks, "", "left", cell.over_kolommen, cell.over_rijen)

    # --- forms --------------------------------------------------------------------------------------------------

    def _form(self, spec: Formulier, scope: Scope) -> _Parts:
        top: Blocks = in_paragraph(self.writer.line(spec.kop, scope.at(*scope.path, "kop")))
        if spec.ondertitel:
            top += in_paragraph(self.writer.line(spec.ondertitel, scope.at(*scope.path, "ondertitel")))
        # No header cell: it would be announced before every answer, while it says what the whole form is about.
        head = (Row((Cell(top, "", "left", 2),)),)
        body = []
        for index, rij in enumerate(spec.rijen):
            at = (*scope.path, "rijen", index)
            label = self.writer.line(rij.kop, scope.at(*at, "kop"))
            blocks = self.writer.prose(rij.tekst, scope.at(*at, "tekst"))
            if rij.tabel:
                blocks += self._nested(rij.tabel, scope.at(*at, "tabel"), f"{spec.id}_{index + 1}", plain(label))
            body.append(Row((Cell(in_paragraph(label), "row"), Cell(blocks))))
        return head, tuple(body), (), FORM_WIDTHS

    def _nested(self, spec: Geneste, scope: Scope, id_: str, name: str) -> Blocks:
        """The table in a row of a form. Without a caption it is called `name`, the head of its row."""
        caption = self.writer.line(spec.bijschrift, scope.at(*scope.path, "bijschrift"))
        parts = self._figures(spec, scope, id_)
        if parts is None:
            return ()
        head, body, foot = with_headers(id_, *parts[:3])
        columns = len(spec.kolommen)
        called = plain(caption) or name
        table = Table(id_, "genest", 0, caption, called, head, body, foot, columns=columns, place=_place(scope))
        return (table,)

    # --- figures ------------------------------------------------------------------------------------------------

    def figure(self, spec: Figuur, scope: Scope) -> Figure | None:
        """A figure; a problem and None when its file is not there."""
        number = int(self.world.register.numbers.get(spec.id) or 0)
        caption = self.writer.line(spec.bijschrift, scope.at(*scope.path, "bijschrift"))
        source = self.writer.line(spec.bron, scope.at(*scope.path, "bron"))
        file = find_inside(self.folder, spec.bestand)
        place = (*scope.path, "bestand")
        if file is None or not file.is_file():
            near = [p.relative_to(self.folder).as_posix() for p in self.folder.rglob("*") if p.suffix in IMAGES]
            message = f"'{shortened(spec.bestand)}' bestaat niet in de map van de editie"
            hint = did_you_mean(spec.bestand, near)
            self.world.problems.append(scope.source.problem("E301", place, message, hint))
            return None
        fault = image_fault(file)
        if fault:
            hint = f"mogelijk: {', '.join(IMAGES)}; bewaar de afbeelding opnieuw"
            self.world.problems.append(scope.source.problem("E319", place, f"'{spec.bestand}' {fault}", hint))
            return None
        return Figure(
            spec.id,
            number,
            caption,
            plain(caption),
            file.relative_to(self.folder).as_posix(),
            spec.alt,
            spec.breedte,
            source,
            _place(scope),
        )


_Parts = tuple[tuple[Row, ...], tuple[Row, ...], tuple[Row, ...], tuple[int, ...]]


def total_id(spec: Cijfertabel | Geneste, kolom: Kolom) -> str:
    """The id of a total that a table computes."""
    return f"{spec.id}[totaal, {kolom.veld}]" if isinstance(spec, Cijfertabel) else ""


def _place(scope: Scope) -> Place:
    mark = scope.source.mark(scope.path)
    return Place(scope.source.path, mark.line, mark.column)
