"""The tools for web pages as `validate` calls them: each finds what is wrong in a bad page, nothing in a good one."""

from __future__ import annotations

from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

import pytest

from halfjaarbericht import webtools
from halfjaarbericht.validation import web
from tests.editiehulp import ROOT
from tests.webhulp import need

GOOD = """<!DOCTYPE html>
<html lang="nl">
<head><meta charset="utf-8"><title>Goed</title><meta name="viewport" content="width=device-width"></head>
<body><main><h1>Goed</h1><p>Tekst.</p></main></body>
</html>
"""
BAD = GOOD.replace("Goed", "Slecht").replace(
    "<p>Tekst.</p>", '<img src="x.png"><h4>Kop</h4><p style="width: 900px"><b>Tekst</i></p>'
)


@pytest.fixture
def pages(tmp_path: Path) -> list[Path]:
    files = [tmp_path / "goed.html", tmp_path / "met spatie" / "slecht.html"]
    for file, text in zip(files, (GOOD, BAD), strict=True):
        file.parent.mkdir(exist_ok=True)
        file.write_text(text, encoding="utf-8")
    return files


@pytest.fixture
def names(pages: list[Path]) -> dict[str, str]:
    return {page.as_posix(): page.stem for page in pages}


def test_the_nu_checker(pages: list[Path], names: dict[str, str]) -> None:
    need(webtools.JAVA)
    _, found = web.nu_checker(ROOT, pages, names)
    assert {finding.file for finding in found} == {"slecht"}
    assert any("alt" in finding.message for finding in found)


def test_html_validate(pages: list[Path], names: dict[str, str]) -> None:
    need(webtools.NODE)
    _, found = web.html_validate(ROOT, pages, names)
    assert {finding.file for finding in found} == {"slecht"}
    assert "wcag/h37" in {finding.rule for finding in found}


def test_axe_in_the_browser(pages: list[Path], names: dict[str, str]) -> None:
    """In a process of its own: other tests have the one Playwright that a process may have."""
    need(webtools.BROWSER)
    with ProcessPoolExecutor(1, get_context("spawn")) as pool:
        rules, found = pool.submit(web.axe, ROOT, pages, names).result()
    assert rules > 50
    assert {finding.file for finding in found} == {"slecht"}
    assert {"image-alt", "heading-order", "reflow"} <= {finding.rule for finding in found}


def test_what_is_missing_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "hoort bij een werkkopie" in web.missing(None, web.NU)
    monkeypatch.setattr(webtools, "lacking", lambda root, tools: [f"{tool.name} ontbreekt" for tool in tools])
    assert web.missing(ROOT, web.NU) == "Java ontbreekt"
    assert web.missing(ROOT, web.AXE).startswith("Chromium ontbreekt")
