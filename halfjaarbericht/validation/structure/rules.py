"""All rules, and running them."""

from __future__ import annotations

from collections.abc import Iterator

from halfjaarbericht.tagtree.model import Tree
from halfjaarbericht.validation.structure import content, document, integrity, notes, tables
from halfjaarbericht.validation.structure.rule import Fault, Rule

RULES: tuple[Rule, ...] = (*integrity.RULES, *document.RULES, *notes.RULES, *tables.RULES, *content.RULES)


def structure_faults(tree: Tree) -> Iterator[tuple[Rule, Fault]]:
    """Every rule that a document breaks, with each place. A document without tags breaks one: it has no tree."""
    for rule in RULES:
        for fault in rule.faults(tree):
            yield rule, fault
