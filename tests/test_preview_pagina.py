"""The pages of a preview: those of a build, byte for byte, but for what leads back to the content."""

from __future__ import annotations

import re
import shutil
from html.parser import HTMLParser
from pathlib import Path

import pytest

from halfjaarbericht.cijferregister import STEM
from halfjaarbericht.paginahulp import source_mark
from halfjaarbericht.preview.pagina import Page, as_built, script_hashes, served, style_hashes
from halfjaarbericht.project import make_project
from halfjaarbericht.render import Renderer
from tests.editiehulp import CONTENT, EXAMPLE, ROOT, document, good_editions, html, report
from tests.meekijkhulp import fresh_build, in_a_loop, watching, without_own

_PLACE = re.compile(r"content/.+:[1-9]\d*:[1-9]\d*\Z")
_BLOCKS = {"p", "h1", "h2", "h3", "h4", "h5", "li", "table", "figure", "blockquote"}
# What is around the text, and says nothing that somebody wrote for this document.
_AROUND = ("paginahoofd", "balk", "kruimelpad", "inhoudsopgave", "bladeren", "paginavoet", "terug", "sprong")


def marked(content: Path, edition: str, stem: str) -> str:
    """A page with its places."""
    project = make_project(ROOT, content)
    renderer = Renderer(project.templates, project.styles, source_mark)
    found = report(content, edition)
    if stem == STEM:
        return renderer.register(found)
    folder, shared = content / edition, content / "gedeeld"
    of = document(content, edition, stem)
    return renderer.document(found, of, "scherm", edition_folder=folder, shared_folder=shared)


class _Blocks(HTMLParser):
    """Blocks of the text with their place, and those without any place at or around them."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[tuple[str, bool]] = []
        self.places: list[str] = []
        self.without: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        around = any(name in (values.get("class") or "").split() for name in _AROUND) or tag == "svg"
        place = values.get("data-bron")
        covered = around or place is not None or any(covered for _, covered in self.open)
        if place:
            self.places.append(place)
        if tag in _BLOCKS and not covered:
            self.without.append(self.get_starttag_text() or "")
        if tag not in ("meta", "link", "img", "br", "col", "wbr", "hr"):
            self.open.append((tag, covered))

    def handle_endtag(self, tag: str) -> None:
        while self.open and self.open.pop()[0] != tag:
            pass


DOCUMENTS = [
    *((CONTENT, name, d.stem) for name in ("2025-1",) if name in good_editions()
      for d in report(CONTENT, name).documents),
    *((EXAMPLE, "2030-1", d.stem) for d in report(EXAMPLE, "2030-1").documents),
]  # fmt: skip


@pytest.mark.parametrize(("content", "edition", "stem"), DOCUMENTS, ids=lambda value: getattr(value, "name", value))
def test_without_its_places_a_page_is_that_of_a_build(content: Path, edition: str, stem: str) -> None:
    page = marked(content, edition, stem)
    assert "data-bron" in page
    assert as_built(page) == html(content, edition, stem, "scherm")


@pytest.mark.parametrize(("content", "edition", "stem"), DOCUMENTS, ids=lambda value: getattr(value, "name", value))
def test_every_block_leads_to_a_line_that_is_there(content: Path, edition: str, stem: str) -> None:
    page = _Blocks()
    page.feed(marked(content, edition, stem))
    lengths: dict[str, int] = {}
    for place in set(page.places):
        assert _PLACE.match(place), place
        path, line, _ = place.rsplit(":", 2)
        file = content.parent / path
        lengths.setdefault(path, len(file.read_bytes().splitlines()) if file.suffix != ".xlsx" else 10**6)
        assert int(line) <= lengths[path], place
    left = [block for block in page.without if "kop" not in block and "volgende" not in block]
    assert left == []


def test_a_paragraph_names_its_own_line() -> None:
    page = marked(EXAMPLE, "2030-1", "brief")
    source = (EXAMPLE / "2030-1" / "brief.yaml").read_text(encoding="utf-8").splitlines()
    found = re.findall(r'<p data-bron="content/2030-1/brief\.yaml:(\d+):(\d+)">([A-Z][a-z]+)', page)
    assert len(found) > 3
    for line, column, word in found:
        assert source[int(line) - 1][int(column) - 1 :].lstrip("*\"'[").startswith(word)


def test_a_number_in_a_table_names_the_line_of_its_data() -> None:
    page = marked(EXAMPLE, "2030-1", document(EXAMPLE, "2030-1", _with_table()).stem)
    found = re.findall(r'<td[^>]* data-bron="(content/2030-1/data/[\w.-]+):(\d+):1">', page)
    assert found
    assert all((EXAMPLE.parent / path).is_file() for path, _ in found)


def _with_table() -> str:
    return next(d.stem for d in report(EXAMPLE, "2030-1").documents if d.kind == "bijlage")


def test_print_has_no_places() -> None:
    project = make_project(ROOT, EXAMPLE)
    renderer = Renderer(project.templates, project.styles, source_mark)
    of = document(EXAMPLE, "2030-1", "brief")
    found = renderer.document(
        report(EXAMPLE, "2030-1"), of, "druk", edition_folder=EXAMPLE / "2030-1", shared_folder=EXAMPLE / "gedeeld"
    )
    assert found == html(EXAMPLE, "2030-1", "brief", "druk")


def test_the_own_lines_come_last_in_the_head_and_the_key_is_that_of_the_page() -> None:
    page = Page(
        "2030-1", "brief", "brief", "Brief", '<html><head>\n<style>p{}</style>\n</head><body data-bron="x"></body>'
    )
    full = served(page.html, "2030-1", "brief", 7, page.key)
    head = full.partition("</head>")[0]
    assert "&quot;versie&quot;: 7" in head
    assert page.key in head
    assert head.endswith('src="/statisch/pagina.js"></script>')
    assert page.key != Page("2030-1", "brief", "brief", "Brief", page.html + " ").key


def test_the_policy_has_the_hash_of_each_style_element() -> None:
    # The known hash of an empty text, from the SHA-256 test vectors (FIPS 180-4).
    assert style_hashes("<style></style>") == ("'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='",)
    assert len(style_hashes('<style>a</style><style media="print">b</style><style>a</style>')) == 2


def test_the_policy_has_the_hash_of_each_script_in_the_page_itself() -> None:
    page = (
        '<script>a()</script><script type="application/ld+json">{}</script><script type="module" src="/x.js"></script>'
    )
    assert len(script_hashes(page)) == 1


def test_all_pages_of_an_edition_are_those_of_a_fresh_build(tmp_path: Path) -> None:
    content = tmp_path / "content"
    shutil.copytree(EXAMPLE, content)
    built = fresh_build(content, tmp_path / "uit", "2030-1")

    async def run() -> None:
        async with watching(content, "2030-1") as watched:
            state = await watched.settled()
            assert {d["stem"] for d in state["documenten"]} == set(built)
            for stem, expected in built.items():
                assert await watched.plain(stem) == expected, stem
            csv = await watched.client.get("/pagina/2030-1/cijfers.csv")
            assert csv.content == (tmp_path / "uit" / "2030-1" / "cijfers.csv").read_bytes()
            overview = (await watched.client.get("/pagina/index.html")).text
            assert without_own(overview) == (tmp_path / "uit" / "index.html").read_text(encoding="utf-8")

    in_a_loop(run())
