"""Text that is placed apart: nothing of it may run off the sheet or into other text."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from halfjaarbericht.pdf.engine import PdfJob, render_pdf
from halfjaarbericht.problems import Problem
from halfjaarbericht.render import Renderer
from tests.pdfhulp import SMALL, job, page_html
from tests.voorbeeld_verslag import STYLES, TEMPLATES, letter, report

pytestmark = pytest.mark.pdf


def found(folder: Path, addressee: tuple[str, ...] = ("Aan de Voorzitter",), **changes: Any) -> tuple[Problem, ...]:
    """What rendering a letter with another head says."""
    document = letter()
    heading = document.heading
    reference = changes.pop("reference", heading.reference)
    sender = replace(heading.sender, **changes)
    document = replace(document, heading=replace(heading, sender=sender, addressee=addressee, reference=reference))
    renderer = Renderer([TEMPLATES], [STYLES])
    html = renderer.document(report(document), document, "druk", edition_folder=folder, shared_folder=folder)
    return render_pdf(PdfJob(html, (STYLES,), folder, folder, "brief")).problems


def test_the_head_of_a_letter_as_it_should_be(tmp_path: Path) -> None:
    assert found(tmp_path, addressee=("Aan de Voorzitter", "der Kamer", "Postbus 1", "1000 AA DEN HAAG")) == ()


def test_a_long_reference_breaks_inside_the_column(tmp_path: Path) -> None:
    assert found(tmp_path, reference="K" * 72) == ()


def test_a_return_address_off_the_sheet(tmp_path: Path) -> None:
    problems = found(tmp_path, return_address="Postbus 20301 2500 EH Den Haag " * 5)
    assert {problem.code for problem in problems} == {"E607"}
    assert "het retouradres steekt" in problems[0].message and "buiten het blad" in problems[0].message


def test_an_addressee_over_the_text(tmp_path: Path) -> None:
    problems = found(tmp_path, addressee=tuple(f"Regel {number}" for number in range(14)))
    assert [problem.code for problem in problems] == ["E608"]
    assert problems[0].message == "de geadresseerde staat over de gewone tekst (bladzijde 1)"


def test_a_column_down_to_the_page_number(tmp_path: Path) -> None:
    problems = found(tmp_path, visiting_address=tuple(f"Regel {number}" for number in range(56)))
    assert problems and {problem.code for problem in problems} <= {"E607", "E608"}
    assert all("de kolom rechts" in problem.message for problem in problems)


@pytest.mark.parametrize(
    ("style", "code"),
    [
        ("left: -30px; top: 60px", "E607"),
        ("left: 0; top: 190px", "E607"),
        ("left: 0; top: 0", "E608"),
        ("right: 0; bottom: 0", ""),
    ],
)
def test_any_block_placed_apart(tmp_path: Path, style: str, code: str) -> None:
    body = f'<p>gewone tekst</p><p style="position: absolute; {style}">los stuk</p>'
    problems = render_pdf(job(page_html(body, SMALL), tmp_path)).problems
    assert [problem.code for problem in problems] == [code] * bool(code)
    assert all("“los stuk”" in problem.message for problem in problems)
