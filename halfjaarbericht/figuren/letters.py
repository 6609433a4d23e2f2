"""How wide text is in the vendored typeface (DejaVu Sans), so that labels can be placed before they are drawn.

The widths are those of the font files, in thousandths of the size; a test compares them with the files. On screen
the typeface may be Verdana, whose letters are as wide within a few per cent.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping

_UNKNOWN = 700


def _by_letter(letters: Mapping[int, str]) -> dict[str, int]:
    return {letter: width for width, same in letters.items() for letter in same}


_REGULAR = _by_letter(
    {
        275: "'",
        278: "ijl",
        295: "IJ",
        318: " ,.\u00a0·‘’",
        337: "/:;\\|¦",
        352: "f",
        361: "-\u00ad",
        390: "()[]",
        392: "t",
        401: "!¡²³¹",
        411: "r",
        460: '"',
        471: "ªº",
        500: "*_`§¨¯°´¸–",
        518: "“”„",
        521: "s",
        525: "z",
        531: "?¿",
        550: "c",
        557: "L",
        575: "F",
        579: "k",
        590: "•",
        592: "vxy",
        603: "P",
        605: "Þ",
        611: "TY",
        612: "o«»ðø",
        613: "a",
        615: "e",
        630: "ß",
        632: "E",
        634: "hnu",
        635: "Sbdgpqþ",
        636: "$0123456789{}¢£¤¥µ¶€",
        656: "K",
        684: "AV",
        685: "XZ",
        686: "B",
        695: "R",
        698: "C",
        732: "U",
        748: "N",
        752: "H",
        770: "D",
        775: "GÐ",
        780: "&",
        787: "OQØ",
        818: "w",
        838: "#+<=>^~¬±×÷−",
        863: "M",
        950: "%",
        969: "¼½¾",
        974: "mÆ",
        982: "æ",
        989: "W",
        1000: "@©®—…",
    }
)
_BOLD = _by_letter(
    {
        306: "'",
        343: "ijl",
        348: " \u00a0",
        365: "/\\|¦",
        372: "IJ",
        380: ",.·‘’",
        400: ":;",
        415: "-\u00ad",
        435: "f",
        438: "²³¹",
        456: "!¡",
        457: "()[]",
        478: "t",
        493: "r",
        500: "_`§¨¯°´¸–",
        521: '"',
        523: "*",
        564: "ªº",
        580: "?¿",
        582: "z",
        593: "c",
        595: "s",
        636: "¤¶",
        637: "L",
        639: "•",
        645: "x",
        646: "«»",
        652: "vy",
        657: "“”„",
        665: "k",
        675: "a",
        678: "e",
        682: "T",
        683: "EF",
        687: "oðø",
        696: "$0123456789¢£¥€",
        712: "hnu{}",
        716: "bdgpqþ",
        719: "ß",
        720: "S",
        724: "Y",
        725: "Z",
        733: "P",
        734: "C",
        736: "µ",
        738: "Þ",
        762: "B",
        770: "R",
        771: "X",
        774: "AV",
        775: "K",
        812: "U",
        821: "G",
        830: "D",
        837: "HN",
        838: "#+<=>^~¬±Ð×÷−",
        850: "OQØ",
        872: "&",
        924: "w",
        995: "M",
        1000: "@©®—…",
        1002: "%",
        1035: "¼½¾",
        1042: "m",
        1048: "æ",
        1085: "Æ",
        1103: "W",
    }
)


def text_width(text: str, size: float, *, bold: bool = False) -> float:
    """The width of one line of text set at `size`, in the unit of `size`."""
    widths = _BOLD if bold else _REGULAR
    return sum([_width(letter, widths) for letter in text]) * size / 1000


def wrap(text: str, size: float, width: float, *, lines: int, bold: bool = False) -> list[str]:
    """`text` over at most `lines` lines no wider than `width`. A word that is too wide for a line, and what does
    not fit on the last line, ends with an ellipsis."""
    rows: list[str] = []
    for word in text.split(" "):
        longer = f"{rows[-1]} {word}" if rows else word
        if rows and text_width(longer, size, bold=bold) <= width:
            rows[-1] = longer
        else:
            rows.append(word)
    if len(rows) > lines:
        rows = [*rows[: lines - 1], " ".join(rows[lines - 1 :])]
    return [_shortened(row, size, width, bold) for row in rows]


def _shortened(row: str, size: float, width: float, bold: bool) -> str:
    if text_width(row, size, bold=bold) <= width:
        return row
    while len(row) > 1 and text_width(row + "…", size, bold=bold) > width:
        row = row[:-1].rstrip()
    return row + "…"


def _width(letter: str, widths: Mapping[str, int]) -> int:
    found = widths.get(letter)
    return found if found is not None else widths.get(unicodedata.normalize("NFD", letter)[0], _UNKNOWN)
