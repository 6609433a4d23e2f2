"""What the tests of web pages share: all pages as a reader gets them, the checkers, and one browser.

A test that needs a program which is not here is skipped, with the reason and the way to get it. With
HALFJAARBERICHT_ALLES=1, as in CI, it fails instead, so that no check can go missing in silence.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from halfjaarbericht import webtools
from halfjaarbericht.pipeline import build
from halfjaarbericht.progress import make_progress
from halfjaarbericht.project import make_project
from halfjaarbericht.validation import web
from halfjaarbericht.validation.finding import Finding
from halfjaarbericht.webtools import Tool
from tests.editiehulp import CONTENT, EXAMPLE, ROOT, good_editions

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

FORCED = "HALFJAARBERICHT_ALLES"
WIDE, NARROW = web.WIDTHS
"""Widths in CSS pixels: a desktop, and the one of WCAG 2.2 criterion 1.4.10."""


# --- what must be there -----------------------------------------------------------------------------------------


def need(*tools: Tool) -> None:
    """Go on only when these programs and the Node packages are here."""
    missing = _lacking(tools)
    if not missing:
        return
    reason = "; ".join(missing)
    if os.environ.get(FORCED):
        pytest.fail(f"{reason} ({FORCED} is set, so this test must run)", pytrace=False)
    pytest.skip(reason)


@cache
def _lacking(tools: tuple[Tool, ...]) -> tuple[str, ...]:
    return tuple(webtools.lacking(ROOT, tools))


# --- pages ------------------------------------------------------------------------------------------------------


def build_pages(folder: Path) -> tuple[Path, ...]:
    """Build every real edition as HTML, and the example edition whole, so that there is also a list of downloads
    with PDFs; all pages in `folder`, sorted."""
    with make_progress(quiet=True) as progress:
        build(make_project(ROOT, CONTENT, folder / "echt"), list(good_editions()), {"html"}, False, False, progress)
        everything = frozenset({"pdf", "html"})
        build(make_project(ROOT, EXAMPLE, folder / "voorbeeld"), ["2030-1"], everything, True, False, progress)
    return tuple(sorted(folder.rglob("*.html")))


def named(page: Path) -> str:
    """A short name of a page, those of `build_pages` with their folders: 'echt/2022-2/brief', 'voorbeeld/index'."""
    parts = page.with_suffix("").parts
    site = max((i for i, part in enumerate(parts) if part in ("echt", "voorbeeld")), default=-1)
    return "/".join(parts[site:])


# --- checkers without a browser ---------------------------------------------------------------------------------


def nu_checker(pages: Sequence[Path]) -> list[Finding]:
    """Every error and warning of the Nu HTML checker, in one run over all pages."""
    need(webtools.JAVA)
    return web.nu_checker(ROOT, pages, _names(pages))[1]


def html_validate(pages: Sequence[Path]) -> list[Finding]:
    """Every finding of html-validate with the project's settings, in one run over all pages."""
    need(webtools.NODE)
    return web.html_validate(ROOT, pages, _names(pages))[1]


def _names(pages: Sequence[Path]) -> dict[str, str]:
    return {page.as_posix(): named(page) for page in pages}


# --- the browser ------------------------------------------------------------------------------------------------


@contextmanager
def launched() -> Iterator[Browser]:
    """The browser of this system, never one that is downloaded. Use the fixture `browser`: there can be only one
    Playwright at a time in a process."""
    need(webtools.BROWSER)
    from playwright.sync_api import sync_playwright

    # The pages are our own, and root cannot have the sandbox.
    options = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]
    with sync_playwright() as playwright:
        found = playwright.chromium.launch(executable_path=webtools.command(webtools.BROWSER), args=options)
        try:
            yield found
        finally:
            found.close()


@contextmanager
def opened(browser: Browser, width: int = WIDE, height: int = 900, **options: Any) -> Iterator[Page]:
    """A fresh tab of `width` CSS pixels; `options` are those of a Playwright context (color_scheme, …)."""
    context = browser.new_context(viewport={"width": width, "height": height}, **options)
    try:
        yield context.new_page()
    finally:
        context.close()


@cache
def axe_script() -> str:
    """The source of axe-core, to be put into a tab before it opens a page."""
    return (webtools.node_modules(ROOT) / "axe-core" / "axe.min.js").read_text(encoding="utf-8")


_AXE = """async (tags) => {
  const outcome = await axe.run(document, {
    runOnly: { type: 'tag', values: tags }, resultTypes: ['violations', 'incomplete'],
  });
  const told = (results) => results.flatMap(
    (rule) => rule.nodes.map((node) => [rule.id, node.target.join(' '), `${rule.help}: ${node.html.slice(0, 160)}`]));
  return [told(outcome.violations), told(outcome.incomplete)];
}"""


def axe(page: Page) -> tuple[list[Finding], list[Finding]]:
    """What axe-core calls wrong, and what it leaves to a person, on the page that a tab shows. The tab must have
    been given `axe_script` as an init script."""
    name = page.url.rsplit("/", 1)[-1]
    wrong, open_ = page.evaluate(_AXE, list(web.AXE_TAGS))
    both = [[Finding(name, web.AXE, rule, place, text) for rule, place, text in rows] for rows in (wrong, open_)]
    return both[0], both[1]


def told(findings: Sequence[Finding], limit: int = 20) -> str:
    """Findings as the message of a failed test, the first ones in full."""
    return "\n".join([f"{len(findings)} findings", *map(str, findings[:limit])])
