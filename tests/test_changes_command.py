"""The command `changes`: against the last build and against git, for people and for programs."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from halfjaarbericht.changes.marks import COLOUR
from halfjaarbericht.changes.words import as_text
from halfjaarbericht.cli import CONTENT, GOOD, USAGE, main
from tests.inhoudhulp import EDITION
from tests.wijzigingenhulp import EXTRA, compared, content, sections

CSV = "data/eenheden.csv"
MORE = {CSV: "eenheid,agenten\nNoord,120\nZuid,250\n"}
TOLD = """\
Wijzigingen ten opzichte van {against}

2030-1, brief: Eerste halfjaarbericht politie 2030
    was: Er zijn nu [-350-] fte, zie bijlage 1.
    nu:  Er zijn nu {{+370+}} fte, zie bijlage 1.

2030-1, bijlage 1: Moties en toezeggingen

  1 Inleiding
    was: Er zijn [-350-] fte bij een norm van 5.000.[1]
    nu:  Er zijn {{+370+}} fte bij een norm van 5.000.[1]
    tabel 1, rij Noord, kolom Agenten: 100 → 120

Telling
  2030-1, brief: 1 zin gewijzigd
  2030-1, bijlage 1: 1 zin gewijzigd en 1 cel gewijzigd
  2030-1, bijlage 2: ongewijzigd
"""


@pytest.fixture(autouse=True)
def as_installed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "argv", ["halfjaarbericht"])


class Desk:
    """A content folder, its output, and the command line."""

    def __init__(self, folder: Path, capsys: pytest.CaptureFixture[str]):
        self.folder, self.capsys = folder, capsys
        self.content = content(folder)

    def write(self, files: dict[str, str]) -> None:
        content(self.folder, files)

    def run(self, command: str, *args: str) -> tuple[int, str, str]:
        self.capsys.readouterr()
        given = [command, *args, "--content", str(self.content), "--output", str(self.folder / "uit")]
        status = main(given)
        printed = self.capsys.readouterr()
        return status, printed.out, printed.err

    def build(self) -> None:
        assert self.run("build", "--format", "html", "--quiet")[0] == GOOD

    def git(self, *args: str) -> str:
        identity = ["-c", "user.name=a", "-c", "user.email=a@example.org", "-c", "init.defaultBranch=main"]
        command = ["git", "-C", str(self.folder), *identity, *args]
        return subprocess.run(command, check=True, capture_output=True, text=True).stdout

    def commit(self) -> None:
        self.git("add", "content")
        self.git("commit", "--quiet", "--no-gpg-sign", "-m", "inhoud")


@pytest.fixture
def desk(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Desk:
    return Desk(tmp_path, capsys)


# --- against the last build -------------------------------------------------------------------------------------


def test_nothing_changed(desk: Desk) -> None:
    desk.build()
    assert desk.run("changes") == (GOOD, "Geen wijzigingen.\n", "")
    kept = (desk.folder / "uit" / EDITION / "tekst.json").read_bytes()
    desk.build()
    assert (desk.folder / "uit" / EDITION / "tekst.json").read_bytes() == kept


def test_a_number(desk: Desk) -> None:
    desk.build()
    desk.write(MORE)
    wanted = TOLD.format(against="de laatste build")
    assert desk.run("changes") == (GOOD, wanted, "")
    assert desk.run("changes", EDITION) == (GOOD, wanted, "")
    assert desk.run("changes") == (GOOD, wanted, ""), "looking changes nothing"
    desk.build()
    assert desk.run("changes")[1] == "Geen wijzigingen.\n"


def test_a_section_and_its_numbering(desk: Desk) -> None:
    desk.build()
    desk.write(sections("0-vooraf", "1-inleiding", "2-motie", **{"0-vooraf": EXTRA}))
    assert desk.run("changes")[1].splitlines()[2:] == [
        "2030-1, bijlage 1: Moties en toezeggingen",
        "",
        "  1 Vooraf",
        "    nieuw (kop): Vooraf",
        "    nieuw: Dit staat er nu voor.[1]",
        "    nieuw: Het gaat over hoofdstuk 2.",
        "",
        "  Noten",
        "    nieuw (noot 1): Een noot die nieuw is.",
        "",
        "  Nummering: noot 1 → 2; hoofdstuk 1 t/m 2 → 2 t/m 3; 1 tekst verwijst daardoor met een ander nummer.",
        "",
        "2030-1, bijlage 2: Zonder getallen",
        "",
        "  Nummering: 1 tekst verwijst daardoor met een ander nummer.",
        "",
        "Telling",
        "  2030-1, brief: ongewijzigd",
        "  2030-1, bijlage 1: 2 zinnen nieuw, 1 kop nieuw en 1 zin in een noot nieuw",
        "  2030-1, bijlage 2: alleen nummering of volgorde",
    ]


def test_the_first_build(desk: Desk) -> None:
    status, out, _ = desk.run("changes")
    assert status == GOOD
    assert "2030-1: nog niet aanwezig in de laatste build; alles is nieuw.\n" in out


def test_an_edition_that_is_no_more(desk: Desk) -> None:
    shutil.copytree(desk.content / EDITION, desk.content / "2030-2")
    edition = desk.content / "2030-2" / "editie.yaml"
    edition.write_text(edition.read_text(encoding="utf-8").replace("2030-1", "2030-2"), encoding="utf-8")
    desk.build()
    shutil.rmtree(desk.content / "2030-2")
    assert "2030-2: de hele editie is vervallen.\n" in desk.run("changes")[1]
    assert desk.run("changes", EDITION)[1] == "Geen wijzigingen.\n"


def test_for_a_program(desk: Desk) -> None:
    desk.build()
    desk.write(MORE | sections("0-vooraf", "1-inleiding", "2-motie", **{"0-vooraf": EXTRA}))
    status, out, err = desk.run("changes", "--json")
    assert (status, err) == (GOOD, "")
    data = json.loads(out)
    assert data["tegen"] == "de laatste build"
    (edition,) = data["edities"]
    assert (edition["editie"], edition["stand"]) == (EDITION, "gewijzigd")
    letter, annex, _ = edition["documenten"]
    assert letter == {
        "id": "brief",
        "naam": "brief",
        "titel": "Eerste halfjaarbericht politie 2030",
        "bestand": "brief",
        "stand": "gewijzigd",
        "wijzigingen": [
            {
                "wat": "gewijzigd",
                "soort": "zin",
                "kop": "",
                "waar": "",
                "oud": "Er zijn nu 350 fte, zie bijlage 1.",
                "nieuw": "Er zijn nu 370 fte, zie bijlage 1.",
            }
        ],
        "nummering": [],
        "verwijzingen": 0,
        "verplaatst": 0,
    }
    assert {"reeks": "paragraaf", "oud": ["1", "2"], "nieuw": ["2", "3"], "aantal": 2} in annex["nummering"]


def test_wrong_content_is_1_and_a_wrong_command_line_2(desk: Desk) -> None:
    desk.write({"brief.yaml": "tekst: Er zijn {getal}`agent`.\n"})
    status, out, err = desk.run("changes")
    assert (status, out) == (CONTENT, "")
    assert "E309" in err and err.endswith("\n1 fout.\n")
    assert desk.run("changes", "2031-1")[0] == USAGE
    assert desk.run("changes", "--against")[0] == USAGE


# --- against git ------------------------------------------------------------------------------------------------


def test_against_a_revision(desk: Desk) -> None:
    desk.git("init", "--quiet")
    desk.commit()
    desk.git("tag", "eerste")
    desk.write(MORE)
    commit = desk.git("rev-parse", "--short=7", "HEAD").strip()
    for name in ("eerste", "main", "HEAD", commit):
        wanted = TOLD.format(against=f"revisie {name} ({commit})")
        assert desk.run("changes", "--against", name) == (GOOD, wanted, "")
    desk.commit()
    assert desk.run("changes", "--against", "HEAD")[1] == "Geen wijzigingen.\n"
    assert desk.run("changes", "--against", "HEAD~1")[1].startswith("Wijzigingen ten opzichte van revisie HEAD~1 (")
    assert desk.git("status", "--porcelain", "content") == ""
    assert not (desk.folder / "uit").exists(), "nothing was built"


def test_an_edition_that_was_not_in_the_revision(desk: Desk) -> None:
    desk.git("init", "--quiet")
    (desk.content / "lees.txt").write_text("leeg", encoding="utf-8")
    desk.git("add", "content/lees.txt")
    desk.git("commit", "--quiet", "--no-gpg-sign", "-m", "leeg")
    assert "2030-1: nog niet aanwezig in revisie HEAD (" in desk.run("changes", "--against", "HEAD")[1]


def test_revisions_that_cannot_be_had(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(desk.folder.parent))
    status, out, err = desk.run("changes", "--against", "main")
    assert (status, out) == (USAGE, "")
    assert err.startswith("de map content/ staat niet in een git-archief; laat --against weg")
    desk.git("init", "--quiet")
    (desk.folder / "lees.txt").write_text("leeg", encoding="utf-8")
    desk.git("add", "lees.txt")
    desk.git("commit", "--quiet", "--no-gpg-sign", "-m", "leeg")
    for name in ("maan", "--output=x", "", "HEAD:lees.txt"):
        status, _, err = desk.run("changes", f"--against={name}")
        assert (status, err.splitlines()[0]) == (
            USAGE,
            f"git kent geen revisie '{name}'; noem een tak, een label of een commit",
        )
    status, _, err = desk.run("changes", "--against", "HEAD")
    assert (status, err.splitlines()[0]) == (USAGE, "in revisie 'HEAD' was er geen map content/")
    monkeypatch.setenv("PATH", str(desk.folder))
    status, _, err = desk.run("changes", "--against", "HEAD")
    assert status == USAGE and err.startswith("het programma git is er niet")


def test_a_revision_that_this_version_cannot_read(desk: Desk) -> None:
    desk.git("init", "--quiet")
    desk.write({"brief.yaml": "text: Er stond hier iets.\n"})
    desk.commit()
    desk.write({})
    status, out, err = desk.run("changes", "--against", "HEAD")
    assert (status, out) == (CONTENT, "")
    sentence = "in revisie 'HEAD' kan deze versie van het programma de inhoud niet lezen: onbekend veld 'text'"
    assert err.startswith(f"content/{EDITION}/brief.yaml:1:1  E201  {sentence}")
    assert err.endswith("\n1 fout.\n")


def test_colour_on_a_terminal(tmp_path: Path) -> None:
    text = as_text([compared(tmp_path, {}, MORE)], "toen", COLOUR)
    assert "\033[31;9m350\033[0m" in text and "\033[32;1m370\033[0m" in text
    assert "[-" not in text and "{+" not in text
