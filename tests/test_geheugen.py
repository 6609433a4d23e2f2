"""Resolving with a memory gives what resolving without one gives, whatever was written in between."""

from __future__ import annotations

import random
import shutil
from pathlib import Path

import pytest

from halfjaarbericht.problems import ContentError, Problem
from halfjaarbericht.reading.load import LoadedEdition, load_edition, load_shared
from halfjaarbericht.resolving import document as documents
from halfjaarbericht.resolving import resolve as resolving
from halfjaarbericht.resolving.geheugen import Memory
from halfjaarbericht.resolving.resolve import resolve
from halfjaarbericht.verslag import Report
from tests.editiehulp import CONTENT, EXAMPLE
from tests.inhoudhulp import write_content

EDITION = "2030-1"
Outcome = tuple[Report | None, tuple[Problem, ...]]

# Things that an author writes in a text, and that reach beyond the section.
WRITTEN = [
    "Een noot van een ander.[^kst-29628-1098]",
    "Er zijn {getal}`agenten.totaal` agenten.",
    "Zie {zie}`zaken` voor meer.",
    "De {afk}`OM` doet mee.",
    "Een {getal}`bestaat-niet` is een fout.",
    "Er zijn 345 getypte agenten.",
    "## Een tussenkop",
    "",
]


def outcome(content: Path, edition: str, memory: Memory | None) -> Outcome:
    """The report and what was remarked, or only the mistakes; the report as text too, for what == leaves out."""
    loaded = load_edition(content, edition, load_shared(content))
    try:
        return resolve(loaded, memory)
    except ContentError as error:
        return None, error.problems


def same(content: Path, edition: str, memory: Memory) -> Outcome:
    """The outcome with the memory, which is that without: also the places, that a comparison of reports passes over."""
    found, expected = outcome(content, edition, memory), outcome(content, edition, None)
    assert found == expected
    assert repr(found) == repr(expected)
    return found


@pytest.mark.parametrize("seed", range(3))
def test_the_outcome_is_that_without_a_memory(tmp_path: Path, seed: int) -> None:
    content = tmp_path / "content"
    shutil.copytree(EXAMPLE, content)
    chance = random.Random(seed)
    good = {f: f.read_text(encoding="utf-8") for f in sorted(content.rglob("*.yaml"))}
    texts = [f for f, text in good.items() if "tekst: |\n" in text]
    data = content / EDITION / "data" / "eenheden.csv"
    rows = data.read_text(encoding="utf-8")
    memory = Memory()
    whole = 0
    for _ in range(25):
        file = chance.choice([*texts, data])
        if file == data:
            file.write_text(rows.replace("4100", str(chance.randrange(4000, 5000))), encoding="utf-8")
        else:
            words = " ".join(chance.sample(WRITTEN, 1))
            file.write_text("# regel\n" * chance.randrange(3) + _with(good[file], words), encoding="utf-8")
        whole += same(content, EDITION, memory)[0] is not None
    assert whole > 0


def _with(text: str, words: str) -> str:
    before, start, after = text.partition("tekst: |\n")
    indent = before.rpartition("\n")[2] + "  "
    return f"{before}{start}{indent}{words}\n\n{after}" if words else text


def test_a_section_that_is_as_it_was_is_the_same_object(monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[str] = []
    make = documents._Run._section

    def counted(self: documents._Run, section: object, above: object, level: int) -> object:
        made.append(section.model.id)  # type: ignore[attr-defined]
        return make(self, section, above, level)  # type: ignore[arg-type]

    monkeypatch.setattr(documents._Run, "_section", counted)
    memory = Memory()
    first, _ = same(CONTENT, "2025-1", memory)
    assert first is not None
    total = len(made) // 2
    made.clear()
    loaded = load_edition(CONTENT, "2025-1", load_shared(CONTENT))
    again, _ = resolve(loaded, memory)
    assert len(made) < total / 4
    assert any(a is b for a, b in zip(first.documents[-1].sections, again.documents[-1].sections, strict=True))


def test_what_stands_in_a_section_from_memory_is_not_forgotten(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[str] = []
    make = documents._Run._section

    def counted(self: documents._Run, section: object, above: object, level: int) -> object:
        made.append(section.model.id)  # type: ignore[attr-defined]
        return make(self, section, above, level)  # type: ignore[arg-type]

    monkeypatch.setattr(documents._Run, "_section", counted)
    text = "soort: tekst\nid: {0}\ntitel: Over {0}\ntekst: |\n  Hier staat {0}.\n"
    folder = f"{EDITION}/bijlagen/zaken"
    files = {f"{folder}/{name}.yaml": text.format(name) for name in ("boven", "onder", "naast")}
    under = [{"bestand": "onder.yaml"}, {"bestand": "naast.yaml"}]
    first = [{"bestand": name} for name in ("1-inleiding.yaml", "2-motie.yaml")]
    annex = {"id": "zaken", "titel": "Zaken", "secties": [*first, {"bestand": "boven.yaml", "secties": under}]}
    content = write_content(tmp_path, {**files, f"{folder}/bijlage.yaml": annex})
    memory = Memory()
    for _ in range(4):
        assert same(content, EDITION, memory)[0] is not None
    made.clear()
    (content / folder / "onder.yaml").write_text(text.format("onder") + "\n  En meer.\n", encoding="utf-8")
    assert outcome(content, EDITION, memory)[0] is not None
    assert made == ["boven", "onder"]


def test_data_that_changes_while_it_is_read_is_read_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    content = tmp_path / "content"
    shutil.copytree(EXAMPLE, content)
    data = content / EDITION / "data" / "eenheden.csv"
    rows = data.read_text(encoding="utf-8")
    reading = resolving.load_tables

    def meanwhile(edition: LoadedEdition) -> object:
        found = reading(edition)
        data.write_text(rows.replace("4100", "4321"), encoding="utf-8")
        return found

    memory = Memory()
    with monkeypatch.context() as patch:
        patch.setattr(resolving, "load_tables", meanwhile)
        before = outcome(content, EDITION, memory)
    after = same(content, EDITION, memory)
    assert after != before
