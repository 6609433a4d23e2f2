"""The tag tree itself as text, for who checks the program: role, identifier, attributes and the head of the text."""

from __future__ import annotations

from collections.abc import Iterator

from halfjaarbericht.readout.inline import where
from halfjaarbericht.tagtree.model import Annotation, Element, Mark, Tree

INDENT = "  "
HEAD = 60


def list_tags(tree: Tree) -> str:
    """One line for each element, in reading order, with its pieces of text and links where they stand."""
    return "\n".join(line for root in tree.roots for line in _element(root, 0)) + "\n"


def _element(element: Element, depth: int) -> Iterator[str]:
    yield INDENT * depth + " ".join([element.role, *_facts(element)])
    text = ""
    for kid in element.kids:
        if isinstance(kid, Mark):
            text += kid.text
            continue
        yield from _text(text, depth + 1)
        text = ""
        if isinstance(kid, Annotation):
            yield f"{INDENT * (depth + 1)}→ {where(kid.target)} {kid.contents or 'zonder omschrijving'!r}"
        else:
            yield from _element(kid, depth + 1)
    yield from _text(text, depth + 1)


def _facts(element: Element) -> Iterator[str]:
    named = {
        "id": element.id,
        "taal": element.lang,
        "titel": element.title,
        "alt": element.alt,
        "tekst": element.actual,
        "voluit": element.expansion,
    }
    yield from (f"{name}={_head(value)!r}" for name, value in named.items() if value is not None)
    yield from (f"{name}={_value(value)}" for name, value in sorted(element.attributes.items()))


def _value(value: object) -> str:
    if isinstance(value, list):
        return f"[{' '.join(_value(item) for item in value)}]"
    # Tenths of a point, so that a place may differ by what rounding does.
    return f"{value:.1f}" if isinstance(value, float) else str(value)


def _text(text: str, depth: int) -> Iterator[str]:
    words = " ".join(text.split())
    if words:
        yield f"{INDENT * depth}“{_head(words)}”"


def _head(text: str) -> str:
    return text if len(text) <= HEAD else text[:HEAD] + "…"
