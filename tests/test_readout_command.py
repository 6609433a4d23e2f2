"""The command `readout`: which document, and what it says when there is nothing to read."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from halfjaarbericht.cli import main
from tests.editiehulp import EXAMPLE, Built

pytestmark = pytest.mark.pdf


@pytest.fixture
def run(example: Built, capsys: pytest.CaptureFixture[str]):
    def run(*args: str, output: Path | None = None) -> tuple[int, str, str]:
        folders = ["--content", str(EXAMPLE), "--output", str(output or example.output)]
        status = main(["readout", "2030-1", *args, *folders])
        told = capsys.readouterr()
        return status, told.out, told.err

    return run


def test_one_document(run) -> None:
    status, out, _ = run("brief")
    assert status == 0
    title, language, *_ = out.splitlines()
    assert title == "document: Eerste halfjaarbericht politie 2030 & de Mobiele Eenheid (ME) (concept)"
    assert language == "taal: Nederlands"


def test_the_beginning_of_a_name_is_enough(run) -> None:
    assert run("bijlage-2")[1] == run("bijlage-2-zaken.pdf")[1]


def test_a_beginning_that_two_documents_have(run) -> None:
    status, _, err = run("bijlage")
    assert status == 2
    assert "'bijlage' kan meer dan één document zijn: bijlage-1-kerncijfers, bijlage-2-zaken, bijlage-3a-kort" in err


def test_a_document_that_is_not_there(run) -> None:
    status, _, err = run("bijlage-2-zakken")
    assert status == 2
    assert "geen document 'bijlage-2-zakken' gebouwd; bedoelde u 'bijlage-2-zaken'?" in err


def test_all_documents_each_under_its_name(run) -> None:
    status, out, _ = run()
    assert status == 0
    named = [line for line in out.splitlines() if line.startswith("== ")]
    stems = ("bijlage-1-kerncijfers", "bijlage-2-zaken", "bijlage-3a-kort", "brief")
    assert named == [f"== 2030-1/{stem}.pdf" for stem in stems]
    assert "dit document heeft geen tags: een schermlezer moet raden" in out


def test_a_bundle_only_by_its_name(run) -> None:
    status, out, _ = run("bundel")
    assert status == 0
    assert out.count("kop niveau 1") == 3
    assert [line for line in out.splitlines() if line.startswith("deel: ")][1:] == [
        "deel: Bijlage 2: Moties, toezeggingen & verzoeken",
        "deel: Bijlage 3a: Korte bijlage over de rest",
    ]


def test_the_tags_themselves(run) -> None:
    status, out, _ = run("brief", "--tags")
    assert status == 0
    assert out.startswith("Document")


def test_nothing_built_yet(run, tmp_path: Path) -> None:
    status, out, err = run(output=tmp_path / "leeg")
    assert (status, out) == (1, "")
    assert err == "Van 2030-1 staat geen PDF in leeg/; bouw eerst de editie.\n"


def test_a_damaged_file_is_told_and_the_others_are_read(run, example: Built, tmp_path: Path) -> None:
    shutil.copytree(example.output, tmp_path / "uit")
    (tmp_path / "uit" / "2030-1" / "brief.pdf").write_bytes(b"%PDF-1.7\nniets")
    status, out, err = run(output=tmp_path / "uit")
    assert status == 1
    assert err.startswith("2030-1/brief.pdf is niet te lezen: het is geen gave PDF")
    assert "== 2030-1/bijlage-2-zaken.pdf" in out
