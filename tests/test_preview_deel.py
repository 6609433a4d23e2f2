"""What the news says that changed: put in place of the old parts it gives the new page, to the character."""

from __future__ import annotations

import random
import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from halfjaarbericht.preview.deel import LONGEST, changes
from tests.editiehulp import EXAMPLE
from tests.inhoudhulp import EDITION
from tests.meekijkhulp import State, Watched, in_a_loop, watching

STEM = "bijlage-2-zaken"


def put_in(old: str, told: State) -> str:
    """A page with the parts of the news in their place, found in another way than the program does."""
    starts = [tag.start() for tag in re.finditer(r"<(?:section|nav)\b", old)]
    assert len(starts) == told["aantal"]
    for part in sorted(told["delen"], key=lambda part: -part["nummer"]):
        start = starts[part["nummer"]]
        depth, end = 0, start
        for tag in re.finditer(r"<(/?)(?:section|nav)\b[^>]*>", old[start:]):
            depth += -1 if tag[1] else 1
            if depth == 0:
                end = start + tag.end()
                break
        old = old[:start] + part["html"] + old[end:]
    return old


def parts(old: str, new: str) -> list[str] | None:
    """The parts that are told; None when the page is to be fetched. What is told gives the new page."""
    found = changes(old, new, "sleutel")
    if found is None:
        return None
    told = found.as_json()
    assert told["basis"] == "sleutel"
    assert put_in(old, told) == new
    return [part["html"] for part in told["delen"]]


PAGE = "<main><nav>N</nav><section>een<section>twee</section></section>tussen<section>drie</section></main>"


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("twee", "2", ["<section>2</section>"]),
        ("een", "1", ["<section>1<section>twee</section></section>"]),
        ("drie", "<section>3</section>", ["<section><section>3</section></section>"]),
        ("<section>drie", '<section id="d">drie', ['<section id="d">drie</section>']),
        ("N</nav>", "M</nav>", ["<nav>M</nav>"]),
        ("tussen", "ertussen", None),
        ("tussen", "<section>tussen</section>", None),
        ("<section>drie</section>", "", None),
        ("<section>drie</section>", "<nav>drie</nav>", None),
        ("<section>twee</section>", "<nav>twee</nav>", ["<section>een<nav>twee</nav></section>"]),
        ("drie</section>", "drie", None),
        ("drie", "</section>drie", None),
        ("drie", "3" * LONGEST, None),
    ],
)
def test_the_smallest_parts_are_told(old: str, new: str, expected: list[str] | None) -> None:
    assert old in PAGE
    assert parts(PAGE, PAGE.replace(old, new)) == expected


def test_several_parts_are_told_together() -> None:
    new = PAGE.replace("N", "M").replace("twee", "2").replace("drie", "3")
    assert parts(PAGE, new) == ["<nav>M</nav>", "<section>2</section>", "<section>3</section>"]


@pytest.mark.parametrize("seed", range(4))
def test_whatever_changed_what_is_told_gives_the_new_page(seed: int) -> None:
    chance = random.Random(seed)

    def grow(depth: int) -> str:
        name = chance.choice(["section", "nav", "p", "div"] if depth < 4 else ["p"])
        inside = "".join(grow(depth + 1) for _ in range(chance.randrange(4))) if name != "p" else ""
        return f"<{name}>{chance.randrange(10)}{inside}{chance.randrange(10)}</{name}>\n"

    told = 0
    for _ in range(300):
        old = "".join(grow(0) for _ in range(6))
        at = [chance.randrange(len(old)) for _ in range(chance.randrange(1, 4))]
        new = "".join(str(chance.randrange(10)) if c.isdigit() and i in at else c for i, c in enumerate(old))
        if chance.random() < 0.3:
            end = chance.choice([match.end() for match in re.finditer(r"\n", old)])
            new = new[:end] + grow(1) + new[end:]
        told += old != new and parts(old, new) is not None
    assert told > 30


# --- a page that lives by the news ------------------------------------------------------------------------------


class Reader:
    """Does what the page in a browser does: takes the parts from the news when they fit, and else fetches the page."""

    def __init__(self, watched: Watched, stem: str):
        self.watched = watched
        self.stem = stem
        self.key = self.html = ""
        self.taken = self.fetched = 0

    async def follow(self, state: State) -> None:
        """Take a new state in."""
        own = next(d for d in state["documenten"] if d["stem"] == self.stem)
        news = own["veranderd"]
        if own["sleutel"] == self.key:
            return
        if news and news["basis"] == self.key:
            self.html = put_in(self.html, news)
            self.taken += 1
        else:
            session = await self.watched.director.edition(EDITION)
            assert session is not None
            self.html = session.state.pages[self.stem].html
            self.fetched += 1
        self.key = own["sleutel"]


def test_a_page_that_lives_by_the_news_is_the_page_itself(tmp_path: Path) -> None:
    content = tmp_path / "content"
    shutil.copytree(EXAMPLE, content)
    chance = random.Random(7)
    files = sorted((content / EDITION / "bijlagen" / "zaken").glob("*.yaml"))
    good = {file: file.read_text(encoding="utf-8") for file in files}

    def sentence(text: str) -> str:
        return text.replace("tekst: |\n  ", f"tekst: |\n  Zin {chance.randrange(1000)}. ", 1)

    def line_above(text: str) -> str:
        return f"# regel {chance.randrange(1000)}\n{text}"

    def title(text: str) -> str:
        return re.sub(r"^titel: (?=\w)", f"titel: Nummer {chance.randrange(1000)} ", text, count=1, flags=re.MULTILINE)

    def as_it_was(text: str) -> str:
        return text

    ways: list[Callable[[str], str]] = [sentence, sentence, line_above, title, as_it_was]

    async def steps() -> None:
        async with watching(content, EDITION, STEM) as watched:
            reader = Reader(watched, STEM)
            for _ in range(20):
                for file in chance.sample(files, chance.choice([1, 1, 2])):
                    file.write_text(chance.choice(ways)(good[file]), encoding="utf-8")
                await reader.follow(await watched.settled())
                session = await watched.director.edition(EDITION)
                assert session is not None
                assert reader.html == session.state.pages[STEM].html
            assert watched.faults == []
            assert reader.taken > 5
            assert reader.fetched > 0

    in_a_loop(steps())
