"""Every PDF is both PDF/A-2a (3a with attachments) and PDF/UA-1, and says the same of itself everywhere."""

from __future__ import annotations

import io
import xml.etree.ElementTree as ET
from dataclasses import replace
from datetime import date
from pathlib import Path

import pikepdf
import pytest
from click.testing import CliRunner
from PIL import Image

from halfjaarbericht.brondata import attached_key, source_attachments
from halfjaarbericht.commands.build import build
from halfjaarbericht.output import plan_edition
from halfjaarbericht.pdf.engine import Attachment, render_bundle, render_pdf
from halfjaarbericht.project import make_project
from halfjaarbericht.render import Renderer
from tests.editiehulp import EXAMPLE, ROOT, loaded, report
from tests.pdfhulp import SMALL, job, note, page_html
from tests.tagboom import Boom
from tests.tagproef import SVG, failures

pytestmark = pytest.mark.pdf
HEAD = (
    '<meta name="author" content="Ministerie van JenV"><meta name="description" content="Stand &amp; zaken">'
    '<meta name="dcterms.created" content="2025-06-12"><meta name="dcterms.modified" content="2025-06-13">'
    '<meta name="keywords" content="politie, cijfers"><meta name="generator" content="Halfjaarbericht">'
)
BODY = (
    f'<h1>Kop</h1><p>tekst{note(1, "voet")} <a href="https://a.nl">link</a></p><ul><li>punt</ul>'
    f'<table><caption>T</caption><thead><tr><th>a<th>b<tbody><tr><th>c<td>1</table><p><img src="{SVG}" alt="vlak">'
)
DC, XMP, PDF_NS = (
    "{http://purl.org/dc/elements/1.1/}",
    "{http://ns.adobe.com/xap/1.0/}",
    "{http://ns.adobe.com/pdf/1.3/}",
)
RDF, LANG = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}", "{http://www.w3.org/XML/1998/namespace}lang"
FILES = (
    Attachment("zaken.csv", b"a;b\n1;2\n", "text/csv", "Gegevens", "Data", date(2025, 6, 12)),
    Attachment("brief.yaml", "titel: Één\n".encode(), "application/yaml", "Brontekst", "Source", date(2025, 6, 12)),
)


@pytest.fixture(scope="module")
def pdf(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    return render_pdf(job(page_html(BODY, head=HEAD), tmp_path_factory.mktemp("archief"))).pdf


def test_one_file_is_both(pdf: bytes, tmp_path: Path) -> None:
    assert failures(pdf, tmp_path, "2a", "ua1") == []


def test_a_file_that_is_spoilt_is_noticed(pdf: bytes, tmp_path: Path) -> None:
    """So that the tests above and below can fail."""
    with pikepdf.open(io.BytesIO(pdf)) as file:
        del file.Root.MarkInfo
        spoilt = io.BytesIO()
        file.save(spoilt, object_stream_mode=pikepdf.ObjectStreamMode.preserve)
    assert failures(spoilt.getvalue(), tmp_path, "2a", "ua1") != []


def facts(pdf: bytes) -> dict[str, str]:
    """What the XMP of a file says, by the qualified name of the property."""
    with pikepdf.open(io.BytesIO(pdf)) as file:
        assert "/Filter" not in file.Root.Metadata
        packet = file.Root.Metadata.read_bytes()
    (description,) = ET.fromstring(packet).iter(f"{RDF}Description")
    return {each.tag: (next(each.iter(f"{RDF}li"), each).text or "") for each in description}


def test_metadata_say_the_same_twice(pdf: bytes) -> None:
    said = facts(pdf)
    with pikepdf.open(io.BytesIO(pdf)) as file:
        info = {key: str(value) for key, value in file.docinfo.items()}
        assert file.Root.Lang == "nl" and file.Root.ViewerPreferences.DisplayDocTitle
    assert info["/Title"] == said[f"{DC}title"] == "Proef"
    assert info["/Author"] == said[f"{DC}creator"] == "Ministerie van JenV"
    assert info["/Subject"] == said[f"{DC}description"] == "Stand & zaken"
    assert info["/Keywords"] == said[f"{PDF_NS}Keywords"] == "politie, cijfers"
    assert info["/Producer"] == said[f"{PDF_NS}Producer"] == "WeasyPrint 70.0"
    assert info["/Creator"] == said[f"{XMP}CreatorTool"] == "Halfjaarbericht"
    assert (info["/CreationDate"], said[f"{XMP}CreateDate"]) == ("D:20250612", "2025-06-12")
    assert (info["/ModDate"], said[f"{XMP}ModifyDate"]) == ("D:20250613", "2025-06-13")
    assert said[f"{DC}language"] == "nl"
    assert info.keys() == {
        f"/{key}" for key in "Title Author Subject Keywords Producer Creator CreationDate ModDate".split()
    }


def test_without_dates_in_the_content_there_are_none(tmp_path: Path) -> None:
    said = facts(render_pdf(job(page_html("<p>x"), tmp_path)).pdf)
    assert not [name for name in said if "Date" in name]


def test_pictures_are_not_interpolated_whatever_the_style(tmp_path: Path) -> None:
    import base64

    picture = io.BytesIO()
    Image.new("RGB", (8, 8), "red").save(picture, "PNG")
    source = f"data:image/png;base64,{base64.b64encode(picture.getvalue()).decode()}"
    css = SMALL + "img { image-rendering: auto; width: 50px }"
    pdf = render_pdf(job(page_html(f'<p><img src="{source}" alt="rood">', css), tmp_path)).pdf
    with pikepdf.open(io.BytesIO(pdf)) as file:
        images = [o for o in file.objects if isinstance(o, pikepdf.Stream) and o.get("/Subtype") == "/Image"]
        assert images and not any("/Interpolate" in image for image in images)
    assert failures(pdf, tmp_path, "2a", "ua1") == []


def test_colours_have_an_output_intent(pdf: bytes) -> None:
    with pikepdf.open(io.BytesIO(pdf)) as file:
        (intent,) = file.Root.OutputIntents
        assert intent.S == "/GTS_PDFA1" and "sRGB" in str(intent.OutputConditionIdentifier)
        assert intent.DestOutputProfile.read_bytes()[36:40] == b"acsp"


def test_a_bundle_is_one_document_with_a_part_for_each(tmp_path: Path) -> None:
    other = page_html(BODY.replace("link", "ander"), head=HEAD).replace('lang="nl"', 'lang="en"')
    jobs = {"brief": job(page_html(BODY), tmp_path, "Brief"), "bijlage": job(other, tmp_path, "Annex")}
    result = render_bundle(jobs)
    assert failures(result.pdf, tmp_path, "2a", "ua1") == []
    tree = Boom(result.pdf)
    assert [(part.role, part.lang) for part in tree.top.tags] == [("Part", "nl"), ("Part", "en")]
    assert [str(e.T) for e in tree.root.K[0].K] == ["Brief", "Annex"]
    assert sorted(tree.names) == ["1.noot-1", "1.tabel-1.1.1", "1.tabel-1.1.2", "1.tabel-1.2.1",
                                  "2.noot-1", "2.tabel-1.1.1", "2.tabel-1.1.2", "2.tabel-1.2.1"]  # fmt: skip
    for number, part in enumerate(tree.top.tags, start=1):
        data = part.all("TD")[0]
        assert {str(name) for name in data.attributes["Headers"]} == {f"{number}.tabel-1.1.2", f"{number}.tabel-1.2.1"}
        call, back = (part.all(role)[0].all("Link")[0].annotations[0] for role in ("Reference", "Lbl"))
        stem = ("brief", "bijlage")[number - 1]
        assert (str(call.Dest), str(back.Dest)) == (f"{stem}/noot-1", f"{stem}/noot-1-aanroep")


# --- attachments ------------------------------------------------------------------------------------------------


def test_with_attachments_it_is_3a(tmp_path: Path) -> None:
    plain = job(page_html(BODY, head=HEAD), tmp_path)
    pdf = render_pdf(replace(plain, attachments=FILES)).pdf
    assert failures(pdf, tmp_path, "3a", "ua1") == []
    assert pdf == render_pdf(replace(plain, attachments=FILES[::-1])).pdf
    with pikepdf.open(io.BytesIO(pdf)) as file:
        names = list(file.Root.Names.EmbeddedFiles.Names)
        assert list(map(str, names[::2])) == ["brief.yaml", "zaken.csv"]
        assert [each.objgen for each in file.Root.AF] == [each.objgen for each in names[1::2]]
        source, data = names[1::2]
        assert (str(source.AFRelationship), str(data.AFRelationship)) == ("/Source", "/Data")
        assert (str(data.EF.F.Subtype), str(data.Desc), str(data.UF)) == ("/text/csv", "Gegevens", "zaken.csv")
        assert data.EF.F.read_bytes() == FILES[0].data and int(data.EF.F.Params.Size) == len(FILES[0].data)
        assert {str(data.EF.F.Params[key]) for key in ("/CreationDate", "/ModDate")} == {"D:20250612"}


def test_which_files_go_along(tmp_path: Path) -> None:
    content = tmp_path / "content"
    names = ["2025-1/brief.yaml", "2025-1/cijfers.yaml", "2025-1/data/a.csv", "2025-1/figuren/x.svg",
             "2022-1/data/a.csv", "gedeeld/afzender.yaml"]  # fmt: skip
    for name in names:
        (content / name).parent.mkdir(parents=True, exist_ok=True)
        (content / name).write_text(name, encoding="utf-8")
    found = source_attachments(content, "2025-1", [f"content/{name}" for name in names], date(2025, 6, 12))
    assert [(file.name, file.relationship, file.data.decode()) for file in found] == [
        ("2022-1-data-a.csv", "Data", "2022-1/data/a.csv"),
        ("brief.yaml", "Source", "2025-1/brief.yaml"),
        ("cijfers.yaml", "Data", "2025-1/cijfers.yaml"),
        ("data-a.csv", "Data", "2025-1/data/a.csv"),
    ]


def test_the_key_knows_the_attachments() -> None:
    changed = (replace(FILES[0], data=b"anders"), FILES[1])
    keys = [attached_key("k", files) for files in ((), FILES[:1], FILES, changed)]
    assert keys[0] == "k" and len(set(keys)) == 4


@pytest.mark.traag
def test_build_with_data_renders_again_only_when_that_changes(tmp_path: Path) -> None:
    output = tmp_path / "uit"
    command = ["2030-1", "--content", str(EXAMPLE), "--output", str(output), "--attach-data", "--format", "pdf"]
    done = CliRunner().invoke(build, command, standalone_mode=False)
    assert done.exception is None, done.output
    project = make_project(ROOT, EXAMPLE, output)
    planned = loaded(EXAMPLE, "2030-1"), report(EXAMPLE, "2030-1"), Renderer(project.templates, project.styles)
    stems = [document.stem for document in report(EXAMPLE, "2030-1").documents]
    for attach, wanted in ((True, []), (False, stems)):
        assert list(plan_edition(project, *planned, frozenset({"pdf"}), False, attach).jobs) == wanted
    for stem in stems:
        pdf = (output / "2030-1" / f"{stem}.pdf").read_bytes()
        with pikepdf.open(io.BytesIO(pdf)) as found:
            assert "editie.yaml" in found.attachments and any(name.endswith(".csv") for name in found.attachments)
        assert failures(pdf, tmp_path, "3a", "ua1") == []
