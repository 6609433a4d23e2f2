"""One sitting in which everything goes wrong in turn: content, data, a template and a style, in a real browser."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from playwright.sync_api import Browser, expect

from tests.editiehulp import ROOT
from tests.meekijkbrowser import EDITION, KORT, Preview, Tab, copy_project, start, tab, until

pytestmark = pytest.mark.traag


@dataclass(frozen=True)
class Mistake:
    """A good text in a file, that text broken and mended; the line that is told and what of it; what then is new."""

    file: str
    good: str
    broken: str
    mended: str
    told: str
    shown: str


ROW = [
    Mistake(KORT, "Kort antwoord.", "Kort antwoord: [.", "Mooi antwoord.", "Kort antwoord: [.", "Mooi antwoord."),
    Mistake(
        f"content/{EDITION}/data/eenheden.csv",
        "Landelijk,n.b.,6300,",
        "Landelijk,n.b.,6300,,,",
        "Landelijk,n.b.,6301,",
        "Landelijk,n.b.,6300,,,",
        "6.301",
    ),
    Mistake(
        "templates/bijlage.html",
        "{% block hoofd_druk %}",
        "{% blok hoofd_druk %}",
        "{% block aanhef %}<p>Een eigen regel</p>{% endblock %}{% block hoofd_druk %}",
        "{% blok hoofd_druk %}",
        "Een eigen regel",
    ),
    Mistake("styles/tokens.css", "--lintblauw: #154273;", "--lintblauw: #154273; }", "--lintblauw: #731542;", "}", ""),
]
"""In the order in which they are made; only a style shows nothing new in words."""


@pytest.fixture(scope="module")
def own_project(tmp_path_factory: pytest.TempPathFactory, browser: Browser) -> Iterator[Preview]:
    """A preview of a project that has its own templates and styles."""
    root = tmp_path_factory.mktemp("fouten")
    copy_project(root)
    shutil.copytree(ROOT / "templates", root / "templates")
    running = start(root)
    yield running
    running.stop()


@pytest.fixture
def preview(own_project: Preview) -> Iterator[Preview]:
    files = {own_project.root / mistake.file: (own_project.root / mistake.file).read_bytes() for mistake in ROW}
    yield own_project
    for file, before in files.items():
        file.write_bytes(before)


def is_told(look: Tab, mistake: Mistake) -> None:
    """The panel tells where, and shows the line; the status, the tab and its icon say that the page is older."""
    found = look.page.locator("#paneel .probleem.fout", has_text=mistake.file)
    expect(found).to_be_visible()
    expect(found.locator("pre")).to_contain_text(mistake.told)
    expect(found.locator("a.plek")).to_have_attribute("href", re.compile(rf"/{re.escape(mistake.file)}:\d+:\d+$"))
    expect(look.page.locator("#standtekst")).to_contain_text("laatste goede versie")
    expect(look.page).to_have_title(re.compile(r"^\(\d+\) "))
    expect(look.page.locator("#icoon")).to_have_attribute("href", "/statisch/icoon-fout.svg")


def is_good(look: Tab) -> None:
    """No error is left (another number may have given a warning), and the page is that of the newest files."""
    expect(look.page.locator("#paneel")).to_be_hidden()
    expect(look.page.locator("#icoon")).to_have_attribute("href", "/statisch/icoon.svg")
    expect(look.page.locator("#standtekst")).to_contain_text("bijgewerkt")
    look.settle()
    assert look.equals_fresh_page()


KEEP = "() => { window.kept = [...document.querySelectorAll('main *')]; return document.body.innerText; }"
UNTOUCHED = "() => [kept.every((element) => element.isConnected), document.body.innerText]"
COLOUR = "getComputedStyle(document.querySelector('h2')).color"


def test_mistakes_of_every_kind_one_after_another(browser: Browser, preview: Preview) -> None:
    with tab(browser, preview) as look:
        look.go()
        colour = look.ask(COLOUR)
        for mistake in ROW:
            text = look.ask(KEEP)
            preview.change(mistake.file, mistake.good, mistake.broken)
            is_told(look, mistake)
            assert look.ask(UNTOUCHED) == [True, text]
            assert look.ask(COLOUR) == colour
            preview.change(mistake.file, mistake.broken, mistake.mended)
            is_good(look)
            assert mistake.shown in look.ask("document.body.innerText")
        until(lambda: look.ask(COLOUR) == "rgb(115, 21, 66)", "the mended style")


def test_mistakes_on_top_of_each_other(browser: Browser, preview: Preview) -> None:
    """The first that is mended is not the last: the page waits for all of them."""
    with tab(browser, preview) as look:
        look.go()
        text = look.ask(KEEP)
        for mistake in ROW:
            preview.change(mistake.file, mistake.good, mistake.broken)
        content, data, template, style = ROW
        for mistake in (content, data, style, template):  # pages are only made of content and styles that are right
            is_told(look, mistake)
            assert look.ask(UNTOUCHED) == [True, text]
            preview.change(mistake.file, mistake.broken, mistake.good)
        is_good(look)
        assert not any(mistake.shown in look.ask("document.body.innerText") for mistake in ROW if mistake.shown)
