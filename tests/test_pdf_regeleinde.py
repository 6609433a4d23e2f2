"""Where lines end: the engine's two faults as they are, and as they are mended."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pytest
import weasyprint
from weasyprint.formatting_structure import boxes

from halfjaarbericht.pdf.fetcher import AssetFetcher
from halfjaarbericht.pdf.regeleinde import mended_line_ends
from tests.pdfhulp import STYLES, note, page_html

pytestmark = pytest.mark.pdf

WIDTHS = range(120, 260)
# Where the call no longer fits behind its sentence; fewer, since each is a note on the page.
AT_THE_CALL = range(238, 256)
BEFORE_AN_ELEMENT = "Voor haar wettelijke taken krijgt zij <em>bijdragen</em>. Dat is het."
CALL = f"Wie dat anders heeft ervaren, dient klachten in.{note(27, 'Noot.')} Een klacht helpt."
# A number that is not a call breaks in the same way.
SUPERSCRIPT = "Wie dat anders heeft ervaren, dient klachten in.<sup>27</sup> Een klacht helpt."


def lines(body: str, widths: Iterable[int] = WIDTHS) -> dict[int, list[str]]:
    """The lines of a paragraph at each width, in CSS px; all of them laid out in one document."""
    css = """@page { size: 400px 9000px; margin: 10px }
    body { margin: 0; font: 10px/15px "Proefletter" } p { margin: 0 }
    em { font-style: normal } .nb { white-space: nowrap }
    .noot { float: footnote } .noot::footnote-call { content: attr(data-nr) }"""
    paragraphs = "".join(f'<p style="width: {width}px">{body}</p>' for width in widths)
    html = weasyprint.HTML(string=page_html(paragraphs, css), url_fetcher=AssetFetcher({"styles": [STYLES]}))
    (page,) = html.render().pages
    found = [
        [text(box) for box in paragraph.descendants() if isinstance(box, boxes.LineBox)]
        for paragraph in page._page_box.children[0].descendants()
        if paragraph.element_tag == "p" and isinstance(paragraph, boxes.BlockBox)
    ]
    return dict(zip(widths, found, strict=True))


def text(line: Any) -> str:
    return "".join(box.text for box in line.descendants() if isinstance(box, boxes.TextBox)).strip()


def lonely(body: str) -> list[int]:
    """Widths at which the first word stands alone, though there is room for more of the text."""
    return [width for width, (first, *_) in lines(body).items() if first == "Voor"]


@pytest.mark.parametrize("body", [BEFORE_AN_ELEMENT, BEFORE_AN_ELEMENT.replace("<em>", '<em class="nb">')])
def test_a_hanging_space_breaks_no_line(body: str) -> None:
    assert lonely(body), "the engine has mended this: drop our mending"
    with mended_line_ends():
        assert not lonely(body)


@pytest.mark.parametrize("body", [CALL, SUPERSCRIPT])
def test_a_number_after_a_full_stop_starts_no_line(body: str) -> None:
    with mended_line_ends():
        assert not starts_with_number(body)


def test_stock_lets_a_number_after_a_full_stop_start_a_line() -> None:
    assert starts_with_number(SUPERSCRIPT)


def starts_with_number(body: str) -> list[int]:
    return [width for width, found in lines(body, AT_THE_CALL).items() if any(line.startswith("27") for line in found)]


@pytest.mark.parametrize("body", [BEFORE_AN_ELEMENT, CALL, "Jaren 2020–<em>2024</em> en verder, met een langer slot."])
def test_nothing_is_lost(body: str) -> None:
    (whole,) = lines(body, [1000]).values()
    with mended_line_ends():
        found = lines(body, AT_THE_CALL)
    assert {"".join(each).replace(" ", "") for each in found.values()} == {"".join(whole).replace(" ", "")}


def test_other_widths_break_as_they_did() -> None:
    faulty = set(lonely(BEFORE_AN_ELEMENT))
    stock = lines(BEFORE_AN_ELEMENT)
    with mended_line_ends():
        mended = lines(BEFORE_AN_ELEMENT)
    assert faulty and {width for width in WIDTHS if stock[width] != mended[width]} == faulty


def test_the_mending_ends_with_its_block() -> None:
    from weasyprint.layout import inline

    before = inline.split_first_line, inline.can_break_text
    with mended_line_ends():
        assert (inline.split_first_line, inline.can_break_text) != before
    assert (inline.split_first_line, inline.can_break_text) == before
