"""One document: what the engine says becomes problems, and the PDF is the same everywhere."""

from __future__ import annotations

import importlib.util
import json
import logging
import os
import shutil
import subprocess
import sys
from io import BytesIO
from pathlib import Path

import pypdf
import pytest

from halfjaarbericht.codes import CODES
from halfjaarbericht.pdf import fingerprint
from halfjaarbericht.pdf.engine import PdfResult, engine_fingerprint, render_pdf
from halfjaarbericht.problems import ContentError
from tests.pdfhulp import SMALL, job, note, page_html, page_texts

pytestmark = pytest.mark.pdf


def render(tmp_path: Path, body: str, css: str = SMALL, head: str = "") -> PdfResult:
    return render_pdf(job(page_html(body, css, head), tmp_path))


def codes(result: PdfResult) -> list[str]:
    return [problem.code for problem in result.problems]


def test_clean_document_has_no_problems(tmp_path: Path) -> None:
    result = render(tmp_path, "<h1>Kop</h1><p>Café, 1 ½ € – “ja”</p>" + "<p>regel</p>" * 20)
    assert (codes(result), result.pages, result.passes) == ([], 2, 1)
    assert result.pdf.startswith(b"%PDF-1.7") and "Café, 1 ½ €" in page_texts(result.pdf)[0]


def test_relative_links_stay_relative(tmp_path: Path) -> None:
    result = render(tmp_path, '<p><a href="bijlage-2-x.pdf#tabel-1">bijlage</a>')
    (page,) = pypdf.PdfReader(BytesIO(result.pdf)).pages
    assert [annotation.get_object()["/A"]["/URI"] for annotation in page["/Annots"]] == ["bijlage-2-x.pdf#tabel-1"]


def test_metadata_comes_from_the_document_only(tmp_path: Path) -> None:
    head = '<meta name="dcterms.created" content="2022-12-15"><meta name="author" content="JenV">'
    with_date = pypdf.PdfReader(BytesIO(render(tmp_path, "<p>x", head=head).pdf)).metadata
    assert with_date["/CreationDate"].startswith("D:20221215") and with_date["/Author"] == "JenV"
    without = pypdf.PdfReader(BytesIO(render(tmp_path, "<p>x").pdf)).metadata
    assert not {"/CreationDate", "/ModDate"} & without.keys()


def test_same_bytes_in_another_process_at_another_place(tmp_path: Path) -> None:
    html = page_html("<p>Ëén tekst</p>" * 30)
    (tmp_path / "proef.html").write_text(html, encoding="utf-8")
    code = (
        "import sys; from pathlib import Path; from tests.pdfhulp import job\n"
        "from halfjaarbericht.pdf.engine import render_pdf\n"
        "html = Path(sys.argv[1]).read_text(encoding='utf-8')\n"
        "sys.stdout.buffer.write(render_pdf(job(html, Path(sys.argv[1]).parent)).pdf)"
    )
    root = Path(__file__).parent.parent
    environment = {**os.environ, "PYTHONHASHSEED": "7", "TZ": "Asia/Tokyo", "PYTHONPATH": str(root), "LC_ALL": "C"}
    command = [sys.executable, "-X", "utf8", "-c", code, str(tmp_path / "proef.html")]
    other = subprocess.run(command, capture_output=True, env=environment, cwd=tmp_path, check=True).stdout
    assert other == render_pdf(job(html, tmp_path / "elders")).pdf


def test_engine_warning_and_error_become_problems(tmp_path: Path) -> None:
    result = render(tmp_path, '<p><a href="#nergens">x</a></p>', SMALL + "p { kleur: rood }")
    found = {(problem.code, problem.severity) for problem in result.problems}
    assert found == {("E601", "fout"), ("E602", "waarschuwing")}
    messages = " ".join(problem.message for problem in result.problems)
    assert "kleur" in messages and "nergens" in messages
    assert all(problem.path == "brief" for problem in result.problems)


def test_loggers_are_left_alone(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    logger = logging.getLogger("weasyprint")
    before = (logger.level, logger.propagate, list(logger.handlers))
    render(tmp_path, "<p style='kleur: rood'>x")
    assert (logger.level, logger.propagate, logger.handlers) == before
    assert caplog.records == []


def test_missing_glyph_is_named(tmp_path: Path) -> None:
    result = render(tmp_path, "<p>tekst \U0001e2c0 en \U0001e2c0</p>")
    problem = next(problem for problem in result.problems if problem.code in ("E605", "E606"))
    assert problem.severity == "fout" and "U+1E2C0 WANCHO LETTER AA" in problem.message


def test_letter_from_another_font_is_named(tmp_path: Path) -> None:
    result = render(tmp_path, "<p>onze letter <span style='font-family: monospace'>qzj</span>")
    assert codes(result) == ["E606"]
    assert all(f"'{letter}'" in result.problems[0].message for letter in "qzj")
    assert "'o'" not in result.problems[0].message


def test_font_with_the_name_of_an_installed_font_is_caught_when_that_one_wins(tmp_path: Path) -> None:
    """On a machine without that font there is nothing to borrow, and all is well."""
    html = page_html("<p>abc").replace("Proefletter", "DejaVu Sans")
    assert set(codes(render_pdf(job(html, tmp_path)))) <= {"E606"}


@pytest.mark.parametrize(
    ("body", "name"),
    [
        ('<table id="tabel-1" style="width: 250px"><caption>Te breed</caption><tr><td>x</table>', "tabel-1"),
        ("<table><caption>Te breed</caption><tr><td>" + "w" * 60 + "</table>", "Te breed"),
        ('<p id="par-3">' + "w" * 60 + "</p>", "par-3"),
        ("<p>" + "w" * 60 + "</p>", "wwwwwwww"),
        ('<div id="blok" style="margin-left: -30px">x</div>', "blok"),
        ('<p>x<img id="beeld" style="width: 300px; height: 9px" src="data:image/svg+xml,<svg/>" alt="">', "beeld"),
        (
            '<table id="vast" style="table-layout: fixed; width: 100%"><tr><td>' + "w" * 20 + "<td>x</table>",
            "vast",
        ),
    ],
)
def test_what_sticks_out_is_named(tmp_path: Path, body: str, name: str) -> None:
    html = page_html(body.replace("<svg/>", "%3Csvg xmlns='http://www.w3.org/2000/svg' width='9' height='9'/%3E"))
    problems = [problem for problem in render_pdf(job(html, tmp_path)).problems if problem.code == "E607"]
    assert len(problems) == 1
    assert name in problems[0].message and "bladzijde 1" in problems[0].message


@pytest.mark.parametrize(
    ("body", "hint"),
    [
        ("<table><tr><td>" + "w" * 60 + "</table>", "maak de tabel smaller"),
        ("<p>zie" + note(1, "https://" + "w" * 60) + "</p>", "geef een lang webadres een tekst"),
        ('<p>x<img id="beeld" style="width: 300px; height: 9px" src="data:image/svg+xml,<svg/>" alt="">', "afbeelding"),
    ],
)
def test_the_hint_fits_what_sticks_out(tmp_path: Path, body: str, hint: str) -> None:
    html = page_html(body.replace("<svg/>", "%3Csvg xmlns='http://www.w3.org/2000/svg' width='9' height='9'/%3E"))
    problems = [problem for problem in render_pdf(job(html, tmp_path)).problems if problem.code == "E607"]
    assert problems and all(hint in problem.hint for problem in problems)
    assert hint.startswith("maak de tabel") or "tabel" not in problems[0].hint


def test_a_picture_higher_than_the_page_is_not_blamed_on_notes(tmp_path: Path) -> None:
    picture = "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' width='9' height='300'/%3E"
    (problem,) = render(tmp_path, f'<p><img src="{picture}" alt="">').problems
    assert problem.code == "E608"
    assert "noten" not in problem.message + problem.hint and "figuur minder hoog" in problem.hint


def test_what_is_placed_beside_the_text_does_not_stick_out(tmp_path: Path) -> None:
    body = (
        '<div style="position: relative"><p style="position: absolute; left: calc(100% + 2px); width: 90px">i</p>'
        '</div><ul style="padding: 0 0 0 1px"><li>punt</ul><p style="text-align: right">rechts</p>'
        '<table style="width: 100%; border: 1px solid"><tr><td style="border: 1px solid">vol</table>'
    )
    assert codes(render(tmp_path, body)) == []


def test_too_deep_nesting_is_a_problem(tmp_path: Path) -> None:
    with pytest.raises(ContentError) as caught:
        render(tmp_path, "<div>" * 400 + "x")
    assert [problem.code for problem in caught.value.problems] == ["E604"]


def test_fingerprint_does_not_import_the_engine() -> None:
    code = (
        "import json, sys; from halfjaarbericht.pdf.engine import engine_fingerprint, render_many\n"
        "print(json.dumps([engine_fingerprint(), 'weasyprint' in sys.modules]))"
    )
    root = Path(__file__).parent.parent
    command = [sys.executable, "-c", code]
    output = subprocess.run(command, capture_output=True, cwd=root, check=True, text=True).stdout
    fingerprint, imported = json.loads(output)
    assert not imported
    assert fingerprint == engine_fingerprint()
    parts = dict(part.split("=") for part in fingerprint.split(";"))
    assert parts["weasyprint"] == "70.0" and parts["libpango-1.0.so.0"].startswith("libpango-1.0.so.0.")
    assert not {"ontbreekt"} & set(parts.values())


def test_fingerprint_knows_every_module_of_the_room(tmp_path: Path) -> None:
    room = Path(fingerprint.__file__).parent
    modules = [path.relative_to(room) for path in sorted(room.rglob("*.py"))]
    assert {Path("tags.py"), Path("tagging/tree.py")} <= set(modules)
    shutil.copytree(room, tmp_path / "pdf", ignore=shutil.ignore_patterns("__pycache__"))
    spec = importlib.util.spec_from_file_location("elders", tmp_path / "pdf" / "fingerprint.py")
    assert spec is not None and spec.loader is not None
    elsewhere = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(elsewhere)
    before = elsewhere._own_code()
    assert before == fingerprint._own_code()
    for module in modules:
        file = tmp_path / "pdf" / module
        text = file.read_bytes()
        file.write_bytes(text + b"#")
        assert elsewhere._own_code() != before, module
        file.write_bytes(text)
    assert elsewhere._own_code() == before


def test_codes_are_registered() -> None:
    folder = Path(__file__).parent.parent / "halfjaarbericht"
    text = "".join(path.read_text(encoding="utf-8") for path in [*folder.glob("pdf/*.py"), folder / "publish.py"])
    for code in [f"E6{number:02}" for number in range(1, 14)] + ["E621", "E622", "E623", "E624"]:
        assert f'"{code}"' in text and code in CODES
