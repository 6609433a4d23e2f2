"""Broken content folders, each with exactly what `check` says about it.

A case is a folder tests/fout/<code>-<naam>/ with the files that differ from tests/fout/basis, laid over a copy of it;
`weg.txt` lists files to take away. `verwacht.txt` is what check prints: `pytest tests/test_fouten.py --update`
writes it afresh.
"""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from halfjaarbericht.cli import main
from halfjaarbericht.codes import CODES
from tests.codezoeker import used_codes

HERE = Path(__file__).parent
FOLDER = HERE / "fout"
BASE = FOLDER / "basis"
CASES = sorted(p.name for p in FOLDER.iterdir() if p.is_dir() and p != BASE)
NOT_CONTENT = ("verwacht.txt", "weg.txt")

# Codes that no small content folder can show, with the test that does.
ELSEWHERE = {
    "E403": "test_data.py",
    **dict.fromkeys(("E501", "E502", "E503", "E504", "E505", "E506", "E507", "E508"), "test_templates.py"),
    **dict.fromkeys(("E601", "E602", "E604", "E605", "E606"), "test_pdf_engine.py"),
    "E603": "test_fetcher.py",
    **dict.fromkeys(("E607", "E608", "E609", "E610", "E611"), "test_pdf_notes.py"),
    "E612": "test_pdf_workers.py",
    "E613": "test_tags.py",
    **dict.fromkeys(("E621", "E622", "E623", "E624"), "test_publish.py"),
    **dict.fromkeys(("E630", "W631", "W632", "W633", "W635", "W636"), "test_package.py"),
    **dict.fromkeys(("E631", "E632", "E633", "E634", "E635"), "test_package_keuring.py"),
    **dict.fromkeys(("E636", "E637", "E638", "E639", "W634"), "test_package_keuring.py"),
}


def lay_out(name: str, folder: Path) -> Path:
    """The content folder of a case, inside `folder`."""
    content = folder / "content"
    shutil.copytree(BASE, content)
    case = FOLDER / name
    shutil.copytree(case, content, dirs_exist_ok=True, ignore=shutil.ignore_patterns(*NOT_CONTENT))
    gone = case / "weg.txt"
    for line in gone.read_text(encoding="utf-8").splitlines() if gone.exists() else ():
        (content / line).unlink()
    return content


@pytest.mark.parametrize("name", CASES)
def test_what_check_says(name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str], update: bool) -> None:
    content = lay_out(name, tmp_path)
    status = main(["check", "--content", str(content)])
    printed = capsys.readouterr()
    said = printed.err
    code = name.split("-")[0]
    assert printed.out == ""
    assert "Traceback" not in said
    assert str(tmp_path) not in said
    assert status == (0 if code[0] in "AW" else 1)
    expected = FOLDER / name / "verwacht.txt"
    if update:
        expected.write_text(said, encoding="utf-8")
    assert said == expected.read_text(encoding="utf-8")
    assert f"  {code}" in said


@pytest.mark.parametrize("name", CASES)
def test_every_place_exists(name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    content = lay_out(name, tmp_path)
    main(["check", "--json", "--content", str(content)])
    problems = json.loads(capsys.readouterr().out)
    places = [(p["bestand"], p["regel"], p["kolom"], p["code"], p["melding"]) for p in problems]
    assert len(set(places)) == len(places)
    for problem in problems:
        assert problem["code"] in CODES
        if problem["regel"] and not problem["cel"]:
            text = (tmp_path / problem["bestand"]).read_bytes().decode("utf-8", "replace")
            line = [*text.splitlines(), ""][problem["regel"] - 1]
            assert problem["kolom"] <= len(line) + 1
            assert problem["kolom"] + problem["breedte"] - 1 <= max(len(line), problem["kolom"]), problem


def test_the_base_is_silent(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    shutil.copytree(BASE, tmp_path / "content")
    assert main(["check", "--strict", "--content", str(tmp_path / "content")]) == 0
    printed = capsys.readouterr()
    assert printed.err == ""
    assert printed.out == "Geen fouten of waarschuwingen.\n"


def test_every_code_has_a_folder() -> None:
    shown = {name.split("-")[0] for name in CASES}
    assert shown <= set(CODES)
    assert set(CODES) - shown == set(ELSEWHERE)


@pytest.mark.parametrize(("code", "file"), ELSEWHERE.items())
def test_the_other_codes_are_shown_elsewhere(code: str, file: str) -> None:
    assert f'"{code}"' in (HERE / file).read_text(encoding="utf-8")


def test_the_registry_is_what_the_source_uses() -> None:
    assert used_codes() == set(CODES)


def test_descriptions_are_dutch_fragments() -> None:
    for code, text in CODES.items():
        assert text == text.strip()
        assert not text.endswith("."), code
    assert len(set(CODES.values())) == len(CODES)
