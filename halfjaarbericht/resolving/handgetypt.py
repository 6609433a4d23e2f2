"""Amounts that were typed in the prose: told, because they do not follow when the data change."""

from __future__ import annotations

from halfjaarbericht.language.handgetypt import TypedNumber, typed_numbers
from halfjaarbericht.problems import Problem
from halfjaarbericht.prose.tree import At
from halfjaarbericht.resolving.world import Scope

_HINT = "geef het een naam in cijfers.yaml en schrijf {getal}`naam`, of zet het bij 'vaste_getallen' in editie.yaml"


def typed_problems(text: str, scope: Scope, names: tuple[str, ...]) -> list[Problem]:
    """A warning for each amount over twenty in `text`, the scalar at `scope`; `names` are accepted as they are."""
    return [_problem(found, scope) for found in typed_numbers(text, names)]


def _problem(found: TypedNumber, scope: Scope) -> Problem:
    at = At(found.line, found.column, len(found.text))
    message = f"het getal '{found.text}' is met de hand getypt"
    return scope.problem("W403", at, message, _HINT, severity="waarschuwing")
