"""What looks like markup of another language: never silently text, always a mistake with a place."""

from __future__ import annotations

import re
from itertools import islice

from halfjaarbericht.prose.tree import At, Complaint

MAX_CHARACTERS = 60_000
MAX_OF_A_KIND = 100
"""So many mistakes of one kind are told in one text; what comes after them is the same again."""
# Every repetition has a bound, so that a text full of openings takes no quadratic time.
ROLE = re.compile(r"\{([a-zA-Z_-]{1,40})\}`([^`\n]{0,2000})`")
NOTE = re.compile(r"\[\^([^\]\n]{0,500})\]")

_FOREIGN: tuple[tuple[re.Pattern[str], str, str, str], ...] = (
    (
        re.compile(r"<(?:[A-Za-z/!][^>\n]{0,500}>|!--)"),
        "E211",
        "HTML is niet toegestaan",
        "gebruik Markdown of een rol",
    ),
    (
        re.compile(r"\{\{(?:[^}\n]{0,500}\}\})?|\{%(?:[^%\n]{0,500}%\})?|\{#"),
        "E212",
        "sjablooncode is niet toegestaan",
        "gebruik een rol, zoals {getal}`naam`",
    ),
    (
        re.compile(r"!\[[^\]\n]{0,500}\]\([^)\n]{0,500}\)?"),
        "E215",
        "een afbeelding kan niet in de tekst",
        "zet haar onder figuren: met een alt",
    ),
    (
        re.compile(r"^ {0,3}\|.*(?:\n {0,3}\|.*)*|^ {0,3}:?-+:?[ \t]*\|[ \t|:-]*$", re.M),
        "E215",
        "een tabel kan niet in de tekst",
        "zet haar onder tabellen:",
    ),
    (re.compile(r"^\[\^[^\]\n]{0,500}\]:", re.M), "E215", "een noottekst kan niet in de tekst", "zet hem onder noten:"),
    (
        re.compile(r"^ {0,3}(?:#(?!#)|#{3,})[ \t]", re.M),
        "E217",
        "een tussenkop begint met ##",
        "diepere koppen zijn secties",
    ),
    (
        re.compile(r"^ {0,3}(?:(?:-[ \t]*){2,}-|(?:\*[ \t]*){2,}\*|(?:_[ \t]*){2,}_|={3,}|~{3,})[ \t]*$", re.M),
        "E215",
        "een streep kan niet in de tekst",
        "laat hem weg; een nieuw onderwerp krijgt een tussenkop: ## Kop",
    ),
    (
        re.compile(r"^ {0,3}\[[^\]\n^][^\]\n]{0,500}\]:[ \t]*<?(?:https?:|mailto:|www\.|[/#.])", re.M),
        "E216",
        "een adres kan niet los van zijn link",
        "schrijf [tekst](https://…) waar de link hoort",
    ),
    (
        re.compile(r"^[ \t>]{0,40}(?:[-*+]|\d{1,9}[.)])[ \t]{1,8}\[[ xX]?\](?=[ \t]|$)", re.M),
        "E215",
        "een vakje kan niet in de tekst",
        "laat het weg, of schrijf in woorden wat al gedaan is",
    ),
    (
        re.compile(r"(?<![\\~])~~(?!~)(?:[^~\n]{1,500}~~)?"),
        "E215",
        "doorhalen kan niet",
        "haal de tekst weg, of schrijf \\~ voor het teken",
    ),
    (re.compile(r"\{[a-zA-Z_-]{1,40}\}(?!`)"), "E214", "na een rol hoort `…`", "schrijf {getal}`naam`"),
    (re.compile(r"`[^`\n]+`|`+"), "E214", "een losse ` (accent)", "een rol is {naam}`…` op één regel"),
)


def find_foreign(text: str) -> list[Complaint]:
    """Everything in `text` that this language does not know, in the order of the rules."""
    if too_long(text):
        return [Complaint("E215", At(0, 0), "de tekst is te lang voor één blok", "splits de sectie")]
    without_roles = ROLE.sub(lambda m: "\x00" * len(m[0]), text)
    found = []
    for pattern, code, message, hint in _FOREIGN:
        for match in islice(pattern.finditer(without_roles), MAX_OF_A_KIND):
            first_line = match[0].split("\n")[0]
            found.append(Complaint(code, _at(text, match.start(), len(first_line)), message, hint))
    return found


def too_long(text: str) -> bool:
    """Whether a text is longer than anybody writes in one block; it is not read then."""
    return len(text) > MAX_CHARACTERS


def _at(text: str, offset: int, width: int) -> At:
    before = text[:offset]
    return At(before.count("\n"), offset - (before.rfind("\n") + 1), width)
