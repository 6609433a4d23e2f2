"""Output is written whole or not at all, and the manifest tells what is current."""

from __future__ import annotations

import errno
import json
import os
from pathlib import Path

import pytest

from halfjaarbericht import publish
from halfjaarbericht.problems import ContentError, PublishError
from halfjaarbericht.publish import (
    MANIFEST,
    Entry,
    Manifest,
    complete,
    document_key,
    fingerprint_styles,
    sha256,
    stage_files,
    stage_folder,
)

OLD = {"brief.pdf": b"oud pdf", "brief.html": b"oud html"}
NEW = {"brief.pdf": b"nieuw pdf", "brief.html": b"nieuw html"}


def write_document(folder: Path, stem: str, files: dict[str, bytes], entry: Entry, keep: tuple[str, ...] = ()) -> None:
    """Publish one document beside those that are there."""
    before = Manifest.load(folder)
    manifest = before.with_entry(stem, complete(entry, files, before, stem, keep))
    publish.publish([stage_folder(folder, manifest, files)])


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir())}


def test_written_document_is_current(tmp_path: Path) -> None:
    folder = tmp_path / "uit" / "2022-2"
    write_document(folder, "brief", NEW, Entry("k1", 8, {"content/brief.yaml": "ab"}))
    manifest = Manifest.load(folder)
    assert manifest.is_current("brief", "k1", folder, NEW)
    assert not manifest.is_current("brief", "k2", folder, NEW)
    assert not manifest.is_current("bijlage", "k1", folder, NEW)
    assert not manifest.is_current("brief", "k1", folder, [*NEW, "brief.docx"])
    assert manifest.documents["brief"].pages == 8
    assert contents(folder).keys() == {*NEW, MANIFEST}


@pytest.mark.parametrize("harm", ["changed", "same size", "gone"])
def test_harmed_output_is_not_current(tmp_path: Path, harm: str) -> None:
    write_document(tmp_path, "brief", NEW, Entry("k1"))
    path = tmp_path / "brief.pdf"
    if harm == "gone":
        path.unlink()
    else:
        path.write_bytes(b"x" if harm == "changed" else b"N" + NEW["brief.pdf"][1:])
    assert not Manifest.load(tmp_path).is_current("brief", "k1", tmp_path, NEW)
    assert Manifest.load(tmp_path).is_current("brief", "k1", tmp_path, ["brief.html"])


def test_manifest_is_the_same_everywhere(tmp_path: Path) -> None:
    entry = Entry("k1", 2, {"b": "2", "a": "1"})
    write_document(tmp_path / "a", "brief", NEW, entry)
    write_document(tmp_path / "a", "bijlage-1", {"bijlage-1.pdf": b"x"}, entry)
    write_document(tmp_path / "b", "bijlage-1", {"bijlage-1.pdf": b"x"}, entry)
    write_document(tmp_path / "b", "brief", dict(reversed(NEW.items())), Entry("k1", 2, {"a": "1", "b": "2"}))
    data = (tmp_path / "a" / MANIFEST).read_bytes()
    assert data == (tmp_path / "b" / MANIFEST).read_bytes()
    assert str(tmp_path).encode() not in data
    recorded = json.loads(data)["documenten"]["brief"]["uitvoer"]["brief.pdf"]
    assert recorded == {"sha256": sha256(b"nieuw pdf"), "bytes": 9}


@pytest.mark.parametrize(
    "text", ["", "{", "[]", '{"formaat": 99}', '{"formaat": 1}', '{"formaat": 1, "documenten": {"brief": 3}}']
)
def test_unreadable_manifest_means_build_again(tmp_path: Path, text: str) -> None:
    (tmp_path / MANIFEST).write_text(text)
    assert Manifest.load(tmp_path) == Manifest()


@pytest.mark.parametrize("name", ["../x.pdf", "/etc/x.pdf", "a/../../x", "a\\b", ""])
def test_manifest_cannot_name_files_elsewhere(tmp_path: Path, name: str) -> None:
    output = {"sha256": sha256(b""), "bytes": 0}
    entry = {"sleutel": "k", "paginas": 1, "invoer": {}, "uitvoer": {name: output}}
    (tmp_path / MANIFEST).write_text(json.dumps({"formaat": 1, "documenten": {"brief": entry}}))
    assert Manifest.load(tmp_path) == Manifest()
    with pytest.raises(ValueError, match="geen bestandsnaam"):
        write_document(tmp_path, "brief", {name: b""}, Entry("k"))


def failing_replace(after: int):
    """A Path.replace that fails with a full disk after `after` times."""
    real, count = Path.replace, [0]

    def replace(self: Path, target: Path) -> Path:
        count[0] += 1
        if count[0] > after:
            raise OSError(errno.ENOSPC, "No space left on device", str(target))
        return real(self, target)

    return replace


@pytest.mark.parametrize("after", [0, 1, 2])
def test_crash_between_renames(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, after: int) -> None:
    write_document(tmp_path, "brief", OLD, Entry("k1"))
    with monkeypatch.context() as patch, pytest.raises(ContentError) as caught:
        patch.setattr(Path, "replace", failing_replace(after))
        write_document(tmp_path, "brief", NEW, Entry("k2"))
    assert [problem.code for problem in caught.value.problems] == ["E622"]
    found = contents(tmp_path)
    assert found.keys() == {*OLD, MANIFEST}, "no temporary file stays behind"
    assert all(found[name] in (OLD[name], NEW[name]) for name in OLD), "each file is whole"
    manifest = Manifest.load(tmp_path)
    assert not manifest.is_current("brief", "k2", tmp_path, NEW)
    assert manifest.is_current("brief", "k1", tmp_path, OLD) == (after == 0)


@pytest.mark.parametrize(
    ("number", "code"), [(errno.ENOSPC, "E622"), (errno.EACCES, "E621"), (errno.EROFS, "E621"), (errno.EIO, "E624")]
)
def test_nothing_changes_when_writing_fails(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int, code: str
) -> None:
    write_document(tmp_path, "brief", OLD, Entry("k1"))
    before = contents(tmp_path)

    def fail(handle: int) -> None:
        raise OSError(number, os.strerror(number))

    with monkeypatch.context() as patch, pytest.raises(ContentError) as caught:
        patch.setattr(publish.os, "fsync", fail)
        write_document(tmp_path, "brief", NEW, Entry("k2"))
    (problem,) = caught.value.problems
    assert problem.code == code and str(tmp_path) not in problem.path + problem.message
    assert contents(tmp_path) == before


def test_folder_where_a_file_must_come_and_the_other_way_round(tmp_path: Path) -> None:
    (tmp_path / "uit").write_text("een bestand")
    with pytest.raises(ContentError) as caught:
        write_document(tmp_path / "uit", "brief", NEW, Entry("k"))
    assert caught.value.problems[0].code == "E623"
    (tmp_path / "map" / "brief.pdf").mkdir(parents=True)
    with pytest.raises(ContentError) as caught:
        write_document(tmp_path / "map", "brief", NEW, Entry("k"))
    assert (caught.value.problems[0].path, caught.value.problems[0].code) == ("map/brief.pdf", "E623")
    assert contents_of_tree(tmp_path / "map") == []


def contents_of_tree(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


def test_unchanged_files_are_not_touched(tmp_path: Path) -> None:
    write_document(tmp_path, "brief", NEW, Entry("k1"))
    for path in tmp_path.iterdir():
        os.utime(path, (1, 1))
    write_document(tmp_path, "brief", NEW, Entry("k1"))
    assert {path.stat().st_mtime for path in tmp_path.iterdir()} == {1}
    write_document(tmp_path, "brief", {**NEW, "brief.html": b"anders"}, Entry("k1"))
    assert (tmp_path / "brief.pdf").stat().st_mtime == 1


def test_kept_pdf_stays_recorded_and_dropped_file_goes(tmp_path: Path) -> None:
    write_document(tmp_path, "brief", OLD, Entry("k1", 3))
    write_document(tmp_path, "brief", {"brief.html": b"nieuw"}, Entry("k1", 3), ("brief.pdf",))
    manifest = Manifest.load(tmp_path)
    assert manifest.is_current("brief", "k1", tmp_path, ["brief.pdf", "brief.html"])
    write_document(tmp_path, "brief", {"brief.html": b"nieuw"}, Entry("k2"))
    assert contents(tmp_path).keys() == {"brief.html", MANIFEST}


def test_leftovers_are_only_what_we_wrote(tmp_path: Path) -> None:
    write_document(tmp_path, "brief", NEW, Entry("k"))
    write_document(tmp_path, "bijlage-1-oud", {"bijlage-1-oud.pdf": b"x", "bijlage-1-oud.html": b"y"}, Entry("k"))
    (tmp_path / "aantekening.txt").write_text("van een collega")
    (tmp_path / "bijlage-1-oud.html").write_text("door iemand veranderd")
    kept = Manifest({"brief": Manifest.load(tmp_path).documents["brief"]})
    stage_folder(tmp_path, kept, NEW).put()
    assert contents(tmp_path).keys() == {*NEW, MANIFEST, "aantekening.txt", "bijlage-1-oud.html"}
    assert Manifest.load(tmp_path).documents.keys() == {"brief"}


def test_write_files_outside_documents(tmp_path: Path) -> None:
    stage_files(tmp_path / "uit", {"index.html": b"<p>"}).put()
    assert contents(tmp_path / "uit") == {"index.html": b"<p>"}


def test_files_are_as_readable_as_others(tmp_path: Path) -> None:
    stage_files(tmp_path, {"index.html": b""}).put()
    plain = tmp_path / "gewoon"
    plain.write_bytes(b"")
    assert (tmp_path / "index.html").stat().st_mode == plain.stat().st_mode


def test_style_fingerprint_sees_names_content_and_order(tmp_path: Path) -> None:
    for name in ("a", "b"):
        (tmp_path / name / "fonts").mkdir(parents=True)
        (tmp_path / name / "fonts" / "x.ttf").write_bytes(name.encode())
    a, b = tmp_path / "a", tmp_path / "b"
    prints = {fingerprint_styles([a]), fingerprint_styles([b]), fingerprint_styles([a, b]), fingerprint_styles([b, a])}
    assert len(prints) == 4
    before = fingerprint_styles([a])
    (a / "fonts" / "x.ttf").rename(a / "fonts" / "y.ttf")
    assert fingerprint_styles([a]) != before


def test_key_depends_on_each_part() -> None:
    parts = {"html": "<p>", "styles": "s", "images": {"a.svg": b"1"}, "engine": "e"}
    changed = {"html": "<b>", "styles": "t", "images": {"a.svg": b"2"}, "engine": "f"}
    keys = {document_key(**parts)} | {document_key(**{**parts, name: value}) for name, value in changed.items()}
    assert len(keys) == 5
    assert document_key(**parts) == document_key(**parts)


# --- several folders together -------------------------------------------------------------------------------------


def test_nothing_is_put_in_place_when_one_folder_cannot_be_made_ready(tmp_path: Path) -> None:
    write_document(tmp_path / "a", "brief", OLD, Entry("k1"))
    (tmp_path / "b" / "brief.pdf").mkdir(parents=True)
    before = contents(tmp_path / "a")
    new = Manifest({"brief": complete(Entry("k2"), NEW, Manifest(), "brief")})
    with pytest.raises(ContentError) as caught:
        publish.publish(stage_folder(tmp_path / name, new, NEW) for name in "ab")
    assert not isinstance(caught.value, PublishError)
    assert contents(tmp_path / "a") == before
    assert contents_of_tree(tmp_path / "b") == []


def test_stopping_halfway_is_told_apart(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Path, "replace", failing_replace(1))
    with pytest.raises(PublishError):
        write_document(tmp_path, "brief", NEW, Entry("k"))
    assert contents(tmp_path).keys() == {"brief.pdf"}


def test_a_removed_folder_keeps_what_is_not_ours(tmp_path: Path) -> None:
    for name in "ab":
        write_document(tmp_path / name, "brief", NEW, Entry("k"))
        stage_files(tmp_path / name, {"index.html": b"<p>"}).put()
    (tmp_path / "b" / "aantekening.txt").write_text("van een collega")
    (tmp_path / "b" / "brief.html").write_text("door iemand veranderd")
    publish.publish([publish.stage_removal(tmp_path / name, ["index.html", "editie.json"]) for name in "ab"])
    assert not (tmp_path / "a").exists()
    assert contents(tmp_path / "b").keys() == {"aantekening.txt", "brief.html"}


def test_a_refusal_names_the_folder_and_not_a_temporary_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, prefix: str, **__: object) -> None:
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(tmp_path / "uit" / f"{prefix}x"))

    monkeypatch.setattr(publish.tempfile, "mkstemp", refuse)
    (tmp_path / "uit").mkdir()
    with pytest.raises(ContentError) as caught:
        publish.probe(tmp_path / "uit")
    assert [(p.path, p.code) for p in caught.value.problems] == [("uit", "E621")]
