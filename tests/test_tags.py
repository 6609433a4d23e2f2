"""The tag tree of small pieces of HTML: which structure element each of them becomes, and how it is read."""

from __future__ import annotations

import re
from pathlib import Path

import pikepdf
import pytest

from tests.pdfhulp import note, page_texts
from tests.tagboom import Boom, Tag
from tests.tagproef import SVG, failures, rendered, shape, tags
from tests.voorlezen import words

pytestmark = pytest.mark.pdf


# --- blocks and inline text -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("body", "wanted"),
    [
        ("<h1>K</h1><section><h2>D</h2><p>x</section>", [("H1", ["K"]), ("Sect", [("H2", ["D"]), ("P", ["x"])])]),
        ("<main><div>los</div></main>", [("P", ["los"])]),
        ("<blockquote>citaat<p>tweede</blockquote>", [("BlockQuote", [("P", ["citaat"]), ("P", ["tweede"])])]),
        ("<p>a <em>b</em> <strong>c</strong></p>", [("P", ["a ", "b ", "c"])]),
        ("<p>een<br>twee</p>", [("P", ["een ", "twee"])]),
        ("<div>tekst <code>x</code><p>y</div>", [("P", ["tekst ", ("Code", ["x"])]), ("P", ["y"])]),
        ("<p><q>zo</q>", [("P", [("Quote", ["“", "zo", "”"])])]),
    ],
)  # fmt: skip
def test_roles(tmp_path: Path, body: str, wanted: object) -> None:
    assert shape(tmp_path, body, 'q { quotes: "“" "”" } code { font-family: inherit }') == wanted


def test_language_and_expansion(tmp_path: Path) -> None:
    tree = tags(
        tmp_path, "<p>een <span lang=en>white paper</span> of <abbr title='uitleg'>u</abbr><div lang=fr><p>la</div>"
    )
    (english, short) = tree.top.all("Span")
    assert (english.lang, english.text, short.expansion, short.text) == ("en", "white paper", "uitleg", "u")
    (french,) = tree.top.all("Div")
    assert (french.lang, french.text) == ("fr", "la")
    assert not any(tag.lang for tag in tags(tmp_path, "<p lang=nl>niets <span lang=nl>nieuws").top)


@pytest.mark.parametrize(
    ("body", "wanted"),
    [
        ("in- en uitstroom van justitie-keten", "in- en uitstroom van justitie-keten"),
        ("samen\u00adwerkings\u00adver\u00adbanden en", "samenwerkingsverbanden en"),
        ("kort\u00adaf", "kortaf"),
        ("www.rijksoverheid.nl/documenten/brieven/nieuw", "www.rijksoverheid.nl/documenten/brieven/nieuw"),
        ("een <b>vet</b> <i>woord</i> <b>en nog</b> <i>een</i>", "een vet woord en nog een"),
        ("een\u00a0<b>vast</b>", "een\u00a0vast"),
        ("<b style='text-transform: uppercase'>in kapitalen gezet door stijl</b>", "IN KAPITALEN GEZET DOOR STIJL"),
        ("<span style='hyphens: auto'>verantwoordelijkheidsgevoel</span>", "verantwoordelijkheidsgevoel"),
        ("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"),
        ("zichtbaar <span style='visibility: hidden'>niet</span> meer", "zichtbaar meer"),
        (f"het slot.{note(1, 'voet')} Daarna meer tekst", "het slot. 1 Daarna meer tekst"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("width", [30, 44, 58, 180])
def test_text_is_read_without_its_line_breaks(tmp_path: Path, body: str, wanted: str, width: int) -> None:
    tree = tags(tmp_path, f"<p>{body}</p>", f"p {{ width: {width}px; overflow-wrap: anywhere }}")
    assert re.sub(" +", " ", tree.top.all("P")[0].text) == wanted


def test_a_space_at_a_line_end_is_drawn_and_only_a_hyphen_is_explained(tmp_path: Path) -> None:
    """So that a program that knows no tags finds the words as well."""
    tree = tags(tmp_path, "<p>een twee drie samen\u00adwerking", "p { width: 60px }")
    assert list(tree.contents[1].drawn.values()) == ["een twee ", "drie samen\u2010", "werking"]
    assert list(tree.contents[1].marks.values()) == ["een twee ", "drie samen", "werking"]


def test_right_to_left_text_stays_in_its_place(tmp_path: Path) -> None:
    body, css = "<p dir=rtl>\u05d0\u05d1 \u05d2\u05d3 \u05d4\u05d5", "p { width: 30px }"
    tree = Boom(rendered(tmp_path, body, css + "[dir=rtl] { direction: rtl }").pdf)
    assert tree.top.all("P")[0].text.split() == ["\u05d0\u05d1", "\u05d2\u05d3", "\u05d4\u05d5"]


def test_a_paragraph_over_pages_is_one_and_keeps_its_spaces(tmp_path: Path) -> None:
    tree = tags(tmp_path, f"<p>{'woord en '.strip() + ' '}{'nog een woord ' * 60}slot</p>")
    (paragraph,) = tree.top.all("P")
    assert len(set(paragraph.pages)) > 1
    assert paragraph.text == f"woord en {'nog een woord ' * 60}slot"


# --- lists ------------------------------------------------------------------------------------------------------


def test_nested_list_is_in_the_body_of_its_item(tmp_path: Path) -> None:
    assert shape(tmp_path, "<ul><li>een<ul><li>diep</ul><li><p>twee</ul>") == [
        ("L", [
            ("LI", [("Lbl", ["• "]), ("LBody", ["een", ("L", [("LI", [("Lbl", ["◦ "]), ("LBody", ["diep"])])])])]),
            ("LI", [("Lbl", ["• "]), ("LBody", [("P", ["twee"])])]),
        ]),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("style", "numbering"),
    [
        ("decimal", "Decimal"), ("lower-alpha", "LowerAlpha"), ("upper-roman", "UpperRoman"), ("square", "Square"),
        ("streep", "Disc"), ("haakje", "Decimal"), ("none", None),
    ],
)  # fmt: skip
def test_list_numbering(tmp_path: Path, style: str, numbering: str | None) -> None:
    css = "@counter-style streep { system: cyclic; symbols: '–' } @counter-style haakje { system: extends decimal }"
    (found,) = tags(tmp_path, f"<ol style='list-style: {style}'><li>x<li>y</ol>", css).top.all("L")
    assert found.attributes.get("ListNumbering") == (numbering and pikepdf.Name(f"/{numbering}"))


def test_description_list(tmp_path: Path) -> None:
    body = "<dl><div><dt>a<dt>b<dd>c<dd><p>d</div><dt>e<dd>f</dl>"
    assert shape(tmp_path, body) == [
        ("L", [
            ("LI", [("Lbl", ["a"]), ("Lbl", ["b"]), ("LBody", ["c", ("Div", [("P", ["d"])])])]),
            ("LI", [("Lbl", ["e"]), ("LBody", ["f"])]),
        ]),
    ]  # fmt: skip


def test_a_list_over_pages_is_one(tmp_path: Path) -> None:
    tree = tags(tmp_path, "<ul>" + "<li>punt</li>" * 30 + f"<li>{'woord ' * 90}</ul>")
    (found,) = tree.top.all("L")
    assert [len(item.tags) for item in found.tags] == [2] * 31
    assert len(set(found.all("LBody")[-1].pages)) > 1


# --- contents list and links ------------------------------------------------------------------------------------

CONTENTS = (
    '<nav role="doc-toc"><h2>Inhoud</h2><ol><li><a href="#a">Een <b>kop</b></a>'
    '<ol><li><a href="#b">Diep</a></ol></ol></nav><h1 id="a">Een kop</h1><h2 id="b">Diep</h2>'
)


def test_contents_list_with_leaders(tmp_path: Path) -> None:
    css = "ol { list-style: none } nav a::after { content: leader('.') target-counter(attr(href), page) }"
    tree = tags(tmp_path, CONTENTS, css)
    (contents, inner) = tree.top.all("TOC")
    assert contents.shape() == (
        "TOC",
        [("TOCI", [
            ("Reference", [("Link", ["Een ", "kop", "bladzijde 1"])]),
            ("TOC", [("TOCI", [("Reference", [("Link", ["Diep", "bladzijde 1"])])])]),
        ])],
    )  # fmt: skip
    assert [len(link.annotations) for link in contents.all("Link")] == [1, 1]
    assert set(tree.contents[1].artifacts) == {"."}
    assert inner.parent is not None and inner.parent.role == "TOCI"


def test_a_link_over_lines_is_one_with_an_area_on_each(tmp_path: Path) -> None:
    tree = tags(tmp_path, "<p><a href='https://a.nl'>een link van meer dan een regel <b>lang</b>, echt waar</a>.")
    (link,) = tree.top.all("Link")
    assert link.text == "een link van meer dan een regel lang, echt waar" and len(link.annotations) == 2
    assert {str(area.Contents) for area in link.annotations} == {link.text}
    assert [int(area.F) for area in link.annotations] == [4, 4]


def test_a_block_link_has_one_area(tmp_path: Path) -> None:
    tree = tags(tmp_path, "<a style='display: flex' href='https://a.nl'><span>een</span><span>twee</span></a>")
    (link,) = tree.top.all("Link")
    assert (link.text, len(link.annotations), len(tree.pdf.pages[0].Annots)) == ("een twee", 1, 1)


def test_links_in_what_repeats_are_no_links(tmp_path: Path) -> None:
    css = "div { position: running(kop) } @page { margin-top: 30px; @top-left { content: element(kop) } }"
    tree = tags(tmp_path, "<div><a href='https://a.nl'>a</a></div><p>x", css)
    assert tree.top.shape()[1] == [("P", ["x"])] and "/Annots" not in tree.pdf.pages[0]
    assert tree.contents[1].artifacts == ["a"]


# --- notes ------------------------------------------------------------------------------------------------------


def test_a_note_stands_after_its_block_with_links(tmp_path: Path) -> None:
    call, label = ("Reference", [("Link", [" 1"])]), ("Lbl", [("Link", ["1 "])])
    assert shape(tmp_path, f"<section><p>tekst{note(1, 'voet')} meer<p>na</section>") == [
        ("Sect", [("P", ["tekst ", call, " meer"]), ("Note", [label, ("P", ["voet"])]), ("P", ["na"])])
    ]


def test_notes_in_headings_lists_tables_and_captions(tmp_path: Path) -> None:
    body = (
        f"<h1>Kop{note(1, 'een')}</h1><ul><li>los{note(2, 'twee')} einde<ul><li>diep</ul><li><p>alinea{note(3, 'drie')}"
        f"</ul><table><caption>Bij{note(4, 'vier')}</caption><thead><tr><th>K{note(5, 'vijf')}<tbody><tr><td>c"
        f"<table><tr><td>in{note(6, 'zes')}</table></table><p>na"
    )
    tree = tags(tmp_path, body)
    top = [(tag.role, tag.id) for tag in tree.top.tags]
    notes = [("Note", f"noot-{number}") for number in (4, 5, 6)]
    assert top == [("H1", ""), ("Note", "noot-1"), ("L", ""), ("Table", ""), *notes, ("P", "")]
    first, last = (body for body in tree.top.all("LBody") if body.all("Note"))
    assert [kid.role if hasattr(kid, "role") else kid for kid in first.kids] == [
        "los ",
        "Reference",
        " einde",
        "Note",
        "L",
    ]
    assert [kid.role for kid in last.tags] == ["P", "Note"]


def test_a_note_of_several_paragraphs(tmp_path: Path) -> None:
    body = "een <b>twee</b><span style='display: block'>drie</span><span style='display: block'>vier <i>vijf</i></span>"
    (found,) = tags(tmp_path, f"<p>x{note(1, body)}").top.all("Note")
    assert found.shape()[1][1:] == [("P", ["een ", "twee"]), ("P", ["drie"]), ("P", ["vier ", "vijf"])]


def test_a_later_call_leads_to_the_same_note(tmp_path: Path) -> None:
    tree = tags(tmp_path, f"<p>een{note(1, 'voet')} en <a class=nootverwijzing href='#noot-1'><sup>1</sup></a>")
    first, again = (reference.tags[0] for reference in tree.top.all("Reference"))
    (back,) = (label.tags[0].annotations[0] for label in tree.top.all("Lbl"))
    assert {str(link.annotations[0].Contents) for link in (first, again)} == {"Voetnoot 1"}
    assert {str(link.annotations[0].Dest) for link in (first, again)} == {"noot-1"}
    assert str(back.Dest) == "noot-1-aanroep" and str(back.Contents) == "Terug naar de tekst bij voetnoot 1"
    for link in (first.annotations[0], back):
        left, bottom, right, top = sorted(map(float, link.Rect[::2])) + sorted(map(float, link.Rect[1::2]))
        assert abs(left - bottom) > 1 and abs(top - right) > 1, "de klikplek heeft geen oppervlak"


AGAIN = "<a class=nootverwijzing href='#noot-9'><sup>9</sup></a>"
RAISED = ".noot::footnote-call, sup { font-size: 6px; vertical-align: super }"


@pytest.mark.parametrize(
    ("body", "wanted"),
    [
        (f"<p>kost 2.148{note(9, 'voet')} euro", "kost 2.148 9 euro"),
        (f"<p>kost <b>2.148</b>{note(9, 'voet')}", "kost 2.148 9"),
        (f"<p>in 2026{note(9, 'voet')}{note(10, 'meer')} nog", "in 2026 9 10 nog"),
        (f"<p>een{note(9, 'voet')} en 31-12-2022{AGAIN}{note(10, 'meer')}", "een 9 en 31-12-2022 9 10"),
        (f"<table><tr><th>2026{note(9, 'voet')}<td>64{AGAIN}</table>", "2026 9 64 9"),
        (f"<p style='text-align: justify'>kost 2.148{note(9, 'voet')} euro {'en meer ' * 9}", "kost 2.148 9 euro en"),
    ],
)  # fmt: skip
def test_a_note_number_is_no_part_of_a_figure(tmp_path: Path, body: str, wanted: str) -> None:
    """For who copies or searches, and for who reads the tags."""
    result = rendered(tmp_path, body, RAISED)
    assert page_texts(result.pdf)[0].startswith(wanted)
    assert words("".join(f" {block.text} " for block in blocks(Boom(result.pdf)))).startswith(wanted)


def blocks(tree: Boom) -> list[Tag]:
    return [tag for tag in tree.top if tag.role in ("P", "TH", "TD")]


def test_a_note_in_a_table_leaves_its_source_with_it(tmp_path: Path) -> None:
    table = f"<table><thead><tr><th>K{note(1, 'een')}<tbody><tr><td>c{note(2, 'twee')}</table>"
    block = f"<div class=tabelblok>{table}<p>Bron: politie{note(3, 'drie')}</p></div>"
    tree = tags(tmp_path, f"<section>{block}<p>na{note(4, 'vier')}</section>")
    (section,) = tree.top.tags
    assert [tag.role for tag in section.tags] == ["Table", "P", "Note", "Note", "Note", "P", "Note"]
    assert [tag.id for tag in section.tags if tag.id] == [f"noot-{number}" for number in (1, 2, 3, 4)]


FIGURE = f'<figure><img src="{SVG}" alt="Een vlak" style="display: block"><figcaption>Onder</figcaption></figure>'


@pytest.mark.parametrize(
    ("body", "roles"),
    [
        ("<p>drie:{0}<ul><li>x</ul><p>na", "P L Note P"),
        ("<p>drie{0}:<ol><li>x{1}</ol><p>na", "P L Note P"),
        ("<p>drie{0}{1}: <div class=tabelblok><table><tr><td>x</table><p>Bron</div>", "P Table P Note Note"),
        ("<p>drie:{0}<figure>{figure}</figure><p>na", "P Sect Note P"),
        ("<p>drie.{0}<ul><li>x</ul>", "P Note L"),
        ("<p>drie:{0}<p>na<ul><li>x</ul>", "P Note P L"),
    ],
)
def test_a_note_does_not_part_a_lead_in_from_what_it_announces(tmp_path: Path, body: str, roles: str) -> None:
    filled = body.format(note(1, "een"), note(2, "twee"), figure=FIGURE.removeprefix("<figure>"))
    tree = tags(tmp_path, filled)
    assert [tag.role for tag in tree.top.tags] == roles.split()


def test_a_note_in_an_item_does_not_part_it_from_its_list(tmp_path: Path) -> None:
    (outer, _) = tags(tmp_path, f"<ul><li>twee:{note(1, 'een')}<ul><li>diep</ul></ul>").top.all("LBody")
    assert [tag.role for tag in outer.tags] == ["Reference", "L", "Note"]


# --- tables -----------------------------------------------------------------------------------------------------


def test_two_header_rows_with_spans(tmp_path: Path) -> None:
    body = (
        "<table><thead><tr><th rowspan=2>Jaar<th colspan=2>Begroot<tr><th>Rijk<th>Regio</thead>"
        "<tbody><tr><th>2024<td>10,5<td>11,2<tr><th>2025<td colspan=2>samen</tbody></table>"
    )
    cells = {tag.text: tag for tag in tags(tmp_path, body).top if tag.role in ("TH", "TD")}
    headers = {
        text: [
            next(other.text for other in cells.values() if other.id == str(name)) for name in tag.attributes["Headers"]
        ]
        for text, tag in cells.items()
        if "Headers" in tag.attributes
    }
    assert headers == {
        "Rijk": ["Begroot"],
        "Regio": ["Begroot"],
        "10,5": ["2024", "Rijk", "Begroot"],
        "11,2": ["2024", "Regio", "Begroot"],
        "samen": ["2025", "Rijk", "Begroot", "Regio"],
    }
    scopes = {text: str(tag.attributes["Scope"])[1:] for text, tag in cells.items() if tag.role == "TH"}
    assert scopes == dict.fromkeys(("Jaar", "Begroot", "Rijk", "Regio"), "Column") | {"2024": "Row", "2025": "Row"}
    assert (cells["Jaar"].attributes["RowSpan"], cells["samen"].attributes["ColSpan"]) == (2, 2)


def test_a_table_over_pages_is_one_and_its_cells_too(tmp_path: Path) -> None:
    head = f"<thead><tr><th>Kop{note(1, 'voet')}<th><a href='https://a.nl'>L</a></thead>"
    tree = tags(tmp_path, f"<table>{head}<tr><td>{'cel ' * 160}<td>x<tr><td>y<td></table>")
    (table,) = tree.top.all("Table")
    cells = table.all("TD")
    assert [cell.text.strip() for cell in cells] == [("cel " * 160).strip(), "x", "y", ""]
    assert len(set(cells[0].pages)) > 1
    assert [words(tag.text) for tag in table.all("TH")] == ["Kop 1", "L"]
    assert len(table.all("Link")) == 2 and len(tree.pdf.pages[1].get("/Annots", [])) == 0
    assert "".join(tree.contents[2].artifacts) == "Kop1L"
    assert [note.id for note in tree.top.all("Note")] == ["noot-1"]


def test_rows_of_a_table_are_equally_long(tmp_path: Path) -> None:
    result = rendered(tmp_path, "<table><tr><th>a<th>b<tr><td>c</table>")
    assert failures(result.pdf, tmp_path, "2a", "ua1") == []


# --- pictures ---------------------------------------------------------------------------------------------------


def test_a_figure_has_a_text_and_a_place(tmp_path: Path) -> None:
    body = f'<figure><img src="{SVG}" alt="Een vlak" style="display: block"><figcaption>Onder</figcaption></figure>'
    tree = tags(tmp_path, body, "figure { margin: 0 }")
    assert tree.top.shape()[1] == [("Sect", [("Figure", [""]), ("Caption", ["Onder"])])]
    (figure,) = tree.top.all("Figure")
    box = [float(edge) for edge in figure.attributes["BBox"]]
    assert figure.alt == "Een vlak" and str(figure.attributes["Placement"]) == "/Block"
    assert box == pytest.approx([7.5, 138, 14.25, 142.5], abs=0.01)


def test_the_source_of_a_figure_is_apart_from_its_title(tmp_path: Path) -> None:
    source = '<span style="display: block">Bron: politie</span>'
    body = f'<figure><img src="{SVG}" alt="Een vlak"><figcaption>In het <b>kort</b> {source}</figcaption></figure>'
    (caption,) = tags(tmp_path, body).top.all("Caption")
    assert caption.shape()[1] == ["In het ", "kort ", ("P", ["Bron: politie"])]


def test_svg_in_the_page_tells_its_title_and_description(tmp_path: Path) -> None:
    body = "<p>x <svg width=9 height=9><title>Groei</title><desc>van 1 naar 2</desc><rect width=9 height=9 /></svg>"
    (figure,) = tags(tmp_path, body).top.all("Figure")
    assert (figure.alt, str(figure.attributes["Placement"])) == ("Groei van 1 naar 2", "/Inline")


@pytest.mark.parametrize("attributes", ['alt=""', 'role="presentation" alt="x"', 'alt="x" aria-hidden="true"'])
def test_a_decorative_picture_is_an_artifact(tmp_path: Path, attributes: str) -> None:
    tree = tags(tmp_path, f'<p>x <img src="{SVG}" {attributes}>')
    assert tree.top.all("Figure") == [] and len(tree.contents[1].artifacts) == 1


def test_a_picture_bullet_is_an_artifact(tmp_path: Path) -> None:
    tree = tags(tmp_path, "<ul><li>x</ul>", f'ul {{ list-style-image: url("{SVG}") }}')
    assert tree.top.shape()[1] == [("L", [("LI", [("LBody", ["x"])])])]


def test_a_picture_without_text_is_a_problem(tmp_path: Path) -> None:
    result = rendered(tmp_path, f'<p>x <img id="kaart" src="{SVG}">')
    (problem,) = result.problems
    assert (problem.code, problem.severity) == ("E613", "fout") and "kaart" in problem.message
    assert failures(result.pdf, tmp_path, "2a", "ua1") == []


# --- artifacts and groups ---------------------------------------------------------------------------------------


def test_margins_rules_and_watermark_are_artifacts(tmp_path: Path) -> None:
    css = (
        f'@page {{ background: url("{SVG}") no-repeat; margin: 20px; font: 9px Proefletter; '
        '@top-center { content: "kop" } @bottom-center { content: counter(page) } @left-middle { content: "zij" } } '
        "p { border-bottom: 1px solid }"
    )
    tree = tags(tmp_path, "<p>tekst", css)
    assert tree.top.shape()[1] == [("P", ["tekst"])]
    assert sorted(filter(None, tree.contents[1].artifacts)) == ["1", "kop", "zij"]
    properties = [i.operands[1] for i in pikepdf.parse_content_stream(tree.pdf.pages[0]) if str(i.operator) == "BDC"]
    kinds = [(str(p.get("/Type", "")), str(p.get("/Subtype", ""))) for p in properties if "/MCID" not in p]
    assert kinds[0] == ("/Pagination", "/Watermark") and ("/Layout", "") in kinds
    assert {("/Pagination", "/Header"), ("/Pagination", "/Footer"), ("/Pagination", "")} <= set(kinds)


def test_text_in_a_transparent_group_is_in_the_tree(tmp_path: Path) -> None:
    result = rendered(tmp_path, "<p>heel<p style='opacity: .5'>half <a href='https://a.nl'>link</a><p>weer heel")
    tree = Boom(result.pdf)
    assert tree.top.shape()[1] == [("P", ["heel"]), ("P", ["half ", ("Link", ["link"])]), ("P", ["weer heel"])]
    assert failures(result.pdf, tmp_path, "2a", "ua1") == []


def test_text_placed_apart_stands_where_the_html_has_it(tmp_path: Path) -> None:
    body = (
        "<p>een<div style='position: absolute; top: 99px; width: 90px'><p>kolom</div><p style='float: left'>twee<p>drie"
    )
    assert [tag.text for tag in tags(tmp_path, body).top.tags] == ["een", "kolom", "twee", "drie"]
