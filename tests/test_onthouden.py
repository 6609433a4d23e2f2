"""A page that is made again from memory is the page made anew: whatever a project's own templates read, and whatever is
on the disk beside the content."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest
from jinja2 import Template
from markupsafe import Markup

from halfjaarbericht import sectieopmaak
from halfjaarbericht.onthouden import Remembered
from halfjaarbericht.preview.inputs import take_stock
from halfjaarbericht.preview.maker import Maker
from halfjaarbericht.problems import Problem
from halfjaarbericht.project import make_project
from tests.editiehulp import EXAMPLE
from tests.inhoudhulp import EDITION

STEM = "bijlage-2-zaken"


# --- remembering itself -----------------------------------------------------------------------------------------


class Made:
    """Makes words, and counts."""

    def __init__(self) -> None:
        self.words: list[str] = []

    def __call__(self, word: str) -> str:
        self.words.append(word)
        return word.upper()


def test_what_is_still_asked_for_stays_also_inside_what_is_not_made_again() -> None:
    memory: Remembered[str] = Remembered()
    made = Made()

    def inner() -> str:
        return memory.of("inner", None, lambda: made("inner"))

    for _ in range(5):
        memory.begin("same")
        assert memory.of("outer", None, lambda: made("outer") + inner()) == "OUTERINNER"
    assert made.words == ["outer", "inner"]
    memory.begin("same")
    assert memory.of("another", None, lambda: made("another") + inner()) == "ANOTHERINNER"
    assert made.words == ["outer", "inner", "another"]


def test_what_was_not_asked_for_in_a_round_is_forgotten() -> None:
    memory: Remembered[str] = Remembered()
    made = Made()
    for asked in ("a", "b", "a"):
        memory.begin()
        memory.of(asked, None, lambda asked=asked: made(asked))  # type: ignore[misc]
    assert made.words == ["a", "b", "a"]


def test_other_surroundings_and_what_passes_are_made_anew() -> None:
    memory: Remembered[str] = Remembered()
    made = Made()

    def passing() -> str:
        memory.passing()
        return made("passing")

    assert [memory.begin(around) for around in (1, 1, 2)] == [False, True, False]
    for _ in range(2):
        memory.begin("same")
        memory.of("outer", None, lambda: made("outer") + memory.of("inner", None, passing))
        memory.of("beside", None, lambda: made("beside"))
    assert made.words == ["outer", "passing", "beside", "outer", "passing"]


# --- pages ------------------------------------------------------------------------------------------------------


class Preview:
    """A project with the example edition, made again and again by one maker, and once by a fresh one."""

    def __init__(self, root: Path):
        self.root = root
        shutil.copytree(EXAMPLE, root / "content")
        self.maker = Maker(make_project(root))

    def template(self, name: str, text: str) -> None:
        file = self.root / "templates" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
        self.maker = Maker(make_project(self.root))

    def change(self, name: str, old: str, new: str) -> None:
        file = self.root / "content" / name
        text = file.read_text(encoding="utf-8")
        assert old in text
        file.write_text(text.replace(old, new, 1), encoding="utf-8")

    def pages(self, maker: Maker | None = None) -> tuple[dict[str, str], tuple[Problem, ...]]:
        made = list((maker or self.maker).make(EDITION, take_stock(self.maker.project)))[-1]
        return {stem: page.html for stem, page in made.pages.items()}, made.problems

    def page(self) -> str:
        """The annex, which is that of a maker without a past."""
        found = self.pages()
        assert found == self.pages(Maker(self.maker.project))
        return found[0][STEM]


@pytest.fixture
def preview(tmp_path: Path) -> Preview:
    return Preview(tmp_path)


@pytest.fixture
def printed(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The ids of the sections that were printed."""
    found: list[str] = []
    printing = sectieopmaak._printed

    def told(template: Template, context: dict[str, Any]) -> Markup:
        found.append(context["section"].id)
        return printing(template, context)

    monkeypatch.setattr(sectieopmaak, "_printed", told)
    return found


def test_a_section_of_the_projects_own_that_reads_the_heading_follows_it(preview: Preview) -> None:
    own = '{% extends "standaard/secties/sectie.html" %}{% block gegevens %}<p>{{ heading.subject }}</p>{% endblock %}'
    preview.template("secties/sectie.html", own)
    preview.page()
    preview.change(f"{EDITION}/editie.yaml", "onderwerp: ", "onderwerp: Nieuw ")
    assert "<p>Nieuw " in preview.page()


def test_a_section_of_the_projects_own_that_counts_the_sections_follows_them(preview: Preview) -> None:
    own = '{% extends "standaard/secties/sectie.html" %}{% block gegevens %}<p>{{ document.notes | length }} noten</p>'
    preview.template("secties/sectie.html", own + "{% endblock %}")
    assert " noten</p>" in preview.page()
    preview.change(f"{EDITION}/bijlagen/zaken/2-tekst.yaml", "tekst: |\n  ", "tekst: |\n  Nog een.[^kst-29628-1098] ")
    assert "Nog een." in preview.page()


def test_macros_of_the_projects_own_may_count(preview: Preview) -> None:
    counting = "{% set teller = namespace(n=0) %}{% macro verwijzing(soort, adres, tekst) -%}"
    counting += '{% set teller.n = teller.n + 1 %}<a href="{{ adres }}">{{ tekst }}<sub>{{ teller.n }}</sub></a>'
    preview.template("macros/verwijzing.html", counting + "{%- endmacro %}")
    assert "<sub>2</sub>" in preview.page()
    preview.change(f"{EDITION}/bijlagen/zaken/0-inleiding.yaml", "tekst: In", "tekst: Zie {zie}`zaken`. In")
    preview.page()


def test_a_picture_that_changes_on_the_disk_changes_the_page(preview: Preview) -> None:
    before = preview.page()
    picture = preview.root / "content" / EDITION / "figuren" / "lijn.svg"
    drawn = picture.read_text(encoding="utf-8")
    picture.write_text(drawn.replace("<svg ", '<svg data-nieuw="1" ', 1), encoding="utf-8")
    assert preview.page() != before


def test_a_number_that_changes_changes_what_stands_beside_it(preview: Preview) -> None:
    before = preview.page()
    preview.change(f"{EDITION}/data/eenheden.csv", "4100", "4101")
    assert preview.page() != before


def test_only_what_changed_is_printed_again(preview: Preview, printed: list[str]) -> None:
    preview.pages()
    everything = set(printed)
    files = ("brief.yaml", "brief.yaml", "brief.yaml", "bijlagen/zaken/2-tekst.yaml")
    for file in files:
        printed.clear()
        preview.change(f"{EDITION}/{file}", "tekst: |\n  ", "tekst: |\n  Een zin erbij. ")
        preview.pages()
        assert len(set(printed)) < len(everything) / 2
        assert {"tekst", "tekst-onder", "tekst-dieper"} & set(printed) == (
            {"tekst", "tekst-onder", "tekst-dieper"} if "tekst" in file else set()
        )
