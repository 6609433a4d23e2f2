"""What we lean on inside WeasyPrint 70.0. When one of these fails after an upgrade, read the module it names."""

from __future__ import annotations

import inspect
from typing import Any

import pytest
import weasyprint
from weasyprint.formatting_structure import boxes
from weasyprint.layout import LayoutContext, block, page
from weasyprint.text.fonts import FontConfiguration, get_hb_object_data

from halfjaarbericht.pdf.document import ENGINE_VERSION
from halfjaarbericht.pdf.fetcher import AssetFetcher
from halfjaarbericht.pdf.layoutcheck import check_notes
from halfjaarbericht.pdf.noten import Plan, document_class
from tests.pdfhulp import SMALL, STYLES, note, page_html

pytestmark = pytest.mark.pdf
LINE = "<p>regel</p>"
LONG = "TWEEDE noot die niet past en meerdere regels nodig heeft om dat te laten zien, dus zo lang"


def source(html: str) -> weasyprint.HTML:
    return weasyprint.HTML(string=html, url_fetcher=AssetFetcher({"styles": [STYLES]}))


def carried_note(reference: bool) -> str:
    """A note that stock layout carries to page 2, which a page number in its text may cause to be made again."""
    link = '<p><a class="r" href="#eind">Zie</a></p>' if reference else LINE
    css = SMALL + 'a.r::after { content: " " target-counter(attr(href), page) }'
    body = LINE * 9 + f"<p>regel{note(1, 'EERSTE')} en nog{note(2, LONG)}</p>" + LINE * 2 + link + LINE * 40
    return page_html(body + '<h2 id="eind">Eind</h2>', css)


def faults(html: str, own: bool) -> list[str]:
    found = source(html)
    kwargs = dict(weasyprint.DEFAULT_OPTIONS)
    document = document_class(Plan())._render(found, None, None, None, kwargs) if own else found.render()
    return [fault.kind for fault in check_notes(found.etree_element, document.pages)[1]]


def test_version_is_the_one_that_was_read() -> None:
    assert weasyprint.__version__ == ENGINE_VERSION


def test_stock_layout_loses_a_carried_note_when_its_page_is_made_again() -> None:
    """noten, rule 2. When this fails the engine has mended it: see whether the rule can go."""
    assert set(faults(carried_note(reference=False), own=False)) == {"verplaatst"}
    assert set(faults(carried_note(reference=True), own=False)) == {"verloren"}
    assert faults(carried_note(reference=True), own=True) == []


def second_line_does_not_fit() -> str:
    """The second line of the last paragraph does not fit, and stock layout sends the note of the first away."""
    css = SMALL.replace("orphans: 1; widows: 1", "orphans: 2; widows: 2")
    end = "<p>een twee drie<br>vier vijf zes<br>zeven acht negen<br>tien</p>"
    return page_html(f"<p>regel{note(1, 'EERSTE')}</p>" + LINE * 7 + end + LINE, css)


def test_stock_layout_sends_placed_notes_away_from_their_call() -> None:
    """noten, rule 1: this happens in the loop over current_page_footnotes, whatever footnote-policy says."""
    html = second_line_does_not_fit()
    assert faults(html.replace("float: footnote", "float: footnote; footnote-policy: line"), own=False) == [
        "verplaatst"
    ]
    assert faults(html, own=True) == []


def test_only_that_loop_and_the_note_area_read_current_page_footnotes() -> None:
    """noten: hiding that list from the loop must not hide it from anything else."""
    assert inspect.getsource(block).count("context.current_page_footnotes") == 2
    loop = "while report and context.current_page_footnotes:\n"
    assert loop + " " * 16 + "context.report_footnote(context.current_page_footnotes[-1])" in inspect.getsource(block)
    assert inspect.getsource(page).count("current_page_footnotes") == 1
    methods = ("layout_footnote", "unlayout_footnote", "report_footnote", "_update_footnote_area")
    used = sum(inspect.getsource(getattr(LayoutContext, name)).count("current_page_footnotes") for name in methods)
    # __init__ makes it, and nothing else in the layout context touches it.
    assert inspect.getsource(LayoutContext).count("current_page_footnotes") == used + 1


def test_a_page_starts_by_emptying_the_notes_with_number_and_bottom_known() -> None:
    """noten._start_page hangs on this assignment."""
    text = inspect.getsource(page.make_page)
    order = [
        "context.page_bottom = page.content_box_y() + page.height",
        "context.current_page = page_number",
        "context.current_page_footnotes = []",
        "reported_footnotes = context.reported_footnotes",
        "context.footnotes.append(reported_footnote)",
    ]
    places = [text.index(statement) for statement in order]
    assert places == sorted(places)


def test_layout_context_hook_and_state() -> None:
    """noten.document_class and adopt: a class method makes the state, which has these plain attributes."""
    seen: list[Any] = []

    class Spy(weasyprint.Document):
        @classmethod
        def _build_layout_context(cls, *args: Any) -> LayoutContext:
            seen.append(super()._build_layout_context(*args))
            return seen[-1]

    Spy._render(source("<p>x"), None, None, None, dict(weasyprint.DEFAULT_OPTIONS))
    (context,) = seen
    assert type(context) is LayoutContext
    assert {"footnotes", "reported_footnotes", "page_bottom", "current_page"} <= context.__dict__.keys()


def test_page_box_shape() -> None:
    """pagebox: the root comes first, then the note area; calls know their note, notes their element."""
    found = source(page_html(f"<p>regel{note(1, 'EERSTE')}</p>"))
    children = found.render().pages[0]._page_box.children
    assert children[0].element_tag == "html"
    assert isinstance(children[1], boxes.FootnoteAreaBox)
    calls = [box for box in children[0].descendants() if box.footnote is not None]
    assert [box.element_tag for box in calls] == ["span::footnote-call"]
    assert [body.element for body in children[1].children] == [calls[0].element]


def test_loaded_fonts_lie_in_the_folder_of_the_font_configuration() -> None:
    """messages.borrowed_letters tells own fonts from borrowed ones by that."""
    fonts = FontConfiguration()
    document = source(page_html("<p>abc")).render(font_config=fonts)
    document.write_pdf()
    files = {path.read_bytes() for path in fonts._folder.iterdir()}
    used = {get_hb_object_data(font.hb_face) for font in document.fonts.values()}
    assert used and used <= files
    assert {"abc"} == {"".join(sorted(font.to_unicode.values())) for font in document.fonts.values()}


def test_without_base_url_links_stay_relative() -> None:
    """document.lay_out gives no base URL; links to other documents must not become absolute."""
    (page_,) = source('<a href="bijlage-2.pdf#tabel-1">x</a><a href="#y">z</a><p id=y>').render().pages
    assert [link[:2] for link in page_.links] == [("external", "bijlage-2.pdf#tabel-1"), ("internal", "y")]
