"""Several documents in one PDF."""

from __future__ import annotations

from io import BytesIO

import pypdf
import pytest

from halfjaarbericht.pdf.engine import PdfResult, render_bundle
from tests.pdfhulp import SMALL, job, note, page_html, page_texts

pytestmark = pytest.mark.pdf
CSS = (
    SMALL
    + """@page { margin-bottom: 30px; font: 10px Proefletter;
  @bottom-right { content: "Pagina " counter(page) " van " counter(pages) } }
h1, h2 { font-size: 10px; margin: 0 }
"""
)


@pytest.fixture(scope="module")
def bundle(tmp_path_factory: pytest.TempPathFactory) -> PdfResult:
    folder = tmp_path_factory.mktemp("bundel")
    letter = (
        '<h1 id="kop">Brief</h1><p><a href="bijlage-1-x.pdf#tabel">tabel</a> <a href="bijlage-1-x.pdf">geheel</a> '
        '<a href="bijlage-1-x.pdf#weg">weg</a> <a href="elders.pdf#tabel">elders</a> <a href="#kop">kop</a> '
        f'<a href="https://www.rijksoverheid.nl/bijlage-1-x.pdf">web</a>{note(1, "noot van de brief")}</p>'
    ) + "<p>regel</p>" * 20
    annex = (
        f'<h1 id="kop">Bijlage</h1><p>x{note(1, "noot van de bijlage")}</p>'
        + "<p>regel</p>" * 8
        + '<h2 id="tabel">Tabel</h2><p><a href="brief.pdf#kop">terug</a> <a href="#kop">boven</a></p>'
    )
    jobs = {
        "brief": job(page_html(letter, CSS), folder, "Brief"),
        "bijlage-1-x": job(page_html(annex, CSS), folder, "Bijlage 1"),
    }
    return render_bundle(jobs)


def test_each_document_keeps_its_own_page_count(bundle: PdfResult) -> None:
    texts = page_texts(bundle.pdf)
    marks = [text[text.index("Pagina") :][:14] for text in texts]
    assert marks == ["Pagina 1 van 3", "Pagina 2 van 3", "Pagina 3 van 3", "Pagina 1 van 2", "Pagina 2 van 2"]
    assert bundle.pages == 5 and bundle.problems == ()


def test_notes_of_both_are_there_once(bundle: PdfResult) -> None:
    whole = " ".join(page_texts(bundle.pdf))
    assert whole.count("noot van de brief") == whole.count("noot van de bijlage") == 1
    assert [(placed.number, placed.call_page) for placed in bundle.notes] == [("1", 1), ("1", 1)]


def links(pdf: bytes) -> list[list[int | str]]:
    """Per page, for each link the page it leads to inside the file, or its address."""
    reader = pypdf.PdfReader(BytesIO(pdf))
    found = []
    for page in reader.pages:
        targets: list[int | str] = []
        for annotation in page.get("/Annots", []):
            link = annotation.get_object()
            if "/Dest" in link:
                targets.append(reader.get_destination_page_number(reader.named_destinations[link["/Dest"]]))
            else:
                targets.append(link["/A"]["/URI"])
        found.append(targets)
    return found


def test_links_between_the_documents_lead_inside(bundle: PdfResult) -> None:
    found = links(bundle.pdf)
    # To the table, to the document, to a name that is not there (so the document), out, to itself, and to the web; then
    # from the call to its note, and back.
    assert found[0] == [4, 3, 3, "elders.pdf#tabel", 0, "https://www.rijksoverheid.nl/bijlage-1-x.pdf", 0, 0]
    assert found[4] == [0, 3]


def test_outline_has_a_branch_for_each_document(bundle: PdfResult) -> None:
    reader = pypdf.PdfReader(BytesIO(bundle.pdf))

    def shape(items: list) -> list:
        return [
            shape(item) if isinstance(item, list) else (item.title, reader.get_destination_page_number(item))
            for item in items
        ]

    assert shape(reader.outline) == [
        ("Brief", 0),
        ("Bijlage 1", 3),
        [("Bijlage", 3), [("Tabel", 4)]],
    ]


def test_shared_font_is_embedded_once(bundle: PdfResult) -> None:
    reader = pypdf.PdfReader(BytesIO(bundle.pdf))
    names = {font.get_object()["/BaseFont"] for page in reader.pages for font in page["/Resources"]["/Font"].values()}
    assert len(names) == len({name.split("+")[1] for name in names})


def test_empty_bundle_is_refused() -> None:
    with pytest.raises(ValueError, match="at least one"):
        render_bundle({})
