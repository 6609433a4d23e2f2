"""An edition of a letter and three annexes, one of them without numbers, to change and compare."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from halfjaarbericht.changes.compare import compare_editions
from halfjaarbericht.changes.result import Change, EditionChanges
from halfjaarbericht.changes.units import edition_text
from tests.inhoudhulp import BASE, EDITION, read_report, write_content

LETTER = """\
tekst: |
  Hierbij ontvangt u het halfjaarbericht. Er zijn nu {getal}`agenten`, zie {zie}`zaken`. In {zie}`stil` staat
  geen getal.

  Volgens art. 3 van de wet, d.d. 12 mei, moet dat meer zijn. De norm is {getal}`norm`.
"""
INTRO = (BASE / EDITION / "bijlagen" / "zaken" / "1-inleiding.yaml").read_text(encoding="utf-8")
EXTRA = """\
soort: tekst
id: vooraf
titel: Vooraf
tekst: |
  Dit staat er nu voor.[^vooraf] Het gaat over {zie}`inleiding`.
noten:
  vooraf: Een noot die nieuw is.
"""
SECTIONS = "id: zaken\ntitel: Moties en toezeggingen\nsecties:\n"
FILES: dict[str, Any] = {
    f"{EDITION}/editie.yaml": (BASE / EDITION / "editie.yaml").read_text(encoding="utf-8")
    + "  - {soort: bijlage, bestand: bijlagen/stil}\n"
    + "  - {soort: extern, id: rapport, titel: Een rapport van anderen}\n",
    f"{EDITION}/brief.yaml": LETTER,
    f"{EDITION}/bijlagen/stil/bijlage.yaml": {
        "id": "stil",
        "titel": "Zonder getallen",
        "tekst": "Er is niets te tellen. Zie {zie}`rapport`, en {zie}`motie-bakker`.",
    },
}


def content(folder: Path, changed: Mapping[str, Any] | None = None) -> Path:
    """The content folder, with files of the edition (paths in it) replaced or added."""
    return write_content(folder, FILES | {f"{EDITION}/{name}": what for name, what in (changed or {}).items()})


def intro(old: str, new: str) -> dict[str, str]:
    """The introduction of annex 1 with something else in it."""
    assert old in INTRO
    return {"bijlagen/zaken/1-inleiding.yaml": INTRO.replace(old, new)}


def sections(*names: str, **files: str) -> dict[str, str]:
    """Annex 1 with these files as its sections; `files` are new ones, by their name without extension."""
    listed = "".join(f"  - bestand: {name}.yaml\n" for name in names)
    folder = "bijlagen/zaken"
    return {f"{folder}/bijlage.yaml": SECTIONS + listed} | {f"{folder}/{n}.yaml": t for n, t in files.items()}


def compared(folder: Path, old: Mapping[str, Any], new: Mapping[str, Any]) -> EditionChanges:
    """What happened between two versions of the edition."""
    texts = [edition_text(read_report(content(folder, files))[0]) for files in (old, new)]
    return compare_editions(texts[0], texts[1], EDITION)


def told(found: EditionChanges) -> list[tuple[str, str, str, str, str, str]]:
    """All changes as (document, what, kind, where, old, new)."""
    return [(d.label, *_told(change)) for d in found.documents for change in d.changes]


def _told(change: Change) -> tuple[str, str, str, str, str]:
    return change.what, change.kind, change.where, change.old, change.new
