"""No note lost, none on another page than its call: on every place, on random documents, and in the final PDF."""

from __future__ import annotations

import random
import re
from pathlib import Path

import pytest

from halfjaarbericht.pdf.engine import PdfJob, PdfResult, render_pdf
from tests.notenstress import DRUK, STYLE, WOORDEN, stress_document
from tests.pdfhulp import FONT, SMALL, STYLES, job, note, page_html, page_texts

pytestmark = pytest.mark.pdf


def render(html: str) -> PdfResult:
    return render_pdf(PdfJob(html, (STYLES,), Path("niets"), Path("niets"), "proef"))


def words(count: int, seed: int = 1) -> str:
    return " ".join(random.Random(seed).choices(WOORDEN, k=count))


def document(body: str, css: str = "") -> str:
    return f'<html lang="nl"><head><title>t</title><style>{FONT}{STYLE}{css}</style></head><body>{body}</body></html>'


def codes(result: PdfResult) -> list[str]:
    return [problem.code for problem in result.problems]


def check_in_pdf(result: PdfResult, count: int) -> None:
    """The final PDF, read by another program, holds each note once, whole, on the page that we think."""
    texts = page_texts(result.pdf)
    whole = " ".join(texts)
    assert [note.number for note in result.notes] == [str(number) for number in range(1, count + 1)]
    for placed in result.notes:
        assert placed.call_page == placed.note_page > 0, placed
        begin, end = (f"{word}{int(placed.number):03}x" for word in ("begin", "eind"))
        assert whole.count(begin) == whole.count(end) == 1, placed
        page = texts[placed.note_page - 1]
        assert 0 <= page.find(begin) < page.find(end), placed
    for text in texts:
        numbers = re.findall(r"begin(\d{3})x", text)
        assert numbers == sorted(numbers), "in reading order at the page foot"


@pytest.mark.traag
def test_forty_pages_with_two_hundred_notes() -> None:
    result = render(stress_document(seed=4320197, notes=200, style=DRUK))
    assert result.pages >= 40
    assert codes(result) == []
    check_in_pdf(result, 200)
    texts = page_texts(result.pdf)
    assert all(f"Pagina {number} van {result.pages}" in text for number, text in enumerate(texts, start=1))


@pytest.mark.traag
@pytest.mark.parametrize(("seed", "density", "lines"), [(1, 1, 6), (2, 3, 3), (3, 0.6, 20), (4, 2, 10), (5, 1.5, 30)])
def test_random_documents(seed: int, density: float, lines: int) -> None:
    result = render(stress_document(seed, notes=32, density=density, note_lines=lines))
    assert [code for code in codes(result) if code != "E607"] == []
    check_in_pdf(result, 32)


def test_contents_list_prints_the_pages_of_its_targets() -> None:
    """The contents page is made again when the page numbers are known; notes on it and after it stay."""
    items = "".join(f'<li><a href="#k{number}">Kop {number}</a></li>' for number in range(6))
    body = f'<p>Inhoud{note(1, "begin001x hier eind001x")}</p><ul class="inhoud">{items}</ul>'
    for number in range(6):
        text = f"begin{number + 2:03}x {words(30)} eind{number + 2:03}x"
        body += f'<h2 id="k{number}">Kop {number}</h2><p>{words(150, number)}{note(number + 2, text)}.</p>'
    result = render(document(body))
    check_in_pdf(result, 7)
    texts = page_texts(result.pdf)
    for number in range(6):
        page = next(p for p, text in enumerate(texts, 1) if f"begin{number + 2:03}x" in text)
        heads = [p for p, text in enumerate(texts, 1) if f"Kop {number} " in text.replace("Inhoud", "")]
        assert f"Kop {number} {heads[-1]}" in texts[0] and page >= heads[-1]


def test_pages_with_page_numbers_in_their_text_are_made_again_without_loss() -> None:
    """We print no page numbers in running text, but a template that does must not cost a note."""
    css = 'p::after, td::after { content: " (" target-counter(url(#kop-1), page) ")" }'
    result = render(stress_document(7, notes=24).replace("</style>", css + "</style>"))
    assert [code for code in codes(result) if code != "E607"] == []
    assert result.pages > 5
    check_in_pdf(result, 24)


def test_note_in_a_repeated_header_row_stands_once() -> None:
    head = f"<thead><tr><th>Eenheid{note(1, 'begin001x eind001x')}</th></tr></thead>"
    rows = "".join(f"<tr><td>rij {number}</td></tr>" for number in range(60))
    number = "td::after { content: target-counter(url(#einde), page) }"
    # Nothing made again, all pages made again, only the later pages made again.
    for css in ("", number, "tr:nth-child(n+40) " + number):
        result = render(page_html(f'<table>{head}<tbody>{rows}</tbody></table><p id="einde">x', SMALL + css, ""))
        assert sum("Eenheid" in text for text in page_texts(result.pdf)) == result.pages > 3
        check_in_pdf(result, 1)


def test_row_higher_than_a_page_keeps_its_text_clear_of_its_notes() -> None:
    """The left cell is laid out before the notes of the right cell are known; a second layout keeps room."""
    left = "".join(f"<p>{words(30, number)}</p>" for number in range(22))
    right = "".join(f"<p>{words(6)}{note(n, f'begin{n:03}x {words(20)} eind{n:03}x')}</p>" for n in range(1, 7))
    row = f'<tr><td style="width:50%">{left}</td><td>{right}</td></tr>'
    result = render(document(f"<p>{words(40)}</p><table><tbody>{row}</tbody></table>"))
    assert result.passes > 1
    assert codes(result) == []
    check_in_pdf(result, 6)


def test_header_row_that_gives_way_takes_its_notes_along() -> None:
    """Above a row higher than a page the engine drops the header row on one page; its notes must wait with it."""
    left = "".join(f"<p>{words(40, number)}</p>" for number in range(22))
    right = "".join(f"<p>{words(6)}{note(n, f'begin{n:03}x {words(20)} eind{n:03}x')}</p>" for n in range(3, 9))
    head = f"<th>a{note(1, 'begin001x eind001x')}</th><th>b{note(2, 'begin002x eind002x')}</th>"
    row = f'<tr><td style="width:50%">{left}</td><td>{right}</td></tr>'
    table = f"<table><thead><tr>{head}</tr></thead><tbody>{row}</tbody></table>"
    result = render(document(f"<p>{words(40)}</p>{table}"))
    assert codes(result) == []
    assert all(placed.call_page == placed.note_page for placed in result.notes)
    whole = " ".join(page_texts(result.pdf))
    assert all(whole.count(f"begin{n:03}x") == whole.count(f"eind{n:03}x") == 1 for n in range(1, 9))


@pytest.mark.parametrize("filler", range(0, 30, 5))
def test_caption_and_header_of_a_table_near_the_page_end(filler: int) -> None:
    caption = f"<caption>Tabel{note(1, f'begin001x {words(20)} eind001x')}</caption>"
    head = f"<thead><tr><th>a{note(2, f'begin002x {words(40)} eind002x')}</th><th>b</th></tr></thead>"
    rows = "".join(f"<tr><td>{words(25, n)}</td><td>{words(4, n)}</td></tr>" for n in range(12))
    body = f"<p>{words(330 + 4 * filler)}</p><table>{caption}{head}<tbody>{rows}</tbody></table>"
    result = render(document(body))
    assert codes(result) == []
    check_in_pdf(result, 2)


def test_notes_of_several_paragraphs_and_later_calls() -> None:
    parts = "".join(f'<span class="noot-alinea">{text}</span>' for text in ("begin001x een", "twee eind001x"))
    again = '<p>Nog eens<a class="nootverwijzing" href="#noot-1">1</a></p>'
    result = render(document(f"<p>Tekst{note(1, parts)}</p>{again * 80}"))
    check_in_pdf(result, 1)
    assert result.pages > 1


@pytest.mark.parametrize("css", ["", "p::after { content: target-counter(url(#einde), page) }"])
def test_note_that_no_page_can_hold_is_reported_and_not_lost(tmp_path: Path, css: str) -> None:
    """It goes to the next page; that page made again keeps it."""
    body = f"<p>regel</p><p>woord{note(1, f'begin001x {words(60)} eind001x')}</p>" + "<p>na</p>" * 30
    result = render_pdf(job(page_html(body + '<p id="einde">x</p>', SMALL + css), tmp_path))
    assert set(codes(result)) == {"E608", "E610"}
    assert all(problem.severity == "fout" for problem in result.problems)
    (placed,) = result.notes
    assert (placed.call_page, placed.note_page) == (2, 3)
    assert ["eind001x" in text for text in page_texts(result.pdf)][:4] == [False, False, True, False]


def test_note_in_a_loose_block_is_reported_when_lost() -> None:
    result = render(
        document(f'<p style="position:absolute; bottom:0">los{note(1, "begin001x eind001x")}</p><p>{words(9)}</p>')
    )
    if "begin001x" not in " ".join(page_texts(result.pdf)):
        assert codes(result) == ["E609"]
    else:
        check_in_pdf(result, 1)


def test_note_without_its_style_is_reported() -> None:
    html = document(f"<p>tekst{note(3, 'de noot')}</p>").replace("float: footnote;", "")
    result = render(html)
    assert codes(result) == ["E609"]
    assert "noot 3" in result.problems[0].message


def test_cut_and_doubled_notes_are_reported() -> None:
    hidden = render(document(f"<p>a{note(1, 'een <i style=display:none>weg</i> twee')}</p>"))
    assert codes(hidden) == ["E611"]


def test_same_bytes_each_time() -> None:
    html = stress_document(11, notes=12)
    assert render(html).pdf == render(html).pdf
