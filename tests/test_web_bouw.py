"""How every page is built, read from its elements: what a screen reader and a keyboard lean on is there by
construction, on all pages of all editions."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from tests.htmlhulp import XHTML, elements, parse, with_class, words
from tests.webhulp import named

SVG = "{http://www.w3.org/2000/svg}"
HEADINGS = tuple(f"{XHTML}h{level}" for level in range(1, 7))


@dataclass(frozen=True)
class Built:
    """A page: its name and its tree, with the look-ups that several tests need."""

    name: str
    tree: Any

    @cached_property
    def ids(self) -> dict[str, Any]:
        return {e.get("id"): e for e in elements(self.tree) if e.get("id")}

    @cached_property
    def parents(self) -> dict[Any, Any]:
        return {child: parent for parent in self.tree.iter() for child in parent}

    def around(self, element: Any) -> Iterator[Any]:
        """What an element stands in, from near to far."""
        while (element := self.parents.get(element)) is not None:
            yield element

    def label(self, element: Any) -> str:
        """The name that aria-label or aria-labelledby gives; '' without."""
        by = (element.get("aria-labelledby") or "").split()
        return element.get("aria-label") or " ".join(words(self.ids[i]) for i in by)


@pytest.fixture(scope="module")
def pages(web_pages: tuple[Path, ...]) -> list[Built]:
    return [Built(named(page), parse(page.read_text(encoding="utf-8"))) for page in web_pages]


def having(pages: list[Built], found: Callable[[Built], list[Any]], least: int) -> list[tuple[Built, Any]]:
    """All elements of a kind over all pages; there must be some, or a test would say nothing."""
    all_found = [(page, element) for page in pages for element in found(page)]
    assert len(all_found) >= least
    return all_found


# --- the page ---------------------------------------------------------------------------------------------------


def test_a_page_has_a_language_a_title_and_one_main_part(pages: list[Built]) -> None:
    titles: Counter[tuple[str, str]] = Counter()
    for page in pages:
        assert page.tree.get("lang") == "nl", page.name
        (title,) = elements(page.tree, "title")
        titles[words(title), page.name.split("/")[0]] += 1
        (main,) = elements(page.tree, "main")
        assert (main.get("id"), main.get("tabindex")) == ("begin_inhoud", "-1"), page.name
        (h1,) = elements(page.tree, "h1")
        assert words(h1) and main in page.around(h1), page.name
        first = elements(page.tree, "a")[0]
        assert (first.get("href"), words(first)) == ("#begin_inhoud", "Ga direct naar inhoud"), page.name
    assert [title for title, count in titles.items() if count > 1] == [], "two pages that cannot be told apart"


def test_headings_leave_no_level_out(pages: list[Built]) -> None:
    for page in pages:
        levels = [int(e.tag[-1]) for e in page.tree.iter() if e.tag in HEADINGS]
        main_first = levels[levels.index(1) :]
        for one, two in pairwise(main_first):
            assert two <= one + 1, (page.name, levels)


def test_every_part_of_the_navigation_has_a_name_of_its_own(pages: list[Built]) -> None:
    for page in pages:
        names = [page.label(nav) for nav in elements(page.tree, "nav")]
        assert all(names), page.name
        assert len(set(names)) == len(names), page.name


def test_the_contents_list_is_one(pages: list[Built]) -> None:
    found = having(pages, lambda page: [n for n in elements(page.tree, "nav") if n.get("role") == "doc-toc"], 5)
    for page, nav in found:
        assert page.label(nav) == "Inhoud"
        targets = [link.get("href")[1:] for link in elements(nav, "a")]
        assert all(page.ids[target].tag in HEADINGS for target in targets), page.name


# --- links ------------------------------------------------------------------------------------------------------


def test_every_link_has_words_and_its_name_begins_with_them(pages: list[Built]) -> None:
    """WCAG 2.2: 2.4.4 link purpose, 2.5.3 label in name (who says what is on the screen must reach it)."""
    for page, link in having(pages, lambda page: elements(page.tree, "a"), 500):
        shown = " ".join(t for t in spoken(link).split() if t)
        label = " ".join((link.get("aria-label") or "").split())
        assert shown, (page.name, link.get("href"))
        assert shown in label if label else True, (page.name, label)
        assert shown.lower() not in ("hier", "klik hier", "lees meer"), page.name


def spoken(element: Any) -> str:
    """The text of an element without what is hidden from assistive technology."""
    own = element.text or ""
    return own + "".join(
        ("" if child.get("aria-hidden") == "true" else spoken(child)) + (child.tail or "") for child in element
    )


def test_a_download_says_what_it_is(pages: list[Built]) -> None:
    lists = having(pages, lambda page: with_class(page.tree, "downloads"), 10)
    for page, link in ((page, link) for page, part in lists for link in elements(part, "a")):
        told = words(link)
        assert re.search(r"\((PDF|HTML|CSV), [\d,]+ (kB|MB)(, \d+ bladzijden?)?\)$", told), (page.name, told)


# --- notes ------------------------------------------------------------------------------------------------------


def test_notes_lead_there_and_back(pages: list[Built]) -> None:
    calls = having(pages, lambda page: [a for a in elements(page.tree, "a") if a.get("role") == "doc-noteref"], 100)
    for page, call in calls:
        note = page.ids[call.get("href")[1:]]
        (section,) = [e for e in page.around(note) if e.get("role") == "doc-endnotes"]
        assert page.label(section) == "Voetnoten"
        assert call.get("aria-label") == f"Voetnoot {words(call)}"
        back = {a.get("href") for a in elements(note, "a") if a.get("role") == "doc-backlink"}
        assert f"#{call.get('id')}" in back, (page.name, call.get("id"))
    for page, back in having(
        pages, lambda page: [a for a in elements(page.tree, "a") if a.get("role") == "doc-backlink"], 100
    ):
        call = page.ids[back.get("href")[1:]]
        (note,) = [e for e in page.around(back) if e.tag == f"{XHTML}li"]
        assert call.get("href") == f"#{note.get('id')}", page.name


# --- tables -----------------------------------------------------------------------------------------------------


def tables(page: Built) -> list[Any]:
    return elements(page.tree, "table")


def is_nested(page: Built, table: Any) -> bool:
    return any(e.tag == f"{XHTML}table" for e in page.around(table))


def test_a_table_has_a_caption_and_can_be_scrolled_by_keyboard(pages: list[Built]) -> None:
    for page, table in having(pages, tables, 50):
        if is_nested(page, table):
            continue
        caption = next(iter(table))
        assert caption.tag == f"{XHTML}caption" and words(caption), page.name
        region = page.parents[table]
        assert (region.get("role"), region.get("tabindex")) == ("region", "0"), page.name
        assert page.label(region) == words(caption)


def test_every_cell_has_headers(pages: list[Built]) -> None:
    for page, table in having(pages, tables, 50):
        cells = grid(table)
        columns = 1 + max(column for _, column in cells)
        for (row, column), cell in cells.items():
            # What a whole form is about stands above it, and has no head of its own.
            if cell.tag != f"{XHTML}td" or (row == 0 and int(cell.get("colspan") or 1) == columns > 1):
                continue
            named_by = [page.ids[i] for i in (cell.get("headers") or "").split()]
            assert all(h.tag == f"{XHTML}th" and table in page.around(h) for h in named_by), page.name
            found = named_by or headers_by_scope(cells, row, column)
            assert found or not words(cell), (page.name, table.get("id"), words(cell)[:60])


def test_every_header_says_what_it_heads(pages: list[Built]) -> None:
    for page, header in having(pages, lambda page: elements(page.tree, "th"), 100):
        assert header.get("scope") in ("col", "row", "colgroup", "rowgroup"), (page.name, words(header))


def grid(table: Any) -> dict[tuple[int, int], Any]:
    """Each place of a table with the cell that covers it (HTML, 4.9.12)."""
    places: dict[tuple[int, int], Any] = {}
    rows = [row for part in table for row in part if row.tag == f"{XHTML}tr"]
    for y, row in enumerate(rows):
        x = 0
        for cell in row:
            while (y, x) in places:
                x += 1
            wide, high = int(cell.get("colspan") or 1), int(cell.get("rowspan") or 1)
            places |= {(y + j, x + i): cell for i in range(wide) for j in range(high)}
            x += wide
    return places


def headers_by_scope(cells: dict[tuple[int, int], Any], row: int, column: int) -> list[Any]:
    above = [cell for (y, x), cell in cells.items() if x == column and y < row]
    before = [cell for (y, x), cell in cells.items() if y == row and x < column]
    return [c for c in above if c.get("scope") in ("col", "colgroup")] + [c for c in before if c.get("scope") == "row"]


# --- figures ----------------------------------------------------------------------------------------------------


def test_a_chart_has_a_name_a_description_and_its_data(pages: list[Built]) -> None:
    charts = having(pages, lambda page: [e for e in page.tree.iter() if e.tag == f"{SVG}svg"], 10)
    for page, chart in charts:
        title, description = (page.ids[i] for i in chart.get("aria-labelledby").split())
        assert (chart.get("role"), title.tag, description.tag) == ("img", f"{SVG}title", f"{SVG}desc"), page.name
        assert re.fullmatch(r"Figuur \d+", words(title)) and len(words(description)) > 30, page.name
        box = page.parents[chart]
        assert (box.get("tabindex"), page.label(box)) == ("0", words(title)), page.name
        figure = page.parents[box]
        assert [e.tag for e in figure] == [box.tag, f"{XHTML}figcaption"]
        assert data_after(page, figure) is not None, page.name


def test_headline_figures_are_text_with_their_data(pages: list[Built]) -> None:
    found = having(pages, lambda page: with_class(page.tree, "kerngetallen"), 3)
    for page, part in found:
        assert part.tag == f"{XHTML}ul"
        for item in part:
            (figure,) = elements(item, "strong")
            assert re.search(r"\d", words(figure)), page.name
        figure = page.parents[part]
        assert figure.tag == f"{XHTML}figure" and elements(figure, "figcaption")
        table = data_after(page, figure)
        assert table is not None
        assert all(words(e) in words(table) for e in elements(part, "strong")), page.name


def data_after(page: Built, figure: Any) -> Any:
    """The table with the data that can be unfolded right after a figure."""
    siblings = list(page.parents[figure])
    after = siblings[siblings.index(figure) + 1 :]
    if not after or after[0].tag != f"{XHTML}details":
        return None
    summary = next(iter(after[0]))
    assert re.fullmatch(r"Gegevens bij figuur \d+ als tabel", words(summary))
    (table,) = elements(after[0], "table")
    return table


def test_every_image_has_a_text_alternative(pages: list[Built]) -> None:
    for page, image in having(pages, lambda page: elements(page.tree, "img"), 3):
        is_logo = "logo" in (image.get("class") or "")  # the name of the ministry stands beside it
        assert bool(image.get("alt")) != is_logo, page.name
