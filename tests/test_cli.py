"""The command line: exit statuses, Dutch from end to end, and output for machines."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

import halfjaarbericht.pipeline
from halfjaarbericht import __version__
from halfjaarbericht.cli import CONTENT, GOOD, OURS, USAGE, cli, main
from halfjaarbericht.dutch_click import DutchCommand
from tests.inhoudhulp import EDITION, write_content

ROOT = Path(__file__).parent.parent
BROKEN = {f"{EDITION}/brief.yaml": "tekst: Er zijn {getal}`agent`.\n"}
WARNED = {f"{EDITION}/brief.yaml": "tekst: Een zin.\nnoten: {a: Stil.}\n"}


@pytest.fixture(autouse=True)
def as_installed(monkeypatch: pytest.MonkeyPatch) -> None:
    """The name under which the program was started is part of what it says."""
    monkeypatch.setattr(sys, "argv", ["halfjaarbericht"])


def run(capsys: pytest.CaptureFixture[str], *args: str | Path) -> tuple[int, str, str]:
    """Exit status, standard output and error of a command line."""
    capsys.readouterr()
    status = main([str(arg) for arg in args])
    printed = capsys.readouterr()
    return status, printed.out, printed.err


# --- exit statuses ----------------------------------------------------------------------------------------------


def test_good_content_is_0(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    content = write_content(tmp_path)
    assert run(capsys, "check", "--content", content) == (GOOD, "Geen fouten of waarschuwingen.\n", "")
    assert run(capsys, "check", EDITION, "--content", content)[0] == GOOD
    assert run(capsys, "check", f"{EDITION}/", EDITION, "--content", content)[0] == GOOD


def test_wrong_content_is_1(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    status, out, err = run(capsys, "check", "--content", write_content(tmp_path, BROKEN))
    assert (status, out) == (CONTENT, "")
    assert err.startswith(f"content/{EDITION}/brief.yaml:1:16  E309  ")
    assert err.endswith("1 fout.\n")


def test_building_wrong_content_writes_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    content = write_content(tmp_path, BROKEN)
    status, out, err = run(capsys, "build", "--quiet", "--content", content, "--output", tmp_path / "uit")
    assert (status, out) == (CONTENT, "")
    assert err.endswith("1 fout. Er is niets geschreven; de vorige uitvoer staat er nog.\n")
    assert not (tmp_path / "uit").exists()


def test_a_warning_is_0_and_with_strict_1(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    content = write_content(tmp_path, WARNED)
    for arguments, wanted in (([], GOOD), (["--strict"], CONTENT)):
        status, _, err = run(capsys, "check", *arguments, "--content", content)
        assert status == wanted
        assert "W301 (waarschuwing)" in err
        assert err.endswith("\n1 waarschuwing.\n")
    status, _, _ = run(capsys, "build", "--strict", "--quiet", "--content", content, "--output", tmp_path / "uit")
    assert status == CONTENT
    assert not (tmp_path / "uit").exists()


def test_an_accepted_deviation_does_not_fail_with_strict(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = (write_content(tmp_path) / EDITION / "editie.yaml").read_text(encoding="utf-8")
    text += "afwijkingen: [{plaats: tabel 1, vermeld: '351', reden: Telfout in de bron.}]\n"
    content = write_content(tmp_path, {f"{EDITION}/editie.yaml": text})
    status, _, err = run(capsys, "check", "--strict", "--content", content)
    assert status == GOOD
    assert "A301 (aanvaard)" in err


def test_a_mistake_of_ours_is_3(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError("kapot")

    monkeypatch.setattr(halfjaarbericht.pipeline, "load_shared", broken)
    status, out, err = run(capsys, "check", "--content", write_content(tmp_path))
    assert (status, out) == (OURS, "")
    assert "RuntimeError: kapot" in err
    assert "fout van het programma, niet van de inhoud" in err


def test_stopping_halfway_is_130(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def stopped(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(halfjaarbericht.pipeline, "load_shared", stopped)
    status, _, err = run(capsys, "check", "--content", write_content(tmp_path))
    assert status == 130
    assert err.strip() == "Afgebroken. Er is niets half geschreven."


@pytest.mark.parametrize(
    ("args", "sentence"),
    [
        (["chek"], "de opdracht 'chek' bestaat niet; bedoelde u 'check'?"),
        (["check", "--jsn"], "de optie --jsn bestaat niet; bedoelde u '--json'?"),
        (["build", "--format", "word"], "--format kan zijn: pdf, html"),
        (["build", "--format"], "de optie --format heeft een waarde nodig"),
        (["check", "2030-2"], "de editie '2030-2' bestaat niet; bedoelde u '2030-1'?"),
        (["check", "../2030-1"], "de editie '../2030-1' bestaat niet; bedoelde u '2030-1'?"),
        (["schema", "alles"], "hier kan niets meer achter: alles"),
        (["check", "--json=ja"], "de optie --json heeft geen waarde"),
    ],
)
def test_a_wrong_command_line_is_2_and_helps(
    args: list[str],
    sentence: str,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    write_content(tmp_path)
    monkeypatch.chdir(tmp_path)
    status, out, err = run(capsys, *args)
    assert (status, out) == (USAGE, "")
    first, second = err.splitlines()
    assert first == sentence
    assert second.startswith("Uitleg: ") and second.endswith(" --help")


def test_a_missing_folder_is_2(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    status, _, err = run(capsys, "check", "--content", tmp_path / "weg")
    assert status == USAGE
    assert "bestaat niet; ga naar de map van het project" in err
    (tmp_path / "leeg").mkdir()
    status, _, err = run(capsys, "check", "--content", tmp_path / "leeg")
    assert status == USAGE
    assert "staat geen editie" in err


# --- help -------------------------------------------------------------------------------------------------------

_ENGLISH = re.compile(
    r"\b(?:usage|options?|commands?|show|this|message|and|exit|the|version|required|default|arguments?|args)\b", re.I
)


@pytest.mark.parametrize("verb", ["", *cli.commands])
def test_help_is_dutch(verb: str, capsys: pytest.CaptureFixture[str]) -> None:
    if verb == "test":
        text = cli.commands["test"].help or ""
    else:
        status, text, err = run(capsys, *([verb] if verb else []), "--help")
        assert (status, err) == (GOOD, "")
        assert text.startswith("Gebruik: halfjaarbericht")
        assert "Toon deze uitleg." in text
    assert not _ENGLISH.search(text.replace("--version", "").replace("--format", "")), text


def test_the_help_names_every_verb(capsys: pytest.CaptureFixture[str]) -> None:
    _, text, _ = run(capsys, "--help")
    assert "Opdrachten:" in text
    for name, command in cli.commands.items():
        assert isinstance(command, DutchCommand)
        assert re.search(rf"^  {name}  +\S", text, re.M)


def test_without_a_verb_the_help_is_shown(capsys: pytest.CaptureFixture[str]) -> None:
    status, out, err = run(capsys)
    assert status == USAGE
    assert "Opdrachten:" in out + err
    assert not _ENGLISH.search((out + err).replace("--version", ""))


def test_version(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(capsys, "--version") == (GOOD, f"halfjaarbericht {__version__}\n", "")


# --- for machines -----------------------------------------------------------------------------------------------


def test_json_has_all_there_is_to_know(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    files = {f"{EDITION}/brief.yaml": "tekst: Er zijn {getal}`agent`.\nnoten: {a: Stil.}\n"}
    status, out, err = run(capsys, "check", "--json", "--content", write_content(tmp_path, files))
    assert (status, err) == (CONTENT, "")
    assert json.loads(out) == [
        {
            "bestand": f"content/{EDITION}/brief.yaml",
            "regel": 1,
            "kolom": 16,
            "cel": "",
            "breedte": 14,
            "code": "E309",
            "ernst": "fout",
            "melding": "cijfers.yaml kent geen getal 'agent'",
            "hint": "bedoelde u 'agenten'?",
        },
        {
            "bestand": f"content/{EDITION}/brief.yaml",
            "regel": 2,
            "kolom": 9,
            "cel": "",
            "breedte": 1,
            "code": "W301",
            "ernst": "waarschuwing",
            "melding": "de noot 'a' wordt nergens aangeroepen en komt dus niet in het document",
            "hint": "roep haar aan met [^a] of haal haar weg",
        },
    ]


def test_json_of_good_content_is_an_empty_list(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    status, out, err = run(capsys, "check", "--json", "--content", write_content(tmp_path))
    assert (status, json.loads(out), err) == (GOOD, [], "")


# --- elsewhere --------------------------------------------------------------------------------------------------


def test_from_a_folder_below_the_project(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    content = write_content(tmp_path, BROKEN)
    monkeypatch.chdir(content / EDITION / "bijlagen")
    status, _, err = run(capsys, "check")
    assert status == CONTENT
    assert err.startswith(f"content/{EDITION}/brief.yaml:1:16  E309")


def test_a_relative_content_folder(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    write_content(tmp_path)
    (tmp_path / "elders").mkdir()
    monkeypatch.chdir(tmp_path / "elders")
    assert run(capsys, "check", "--content", "../content")[0] == GOOD


def python(*args: str | Path, **more: object) -> subprocess.Popen[bytes]:
    environment = os.environ | {"PYTHONPATH": str(ROOT), "PYTHONWARNINGS": ""}
    command = [sys.executable, "-m", "halfjaarbericht", *map(str, args)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment, **more)  # type: ignore[call-overload, no-any-return]


def test_as_a_process_from_another_folder(tmp_path: Path) -> None:
    content = write_content(tmp_path, BROKEN)
    with python("check", "--content", content, cwd="/") as process:
        out, err = process.communicate()
    assert (process.returncode, out) == (CONTENT, b"")
    assert f"content/{EDITION}/brief.yaml:1:16".encode() in err


def test_a_reader_that_goes_away_is_no_mistake(tmp_path: Path) -> None:
    many = "tekst: |\n" + "".join(f"  {{getal}}`x{n}` \n" for n in range(600))
    content = write_content(tmp_path, {f"{EDITION}/brief.yaml": many})
    with python("check", "--json", "--content", content) as process:
        assert process.stdout is not None and process.stderr is not None
        process.stdout.read(10)
        process.stdout.close()
        err = process.stderr.read()
    assert b"Traceback" not in err
    assert b"Exception" not in err
    assert process.returncode in (GOOD, CONTENT)
