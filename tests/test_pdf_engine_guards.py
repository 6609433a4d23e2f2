"""What we lean on inside WeasyPrint 70.0. When one of these fails after an upgrade, read the module it names."""

from __future__ import annotations

import inspect
from pathlib import Path
from typing import Any

import pytest
import weasyprint
from weasyprint.css.counters import CounterStyle
from weasyprint.draw.text import draw_text
from weasyprint.formatting_structure import boxes
from weasyprint.layout import LayoutContext, block, layout_document, page
from weasyprint.layout.absolute import AbsolutePlaceholder
from weasyprint.layout.page import remake_page
from weasyprint.pdf.stream import Stream
from weasyprint.stacking import StackingContext
from weasyprint.text.fonts import FontConfiguration, get_hb_object_data
from weasyprint.text.line_break import Layout

from halfjaarbericht.pdf.archive import OPTIONS, srgb
from halfjaarbericht.pdf.document import ENGINE_VERSION
from halfjaarbericht.pdf.fetcher import AssetFetcher
from halfjaarbericht.pdf.layoutcheck import check_notes
from halfjaarbericht.pdf.noten import Plan
from halfjaarbericht.pdf.tree import lay_out_all, make_tree
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
    document = lay_out_all(make_tree(found, FontConfiguration(), Plan())) if own else found.render()
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
    """tree.make_tree and adopt: a class method makes the state, which has these plain attributes."""
    options = dict(weasyprint.DEFAULT_OPTIONS)
    found = source("<p>x")
    context = weasyprint.Document._build_layout_context(found, FontConfiguration(), CounterStyle(), {}, options)
    assert type(context) is LayoutContext
    assert {"footnotes", "reported_footnotes", "page_bottom", "current_page"} <= context.__dict__.keys()


def test_the_engine_renders_in_the_steps_of_tree() -> None:
    """tree.make_tree and lay_out_all do what Document._render does."""
    text = inspect.getsource(weasyprint.Document._render)
    steps = [
        "cls._build_layout_context(\n            html, font_config, counter_style, color_profiles, options)",
        "build_formatting_structure(\n            html.etree_element, context.style_for, context.get_image_from_uri,"
        "\n            html.base_url, context.target_collector, counter_style,\n            context.footnotes)",
        "layout_document(html, root_box, context)",
        "DocumentMetadata(**get_html_metadata(html))",
    ]
    places = [text.index(step) for step in steps]
    assert places == sorted(places)


def test_what_the_engine_knows_of_the_beginning_of_a_page() -> None:
    """proof.pagemap and proof.pages: the entries of page_maker, with where to go on and the counters."""
    tree = make_tree(source(page_html("<p>" + "woord " * 200)), FontConfiguration(), Plan())
    pages = lay_out_all(tree).pages
    resume, next_page, right, state, remake = tree.context.page_maker[1]
    assert len(tree.context.page_maker) == len(pages) + 1
    assert list(resume) == [0] and next_page == {"break": "any", "page": ""} and right is False
    assert state[1] == {"pages": [len(pages)], "page": [1]} and state[3] == []
    assert remake.keys() == {"content_changed", "pages_wanted", "anchors", "content_lookups"}
    assert tree.context.page_maker[-1][0] is None


def test_how_the_engine_completes_a_page() -> None:
    """proof.pages._with_margins does for one page what layout_document does for all."""
    text = inspect.getsource(layout_document)
    assert "root, footnote_area, note_area = page.children" in text
    assert "state = context.page_maker[context.current_page][3]" in text
    assert "children.extend(make_margin_boxes(context, page, state))" in text
    assert "layout_backgrounds(page, context.get_image_from_uri)" in text
    assert list(inspect.signature(remake_page).parameters) == ["index", "context", "root_box", "html"]


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
    """tree.parse gives no base URL; links to other documents must not become absolute."""
    (page_,) = source('<a href="bijlage-2.pdf#tabel-1">x</a><a href="#y">z</a><p id=y>').render().pages
    assert [link[:2] for link in page_.links] == [("external", "bijlage-2.pdf#tabel-1"), ("internal", "y")]


# --- what the tag tree leans on ---------------------------------------------------------------------------------


def test_all_that_is_drawn_goes_through_two_methods_of_the_stream() -> None:
    """tagging.stream takes the place of these, and of nothing else."""
    engine = Path(weasyprint.__file__).parent
    calls = {
        f"{path.relative_to(engine).as_posix()} {call}": path.read_text(encoding="utf-8").count(call)
        for path in [*engine.glob("draw/*.py"), *engine.glob("svg/*.py"), engine / "images.py"]
        for call in (".marked(", ".artifact(")
    }
    assert {name: count for name, count in calls.items() if count} == {
        "draw/__init__.py .marked(": 3,
        "draw/__init__.py .artifact(": 6,
        "draw/border.py .artifact(": 6,
    }
    assert list(inspect.signature(Stream.marked).parameters) == ["self", "box", "tag"]
    assert list(inspect.signature(Stream.artifact).parameters) == ["self"]
    # Without tags of its own the engine marks nothing by itself, and its groups are made with clone().
    assert inspect.getsource(Stream.marked).count("if self._tags is not None") == 2
    assert "self.clone(" in inspect.getsource(Stream.add_group)


def test_text_and_pictures_are_drawn_as_the_boxes_of_the_page() -> None:
    """tagging.plan finds a box on the page, tagging.stream gets the same object when it is drawn."""
    (page_,) = source(page_html("<ul><li>x<li style='position: relative'><b>y</b></ul><table><tr><td>z")).render().pages
    drawn: list[Any] = []

    def look(context: Any) -> None:
        box = getattr(context, "box", context)
        if isinstance(box, boxes.TextBox):
            drawn.append(box)
        for name in ("negative_z_contexts", "float_contexts", "zero_z_contexts", "positive_z_contexts"):
            for child in getattr(context, name, ()):
                look(child)
        for child in box.children:
            look(child)

    look(StackingContext.from_page(page_._page_box))
    planned = [box for box in page_._page_box.descendants(placeholders=True) if isinstance(box, boxes.TextBox)]
    assert len(planned) == 5 and {id(box) for box in planned} == {id(box) for box in drawn}


def test_what_is_placed_apart_is_behind_a_placeholder() -> None:
    """tagging.boxes.real."""
    (page_,) = source(page_html("<p>x<div style='position: absolute'>y</div>")).render().pages
    body = page_._page_box.children[0].children[0]
    assert isinstance(body.children[1], AbsolutePlaceholder)
    assert body.children[1]._box.element.tag == "div"


def test_pseudo_elements_are_told_by_their_tag() -> None:
    """tagging.boxes.pseudo, tree.target."""
    css = SMALL + "p::before { content: 'v' }"
    (page_,) = source(page_html(f"<ul><li>x</ul><p>y{note(1, 'n')}", css)).render().pages
    found = page_._page_box.descendants(placeholders=True)
    names = {box.element_tag for box in found if isinstance(box, boxes.TextBox)}
    assert names == {"li::marker", "li", "p::before", "p", "span", "span::footnote-call", "span::footnote-marker"}


def test_heads_leaders_and_margins_are_known() -> None:
    """tagging.artifacts."""
    css = SMALL + "@page { @top-left { content: 'k' } } p::after { content: leader('.') 'z' }"
    body = "<table><thead><tr><th>h</thead>" + "<tr><td>r" * 30 + "</table><p>x"
    first, *_, last = source(page_html(body, css)).render().pages
    heads = [b for b in first._page_box.descendants() if isinstance(b, boxes.TableRowGroupBox) and b.is_header]
    again = [b for b in last._page_box.descendants() if isinstance(b, boxes.TableRowGroupBox) and b.is_header]
    assert len(heads) == len(again) == 1 and heads[0].element is again[0].element and heads[0] is not again[0]
    assert any(box.is_leader for box in last._page_box.descendants())
    margins = [box for box in first._page_box.children if isinstance(box, boxes.MarginBox)]
    assert "@top-left" in {box.at_keyword for box in margins}


def test_the_background_of_a_page_is_drawn_first() -> None:
    """tagging.stream: so a watermark is known by being first."""
    svg = "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' width='9' height='9'/%3E"
    css = SMALL + f'@page {{ background: #eee url("{svg}") no-repeat }}'
    (page_,) = source(page_html("<p style='background: red'>x", css)).render().pages
    background = page_._page_box.background
    assert background.color.alpha == 1
    assert [layer.image is not None for layer in background.layers] == [True]
    text = inspect.getsource(weasyprint.document.draw_page)
    assert text.index("draw_background(") < text.index("set_mask_border(") < text.index("draw_stacking_context(")


def test_an_annotation_hangs_on_the_box_of_its_link() -> None:
    """tagging.writer finds it there; tagging.stream chooses boxes in page.links."""
    document = source(page_html("<p><a href='https://a.nl'>x <b>y</b></a>")).render()
    links = document.pages[0].links
    assert [box.element.tag for *_, box in links] == ["a", "b"]
    document.write_pdf()
    assert links[0][3].link_annotation["Subtype"] == "/Link"


def test_line_ends_lose_their_space_and_gain_a_hyphen() -> None:
    """tagging.text gives the one back and takes the other away."""
    css = SMALL + "p { width: 50px }"
    (page_,) = source(page_html("<p>een twee drie<p>samen\u00adwerking", css)).render().pages
    texts = [box.text for box in page_._page_box.descendants() if isinstance(box, boxes.TextBox)]
    assert texts == ["een twee", "drie", "samen\u00ad\u2010", "werking"]


def test_a_text_is_drawn_as_its_layout_has_it() -> None:
    """tagging.boxes.ending_with_space: drawing lays the text of the layout out again, on one line."""
    assert "self.set_text(self.text, justify=True)" in inspect.getsource(Layout.reactivate)
    text = inspect.getsource(draw_text)
    assert text.index("textbox.pango_layout.reactivate(textbox.style)") < text.index("draw_first_line(")
    (page_,) = source(page_html("<p>abc")).render().pages
    (box,) = (box for box in page_._page_box.descendants() if isinstance(box, boxes.TextBox))
    assert box.pango_layout.text == box.text == "abc" and box.style["direction"] == "ltr"


def test_the_engine_writes_the_variant_that_archive_completes() -> None:
    """archive.finish: a packet of metadata, an output intent, printable annotations, no tags."""
    found: list[Any] = []
    document = source(page_html("<p><a href='https://a.nl'>x</a>")).render()
    document.color_profiles = srgb()
    document.write_pdf(finisher=lambda _, pdf: found.append(pdf), **OPTIONS)
    (pdf,) = found
    assert {"Metadata", "OutputIntents", "Lang"} <= pdf.catalog.keys() and "StructTreeRoot" not in pdf.catalog
    assert pdf.catalog["OutputIntents"][0]["S"] == "/GTS_PDFA1"
    assert [o["F"] for o in pdf.objects if isinstance(o, dict) and o.get("Type") == "/Annot"] == [4]
    assert [type(o).__name__ for o in pdf.objects].count("Stream") >= 3
    pages = [pdf.objects[int(reference.split()[0])] for reference in pdf.page_references]
    assert [page["Type"] for page in pages] == ["/Page"] and isinstance(pages[0]["Contents"], bytes)
