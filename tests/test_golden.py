"""The HTML of the example edition and of every real edition, as it was last reviewed.

`pytest tests/test_golden.py --update` writes the pages of golden/ afresh; the difference is what a reviewer reads.
Style sheets and images are left out of them: those are files of their own, with tests of their own.
"""

from __future__ import annotations

import hashlib
import inspect
import re
from collections.abc import Iterable
from pathlib import Path

import pytest

from halfjaarbericht.model import editie, gedeeld, grafieken, secties, tabellen
from halfjaarbericht.model.basis import Model
from halfjaarbericht.problems import ContentError
from halfjaarbericht.reading.load import LoadedDocument, walk
from halfjaarbericht.render import FileInfo, Medium, Renderer
from tests.editiehulp import CONTENT, EXAMPLE, ROOT, document, good_editions, html, loaded, problems, report
from tests.htmlhulp import elements, parse, with_class
from tests.inhoudhulp import BASE, read_report, write_content

GOLDEN = Path(__file__).parent / "golden"
EDITION = "2030-1"


def cases() -> list[tuple[str, Path, str, str, Medium]]:
    """(file in golden/, content folder, edition, stem, medium) of every page; in print the example only."""
    found: list[tuple[str, Path, str, str, Medium]] = []
    for stem in (d.stem for d in report(EXAMPLE, EDITION).documents):
        found.append((f"voorbeeld/{stem}.scherm.html", EXAMPLE, EDITION, stem, "scherm"))
        found.append((f"voorbeeld/{stem}.druk.html", EXAMPLE, EDITION, stem, "druk"))
    for name in good_editions():
        for d in report(CONTENT, name).documents:
            found.append((f"{name}/{d.stem}.html", CONTENT, name, d.stem, "scherm"))
    return found


CASES = cases()


def stable(page: str) -> str:
    """A page without what is kept in other files: the text of style sheets, and the bytes of images."""

    def image(match: re.Match[str]) -> str:
        return f"{match[1]},sha256-{hashlib.sha256(match[2].encode()).hexdigest()[:12]}"

    page = re.sub(r"<style>.*?</style>", "<style>…</style>", page, flags=re.S)
    return re.sub(r"(data:[\w/+-]+;base64),([A-Za-z0-9+/=]+)", image, page)


def compare(name: str, page: str, update: bool) -> None:
    file = GOLDEN / name
    shown = stable(page)
    if update:
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(shown, encoding="utf-8")
    assert file.exists(), f"{name} is new: run pytest tests/test_golden.py --update and review it"
    assert shown.splitlines() == file.read_text(encoding="utf-8").splitlines()


@pytest.mark.parametrize(("name", "content", "edition", "stem", "medium"), [pytest.param(*c, id=c[0]) for c in CASES])
def test_a_page_is_as_reviewed(name: str, content: Path, edition: str, stem: str, medium: Medium, update: bool) -> None:
    compare(name, html(content, edition, stem, medium), update)


def test_the_overview_pages_are_as_reviewed(update: bool) -> None:
    """With made-up sizes: those of real files belong to the engine."""
    renderer = Renderer([ROOT / "templates"], [ROOT / "styles"])
    whole = report(EXAMPLE, EDITION)
    stems = [entry.stem for entry in whole.entries if entry.stem]
    files = {
        stem: [FileInfo(f"{stem}.html", "HTML", 45_678), FileInfo(f"{stem}.pdf", "PDF", 1_234_567, number)]
        for number, stem in enumerate(stems, start=1)
    }
    files["bundel"] = [FileInfo("bundel.pdf", "PDF", 2_500_000, 9)]
    compare("voorbeeld/index.html", renderer.edition_index(whole, files), update)


def test_nothing_in_golden_is_left_over(update: bool) -> None:
    wanted = {GOLDEN / case[0] for case in CASES} | {GOLDEN / "voorbeeld" / "index.html"}
    found = set(GOLDEN.rglob("*.html"))
    if update:
        for file in found - wanted:
            file.unlink()
        found &= wanted
    assert found == wanted


def test_the_example_has_no_problems_but_those_it_shows() -> None:
    assert [p.code for p in problems(EXAMPLE, EDITION)] == ["A402", "A301"]


@pytest.mark.parametrize("case", [pytest.param(c, id=c[0]) for c in CASES])
def test_a_page_is_sound(case: tuple[str, Path, str, str, Medium]) -> None:
    """Nothing that a parser has to mend, ids once, every link inside the page has its target, nothing unresolved."""
    _, content, edition, stem, medium = case
    tree = parse(html(content, edition, stem, medium))
    ids = [e.get("id") for e in elements(tree) if e.get("id")]
    assert len(ids) == len(set(ids))
    targets = {e.get("href")[1:] for e in elements(tree, "a") if (e.get("href") or "").startswith("#")}
    assert targets <= set(ids)
    named = {name for e in elements(tree) for key in ("aria-labelledby", "headers") for name in e.get(key, "").split()}
    assert named <= set(ids)
    text = "".join(tree.itertext())
    assert not re.search(r"\{\w+\}`|\[\^|\bNone\b|\bUndefined\b", text)


@pytest.mark.parametrize("case", [pytest.param(c, id=c[0]) for c in CASES])
def test_every_note_stands_on_the_page(case: tuple[str, Path, str, str, Medium]) -> None:
    _, content, edition, stem, medium = case
    tree = parse(html(content, edition, stem, medium))
    numbers = [note.number for note in document(content, edition, stem).notes]
    assert numbers == list(range(1, len(numbers) + 1))
    if medium == "druk":
        assert [int(e.get("data-nr")) for e in with_class(tree, "noot")] == numbers
        return
    items = [e.get("id") for e in elements(tree, "li") if (e.get("id") or "").startswith("noot_")]
    assert items == [f"noot_{n}" for n in numbers]
    calls = [e.get("id") for e in elements(tree, "a") if (e.get("id") or "").startswith("aanroep_")]
    firsts = [c for c in calls if c.endswith("_1")]
    assert firsts == [f"aanroep_{n}_1" for n in numbers], "notes are numbered in the order of their first call"


def test_markup_in_the_title_and_subject_is_resolved() -> None:
    """A subject is prose like any other line; it used to be printed as typed."""
    page = html(EXAMPLE, EDITION, "brief", "druk")
    assert "Eerste halfjaarbericht politie 2030 &amp; de Mobiele Eenheid (ME)</h1>" in page


def test_a_subject_with_an_unknown_role_is_a_mistake(tmp_path: Path) -> None:
    text = (BASE / EDITION / "editie.yaml").read_text(encoding="utf-8")
    wrong = text.replace("onderwerp: Eerste halfjaarbericht politie 2030", 'onderwerp: "{afkk}`ME` en meer"')
    content = write_content(tmp_path, {f"{EDITION}/editie.yaml": wrong})
    with pytest.raises(ContentError) as caught:
        read_report(content)
    assert {(p.code, p.line) for p in caught.value.problems} == {("E213", 6)}


def test_the_example_uses_every_field() -> None:
    """Of the models that make up documents; so that a new field gets a place in the example, and in its pages."""
    used: set[str] = set()
    look_into(used, example_models())
    wanted = {
        field_name(model, field)
        for module in (editie, secties, tabellen, grafieken, gedeeld)
        for model in vars(module).values()
        if isinstance(model, type) and issubclass(model, Model) and model.__module__ == module.__name__
        for field in model.model_fields
    }
    assert wanted - used == set()


def example_models() -> list[object]:
    edition = loaded(EXAMPLE, EDITION)
    parts: list[object] = [edition.model, edition.shared.senders, edition.shared.abbreviations]
    for d in edition.documents:
        parts.append(d.model)
        if isinstance(d, LoadedDocument):
            parts += [s.model for s in walk(d.sections)]
    return parts


def look_into(used: set[str], values: Iterable[object]) -> None:
    for value in values:
        if isinstance(value, Model):
            used |= {field_name(type(value), name) for name in value.model_fields_set}
            look_into(used, (getattr(value, name) for name in value.model_fields_set))
        elif isinstance(value, dict):
            look_into(used, value.values())
        elif isinstance(value, tuple | list):
            look_into(used, value)


def field_name(model: type[Model], field: str) -> str:
    """A field under the name of the class that has it first: what all sections share needs to be used once."""
    owner = next(c for c in reversed(model.__mro__) if field in inspect.get_annotations(c))
    return f"{owner.__name__}.{field}"


def test_a_note_within_emphasis_in_a_title_stays_with_the_title(tmp_path: Path) -> None:
    """A list that repeats the title leaves it out; it used to look for the note in the section of the list."""
    files = {
        f"{EDITION}/bijlagen/zaken/1-inleiding.yaml": "soort: tekst\nid: i\ntitel: I\noverzicht: [motie]\n",
        f"{EDITION}/bijlagen/zaken/2-motie.yaml": (
            "soort: motie\nid: m\ntitel: Motie *over[^n] wijkagenten*\nnoten: {n: Een noot.}\n"
        ),
        f"{EDITION}/bronnen.yaml": "bronnen: {}\n",
        f"{EDITION}/cijfers.yaml": "cijfers: {}\n",
    }
    found, remarks = read_report(write_content(tmp_path, files))
    assert remarks == ()
    assert [(note.number, note.calls) for note in found.documents[1].notes] == [(1, 1)]
