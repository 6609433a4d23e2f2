"""From HTML to the engine's tree of boxes, and from that tree to laid-out pages: what the engine does in one go."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import weasyprint
from weasyprint.css.counters import CounterStyle
from weasyprint.document import Document, Page
from weasyprint.formatting_structure.build import build_formatting_structure
from weasyprint.html import get_html_metadata
from weasyprint.layout import layout_document
from weasyprint.pdf.metadata import DocumentMetadata
from weasyprint.text.fonts import FontConfiguration

from halfjaarbericht.pdf.fetcher import AssetFetcher
from halfjaarbericht.pdf.jobs import PdfJob
from halfjaarbericht.pdf.noten import NoteKeepingContext, Plan


def parse(job: PdfJob, html: str) -> weasyprint.HTML:
    """The HTML as the engine reads it, with the files of the document; what is refused stands in its `url_fetcher`."""
    rooms = {"styles": job.styles, "editie": (job.edition,), "gedeeld": (job.shared,)}
    # Without a base URL a link such as bijlage-2.pdf#tabel-1 stays as it is; everything else has a full
    # address.
    return weasyprint.HTML(string=html, url_fetcher=AssetFetcher(rooms))


@dataclass(frozen=True)
class Tree:
    """A document before layout: the HTML, its boxes, and the state of the layout that is to come. For one layout."""

    source: weasyprint.HTML
    root: Any
    context: NoteKeepingContext
    fonts: FontConfiguration

    def document(self, pages: Sequence[Any]) -> Document:
        """The engine's document of these pages."""
        metadata = DocumentMetadata(**get_html_metadata(self.source))
        return Document(list(pages), metadata, self.source.url_fetcher, self.fonts, {}, None)


def make_tree(source: weasyprint.HTML, fonts: FontConfiguration, plan: Plan, css: str = "") -> Tree:
    """Give every element its style and its boxes; the layout keeps the rules for notes and `plan`. `css` is a style
    sheet beside those of the document: only what is !important in it wins from theirs."""
    counters = CounterStyle()
    sheets = [weasyprint.CSS(string=css, url_fetcher=source.url_fetcher)] if css else None
    options = weasyprint.DEFAULT_OPTIONS | {"stylesheets": sheets}
    context = NoteKeepingContext.adopt(Document._build_layout_context(source, fonts, counters, {}, options), plan)
    root = build_formatting_structure(
        source.etree_element,
        context.style_for,
        context.get_image_from_uri,
        source.base_url,
        context.target_collector,
        counters,
        context.footnotes,
    )
    return Tree(source, root, context, fonts)


def lay_out_all(tree: Tree) -> Document:
    """Lay out all pages."""
    return tree.document([Page(box) for box in layout_document(tree.source, tree.root, tree.context)])
