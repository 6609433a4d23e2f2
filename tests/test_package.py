"""The package of an edition: what is in it, that it is current, and what is told before it goes out."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from collections.abc import Callable
from dataclasses import replace
from io import BytesIO
from pathlib import Path, PurePosixPath
from typing import Any
from urllib.parse import unquote
from zipfile import ZIP_STORED, ZipFile

import pypdf
import pytest

from halfjaarbericht import inpakken
from halfjaarbericht.cli import CONTENT, GOOD, USAGE, main
from halfjaarbericht.manifest import sha256
from tests.editiehulp import EXAMPLE, FORMATS, Built
from tests.htmlhulp import elements, parse
from tests.inhoudhulp import EDITION, write_content

pytestmark = pytest.mark.pdf
TOP = f"halfjaarbericht-{EDITION}"
Capture = pytest.CaptureFixture[str]


@pytest.fixture(scope="module")
def first(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project with a definitive edition that has been packed."""
    project = tmp_path_factory.mktemp("ingepakt")
    content = write_content(project)
    change(project, lambda text: text + "status: definitief\n")
    assert main(["package", EDITION, "--quiet", *places(project)]) == GOOD
    assert content.is_dir()
    return project


@pytest.fixture
def project(first: Path, tmp_path: Path) -> Path:
    """A copy of it to work on."""
    return shutil.copytree(first, tmp_path / "project")


@pytest.fixture(scope="module")
def packed_example(example: Built, tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """The files of the package of the example edition, with its bundle."""
    output = shutil.copytree(example.output, tmp_path_factory.mktemp("voorbeeld") / "uit")
    options = ["--quiet", "--bundle", "--content", str(EXAMPLE), "--output", str(output)]
    assert main(["package", "2030-1", *options]) == GOOD
    return contents(output / "halfjaarbericht-2030-1.zip")


def places(project: Path) -> list[str]:
    return ["--content", str(project / "content"), "--output", str(project / "uit")]


def package(project: Path, *options: str) -> int:
    return main(["package", EDITION, *places(project), *options])


def packed(project: Path) -> Path:
    return project / "uit" / f"{TOP}.zip"


def contents(file: Path) -> dict[str, bytes]:
    with ZipFile(file) as zipped:
        return {name: zipped.read(name) for name in zipped.namelist()}


def change(project: Path, how: Callable[[str], str], name: str = "editie.yaml") -> None:
    file = project / "content" / EDITION / name
    file.write_text(how(file.read_text(encoding="utf-8")), encoding="utf-8")


def tree(folder: Path) -> dict[str, bytes]:
    return {f.relative_to(folder).as_posix(): f.read_bytes() for f in sorted(folder.rglob("*")) if f.is_file()}


def listing(files: dict[str, bytes], top: str = TOP) -> dict[str, Any]:
    data: dict[str, Any] = json.loads(files[f"{top}/pakket.json"])
    return data


# --- what is in it ----------------------------------------------------------------------------------------------


def test_it_holds_documents_metadata_data_and_lists(first: Path) -> None:
    stems = ("brief", "bijlage-1-zaken")
    wanted = {f"{TOP}/{name}" for name in ("LEESMIJ.txt", "pakket.json", "SHA256SUMS", "index.html")}
    wanted |= {f"{TOP}/tekst.json"}
    wanted |= {f"{TOP}/{EDITION}/{name}" for name in ("index.html", "cijfers.html", "cijfers.csv")}
    for stem in stems:
        for file in (f"{stem}.pdf", f"{stem}.html"):
            wanted |= {f"{TOP}/{EDITION}/{file}{more}" for more in ("", ".metadata.json", ".diwoo.xml")}
    data = ("cijfers.yaml", "bronnen.yaml", "data/eenheden.csv")
    wanted |= {f"{TOP}/gegevens/{EDITION}/{name}" for name in data}
    files = contents(packed(first))
    assert files.keys() == wanted
    for name in data:
        assert files[f"{TOP}/gegevens/{EDITION}/{name}"] == (first / "content" / EDITION / name).read_bytes()
    for stem in stems:
        own = (first / "uit" / EDITION / f"{stem}.pdf").read_bytes()
        assert files[f"{TOP}/{EDITION}/{stem}.pdf"] == own


def test_it_holds_the_text_to_compare_a_later_version_with(project: Path, capsys: Capture) -> None:
    files = contents(packed(project))
    assert files[f"{TOP}/tekst.json"] == (project / "uit" / EDITION / "tekst.json").read_bytes()
    assert "tekst.json" in files[f"{TOP}/LEESMIJ.txt"].decode()
    against = ["changes", EDITION, "--against", str(packed(project)), *places(project)]
    assert main(against) == GOOD
    assert capsys.readouterr().out == "Geen wijzigingen.\n"
    change(project, lambda text: text.replace("kenmerk:", "kenmerk: nieuw # was"))
    assert main(against) == GOOD
    out = capsys.readouterr().out
    assert out.startswith(f"Wijzigingen ten opzichte van het pakket {TOP}.zip (definitief, ")
    assert "Ons kenmerk" in out


def test_the_list_says_what_each_file_is(packed_example: dict[str, bytes]) -> None:
    data = listing(packed_example, "halfjaarbericht-2030-1")
    assert (data["editie"], data["status"], data["datum"]) == ("2030-1", "concept", "2030-06-20")
    found = {f"halfjaarbericht-2030-1/{each['naam']}": each for each in data["bestanden"]}
    own = {f"halfjaarbericht-2030-1/{name}" for name in ("pakket.json", "SHA256SUMS")}
    assert found.keys() == packed_example.keys() - own
    for name, each in found.items():
        content = packed_example[name]
        assert (each["sha256"], each["bytes"]) == (sha256(content), len(content))
        pages = len(pypdf.PdfReader(BytesIO(content)).pages) if name.endswith(".pdf") else None
        assert each["paginas"] == pages, name
    assert sum(name.endswith(".pdf") for name in found) == 5


def test_the_sums_are_those_that_others_can_check(packed_example: dict[str, bytes], tmp_path: Path) -> None:
    for name, content in packed_example.items():
        file = tmp_path / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content)
    top = tmp_path / "halfjaarbericht-2030-1"
    lines = (top / "SHA256SUMS").read_text(encoding="utf-8").splitlines()
    sums = {name: hash_ for hash_, name in (line.split("  ", 1) for line in lines)}
    files = {f.relative_to(top).as_posix(): f.read_bytes() for f in top.rglob("*") if f.is_file()}
    assert sums == {name: sha256(content) for name, content in files.items() if name != "SHA256SUMS"}
    if shutil.which("sha256sum"):
        done = subprocess.run(["sha256sum", "--check", "--strict", "--quiet", "SHA256SUMS"], cwd=top, check=False)
        assert done.returncode == 0


def test_every_link_in_it_works(packed_example: dict[str, bytes]) -> None:
    """Between pages, to parts of pages, to files: everything that a page leads to is in the package."""
    pages = {name: parse(data.decode()) for name, data in packed_example.items() if name.endswith(".html")}
    ids = {name: {e.get("id") for e in elements(tree) if e.get("id")} for name, tree in pages.items()}
    count = 0
    for name, tree in pages.items():
        for element in elements(tree):
            for address in filter(None, (element.get("href"), element.get("src"))):
                if re.match(r"[a-z]+:", address):
                    continue
                path, _, fragment = address.partition("#")
                target = _resolved(name, unquote(path)) if path else name
                assert target in packed_example, (name, address)
                if fragment and target in ids:
                    assert unquote(fragment) in ids[target], (name, address)
                count += 1
    assert count > 100


def _resolved(page: str, path: str) -> str:
    parts: list[str] = list(PurePosixPath(page).parent.parts)
    for part in path.split("/"):
        if part == "..":
            parts.pop()
        elif part != ".":
            parts.append(part)
    return "/".join(parts)


def test_the_readme_says_what_is_there_and_what_is_not(packed_example: dict[str, bytes]) -> None:
    text = packed_example["halfjaarbericht-2030-1/LEESMIJ.txt"].decode()
    flat = " ".join(text.split())
    assert text.startswith("Eerste halfjaarbericht politie 2030\n===")
    assert "LET OP: DIT IS EEN CONCEPT." in flat
    assert "Kenmerk: 0071234" in flat and "Dossier: 29628 (Politie)" in flat
    for pdf in ("brief.pdf", "bundel.pdf", "bijlage-1-kerncijfers.pdf", "bijlage-2-zaken.pdf", "bijlage-3a-kort.pdf"):
        assert f"{pdf}: " in flat
    assert "Bijlage 5: Visie op de wijk" in flat
    assert "package --verify halfjaarbericht-2030-1.zip" in flat
    assert max(map(len, text.splitlines())) <= 80


def test_the_zip_is_plain(first: Path) -> None:
    with ZipFile(packed(first)) as zipped:
        infos = zipped.infolist()
    assert [info.filename for info in infos] == sorted(info.filename for info in infos)
    assert {info.date_time for info in infos} == {(2030, 6, 20, 0, 0, 0)}
    assert {info.compress_type for info in infos} == {ZIP_STORED}
    assert {(info.external_attr >> 16, info.create_system) for info in infos} == {(0o100644, 3)}


# --- making it --------------------------------------------------------------------------------------------------


def test_what_it_says(project: Path, capsys: Capture) -> None:
    assert package(project) == GOOD
    printed = capsys.readouterr()
    files = listing(contents(packed(project)))["bestanden"]
    pages = sum(each["paginas"] or 0 for each in files)
    assert f"uit/{TOP}.zip: {len(files)} bestanden, {pages} bladzijden.\n" in printed.out
    assert f"SHA-256: {sha256(packed(project).read_bytes())}\n" in printed.out
    assert printed.err == ""


def test_it_builds_first_and_gives_the_same_bytes_again(project: Path) -> None:
    before = packed(project).read_bytes()
    shutil.rmtree(project / "uit")
    assert package(project, "--quiet") == GOOD
    assert packed(project).read_bytes() == before


def test_what_changed_is_in_it(project: Path) -> None:
    change(project, lambda text: text + "  En nog een zin.\n", "brief.yaml")
    assert package(project, "--quiet") == GOOD
    files = contents(packed(project))
    assert "En nog een zin." in files[f"{TOP}/{EDITION}/brief.html"].decode()
    words = "".join(page.extract_text() for page in pypdf.PdfReader(BytesIO(files[f"{TOP}/{EDITION}/brief.pdf"])).pages)
    assert "En nog een zin." in words


def test_a_damaged_output_is_mended_first(project: Path) -> None:
    before = packed(project).read_bytes()
    brief = project / "uit" / EDITION / "brief.pdf"
    brief.write_bytes(brief.read_bytes() + b" ")
    (project / "uit" / EDITION / "brief.html").unlink()
    assert package(project, "--quiet") == GOOD
    assert packed(project).read_bytes() == before


def test_it_can_stand_elsewhere(project: Path, tmp_path: Path, capsys: Capture) -> None:
    target = tmp_path / "naar publicatie" / "pakket.zip"
    assert package(project, "--to", str(target)) == GOOD
    assert f"{target.as_posix()}: " in capsys.readouterr().out
    assert target.read_bytes() == packed(project).read_bytes(), "its name makes no difference"
    assert main(["package", "--verify", str(target)]) == GOOD


def test_a_folder_in_its_place_is_told(project: Path, capsys: Capture) -> None:
    before = tree(project / "uit")
    assert package(project, "--to", str(project / "uit" / EDITION)) == CONTENT
    assert "E623" in capsys.readouterr().err
    assert tree(project / "uit") == before


def test_with_mistakes_there_is_no_package(project: Path, capsys: Capture) -> None:
    before = packed(project).read_bytes()
    change(project, lambda text: text.replace("ondertekenaar: jansen", "ondertekenaar: niemand"))
    assert package(project) == CONTENT
    assert "E314" in capsys.readouterr().err
    assert packed(project).read_bytes() == before
    packed(project).unlink()
    assert package(project) == CONTENT
    assert not packed(project).exists()


# --- what a person should know ----------------------------------------------------------------------------------


NOT_READY = (
    ("W631", "editie.yaml:14:9", "het pakket bevat een concept"),
    ("W632", "editie.yaml:12:5", "bijlage 2 volgt separaat en zit niet in het pakket"),
    ("W633", "editie.yaml:4:10", "het kenmerk is nog niet bekend ('volgt')"),
    ("W635", "editie.yaml:13:59", "bijlage 3 is niet te lezen"),
    ("W636", f"content/{EDITION}/brief", "in de brief staat op 1 plaats ‘nog te schrijven’"),
)


def test_what_is_not_ready_is_told(project: Path, capsys: Capture) -> None:
    """A draft, what is not there, not known, not written or not to be read: told, and with --strict no package."""
    (project / "content" / EDITION / "rapport.pdf").write_bytes(b"%PDF-1.7 half")
    entries = "  - {soort: extern, id: visie, titel: Visie op de wijk}\n"
    entries += "  - {soort: extern, id: rapport, titel: Rapport, bestand: rapport.pdf}\nstatus: concept\n"
    change(project, lambda text: text.replace("status: definitief\n", entries))
    change(project, lambda text: text.replace("kenmerk: 1234567", "kenmerk: volgt"))
    change(project, lambda text: text + "  Nog te schrijven: de inleiding.\n", "brief.yaml")
    before = packed(project).read_bytes()
    assert package(project, "--strict") == CONTENT
    assert packed(project).read_bytes() == before
    strictly = capsys.readouterr().err
    assert package(project) == GOOD
    for said in (strictly, capsys.readouterr().err):
        found = [line for line in said.splitlines() if "(waarschuwing)" in line]
        assert len(found) == len(NOT_READY)
        for (code, place, words), line in zip(NOT_READY, sorted(found, key=lambda x: x.split("  ")[1]), strict=True):
            assert f"{place}  {code} (waarschuwing)  {words}" in line
    text = contents(packed(project))[f"{TOP}/LEESMIJ.txt"].decode()
    assert "(aantal bladzijden onbekend)" in text
    assert "Kenmerk:  nog niet bekend" in text
    assert main(["package", "--verify", str(packed(project))]) == GOOD


def test_a_status_that_is_not_written_is_told_as_well(tmp_path: Path, capsys: Capture) -> None:
    """A draft is what an edition is as long as it says nothing."""
    write_content(tmp_path)
    assert package(tmp_path, "--strict") == CONTENT
    assert f"content/{EDITION}/editie.yaml:1:1  W631 (waarschuwing)" in capsys.readouterr().err
    assert not packed(tmp_path).exists()


# --- only what is current ---------------------------------------------------------------------------------------


def after_the_build(monkeypatch: pytest.MonkeyPatch, what: Callable[[], object]) -> None:
    """Let something happen between the build and the packing."""
    real = inpakken.build

    def build(*arguments: Any) -> Any:
        outcome = real(*arguments)
        what()
        return outcome

    monkeypatch.setattr(inpakken, "build", build)


@pytest.mark.parametrize("what", ["text", "number", "data", "output", "page"])
def test_a_change_during_the_packing_is_noticed(
    project: Path, monkeypatch: pytest.MonkeyPatch, capsys: Capture, what: str
) -> None:
    packed(project).unlink()
    folder, output = project / "content" / EDITION, project / "uit" / EDITION
    files = {
        "text": (folder / "brief.yaml", b"  Net bijgeschreven.\n"),
        "number": (folder / "cijfers.yaml", b"# anders\n"),
        "data": (folder / "data" / "eenheden.csv", b"\n"),
        "output": (output / "brief.pdf", b" "),
        "page": (output / "brief.html", b" "),
    }
    file, more = files[what]
    after_the_build(monkeypatch, lambda: file.write_bytes(file.read_bytes() + more))
    assert package(project) == CONTENT
    assert "E630" in capsys.readouterr().err
    assert not packed(project).exists()


def test_a_pdf_with_warnings_is_current_too(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Such a PDF is made again by every build, so that its warnings are told; what stands there is good."""
    manifest = project / "uit" / EDITION / "manifest.json"

    def mark() -> None:
        data = json.loads(manifest.read_text(encoding="utf-8"))
        data["documenten"]["brief"]["sleutel"] += ":opnieuw"
        manifest.write_text(json.dumps(data), encoding="utf-8")

    before = packed(project).read_bytes()
    after_the_build(monkeypatch, mark)
    assert package(project, "--quiet") == GOOD
    assert packed(project).read_bytes() == before


# --- the command line -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ([], "welke editie?"),
        (["2030-9"], "de editie '2030-9' bestaat niet"),
        ([EDITION, "--verify", "x.zip"], "laat de editie en --to weg"),
        (["--verify", "x.zip", "--to", "y.zip"], "laat de editie en --to weg"),
        (["--verify", "x.zip"], "het bestand x.zip bestaat niet"),
    ],
)
def test_the_command_line(first: Path, capsys: Capture, options: list[str], words: str) -> None:
    extra = [] if "--verify" in options else places(first)
    assert main(["package", *options, *extra]) == USAGE
    assert words in capsys.readouterr().err


def test_the_formats_are_those_of_a_whole_build() -> None:
    assert inpakken.FORMATS == FORMATS


def test_the_plan_must_be_of_the_same_documents(first: Path) -> None:
    """A document that the output has and the plan has not, or the other way round, is not current."""
    from halfjaarbericht.manifest import Manifest
    from halfjaarbericht.output import is_as_planned, plan_edition
    from halfjaarbericht.pipeline import read
    from halfjaarbericht.project import make_project
    from halfjaarbericht.render import Renderer

    project = make_project(first, first / "content", first / "uit")
    edition = read(project, [EDITION]).editions[0]
    renderer = Renderer(project.templates, project.styles)
    plan = plan_edition(project, edition.loaded, edition.report, renderer, FORMATS, False)
    manifest = Manifest.load(plan.folder)
    assert is_as_planned(plan, manifest)
    assert not is_as_planned(replace(plan, documents=plan.documents[:-1]), manifest)
    assert not is_as_planned(plan, manifest.with_entry("bundel", manifest.documents["brief"]))
