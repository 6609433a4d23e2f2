"""Builds that get in each other's way, in the way of the content, or that are refused by the disk."""

from __future__ import annotations

import fcntl
import os
import shutil
import threading
from io import BytesIO
from pathlib import Path

import pypdf
import pytest

from halfjaarbericht.cli import CONTENT, GOOD, USAGE, main
from halfjaarbericht.slot import output_held
from tests.editiehulp import EXAMPLE, Built
from tests.inhoudhulp import EDITION, write_content

HTML = ("--format", "html")


def build(folder: Path, *options: str) -> int:
    return main(["build", "--content", str(folder / "content"), "--output", str(folder / "uit"), *options])


def held(output: Path) -> bool:
    """Whether somebody holds the lock on an output folder."""
    handle = os.open(output, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    finally:
        os.close(handle)
    return False


def add_edition(folder: Path, name: str) -> None:
    copy = shutil.copytree(folder / "content" / EDITION, folder / "content" / name)
    text = (copy / "editie.yaml").read_text(encoding="utf-8").replace(f"editie: {EDITION}", f"editie: {name}")
    (copy / "editie.yaml").write_text(text, encoding="utf-8")


# --- two builds at once -------------------------------------------------------------------------------------------


def test_a_build_waits_for_another(tmp_path: Path) -> None:
    order: list[str] = []
    waiting = threading.Event()

    def second() -> None:
        def tell() -> None:
            order.append("wacht")
            waiting.set()

        with output_held(tmp_path / "uit", [EDITION], tell):
            order.append("tweede")

    thread = threading.Thread(target=second)
    with output_held(tmp_path / "uit", [EDITION], waiting.set):
        assert held(tmp_path / "uit")
        assert not waiting.is_set()
        thread.start()
        assert waiting.wait(60)
        order.append("eerste")
    thread.join(60)
    assert order == ["wacht", "eerste", "tweede"]
    assert not (tmp_path / "uit").exists(), "an output folder in which nothing came does not stay"


def test_a_build_holds_the_folder_while_it_plans_and_writes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_content(tmp_path)
    seen: list[bool] = []
    real = Path.replace

    def replace(self: Path, target: Path) -> Path:
        seen.append(held(tmp_path / "uit"))
        return real(self, target)

    monkeypatch.setattr(Path, "replace", replace)
    assert build(tmp_path, *HTML) == GOOD
    assert seen and all(seen)
    assert not held(tmp_path / "uit")


def test_what_a_killed_build_left_is_swept(tmp_path: Path) -> None:
    write_content(tmp_path)
    left = [tmp_path / "uit" / ".tijdelijk-abc", tmp_path / "uit" / EDITION / ".tijdelijk-def"]
    left[1].parent.mkdir(parents=True)
    for file in left:
        file.write_bytes(b"half")
    assert build(tmp_path, *HTML) == GOOD
    assert [file for file in left if file.exists()] == []


# --- the output is not among what is read -------------------------------------------------------------------------


@pytest.mark.parametrize("where", ["content", f"content/{EDITION}", "content/nieuw", ".", "templates", "styles/x"])
def test_output_never_mixes_with_what_is_read(where: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    content = write_content(tmp_path)
    for name in ("templates", "styles"):
        (tmp_path / name).mkdir()
    before = sorted(tmp_path.rglob("*"))
    assert main(["build", *HTML, "--content", str(content), "--output", str(tmp_path / where)]) == USAGE
    assert "de uitvoer kan niet naar" in capsys.readouterr().err
    assert sorted(tmp_path.rglob("*")) == before


# --- refused by the disk ------------------------------------------------------------------------------------------


def test_a_folder_in_the_place_of_a_document_leaves_all_as_it_was(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Also what was made ready before it, in another edition."""
    write_content(tmp_path)
    add_edition(tmp_path, "2030-2")
    in_the_way = tmp_path / "uit" / "2030-2" / "bijlage-1-zaken.html"
    in_the_way.mkdir(parents=True)
    assert build(tmp_path, *HTML) == CONTENT
    said = capsys.readouterr().err
    assert "2030-2/bijlage-1-zaken.html  E623" in said and "Er is niets geschreven" in said
    assert [file for file in (tmp_path / "uit").rglob("*") if file.is_file()] == []


def test_stopping_halfway_does_not_say_that_nothing_was_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    write_content(tmp_path)
    real, count = Path.replace, [0]

    def replace(self: Path, target: Path) -> Path:
        count[0] += 1
        if count[0] > 2:
            raise OSError(28, os.strerror(28), str(target))
        return real(self, target)

    monkeypatch.setattr(Path, "replace", replace)
    assert build(tmp_path, *HTML) == CONTENT
    said = capsys.readouterr().err
    assert "E622" in said and "Er is niets geschreven" not in said
    assert "Het schrijven is niet afgemaakt: herhaal de build" in said


@pytest.mark.parametrize("where", ["uit", f"uit/{EDITION}"])
def test_a_file_in_the_place_of_a_folder_is_refused_before_the_work(
    where: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    write_content(tmp_path)
    (tmp_path / where).parent.mkdir(exist_ok=True)
    (tmp_path / where).write_text("van een ander", encoding="utf-8")
    monkeypatch.setattr("halfjaarbericht.pipeline.plan_edition", None)  # not reached
    assert build(tmp_path, *HTML) == CONTENT
    assert f"{Path(where).name}  E623" in capsys.readouterr().err


# --- editions that are no more ------------------------------------------------------------------------------------


def test_an_edition_that_is_no_more_goes_with_a_full_build(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write_content(tmp_path)
    add_edition(tmp_path, "2030-2")
    add_edition(tmp_path, "2031-1")
    assert build(tmp_path, *HTML) == GOOD
    (tmp_path / "uit" / "2031-1" / "aantekening.txt").write_text("van een collega", encoding="utf-8")
    (tmp_path / "uit" / "eigen").mkdir()
    for name in ("2030-2", "2031-1"):
        shutil.rmtree(tmp_path / "content" / name)
    assert build(tmp_path, *HTML) == GOOD
    assert "Weggehaald, want niet meer in content/: 2030-2, 2031-1." in capsys.readouterr().out
    assert sorted(file.name for file in (tmp_path / "uit").iterdir()) == ["2030-1", "2031-1", "eigen", "index.html"]
    assert [file.name for file in (tmp_path / "uit" / "2031-1").iterdir()] == ["aantekening.txt"]
    assert "2030-2" not in (tmp_path / "uit" / "index.html").read_text(encoding="utf-8")


def test_a_build_of_one_edition_leaves_the_others_but_lists_only_known_ones(tmp_path: Path) -> None:
    write_content(tmp_path)
    for name in ("2030-2", "2031-1"):
        add_edition(tmp_path, name)
    assert build(tmp_path, *HTML) == GOOD
    shutil.rmtree(tmp_path / "content" / "2031-1")
    assert build(tmp_path, EDITION, *HTML) == GOOD
    page = (tmp_path / "uit" / "index.html").read_text(encoding="utf-8")
    assert "2030-2/" in page and "2031-1/" not in page
    assert (tmp_path / "uit" / "2031-1" / "brief.html").exists()


# --- what is said -------------------------------------------------------------------------------------------------


def test_an_edition_named_twice_is_built_once(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write_content(tmp_path)
    assert build(tmp_path, EDITION, f"{EDITION}/", *HTML) == GOOD
    assert capsys.readouterr().out.startswith("2 documenten in uit/ (geen PDF's gemaakt).")


@pytest.mark.pdf
def test_the_bundle_is_named_after_the_edition_and_its_documents(example: Built) -> None:
    reader = pypdf.PdfReader(BytesIO(example.pdf("2030-1", "bundel")))
    assert reader.metadata is not None
    title = (EXAMPLE / "2030-1" / "editie.yaml").read_text(encoding="utf-8").split("titel: ", 1)[1].splitlines()[0]
    assert reader.metadata.title == title.strip("\"'") + " (concept)"
    chapters = [item.title for item in reader.outline if not isinstance(item, list)]
    assert len(chapters) == 3
    assert all(chapter.startswith("Bijlage ") and ": " in chapter for chapter in chapters[1:])
    assert not [chapter for chapter in chapters if "2030-1/" in chapter]


# --- figures ------------------------------------------------------------------------------------------------------


def figure_in_letter(folder: Path, name: str) -> Path:
    figure = {"id": "fig-vlak", "bijschrift": "Vlak", "bestand": name, "alt": "Een vlak in een enkele kleur"}
    content = write_content(folder, {f"{EDITION}/brief.yaml": {"tekst": "Een zin.", "figuren": [figure]}})
    shutil.copytree(EXAMPLE / "2030-1" / "figuren", content / EDITION / "figuren")
    return content


@pytest.mark.pdf
def test_a_figure_by_a_roundabout_path(tmp_path: Path) -> None:
    figure_in_letter(tmp_path, "figuren/../figuren/./vlak.png")
    assert build(tmp_path, "--quiet") == GOOD
    assert b"figuren/.." not in (tmp_path / "uit" / EDITION / "brief.html").read_bytes()


@pytest.mark.parametrize("harm", ["cut", "changed", "empty", "svg"])
def test_a_broken_picture_is_found_by_check(harm: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    content = figure_in_letter(tmp_path, "figuren/lijn.svg" if harm == "svg" else "figuren/vlak.png")
    assert main(["check", "--content", str(content)]) == GOOD
    picture = content / EDITION / "figuren" / ("lijn.svg" if harm == "svg" else "vlak.png")
    data = picture.read_bytes()
    half = len(data) // 2
    broken = {"cut": data[:-14], "changed": data[:half] + bytes([data[half] ^ 1]) + data[half + 1 :], "empty": b""}
    picture.write_bytes(broken.get(harm, data[:half]))
    assert main(["check", "--content", str(content)]) == CONTENT
    assert "E319" in capsys.readouterr().err
