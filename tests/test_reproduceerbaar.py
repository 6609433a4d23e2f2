"""The same content gives the same bytes: PDFs, pages, metadata and the package, on whatever machine it is built."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from halfjaarbericht.cli import GOOD
from tests.editiehulp import CONTENT, EXAMPLE, ROOT

pytestmark = [pytest.mark.pdf, pytest.mark.traag]
REAL = "2022-2"
# What runs in a fresh process: a package of each edition, of the example with the bundle and all data in its PDFs. The
# file mode mask is set there, not in the tests.
PACK = """
import os, sys
from halfjaarbericht.cli import main
os.umask(int(sys.argv[1], 8))
for content, edition in zip(sys.argv[2::2], sys.argv[3::2]):
    more = ["--bundle", "--attach-data"] if edition == "2030-1" else []
    status = main(["package", edition, "--quiet", *more, "--content", content, "--output", content + " uit"])
    assert status == 0, status
"""


@dataclass(frozen=True)
class Machine:
    """A place to build: its folder, its surroundings, and in which order its files came there."""

    folder: str
    mask: str
    surroundings: Mapping[str, str] = field(default_factory=dict)
    backwards: bool = False
    from_root: bool = False
    own_program: bool = False


HERE = Machine("hier", "022", {"PYTHONHASHSEED": "1", "TZ": "UTC", "LANG": "C.UTF-8", "LC_ALL": "C.UTF-8"})
ELSEWHERE = Machine(
    "een map met spaties/en één letter",
    "077",
    {"PYTHONHASHSEED": "424242", "TZ": "Pacific/Auckland", "LANG": "C", "LC_ALL": "C", "SOURCE_DATE_EPOCH": "1"},
    backwards=True,
    from_root=True,
    own_program=True,
)
ABROAD = Machine(
    "x",
    "002",
    {"PYTHONHASHSEED": "random", "TZ": "America/Lima", "LANG": "tr_TR.UTF-8", "LC_ALL": "tr_TR.UTF-8"},
    backwards=True,
)


def copy(source: Path, target: Path, backwards: bool) -> None:
    """Copy files one after the other, in the order of their names or against it."""
    files = sorted((f for f in source.rglob("*") if f.is_file() and "__pycache__" not in f.parts), reverse=backwards)
    for file in files:
        place = target / file.relative_to(source)
        place.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(file, place)


def tree(folder: Path) -> dict[str, bytes]:
    return {f.relative_to(folder).as_posix(): f.read_bytes() for f in sorted(folder.rglob("*")) if f.is_file()}


def build(machine: Machine, tmp_path: Path, editions: Mapping[Path, str]) -> dict[str, bytes]:
    """Everything that a machine makes of the editions, by its path."""
    home = tmp_path / machine.folder
    home.mkdir(parents=True)
    program = ROOT
    if machine.own_program:
        program = home / "programma"
        for part in ("halfjaarbericht", "templates", "styles"):
            copy(ROOT / part, program / part, machine.backwards)
    arguments: list[str] = []
    for content, edition in editions.items():
        copy(content, home / edition / "content", machine.backwards)
        # A path as it is typed in that folder, or a whole one.
        named = home / edition / "content" if machine.from_root else Path(edition) / "content"
        arguments += [str(named), edition]
    surroundings = {**os.environ, **machine.surroundings, "PYTHONPATH": str(program), "PYTHONWARNINGS": ""}
    where = Path("/") if machine.from_root else home
    command = [sys.executable, "-c", PACK, machine.mask, *arguments]
    done = subprocess.run(command, cwd=where, env=surroundings, capture_output=True, text=True, check=False)
    assert done.returncode == GOOD, done.stderr
    return {f"{e}/{name}": data for e in editions.values() for name, data in tree(home / e / "content uit").items()}


def test_the_same_bytes_everywhere(tmp_path: Path) -> None:
    """Another seed of hashes, time zone, language, folder, folder to work in, way to name the content, order of the
    files, file mode mask and place of the program itself: none of them is in what is made."""
    both = {EXAMPLE: "2030-1", CONTENT: REAL}
    first = build(HERE, tmp_path, both)
    second = build(ELSEWHERE, tmp_path, both)
    assert first.keys() == second.keys()
    assert [name for name in first if first[name] != second[name]] == []
    third = build(ABROAD, tmp_path, {CONTENT: REAL})
    assert [name for name in third if first[name] != third[name]] == []
    kinds = {name.rsplit(".", 1)[-1] for name in first}
    assert {"pdf", "html", "json", "xml", "csv", "zip"} <= kinds
    made = b"".join(first.values())
    assert str(tmp_path).encode() not in made
    assert str(ROOT).encode() not in made
