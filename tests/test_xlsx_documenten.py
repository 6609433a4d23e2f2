"""The same numbers from spreadsheets instead of CSV files: every document stays the same to the byte."""

from __future__ import annotations

import csv
import io
import re
import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
import yaml

from halfjaarbericht.manifest import Manifest
from halfjaarbericht.model.cijfers import Cijfers, Databestand
from halfjaarbericht.reading.load import find_editions, load_edition, load_shared
from halfjaarbericht.render import Medium, Renderer
from tests import rekenblad
from tests.editiehulp import CONTENT, EXAMPLE, ROOT, build_folder
from tests.inhoudhulp import EDITION, read_report, write_content

SHEET = "Levering"
RENDERER = Renderer([ROOT / "templates"], [ROOT / "styles"])
MEDIA: tuple[Medium, ...] = ("scherm", "druk")


def stored(field: str, kind: str, dutch: bool) -> object:
    """A field as somebody at the police would have it in a cell: a number, a date, or text."""
    if dutch and kind == "getal":
        field = field.replace(".", "").replace(",", ".")
    if kind == "datum" and field:
        return date.fromisoformat(field)
    if re.fullmatch(r"-?(?:0|[1-9]\d*)", field):
        return int(field)
    return float(field) if kind == "getal" and re.fullmatch(r"-?\d+\.\d+", field) else field or None


def as_workbook(file: Path, spec: Databestand) -> bytes:
    """A data file as a spreadsheet with the same rows."""
    separator = ";" if spec.scheidingsteken == "puntkomma" else ","
    head, *rows = csv.reader(io.StringIO(file.read_text(encoding="utf-8-sig")), delimiter=separator)
    kinds = [spec.kolommen[name].soort if name in spec.kolommen else "tekst" for name in head]
    dutch = spec.getallen == "nederlands"
    values = [[stored(f, kind, dutch) for f, kind in zip(row, kinds, strict=True)] for row in rows]
    return rekenblad.workbook([[stored(name, "tekst", False) for name in head], *values], title=SHEET)


def deliver_as_spreadsheets(content: Path) -> int:
    """Replace every CSV file of every edition by a spreadsheet of the same name; gives their number."""
    count = 0
    for name in find_editions(content):
        file = content / name / "cijfers.yaml"
        if not file.exists():
            continue
        numbers: Cijfers = load_edition(content, name, load_shared(content)).numbers
        text = re.sub(r"\n +(?:scheidingsteken|getallen): \w+(?=\n)", "", file.read_text(encoding="utf-8"))
        for spec in (spec for spec in numbers.data.values() if spec.bestand):
            old = content / name / (spec.bestand or "")
            old.with_suffix(".xlsx").write_bytes(as_workbook(old, spec))
            text = text.replace(f"{spec.bestand}\n", f"{(spec.bestand or '')[:-4]}.xlsx\n    blad: {SHEET}\n")
            count += 1
        file.write_text(text, encoding="utf-8")
        declared = yaml.safe_load(text).get("data") or {}
        assert {spec.get("bestand", ".xlsx")[-5:] for spec in declared.values()} <= {".xlsx"}
        for old in (content / name / "data").glob("*.csv"):
            old.unlink()
    return count


def pages(content: Path, edition: str) -> Iterator[tuple[str, str]]:
    """Every page of an edition in both media."""
    found, _ = read_report(content, edition)
    folders = {"edition_folder": content / edition, "shared_folder": content / "gedeeld"}
    for document in found.documents:
        for medium in MEDIA:
            yield f"{edition}/{document.stem}.{medium}", RENDERER.document(found, document, medium, **folders)


@pytest.fixture(scope="module")
def delivered(tmp_path_factory: pytest.TempPathFactory) -> dict[Path, Path]:
    """The real content and the example, copied, with spreadsheets for data."""
    copies = {}
    for content in (CONTENT, EXAMPLE):
        copies[content] = tmp_path_factory.mktemp("xlsx") / "content"
        shutil.copytree(content, copies[content])
        assert deliver_as_spreadsheets(copies[content]) >= 2
    return copies


EDITIONS = [pytest.param(c, name, id=name) for c in (CONTENT, EXAMPLE) for name in find_editions(c)]


@pytest.mark.parametrize(("content", "edition"), EDITIONS)
def test_every_page_is_the_same(content: Path, edition: str, delivered: dict[Path, Path]) -> None:
    first, second = dict(pages(content, edition)), dict(pages(delivered[content], edition))
    assert first.keys() == second.keys()
    differing = [name for name in first if first[name].encode() != second[name].encode()]
    assert differing == []


@pytest.mark.parametrize(("content", "edition"), EDITIONS)
def test_the_register_does_tell_them_apart(content: Path, edition: str, delivered: dict[Path, Path]) -> None:
    for base, other in ((content, False), (delivered[content], True)):
        report, _ = read_report(base, edition)
        cells = [number for number in report.provenance if number.kind in ("cel", "tabelcel")]
        assert {number.file.endswith(".xlsx") for number in cells} <= {other}
        assert {number.reference.startswith(f"blad {SHEET}, ") for number in cells} <= {other}


def test_no_document_is_rendered_again_for_another_kind_of_file(tmp_path: Path) -> None:
    content, output = write_content(tmp_path), tmp_path / "uit"
    build_folder(content, (EDITION,), output)
    made = [file for kind in ("html", "pdf") for file in sorted((output / EDITION).glob(f"*.{kind}"))]
    files = [file for file in made if file.stem not in ("cijfers", "index")]
    assert len(files) >= 4
    before = {file: file.read_bytes() for file in files}
    keys = {stem: entry.key for stem, entry in Manifest.load(output / EDITION).documents.items() if stem != "cijfers"}
    register = (output / EDITION / "cijfers.csv").read_bytes()
    assert b"eenheden.csv" in register
    assert deliver_as_spreadsheets(content) == 1
    build_folder(content, (EDITION,), output)
    assert {file: file.read_bytes() for file in files} == before
    after = Manifest.load(output / EDITION).documents
    assert {stem: after[stem].key for stem in keys} == keys
    assert b"eenheden.xlsx" in (output / EDITION / "cijfers.csv").read_bytes()
