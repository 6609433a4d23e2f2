"""From faults on the laid-out pages to what the next layout must do differently."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from halfjaarbericht.pdf.layoutcheck import NoteFault, collisions
from halfjaarbericht.pdf.noten import Plan

# Each pass lays out the whole document. The stress documents need one or two; the rest is for odd cases.
MAX_PASSES = 8


def next_plan(plan: Plan, pages: Sequence[Any], faults: Sequence[NoteFault]) -> Plan | None:
    """The plan for the next layout; None when nothing can be mended (any more).

    Only the first page with a fault is mended at a time: what happens there moves everything after it.
    """
    changes: dict[int, Plan] = {}
    for page, height, mendable in collisions(pages):
        if mendable and page not in plan.reserve:
            changes[page] = Plan({**plan.reserve, page: height}, plan.not_before)
            break
    early = [fault for fault in faults if fault.kind == "vooruit"]
    if early:
        page = min(fault.page for fault in early)
        first = [fault for fault in early if fault.page == page]
        bans = {id(fault.element): fault.placed.call_page for fault in first}
        if any(plan.not_before.get(key) != value for key, value in bans.items()) and page not in changes:
            changes[page] = Plan(plan.reserve, {**plan.not_before, **bans})
    return changes[min(changes)] if changes else None
