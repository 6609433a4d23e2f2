"""Headers of cells as the HTML standard computes them (4.9.12), on small tables; cells are named by their text."""

from __future__ import annotations

import xml.etree.ElementTree as ET

import pytest

from halfjaarbericht.pdf.tagging.grid import Grid


def headers(rows: str) -> dict[str, str]:
    grid = Grid(ET.fromstring(f"<table>{rows}</table>"))
    found = {cell.element.text: " ".join(h.element.text for h in grid.headers(cell)) for cell in grid.cells}
    return {text: names for text, names in found.items() if names}


def scopes(rows: str) -> dict[str, str]:
    grid = Grid(ET.fromstring(f"<table>{rows}</table>"))
    return {
        c.element.text: "kolom" if grid.is_column_header(c) else "rij" if grid.is_row_header(c) else ""
        for c in grid.cells
        if c.is_header
    }


@pytest.mark.parametrize(
    ("rows", "wanted"),
    [
        # One row of heads and one column of them.
        (
            "<tr><th>a</th><th>b</th></tr><tr><th>c</th><td>1</td></tr>",
            {"c": "a", "1": "c b"},
        ),
        # A head hides an equally wide one behind data above it, not a wider one.
        (
            "<tr><th colspan='2'>breed</th></tr><tr><th>a</th><th>b</th></tr><tr><td>1</td><td>2</td></tr>"
            "<tr><th>c</th><th>d</th></tr><tr><td>3</td><td>4</td></tr>",
            {"a": "breed", "b": "breed", "c": "breed", "d": "breed", "1": "a breed", "2": "b breed",
             "3": "c breed", "4": "d breed"},
        ),
        # A named header wins, also over what stands above; a name that is not there counts for nothing.
        (
            "<tr><th id='x'>a</th><th id='y'>b</th></tr><tr><td headers='y weg'>1</td><td headers=''>2</td></tr>",
            {"1": "b"},
        ),
        # rowspan 0 goes down to the end of its group, and no cell leaves its group.
        (
            "<thead><tr><th rowspan='9'>a</th><th>b</th></tr></thead><tbody><tr><th rowspan='0'>r</th><td>1</td></tr>"
            "<tr><td>2</td></tr></tbody><tbody><tr><th>s</th><td>4</td></tr></tbody>",
            {"r": "a", "s": "a", "1": "r b", "2": "r b", "4": "s b"},
        ),
        # A head over a group of rows, and one over a group of columns.
        (
            "<tbody><tr><td>x</td><th scope='colgroup' colspan='2'>k</th></tr></tbody>"
            "<tbody><tr><th scope='rowgroup'>g</th><td>1</td><td>2</td></tr><tr><td>3</td><td>4</td></tr></tbody>"
            "<tbody><tr><td>5</td><td>6</td></tr></tbody>",
            {"1": "k g", "2": "k g", "3": "g", "4": "k g", "6": "k"},
        ),
        # The foot comes last wherever it stands, and an empty head says nothing.
        (
            "<thead><tr><th> </th><th>b</th></tr></thead><tfoot><tr><th>som</th><td>3</td></tr></tfoot>"
            "<tbody><tr><th>r</th><td>1</td></tr></tbody>",
            {"1": "r b", "3": "som b"},
        ),
        # A cell over two columns has the heads of both.
        (
            "<tr><th>a</th><th>b</th></tr><tr><td colspan='2'>1</td></tr>",
            {"1": "a b"},
        ),
    ],
)  # fmt: skip
def test_headers(rows: str, wanted: dict[str, str]) -> None:
    assert headers(rows) == wanted


def test_what_a_head_without_scope_is_follows_from_its_place() -> None:
    rows = "<tr><th>a</th><th>b</th><th scope='row'>z</th></tr><tr><th>r</th><td>1</td><td>2</td></tr>"
    assert scopes(rows) == {"a": "kolom", "b": "kolom", "z": "rij", "r": "rij"}


@pytest.mark.parametrize("span", ["", "x", "-2", "1.5", "0"])
def test_a_span_that_makes_no_sense_is_one(span: str) -> None:
    (cell, other) = Grid(ET.fromstring(f"<table><tr><td colspan='{span}'>a</td><td>b</td></tr></table>")).cells
    assert (cell.width, other.x) == (1, 1)


def test_gaps_of_uneven_rows() -> None:
    grid = Grid(ET.fromstring("<table><tr><td>a</td><td>b</td></tr><tr><td>c</td></tr></table>"))
    assert [grid.gaps(y) for y in range(2)] == [0, 1]
