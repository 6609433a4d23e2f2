"""Checking a package: every way in which one can be broken is told, and none of them stops the check itself."""

from __future__ import annotations

import json
import stat
import struct
from collections.abc import Callable
from datetime import date
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZIP_LZMA, ZIP_STORED, ZipFile, ZipInfo

import pypdf
import pytest

from halfjaarbericht.cli import CONTENT, GOOD, main
from halfjaarbericht.manifest import Output, sha256
from halfjaarbericht.pakket import uitpakken
from halfjaarbericht.pakket.archief import archive
from halfjaarbericht.pakket.inhoud import seal
from halfjaarbericht.pakket.keuring import inspect
from halfjaarbericht.pakket.paklijst import Item, PackingList, packing_list, read_list, to_bytes

DAY = date(2030, 6, 20)
TOP = "halfjaarbericht-2030-1"
Files = dict[str, bytes]


def pdf(pages: int) -> bytes:
    """A PDF of so many empty pages."""
    writer = pypdf.PdfWriter()
    for _ in range(pages):
        writer.add_blank_page(100, 100)
    room = BytesIO()
    writer.write(room)
    return room.getvalue()


def small() -> tuple[Files, PackingList]:
    """The files of a small package, and its list."""
    brief = pdf(2)
    record = json.dumps({"bestand": {"naam": "brief.pdf", "sha256": sha256(brief), "paginas": 2}}).encode()
    files = {
        "LEESMIJ.txt": "Eén halfjaarbericht\n".encode(),
        "2030-1/brief.pdf": brief,
        "2030-1/brief.pdf.metadata.json": record,
        "gegevens/2030-1/cijfers.yaml": b"cijfers: {}\n",
    }
    pages = {"2030-1/brief.pdf": 2}
    return files, packing_list("2030-1", "Eerste halfjaarbericht politie 2030", DAY, "definitief", files, pages)


def good() -> bytes:
    return seal(*small())


def parts(data: bytes) -> Files:
    with ZipFile(BytesIO(data)) as zipped:
        return {name: zipped.read(name) for name in zipped.namelist()}


def again(files: Files) -> bytes:
    return archive(files, DAY)


def codes(data: bytes) -> list[str]:
    return sorted({problem.code for problem in inspect(data, "pakket.zip").problems})


def paths(data: bytes, code: str) -> list[str]:
    return [problem.path for problem in inspect(data, "pakket.zip").problems if problem.code == code]


# --- whole ------------------------------------------------------------------------------------------------------


def test_a_good_package_is_whole(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / f"{TOP}.zip"
    file.write_bytes(good())
    assert main(["package", "--verify", str(file)]) == GOOD
    printed = capsys.readouterr()
    assert printed.err == ""
    assert printed.out.splitlines() == [
        "Het pakket is heel: Eerste halfjaarbericht politie 2030, definitief.",
        "4 bestanden, 2 bladzijden.",
        f"SHA-256: {sha256(good())}",
    ]
    assert main(["package", "--verify", str(file), "--quiet"]) == GOOD
    assert capsys.readouterr() == ("", "")


def test_the_list_can_be_read_back() -> None:
    listing = small()[1]
    assert read_list(to_bytes(listing)) == listing


# --- broken -----------------------------------------------------------------------------------------------------


def changed(name: str, how: Callable[[bytes], bytes]) -> bytes:
    files = parts(good())
    files[f"{TOP}/{name}"] = how(files[f"{TOP}/{name}"])
    return again(files)


def without(name: str) -> bytes:
    return again({key: data for key, data in parts(good()).items() if key != f"{TOP}/{name}"})


def relisted(how: Callable[[Item], Item]) -> bytes:
    """A package whose list was altered, with sums that fit it."""
    files, listing = small()
    items = tuple(how(item) for item in listing.items)
    return seal(files, PackingList(listing.edition, listing.title, listing.day, listing.status, items))


def relisted_as(old: bytes, new: bytes) -> bytes:
    """A package whose list says something else."""
    assert old in parts(good())[f"{TOP}/pakket.json"]
    return changed("pakket.json", lambda data: data.replace(old, new, 1))


def other_pages(item: Item) -> Item:
    return Item(item.name, item.output, 3 if item.pages else 0)


def other_record() -> bytes:
    """A package in which the metadata describe another file than the one they stand beside."""
    files, _ = small()
    files["2030-1/brief.pdf"] = pdf(2) + b"\n"
    pages = {"2030-1/brief.pdf": 2}
    return seal(files, packing_list("2030-1", "x", DAY, "concept", files, pages))


BROKEN: dict[str, tuple[Callable[[], bytes], list[str], str]] = {
    "empty file": (lambda: b"", ["E631"], "pakket.zip"),
    "no zip": (lambda: b"Geachte heer, mevrouw,\n" * 40, ["E631"], "pakket.zip"),
    "truncated": (lambda: good()[: len(good()) * 2 // 3], ["E631"], "pakket.zip"),
    "last byte gone": (lambda: good()[:-1], ["E631"], "pakket.zip"),
    "a byte of a pdf": (
        lambda: good().replace(b"%PDF-1.3", b"%PDF-1.4", 1),
        ["E637"],
        f"pakket.zip/{TOP}/2030-1/brief.pdf",
    ),
    "a file changed": (
        lambda: changed("LEESMIJ.txt", lambda data: data + b"!"),
        ["E637"],
        f"pakket.zip/{TOP}/LEESMIJ.txt",
    ),
    "a file added": (
        lambda: again({**parts(good()), f"{TOP}/2030-1/extra.pdf": pdf(1)}),
        ["E636"],
        f"pakket.zip/{TOP}/2030-1/extra.pdf",
    ),
    "a file beside the folder": (
        lambda: again({**parts(good()), "autorun.inf": b"x"}),
        ["E636"],
        "pakket.zip/autorun.inf",
    ),
    "a file gone": (
        lambda: without("gegevens/2030-1/cijfers.yaml"),
        ["E635"],
        f"pakket.zip/{TOP}/gegevens/2030-1/cijfers.yaml",
    ),
    "no list": (lambda: without("pakket.json"), ["E634"], "pakket.zip"),
    "no sums": (lambda: without("SHA256SUMS"), ["E634", "E635"], f"pakket.zip/{TOP}/SHA256SUMS"),
    "a list of nothing": (lambda: changed("pakket.json", lambda _: b"[]"), ["E634"], f"pakket.zip/{TOP}/pakket.json"),
    "no json": (lambda: changed("pakket.json", lambda _: b"\xff{"), ["E634"], f"pakket.zip/{TOP}/pakket.json"),
    "deep json": (lambda: changed("pakket.json", lambda _: b"[" * 9999), ["E634"], f"pakket.zip/{TOP}/pakket.json"),
    "another version": (
        lambda: changed("pakket.json", lambda data: data.replace(b'"formaat": 1', b'"formaat": 2')),
        ["E634"],
        f"pakket.zip/{TOP}/pakket.json",
    ),
    "another edition": (
        lambda: changed("pakket.json", lambda data: data.replace(b'"2030-1"', b'"2030-2"')),
        ["E634"],
        f"pakket.zip/{TOP}/pakket.json",
    ),
    "another title in the list": (
        lambda: changed("pakket.json", lambda data: data.replace(b"Eerste", b"Tweede")),
        ["E634"],
        f"pakket.zip/{TOP}/SHA256SUMS",
    ),
    **{
        f"a list with {name}": (
            lambda old=old, new=new: relisted_as(old, new),
            ["E634"],
            f"pakket.zip/{TOP}/pakket.json",
        )
        for name, old, new in (
            ("half a character in a name", b'"LEESMIJ.txt"', b'"\\ud800"'),
            ("half a character in the title", b"Eerste", b"\\udfff"),
            ("a title that steers the terminal", b"Eerste", b"\\u001b[2J"),
            ("an invisible name", b'"LEESMIJ.txt"', b'"LEES\\u202eMIJ.txt"'),
            ("endless bytes", b'"bytes": ', b'"bytes": 1e999, "x": '),
            ("endless pages", b'"paginas": 2', b'"paginas": 1e999'),
            ("more pages than can be counted", b'"paginas": 2', b'"paginas": 2' + b"0" * 4000),
            ("fewer pages than none", b'"paginas": 2', b'"paginas": -2'),
            ("a day that no zip can name", b"2030-06-20", b"2200-06-20"),
        )
    },
    "packed in a way of its own": (
        lambda: repacked(good(), ZIP_LZMA, False),
        ["E637"],
        f"pakket.zip/{TOP}/2030-1/brief.pdf",
    ),
    "other pages": (lambda: relisted(other_pages), ["E638"], f"pakket.zip/{TOP}/2030-1/brief.pdf"),
    "other metadata": (other_record, ["E639"], f"pakket.zip/{TOP}/2030-1/brief.pdf.metadata.json"),
    "another zip": (lambda: archive({"brief.txt": b"x"}, DAY), ["E634"], "pakket.zip"),
}


@pytest.mark.parametrize("name", BROKEN)
def test_what_is_broken_is_told(name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    make, expected, where = BROKEN[name]
    data = make()
    assert codes(data) == expected
    assert where in paths(data, expected[-1])
    file = tmp_path / "pakket.zip"
    file.write_bytes(data)
    assert main(["package", "--verify", str(file)]) == CONTENT
    said = capsys.readouterr()
    assert expected[0] in said.err and "fout" in said.err
    assert "Traceback" not in said.err and str(tmp_path) not in said.err
    assert "heel" not in said.out


def with_entry(name: str, content: bytes = b"x", mode: int = 0o100644) -> bytes:
    """The good package with one more entry, whatever its name."""
    room = BytesIO(good())
    with ZipFile(room, "a", ZIP_STORED) as zipped:
        info = ZipInfo("x" * len(name), (2030, 6, 20, 0, 0, 0))
        info.filename = name  # past the library, which mends some names
        info.external_attr = mode << 16
        zipped.writestr(info, content)
    return room.getvalue()


@pytest.mark.parametrize(
    "name",
    [
        *("../buiten.txt", f"{TOP}/../../buiten.txt", "/etc/passwd", "C:/x.txt", "C:x.txt", "..", f"{TOP}//x.txt"),
        *(
            f"{TOP}\\..\\x.txt",
            "\\\\server\\x.txt",
            f"{TOP}/./x.txt",
            f"{TOP}/a\nb.txt",
            "../map/",
            f"{TOP}/x\u202e.txt",
        ),
    ],
)
def test_a_name_that_leads_elsewhere_is_told(name: str) -> None:
    assert "E632" in codes(with_entry(name))


def test_a_link_is_told() -> None:
    data = with_entry(f"{TOP}/link", b"/etc/passwd", stat.S_IFLNK | 0o777)
    assert codes(data) == ["E632"]


@pytest.mark.parametrize("name", [f"{TOP}/LEESMIJ.txt", f"{TOP}/leesmij.TXT"])
@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_a_file_that_is_there_twice_is_told(name: str) -> None:
    """Also when only capitals differ: on many disks those are one file."""
    assert codes(with_entry(name)) == ["E633"]


def test_a_zip_that_unpacks_too_large_is_not_unpacked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(uitpakken, "MOST", len(good()) - 1)
    assert codes(good()) == ["E631"]
    big = repacked(seal({"2030-1/leeg.txt": bytes(10**6)}, small()[1]))
    assert len(big) < len(good()) - 1
    assert codes(big) == ["E631"]


def test_a_zip_that_lies_about_a_size(tmp_path: Path) -> None:
    """The central directory says that a file is larger than the whole zip."""
    data = bytearray(good())
    place = data.rindex(b"PK\x01\x02")
    struct.pack_into("<L", data, place + 20, 10**9)
    struct.pack_into("<L", data, place + 24, 10**9)
    assert codes(bytes(data)) != []


def test_a_way_of_packing_that_we_do_not_use_is_never_tried() -> None:
    """What is in it may break the library in ways of its own."""
    data = bytearray(repacked(good(), ZIP_LZMA, False))
    local = data.index(b"PK\x03\x04")
    start = local + 30 + sum(struct.unpack_from("<HH", data, local + 26))
    data[start : start + 9] = b"\xff" * 9
    assert codes(bytes(data)) == ["E637"]


def test_a_day_that_no_zip_can_name_is_written_as_the_nearest() -> None:
    for day, year in ((date(1975, 1, 2), 1980), (date(2200, 1, 2), 2107)):
        with ZipFile(BytesIO(archive({"a.txt": b"a"}, day))) as zipped:
            assert zipped.infolist()[0].date_time[0] == year


def test_an_encrypted_entry_is_told() -> None:
    data = bytearray(good())
    place = data.index(b"PK\x01\x02")
    data[place + 8] |= 1
    assert "E637" in codes(bytes(data))


# --- packed again -----------------------------------------------------------------------------------------------


def repacked(data: bytes, kind: int = ZIP_DEFLATED, folders: bool = True) -> bytes:
    """The same files as another program would pack them."""
    room = BytesIO()
    with ZipFile(room, "w", kind) as zipped:
        if folders:
            zipped.writestr(f"{TOP}/", b"")
        for name, content in parts(data).items():
            zipped.writestr(ZipInfo(name, (2031, 1, 1, 12, 0, 0)), content, kind)
    return room.getvalue()


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(lambda: repacked(good()), id="packed again"),
        pytest.param(lambda: repacked(good(), ZIP_STORED, False), id="other times"),
        pytest.param(lambda: b"#!/bin/sh\n" + good(), id="something before it"),
    ],
)
def test_another_zip_of_the_same_files_is_remarked(
    data: Callable[[], bytes], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert codes(data()) == ["W634"]
    file = tmp_path / "pakket.zip"
    file.write_bytes(data())
    assert main(["package", "--verify", str(file)]) == GOOD
    assert "opnieuw ingepakt" in capsys.readouterr().err
    assert main(["package", "--verify", str(file), "--strict"]) == CONTENT


def test_no_byte_can_change_unnoticed() -> None:
    """Whether in a file or in what the zip says of it: a changed byte is always told, and never a crash."""
    data = good()
    for place in range(0, len(data), 3):
        for mask in (0x01, 0x80):
            broken = bytearray(data)
            broken[place] ^= mask
            assert inspect(bytes(broken), "pakket.zip").problems, place


def test_no_end_can_be_lost_unnoticed() -> None:
    data = good()
    for length in range(0, len(data), 17):
        assert inspect(data[:length], "pakket.zip").problems, length


def test_the_hash_of_a_file_is_that_of_its_bytes() -> None:
    files, listing = small()
    assert {item.name: item.output for item in listing.items} == {n: Output.of(d) for n, d in files.items()}
