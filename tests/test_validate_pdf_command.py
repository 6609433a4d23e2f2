"""The command `validate`: what it prints, its exit status, and files that are broken or not ours."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from halfjaarbericht import webtools
from halfjaarbericht.cli import main
from halfjaarbericht.validation import outloud, page
from halfjaarbericht.validation import run as checking
from halfjaarbericht.validation.pdfs import PdfFile, check_pdfs
from tests.editiehulp import EXAMPLE, Built
from tests.tagdefecten import DEFECTS, seeded

pytestmark = pytest.mark.pdf
Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    def run(output: Path, *args: str) -> tuple[int, str, str]:
        status = main(["validate", *args, "--content", str(EXAMPLE), "--output", str(output)])
        told = capsys.readouterr()
        return status, told.out, told.err

    return run


@pytest.fixture
def output(example: Built, tmp_path: Path) -> Path:
    """A copy that may be broken; the letter alone of our own, so that checking takes a moment."""
    shutil.copytree(example.output, tmp_path / "uit")
    for other in ("bijlage-2-zaken", "bijlage-3a-kort", "bundel"):
        (tmp_path / "uit" / "2030-1" / f"{other}.pdf").unlink()
    return tmp_path / "uit"


def test_a_good_document(run: Run, output: Path) -> None:
    status, out, err = run(output, "--format", "pdf")
    assert (status, err) == (0, "")
    lines = out.splitlines()
    assert lines[0].split() == ["controle", "bestanden", "regels", "bevindingen"]
    assert lines[1].split() == ["page:", "PDF/A-2a", "1", "154", "0"]
    foreign = (
        "Van een ander, niet beoordeeld: 2030-1/bijlage-1-kerncijfers.pdf (1 bladzijde; zonder tags: niet toegankelijk)"
    )
    assert foreign in lines
    assert lines[-1] == "1 PDF met 2 bladzijden gecontroleerd: geen bevindingen."


def test_a_defect_is_told_with_its_place(run: Run, output: Path) -> None:
    file = output / "2030-1" / "brief.pdf"
    defect = next(d for d in DEFECTS if d.name == "noten gewone alinea's")
    shutil.copy(seeded(file, defect, output), file)
    status, out, _ = run(output, "--format", "pdf")
    assert status == 1
    expected = "2030-1/brief.pdf, bladzijde 1  eigen regels: tagboom  verwijzing leidt naar noot  "
    assert f"{expected}de verwijzing naar noot 1 leidt niet naar die noot" in out
    assert "zelfde noten  de PDF heeft 0 noten, de webpagina 4" in out


def test_for_a_program(run: Run, output: Path) -> None:
    (output / "2030-1" / "brief.pdf").write_bytes(b"%PDF-1.7\nniets")
    status, out, _ = run(output, "--format", "pdf", "--json")
    told = json.loads(out)
    assert status == 1
    assert (told["pdfs"], told["bladzijden"], told["webpaginas"]) == (1, 0, 0)
    (finding,) = told["bevindingen"]
    assert (finding["bestand"], finding["regel"]) == ("2030-1/brief.pdf", "onleesbaar")
    assert finding["melding"].startswith("het is geen gave PDF")
    assert [f["bestand"] for f in told["van_anderen"]] == ["2030-1/bijlage-1-kerncijfers.pdf"]


def test_a_broken_file_of_another_is_no_fault_of_ours(run: Run, output: Path) -> None:
    (output / "2030-1" / "bijlage-1-kerncijfers.pdf").write_bytes(b"geen pdf")
    status, out, _ = run(output, "--format", "pdf")
    assert status == 0
    assert "bijlage-1-kerncijfers.pdf (0 bladzijden; het is geen gave PDF" in out


def test_what_is_not_installed_is_told(run: Run, output: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(page, "missing", lambda: "page-validation")
    monkeypatch.setattr(outloud, "missing", lambda: "outloud")
    monkeypatch.setattr(webtools, "lacking", lambda root, tools: ["Java 17 of nieuwer ontbreekt: apt-get install jre"])
    status, out, _ = run(output)
    assert status == 0
    assert "Niet uitgevoerd: page-validation. pip install 'halfjaarbericht[test]'" in out
    assert "Niet uitgevoerd: outloud. pip install" in out
    assert "Niet uitgevoerd: vnu: HTML. Java 17 of nieuwer ontbreekt: apt-get install jre" in out
    assert "eigen regels: tagboom" in out


def test_several_files_at_a_time_and_one_of_them_broken(output: Path) -> None:
    file, broken = output / "2030-1" / "brief.pdf", output / "kapot.pdf"
    broken.write_bytes(b"%PDF-1.7")
    good, bad = check_pdfs([PdfFile(file, "brief"), PdfFile(broken, "kapot")])
    assert good.pages == 2
    assert len(good.said) == 5
    assert [finding for said in good.said for finding in said.findings] == []
    assert [(f.file, f.rule) for said in bad.said for f in said.findings] == [("kapot", "onleesbaar")]


def test_a_tool_that_says_nothing_is_told(run: Run, output: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(webtools, "lacking", lambda root, tools: [])
    monkeypatch.setattr(webtools, "command", lambda tool: shutil.which("false"))
    monkeypatch.setattr(checking, "_PAGE_CHECKERS", checking._PAGE_CHECKERS[:2])  # the browser has a test of its own
    status, out, _ = run(output, "--format", "html")
    assert status == 1
    assert "vnu: HTML  vastgelopen  geen uitkomst" in out
    assert "html-validate: HTML  vastgelopen  geen uitkomst" in out


def test_nothing_built_yet(run: Run, tmp_path: Path) -> None:
    status, out, err = run(tmp_path / "leeg")
    assert (status, out) == (1, "")
    assert err == "Van 2030-1 staat niets in leeg/; bouw eerst de editie.\n"
