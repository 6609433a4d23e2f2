"""The tools for web pages: found, set up once, told of when missing; and that CI cannot go without them."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from halfjaarbericht import bootstrap, ontwikkel, webtools
from tests import webhulp
from tests.editiehulp import ROOT

VERSIONS = {"node": "v20.1.0", "npm": "10.2.0", "java": 'openjdk version "17.0.9"', "chromium": "Chromium 130.0"}


@pytest.fixture(autouse=True)
def forget(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """What was found on this machine does not count here, nor later what is found here."""
    webtools.command.cache_clear()
    webhulp._lacking.cache_clear()
    yield
    monkeypatch.undo()
    webtools.command.cache_clear()
    webhulp._lacking.cache_clear()


@pytest.fixture
def programs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with stand-ins for all programs, and nothing else on the PATH."""
    folder = tmp_path / "bin"
    folder.mkdir()
    for name, version in VERSIONS.items():
        stand_in(folder, name, version)
    monkeypatch.setenv("PATH", str(folder))
    return folder


def stand_in(folder: Path, name: str, version: str, more: str = "") -> None:
    """A program that tells its version; `more` is what npm does when it is asked for something else."""
    script = folder / name
    script.write_text(f"#!/bin/sh\ncase $1 in -*version) echo '{version}' ;; *) {more or ':'} ;; esac\n")
    script.chmod(0o755)


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A project folder with a lock for Node packages."""
    root = tmp_path / "een project"
    (root / webtools.FOLDER).mkdir(parents=True)
    (root / webtools.FOLDER / "package-lock.json").write_text("{}")
    return root


def npm_that_counts(programs: Path, outcome: int = 0) -> Path:
    """An npm that writes down how it was called, and makes the folder that npm makes."""
    calls = programs / "calls"
    mkdir, cat = shutil.which("mkdir", path=os.defpath), shutil.which("cat", path=os.defpath)
    assert mkdir and cat
    work = f'echo "$@" >> "{calls}"; {mkdir} -p "$2/node_modules"; echo "de bron is weg"; exit {outcome}'
    stand_in(programs, "npm", "10.2.0", work)
    return calls


def test_packages_are_installed_once_and_again_for_another_lock(programs: Path, checkout: Path) -> None:
    calls, said = npm_that_counts(programs), list[str]()
    for _ in range(2):
        webtools.set_up(checkout, said.append)
    assert [line.split()[-5] for line in calls.read_text().splitlines()] == ["ci"]
    assert "--ignore-scripts" in calls.read_text()
    assert len(said) == 1 and "eenmalig" in said[0]
    assert webtools.lacking(checkout) == []

    (checkout / webtools.FOLDER / "package-lock.json").write_text('{"other": 1}')
    assert webtools.lacking(checkout) != []
    webtools.set_up(checkout, said.append)
    assert len(calls.read_text().splitlines()) == 2
    assert webtools.lacking(checkout) == []


def test_packages_that_cannot_be_had_are_told(programs: Path, checkout: Path) -> None:
    npm_that_counts(programs, outcome=1)
    said: list[str] = []
    webtools.set_up(checkout, said.append)
    assert "    de bron is weg" in said[1].splitlines()
    assert said[-1].startswith("Voor de webtests: de Node-pakketten ontbreken")
    assert not webtools.packages_ready(checkout)


def test_missing_programs_are_named_with_the_command(
    programs: Path, checkout: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("java", "chromium"):
        (programs / name).unlink()
    stand_in(programs, "apt-get", "apt 2.6")
    monkeypatch.setattr(bootstrap, "may_use_apt", lambda: False)
    told = webtools.lacking(checkout)
    assert told[0] == "Java 17 of nieuwer ontbreekt"
    packages = "default-jre-headless chromium fonts-dejavu-core"
    assert re.fullmatch(rf"Chromium ontbreekt: (sudo )?apt-get install -y {packages}", told[1])
    assert webtools.lacking(checkout, [webtools.NODE]) == told[2:]


@pytest.mark.parametrize("version", ['openjdk version "11.0.2"', "onzin", ""])
def test_a_program_that_is_too_old_or_says_nothing_is_missing(programs: Path, version: str) -> None:
    stand_in(programs, "java", version)
    assert webtools.command(webtools.JAVA) == ""


def test_a_program_that_cannot_run_is_missing(programs: Path) -> None:
    """As the stand-in that Ubuntu puts in the place of Chromium; the next command of the list is tried."""
    (programs / "chromium").write_text("#!/bin/sh\necho 'installeer eerst de snap 1.0'\nexit 1\n")
    assert webtools.command(webtools.BROWSER) == ""
    webtools.command.cache_clear()
    stand_in(programs, "google-chrome", "Google Chrome 140.0.1")
    assert webtools.command(webtools.BROWSER) == str(programs / "google-chrome")


def test_apt_brings_each_missing_program(programs: Path, checkout: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    npm_that_counts(programs)
    for name in ("java", "chromium"):
        (programs / name).unlink()
    asked: list[str] = []

    def install(packages: list[str], say: bootstrap.Say) -> str:
        asked.extend(packages)
        if packages[0] == "chromium":
            stand_in(programs, "chromium", "Chromium 130.0")
        return "" if packages[0] == "chromium" else "    geen verbinding"

    monkeypatch.setattr(bootstrap, "may_use_apt", lambda: True)
    monkeypatch.setattr(bootstrap, "apt_install", install)
    said: list[str] = []
    webtools.set_up(checkout, said.append)
    assert asked == ["default-jre-headless", "chromium", "fonts-dejavu-core"]
    assert "Dat lukte niet:\n    geen verbinding" in said
    assert said[-1] == "Voor de webtests: Java 17 of nieuwer ontbreekt en is hier niet vanzelf te installeren"
    assert webtools.packages_ready(checkout)


def test_outside_a_checkout_nothing_is_set_up(programs: Path, tmp_path: Path) -> None:
    calls = npm_that_counts(programs)
    webtools.set_up(tmp_path, lambda line: pytest.fail(line))
    assert not calls.exists()


# --- tests that need them ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(("forced", "outcome"), [("", pytest.skip.Exception), ("1", pytest.fail.Exception)])
def test_without_a_tool_a_test_is_skipped_but_fails_in_ci(
    programs: Path, monkeypatch: pytest.MonkeyPatch, forced: str, outcome: type[BaseException]
) -> None:
    (programs / "java").unlink()
    monkeypatch.setenv(webhulp.FORCED, forced)
    with pytest.raises(outcome, match="Java 17 of nieuwer ontbreekt"):
        webhulp.need(webtools.JAVA)


def test_ci_goes_without_nothing() -> None:
    assert f"export {webhulp.FORCED}=1" in (ROOT / ".ci" / "run").read_text(encoding="utf-8").splitlines()


def test_tools_are_set_up_before_the_tests(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    order: list[str] = []
    monkeypatch.setattr(webtools, "set_up", lambda root, say: order.append("set up"))

    def run(command: list[str], **options: object) -> subprocess.CompletedProcess[bytes]:
        order.append(command[3])
        return subprocess.CompletedProcess(command, 0)

    monkeypatch.setattr(subprocess, "run", run)
    assert ontwikkel.run_tests(tmp_path, []) == 0
    assert order == ["set up", "ruff", "mypy", "pytest"]


# --- the lock ---------------------------------------------------------------------------------------------------


def test_the_lock_names_no_host_and_hashes_every_package() -> None:
    lock = json.loads((ROOT / webtools.FOLDER / "package-lock.json").read_text(encoding="utf-8"))
    wanted = json.loads((ROOT / webtools.FOLDER / "package.json").read_text(encoding="utf-8"))["devDependencies"]
    packages = {name: package for name, package in lock["packages"].items() if name}
    assert {name: packages[f"node_modules/{name}"]["version"] for name in wanted} == wanted, "pinned exactly"
    for name, package in packages.items():
        assert re.match(r"sha(512|256)-", package["integrity"]), name
        assert "resolved" not in package, name


def test_node_packages_stay_out_of_the_project() -> None:
    assert "/tests/web/node_modules/" in (ROOT / ".gitignore").read_text(encoding="utf-8").splitlines()
