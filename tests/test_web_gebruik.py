"""Pages as a reader handles them: by keyboard, with panels that close, in other colours, without motion, on paper."""

from __future__ import annotations

import base64
import hashlib
import re
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page
from pypdf import PdfReader

from tests.webhulp import NARROW, WIDE, named, opened

ANNEX = "voorbeeld/2030-1/bijlage-2-zaken"
CHARTS = "echt/2025-1/bijlage-1-kerncijfers"
REGISTER = "voorbeeld/2030-1/cijfers"


@pytest.fixture(scope="module")
def pages(web_pages: tuple[Path, ...]) -> dict[str, Path]:
    return {named(page): page for page in web_pages}


# --- keyboard ---------------------------------------------------------------------------------------------------

# Marks what a keyboard must reach, in the order of the page.
NUMBER_ALL = """() => {
  const all = [...document.querySelectorAll('a[href], summary, [tabindex="0"]')].filter((e) => e.checkVisibility());
  all.forEach((element, index) => { element.dataset.stop = index; });
  return all.length;
}"""
HERE = """() => {
  const at = document.activeElement;
  const style = getComputedStyle(at);
  const rect = at.getClientRects()[0];
  const top = rect && document.elementFromPoint(rect.left + rect.width / 2, rect.top + rect.height / 2);
  return {
    stop: Number(at.dataset.stop ?? -1),
    ring: style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2,
    seen: Boolean(top) && (at.contains(top) || top.contains(at)),
    what: at.outerHTML.slice(0, 120),
  };
}"""


@pytest.mark.parametrize("name", [ANNEX, CHARTS, REGISTER])
@pytest.mark.parametrize("width", [WIDE, NARROW])
def test_tab_reaches_everything_in_order_and_shows_where(
    browser: Browser, pages: dict[str, Path], name: str, width: int
) -> None:
    """WCAG 2.2: 2.1.1 keyboard, 2.4.3 order, 2.4.7 focus visible, 2.4.11 focus not obscured."""
    with opened(browser, width, reduced_motion="reduce") as tab:
        tab.goto(pages[name].as_uri())
        count = tab.evaluate(NUMBER_ALL)
        assert count > 10
        for expected in range(count):
            tab.keyboard.press("Tab")
            here = tab.evaluate(HERE)
            assert here["stop"] == expected, here
            assert here["ring"], here
            assert here["seen"], here


def test_the_first_link_leads_past_the_navigation(browser: Browser, pages: dict[str, Path]) -> None:
    with opened(browser) as tab:
        tab.goto(pages[ANNEX].as_uri())
        skip = tab.locator(".sprong")
        assert (skip.bounding_box() or {})["y"] < 0
        tab.keyboard.press("Tab")
        assert (skip.bounding_box() or {})["y"] >= 0
        assert skip.evaluate("(link) => link === document.activeElement")
        tab.keyboard.press("Enter")
        assert tab.evaluate("document.activeElement.tagName") == "MAIN"


# --- panels with the origin of a number (WCAG 2.2, 1.4.13) --------------------------------------------------------


def visible(tab: Page) -> bool:
    """Whether the panel of the first number is there, once nothing moves any more."""
    tab.evaluate("() => Promise.allSettled(document.getAnimations().map((change) => change.finished))")
    shown: str = tab.locator(".herkomst .herkomstpaneel").first.evaluate("(e) => getComputedStyle(e).visibility")
    return shown == "visible"


def script_of(page: str) -> str:
    (found,) = re.findall(r"<script>(.*?)</script>", page, re.S)
    return str(found)


def serve_strictly(tab: Page, file: Path) -> list[str]:
    """Serve a page with a content security policy that allows no script but the one with the known hash; what the
    policy refused is in the list that is returned."""
    page = file.read_text(encoding="utf-8")
    digest = base64.b64encode(hashlib.sha256(script_of(page).encode()).digest()).decode()
    policy = f"default-src 'none'; img-src data:; style-src 'unsafe-inline'; script-src 'sha256-{digest}'"
    headers = {"content-type": "text/html; charset=utf-8", "content-security-policy": policy}
    refused: list[str] = []
    tab.on("console", lambda message: refused.append(message.text) if message.type == "error" else None)
    tab.route("https://voorbeeld.invalid/*", lambda route: route.fulfill(body=page, headers=headers))
    tab.goto("https://voorbeeld.invalid/stuk.html")
    return refused


@pytest.mark.parametrize("strict", [False, True], ids=["file", "csp"])
def test_a_panel_closes_with_escape(browser: Browser, pages: dict[str, Path], strict: bool) -> None:
    with opened(browser) as tab:
        refused = serve_strictly(tab, pages[ANNEX]) if strict else []
        if not strict:
            tab.goto(pages[ANNEX].as_uri())
        link = tab.locator(".herkomst").first
        link.scroll_into_view_if_needed()
        assert not visible(tab)
        link.hover()
        assert visible(tab)
        tab.keyboard.press("Escape")
        assert not visible(tab)
        tab.mouse.move(0, 0)
        link.hover()
        assert visible(tab), "leaving and coming back opens it again"
        assert refused == []


def test_a_panel_of_the_keyboard_closes_and_stays_closed(browser: Browser, pages: dict[str, Path]) -> None:
    with opened(browser) as tab:
        tab.goto(pages[ANNEX].as_uri())
        tab.keyboard.press("Tab")  # so that focus counts as given by keyboard
        link = tab.locator(".herkomst").first
        link.focus()
        assert visible(tab)
        tab.keyboard.press("Escape")
        assert not visible(tab)
        link.hover()
        tab.mouse.move(0, 0)
        assert not visible(tab), "it still has the focus"
        tab.keyboard.press("Tab")
        tab.keyboard.press("Shift+Tab")
        assert visible(tab)


def test_the_pointer_can_go_onto_a_panel(browser: Browser, pages: dict[str, Path]) -> None:
    with opened(browser) as tab:
        tab.goto(pages[ANNEX].as_uri())
        link = tab.locator(".herkomst").first
        link.hover()
        assert visible(tab)
        box = link.locator(".herkomstpaneel").bounding_box()
        start = link.bounding_box()
        assert box and start
        tab.mouse.move(start["x"] + start["width"] / 2, box["y"] + box["height"] / 2, steps=8)
        assert visible(tab)
        tab.mouse.move(0, 0)
        assert not visible(tab)


def test_without_its_script_there_is_no_panel(browser: Browser, pages: dict[str, Path]) -> None:
    """A panel that Escape cannot close must not open; the link leads to the same words."""
    with opened(browser, java_script_enabled=False) as tab:
        tab.goto(pages[ANNEX].as_uri())
        tab.locator(".herkomst").first.hover()
        assert tab.locator(".herkomst .herkomstpaneel").first.is_hidden()
        assert "cijfers.html#" in (tab.locator(".herkomst").first.get_attribute("href") or "")


def test_one_hash_allows_the_script_of_every_page(web_pages: tuple[Path, ...]) -> None:
    texts = [page.read_text(encoding="utf-8") for page in web_pages]
    scripts = {script for text in texts for script in re.findall(r"<script>(.*?)</script>", text, re.S)}
    assert len(scripts) == 1
    for text in texts:
        assert ('class="herkomst"' in text) <= ("<script>" in text)
        assert not re.search(r"""<[^>]+\son[a-z]+=|javascript:""", text), "a policy with hashes refuses those"


# --- colours and motion -----------------------------------------------------------------------------------------


def test_a_dark_system_changes_nothing(browser: Browser, pages: dict[str, Path]) -> None:
    """There is one set of colours: half of it dark would be unreadable."""
    looks = []
    for scheme in ("light", "dark"):
        with opened(browser, color_scheme=scheme) as tab:
            tab.goto(pages[CHARTS].as_uri())
            looks.append(tab.screenshot())
    assert looks[0] == looks[1]


# Text of which the colour is too near to what is behind it, as far as that is one plain colour; and charts that lost
# their own ground. A system colour counts as any other here: what is asked is whether one can read it.
UNREADABLE = """() => {
  const numbers = (colour) => colour.match(/[\\d.]+/g).map(Number);
  const light = (colour) => {
    const part = numbers(colour).slice(0, 3).map((c) => c / 255)
      .map((c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4));
    return 0.2126 * part[0] + 0.7152 * part[1] + 0.0722 * part[2];
  };
  const behind = (element) => {
    for (let at = element; at; at = at.parentElement) {
      const ground = getComputedStyle(at).backgroundColor;
      if ((numbers(ground)[3] ?? 1) === 1) return ground;
    }
    return getComputedStyle(document.documentElement).colorScheme === 'dark' ? 'rgb(0,0,0)' : 'rgb(255,255,255)';
  };
  const found = [];
  for (const element of document.querySelectorAll('body *')) {
    const own = [...element.childNodes].some((node) => node.nodeType === 3 && node.data.trim());
    if (!own || !element.checkVisibility() || element.closest('title, desc, script')) continue;
    const style = getComputedStyle(element);
    const inChart = element instanceof SVGElement;
    const [a, b] = [light(inChart ? style.fill : style.color), light(behind(element))];
    const contrast = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
    // Letters on a bar have the bar behind them, which this cannot see: palet.text_on chooses their colour.
    if (contrast < 4.5 && !(inChart && style.fill === 'rgb(255, 255, 255)')) {
      found.push(`${contrast.toFixed(1)} ${element.outerHTML.slice(0, 120)}`);
    }
  }
  return found;
}"""


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("name", [CHARTS, ANNEX, REGISTER])
def test_a_reader_can_set_the_colours(browser: Browser, pages: dict[str, Path], name: str, scheme: Any) -> None:
    """Forced colours, as with high contrast in Windows: all text stays readable, charts keep a ground of their own."""
    with opened(browser, forced_colors="active", color_scheme=scheme, reduced_motion="reduce") as tab:
        tab.goto(pages[name].as_uri())
        assert tab.evaluate("matchMedia('(forced-colors: active)').matches")
        tab.evaluate("document.querySelectorAll('details').forEach((part) => { part.open = true; })")
        found = tab.evaluate(UNREADABLE)
        assert found == [], "\n".join(found[:10])
        grounds = tab.evaluate("[...document.querySelectorAll('svg')].map((s) => getComputedStyle(s).backgroundColor)")
        assert set(grounds) <= {"rgb(255, 255, 255)"}
        assert (len(grounds) > 5) == (name == CHARTS)


def test_the_arrival_of_a_link_shows_in_forced_colours(browser: Browser, pages: dict[str, Path]) -> None:
    with opened(browser, forced_colors="active") as tab:
        tab.goto(pages[ANNEX].as_uri() + "#noot_1")
        style = tab.evaluate("getComputedStyle(document.querySelector('#noot_1')).outlineStyle")
        assert style == "solid"


MOVING = """() => [...document.querySelectorAll('*')].flatMap((element) => ['', '::before', '::after'].map((pseudo) => {
  const style = getComputedStyle(element, pseudo || null);
  const moves = [style.transitionDuration, style.animationDuration].join().split(',').some((d) => parseFloat(d) > 0);
  return moves || style.scrollBehavior === 'smooth' ? element.tagName + pseudo : '';
})).filter(Boolean)"""


def test_nothing_moves_for_who_asks_so(browser: Browser, pages: dict[str, Path]) -> None:
    with opened(browser, reduced_motion="reduce") as tab:
        tab.goto(pages[ANNEX].as_uri())
        assert tab.evaluate(MOVING) == []
    with opened(browser, reduced_motion="no-preference") as tab:
        tab.goto(pages[ANNEX].as_uri())
        assert tab.evaluate(MOVING) == ["HTML"], "only jumps within the page glide"


# --- a phone ----------------------------------------------------------------------------------------------------

FORMS = "echt/2025-1/bijlage-3-moties-en-toezeggingen"


def test_a_form_is_read_without_scrolling_sideways(browser: Browser, pages: dict[str, Path]) -> None:
    """A table of running text is no table of data, which WCAG 1.4.10 lets be wide: its cells stand below each other,
    and are cells all the same for a screen reader."""
    with opened(browser, NARROW) as tab:
        tab.goto(pages[FORMS].as_uri())
        forms = tab.locator(".tabel-formulier")
        assert forms.count() >= 4
        rights = tab.locator(".tabel-formulier > tbody > tr > *").evaluate_all(
            "(cells) => cells.map((cell) => cell.getBoundingClientRect().right)"
        )
        assert len(rights) > 20
        assert max(rights) <= NARROW
        told = forms.first.aria_snapshot()
        for role in ("table", "row", "columnheader", "rowheader", "cell"):
            assert re.search(rf"- '?{role} ", told), role


# --- paper ------------------------------------------------------------------------------------------------------

SCREEN_ONLY = ".sprong, .balk, .kruimelpad, .inhoudsopgave, .bladeren, .paginavoet, .terug, .gegevens, .herkomstpaneel"


def test_paper_has_the_text_and_not_the_navigation(browser: Browser, pages: dict[str, Path]) -> None:
    with opened(browser) as tab:
        tab.goto(pages[ANNEX].as_uri())
        tab.emulate_media(media="print")
        left = tab.locator(SCREEN_ONLY).evaluate_all(
            "(parts) => parts.filter((p) => p.checkVisibility()).map((p) => p.className)"
        )
        assert left == []
        headings = tab.locator("main .tekst :is(h2, h3, h4)")
        assert headings.count() > 5
        assert all(heading.is_visible() for heading in headings.all())
        printed = PdfReader(BytesIO(tab.pdf(prefer_css_page_size=True)))
        text = " ".join(" ".join(page.extract_text() for page in printed.pages).split())
        assert "Alle halfjaarberichten" not in text
        assert "Ga direct naar inhoud" not in text
        last = tab.locator(".voetnoten li p").first.inner_text().split()[0]
        assert last in text
        width, height = (float(side) * 25.4 / 72 for side in printed.pages[0].mediabox[2:])
        assert (round(width), round(height)) == (210, 297)
