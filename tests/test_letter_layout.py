"""The letter and the annex measured in the PDF, against the measures of the house style (mm from the top left)."""

from __future__ import annotations

import random
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pypdfium2
import pytest

from halfjaarbericht.verslag import Section
from tests.layouthulp import (
    COLUMN,
    FIRST_TEXT_TOP,
    NEAR,
    TEXT_LEFT,
    TEXT_RIGHT,
    TEXT_TOP,
    annex_of,
    body,
    column,
    make,
    page_count,
    the,
)
from tests.pdfmaten import boxes, lines, rules
from tests.voorbeeld_bouwstenen import para, running, text
from tests.voorbeeld_verslag import annex, edition_folder, letter

pytestmark = pytest.mark.pdf


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return edition_folder(tmp_path_factory.mktemp("inhoud"))


@pytest.fixture(scope="module")
def brief(folder: Path) -> bytes:
    return make(letter(14), folder)


@pytest.fixture(scope="module")
def bijlage(folder: Path) -> bytes:
    return make(annex(), folder)


# --- the letter ------------------------------------------------------------------------------------------------


def test_first_page_of_the_letter(brief: bytes) -> None:
    found = lines(brief, 0)
    assert boxes(brief, 0)[0] == pytest.approx((98.5, 0, 111.5, 37.125), abs=0.1)
    name = the(found, "Ministerie van Justitie")
    assert (name.left, name.size) == (pytest.approx(114.75, abs=NEAR), pytest.approx(11.5, abs=0.05))
    sender = the(found, "> Retouradres")
    assert (sender.left, sender.size) == (pytest.approx(TEXT_LEFT, abs=NEAR), pytest.approx(6.5, abs=0.05))
    addressee = the(found, "Aan de Voorzitter")
    assert (addressee.left, addressee.top) == (pytest.approx(TEXT_LEFT, abs=NEAR), pytest.approx(54, abs=NEAR))
    day, subject = the(found, "Datum"), the(found, "Onderwerp")
    assert (day.top, subject.top) == (pytest.approx(99.4, abs=NEAR), pytest.approx(103.6, abs=NEAR))
    values = [line for line in found if line.baseline in (day.baseline, subject.baseline) and line.left > 40]
    assert [round(line.left, 1) for line in values if line.left < 100] == [52.0, 52.0]


def test_first_line_of_the_text(brief: bytes) -> None:
    first = the(lines(brief, 0), "De politie werkt")
    assert first.left == pytest.approx(TEXT_LEFT, abs=NEAR)
    assert first.top == pytest.approx(FIRST_TEXT_TOP, abs=NEAR)


def test_lines_are_twelve_points_apart(brief: bytes) -> None:
    steps = {round((b.baseline - a.baseline) / 25.4 * 72 / 12, 2) for a, b in pairwise(body(lines(brief, 1)))}
    assert steps <= {1.0, 2.0}


def test_continuation_pages(brief: bytes) -> None:
    for page in range(1, page_count(brief)):
        found = lines(brief, page)
        assert body(found)[0].top == pytest.approx(TEXT_TOP, abs=NEAR)
        assert [line.text for line in column(found)] == [
            "Directoraat-Generaal",
            "Politie en",
            "Veiligheidsregio’s",
            "Datum",
            "13 december 2030",
            "Ons kenmerk",
            "7654321",
            f"Pagina {page + 1} van {page_count(brief)}",
        ]
        assert all(line.size == pytest.approx(6.5, abs=0.05) for line in column(found))


def test_page_one_has_its_own_column_only(brief: bytes) -> None:
    found = [line.text for line in column(lines(brief, 0))]
    assert found.count("Directoraat-Generaal") == found.count("Ons kenmerk") == 1
    assert {"Turfmarkt 147", "2511 DP Den Haag", "www.rijksoverheid.nl/jenv", "7654321", "Bijlagen"} <= set(found)
    assert found[-1] == f"Pagina 1 van {page_count(brief)}"


def test_both_columns_start_at_the_same_height(brief: bytes) -> None:
    first, second = column(lines(brief, 0))[0], column(lines(brief, 1))[0]
    assert first.baseline == pytest.approx(second.baseline, abs=0.05)
    assert first.baseline == pytest.approx(54 + 2.38, abs=NEAR)


def test_every_page_has_its_number_at_the_same_place(brief: bytes, bijlage: bytes) -> None:
    for pdf in (brief, bijlage):
        for page in range(page_count(pdf)):
            number = the(lines(pdf, page), f"Pagina {page + 1} van {page_count(pdf)}")
            with pypdfium2.PdfDocument(pdf) as document:
                upright = document[page].get_height() > document[page].get_width()
            if upright:
                assert number.left == pytest.approx(COLUMN, abs=NEAR)
                assert number.baseline == pytest.approx(280.4, abs=NEAR)


def test_the_text_is_375_points_wide(folder: Path) -> None:
    """The widest line and the narrowest line with the next word added: the measure lies between them."""
    dice = random.Random(9)
    words = ["".join(dice.choice("aeiounrstldkmvgz") for _ in range(dice.randint(1, 9))) for _ in range(1500)]
    pdf = make(annex_of(para(" ".join(words))), folder)
    found = [line for page in range(page_count(pdf)) for line in body(lines(pdf, page))]
    found = found[next(i for i, line in enumerate(found) if line.text == "Deel") + 1 :]
    assert " ".join(line.text for line in found).split() == words
    widest = max(line.right for line in found)
    space = 9 * 0.31787 * 25.4 / 72
    tightest = min(line.right + space + width_of(after.text.split()[0]) for line, after in pairwise(found))
    assert widest <= TEXT_RIGHT + 0.05 < tightest + 0.1
    assert tightest - TEXT_LEFT == pytest.approx(132.3, abs=NEAR)
    assert widest - TEXT_LEFT == pytest.approx(132.3, abs=NEAR)


WIDTHS = {
    "a": 0.6128, "e": 0.6152, "i": 0.2778, "o": 0.6118, "u": 0.6338, "n": 0.6338, "r": 0.4111, "s": 0.521,
    "t": 0.3921, "l": 0.2778, "d": 0.6348, "k": 0.5791, "m": 0.9741, "v": 0.5918, "g": 0.6348, "z": 0.5249,
    " ": 0.3179,
}  # fmt: skip


def width_of(words: str) -> float:
    """The width in mm of words in 9 pt DejaVu Sans, from the advances of its letters."""
    return sum(WIDTHS[char] for char in words) * 9 * 25.4 / 72


def test_a_long_subject_pushes_the_text_down(folder: Path) -> None:
    subject = "Tweede halfjaarbericht politie 2030 met de voortgang van alle moties, toezeggingen en aanvullende zaken"
    found = lines(make(letter(2, subject), folder), 0)
    second = next(line for line in found if line.left == pytest.approx(52, abs=NEAR) and line.top > 105)
    first = the(found, "De politie werkt")
    extra = second.baseline - the(found, "Onderwerp").baseline
    assert extra == pytest.approx(12 * 25.4 / 72, abs=0.05)
    assert first.top == pytest.approx(FIRST_TEXT_TOP + extra, abs=NEAR)


def test_notes_stand_below_a_rule_of_two_inches(brief: bytes) -> None:
    found = lines(brief, 0)
    note = the(found, "Kamerstukken II")
    assert note.size == pytest.approx(8, abs=0.05)
    ((left, right, y),) = rules(brief, 0, 200)
    assert (left, right) == (pytest.approx(TEXT_LEFT, abs=NEAR), pytest.approx(TEXT_LEFT + 50.8, abs=NEAR))
    assert y < note.baseline - 3
    below = [line for line in found if line.baseline > y and line.left < COLUMN - 1]
    assert max(line.baseline for line in below) < 278
    assert body(found)[-1].baseline < y


def test_the_signature_stays_with_the_last_paragraph(folder: Path) -> None:
    """However long the letter is, its last page holds text above the signature."""
    for count in (4, 5, 6):
        pdf = make(replace(letter(count), annex_list=()), folder)
        last = body(lines(pdf, page_count(pdf) - 1))
        place = [line.text for line in last].index("De Minister van Justitie en Veiligheid,")
        assert place >= 2
        assert last[place + 1].text == "V.O. Orbeeld"
        assert last[place + 1].baseline - last[place].baseline == pytest.approx(60 * 25.4 / 72, abs=0.1)


def test_headings_never_end_a_page(folder: Path) -> None:
    for count in (20, 21, 23):
        sections = tuple(
            Section(f"deel-{i}", "tekst", 1, "", text(f"Kop {i}"), f"Kop {i}", None, running(1, i), ())
            for i in range(count)
        )
        pdf = make(replace(annex(), sections=sections, notes=(), toc=False), folder)
        for page in range(page_count(pdf)):
            assert not body(lines(pdf, page))[-1].text.startswith("Kop")
