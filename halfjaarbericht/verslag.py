"""The resolved report: all that a template sees.

Everything here is frozen and final: references are resolved, numbers are formatted, notes, tables, figures and
sections are numbered. Nothing points back at the content model; a Place says where in the content a thing stands.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from halfjaarbericht.grafiek import Drawing
from halfjaarbericht.herkomst import Provenance, SourceCell
from halfjaarbericht.publicatie import Publication

TOP = "begin_inhoud"
"""The id of the place where the content of a page begins. Like every id that the program makes it has a _ in it: an
id that an author gives cannot have one."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where something stands in the content: path relative to the content folder, line and column from 1."""

    path: str
    line: int
    column: int


# --- inline -----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Text:
    text: str


@dataclass(frozen=True, slots=True)
class Span:
    """Inline markup around other inlines. kind: em, strong, sub, sup, lang (`value` = language code), abbr (`value` =
    the full form, '' right behind it), and in a preview that compares ins, del and melding (`value` = an id or '')."""

    kind: str
    children: tuple[Inline, ...]
    value: str = ""


@dataclass(frozen=True, slots=True)
class Link:
    """A link. kind: extern (href is a URL), intern (href is #id in this document), document (`document` is the id
    of another document of the edition, href is the fragment in it, '' for its top)."""

    kind: str
    href: str
    children: tuple[Inline, ...]
    document: str = ""


@dataclass(frozen=True, slots=True)
class Number:
    """A number from the data: `text` as printed, `id` of the named number, `value` in plain digits. `place` is where
    the text names it, `cell` the cell that a table shows."""

    text: str
    id: str
    value: str
    place: Place | None = field(default=None, compare=False)
    cell: SourceCell | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class NoteCall:
    """A call of note `note` (its number); `occurrence` 1 is the first call, which carries the note itself."""

    note: int
    occurrence: int


@dataclass(frozen=True, slots=True)
class LineBreak:
    pass


Inline = Text | Span | Link | Number | NoteCall | LineBreak
Inlines = tuple[Inline, ...]


# --- blocks -----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Paragraph:
    content: Inlines
    place: Place | None = None


@dataclass(frozen=True, slots=True)
class ListBlock:
    """A list. kind: bullet, decimal, alpha; `start` is the first number. `tight`: items without paragraphs' space."""

    kind: str
    start: int
    tight: bool
    items: tuple[tuple[Block, ...], ...]
    place: Place | None = None


@dataclass(frozen=True, slots=True)
class Quote:
    blocks: tuple[Block, ...]
    place: Place | None = None


@dataclass(frozen=True, slots=True)
class Subheading:
    """An unnumbered heading inside running text; `level` is the HTML heading level (3 = h3)."""

    id: str
    level: int
    content: Inlines
    plain: str
    place: Place | None = None


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a table. `header`: '' (td), 'col', 'colgroup', 'row' or 'rowgroup' (th with that scope).
    `align`: 'left' or 'right'. Cells covered by a span above or to the left are not listed. `id` and `headers`
    are filled when the table has merged header cells and needs them."""

    blocks: tuple[Block, ...]
    header: str = ""
    align: str = "left"
    colspan: int = 1
    rowspan: int = 1
    id: str = ""
    headers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Row:
    cells: tuple[Cell, ...]
    total: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A table. kind: cijfers, tekst, formulier, or genest (inside a form: without a number of its own).
    `caption` is without 'Tabel 1:'; `number` is 0 for a nested table. `plain` is the caption in plain words, or
    of a nested table without one what it is called. `widths`: percentages or ()."""

    id: str
    kind: str
    number: int
    caption: Inlines
    plain: str
    head: tuple[Row, ...]
    body: tuple[Row, ...]
    foot: tuple[Row, ...] = ()
    source: Inlines = ()
    widths: tuple[int, ...] = ()
    wide: bool = False
    columns: int = 0
    place: Place | None = None


@dataclass(frozen=True, slots=True)
class Figure:
    """An image, or with `drawing` a chart. `file` is the path of an image relative to the edition's folder, '' for a
    chart; `width` in per cent of the text width. `table` has the data of a chart, without a number of its own."""

    id: str
    number: int
    caption: Inlines
    plain: str
    file: str
    alt: str
    width: int
    source: Inlines = ()
    place: Place | None = None
    drawing: Drawing | None = None
    table: Table | None = None


@dataclass(frozen=True, slots=True)
class OverviewItem:
    """An entry in a generated list of matters: the section's number, title or description, members, status."""

    id: str
    section_number: str
    content: Inlines
    members: str
    citations: Inlines
    status: str


@dataclass(frozen=True, slots=True)
class Overview:
    """A generated list of all matters of one kind in this document. `intro` is the Dutch sentence above it."""

    kind: str
    intro: str
    items: tuple[OverviewItem, ...]
    place: Place | None = None


Block = Paragraph | ListBlock | Quote | Subheading | Table | Figure | Overview
Blocks = tuple[Block, ...]


# --- document ---------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Edit:
    """In a preview that compares: a fact, title or caption that is another. `was` is what stood there, `now` what does
    (empty: whatever the template prints); `name` is the id when nothing stood there."""

    was: Inlines = ()
    now: Inlines = ()
    name: str = ""


@dataclass(frozen=True, slots=True)
class Note:
    """A note, in reading order. `calls` is how often it is called."""

    number: int
    blocks: Blocks
    calls: int
    place: Place | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class Matter:
    """The facts of a motie, toezegging, verzoek or aanvullende zaak, as text: ready to print. `promised_by` is who
    gave a toezegging when that was not the signatory."""

    kind: str
    label: str
    members: str
    debate: str
    citations: Inlines
    status: str
    status_label: str
    follow_up: Inlines
    promised_by: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    """A section. `level` 1 to 3 (HTML heading level is level + 1); `number` as printed ('1.2') or ''."""

    id: str
    kind: str
    level: int
    number: str
    title: Inlines
    plain: str
    matter: Matter | None
    blocks: Blocks
    sections: tuple[Section, ...]
    place: Place | None = None
    title_place: Place | None = None


@dataclass(frozen=True, slots=True)
class Sender:
    """The sender as printed; `logo` is the text of the user's own SVG or ''."""

    ministry: tuple[str, ...]
    directorate_general: str
    directorate: str
    visiting_address: tuple[str, ...]
    postal_address: tuple[str, ...]
    return_address: str
    website: str
    logo: str
    ribbon: bool
    reply_line: str


@dataclass(frozen=True, slots=True)
class Heading:
    """What stands on every document of the edition."""

    edition: str
    title: str
    subject: str
    date: date
    date_text: str
    reference: str
    dossier: str
    status: str
    sender: Sender
    addressee: tuple[str, ...]
    signatory_function: str
    signatory_name: str
    annex_count: int
    places: Mapping[str, Place] = field(default_factory=dict, compare=False)
    """Where its lines stand in the content, by the name of the field here."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A document in the list of the edition: made here, or by others. kind: brief, bijlage, extern.
    `number` is '' for the letter; `stem` is the file name without extension ('' for an external annex without
    a file), `file` the external file relative to the edition's folder."""

    kind: str
    id: str
    number: str
    title: Inlines
    plain: str
    stem: str
    file: str = ""
    author: str = ""
    explanation: Inlines = ()
    place: Place | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class Document:
    """A document made here. kind: brief or bijlage. `belongs_to` is the 'Horend bij' line of an annex;
    `label` is how others name it: 'brief', 'bijlage 3'."""

    kind: str
    id: str
    number: str
    label: str
    title: Inlines
    plain: str
    stem: str
    heading: Heading
    blocks: Blocks
    sections: tuple[Section, ...]
    notes: tuple[Note, ...]
    toc: bool = False
    show_matters: bool = False
    page_per_section: bool = False
    salutation: Inlines = ()
    closing: Inlines = ()
    belongs_to: Inlines = ()
    annex_list: tuple[Entry, ...] = ()
    places: Mapping[str, Place] = field(default_factory=dict, compare=False)
    """Where its title, salutation, closing and 'Horend bij' stand in the content, by the name of the field here."""
    edits: Mapping[str, Edit] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Report:
    """A whole edition, resolved. `folder` is its path relative to the content folder."""

    folder: str
    heading: Heading
    entries: tuple[Entry, ...]
    documents: tuple[Document, ...]
    publication: Publication
    numbers_used: tuple[str, ...] = field(default=())
    provenance: tuple[Provenance, ...] = ()


@dataclass(frozen=True, slots=True)
class EditionSummary:
    """What the page over all editions says of one; `folder` is its folder in the output."""

    folder: str
    title: str
    date: date
    date_text: str
    reference: str
    status: str
    annex_count: int
