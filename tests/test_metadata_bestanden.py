"""The records that a build writes beside its documents: for every file, true to it, and kept up to date."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pypdf
import pytest

from halfjaarbericht.cli import GOOD, main
from halfjaarbericht.manifest import Manifest, sha256
from halfjaarbericht.metadata.bestanden import is_metadata
from tests.editiehulp import EXAMPLE, Built
from tests.htmlhulp import elements, parse, words
from tests.inhoudhulp import EDITION, write_content

pytestmark = pytest.mark.pdf


def documents(folder: Path) -> list[Path]:
    """The PDFs and pages of documents, the overview and the register left out."""
    found = sorted(f for f in folder.iterdir() if f.suffix in (".pdf", ".html"))
    return [f for f in found if f.name not in ("index.html", "cijfers.html")]


def record(file: Path) -> dict[str, Any]:
    data: dict[str, Any] = json.loads(file.with_name(f"{file.name}.metadata.json").read_bytes())
    return data


def test_every_document_has_a_record_that_is_true_to_it(example: Built) -> None:
    folder = example.output / "2030-1"
    files = documents(folder)
    assert {"brief.pdf", "brief.html", "bundel.pdf", "bijlage-1-kerncijfers.pdf"} < {f.name for f in files}
    for file in files:
        data = record(file)
        pages = len(pypdf.PdfReader(file).pages) if file.suffix == ".pdf" else None
        assert data["bestand"] == {"naam": file.name, "sha256": sha256(file.read_bytes()), "paginas": pages}
        assert data["format"].rsplit("/", 1)[-1] == file.suffix[1:].upper()
        assert (folder / f"{file.name}.diwoo.xml").is_file()
    records = {f.name for f in folder.iterdir() if is_metadata(f.name)}
    assert records == {f.name + suffix for f in files for suffix in (".metadata.json", ".diwoo.xml")}


def test_the_manifest_knows_the_records_and_readers_do_not_see_them(example: Built) -> None:
    folder = example.output / "2030-1"
    assert {f.name for f in folder.iterdir() if is_metadata(f.name)} <= Manifest.load(folder).files()
    page = (folder / "index.html").read_text(encoding="utf-8")
    assert "metadata" not in page and "diwoo" not in page
    # An annex by others says how long it is, like our own.
    assert 'Kerncijfers politie &amp; wijk</span> <span class="omvang">(PDF, 1 kB, 1 bladzijde)' in page


def test_a_page_leads_to_its_record_and_has_the_terms_of_it(example: Built) -> None:
    folder = example.output / "2030-1"
    for file in documents(folder):
        if file.suffix == ".html":
            tree = parse(file.read_text(encoding="utf-8"))
            (link,) = [e for e in elements(tree, "link") if e.get("rel") == "describedby"]
            data = json.loads((folder / link.get("href")).read_bytes())
            (script,) = [e for e in elements(tree, "script") if e.get("type") == "application/ld+json"]
            terms = json.loads(words(script))
            meta = [(e.get("name"), e.get("content")) for e in elements(tree, "meta")]
            assert terms["name"] == data["officieleTitel"] == dict(meta)["dcterms.title"]
            assert terms["identifier"] == data["identifier"]
            assert [content for name, content in meta if name == "dcterms.identifier"] == data["identifier"]
            assert dict(meta)["dcterms.isPartOf"] == data["isPartOf"]
            pdf = terms["encoding"][0]["contentUrl"]
            assert (folder / pdf).is_file()


def test_only_pages_give_only_records_of_pages(tmp_path: Path) -> None:
    content = write_content(tmp_path)
    options = ["--quiet", "--content", str(content), "--output", str(tmp_path / "uit")]
    assert main(["build", "--format", "html", *options]) == GOOD
    folder = tmp_path / "uit" / EDITION
    assert [f.name for f in documents(folder)] == ["bijlage-1-zaken.html", "brief.html"]
    assert not list(folder.glob("*.pdf*"))


def test_a_kept_pdf_keeps_a_record_that_is_right(tmp_path: Path) -> None:
    """What changes only in the metadata makes no PDF again; its record is written afresh."""
    content = write_content(tmp_path)
    options = ["--quiet", "--content", str(content), "--output", str(tmp_path / "uit")]
    file = content / EDITION / "editie.yaml"
    file.write_text(file.read_text(encoding="utf-8") + "status: definitief\n", encoding="utf-8")
    assert main(["build", *options]) == GOOD
    brief = tmp_path / "uit" / EDITION / "brief.pdf"
    before = (brief.stat().st_mtime_ns, record(brief))
    text = file.read_text(encoding="utf-8") + "publicatie: {ondernummer: 1402, thema: [veiligheid]}\n"
    file.write_text(text, encoding="utf-8")
    assert main(["build", *options]) == GOOD
    after = (brief.stat().st_mtime_ns, record(brief))
    assert before[0] == after[0]
    assert before[1]["bestand"] == after[1]["bestand"]
    assert before[1]["extra"]["ondernummer"] is None
    assert after[1]["extra"]["ondernummer"] == "1402"
    assert [theme["label"] for theme in after[1]["thema"]] == ["veiligheid"]


def test_an_annex_by_others_that_cannot_be_read_has_no_pages(tmp_path: Path) -> None:
    content = write_content(tmp_path, {f"{EDITION}/extern/rapport.pdf": "%PDF-1.7 half"})
    file = content / EDITION / "editie.yaml"
    entry = "  - {soort: extern, id: rapport, titel: Rapport, bestand: extern/rapport.pdf}\n"
    file.write_text(file.read_text(encoding="utf-8") + entry, encoding="utf-8")
    options = ["--quiet", "--format", "html", "--content", str(content), "--output", str(tmp_path / "uit")]
    assert main(["build", *options]) == GOOD
    assert record(tmp_path / "uit" / EDITION / "bijlage-2-rapport.pdf")["bestand"]["paginas"] is None


def test_the_example_names_its_terms_as_the_reader_knows_them(example: Built) -> None:
    data = record(example.output / "2030-1" / "brief.pdf")
    assert data["officieleTitel"] == "Eerste halfjaarbericht politie 2030 & de Mobiele Eenheid (ME)"
    assert data["extra"]["status"] == "concept"
    assert (EXAMPLE / "2030-1" / "editie.yaml").is_file()
