"""What a build writes: only what is needed, whole or not at all, the same everywhere."""

from __future__ import annotations

import errno
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pypdf
import pytest

from halfjaarbericht.cli import CONTENT, GOOD, main
from halfjaarbericht.manifest import MANIFEST, Manifest
from tests.editiehulp import EXAMPLE, ROOT, Built
from tests.inhoudhulp import EDITION, write_content

pytestmark = pytest.mark.pdf
ANNEX = "bijlage-1-zaken"
DOCUMENTS = {"brief.pdf", "brief.html", f"{ANNEX}.pdf", f"{ANNEX}.html"}


@pytest.fixture(scope="module")
def first(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project of two documents that has been built."""
    project = tmp_path_factory.mktemp("gebouwd")
    write_content(project)
    assert main(["build", "--quiet", "--content", str(project / "content"), "--output", str(project / "uit")]) == GOOD
    return project


@pytest.fixture
def project(first: Path, tmp_path: Path) -> Path:
    """A copy of it to work on."""
    return shutil.copytree(first, tmp_path / "project")


def build(project: Path, *options: str) -> int:
    return main(["build", "--content", str(project / "content"), "--output", str(project / "uit"), *options])


def rendered(capsys: pytest.CaptureFixture[str]) -> int:
    """How many PDFs the last build says it made."""
    said = capsys.readouterr().out
    found = re.search(r"\((\d+) PDF opnieuw gemaakt\)", said)
    assert found or "alle PDF's waren nog actueel" in said
    return int(found[1]) if found else 0


def tree(folder: Path) -> dict[str, bytes]:
    return {f.relative_to(folder).as_posix(): f.read_bytes() for f in sorted(folder.rglob("*")) if f.is_file()}


def documents(project: Path) -> set[str]:
    """The documents that stand there; the records beside each of them are those of these documents."""
    names = {file.name for file in (project / "uit" / EDITION).iterdir()}
    found = {name for name in names if name.startswith(("brief", "bijlage", "bundel"))}
    records = {name for name in found if name.endswith((".metadata.json", ".diwoo.xml"))}
    ours = {name for name in found - records if "van-een-collega" not in name}
    assert records == {name + suffix for name in ours for suffix in (".metadata.json", ".diwoo.xml")}
    return found - records


# --- only what is needed ----------------------------------------------------------------------------------------


def test_a_build_with_nothing_changed_does_not_load_the_engine(project: Path) -> None:
    before = tree(project / "uit")
    code = (
        "import sys; from halfjaarbericht.cli import main; status = main(sys.argv[1:]);"
        "print('motor geladen' if 'weasyprint' in sys.modules else 'motor niet geladen'); sys.exit(status)"
    )
    run = python("-c", code, "build", "--content", project / "content", "--output", project / "uit", cwd=project)
    assert run.returncode == GOOD, run.stderr
    assert "alle PDF's waren nog actueel" in run.stdout
    assert run.stdout.endswith("motor niet geladen\n")
    assert tree(project / "uit") == before


def python(*args: str | Path, cwd: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """A fresh process with our package."""
    surroundings = os.environ | {"PYTHONPATH": str(ROOT), "PYTHONWARNINGS": "", **environment}
    command = [sys.executable, *map(str, args)]
    return subprocess.run(command, cwd=cwd, env=surroundings, capture_output=True, text=True, check=False)


def test_a_changed_style_makes_all_pdfs_again(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (project / "styles").mkdir()
    text = (ROOT / "styles" / "druk.css").read_text(encoding="utf-8")
    (project / "styles" / "druk.css").write_text(text + "\np { color: #111 }\n", encoding="utf-8")
    before = tree(project / "uit")
    assert build(project) == GOOD
    assert rendered(capsys) == 2
    after = tree(project / "uit")
    changed = {Path(name).name for name in after if after[name] != before[name]}
    assert {f"{ANNEX}.pdf", "brief.pdf", MANIFEST} <= changed
    assert not {"brief.html", f"{ANNEX}.html"} & changed


def test_a_changed_template_makes_its_documents_again(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (project / "templates").mkdir()
    own = '{% extends "standaard/brief.html" %}{% block aanhef %}<p>Eigen aanhef</p>{% endblock %}'
    (project / "templates" / "brief.html").write_text(own, encoding="utf-8")
    assert build(project) == GOOD
    assert rendered(capsys) == 1
    assert "<p>Eigen aanhef</p>" in (project / "uit" / EDITION / "brief.html").read_text(encoding="utf-8")


def test_a_damaged_or_missing_pdf_is_made_again(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = project / "uit" / EDITION
    good = (folder / "brief.pdf").read_bytes()
    (folder / "brief.pdf").write_bytes(good[:-20])
    assert build(project) == GOOD
    assert rendered(capsys) == 1
    assert (folder / "brief.pdf").read_bytes() == good


def test_a_removed_document_takes_its_files_along(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = project / "uit" / EDITION
    (folder / "bijlage-1-van-een-collega.pdf").write_bytes(b"van een ander")
    text = (project / "content" / EDITION / "editie.yaml").read_text(encoding="utf-8")
    shorter = text.replace("  - {soort: bijlage, bestand: bijlagen/zaken}\n", "")
    (project / "content" / EDITION / "editie.yaml").write_text(shorter, encoding="utf-8")
    shutil.rmtree(project / "content" / EDITION / "bijlagen")
    assert build(project) == GOOD
    assert documents(project) == {"brief.pdf", "brief.html", "bijlage-1-van-een-collega.pdf"}
    assert ANNEX not in Manifest.load(folder).documents
    assert ANNEX not in (folder / "index.html").read_text(encoding="utf-8")


# --- formats ----------------------------------------------------------------------------------------------------


def test_only_html_keeps_the_pdfs_that_are_current(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A PDF that still is as it should be stays; no older one stays behind beside newer HTML."""
    assert build(project, "--format", "html") == GOOD
    assert "(geen PDF's gemaakt)" in capsys.readouterr().out
    assert documents(project) == DOCUMENTS
    add_a_sentence(project)
    assert build(project, "--format", "html") == GOOD
    assert documents(project) == DOCUMENTS - {"brief.pdf"}
    assert build(project) == GOOD
    assert rendered(capsys) == 1


def test_only_pdf_leaves_only_pdf(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert build(project, "--format", "pdf") == GOOD
    assert rendered(capsys) == 0
    assert documents(project) == {name for name in DOCUMENTS if name.endswith(".pdf")}


# --- the bundle -------------------------------------------------------------------------------------------------


def test_the_bundle_holds_all_documents_in_order(example: Built) -> None:
    folder = example.output / "2030-1"
    bundle = pypdf.PdfReader(folder / "bundel.pdf")
    stems = ["brief", "bijlage-2-zaken", "bijlage-3a-kort"]
    counts = [len(pypdf.PdfReader(folder / f"{stem}.pdf").pages) for stem in stems]
    wanted = [f"Pagina {page} van {count}" for count in counts for page in range(1, count + 1)]
    assert [re.findall(r"Pagina \d+ van \d+", page.extract_text())[-1] for page in bundle.pages] == wanted
    chapters = [item for item in bundle.outline if not isinstance(item, list)]
    starts = [sum(counts[:index]) for index in range(len(counts))]
    assert [bundle.get_destination_page_number(item) for item in chapters] == starts
    assert Manifest.load(folder).documents["bundel"].pages == sum(counts)


def test_without_the_option_the_bundle_goes(example: Built, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    output = shutil.copytree(example.output, tmp_path / "uit")
    assert main(["build", "--content", str(EXAMPLE), "--output", str(output)]) == GOOD
    assert rendered(capsys) == 0
    assert not (output / "2030-1" / "bundel.pdf").exists()
    assert "bundel.pdf" not in (output / "2030-1" / "index.html").read_text(encoding="utf-8")


# --- files of others ---------------------------------------------------------------------------------------------


def test_an_annex_by_others_is_copied_as_it_is(example: Built) -> None:
    copied = example.output / "2030-1" / "bijlage-1-kerncijfers.pdf"
    assert copied.read_bytes() == (EXAMPLE / "2030-1" / "extern" / "kern cijfers.pdf").read_bytes()


# --- whole or not at all ----------------------------------------------------------------------------------------


def test_a_crash_halfway_a_document(
    project: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """When its page has been put in place but its PDF has not: both are whole, and the next build mends the rest."""
    folder = project / "uit" / EDITION
    old = tree(folder)
    add_a_sentence(project)
    assert crash(project, monkeypatch, after=1) == CONTENT
    error = capsys.readouterr().err
    assert "E624" in error and "Traceback" not in error
    found = tree(folder)
    assert build(project) == GOOD
    assert rendered(capsys) == 1
    new = tree(folder)
    assert found.keys() == old.keys()
    assert {name for name in old if found[name] != old[name]} == {"brief.html"}
    assert found["brief.html"] == new["brief.html"]
    assert new["brief.pdf"] != old["brief.pdf"]


@pytest.mark.parametrize("after", range(7))
def test_a_crash_between_any_two_renames(
    after: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Each file is the old or the new one, and after the next build all is as if nothing had happened."""
    write_content(tmp_path)
    assert build(tmp_path, "--format", "html") == GOOD
    old = tree(tmp_path / "uit")
    add_a_sentence(tmp_path)
    crash(tmp_path, monkeypatch, after, "--format", "html")
    found = tree(tmp_path / "uit")
    assert build(tmp_path, "--format", "html") == GOOD
    new = tree(tmp_path / "uit")
    shutil.rmtree(tmp_path / "uit")
    assert build(tmp_path, "--format", "html") == GOOD
    assert new == tree(tmp_path / "uit")
    assert found.keys() == old.keys() == new.keys()
    assert all(found[name] in (old[name], new[name]) for name in old)


def add_a_sentence(project: Path) -> None:
    file = project / "content" / EDITION / "brief.yaml"
    file.write_text(file.read_text(encoding="utf-8") + "  En nog een zin.\n", encoding="utf-8")


def crash(project: Path, monkeypatch: pytest.MonkeyPatch, after: int, *options: str) -> int:
    """A build in which every rename fails but the first `after`."""
    real, count = Path.replace, [0]

    def replace(self: Path, target: Path) -> Path:
        count[0] += 1
        if count[0] > after:
            raise OSError(errno.EIO, os.strerror(errno.EIO), str(target))
        return real(self, target)

    with monkeypatch.context() as patch:
        patch.setattr(Path, "replace", replace)
        return build(project, "--quiet", *options)


def test_a_folder_where_nothing_may_be_written(
    project: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """As on a read-only disk; for the administrator no permission is ever refused, so the refusal is played."""
    (project / "content" / EDITION / "brief.yaml").write_text("tekst: Anders.\n", encoding="utf-8")
    before = tree(project / "uit")

    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(project / "uit" / EDITION))

    with monkeypatch.context() as patch:
        patch.setattr("halfjaarbericht.publish.tempfile.mkstemp", refuse)
        status = build(project, "--quiet")
    assert status == CONTENT
    said = capsys.readouterr().err
    assert "E621" in said and "u mag hier niet schrijven" in said and "--output" in said
    assert "Permission" not in said and str(project) not in said
    assert tree(project / "uit") == before


def test_a_file_in_the_place_of_the_output(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    content = write_content(tmp_path)
    (tmp_path / "uit").write_text("van een ander", encoding="utf-8")
    options = ["--format", "html", "--quiet", "--content", str(content), "--output", str(tmp_path / "uit")]
    assert main(["build", *options]) == CONTENT
    assert "E623" in capsys.readouterr().err
    assert (tmp_path / "uit").read_text(encoding="utf-8") == "van een ander"
