"""Which HTML element becomes which standard structure type (ISO 32000-1, 14.8.4), and what the types allow."""

from __future__ import annotations

SVG = "{http://www.w3.org/2000/svg}svg"

# What is not here has no role of its own: its content belongs to the element around it.
ROLES = {
    "article": "Art",
    "section": "Sect",
    "nav": "Sect",
    "aside": "Sect",
    "address": "Sect",
    "header": "Sect",
    "footer": "Sect",
    # A text alternative stands for all that is inside; the caption must still be read, so it stands beside the Figure.
    "figure": "Sect",
    "figcaption": "Caption",
    "blockquote": "BlockQuote",
    "p": "P",
    "pre": "P",
    **{f"h{level}": f"H{level}" for level in range(1, 7)},
    "ul": "L",
    "ol": "L",
    "dl": "L",
    "table": "Table",
    "caption": "Caption",
    "thead": "THead",
    "tbody": "TBody",
    "tfoot": "TFoot",
    "tr": "TR",
    "th": "TH",
    "td": "TD",
    "a": "Link",
    "q": "Quote",
    "code": "Code",
    "img": "Figure",
    SVG: "Figure",
}
# In a table of contents (14.8.4.2).
CONTENTS_ROLES = {"ol": "TOC", "ul": "TOC", "li": "TOCI"}

# Grouping elements hold blocks, no text (14.8.4.2). A note is put together in the same way.
GROUPING = frozenset(("Document", "Part", "Art", "Sect", "Div", "BlockQuote", "Note"))
# Elements inside a line (14.8.4.4). A note belongs to them too, but stands after the block that calls it.
INLINE = frozenset(("Span", "Quote", "Reference", "Code", "Link"))
# What a note may be put in, after the block that calls it: never inside a table or between the items of a list.
NOTE_PLACES = frozenset(("Document", "Part", "Art", "Sect", "Div", "BlockQuote", "LBody"))
# What stays although nothing is in it: a table keeps its shape.
MAY_BE_EMPTY = frozenset(("TD", "TH"))

# `list-style-type` → ListNumbering (14.8.5.5); other styles are told from what they print.
NUMBERING = {
    "none": "None",
    "disc": "Disc",
    "circle": "Circle",
    "square": "Square",
    "decimal": "Decimal",
    "decimal-leading-zero": "Decimal",
    "lower-alpha": "LowerAlpha",
    "lower-latin": "LowerAlpha",
    "upper-alpha": "UpperAlpha",
    "upper-latin": "UpperAlpha",
    "lower-roman": "LowerRoman",
    "upper-roman": "UpperRoman",
}


def numbering(style: object, label: str) -> str:
    """The ListNumbering of a list with this `list-style-type`, whose first item is marked with `label`."""
    if isinstance(style, str) and style in NUMBERING:
        return NUMBERING[style]
    return "Decimal" if label.strip()[:1].isdigit() else "Disc"
