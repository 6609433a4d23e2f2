"""What keeps a document from being laid out in parts: things on a page that come from elsewhere in the document.

Our own styles have none of these; those of a project may.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from halfjaarbericht.pdf.proof.scan import Node
from halfjaarbericht.pdf.tree import Tree

# Selectors by what comes later in the document, or by what is inside an element.
_FAR = re.compile(r":(?:has|empty|nth-last|only|last-of)\b|~")
_NOT_RULES = re.compile(r"/\*.*?\*/|\{[^{}]*\}", re.DOTALL)
_COUNTED = ("page", "pages", "list-item")
_ELSEWHERE = ("target-counters()", "target-text()", "leader()", "string()", "element()")


def can_be_parted(html: str, root: Node, tree: Tree, pages: Sequence[Any]) -> bool:
    """Whether each page of a document that was laid out depends only on what is on it and around it, and on what a map
    tells. `root` is the <html> of `html`."""
    return not (
        tree.context.string_set
        or tree.context.broken_apart
        or any(page._page_box.fixed_boxes for page in pages)
        or any(node.tag in ("style", "link", "script") for part in root.children[1:] for node in part.walk())
        or any(_FAR.search(_NOT_RULES.sub(" ", text)) for text in _sheets(html, root, tree))
        or any(not _is_near(box) for page in pages for box in page._page_box.descendants(placeholders=True))
    )


def _sheets(html: str, root: Node, tree: Tree) -> Iterator[str]:
    yield from tree.source.url_fetcher.sheets
    yield from (html[node.inside : node.close] for node in root.walk() if node.tag == "style")


def _is_near(box: Any) -> bool:
    """Whether generated content counts at most pages and items of a list, and tells at most the page of something."""
    content = box.style["content"] if isinstance(box.style, Mapping) else ()
    if "::" not in str(box.element_tag) or not isinstance(content, tuple):
        return True
    for kind, value in content:
        if kind in ("counter()", "counters()") and value[0] not in _COUNTED:
            return False
        if kind in _ELSEWHERE or (kind == "target-counter()" and value[1] != "page"):
            return False
    return True
