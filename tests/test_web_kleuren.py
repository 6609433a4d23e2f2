"""The contrast of every pair of colours that can meet, computed from the style sheets (WCAG 2.2: 1.4.3 and 1.4.11).

A style sheet does not say which text stands on which ground, so every dark text is tried on every light ground and the
other way round. What is left is told below, and compared with the sheets: the dark grounds with what writes on
them, and the lines that mean nothing. A new colour has a role as soon as a sheet uses it, and so cannot escape.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product
from typing import Any
from xml.etree import ElementTree

import pytest
import tinycss2

from halfjaarbericht.figuren.palet import contrast, luminance, text_on
from tests.editiehulp import ROOT
from tests.grafiekhulp import palette

STYLES = ROOT / "styles"
SHEETS = ("tekst.css", "scherm.css", "druk.css", "concept.css")
TEXT, GRAPHIC = 4.5, 3.0
"""The lowest contrast of text, and of what one must see to use or understand a page."""
COLOUR = re.compile(r"#(?:[0-9a-f]{3}|[0-9a-f]{6})", re.I)
# Words for a colour that depend on the reader or on what is around, and so need no contrast of their own.
RELATIVE = {"inherit", "transparent", "none", "currentcolor", "canvastext", "highlight"}

# The dark grounds of the sheets, each with the selectors whose text or outline stands on it.
ON_DARK = {
    ".balk": {".balk a", ".balk a:focus-visible"},
    ".paginavoet": {".paginavoet"},
    ".merk .lint": set(),  # the ribbon: no text
    ".lint": set(),
}
# Lines that only help the eye along: without them nothing is lost, so WCAG asks nothing of them.
DECORATION = {
    "scherm-lijn": "between rows of a table and parts of a page, which have headings and space of their own",
    "lintblauw-200": "around cells in print, left of quotations and headline figures, which are indented",
}


@dataclass(frozen=True)
class Use:
    """A colour token in a sheet: its name without dashes, as text, ground or line, for which selector."""

    token: str
    role: str
    selector: str
    sheet: str


def role_of(name: str) -> str:
    if name == "color":
        return "text"
    if name.startswith("background"):
        return "ground"
    if name.startswith(("border", "outline", "text-decoration", "column-rule")):
        return "line"
    return ""


def declarations(sheet: str) -> Iterator[tuple[str, Any]]:
    """(selector, declaration) of all rules, also those in @media and @page."""
    rules = tinycss2.parse_stylesheet((STYLES / sheet).read_text(encoding="utf-8"), True, True)
    yield from _in_rules(rules)


def _in_rules(rules: list[Any], around: str = "") -> Iterator[tuple[str, Any]]:
    for rule in rules:
        if rule.type not in ("qualified-rule", "at-rule") or rule.content is None:
            continue
        name = tinycss2.serialize(rule.prelude).strip()
        shown = f"@{rule.at_keyword} {name}".strip() if rule.type == "at-rule" else name
        if rule.type == "at-rule" and rule.lower_at_keyword == "media":
            yield from _in_rules(tinycss2.parse_rule_list(rule.content, True, True))
            continue
        for item in tinycss2.parse_blocks_contents(rule.content, True, True):
            assert item.type != "error", f"{shown}: {item.message}"
            if item.type == "declaration":
                yield shown, item
            else:  # a margin box of @page
                yield from _in_rules([item], shown)


def tokens() -> dict[str, str]:
    """Every colour of tokens.css by its name, as #rrggbb."""
    found = {}
    for _, item in declarations("tokens.css"):
        value = tinycss2.serialize(item.value).strip().lower()
        if COLOUR.fullmatch(value):
            found[item.name.removeprefix("--")] = value if len(value) == 7 else "#" + "".join(c * 2 for c in value[1:])
    return found


COLOURS = tokens()


def uses() -> list[Use]:
    found = []
    for sheet in SHEETS:
        for selector, item in declarations(sheet):
            for name in re.findall(r"var\(--([\w-]+)\)", tinycss2.serialize(item.value)):
                if name in COLOURS:
                    found += [Use(name, role_of(item.lower_name), part.strip(), sheet) for part in selector.split(",")]
    return found


USES = uses()


def having(role: str, *, dark: bool) -> list[str]:
    """The colours with a role that are dark, or light: on which white reads better than black, or not."""
    names = sorted({use.token for use in USES if use.role == role})
    return [name for name in names if (text_on(COLOURS[name]) == "#ffffff") == dark]


# --- nothing escapes --------------------------------------------------------------------------------------------


def test_a_sheet_names_its_colours() -> None:
    """A colour that is typed in a rule would be in no pair."""
    for sheet in SHEETS:
        for selector, item in declarations(sheet):
            if not role_of(item.lower_name):
                continue
            for part in item.value:
                assert part.type != "hash", (sheet, selector, item.name)
                assert part.type != "function" or part.lower_name in ("var", "url", "calc"), (sheet, selector)
                if item.lower_name in ("color", "background-color") and part.type == "ident":
                    assert part.lower_value in RELATIVE, (sheet, selector, part.value)
    keyword = r":[^;{]*\b(white|black|red|blue|gr[ae]y|navy|silver|teal|yellow)\b"
    assert not [sheet for sheet in SHEETS if re.search(keyword, (STYLES / sheet).read_text(encoding="utf-8"))]


def test_every_colour_has_a_role() -> None:
    used = {use.token for use in USES if use.role}
    charts = {name for name in COLOURS if name.startswith("grafiek-")}
    assert set(COLOURS) - used - charts == set(), "a colour that nothing uses can go"
    assert [use for use in USES if not use.role] == []


# --- text and lines ---------------------------------------------------------------------------------------------


def pairs(role: str) -> list[Any]:
    """Dark on light and light on dark, as parameters."""
    marks = having(role, dark=True), having(role, dark=False)
    grounds = having("ground", dark=False), having("ground", dark=True)
    both = [*product(marks[0], grounds[0]), *product(marks[1], grounds[1])]
    return [pytest.param(a, b, id=f"{a} on {b}") for a, b in both]


@pytest.mark.parametrize(("mark", "ground"), pairs("text"))
def test_text_stands_out(mark: str, ground: str) -> None:
    assert contrast(COLOURS[mark], COLOURS[ground]) >= TEXT


@pytest.mark.parametrize(("mark", "ground"), [p for p in pairs("line") if p.values[0] not in DECORATION])
def test_a_line_with_a_meaning_stands_out(mark: str, ground: str) -> None:
    assert contrast(COLOURS[mark], COLOURS[ground]) >= GRAPHIC


def test_there_is_enough_to_try() -> None:
    assert len(pairs("text")) >= 20
    assert len(pairs("line")) >= 20


def test_on_dark_stands_only_what_is_light() -> None:
    dark, light = set(having("ground", dark=True)), set(having("text", dark=False))
    assert {use.selector for use in USES if use.role == "ground" and use.token in dark} == set(ON_DARK)
    writing = {use.selector for use in USES if use.role in ("text", "line") and use.token in light | {"wit"}}
    assert writing == set().union(*ON_DARK.values())


def test_every_decoration_is_one() -> None:
    """Only lines, never text or a ground; and only what would not do as a line with a meaning."""
    for name in DECORATION:
        assert {use.role for use in USES if use.token == name} == {"line"}
        assert contrast(COLOURS[name], COLOURS["wit"]) < GRAPHIC


# --- charts and what lies behind the text -----------------------------------------------------------------------


def test_charts_stand_out() -> None:
    drawn = palette()
    assert {"wit"} == {use.token for use in USES if use.selector.startswith(".grafiekvak") and use.role == "ground"}
    white = COLOURS["wit"]
    for ink in (drawn.ink, drawn.soft):
        assert contrast(ink, white) >= TEXT
    for shape in (*drawn.series, drawn.axis):
        assert contrast(shape, white) >= GRAPHIC
    # A headline figure and its unit have the colour of the first series.
    assert contrast(drawn.series[0], white) >= TEXT
    for bar in drawn.series:
        assert contrast(text_on(bar), bar) >= TEXT
    chart = {drawn.ink, drawn.soft, drawn.axis, drawn.grid, *drawn.series}
    assert chart == {value for name, value in COLOURS.items() if name.startswith("grafiek-")}


def behind_text() -> list[str]:
    """The images that are the background of a whole page."""
    return re.findall(r'@page\s*\{[^{}]*background:\s*url\("([^"]+)"\)', (STYLES / "concept.css").read_text())


def test_text_reads_over_the_watermark_of_a_concept() -> None:
    """It lies behind the text: what it leaves of white must still be a light ground."""
    (name,) = behind_text()
    fills = {e.get("fill") for e in ElementTree.parse(STYLES / name).iter() if e.tag.endswith("path")}
    assert fills and None not in fills
    for fill, text in product(fills, having("text", dark=True)):
        assert contrast(COLOURS[text], str(fill)) >= TEXT, text


# --- the measure itself -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("#000000", "#ffffff", 21.0),
        ("#777777", "#ffffff", 4.48),
        ("#767676", "#ffffff", 4.54),
        ("#abcdef", "#abcdef", 1),
    ],
)
def test_contrast_is_that_of_wcag(one: str, other: str, expected: float) -> None:
    """The well-known values at the limit: #767676 is the lightest grey that will do on white."""
    assert contrast(one, other) == pytest.approx(expected, abs=0.005)
    assert luminance("#ffffff") == pytest.approx(1)
