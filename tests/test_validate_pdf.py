"""Every PDF of every edition keeps to PDF/A-2a and PDF/UA-1, to our own rules, and says what its web page says."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from halfjaarbericht.tagtree.model import Tree
from halfjaarbericht.tagtree.reading import read_tree
from halfjaarbericht.validation import outloud, own, page, syntax, twin
from halfjaarbericht.validation.finding import Finding
from halfjaarbericht.validation.structure.rules import RULES
from tests.editiehulp import EXAMPLE, Built, real_documents, report

pytestmark = pytest.mark.pdf
EVERY = pytest.mark.parametrize(
    ("edition", "stem"),
    [
        *real_documents(),
        *(pytest.param("2030-1", d.stem, id=f"voorbeeld/{d.stem}") for d in report(EXAMPLE, "2030-1").documents),
        pytest.param("2030-1", "bundel", id="voorbeeld/bundel"),
    ],
)


@cache
def tree_of(file: Path) -> Tree:
    return read_tree(file)


@pytest.fixture
def file(real: Built, example: Built, edition: str, stem: str) -> Path:
    return (example if edition == "2030-1" else real).output / edition / f"{stem}.pdf"


def told(findings: list[Finding]) -> str:
    return "\n".join(f"{f.place} {f.rule}: {f.message}" for f in findings)


@EVERY
@pytest.mark.parametrize(("profile", "rules"), [("2a", 154), ("ua1", 104)])
def test_page_validation(file: Path, profile: str, rules: int, edition: str, stem: str) -> None:
    checked, found = page.check(file, stem, profile)
    assert not found, told(found)
    assert checked == rules


@EVERY
def test_outloud(file: Path, edition: str, stem: str) -> None:
    checked, found = outloud.check(file, stem, tree_of(file))
    assert not found, told(found)
    assert checked > 50


@EVERY
def test_syntax(file: Path, edition: str, stem: str) -> None:
    _, found = syntax.check(file, stem)
    assert not found, told(found)


@EVERY
def test_our_own_rules(file: Path, edition: str, stem: str) -> None:
    _, found = own.check(tree_of(file), stem)
    assert not found, told(found)


@EVERY
def test_it_says_what_its_web_page_says(file: Path, edition: str, stem: str) -> None:
    if stem == "bundel":
        return
    _, found = twin.check(tree_of(file), file.with_suffix(".html"), stem)
    assert not found, told(found)


def test_rules_have_names_of_their_own() -> None:
    names = [rule.name for rule in RULES]
    assert len(set(names)) == len(names)
