"""Review mode: what changed since a revision or the last build, marked where it stands."""

from __future__ import annotations

import re
from collections.abc import Callable
from html import unescape
from pathlib import Path

import pytest

from halfjaarbericht.changes.inplace import mark_changes
from halfjaarbericht.changes.marks import changed_ranges
from halfjaarbericht.changes.units import edition_text
from halfjaarbericht.verslag import Report
from tests.editiehulp import EXAMPLE, report
from tests.inhoudhulp import BASE, EDITION, read_report, write_content
from tests.meekijkhulp import fresh_build, in_a_loop, watching
from tests.test_preview_volgen import git

LETTER = f"{EDITION}/brief.yaml"
ANDER = "{soort: bijlage, bestand: bijlagen/ander.yaml}"
MARKS = re.compile(r'<(ins|del) class="vb-(nieuw|oud)"(?: id="([^"]*)")?>(.*?)</\1>')
WAS = "tekst: |\n  De politie groeit[^a] snel. Een zin die blijft.\n\n  {more}\nnoten: {{a: Een noot.}}\n"


def letter(content: Path, old: str, new: str) -> tuple[Report, Report]:
    (content / LETTER).write_text(old, encoding="utf-8")
    before = read_report(content)[0]
    (content / LETTER).write_text(new, encoding="utf-8")
    return before, read_report(content)[0]


def marks(tmp_path: Path, old: str, new: str) -> list[tuple[str, str, str]]:
    """What was marked in the letter: (what, place in the text, old -> new)."""
    before, after = letter(write_content(tmp_path), old, new)
    found = mark_changes(edition_text(before), after)[0].marks
    return [(m.change.what, m.anchor, f"{m.change.old} → {m.change.new}") for m in found]


def test_nothing_changed_is_nothing_marked() -> None:
    for edition in (report(EXAMPLE, "2030-1"),):
        for item, document in zip(mark_changes(edition_text(edition), edition), edition.documents, strict=True):
            assert item.marks == ()
            assert item.document == document


def test_without_anything_before_nothing_is_marked() -> None:
    edition = report(EXAMPLE, "2030-1")
    assert [item.document for item in mark_changes(None, edition)] == list(edition.documents)


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("Een begin.", "Een begin. Nog een zin.", [("nieuw", "wijziging_1", " → Nog een zin.")]),
        ("Een begin. Dit gaat weg.", "Een begin.", [("vervallen", "wijziging_1", "Dit gaat weg. → ")]),
        (
            "Op 1 mei waren er twee agenten in de wijk.",
            "Op 1 mei waren er drie agenten in de wijk.",
            [
                (
                    "gewijzigd",
                    "wijziging_1",
                    "Op 1 mei waren er twee agenten in de wijk. → Op 1 mei waren er drie agenten in de wijk.",
                )
            ],
        ),
    ],
)
def test_a_sentence(tmp_path: Path, old: str, new: str, expected: object) -> None:
    assert marks(tmp_path, f"tekst: {old}\n", f"tekst: {new}\n") == expected


def test_the_words_that_differ() -> None:
    def words(old: str, new: str) -> list[str]:
        return [new[start:end] for start, end in changed_ranges(old, new)]

    assert words("Er zijn twee agenten.", "Er zijn nu drie agenten.") == ["nu drie"]
    assert words("Gelijk.", "Gelijk.") == []
    assert words("", "Alles nieuw.") == ["Alles nieuw."]
    assert words("Zin met noot.[3]", "Zin met een noot.[4]") == ["een"]


def ask(content: Path, against: str, check: Callable[[dict[str, object], str, str], None]) -> None:
    async def all_of_it() -> None:
        async with watching(content, EDITION, against=against) as watched:
            state = await watched.settled()
            check(state, await watched.html("brief", "?tegen=1"), await watched.html("brief"))
            assert watched.faults == []

    in_a_loop(all_of_it())


def test_the_page_has_the_changes_since_a_revision(tmp_path: Path) -> None:
    content = write_content(tmp_path, {LETTER: WAS.format(more="Slot van de brief.")})
    git(tmp_path, "init", "-q")
    git(tmp_path, "add", "content")
    git(tmp_path, "commit", "-qm", "een")
    now = WAS.format(more="Nieuw slot van de brief.").replace("snel", "heel langzaam")
    (content / LETTER).write_text(now, encoding="utf-8")

    def check(state: dict[str, object], page: str, plain: str) -> None:
        against = state["tegen"]
        assert isinstance(against, dict)
        assert against["naam"] == "HEAD"
        assert against["gewijzigd"]["brief"] == 2
        found = [(tag, unescape(text)) for tag, _, _, text in MARKS.findall(page)]
        assert found == [
            ("del", "De politie groeit[1] snel."),
            ("ins", "heel langzaam"),
            ("del", "Slot van de brief."),
            ("ins", "Nieuw slot"),
        ]
        ids = {name for _, _, name, _ in MARKS.findall(page) if name}
        assert ids == {item["anker"] for item in against["lijst"]} == {"wijziging_1", "wijziging_2"}
        assert all(item["bron"].startswith(f"content/{LETTER}:") for item in against["lijst"])
        assert "<ins" not in plain
        assert "<del" not in plain
        assert 'id="aanroep_1_1"' in page

    ask(content, "HEAD", check)


def test_the_page_has_the_changes_since_the_last_build(tmp_path: Path) -> None:
    content = write_content(tmp_path, {LETTER: "tekst: Een oude zin.\n"})
    fresh_build(content, tmp_path / "output", EDITION)
    (content / LETTER).write_text("tekst: Een nieuwe zin.\n", encoding="utf-8")

    def check(state: dict[str, object], page: str, _plain: str) -> None:
        against = state["tegen"]
        assert isinstance(against, dict)
        assert against["naam"] == "de laatste build"
        assert [(tag, text) for tag, _, _, text in MARKS.findall(page)] == [("del", "Een oude zin."), ("ins", "nieuwe")]

    ask(content, "build", check)


def test_a_revision_that_is_not_there_is_told_and_the_page_stays(tmp_path: Path) -> None:
    content = write_content(tmp_path)
    git(tmp_path, "init", "-q")
    git(tmp_path, "add", "content")
    git(tmp_path, "commit", "-qm", "een")

    def check(state: dict[str, object], page: str, plain: str) -> None:
        against = state["tegen"]
        assert isinstance(against, dict)
        assert against["fout"] == "git kent geen revisie 'nergens'; noem een tak, een label of een commit"
        assert page == plain

    ask(content, "nergens", check)


def test_documents_and_editions_that_came_or_went(tmp_path: Path) -> None:
    editie = (BASE / EDITION / "editie.yaml").read_text(encoding="utf-8")
    other = "id: ander\ntitel: Iets anders\ntekst: Er staat iets.\n"
    files = {f"{EDITION}/bijlagen/ander.yaml": other}
    content = write_content(tmp_path, files | {f"{EDITION}/editie.yaml": f"{editie}  - {ANDER}\n"})
    git(tmp_path, "init", "-q")
    git(tmp_path, "add", "content")
    git(tmp_path, "commit", "-qm", "een")
    (content / EDITION / "bijlagen/ander.yaml").rename(content / EDITION / "bijlagen/nieuw.yaml")
    new = content / EDITION / "bijlagen/nieuw.yaml"
    new.write_text(other.replace("ander", "nieuw", 1), encoding="utf-8")
    listed = editie + f"  - {ANDER.replace('ander', 'nieuw')}\n"
    (content / EDITION / "editie.yaml").write_text(listed, encoding="utf-8")

    def check(state: dict[str, object], _page: str, _plain: str) -> None:
        against = state["tegen"]
        assert isinstance(against, dict)
        told = [(item["stem"], item["wat"], item["waar"], item["anker"], item["oud"]) for item in against["lijst"]]
        assert told == [
            ("bijlage-2-nieuw", "nieuw", "het hele stuk", "begin_inhoud", ""),
            ("", "vervallen", "bijlage 2", "", "Iets anders"),
        ]

    ask(content, "HEAD", check)


def test_an_edition_that_was_not_there_is_all_new(tmp_path: Path) -> None:
    content = write_content(tmp_path)

    def check(state: dict[str, object], page: str, plain: str) -> None:
        against = state["tegen"]
        assert isinstance(against, dict)
        assert against["lijst"] == []
        assert against["fout"] == "Deze editie is er niet in de laatste build; alles is nieuw."
        assert page == plain

    ask(content, "build", check)
