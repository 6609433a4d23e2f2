"""Every page is valid HTML: the Nu HTML checker and html-validate find nothing in any of them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from tests.editiehulp import CONTENT, EXAMPLE, good_editions, report
from tests.webhulp import Finding, html_validate, named, nu_checker, told

Checker = Callable[[Sequence[Path]], list[Finding]]
CHECKERS = [pytest.param(nu_checker, id="nu"), pytest.param(html_validate, id="html-validate")]
WRONG = """<!DOCTYPE html>
<html lang="nl"><head><meta charset="utf-8"><title>Fout</title></head>
<body><main><p id="a">Een <b id="a">woord</b></p><p>En <div>blok</div></p><img src="data:,"></main></body></html>
"""


def test_all_pages_are_there(web_pages: tuple[Path, ...]) -> None:
    """Otherwise the tests below would be glad with nothing."""
    names = {named(page) for page in web_pages}
    wanted = {f"echt/{name}/{d.stem}" for name in good_editions() for d in report(CONTENT, name).documents}
    wanted |= {f"echt/{name}/{page}" for name in good_editions() for page in ("index", "cijfers")}
    wanted |= {f"voorbeeld/2030-1/{d.stem}" for d in report(EXAMPLE, "2030-1").documents}
    wanted |= {"voorbeeld/2030-1/index", "voorbeeld/2030-1/cijfers", "echt/index", "voorbeeld/index"}
    assert names == wanted


@pytest.mark.traag
@pytest.mark.parametrize("checker", CHECKERS)
def test_no_page_has_an_error(checker: Checker, web_pages: tuple[Path, ...]) -> None:
    findings = checker(web_pages)
    assert findings == [], told(findings)


@pytest.mark.parametrize("checker", CHECKERS)
def test_a_checker_sees_mistakes(checker: Checker, tmp_path: Path) -> None:
    page = tmp_path / "fout.html"
    page.write_text(WRONG, encoding="utf-8")
    findings = checker([page])
    assert {finding.file for finding in findings} == {"fout"}
    said = " ".join(str(finding) for finding in findings)
    for mistake in ("uplicate", "alt", "3:"):
        assert mistake in said
