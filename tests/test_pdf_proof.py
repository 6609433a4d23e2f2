"""The proof of a PDF: after a small change the pages that it touches are laid out anew, and are as in the whole PDF."""

from __future__ import annotations

import io
import random
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any, cast

import pikepdf
import pypdfium2
import pytest
from hypothesis import given
from hypothesis import strategies as st

from halfjaarbericht.pdf.engine import PdfResult, ProofJob, ProofResult, render_pdf
from halfjaarbericht.pdf.proof.match import Change, match
from halfjaarbericht.pdf.proof.proof import render_proof
from halfjaarbericht.pdf.proof.scan import Node, ScanError, scan
from halfjaarbericht.pdf.proof.window import window, with_tables
from halfjaarbericht.problems import ContentError
from tests import notenstress
from tests.notenstress import DRUK, WOORDEN, stress_document
from tests.pdfhulp import job, note, page_html, page_texts

pytestmark = pytest.mark.pdf

STYLE = DRUK.replace("'  '", "' '")
COLUMN = '<div class="kolom"><p>kenmerk 7</p></div>'
CSS = """@page { size: 300px 240px; margin: 20px 90px 20px 20px; @right-top { content: element(kolom) }
  @bottom-right-corner { content: counter(page) " van " counter(pages) } }
.kolom { position: running(kolom) } body { margin: 0; font: 10px/15px "Proefletter"; orphans: 2; widows: 2 }
p, ul, table { margin: 0 0 15px } h2 { font-size: 10px; margin: 15px 0 0; break-after: avoid } h2 + p { color: #333 }
.noot { float: footnote } .noot::footnote-call { content: attr(data-nr) } .verwijzing { color: #00c }
.noot::footnote-marker { content: attr(data-nr) " " } td { border: 1px solid }
.bladzijde { position: absolute; right: 0 } .bladzijde::after { content: target-counter(attr(data-doel), page) }
.breed { page: breed } @page breed { size: 400px 200px }"""


def sentence(number: int, words: int = 22) -> str:
    words_of_it = (WOORDEN[(number * 7 + i * 3) % len(WOORDEN)] for i in range(words))
    return f"Zin {number}: {' '.join(words_of_it)}."


def section(number: int, paragraphs: int = 3) -> str:
    text = "".join(f"<p>{sentence(number * 10 + i)}</p>\n" for i in range(paragraphs))
    return f'<section id="deel-{number}"><h2 id="kop-{number}">Deel {number}</h2>\n{text}</section>\n'


def document(sections: int = 12, extra: str = "", contents: bool = False) -> str:
    page = '<span class="bladzijde" data-doel="#kop-{}"></span>'
    listed = "".join(f'<li><a href="#kop-{n}"><span>Deel {n}</span>{page.format(n)}</a></li>' for n in range(sections))
    front = f'<ul class="inhoud">{listed}</ul>' if contents else ""
    body = "".join(section(n) for n in range(sections))
    return page_html(f"{COLUMN}{front}<main>{body}{extra}</main>", CSS)


class Printer:
    """Renders versions of a document, each after the one that was whole first."""

    def __init__(self, html: str, folder: Path):
        self.order = replace(job(html, folder), mapped=True)
        self.base: PdfResult = render_pdf(self.order)

    def proof(self, html: str) -> ProofResult | None:
        assert self.base.map is not None
        return render_proof(ProofJob(replace(self.order, html=html), self.order.html, self.base.pdf, self.base.map))

    def whole(self, html: str) -> PdfResult:
        return render_pdf(replace(self.order, html=html))


def pictures(pdf: bytes) -> list[bytes]:
    opened = pypdfium2.PdfDocument(pdf)
    try:
        return [bytes(page.render(scale=1).buffer) for page in opened]
    finally:
        opened.close()


def changed_pages(old: bytes, new: bytes) -> set[int]:
    return {n for n, (a, b) in enumerate(zip(pictures(old), pictures(new), strict=False), 1) if a != b}


def swapped(html: str, old: str, new: str) -> str:
    assert html.count(old) == 1, old
    return html.replace(old, new)


@pytest.fixture(scope="module")
def printer(tmp_path_factory: pytest.TempPathFactory) -> Printer:
    return Printer(document(), tmp_path_factory.mktemp("proef"))


# --- as the whole PDF -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "change",
    [
        lambda html: swapped(html, sentence(51), sentence(51).replace(" ", " zo ", 2)),
        lambda html: swapped(html, f"<p>{sentence(51)}</p>\n", f"<p>{sentence(51)}</p>\n<p>Nieuw.</p>\n"),
        lambda html: swapped(html, "Deel 5<", "Deel vijf<"),
        lambda html: swapped(html, sentence(0), "Eerst."),
        lambda html: swapped(html, sentence(112), sentence(112) + " Laatst."),
        lambda html: swapped(swapped(html, sentence(20), "Kort."), sentence(101), f"{sentence(101)} Meer."),
    ],
    ids=["woord", "alinea", "kop", "begin", "eind", "twee plaatsen"],
)
def test_a_complete_proof_looks_as_the_whole_pdf(printer: Printer, change: Callable[[str], str]) -> None:
    html = change(printer.order.html)
    proof, whole = printer.proof(html), printer.whole(html)
    assert proof is not None
    changed = changed_pages(printer.base.pdf, whole.pdf)
    assert changed
    if proof.complete:
        assert pictures(proof.pdf) == pictures(whole.pdf)
        assert dict(proof.anchors) == dict(whole.anchors)
        assert changed <= set(proof.fresh)
    else:
        assert min(changed) in proof.fresh


def test_a_small_change_takes_a_few_pages(printer: Printer) -> None:
    proof = printer.proof(swapped(printer.order.html, sentence(51), sentence(51).replace("e", "a", 1)))
    assert proof is not None and proof.complete
    assert len(proof.fresh) <= 3 < printer.base.pages
    assert "Deel 5" in "".join(page_texts(proof.pdf)[number - 1] for number in proof.fresh)


def test_what_moves_all_that_follows_is_told_as_incomplete(printer: Printer) -> None:
    html = swapped(printer.order.html, sentence(31), " ".join(sentence(n) for n in range(30)))
    proof, whole = printer.proof(html), printer.whole(html)
    assert proof is not None and not proof.complete
    assert whole.pages > printer.base.pages
    shown, real = page_texts(proof.pdf), page_texts(whole.pdf)
    total = (f"van {printer.base.pages}", f"van {whole.pages}")
    assert [shown[n - 1].replace(*total) for n in proof.fresh] == [real[n - 1] for n in proof.fresh]


def _word(rng: random.Random, html: str) -> str:
    places = [m.end() for m in re.finditer(r"<(?:p|td|li)>\w+ ", html)]
    at = rng.choice(places)
    return html[:at] + rng.choice(["heel ", "zeer veel langer dan voorheen ", "x "]) + html[at:]


def _shorter(rng: random.Random, html: str) -> str:
    found = rng.choice(list(re.finditer(r"<p>\w+ (?:\w+ ){3}", html)))
    return html[: found.end() - len(found.group().rsplit(" ", 2)[1]) - 1] + html[found.end() :]


def _gone(rng: random.Random, html: str) -> str:
    found = rng.choice(list(re.finditer(r"<p>[^<>]*</p>", html)))
    return html[: found.start()] + html[found.end() :]


def _note(rng: random.Random, html: str) -> str:
    at = rng.choice([m.end() for m in re.finditer(r'class="noot"[^>]*>begin\w+ ', html)])
    return html[:at] + "een langere noot dan eerst " + html[at:]


@pytest.mark.parametrize("seed", range(2))
def test_random_changes_in_a_document_full_of_notes_and_tables(seed: int, tmp_path: Path) -> None:
    rng = random.Random(seed)
    made = Printer(stress_document(seed + 40, notes=24, note_lines=3, style=STYLE), tmp_path)
    complete = 0
    for edit in (_word, _gone, _note) if seed else (_word, _shorter):
        html = edit(rng, made.order.html)
        proof = made.proof(html)
        if proof is not None and proof.complete:
            whole = made.whole(html)
            assert pictures(proof.pdf) == pictures(whole.pdf), edit.__name__
            assert dict(proof.anchors) == dict(whole.anchors)
            assert whole.map is None or proof.looks == tuple(shape.look for shape in whole.map.shapes)
            complete += 1
    assert complete >= 1


def test_a_cell_changes_the_whole_table(tmp_path: Path) -> None:
    """All rows decide how wide the columns are: a table over three pages changes from its first page on."""
    rows = "".join(f"<tr><td>rij {n}</td><td>{sentence(n, 3)}</td></tr>" for n in range(30))
    made = Printer(document(3, f"<table><tbody>{rows}</tbody></table>{section(20)}"), tmp_path)
    html = swapped(made.order.html, "<td>rij 28</td>", "<td>rij 28 waarvan de naam lang is</td>")
    proof, whole = made.proof(html), made.whole(html)
    assert proof is not None
    first = next(n for n, text in enumerate(page_texts(made.base.pdf), 1) if "rij 0" in text)
    assert first in proof.fresh
    if proof.complete:
        assert pictures(proof.pdf) == pictures(whole.pdf)
    else:
        same = [n for n in proof.fresh if pictures(proof.pdf)[n - 1] == pictures(whole.pdf)[n - 1]]
        assert same == list(proof.fresh) or whole.pages != made.base.pages


def test_pages_of_another_kind(tmp_path: Path) -> None:
    wide = f'<div class="breed"><p>{sentence(3)}</p></div>'
    made = Printer(document(4, wide + section(30) + section(31)), tmp_path)
    for old in (sentence(3), sentence(301), sentence(32)):
        html = made.order.html.replace(f"<p>{old}</p>", f"<p>{old} En meer.</p>")
        proof, whole = made.proof(html), made.whole(html)
        assert proof is not None and proof.complete
        assert pictures(proof.pdf) == pictures(whole.pdf)


# --- what is not tried ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "change",
    [
        lambda html: swapped(html, "kenmerk 7", "kenmerk 8"),
        lambda html: swapped(html, "color: #333", "color: #000"),
        lambda html: swapped(html, '<html lang="nl">', '<html lang="en">'),
        lambda html: html.replace("</p>", "", 1),
        lambda html: html,
        lambda html: swapped(html, "<title>Proef</title>", "<title>Anders</title>"),
    ],
    ids=["marge", "stijl", "taal", "niet gesloten", "niets", "titel"],
)
def test_no_proof_of_what_changes_every_page_or_none(printer: Printer, change: Callable[[str], str]) -> None:
    assert printer.proof(change(printer.order.html)) is None


def test_a_contents_list_with_another_title_keeps_its_page_numbers(tmp_path: Path) -> None:
    made = Printer(document(contents=True), tmp_path)
    html = made.order.html.replace("Deel 9<", "Deel negen<")
    proof, whole = made.proof(html), made.whole(html)
    assert proof is not None and proof.complete
    assert 1 in proof.fresh
    assert pictures(proof.pdf) == pictures(whole.pdf)


def test_a_heading_that_goes_to_another_page_makes_the_contents_list_old(tmp_path: Path) -> None:
    made = Printer(document(contents=True), tmp_path)
    texts = page_texts(made.base.pdf)
    # Until a section is found of which the heading can be pushed to the next page by the section before it.
    for number in range(2, 11):
        html = swapped(made.order.html, sentence(number * 10), f"{sentence(number * 10)} {sentence(3)} {sentence(4)}")
        proof, whole = made.proof(html), made.whole(html)
        assert proof is not None
        if page_texts(whole.pdf)[0] != texts[0]:
            assert not proof.complete and 1 not in proof.fresh
            return
    raise AssertionError("no heading went to another page")


def test_what_was_taken_out_does_not_leave_a_page_half_empty(tmp_path: Path) -> None:
    """What comes up from behind the part of the document that is laid out is not there: such a page is not shown."""
    made = Printer(document(14), tmp_path)
    html = made.order.html
    for number in (4, 5, 6):
        html = swapped(html, section(number), "")
    proof, whole = made.proof(html), made.whole(html)
    assert proof is not None and not proof.complete
    shown, real = page_texts(proof.pdf), page_texts(whole.pdf)
    total = (f"van {made.base.pages}", f"van {whole.pages}")
    assert [shown[n - 1].replace(*total) for n in proof.fresh] == [real[n - 1] for n in proof.fresh]


LIMITS = {
    "teller": ("h2 { counter-increment: deel } h2::before { content: counter(deel) }", ""),
    "naam": ("h2 { string-set: deel content() }", ""),
    "later": ("p:has(+ h2) { color: red }", ""),
    "leeg": ("p:empty + p { color: red }", ""),
    "broer": (".x ~ section p { color: red }", ""),
    "achteraan": ("@media print { p:nth-last-child(odd) { color: red } }", ""),
    "tekst van elders": (".x::after { content: target-text(attr(href)) }", '<a class="x" href="#kop-1">x</a>'),
    "teller van elders": (
        ".x::after { content: target-counter(attr(href), deel) }",
        '<a class="x" href="#kop-1">x</a>',
    ),
    "stippen": (
        ".x::after { content: leader('.') target-counter(attr(href), page) }",
        '<a class="x" href="#kop-1">x</a>',
    ),
    "op elke bladzijde": (".x { position: fixed; top: 0 }", '<p class="x">vast</p>'),
    "gaat door": (
        "main > div { position: relative } .x { position: absolute; width: 60px; right: 0 }",
        f'<div><div class="x">{section(20, 6)}</div>{section(21, 9)}{section(22, 9)}</div>',
    ),
    "stijl in de tekst": ("", "<style>p { color: red }</style>"),
}


@pytest.mark.parametrize("name", LIMITS)
def test_no_map_of_what_depends_on_the_rest_of_the_document(name: str, tmp_path: Path) -> None:
    css, body = LIMITS[name]
    html = document(3, body).replace("</style>", f"{css}</style>", 1)
    assert render_pdf(replace(job(html, tmp_path), mapped=True)).map is None


def test_our_own_styles_have_none_of_these(tmp_path: Path) -> None:
    html = stress_document(3, notes=6, style=STYLE)
    assert render_pdf(replace(job(html, tmp_path), mapped=True)).map is not None


def test_no_map_of_what_was_laid_out_more_than_once(tmp_path: Path) -> None:
    """What a second layout mends is not known of the next version."""
    left = "".join(f"<p>{sentence(n, 30)}</p>" for n in range(22))
    right = "".join(f"<p>regel{note(n, sentence(n, 20))}</p>" for n in range(1, 7))
    row = f'<tr><td style="width: 50%">{left}</td><td>{right}</td></tr>'
    html = page_html(f"<p>{sentence(1, 40)}</p><table><tbody>{row}</tbody></table>", notenstress.STYLE)
    result = render_pdf(replace(job(html, tmp_path), mapped=True))
    assert result.passes > 1
    assert result.map is None


def test_a_map_that_cannot_be_made_is_no_reason_to_have_no_pdf(tmp_path: Path) -> None:
    grid = f'<div style="display: grid; grid-template-columns: 1fr 1fr">{"".join(section(n) for n in range(4))}</div>'
    result = render_pdf(replace(job(document(2, grid), tmp_path), mapped=True))
    assert result.pages == render_pdf(job(document(2, grid), tmp_path)).pages > 2


def test_what_may_not_be_fetched_is_told_as_of_a_whole_pdf(printer: Printer) -> None:
    html = swapped(printer.order.html, sentence(51), 'Kijk: <img src="https://a.nl/x.png" alt="">')
    with pytest.raises(ContentError) as caught:
        printer.proof(html)
    assert [problem.code for problem in caught.value.problems] == ["E603"]


def test_only_who_asks_gets_a_map(printer: Printer) -> None:
    assert render_pdf(replace(printer.order, mapped=False)).map is None


# --- the file ---------------------------------------------------------------------------------------------------


def test_a_proof_claims_no_more_than_it_is(printer: Printer) -> None:
    proof = printer.proof(swapped(printer.order.html, sentence(51), "Korter."))
    assert proof is not None
    with pikepdf.open(io.BytesIO(printer.base.pdf)) as base, pikepdf.open(io.BytesIO(proof.pdf)) as made:
        assert {"/StructTreeRoot", "/MarkInfo", "/Metadata"} <= set(base.Root.keys())
        assert not {"/StructTreeRoot", "/MarkInfo", "/Metadata"} & set(made.Root.keys())
        assert len(made.pages) == printer.base.pages
        assert not made.check_pdf_syntax()


def test_title_and_outline_are_those_of_now(printer: Printer) -> None:
    html = swapped(printer.order.html, "Deel 5<", "Hoofdstuk vijf<").replace("<title>Proef", "<title>Anders")
    proof, whole = printer.proof(html), printer.whole(html)
    assert proof is not None and proof.complete
    assert _outline(proof.pdf) == _outline(whole.pdf)
    assert "Hoofdstuk vijf" in [title for title, _ in _outline(proof.pdf)]
    with pikepdf.open(io.BytesIO(proof.pdf)) as opened:
        assert str(opened.docinfo["/Title"]) == "Anders"


def test_links_lead_to_where_things_are_now(tmp_path: Path) -> None:
    far = '<p>Zie <a class="verwijzing" href="#kop-0">het begin</a> en <a href="https://a.nl/">elders</a>.</p>'
    made = Printer(document(6, far + f"<p>Iets{note(1, 'een noot')}.</p>"), tmp_path)
    html = swapped(made.order.html, "het begin", "een begin")
    html = swapped(html, "Zin 52:", 'Nu <span id="nieuw">een</span>:')
    proof, whole = made.proof(html), made.whole(html)
    assert proof is not None and proof.complete
    assert _links(proof.pdf, proof.fresh) == _links(whole.pdf, proof.fresh)
    assert _names(proof.pdf) == _names(whole.pdf)


def _links(pdf: bytes, pages: tuple[int, ...]) -> list[tuple[int, str, list[int]]]:
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        return sorted(
            (number, str(link.Dest if "/Dest" in link else link.A.URI), [round(x) for x in link.Rect])
            for number in pages
            for link in opened.pages[number - 1].obj.get("/Annots", [])
        )


def _outline(pdf: bytes) -> list[tuple[str, list[int]]]:
    with pikepdf.open(io.BytesIO(pdf)) as opened, opened.open_outline() as outline:
        numbers = {page.obj.objgen: number for number, page in enumerate(opened.pages, 1)}
        return [
            (item.title, [numbers[place[0].objgen], *(round(x) for x in place[2:])])
            for item in outline.root
            for place in [[*cast(Iterable[Any], item.destination)]]
        ]


def _names(pdf: bytes) -> Mapping[str, tuple[int, list[int]]]:
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        numbers = {page.obj.objgen: number for number, page in enumerate(opened.pages, 1)}
        return {
            str(name): (numbers[place[0].objgen], [round(x) for x in list(place)[2:]])
            for name, place in pikepdf.NameTree(opened.Root.Names.Dests).items()
        }


# --- the parts --------------------------------------------------------------------------------------------------

TEXTS = st.text("ab <>&é\n\u2028", max_size=6).map(lambda text: text.replace("<", "&lt;").replace(">", "&gt;"))
TREES = st.recursive(
    TEXTS,
    lambda inner: st.tuples(st.sampled_from(["p", "div", "em", "td"]), st.lists(inner, max_size=4)).map(
        lambda pair: f"<{pair[0]} id='x'>{''.join(pair[1])}</{pair[0]}>"
    ),
    max_leaves=12,
).map(lambda inner: f"<body>{inner}<br><path d='1'/></body>")


@given(TREES)
def test_a_scanned_document_is_the_sum_of_its_parts(html: str) -> None:
    nodes = list(scan(html).walk())
    assert [node.number for node in nodes] == list(range(len(nodes)))
    assert len(nodes) == len(re.findall(r"<\w", html))
    for node in nodes:
        assert html[node.start] == "<" and html[node.end - 1] == ">"
        assert html[node.start + 1 :].startswith(node.tag)
        assert sum(1 for _ in node.walk()) == node.behind - node.number
        edges = [node.inside, *(edge for child in node.children for edge in (child.start, child.end)), node.close]
        assert edges == sorted(edges)


@pytest.mark.parametrize("html", ["<p>", "<p></em></p>", "</p>", "<p></p><p></p>", "", "<p><em></p></em>"])
def test_what_is_not_nested_is_not_scanned(html: str) -> None:
    with pytest.raises(ScanError):
        scan(html)


@given(TREES, TREES)
def test_elements_that_match_are_the_same(old: str, new: str) -> None:
    before, now = scan(old), scan(new)
    found = match(old, before, new, now)
    olds, news = list(before.walk()), list(now.walk())
    assert len(set(found.old_number.values())) == len(found.old_number)
    for number, other in found.old_number.items():
        assert _tag(old, olds[other]) == _tag(new, news[number])
        if number in found.whole:
            assert old[olds[other].start : olds[other].end] == new[news[number].start : news[number].end]
    assert (old == new) == (not found.changes)
    kept = set(found.old_number.values())
    assert all(kept.isdisjoint(range(change.first, change.behind)) for change in found.changes)
    assert kept | {n for c in found.changes for n in range(c.first, c.behind)} == set(range(len(olds)))


def _tag(html: str, node: Node) -> str:
    return html[node.start : node.inside]


def test_the_smallest_change_is_found() -> None:
    old = "<body>\n<p>een</p>\n<p>twee <em>drie</em></p>\n</body>"
    cases = {
        old.replace("drie", "vier"): [Change(3, 4)],
        old.replace("twee", "vier"): [Change(2, 4)],
        old.replace("<p>een</p>\n", ""): [Change(1, 2)],
        old.replace("<p>een</p>\n", "<p>een</p>\n<p>en</p>\n"): [Change(2, 2)],
        old.replace("\n</body>", "\n<p>en</p>\n</body>"): [Change(4, 4)],
    }
    for new, changes in cases.items():
        assert match(old, scan(old), new, scan(new)).changes == changes, new


def test_a_window_keeps_the_shape_and_drops_the_rest() -> None:
    html = "<body><p>een <b>x</b></p><div><p>twee</p><p>drie</p></div><p>vier</p></body>"
    found = window(html, scan(html), [(4, 5)])
    assert found.html == "<body><p></p><div><p>twee</p><p></p></div><p></p></body>"
    assert found.numbers == (0, 1, 3, 4, 5, 6)


def test_a_range_takes_the_whole_of_a_table_along() -> None:
    html = "<body><p></p><table><tr><td><table><tr></tr></table></td></tr></table><p></p></body>"
    root = scan(html)
    assert with_tables(root, [(5, 6), (0, 2), (1, 4), (7, 8)]) == [(2, 7), (0, 2), (1, 7), (7, 8)]
