"""No channel of the engine reaches outside the folders we give it."""

from __future__ import annotations

from pathlib import Path

import pytest
from weasyprint.urls import FatalURLFetchingError

from halfjaarbericht.pdf import fetcher as module
from halfjaarbericht.pdf.engine import PdfJob, render_pdf
from halfjaarbericht.pdf.fetcher import AssetFetcher
from halfjaarbericht.problems import ContentError

BASE = "https://doc.invalid/"
SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><rect width="9" height="9"/></svg>'
SECRET = "geheim-dat-nergens-mag-staan"


@pytest.fixture
def rooms(tmp_path: Path) -> Path:
    """Two style folders, an edition folder, and files outside them."""
    files = {
        "eigen/tekst.css": "p { color: red }",
        "pakket/tekst.css": "p { color: blue }",
        "pakket/druk.css": "p { margin: 0 }",
        "editie/logo.svg": SVG,
        "editie/nota.txt": SECRET,
        "editie/streepje é.svg": SVG,
        "buiten.svg": f"<!-- {SECRET} -->" + SVG,
        "eigen2/tekst.css": SECRET,
    }
    for name, text in files.items():
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
    (tmp_path / "editie" / "sluiproute.svg").symlink_to(tmp_path / "buiten.svg")
    (tmp_path / "editie" / "achterdeur").symlink_to(tmp_path)
    return tmp_path


@pytest.fixture
def fetcher(rooms: Path) -> AssetFetcher:
    return AssetFetcher({"styles": [rooms / "eigen", rooms / "pakket"], "editie": [rooms / "editie"]})


def test_first_folder_with_the_file_wins(fetcher: AssetFetcher) -> None:
    assert fetcher.fetch(BASE + "styles/tekst.css").read() == b"p { color: red }"
    assert fetcher.fetch(BASE + "styles/druk.css").read() == b"p { margin: 0 }"
    assert fetcher.refused == []


def test_type_comes_from_the_extension(fetcher: AssetFetcher) -> None:
    assert fetcher.fetch(BASE + "editie/logo.svg?v=2#deel").content_type == "image/svg+xml"
    assert fetcher.fetch(BASE + "editie/streepje%20%C3%A9.svg").read().decode() == SVG


@pytest.mark.parametrize(
    "url",
    [
        "styles/../buiten.svg",
        "editie/%2e%2e/buiten.svg",
        "editie/..%2fbuiten.svg",
        "editie/..\\buiten.svg",
        "editie//etc/passwd",
        "editie/sluiproute.svg",
        "editie/achterdeur/buiten.svg",
        "editie/achterdeur/editie/logo.svg%00.css",
        "editie/nota.txt",
        "editie/niets.svg",
        "editie/",
        "editie",
        "",
        "onbekend/logo.svg",
        "gedeeld/logo.svg",
        "eigen2/tekst.css",
    ],
)
def test_refused_inside_our_address(fetcher: AssetFetcher, url: str) -> None:
    with pytest.raises(FatalURLFetchingError):
        fetcher.fetch(BASE + url)
    assert len(fetcher.refused) == 1


@pytest.mark.parametrize(
    "url",
    [
        "file:///etc/passwd",
        "http://127.0.0.1:9/x.png",
        "https://doc.invalid.example/styles/tekst.css",
        "https://doc.invalid@127.0.0.1/x.png",
        "HTTPS://127.0.0.1:9/x.png",
        "ftp://127.0.0.1/x.png",
        "data:text/css,p{color:red}",
        "data:font/ttf;base64,AAAA",
        "data:,zomaar",
    ],
)
def test_refused_outside_our_address(fetcher: AssetFetcher, url: str) -> None:
    with pytest.raises(FatalURLFetchingError):
        fetcher.fetch(url)


def test_data_image_is_allowed_up_to_a_size(fetcher: AssetFetcher, monkeypatch: pytest.MonkeyPatch) -> None:
    url = "data:image/svg+xml;utf8," + SVG.replace("#", "%23")
    assert b"<rect" in fetcher.fetch(url).read()
    monkeypatch.setattr(module, "MAX_BYTES", 20)
    with pytest.raises(FatalURLFetchingError):
        fetcher.fetch(url)
    with pytest.raises(FatalURLFetchingError):
        fetcher.fetch(BASE + "editie/logo.svg")


OUTSIDE = "{outside}"
# Each way in which a document can make the engine fetch something, with a file that exists but is not ours.
CHANNELS = {
    "img file": '<img src="{outside}">',
    "img http": '<img src="http://127.0.0.1:9/x.png">',
    "img srcset traversal": '<img src="https://doc.invalid/editie/../../../../etc/hostname">',
    "css import": '<style>@import "http://127.0.0.1:9/x.css";</style>',
    "css url": "<style>body{{background:url({outside})}}</style>x",
    "list image": "<ul style='list-style-image:url({outside})'><li>x</ul>",
    "content url": "<style>p::before{{content:url({outside})}}</style><p>x",
    "border image": "<p style='border:1px solid;border-image-source:url({outside})'>x",
    "font face": "<style>@font-face{{font-family:x;src:url({outside})}}p{{font-family:x}}</style><p>x",
    "font face local": "<style>@font-face{{font-family:x;src:local('DejaVu Sans')}}p{{font-family:x}}</style><p>x",
    "stylesheet": '<link rel=stylesheet href="{outside}">',
    "link attachment": '<link rel=attachment href="{outside}">',
    "a attachment": '<a rel=attachment href="{outside}">x</a>',
    "object": '<object data="{outside}"></object>',
    "embed": '<embed src="{outside}">',
    "svg image": '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width=9 '
    'height=9><image xlink:href="{outside}" width=9 height=9 /></svg>',
    "base": '<base href="file:///"><img src="etc/hostname">',
    "color profile": "<style>@color-profile --x{{src:url({outside})}}p{{color:color(--x 1 1 1)}}</style><p>x",
    "svg in data": '<img src="data:image/svg+xml;utf8,<svg xmlns=%22http://www.w3.org/2000/svg%22 width=%229%22 '
    'height=%229%22><style>@import %22{outside}%22;</style><rect width=%229%22 height=%229%22/></svg>">',
}
# These never fetch; a version of the engine that starts to must not find a way out either.
SILENT = {
    "svg use": '<svg width=9 height=9><use href="{outside}#a"/></svg>',
    "entity": '<!DOCTYPE html [<!ENTITY x SYSTEM "{outside}">]><p>&x;',
    "iframe": '<iframe src="{outside}"></iframe>',
}


@pytest.mark.pdf
@pytest.mark.parametrize("name", [*CHANNELS, *SILENT])
def test_every_channel_of_the_engine_is_closed(rooms: Path, name: str) -> None:
    fragment = (CHANNELS | SILENT)[name].format(outside=(rooms / "buiten.svg").as_uri())
    job = PdfJob(
        f"<html lang=nl><title>t</title><body>{fragment}", (rooms / "eigen",), rooms / "editie", rooms, "brief"
    )
    try:
        result = render_pdf(job)
    except ContentError as error:
        assert [problem.code for problem in error.problems] == ["E603"]
        return
    assert SECRET.encode() not in result.pdf and b"/EmbeddedFile" not in result.pdf
    if name in CHANNELS:
        assert [problem.code for problem in result.problems if problem.severity == "fout"], result.problems


@pytest.mark.pdf
def test_own_files_are_drawn(rooms: Path) -> None:
    html = (
        '<html lang=nl><title>t</title><link rel=stylesheet href="https://doc.invalid/styles/tekst.css">'
        '<body><p>x<img src="https://doc.invalid/editie/logo.svg" alt="">'
    )
    result = render_pdf(PdfJob(html, (rooms / "eigen",), rooms / "editie", rooms, "brief"))
    assert not result.problems
