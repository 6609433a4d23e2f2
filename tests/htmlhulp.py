"""What the tests of HTML share: rendering, parsing, and looking things up in the tree."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

from tinyhtml5.parser import HTMLParser

from halfjaarbericht.render import Medium, Renderer
from halfjaarbericht.verslag import Document, Report, Section
from tests.voorbeeld_bouwstenen import para, text
from tests.voorbeeld_verslag import annex, report

XHTML = "{http://www.w3.org/1999/xhtml}"
MEDIA: tuple[Medium, ...] = ("druk", "scherm")


def render(renderer: Renderer, folder: Path, document: Document, medium: Medium, whole: Report | None = None) -> str:
    return renderer.document(
        whole or report(), document, medium, edition_folder=folder, shared_folder=folder.parent / "gedeeld"
    )


def parse(html: str) -> Any:
    """The tree of a page; fails on anything an HTML parser has to mend."""
    parser = HTMLParser()
    tree = parser.parse(html)
    assert parser.errors == []
    return tree


def elements(tree: Any, tag: str = "") -> list[Any]:
    return [e for e in tree.iter() if isinstance(e.tag, str) and (not tag or e.tag == XHTML + tag)]


def classes(element: Any) -> list[str]:
    return (element.get("class") or "").split()


def with_class(tree: Any, name: str) -> list[Any]:
    return [e for e in elements(tree) if name in classes(e)]


def words(element: Any) -> str:
    return " ".join("".join(element.itertext()).split())


def one_section(*content: Any, **changes: Any) -> Document:
    """An annex of one section that holds `content`."""
    section = Section("deel", "tekst", 1, "", text("Deel"), "Deel", None, (para(*content),), ())
    return replace(annex(), sections=(section,), notes=(), toc=False, **changes)
