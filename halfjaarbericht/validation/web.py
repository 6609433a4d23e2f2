"""Web pages through the Nu checker, html-validate and axe-core in the browser of this system.

They are the tools of `tests/web` in a checkout of the project; `webtools` knows where they are.
"""

from __future__ import annotations

import importlib.util
import json
import subprocess
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryFile
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote, urlsplit

from halfjaarbericht import webtools
from halfjaarbericht.validation.finding import Finding

if TYPE_CHECKING:
    from playwright.sync_api import Browser

NU, HTML_VALIDATE, AXE = "vnu: HTML", "html-validate: HTML", "axe-core: WCAG 2.2 AA"
AXE_TAGS = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")
WIDTHS = (1280, 320)
"""Widths in CSS pixels: a desktop, and that of WCAG 2.2 criterion 1.4.10."""
SECONDS = 600


class ToolFailed(Exception):
    """A checker ended without saying anything of use; the message is what it did say."""


def workshop(root: Path) -> Path | None:
    """The checkout with the tools: the project at `root`, else the one that this package is in; None without one."""
    for folder in (root, Path(__file__).resolve().parents[2]):
        if (folder / webtools.FOLDER / "package-lock.json").is_file():
            return folder
    return None


def missing(checkout: Path | None, checker: str) -> str:
    """What a checker lacks and how to get it, in Dutch; "" when it can run."""
    if checkout is None:
        return f"dit hulpmiddel hoort bij een werkkopie van het project, met de map {webtools.FOLDER.as_posix()}/"
    tools = {NU: (webtools.JAVA,), HTML_VALIDATE: (webtools.NODE,), AXE: (webtools.BROWSER,)}
    lacking = list(webtools.lacking(checkout, tools[checker]))
    if checker == AXE and importlib.util.find_spec("playwright") is None:
        lacking.append("playwright ontbreekt: pip install 'halfjaarbericht[test]'")
    return "; ".join(lacking)


def nu_checker(root: Path, pages: Sequence[Path], names: dict[str, str]) -> tuple[int, list[Finding]]:
    """Errors and warnings of the Nu HTML checker, in one run. Raises ToolFailed."""
    jar = webtools.node_modules(root) / "vnu-jar" / "build" / "dist" / "vnu.jar"
    start = [webtools.command(webtools.JAVA), "-jar", str(jar), "--exit-zero-always", "--stdout", "--format", "json"]
    told = _told([*start, *map(str, pages)], root)["messages"]
    return 0, [
        Finding(
            names.get(unquote(urlsplit(m.get("url", "")).path), m.get("url", "")),
            NU,
            m.get("subType", m["type"]),
            f"{m.get('lastLine', '')}:{m.get('firstColumn', m.get('lastColumn', ''))}",
            m["message"],
        )
        for m in told
    ]


def html_validate(root: Path, pages: Sequence[Path], names: dict[str, str]) -> tuple[int, list[Finding]]:
    """Findings of html-validate with the settings of the project, in one run. Raises ToolFailed."""
    script = webtools.node_modules(root) / "html-validate" / "bin" / "html-validate.mjs"
    settings = root / webtools.FOLDER / "htmlvalidate.json"
    start = [webtools.command(webtools.NODE), str(script), "--config", str(settings), "--formatter", "json"]
    return 0, [
        Finding(
            names.get(file["filePath"], file["filePath"]),
            HTML_VALIDATE,
            m["ruleId"],
            f"{m['line']}:{m['column']}",
            m["message"],
        )
        for file in _told([*start, *map(str, pages)], root)
        for m in file["messages"]
    ]


def _told(command: list[str], root: Path) -> Any:
    """What a checker says as JSON. Through a file: Node ends before it has written a long text to a pipe."""
    with TemporaryFile("w+", encoding="utf-8") as file:
        try:
            done = subprocess.run(
                command, cwd=root, stdin=subprocess.DEVNULL, stdout=file, stderr=subprocess.PIPE, timeout=SECONDS
            )
        except (OSError, subprocess.TimeoutExpired) as error:
            raise ToolFailed(str(error)) from error
        file.seek(0)
        try:
            return json.load(file)
        except ValueError as error:
            raise ToolFailed(done.stderr.decode("utf-8", "replace")[-500:].strip() or "geen uitkomst") from error


_RUN = """async (tags) => {
  const outcome = await axe.run(document, { runOnly: { type: 'tag', values: tags }, resultTypes: ['violations'] });
  const rows = outcome.violations.flatMap(
    (rule) => rule.nodes.map((node) => [rule.id, node.target.join(' '), rule.help]));
  return { rows, rules: outcome.passes.length + outcome.violations.length + outcome.inapplicable.length };
}"""
_OVERFLOWS = "() => document.documentElement.scrollWidth > document.documentElement.clientWidth"


def axe(root: Path, pages: Sequence[Path], names: dict[str, str]) -> tuple[int, list[Finding]]:
    """The number of rules of axe-core, and its violations at both widths, with pages that scroll sideways at the
    narrow one (WCAG 2.2, 1.4.10). Raises ToolFailed."""
    from playwright.sync_api import Error, sync_playwright

    script = (webtools.node_modules(root) / "axe-core" / "axe.min.js").read_text(encoding="utf-8")
    # The pages are our own, and root cannot have the sandbox.
    options = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]
    rules, found = 0, []
    try:
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=webtools.command(webtools.BROWSER), args=options)
            for width in WIDTHS:
                for page in pages:
                    number, rows = _look(browser, page, script, width)
                    rules = max(rules, number)
                    found += [Finding(names[page.as_posix()], AXE, rule, place, text) for rule, place, text in rows]
            browser.close()
    except Error as error:
        raise ToolFailed(str(error).splitlines()[0]) from error
    return rules, found


def _look(browser: Browser, page: Path, script: str, width: int) -> tuple[int, list[tuple[str, str, str]]]:
    context = browser.new_context(viewport={"width": width, "height": 900})
    try:
        tab = context.new_page()
        tab.add_init_script(script)
        tab.goto(page.as_uri())
        outcome = tab.evaluate(_RUN, list(AXE_TAGS))
        rows = [(rule, f"{place} bij {width} px", text) for rule, place, text in outcome["rows"]]
        if width == min(WIDTHS) and tab.evaluate(_OVERFLOWS):
            rows.append(("reflow", f"bij {width} px", "de bladzijde schuift opzij"))
        return outcome["rules"], rows
    finally:
        context.close()
