"""Our own rules over the tag tree of one file."""

from __future__ import annotations

from halfjaarbericht.tagtree.model import Tree
from halfjaarbericht.validation.finding import Finding, on_page
from halfjaarbericht.validation.structure.rules import RULES, structure_faults

CHECKER = "eigen regels: tagboom"


def check(tree: Tree, name: str) -> tuple[int, list[Finding]]:
    """The number of rules, and what the document breaks."""
    found = [
        Finding(name, CHECKER, rule.name, on_page(fault.page), fault.message) for rule, fault in structure_faults(tree)
    ]
    if not tree.tagged:
        found.insert(0, Finding(name, CHECKER, "tags", "", "het document heeft geen tags"))
    return len(RULES) + 1, found
