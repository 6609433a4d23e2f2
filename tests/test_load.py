"""Finding and reading the files of an edition."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest

from halfjaarbericht.problems import ContentError
from halfjaarbericht.reading.load import LoadedDocument, LoadedEdition, find_editions, load_edition, load_shared, walk
from halfjaarbericht.reading.paden import Room, find_inside
from tests.inhoudhulp import EDITION, write_content

ZAKEN = f"{EDITION}/bijlagen/zaken"


def load(content: Path) -> LoadedEdition:
    return load_edition(content, EDITION, load_shared(content))


def codes(content: Path) -> list[str]:
    with pytest.raises(ContentError) as raised:
        load(content)
    return [p.code for p in raised.value.problems]


def edition(*documents: dict[str, Any]) -> dict[str, Any]:
    return {
        "editie": EDITION,
        "titel": "t",
        "datum": "2030-06-20",
        "kenmerk": "1",
        "dossier": {"nummer": "29628", "titel": "Politie"},
        "onderwerp": "o",
        "afzender": "politie",
        "ondertekenaar": "jansen",
        "documenten": list(documents),
    }


def section(id_: str, **more: Any) -> dict[str, Any]:
    return {"soort": "tekst", "id": id_, "titel": id_, **more}


ANNEX = {"soort": "bijlage", "bestand": "bijlagen/zaken"}
LETTER = {"soort": "brief", "bestand": "brief.yaml"}


def test_editions_are_folders_with_an_edition_file(tmp_path: Path) -> None:
    content = write_content(tmp_path, {"2029-2/editie.yaml": "", "archief/lees.txt": ""})
    assert find_editions(content) == ["2029-2", EDITION]


def test_the_base_has_its_sections_in_order(tmp_path: Path) -> None:
    loaded = load(write_content(tmp_path))
    letter, annex = loaded.documents
    assert (letter.number, annex.number) == ("", "1")
    assert isinstance(annex, LoadedDocument)
    assert [s.model.id for s in walk(annex.sections)] == ["inleiding", "motie-bakker"]
    assert [p.name for p in loaded.inputs] == [
        "1-inleiding.yaml",
        "2-motie.yaml",
        "bijlage.yaml",
        "brief.yaml",
        "bronnen.yaml",
        "cijfers.yaml",
        "editie.yaml",
    ]


def test_an_annex_in_one_file_is_the_same_as_in_a_folder(tmp_path: Path) -> None:
    one = {"id": "kort", "titel": "Kort", "secties": [section("a", secties=[section("b")])]}
    content = write_content(
        tmp_path,
        {f"{EDITION}/editie.yaml": edition(LETTER, ANNEX, {"soort": "bijlage", "bestand": "bijlagen/kort.yaml"})}
        | {f"{EDITION}/bijlagen/kort.yaml": one},
    )
    last = load(content).documents[-1]
    assert isinstance(last, LoadedDocument)
    assert [s.model.id for s in walk(last.sections)] == ["a", "b"]
    assert last.number == "2"


def test_sections_under_a_reference_come_after_those_of_the_file(tmp_path: Path) -> None:
    parts = [{"bestand": "a.yaml", "secties": [{"bestand": f"bijlagen/zaken/{n}.yaml"} for n in "cd"]}]
    files = {f"{ZAKEN}/{n}.yaml": section(n) for n in "cd"}
    files[f"{ZAKEN}/a.yaml"] = section("a", secties=[section("b")])
    files[f"{ZAKEN}/bijlage.yaml"] = {
        "id": "zaken",
        "titel": "Zaken",
        "secties": [*parts, {"bestand": "1-inleiding.yaml"}, {"bestand": "2-motie.yaml"}],
    }
    annex = load(write_content(tmp_path, files)).documents[1]
    assert isinstance(annex, LoadedDocument)
    assert [s.model.id for s in walk(annex.sections)] == ["a", "b", "c", "d", "inleiding", "motie-bakker"]
    assert [s.source.path.split("/")[-1] for s in walk(annex.sections)][:2] == ["a.yaml", "a.yaml"]


@pytest.mark.parametrize(
    ("given", "numbers"),
    [
        ([None, None, None], ["1", "2", "3"]),
        (["3", None, "8"], ["3", "4", "8"]),
        (["7", "8a", None], ["7", "8a", "9"]),
        (["8", "8a", "8b"], ["8", "8a", "8b"]),
    ],
)
def test_annex_numbers(tmp_path: Path, given: list[str | None], numbers: list[str]) -> None:
    externs = [
        {"soort": "extern", "id": f"e{i}", "titel": "t", **({"nummer": n} if n else {})} for i, n in enumerate(given)
    ]
    loaded = load(
        write_content(tmp_path, {f"{EDITION}/editie.yaml": edition(LETTER, *externs, {**ANNEX, "nummer": "20"})})
    )
    assert [d.number for d in loaded.documents] == ["", *numbers, "20"]


@pytest.mark.parametrize("given", [["2", "2"], ["3", "2"], ["8b", "8a"], ["8a", "8"], ["19", "20"]])
def test_annex_numbers_go_up(tmp_path: Path, given: list[str]) -> None:
    externs = [{"soort": "extern", "id": f"e{i}", "titel": "t", "nummer": n} for i, n in enumerate(given)]
    assert codes(
        write_content(tmp_path, {f"{EDITION}/editie.yaml": edition(LETTER, *externs, {**ANNEX, "nummer": "20"})})
    ) == ["E305"]


@pytest.mark.parametrize("name", ["../x.yaml", "/etc/passwd", "bijlagen/../../gedeeld/afzender.yaml", "weg.yaml"])
def test_files_stay_inside_the_edition(tmp_path: Path, name: str) -> None:
    (tmp_path / "x.yaml").write_text("id: x\ntitel: x\n", encoding="utf-8")
    files = {f"{EDITION}/editie.yaml": edition(ANNEX, {"soort": "bijlage", "bestand": name})}
    assert codes(write_content(tmp_path, files)) == ["E301"]


def test_a_link_to_outside_is_outside(tmp_path: Path) -> None:
    content = write_content(
        tmp_path, {f"{EDITION}/editie.yaml": edition(ANNEX, {"soort": "bijlage", "bestand": "bijlagen/los.yaml"})}
    )
    (tmp_path / "los.yaml").write_text("id: los\ntitel: Los\n", encoding="utf-8")
    (content / EDITION / "bijlagen" / "los.yaml").symlink_to(tmp_path / "los.yaml")
    assert codes(content) == ["E301"]


def test_mistakes_of_all_files_are_told_together(tmp_path: Path) -> None:
    files = {
        f"{EDITION}/brief.yaml": "tekst: a\nx: 1\n",
        f"{EDITION}/bronnen.yaml": "bronnen: 3\n",
        f"{EDITION}/cijfers.yaml": "cijfers: [\n",
        f"{ZAKEN}/1-inleiding.yaml": "soort: tekst\n",
    }
    assert sorted(codes(write_content(tmp_path, files))) == ["E101", "E201", "E202", "E202", "E205"]


def test_sources_numbers_and_abbreviations_may_be_left_out(tmp_path: Path) -> None:
    content = write_content(tmp_path)
    for name in ("bronnen.yaml", "cijfers.yaml"):
        (content / EDITION / name).unlink()
    (content / "gedeeld" / "afkortingen.yaml").unlink()
    loaded = load(content)
    assert loaded.numbers.cijfers == {}
    assert loaded.citations.bronnen == {}
    assert loaded.shared.abbreviations.afkortingen == {}


@pytest.mark.parametrize("name", ["a\0.pdf", "n" * 300, "x/" * 140 + "y.pdf", "../2030-1", "data", "/etc/hostname"])
def test_odd_paths_are_refused(tmp_path: Path, name: str) -> None:
    folder = write_content(tmp_path) / EDITION
    found = find_inside(folder, name)
    assert found is None or (found.is_relative_to(folder) and found.is_dir())


def test_a_path_with_dots_inside_the_folder_is_normalised(tmp_path: Path) -> None:
    folder = write_content(tmp_path) / EDITION
    assert find_inside(folder, "data/../brief.yaml") == folder / "brief.yaml"


def test_links_lead_to_what_they_point_at_and_never_out(tmp_path: Path) -> None:
    folder = tmp_path / "editie"
    (folder / "map").mkdir(parents=True)
    (tmp_path / "elders").mkdir()
    for file in (folder / "a.yaml", folder / "map" / "a.yaml", tmp_path / "elders" / "a.yaml"):
        file.write_text("a: b\n", encoding="utf-8")
    links = {"b.yaml": "a.yaml", "c.yaml": "map/a.yaml", "uit.yaml": "../elders/a.yaml", "weg.yaml": "nergens.yaml"}
    for name, target in {**links, "binnen": "map", "buiten": "../elders", "kring": "kring"}.items():
        (folder / name).symlink_to(target)
    names = [*links, "a.yaml", "map", "map/a.yaml", "map/../a.yaml", "../editie/a.yaml", "./a.yaml", ".", "..", ""]
    names += ["binnen", "buiten", "kring", "binnen/a.yaml", "buiten/a.yaml", "nergens.yaml", f"{folder}/a.yaml"]
    room = Room(folder)
    for base in (folder, folder / "map", folder / "binnen", folder / "buiten", folder / "kring"):
        for name in names:
            real = Path(os.path.realpath(base / name))
            inside = real.is_relative_to(folder.resolve()) and real.exists()
            assert room.find(name, base) == (real if inside else None), (base.name, name)


def test_a_link_that_leads_out_is_refused(tmp_path: Path) -> None:
    folder = write_content(tmp_path) / EDITION
    (tmp_path / "geheim.pdf").write_bytes(b"%PDF-")
    (folder / "plan.pdf").symlink_to(tmp_path / "geheim.pdf")
    assert find_inside(folder, "plan.pdf") is None
