"""One thing broken at a time in a good PDF: the checks of `validate` find each, and find nothing in the good one."""

from __future__ import annotations

from pathlib import Path

import pytest

from halfjaarbericht.tagtree.reading import read_tree
from halfjaarbericht.validation import outloud, own, page, twin
from halfjaarbericht.validation.finding import Finding
from halfjaarbericht.validation.structure.rules import RULES
from tests.editiehulp import Built
from tests.tagdefecten import DEFECTS, OWN, PAGE, TWIN, Defect, seeded

pytestmark = pytest.mark.pdf


def found_in(file: Path, web: Path) -> dict[str, list[Finding]]:
    tree = read_tree(file)
    profiles = [finding for profile in ("2a", "ua1") for finding in page.check(file, "x", profile)[1]]
    return {PAGE: profiles, OWN: own.check(tree, "x")[1], TWIN: twin.check(tree, web, "x")[1]}


@pytest.mark.parametrize("defect", [pytest.param(d, id=d.name) for d in DEFECTS])
def test_a_defect_is_found(defect: Defect, example: Built, tmp_path: Path) -> None:
    source = example.output / "2030-1" / f"{defect.document}.pdf"
    found = found_in(seeded(source, defect, tmp_path), source.with_suffix(".html"))
    for checker in defect.found_by:
        said = [finding.rule for finding in found[checker]]
        for rule in defect.rules(checker):
            assert any(rule in name for name in said), f"{checker} says {said}"


@pytest.mark.parametrize("stem", sorted({defect.document for defect in DEFECTS}))
def test_copying_alone_breaks_nothing(stem: str, example: Built, tmp_path: Path) -> None:
    source = example.output / "2030-1" / f"{stem}.pdf"
    copy = seeded(source, Defect("niets", lambda pdf: None, {}), tmp_path)
    assert found_in(copy, source.with_suffix(".html")) == {PAGE: [], OWN: [], TWIN: []}


def test_every_rule_of_ours_has_a_defect_that_it_finds() -> None:
    """A rule that nothing breaks might as well not be there."""
    assert {rule.name for rule in RULES} - {rule for d in DEFECTS for rule in d.rules(OWN)} == set()


def test_what_no_validator_sees_is_found_by_us() -> None:
    """The reason why there are rules of our own."""
    assert len([d for d in DEFECTS if PAGE not in d.found_by]) >= 20


def test_outloud_finds_a_plain_defect_too(example: Built, tmp_path: Path) -> None:
    """That it is wired well: a figure without a text alternative."""
    defect = next(d for d in DEFECTS if d.name == "figuur zonder Alt")
    file = seeded(example.output / "2030-1" / f"{defect.document}.pdf", defect, tmp_path)
    assert [finding.rule for finding in outloud.check(file, "x", read_tree(file))[1]] == ["FIG-001"]
