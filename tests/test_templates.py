"""Faults in templates, styles and images are told in Dutch with their place; a project can override them."""

from __future__ import annotations

from pathlib import Path

import pytest

from halfjaarbericht.codes import CODES
from halfjaarbericht.problems import ContentError, Problem
from halfjaarbericht.render import Renderer
from halfjaarbericht.stijlfouten import style_problem
from halfjaarbericht.verslag import Document, Span
from tests.htmlhulp import MEDIA, one_section, render
from tests.voorbeeld_bouwstenen import text
from tests.voorbeeld_verslag import STYLES, TEMPLATES, annex, edition_folder, letter, report


@pytest.fixture(scope="module")
def renderer() -> Renderer:
    return Renderer([TEMPLATES], [STYLES])


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return edition_folder(tmp_path_factory.mktemp("inhoud"))


# --- problems --------------------------------------------------------------------------------------------------


def problem(template_dirs: list[Path], folder: Path, document: Document | None = None) -> Problem:
    with pytest.raises(ContentError) as caught:
        render(Renderer(template_dirs, [STYLES]), folder, document or letter(), "scherm")
    (found,) = caught.value.problems
    assert found.code in CODES
    return found


@pytest.mark.parametrize(
    ("name", "content", "line", "code", "message"),
    [
        ("brief.html", "<p>\n{% fro x in y %}", 2, "E502", "onbekende opdracht 'fro'"),
        ("brief.html", "{% if x %}", 1, "E502", "het sjabloon houdt te vroeg op: er mist een end-opdracht"),
        ("brief.html", "{{ 1 | grooter }}", 1, "E502", "onbekend filter 'grooter'"),
        ("brief.html", "{{ a b }}", 1, "E502", "hier moet 'end of print statement' staan, niet 'b'"),
        ("brief.html", "\n\n{{ docment.title }}", 3, "E503", "onbekende naam 'docment' in het sjabloon"),
        ("brief.html", "{{ document.titel }}", 1, "E503", "onbekende naam 'titel' bij Document in het sjabloon"),
        ("brief.html", "{% include 'weg.html' %}", 0, "E501", "het sjabloon 'weg.html' ontbreekt"),
        ("brief.html", "<p>\n{{ 1 / 0 }}", 2, "E504", "het sjabloon kan hier niet verder: division by zero"),
        ("macros/noot.html", "{% macro scherm(n, o) %}\n{{ weg }}{% endmacro %}", 2, "E503", "onbekende naam 'weg'"),
    ],
)
def test_a_fault_in_a_template_is_told_with_its_place(
    tmp_path: Path, folder: Path, name: str, content: str, line: int, code: str, message: str
) -> None:
    own = tmp_path / "templates"
    (own / name).parent.mkdir(parents=True)
    (own / name).write_text(content, encoding="utf-8")
    found = problem([own, TEMPLATES], folder)
    assert (found.code, found.line) == (code, line)
    assert found.message.startswith(message)
    assert found.path == f"templates/{'weg.html' if code == 'E501' else name}"
    assert found.excerpt == (content.splitlines()[line - 1] if line else "")


@pytest.mark.parametrize(
    ("content", "code", "message"),
    [
        ("<p>\n{{ weg }}", "E503", "onbekende naam 'weg' in het sjabloon"),
        ("<p>{{ section.id }}\n{{ section.titel }}", "E503", "onbekende naam 'titel' bij Section in het sjabloon"),
        ("<p>{{ heading.subject }}\n{{ heading.titel }}", "E503", "onbekende naam 'titel' bij Heading in het sjabloon"),
        ("<p>\n{{ 1 / 0 }}", "E504", "het sjabloon kan hier niet verder: division by zero"),
        ("<p>\n{% fro x in y %}", "E502", "onbekende opdracht 'fro'"),
        ("<p>\n{{ document.titel }}", "E503", "onbekende naam 'titel' bij Document in het sjabloon"),
    ],
)
def test_a_fault_in_the_template_of_a_section_too(
    tmp_path: Path, folder: Path, content: str, code: str, message: str
) -> None:
    own = tmp_path / "templates"
    (own / "secties").mkdir(parents=True)
    (own / "secties" / "sectie.html").write_text(content, encoding="utf-8")
    found = problem([own, TEMPLATES], folder, annex())
    assert (found.path, found.line, found.code) == ("templates/secties/sectie.html", 2, code)
    assert found.message.startswith(message)


def test_an_unknown_name_comes_with_a_suggestion(tmp_path: Path, folder: Path) -> None:
    (tmp_path / "brief.html").write_text("{{ document.titel }}", encoding="utf-8")
    assert problem([tmp_path, TEMPLATES], folder).hint == "bedoelde u 'title'?"


def test_a_project_can_extend_a_standard_template(tmp_path: Path, folder: Path) -> None:
    own = '{% extends "standaard/brief.html" %}{% block aanhef %}<p>Eigen aanhef</p>{% endblock %}'
    (tmp_path / "brief.html").write_text(own, encoding="utf-8")
    html = render(Renderer([tmp_path, TEMPLATES], [STYLES]), folder, letter(), "druk")
    assert "<p>Eigen aanhef</p>" in html
    assert "V.O. Orbeeld" in html


def test_a_project_can_replace_a_style(tmp_path: Path, folder: Path) -> None:
    (tmp_path / "scherm.css").write_text("/* weg */ body { color: teal }", encoding="utf-8")
    html = render(Renderer([TEMPLATES], [tmp_path, STYLES]), folder, letter(), "scherm")
    assert "body { color: teal }" in html
    assert "weg" not in html.split("</style>")[0]


def test_a_missing_style_is_a_problem(tmp_path: Path, folder: Path) -> None:
    with pytest.raises(ContentError) as caught:
        render(Renderer([TEMPLATES], [tmp_path]), folder, letter(), "scherm")
    assert [(p.code, p.message) for p in caught.value.problems] == [("E506", "het stijlblad 'tokens.css' ontbreekt")]


FORMS = {
    "p { color: teal": (1, 3, "'{' is niet afgesloten"),
    "p {\n  width: calc(1px;\n}": (3, 1, "'}' sluit niets af dat open is"),
    "p {}\n}": (2, 1, "'}' sluit niets af dat open is"),
    "/* nog bezig\np {}": (1, 1, "het commentaar is niet afgesloten"),
    'p::after {\n  content: "a\n}': (2, 12, "de tekst tussen aanhalingstekens is op deze regel niet afgesloten"),
}


@pytest.mark.parametrize("css", FORMS)
def test_the_form_of_a_style_is_checked_with_its_place(css: str) -> None:
    found = style_problem(css, "styles/scherm.css")
    assert found is not None
    assert (found.code, found.path, found.line, found.column, found.message) == (
        "E508",
        "styles/scherm.css",
        *FORMS[css],
    )
    assert found.excerpt == css.split("\n")[found.line - 1]


def test_our_own_styles_and_odd_but_right_ones_are_well_formed() -> None:
    odd = [
        "a::before { content: '{' } /* } */",
        'a { content: "\\"}"; b: url(x{y) }',
        "@media (x) { a { b: c[d] } }",
        "",
    ]
    for css in (*(file.read_text(encoding="utf-8") for file in sorted(STYLES.glob("*.css"))), *odd):
        assert style_problem(css, "x.css") is None


def test_a_style_that_is_no_text_is_a_problem(tmp_path: Path, folder: Path) -> None:
    (tmp_path / "scherm.css").write_bytes(b"p { content: '\xff' }")
    with pytest.raises(ContentError) as caught:
        render(Renderer([TEMPLATES], [tmp_path, STYLES]), folder, letter(), "scherm")
    assert [(p.code, p.message) for p in caught.value.problems] == [("E508", "het stijlblad is niet te lezen")]


def test_a_missing_image_is_a_problem_at_its_place(tmp_path: Path) -> None:
    found = problem([TEMPLATES], tmp_path, annex())
    assert (found.code, found.path, found.line) == ("E505", "content/2030-2/bijlagen/moties.yaml", 12)


def test_our_own_faults_are_not_blamed_on_a_template(renderer: Renderer, folder: Path) -> None:
    broken = one_section(Span("onbekend", text("x")))
    with pytest.raises(KeyError):
        render(renderer, folder, broken, "druk")


def test_a_template_that_loses_a_note_is_told(tmp_path: Path) -> None:
    """The numbers of the others go on, so the loss would be seen by nobody but the reader."""
    (tmp_path / "bijlage.html").write_text("<html>{{ document.plain }}</html>", encoding="utf-8")
    document = next(d for d in report().documents if d.kind == "bijlage" and d.notes)
    renderer = Renderer([tmp_path, TEMPLATES], [STYLES])
    for medium in MEDIA:
        with pytest.raises(ContentError) as caught:
            renderer.document(report(), document, medium, edition_folder=tmp_path, shared_folder=tmp_path)
        (found,) = caught.value.problems
        assert (found.code, found.path) == ("E507", "templates/bijlage.html")
        assert found.message.startswith(f"noot {document.notes[0].number} van ")
