"""Which image files a document shows."""

from __future__ import annotations

from halfjaarbericht.verslag import Block, Document, Figure, ListBlock, Quote, Section


def document_images(document: Document) -> set[str]:
    """The image files that a document shows."""
    found: set[str] = set()

    def look(blocks: tuple[Block, ...]) -> None:
        for block in blocks:
            if isinstance(block, Figure):
                found.update({block.file} - {""})
            elif isinstance(block, Quote):
                look(block.blocks)
            elif isinstance(block, ListBlock):
                for item in block.items:
                    look(item)

    def sections(items: tuple[Section, ...]) -> None:
        for section in items:
            look(section.blocks)
            sections(section.sections)

    look(document.blocks)
    sections(document.sections)
    return found
