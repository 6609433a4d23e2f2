"""Comparing with a package: what `changes` and a preview say of it, and of packages that will not do."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

import pytest

from halfjaarbericht.changes import store
from halfjaarbericht.changes.units import edition_text
from halfjaarbericht.cli import CONTENT, GOOD, USAGE, main
from halfjaarbericht.pakket.inhoud import seal
from halfjaarbericht.pakket.paklijst import packing_list
from tests.inhoudhulp import EDITION, read_report, write_content
from tests.meekijkhulp import in_a_loop, watching

LETTER = f"{EDITION}/brief.yaml"
OLD, NEW = "tekst: Er kwamen weinig agenten bij.\n", "tekst: Er kwamen veel agenten bij.\n"
ZIP = f"halfjaarbericht-{EDITION}.zip"
SAID = f"het pakket {ZIP} (definitief, 20 juni 2030)"


@pytest.fixture(autouse=True)
def as_installed(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(sys, "argv", ["halfjaarbericht"])
    monkeypatch.chdir(tmp_path)


def sealed(content: Path, **other: bytes) -> bytes:
    """A package with only a text in it, or with something else under that name."""
    text = other.get("text", store.to_bytes(edition_text(read_report(content)[0])))
    files = {"LEESMIJ.txt": b"Halfjaarbericht\n"} | ({"tekst.json": text} if text else {})
    return seal(files, packing_list(EDITION, "Eerste halfjaarbericht", date(2030, 6, 20), "definitief", files, {}))


@pytest.fixture
def content(tmp_path: Path) -> Path:
    """Content that changed since its package was made."""
    content = write_content(tmp_path, {LETTER: OLD})
    (tmp_path / ZIP).write_bytes(sealed(content))
    (content / LETTER).write_text(NEW, encoding="utf-8")
    return content


@pytest.fixture
def run(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Callable[..., tuple[int, str, str]]:
    def run(*arguments: str) -> tuple[int, str, str]:
        where = ["--content", str(tmp_path / "content"), "--output", str(tmp_path / "uit")]
        status = main(["changes", *arguments, *where])
        printed = capsys.readouterr()
        return status, printed.out, printed.err

    return run


Run = Callable[..., tuple[int, str, str]]


# --- changes ----------------------------------------------------------------------------------------------------


def test_what_changed_since_a_package(content: Path, run: Run) -> None:
    status, out, err = run(EDITION, "--against", ZIP)
    assert (status, err) == (GOOD, "")
    assert out.startswith(f"Wijzigingen ten opzichte van {SAID}\n")
    assert "was: Er kwamen [-weinig-] agenten bij." in out
    assert "brief: 1 zin gewijzigd" in out
    (content / LETTER).write_text(OLD, encoding="utf-8")
    assert run(EDITION, "--against", ZIP) == (GOOD, "Geen wijzigingen.\n", "")


def test_without_an_edition_only_the_one_that_was_packed(content: Path, run: Run) -> None:
    other = content / "2029-2"
    other.mkdir()
    letter = "documenten:\n  - {soort: brief, bestand: brief.yaml}\n"
    text = (content / EDITION / "editie.yaml").read_text(encoding="utf-8").partition("documenten:")[0]
    (other / "editie.yaml").write_text(text.replace(EDITION, "2029-2") + letter, encoding="utf-8")
    (other / "brief.yaml").write_text("tekst: Iets.\n", encoding="utf-8")
    status, out, _ = run("--json", "--against", ZIP)
    assert status == GOOD
    data: dict[str, Any] = json.loads(out)
    assert data["tegen"] == SAID
    assert [edition["editie"] for edition in data["edities"]] == [EDITION]

    status, out, err = run("2029-2", "--against", ZIP)
    assert (status, out) == (USAGE, "")
    assert err.startswith(f"het pakket {ZIP} is van editie {EDITION}; editie 2029-2 zit er niet in\n")


def test_a_package_of_an_edition_that_is_gone(content: Path, run: Run, tmp_path: Path) -> None:
    for file in sorted(content.glob(f"{EDITION}/**/*"), reverse=True):
        file.rmdir() if file.is_dir() else file.unlink()
    (content / EDITION).rename(content / "2029-2")
    (content / "2029-2" / "editie.yaml").write_text("editie: 2029-2\n", encoding="utf-8")
    status, out, _ = run("--against", ZIP)
    assert status == GOOD
    assert f"{EDITION}: de hele editie is vervallen." in out


def broken(data: bytes) -> bytes:
    return data.replace(b"Halfjaarbericht\n", b"Halfjaarberacht\n", 1)


def not_ours(_: bytes) -> bytes:
    room = BytesIO()
    with ZipFile(room, "w") as zipped:
        zipped.writestr("iets.txt", "iets")
    return room.getvalue()


@pytest.mark.parametrize(
    ("how", "code", "said"),
    [
        (broken, "E637", "dit bestand"),
        (lambda data: data[: len(data) // 2], "E631", "dit is geen zip-bestand, of het is afgebroken of beschadigd"),
        (not_ours, "E634", "pakket.json ontbreekt: dit is geen pakket van dit programma"),
        (lambda _: b"", "E631", "dit is geen zip-bestand"),
    ],
    ids=["changed", "half", "another zip", "empty"],
)
def test_a_package_that_is_not_whole(
    content: Path, run: Run, how: Callable[[bytes], bytes], code: str, said: str
) -> None:
    file = content.parent / ZIP
    file.write_bytes(how(file.read_bytes()))
    status, out, err = run(EDITION, "--against", ZIP)
    assert (status, out) == (CONTENT, "")
    assert err.startswith(ZIP) and f"{code}  {said}" in err
    assert "Traceback" not in err


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (b"", f"in het pakket {ZIP} zit geen tekst.json: het is gemaakt met een eerdere versie van dit programma"),
        (b'{"formaat": 2}', f"tekst.json in het pakket {ZIP} is van een andere versie van dit programma"),
        (b"[" * 100_000, f"tekst.json in het pakket {ZIP} is van een andere versie van dit programma"),
        (b'{"formaat": 1, "editie": "2029-1", "documenten": []}', f"tekst.json in het pakket {ZIP} is van een andere"),
    ],
    ids=["none", "other format", "deep", "other edition"],
)
def test_a_package_without_a_text_to_compare_with(content: Path, run: Run, text: bytes, said: str) -> None:
    (content.parent / ZIP).write_bytes(sealed(content, text=text))
    status, out, err = run(EDITION, "--against", ZIP)
    assert (status, out) == (USAGE, "")
    assert err.startswith(said)


def test_a_package_that_is_not_there(content: Path, run: Run) -> None:
    status, _, err = run(EDITION, "--against", "weg/pakket.ZIP")
    assert (status, err.splitlines()[0]) == (USAGE, "het bestand weg/pakket.ZIP bestaat niet")


def test_a_package_that_somebody_packed_again_is_as_good(content: Path, run: Run) -> None:
    file = content.parent / ZIP
    with ZipFile(file) as zipped:
        files = {name: zipped.read(name) for name in zipped.namelist()}
    with ZipFile(file, "w", ZIP_DEFLATED) as zipped:
        for name, data in files.items():
            zipped.writestr(name, data)
    status, out, err = run(EDITION, "--against", ZIP)
    assert (status, err) == (GOOD, "") and "brief: 1 zin gewijzigd" in out


# --- a preview --------------------------------------------------------------------------------------------------


def ask(content: Path, against: str, edition: str, check: Callable[[dict[str, Any], str], None]) -> None:
    async def all_of_it() -> None:
        async with watching(content, edition, against=against) as watched:
            state = await watched.settled()
            check(state["tegen"], await watched.html("brief", "?tegen=1"))
            assert watched.faults == []

    in_a_loop(all_of_it())


def test_a_page_with_the_changes_since_a_package(content: Path) -> None:
    def check(told: dict[str, Any], page: str) -> None:
        assert told["naam"] == f"het pakket {ZIP}"
        assert [(item["oud"], item["nieuw"], item["anker"]) for item in told["lijst"]] == [
            ("Er kwamen weinig agenten bij.", "Er kwamen veel agenten bij.", "wijziging_1")
        ]
        assert '<del class="vb-oud" id="wijziging_1">Er kwamen weinig agenten bij.</del>' in page
        assert 'Er kwamen <ins class="vb-nieuw">veel</ins> agenten bij.' in page

    ask(content, str(content.parent / ZIP), EDITION, check)


def test_a_preview_of_an_edition_that_is_not_in_the_package(content: Path) -> None:
    (content / EDITION).rename(content / "2030-2")
    editie = content / "2030-2" / "editie.yaml"
    editie.write_text(editie.read_text(encoding="utf-8").replace(EDITION, "2030-2"), encoding="utf-8")

    def check(told: dict[str, Any], page: str) -> None:
        assert told["fout"] == f"het pakket {ZIP} is van editie {EDITION}; editie 2030-2 zit er niet in"
        assert "<ins" not in page

    ask(content, str(content.parent / ZIP), "2030-2", check)


def test_a_preview_does_not_begin_with_a_package_that_will_not_do(
    content: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (content.parent / ZIP).write_bytes(sealed(content, text=b""))
    status = main(["preview", EDITION, "--against", ZIP, "--content", str(content)])
    assert status == USAGE
    assert capsys.readouterr().err.startswith(f"in het pakket {ZIP} zit geen tekst.json")
    (content.parent / ZIP).write_bytes(b"PK")
    assert main(["preview", EDITION, "--against", ZIP, "--content", str(content)]) == USAGE
    assert capsys.readouterr().err.startswith(f"{ZIP}: dit is geen zip-bestand")
