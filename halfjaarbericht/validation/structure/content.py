"""What is read aloud: links, figures, and text whose words stay apart (ISO 14289-1, 7.1, 7.3, 7.18)."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise

from halfjaarbericht.tagtree.model import Annotation, Box, Element, Mark, Tree
from halfjaarbericht.validation.structure.notes import is_note_call
from halfjaarbericht.validation.structure.rule import Fault, Rule, head, page_of

# Points that a drawing may reach outside its box: half a stroke, and rounding.
SLACK = 2.0
_LINK = "Link"
_FILE_NAME = re.compile(r"\S+\.(png|jpe?g|svg|gif|pdf|webp)", re.I)
_ADDRESS = re.compile(r"(https?:|mailto:|file:|#)\S*|\S+\.(pdf|html)(#\S*)?", re.I)
# Grouping elements and cells end a run of text: a reader pauses there.
_RUNS = frozenset("P H H1 H2 H3 H4 H5 H6 LBody Lbl TH TD Caption Note BlockQuote".split())
_WITHIN = frozenset("Span Quote Code Link Reference Em Strong Sub NonStruct".split())


def links_described(tree: Tree) -> Iterator[Fault]:
    """Every link says in words where it leads (ISO 14289-1, 7.18.5)."""
    for page in tree.pages:
        for link in page.annotations:
            if link.subtype != _LINK:
                continue
            words = (link.contents or "").strip()
            if not words:
                yield Fault(page.number, f"een koppeling naar {_to(link)} heeft geen omschrijving")


def links_tagged(tree: Tree) -> Iterator[Fault]:
    """Every link is in the tree, in one Link element, which has text."""
    owners = Counter(
        kid.number for e in tree.walk() if e.role == _LINK for kid in e.kids if isinstance(kid, Annotation)
    )
    for page in tree.pages:
        for link in page.annotations:
            if link.subtype == _LINK and owners[link.number] != 1:
                times = owners[link.number]
                yield Fault(page.number, f"de koppeling {head(link.contents or '')} staat {times} keer in de tagboom")
    for element in tree.walk():
        if element.role == _LINK and not (element.words() or element.alt):
            yield Fault(page_of(element), "een koppeling heeft geen tekst")


def links_are_links(tree: Tree) -> Iterator[Fault]:
    """A Link element has its annotation, so that it can be followed."""
    for element in tree.walk():
        if element.role == _LINK and not any(isinstance(kid, Annotation) for kid in element.kids):
            yield Fault(page_of(element), f"{head(element.words())} heet een koppeling maar leidt nergens heen")


def links_lead_somewhere(tree: Tree) -> Iterator[Fault]:
    """A link leads to a page of this document or to an address that is of use to others."""
    for page in tree.pages:
        for link in page.annotations:
            if link.subtype != _LINK:
                continue
            address = link.target.address
            if not link.target.page and not address:
                yield Fault(page.number, f"de koppeling {head(link.contents or '')} leidt nergens heen")
            elif address.startswith("file:") or "doc.invalid" in address:
                yield Fault(page.number, f"de koppeling {head(link.contents or '')} leidt naar {address}")


def _to(link: Annotation) -> str:
    return link.target.address or f"bladzijde {link.target.page}"


def figures_described(tree: Tree) -> Iterator[Fault]:
    """A figure has a text alternative in words."""
    for element in _figures(tree):
        words = (element.alt or element.actual or "").strip()
        if not words:
            yield Fault(page_of(element), "een figuur heeft geen beschrijving")
        elif _FILE_NAME.fullmatch(words) or _ADDRESS.fullmatch(words):
            yield Fault(page_of(element), f"een figuur heeft een bestandsnaam als beschrijving: {words}")


def figures_have_a_box(tree: Tree) -> Iterator[Fault]:
    """The box of a figure lies on its page, around what it paints (ISO 32000-1, 14.8.5.4.3)."""
    for element in _figures(tree):
        name = f"figuur {head(element.alt or '')}"
        box = _bbox(element)
        if box is None:
            yield Fault(page_of(element), f"{name} heeft geen BBox")
            continue
        pages = {mark.page for mark in element.marks()} or {element.page}
        for number in sorted(pages - {0}):
            if not tree.pages[number - 1].box.holds(box, SLACK):
                yield Fault(number, f"de BBox van {name} ligt buiten de bladzijde")
        for mark in element.marks():
            if mark.box is not None and not box.holds(mark.box, SLACK):
                yield Fault(mark.page, f"de BBox van {name} ligt niet om de tekening heen")
                break


def _bbox(element: Element) -> Box | None:
    value = element.attributes.get("BBox")
    if not isinstance(value, list) or len(value) != 4 or not all(isinstance(v, int | float) for v in value):
        return None
    return Box(*(float(v) for v in value))


def _figures(tree: Tree) -> Iterator[Element]:
    return (element for element in tree.walk() if element.role in ("Figure", "Formula"))


def letters_known(tree: Tree) -> Iterator[Fault]:
    """Every glyph stands for a letter that a voice can say (ISO 14289-1, 7.21.7)."""
    for root in tree.roots:
        for mark in root.marks():
            if any(letter == "\ufffd" or "\ue000" <= letter <= "\uf8ff" for letter in mark.text):
                yield Fault(mark.page, f"onbekende tekens in {head(mark.text)}")


def words_apart(tree: Tree) -> Iterator[Fault]:
    """The last word of a line is not glued to the first of the next, and no word keeps the hyphen of a line end."""
    calls = {id(mark) for element in tree.walk() if is_note_call(element) for mark in element.marks()}
    for element in tree.walk():
        if element.role not in _RUNS:
            continue
        for one, other in pairwise(_run(element)):
            if one.text[-1:] in ("\u00ad", "\u2010"):
                yield Fault(one.page, f"het afbreekteken staat nog in {head(one.text)}")
            elif id(other) not in calls and _glued(one, other):  # a call belongs right behind its word
                yield Fault(one.page, f"geen spatie tussen {head(one.text[-20:])} en {head(other.text[:20])}")


def _run(element: Element) -> Iterator[Mark]:
    """The marks of one run of text: what lies in it inline, blocks inside it left out."""
    for kid in element.kids:
        if isinstance(kid, Mark):
            if kid.text:
                yield kid
        elif isinstance(kid, Element) and kid.role in _WITHIN and kid.actual is None:
            yield from _run(kid)


def _glued(one: Mark, other: Mark) -> bool:
    """Whether two marks stand on different lines with nothing between their words."""
    if one.box is None or other.box is None:
        return False
    below = one.page != other.page or other.box.top <= one.box.bottom or other.box.bottom >= one.box.top
    parted = one.text[-1].isspace() or other.text[0].isspace() or one.text[-1] in "-–—/\u2011"
    return below and not parted


RULES = (
    Rule("koppeling heeft omschrijving", links_described),
    Rule("koppeling staat in de boom", links_tagged),
    Rule("koppeling kan gevolgd worden", links_are_links),
    Rule("koppeling leidt ergens heen", links_lead_somewhere),
    Rule("figuur heeft beschrijving", figures_described),
    Rule("figuur heeft kader", figures_have_a_box),
    Rule("tekens zijn bekend", letters_known),
    Rule("woorden staan los", words_apart),
)
