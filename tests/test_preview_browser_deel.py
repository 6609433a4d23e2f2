"""The page in a browser takes what changed from the news, or fetches the page when that does not fit; it is right each
time."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Request

from tests.meekijkbrowser import EDITION, Preview, Tab, tab, until

pytestmark = pytest.mark.traag
STEM = "bijlage-2-zaken"
FOLDER = f"content/{EDITION}/bijlagen/zaken"


class Counted:
    """How often the page itself was fetched."""

    def __init__(self, look: Tab):
        self.count = 0
        look.page.on("request", self._count)

    def _count(self, request: Request) -> None:
        self.count += "/pagina/" in request.url


@pytest.fixture
def look(browser: Browser, preview: Preview) -> Iterator[Tab]:
    with tab(browser, preview) as found:
        yield found.go(STEM)


def sections(look: Tab) -> list[str]:
    """Files of the annex with a text of their own."""
    files = sorted((look.preview.root / FOLDER).rglob("*.yaml"))
    texts = [file for file in files if "tekst: |\n  " in file.read_text(encoding="utf-8")]
    return [file.relative_to(look.preview.root).as_posix() for file in texts]


def write(look: Tab, file: str, words: str) -> None:
    look.preview.change(file, "tekst: |\n  ", f"tekst: |\n  {words} ")
    look.frame.get_by_text(words).first.wait_for()
    look.settle()


def test_a_sentence_comes_with_the_news(look: Tab) -> None:
    file = sections(look)[0]
    fetched = Counted(look)
    look.ask("() => { window.before = [...document.querySelectorAll('main *')] }")
    write(look, file, "Dit kwam met het bericht.")
    write(look, file, "En dit daarna.")
    assert fetched.count == 0
    assert look.ask("before.every((element) => element.isConnected)")
    assert look.equals_fresh_page()


def test_a_page_that_the_news_does_not_fit_is_fetched(look: Tab) -> None:
    """Something of a script or extension may stand in the page that the server knows nothing of."""
    file = sections(look)[0]
    look.ask("document.querySelector('main').prepend(document.createElement('section'))")
    fetched = Counted(look)
    write(look, file, "Dit werd opgehaald.")
    assert fetched.count == 1
    assert look.equals_fresh_page()
    write(look, file, "En dit kwam met het bericht.")
    assert fetched.count == 2  # the comparison of the test itself was the second
    assert look.equals_fresh_page()


def test_whatever_is_written_the_page_is_that_of_the_server(look: Tab) -> None:
    chance = random.Random(11)
    files = sections(look)
    for number in range(25):
        file = chance.choice(files)
        path = look.preview.root / file
        text = path.read_text(encoding="utf-8")
        kind = chance.randrange(4)
        if kind == 0:
            text = f"# regel {number}\n{text}"
        elif kind == 1:
            text = re.sub(r"^titel: (?=\w)", f"titel: Nummer {number} ", text, count=1, flags=re.MULTILINE)
        elif kind == 2:
            text = text.replace("tekst: |\n", f"tekst: |\n  Een alinea erbij, nummer {number}.\n\n", 1)
        else:
            text = text.replace("tekst: |\n  ", f"tekst: |\n  Zin {number}. ", 1)
        version = look.preview.state()["versie"]
        path.write_text(text, encoding="utf-8")
        until(lambda version=version: look.preview.state()["versie"] > version, "a newer version")  # type: ignore[misc]
        look.settle()
        assert look.equals_fresh_page(), f"{number}: {file}, {kind}"
