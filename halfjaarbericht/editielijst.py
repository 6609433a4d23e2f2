"""The editions that stand in the output folder: what the page over all of them says, and which are there no more."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from pathlib import Path

from halfjaarbericht.changes.store import TEXT
from halfjaarbericht.language.nederlands import format_date
from halfjaarbericht.publish import MANIFEST, Staged, explained, stage_files, stage_removal
from halfjaarbericht.render import Renderer
from halfjaarbericht.verslag import EditionSummary, Report

SUMMARY = "editie.json"


def stage_index(output: Path, reports: Mapping[str, Report], known: list[str], renderer: Renderer) -> Staged:
    """Make the page over all editions ready: `reports` by folder, and those of `known` that stand in the output.

    Raises ContentError when the disk refuses.
    """
    summaries = {name: _read_summary(name, summary(report)) for name, report in reports.items()}
    for name in known:
        file = output / name / SUMMARY
        if name not in summaries and file.is_file():
            summaries[name] = _read_summary(name, file.read_bytes())
    editions = [summaries[name] for name in sorted(summaries)]
    sender = next(iter(reports.values())).heading.sender
    page = renderer.editions_index([edition for edition in editions if edition is not None], sender)
    return stage_files(output, {"index.html": page.encode()})


def index_of(reports: Mapping[str, Report], renderer: Renderer) -> bytes:
    """The page over these editions alone, for where no others are."""
    summaries = (_read_summary(name, summary(report)) for name, report in sorted(reports.items()))
    sender = next(iter(reports.values())).heading.sender
    return renderer.editions_index([each for each in summaries if each is not None], sender).encode()


def strays(output: Path, known: list[str]) -> list[str]:
    """The folders of editions in the output that we made and that the content no longer has."""
    ours = {f.parent.name for f in output.glob(f"*/{SUMMARY}") if (f.parent / MANIFEST).is_file()}
    return sorted(ours - set(known))


def stage_stray(output: Path, name: str) -> Staged:
    """Make ready that such a folder goes, but for what a person put or changed in it."""
    with explained(output / name):
        return stage_removal(output / name, (SUMMARY, TEXT, "index.html"))


def summary(report: Report) -> bytes:
    """What the index over all editions needs to know of one, so that it can be made without reading them all."""
    heading = report.heading
    data = {
        "editie": heading.edition,
        "titel": heading.title,
        "datum": heading.date.isoformat(),
        "kenmerk": heading.reference,
        "status": heading.status,
        "bijlagen": heading.annex_count,
    }
    return (json.dumps(data, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode()


def edition_summary(report: Report) -> EditionSummary:
    """What the page over all editions says of one."""
    heading = report.heading
    return EditionSummary(
        report.folder,
        heading.title,
        heading.date,
        heading.date_text,
        heading.reference,
        heading.status,
        heading.annex_count,
    )


def _read_summary(name: str, content: bytes) -> EditionSummary | None:
    """None when it is not ours, or damaged: the next build of that edition writes it again."""
    try:
        data = json.loads(content)
        day = date.fromisoformat(data["datum"])
        return EditionSummary(
            name,
            str(data["titel"]),
            day,
            format_date(day),
            str(data["kenmerk"]),
            str(data["status"]),
            int(data["bijlagen"]),
        )
    except (ValueError, KeyError, TypeError):
        return None
