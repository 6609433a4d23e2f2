"""Language, headings, the table of contents and page numbers (ISO 14289-1, 7.2, 7.4; WCAG 2.2, 2.4.6 and 3.1)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from halfjaarbericht.language.talen import language_name
from halfjaarbericht.tagtree.model import Element, Page, Tree
from halfjaarbericht.validation.structure.rule import Fault, Rule, head, page_of

_HEADING = re.compile(r"H([1-6])")
_FOLIO = re.compile(r"Pagina\s*(\d+)\s*van\s*(\d+)")
_LAST_NUMBER = re.compile(r"(\d+)\W*$")


def languages(tree: Tree) -> Iterator[Fault]:
    """The document has a language, and every language named is one that exists."""
    if not tree.lang:
        yield Fault(0, "het document noemt zijn taal niet")
    tags = {(element.lang, page_of(element)) for element in tree.walk() if element.lang is not None}
    for tag, page in sorted({(tree.lang, 0), *tags}):
        if tag and language_name(tag) == tag:
            yield Fault(page, f"'{tag}' is geen taal")


def heading_levels(tree: Tree) -> Iterator[Fault]:
    """The first heading is of level 1, and no level is skipped on the way down (ISO 14289-1, 7.4.2)."""
    before = 0
    for element, level in _headings(tree):
        if level > before + 1:
            jump = f"op niveau {before} volgt niveau {level}" if before else f"de eerste kop is van niveau {level}"
            yield Fault(page_of(element), f"{jump}: {head(element.words())}")
        before = level


def headings_have_text(tree: Tree) -> Iterator[Fault]:
    """A heading says something."""
    for element, level in _headings(tree):
        if not element.words():
            yield Fault(page_of(element), f"een kop van niveau {level} is leeg")


def _headings(tree: Tree) -> Iterator[tuple[Element, int]]:
    for element in tree.walk():
        found = _HEADING.fullmatch(element.role)
        if found:
            yield element, int(found[1])


def contents_entries(tree: Tree) -> Iterator[Fault]:
    """Every entry of the table of contents leads to the page whose number it prints."""
    folios = {page.number: folio[0] for page in tree.pages if (folio := _folio(page))}
    for element in tree.walk():
        if element.role != "TOCI":
            continue
        own = " ".join(kid.words() for kid in element.children if kid.role != "TOC")
        targets = [link.target.page for kid in element.children if kid.role != "TOC" for link in kid.links()]
        printed = _LAST_NUMBER.search(own)
        if not targets:
            yield Fault(page_of(element), f"{head(own)} in de inhoudsopgave is geen koppeling")
        elif printed is None:
            yield Fault(page_of(element), f"{head(own)} in de inhoudsopgave heeft geen paginanummer")
        elif int(printed[1]) != folios.get(targets[0], targets[0]):
            yield Fault(page_of(element), f"{head(own)} leidt naar bladzijde {targets[0]}, niet naar {printed[1]}")


def page_numbers(tree: Tree) -> Iterator[Fault]:
    """“Pagina i van n” is right on every page; a bundle counts each of its documents by itself."""
    folios = [_folio(page) for page in tree.pages]
    if not any(folios):
        return
    wanted, count = 0, 0
    for number, folio in enumerate(folios, start=1):
        wanted = 1 if wanted == count else wanted + 1
        if folio is None:
            yield Fault(number, "“Pagina … van …” ontbreekt")
            continue
        count = folio[1] if wanted == 1 else count
        if folio != (wanted, count):
            yield Fault(number, f"er staat “Pagina {folio[0]} van {folio[1]}”, dat moet {wanted} van {count} zijn")
    if wanted != count:
        yield Fault(0, f"volgens de paginanummers zijn er {count} bladzijden, er zijn er {wanted}")


def _folio(page: Page) -> tuple[int, int] | None:
    """The number of a page and of pages as the page prints them."""
    texts = ["".join(loose.text for loose in page.loose), "".join(mark.drawn for mark in page.marks.values())]
    found = next((match for text in texts if (match := _FOLIO.search(text))), None)
    return (int(found[1]), int(found[2])) if found else None


RULES = (
    Rule("taal", languages),
    Rule("kopniveaus", heading_levels),
    Rule("koppen hebben tekst", headings_have_text),
    Rule("inhoudsopgave", contents_entries),
    Rule("paginanummers", page_numbers),
)
