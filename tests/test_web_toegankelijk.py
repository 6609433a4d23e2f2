"""Every page in a browser, on a desktop and at 320 CSS pixels: axe-core finds nothing, and nothing falls off the
screen, also with the text spacing of WCAG 2.2 criterion 1.4.12 and, on a desktop, with letters twice as large."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from tests.webhulp import NARROW, WIDE, Finding, axe, axe_script, named, opened, told

pytestmark = pytest.mark.traag

SPACED = """* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important; }
p { margin-bottom: 2em !important; }"""
DOUBLED = "html { font-size: 200% !important; }"

# Text that does not fit where it stands: cut off by its own box, or sticking out of its part of the page, where the
# next part hides it. What scrolls by itself and what is there for screen readers only is meant to be so.
SPILLED = """() => {
  const meant = '.onzichtbaar, .tabelvak, .grafiekvak, .herkomstpaneel, .sprong';
  const found = [];
  for (const part of document.querySelectorAll('body > *')) {
    const box = part.getBoundingClientRect();
    for (const element of part.querySelectorAll('*')) {
      const own = [...element.childNodes].some((node) => node.nodeType === 3 && node.data.trim());
      if (!own || element.closest(meant) || !element.checkVisibility()) continue;
      const rect = element.getBoundingClientRect();
      const out = rect.bottom > box.bottom + 1 || rect.right > innerWidth + 1 || rect.left < -1;
      const cut = getComputedStyle(element).overflow !== 'visible' &&
        (element.scrollWidth > element.clientWidth + 1 || element.scrollHeight > element.clientHeight + 1);
      if (out || cut) found.push(`${element.tagName} ${element.className}: ${element.textContent.slice(0, 60)}`);
    }
  }
  const root = document.documentElement;
  if (root.scrollWidth > root.clientWidth) found.push(`the page is ${root.scrollWidth} px wide`);
  return found;
}"""


@dataclass(frozen=True)
class Visit:
    """What was seen of a page at one width."""

    page: str
    wrong: list[Finding]
    left_open: list[Finding]
    spilled: list[str]
    spilled_spaced: list[str]
    spilled_doubled: list[str]


def look_at(tab: Page, file: Path, *, wide: bool) -> Visit:
    tab.goto(file.as_uri())
    # What is folded must be good too.
    tab.evaluate("document.querySelectorAll('details').forEach((part) => { part.open = true; })")
    wrong, left_open = axe(tab)
    doubled = styled(tab, DOUBLED) if wide else []  # on a phone 1.4.10 is the rule
    return Visit(named(file), wrong, left_open, tab.evaluate(SPILLED), styled(tab, SPACED), doubled)


def styled(tab: Page, css: str) -> list[str]:
    """What spills with a reader's own style on top; the style is taken away again."""
    style = tab.add_style_tag(content=css)
    found: list[str] = tab.evaluate(SPILLED)
    style.evaluate("(element) => element.remove()")
    return found


@pytest.fixture(scope="module", params=[WIDE, NARROW])
def visits(request: pytest.FixtureRequest, browser: Browser, web_pages: tuple[Path, ...]) -> list[Visit]:
    """Every page, opened once at each width."""
    with opened(browser, request.param, reduced_motion="reduce") as tab:
        tab.add_init_script(axe_script())
        return [look_at(tab, file, wide=request.param == WIDE) for file in web_pages]


def test_axe_finds_nothing(visits: list[Visit]) -> None:
    wrong = [finding for visit in visits for finding in visit.wrong]
    assert wrong == [], told(wrong)


def test_axe_leaves_only_contrast_to_a_person(visits: list[Visit]) -> None:
    """It cannot see what is behind text in a chart or a table that scrolls; test_web_kleuren.py tries every pair."""
    left_open = [finding for visit in visits for finding in visit.left_open if finding.rule != "color-contrast"]
    assert left_open == [], told(left_open)


@pytest.mark.parametrize("state", ["spilled", "spilled_spaced", "spilled_doubled"])
def test_nothing_falls_off_the_screen(visits: list[Visit], state: str) -> None:
    found = [f"{visit.page}: {text}" for visit in visits for text in getattr(visit, state)]
    assert found == [], "\n".join(found[:20])


WRONG = """<!DOCTYPE html><html lang="nl"><head><meta charset="utf-8"><title>Fout</title></head><body>
<header style="height: 1em"><p>Een<br>naam die<br>niet past</p></header>
<main><h1>Kop</h1><p style="color: #999">Te licht</p><img src="data:,">
<ul><li><a href="#a" style="font-size: 8px">a</a><li><a href="#b" style="font-size: 8px">b</a></ul>
<div style="overflow: auto; width: 5em; white-space: nowrap">Een tekst die niemand bereikt zonder muis</div>
<div style="width: 60em">Te breed voor een telefoon</div></main></body></html>"""


def test_mistakes_are_seen(browser: Browser, tmp_path: Path) -> None:
    """The checks above would find them if they were there."""
    file = tmp_path / "fout.html"
    file.write_text(WRONG, encoding="utf-8")
    with opened(browser, NARROW) as tab:
        tab.add_init_script(axe_script())
        visit = look_at(tab, file, wide=False)
    assert {"color-contrast", "image-alt", "target-size"} <= {finding.rule for finding in visit.wrong}
    assert any("naam die" in text for text in visit.spilled)
    assert any(text.startswith("the page is") for text in visit.spilled)
