"""Importing this makes the PDF engine warm: its modules, the fonts and the hyphenation of Dutch are there then.

For the process from which workers are forked (multiprocessing's fork server) and for nothing else: a worker that is
forked from it starts to lay out at once.
"""

from __future__ import annotations

import gc

import weasyprint
from weasyprint.text.fonts import FontConfiguration

from halfjaarbericht.pdf import document

_TEXT = (
    "<html lang=nl><style>p { hyphens: auto; width: 6em }</style><p>Verantwoordelijkheidsgevoel <b>en</b> <i>meer</i>"
)


def warm_up() -> None:
    """Lay out and write a small page, and put what that made where no garbage collection looks again."""
    weasyprint.HTML(string=_TEXT).render(font_config=FontConfiguration()).write_pdf()
    gc.collect()
    gc.freeze()


warm_up()
__all__ = ["document", "warm_up"]
