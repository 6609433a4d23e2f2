"""One cell of a data file is changed: what must change does, and nothing else by a byte."""

from __future__ import annotations

import json
import re
import shutil
from hashlib import sha256
from pathlib import Path

import pytest

from halfjaarbericht.manifest import Manifest
from halfjaarbericht.problems import blocking
from halfjaarbericht.reading.load import load_edition, load_shared
from halfjaarbericht.render import Medium, Renderer
from halfjaarbericht.resolving.resolve import resolve
from tests.editiehulp import CONTENT, ROOT, build_folder
from tests.inhoudhulp import EDITION, write_content

EDITIONS = ("2022-1", "2022-2")
# What the text says of the staffing of 3.603 fte, and must say of 3.610: the number itself, how far it is above
# the formation, and above the legal norm (17.591.394 / 5.000); as printed, and as plain digits.
CHANGES = {("3.603", "3.610"), ("3603", "3610"), ("36", "43"), ("85", "92"), ("84.7212", "91.7212")}
PRINTED = {
    '"wijkagenten.bezetting">3.610\u00a0fte<',
    '"wijkagenten.overbezetting">43\u00a0fte<',
    '"wijkagenten.boven-norm">92\u00a0fte<',
}


@pytest.fixture
def content(tmp_path: Path) -> Path:
    """The real content, without what the source states of the numbers that will change."""
    copy = tmp_path / "content"
    for name in ("gedeeld", *EDITIONS):
        shutil.copytree(CONTENT / name, copy / name)
    file = copy / "2022-1" / "cijfers.yaml"
    lines = file.read_text(encoding="utf-8").splitlines(keepends=True)
    names = ("wijkagenten.overbezetting:", "wijkagenten.boven-norm:")
    bare = [re.sub(r" vermeld: \d+,", "", ln) if ln.strip().startswith(names) else ln for ln in lines]
    assert bare != lines
    file.write_text("".join(bare), encoding="utf-8")
    return copy


def change_cell(content: Path) -> None:
    file = content / "2022-1" / "data" / "wijkagenten.csv"
    text = file.read_text(encoding="utf-8")
    assert text.count("3603") == 1
    file.write_text(text.replace("3603", "3610"), encoding="utf-8")


def pages(content: Path) -> dict[str, str]:
    """Every page of the editions, in both media."""
    renderer = Renderer([ROOT / "templates"], [ROOT / "styles"])
    found = {}
    media: tuple[Medium, ...] = ("druk", "scherm")
    for name in EDITIONS:
        report, _ = resolve(load_edition(content, name, load_shared(content)))
        for document in report.documents:
            for medium in media:
                found[f"{name}/{document.stem}.{medium}"] = renderer.document(
                    report, document, medium, edition_folder=content / name, shared_folder=content / "gedeeld"
                )
    return found


def test_exactly_what_must_change_changes(content: Path) -> None:
    before = pages(content)
    change_cell(content)
    after = pages(content)
    assert after.keys() == before.keys()
    changed = {name for name in before if after[name] != before[name]}
    stem = "2022-1/bijlage-2-moties-en-toezeggingen"
    assert changed == {f"{stem}.druk", f"{stem}.scherm"}
    for name in changed:
        old, new = pieces(before[name]), pieces(after[name])
        found = {(a.strip(".,"), b.strip(".,")) for a, b in zip(old, new, strict=True) if a != b}
        assert found == CHANGES
        assert all(text in after[name] for text in PRINTED)


def pieces(page: str) -> list[str]:
    """Words and numbers, and all that stands between them: nothing of the page is left out."""
    return re.split(r"([^\w.,]+)", page)


def test_what_the_source_states_is_held_against_it(tmp_path: Path) -> None:
    """With its statements in place the same change warns for each of them, and nothing else; --strict refuses."""
    copy = tmp_path / "content"
    for name in ("gedeeld", "2022-1"):
        shutil.copytree(CONTENT / name, copy / name)
    change_cell(copy)
    _, problems = resolve(load_edition(copy, "2022-1", load_shared(copy)))
    told = [p for p in problems if p.severity != "aanvaard"]
    wrong = {re.search(r"wijkagenten\.[\w-]+", p.excerpt)[0] for p in told}  # type: ignore[index]
    assert wrong == {"wijkagenten.overbezetting", "wijkagenten.boven-norm"}
    assert {(p.code, p.severity) for p in told} == {("W429", "waarschuwing")}
    assert blocking(problems, strict=True) and not blocking(problems)


@pytest.mark.pdf
def test_only_the_document_with_the_number_is_rendered_again(tmp_path: Path) -> None:
    content = write_content(tmp_path)
    output = build_folder(content, (EDITION,), tmp_path / "uit").output / EDITION
    before, old = Manifest.load(output), files(output)
    data = content / EDITION / "data" / "eenheden.csv"
    data.write_text(data.read_text(encoding="utf-8").replace("Noord,100", "Noord,101"), encoding="utf-8")
    build_folder(content, (EDITION,), tmp_path / "uit")
    after, new = Manifest.load(output), files(output)
    annex = "bijlage-1-zaken"
    mine = {name for name in new if name.startswith(("brief", "bijlage"))}
    changed = {name for name in mine if new[name] != old[name]}
    documents = {f"{annex}.html", f"{annex}.pdf"}
    # Their records give the hash of the document; those in DiWoo have none.
    assert changed == documents | {f"{name}.metadata.json" for name in documents}
    for name in documents:
        assert hash_told(new, name) == sha256(new[name][0]).hexdigest() != hash_told(old, name)
    assert after.documents[annex].key != before.documents[annex].key
    assert after.documents["brief"].key == before.documents["brief"].key
    assert after.documents["brief"].outputs == before.documents["brief"].outputs
    name = f"content/{EDITION}/data/eenheden.csv"
    assert after.documents[annex].inputs[name] != before.documents[annex].inputs[name]
    assert "351" in (output / f"{annex}.html").read_text(encoding="utf-8")


def hash_told(found: dict[str, tuple[bytes, int]], name: str) -> str:
    """The hash of a document that its record gives."""
    return str(json.loads(found[f"{name}.metadata.json"][0])["bestand"]["sha256"])


def files(folder: Path) -> dict[str, tuple[bytes, int]]:
    """Each file with its content and when it was written."""
    return {file.name: (file.read_bytes(), file.stat().st_mtime_ns) for file in folder.iterdir()}
