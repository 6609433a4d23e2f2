"""Building blocks of the sample report: text, paragraphs, lists and cells in a few letters."""

from __future__ import annotations

from halfjaarbericht.verslag import Blocks, Cell, Inline, Inlines, ListBlock, Number, Paragraph, Text

SENTENCES = (
    "De politie werkt elke dag aan de veiligheid van iedereen in Nederland, in de wijk, op het web en over de grens.",
    "In de afgelopen maanden is daarvoor met de gezagen en met de korpschef een reeks afspraken gemaakt.",
    "Die afspraken gaan over de bezetting van de teams, over opleiding en over de uitrusting van medewerkers.",
    "Waar de uitvoering achterblijft bij de planning, meld ik dat hieronder met de reden en met de nieuwe datum.",
    "De cijfers komen uit de administratie van de politie en zijn afgerond op hele aantallen.",
)


def text(value: str) -> Inlines:
    return (Text(value),)


def para(*content: str | Inline) -> Paragraph:
    return Paragraph(tuple(Text(item) if isinstance(item, str) else item for item in content))


def running(count: int, start: int = 0) -> tuple[Paragraph, ...]:
    """`count` paragraphs of three sentences each."""
    return tuple(
        para(" ".join(SENTENCES[(start + index + step) % len(SENTENCES)] for step in range(3)))
        for index in range(count)
    )


def bullets(*items: str | Blocks, tight: bool = True, kind: str = "bullet", start: int = 1) -> ListBlock:
    blocks = tuple((para(item),) if isinstance(item, str) else item for item in items)
    return ListBlock(kind, start, tight, blocks)


def head(value: str | Inlines, scope: str = "col", colspan: int = 1, rowspan: int = 1, id: str = "") -> Cell:
    content = text(value) if isinstance(value, str) else value
    align = "left" if scope == "colgroup" or value in ("Onderdeel", "Eenheid") else "right"
    return Cell((Paragraph(content),), scope, align, colspan, rowspan, id)


def row_head(value: str, scope: str = "row", rowspan: int = 1, id: str = "", headers: tuple[str, ...] = ()) -> Cell:
    return Cell((para(value),), scope, "left", 1, rowspan, id, headers)


def figure_cell(value: str, *extra: Inline, headers: tuple[str, ...] = ()) -> Cell:
    number = Number(value, "bezetting", value.replace(".", ""))
    return Cell((Paragraph((number, *extra)),), "", "right", headers=headers)
