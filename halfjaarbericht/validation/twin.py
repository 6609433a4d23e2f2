"""A PDF beside the web page of the same document: what is a heading, note, table or foreign word in one is so in both.

The only check that sees a role that is allowed but wrong, such as a note that became an ordinary paragraph.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from halfjaarbericht.tagtree.grid import grid_of
from halfjaarbericht.tagtree.model import Element, Tree
from halfjaarbericht.validation.finding import Finding
from halfjaarbericht.validation.webtwin import Skeleton, letters, read_page

CHECKER = "eigen regels: PDF naast webpagina"
RULES = 5
_HEADING = re.compile(r"H([1-6])")
SHOWN = 50


def check(tree: Tree, page: Path, name: str) -> tuple[int, list[Finding]]:
    """The number of comparisons, and where a PDF differs from its page."""
    pdf, web = _skeleton(tree), read_page(page)
    return RULES, [Finding(name, CHECKER, rule, "", message) for rule, message in _differences(pdf, web)]


def _skeleton(tree: Tree) -> Skeleton:
    found = Skeleton()
    lang = tree.lang.lower()
    for root in tree.roots:
        _gather(root, lang, found)
    return found


def _gather(element: Element, around: str, found: Skeleton) -> None:
    lang = (element.lang or around).lower()
    heading = _HEADING.fullmatch(element.role)
    if element.role == "TOC":
        return
    if heading and heading[1] != "1":
        # The title over a letter is its subject, over the page it is the name of the report.
        found.headings.append((int(heading[1]), letters(element.words())))
    elif element.role == "Note":
        found.notes += 1
    elif element.role == "Table":
        caption = next((child for child in element.children if child.role == "Caption"), None)
        found.tables.append((letters(caption.words()) if caption else "", len(grid_of(element).cells)))
    elif element.role == "Figure":
        found.figures += 1
    if lang != around and letters(element.words()):
        found.foreign[lang, letters(element.words())] += 1
    for child in _compared(element):
        _gather(child, lang, found)


def _compared(element: Element) -> Iterator[Element]:
    """The children that a page has too: not the heading over the contents list, which belongs to its navigation."""
    listed = any(child.role == "TOC" for child in element.children)
    return (child for child in element.children if not (listed and _HEADING.fullmatch(child.role)))


def _differences(pdf: Skeleton, web: Skeleton) -> Iterator[tuple[str, str]]:
    for level, text in _more(Counter(pdf.headings), Counter(web.headings)):
        yield "zelfde koppen", f"“{text[:SHOWN]}” is alleen in de PDF een kop van niveau {level}"
    for level, text in _more(Counter(web.headings), Counter(pdf.headings)):
        yield "zelfde koppen", f"“{text[:SHOWN]}” is in de PDF geen kop van niveau {level}"
    if pdf.notes != web.notes:
        yield "zelfde noten", f"de PDF heeft {pdf.notes} noten, de webpagina {web.notes}"
    for (title, cells), _ in sorted((Counter(web.tables) - Counter(pdf.tables)).items()):
        yield "zelfde tabellen", f"de tabel “{title[:SHOWN]}” met {cells} cellen staat anders of niet in de PDF"
    for (title, cells), _ in sorted((Counter(pdf.tables) - Counter(web.tables)).items()):
        yield "zelfde tabellen", f"de tabel “{title[:SHOWN]}” met {cells} cellen staat anders of niet op de webpagina"
    if pdf.figures != web.figures:
        yield "zelfde figuren", f"de PDF heeft {pdf.figures} figuren, de webpagina {web.figures}"
    for (lang, text), _ in sorted((web.foreign - pdf.foreign).items()):
        yield "zelfde talen", f"“{text[:SHOWN]}” heeft in de PDF niet de taal '{lang}'"


def _more(some: Counter[tuple[int, str]], others: Counter[tuple[int, str]]) -> list[tuple[int, str]]:
    return sorted((some - others).elements())
