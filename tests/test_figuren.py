"""Charts: what they say, how they are drawn, and that they come out the same everywhere."""

from __future__ import annotations

import re
import subprocess
import sys
from decimal import Decimal
from itertools import pairwise
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pypdfium2
import pytest
import yaml
from fontTools.ttLib import TTFont
from hypothesis import given
from hypothesis import strategies as st
from tinyhtml5.parser import HTMLParser

from halfjaarbericht.figuren import letters
from halfjaarbericht.figuren.kader import ROW, SideLabel, spread
from halfjaarbericht.figuren.palet import contrast, dash, text_on
from halfjaarbericht.figuren.tekenen import draw
from halfjaarbericht.grafiek import Chart, ChartSeries, ChartValue
from halfjaarbericht.model.cijfers import Getalopmaak
from halfjaarbericht.pdf.engine import render_pdf
from halfjaarbericht.problems import ContentError
from halfjaarbericht.render import Renderer
from halfjaarbericht.resolving.assen import axis
from halfjaarbericht.verslag import Figure, Number, Paragraph
from tests.fixtures_lezer import Case, check, parameters
from tests.grafiekhulp import ALL_FORMS, FORMS, ROOT, YEARS, chart_content, chart_report, figures, palette
from tests.pdfhulp import job, page_texts

SVG = "{http://www.w3.org/2000/svg}"


def drawn(figure: Figure, *, alt: str = "") -> Any:
    assert figure.drawing is not None
    return ElementTree.fromstring(draw(figure.drawing, 375, palette(), figure.id, "Figuur", alt))


@pytest.fixture(scope="module")
def forms(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Figure]:
    found = figures(chart_report(tmp_path_factory.mktemp("vormen"), *ALL_FORMS))
    return dict(zip([*FORMS, "kerngetal"], found, strict=True))


# --- what a chart says ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("case", parameters("grafieken.md"))
def test_the_text_alternative(case: Case, tmp_path: Path, update: bool) -> None:
    [figure] = figures(chart_report(tmp_path, yaml.safe_load(case.given)))
    check(case, figure.alt, update)


def test_every_value_of_the_data_is_in_the_table(forms: dict[str, Figure]) -> None:
    for name, figure in forms.items():
        if not isinstance(figure.drawing, Chart):
            continue
        assert figure.table is not None
        shown = [
            item.value
            for row in figure.table.body
            for cell in row.cells
            for block in cell.blocks
            if isinstance(block, Paragraph)
            for item in block.content
            if isinstance(item, Number)
        ]
        wanted = [f"{v.number:f}" for s in figure.drawing.series for v in s.values if v.number is not None]
        assert sorted(shown) == sorted(wanted), name


def test_a_table_of_many_points_stands_up(tmp_path: Path) -> None:
    spec = {"vorm": "lijn", "bijschrift": "Zeden", "data": "zeden", "x": {"kolom": "peildatum"}}
    report = chart_report(tmp_path, spec | {"reeksen": [{"kolom": "formatie"}]})
    table = figures(report)[0].table
    assert table is not None
    assert table.plain == "Gegevens bij figuur 1 (fte)"
    assert len(table.body) == 1  # five points fit beside each other
    assert [len(row.cells) for row in table.body] == [6]


# --- how it is drawn --------------------------------------------------------------------------------------------


def test_every_form_stays_inside_its_frame(forms: dict[str, Figure]) -> None:
    for name, figure in forms.items():
        root = drawn(figure)
        _, _, width, height = map(float, root.get("viewBox").split())
        for text in root.iter(f"{SVG}text"):
            size, x, y = (float(text.get(key)) for key in ("font-size", "x", "y"))
            wide = letters.text_width(text.text, size, bold=text.get("font-weight") == "bold")
            left = x - wide * {"middle": 0.5, "end": 1.0}.get(text.get("text-anchor", "start"), 0.0)
            assert left >= -0.51 and left + wide <= width + 0.51, (name, text.text)
            assert size * 0.7 <= y <= height + 0.5, (name, text.text)
        for bar in root.iter(f"{SVG}rect"):
            assert float(bar.get("width")) >= 0 and float(bar.get("height")) >= 0, name


def test_texts_do_not_overlap(forms: dict[str, Figure]) -> None:
    for name, figure in forms.items():
        boxes = []
        for text in drawn(figure).iter(f"{SVG}text"):
            size, x, y = (float(text.get(key)) for key in ("font-size", "x", "y"))
            wide = letters.text_width(text.text, size, bold=text.get("font-weight") == "bold")
            left = x - wide * {"middle": 0.5, "end": 1.0}.get(text.get("text-anchor", "start"), 0.0)
            boxes.append((left + 0.3, y - size * 0.68, left + wide - 0.3, y, text.text))
        for i, one in enumerate(boxes):
            for two in boxes[i + 1 :]:
                apart = one[2] <= two[0] or two[2] <= one[0] or one[3] <= two[1] or two[3] <= one[1]
                assert apart, (name, one[4], two[4])


def test_bars_are_as_long_as_their_values(tmp_path: Path) -> None:
    spec = {"vorm": "staaf", "bijschrift": "B", "data": "instroom", "x": {"kolom": "opleiding"}}
    for lying, side in ((False, "height"), (True, "width")):
        extra = {"liggend": True} if lying else {}
        [figure] = figures(chart_report(tmp_path, spec | extra | {"reeksen": [{"kolom": "2024"}]}))
        bars = [float(bar.get(side)) for bar in drawn(figure).iter(f"{SVG}rect")]
        for bar, value in zip(bars, (2102, 717, 1044), strict=True):
            assert bar / bars[0] == pytest.approx(value / 2102, abs=0.001)


def test_points_in_time_stand_at_their_distance(tmp_path: Path) -> None:
    spec = {"vorm": "lijn", "bijschrift": "Z", "data": "zeden", "x": {"kolom": "peildatum"}}
    [figure] = figures(chart_report(tmp_path, spec | {"reeksen": [{"kolom": "formatie"}]}))
    xs = [float(mark.get("cx")) for mark in drawn(figure).iter(f"{SVG}circle")]
    year, quarter = xs[1] - xs[0], xs[3] - xs[2]
    assert quarter / year == pytest.approx(90 / 365, abs=0.01)


def test_a_missing_value_breaks_the_line(forms: dict[str, Figure]) -> None:
    lines = [p for p in drawn(forms["lijnen"]).iter(f"{SVG}path") if p.get("stroke-width") == "1.4"]
    assert [p.get("d").count("L") for p in lines] == [4, 4, 2, 4]  # 'Gegrond' begins after its gap


def test_lines_differ_without_colour(forms: dict[str, Figure]) -> None:
    dashes = [tuple(dash(i).items()) for i in range(6)]
    assert len(set(dashes)) == 6
    used = {
        p.get("stroke-dasharray") for p in drawn(forms["lijnen"]).iter(f"{SVG}path") if p.get("stroke-width") == "1.4"
    }
    assert len(used) == 4


def test_bars_differ_without_colour(forms: dict[str, Figure]) -> None:
    root = drawn(forms["gegroepeerd"])
    fills = {bar.get("fill") for bar in root.iter(f"{SVG}rect")}
    assert f"url(#{forms['gegroepeerd'].id}_p1)" in fills
    assert [p.get("id") for p in root.iter(f"{SVG}pattern")] == [f"{forms['gegroepeerd'].id}_p1"]


def test_every_colour_stands_out() -> None:
    colours = palette()
    for colour in (*colours.series, colours.axis):
        assert contrast(colour, "#ffffff") >= 3
    for colour in (colours.ink, colours.soft):
        assert contrast(colour, "#ffffff") >= 4.5
    for colour in colours.series:
        assert contrast(colour, text_on(colour)) >= 4.5
    neighbours = pairwise(colours.series)
    assert all(contrast(one, two) >= 1.2 for one, two in neighbours)


def test_inside_a_page_it_has_a_name_and_a_description(forms: dict[str, Figure]) -> None:
    root = drawn(forms["lijn"], alt="Een <lijn> & meer")
    assert root.get("role") == "img"
    names = root.get("aria-labelledby").split()
    texts = {e.get("id"): e.text for e in root if e.get("id")}
    assert [texts[name] for name in names] == ["Figuur", "Een <lijn> & meer"]


def test_ids_of_charts_in_one_page_differ(forms: dict[str, Figure]) -> None:
    ids = [e.get("id") for f in forms.values() for e in drawn(f, alt="Een beschrijving").iter() if e.get("id")]
    assert len(ids) == len(set(ids))


def test_a_chart_is_small_and_holds_nothing_that_acts(forms: dict[str, Figure]) -> None:
    for name, figure in forms.items():
        root = drawn(figure)
        text = ElementTree.tostring(root)
        assert len(text) < 16_000, name
        assert {e.tag.rpartition("}")[2] for e in root.iter()} <= set("svg defs pattern rect path circle text".split())
        assert not re.search(rb"href|script|\son\w+=|url\((?!#)", text), name


def test_labels_beside_each_other_make_way() -> None:
    labels = [SideLabel(50, ("een",)), SideLabel(51, ("twee", "regels")), SideLabel(99, ("drie",))]
    places = spread(labels, 0, 100)
    assert places[1] - places[0] >= ROW
    assert places[2] - places[1] >= 2 * ROW
    assert places[2] <= 100


# --- letters ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("file,bold", [("DejaVuSans", False), ("DejaVuSans-Bold", True)])
def test_the_widths_are_those_of_the_typeface(file: str, bold: bool) -> None:
    font = TTFont(ROOT / "styles" / "fonts" / f"{file}.ttf")
    glyphs, widths, unit = font.getBestCmap(), font["hmtx"], font["head"].unitsPerEm
    for letter in [chr(c) for c in (*range(32, 127), *range(0xA0, 0x100))] + list("–—‘’“”„…€−•"):
        real = widths[glyphs[ord(letter)]][0] * 1000 / unit
        assert letters.text_width(letter, 1000, bold=bold) == pytest.approx(real, abs=1), letter


@given(st.lists(st.sampled_from(["de", "politie", "gebiedsgebonden", "(PO21)"]), min_size=1), st.integers(30, 200))
def test_wrapped_text_fits(words: list[str], width: int) -> None:
    rows = letters.wrap(" ".join(words), 7.5, width, lines=3)
    assert 1 <= len(rows) <= 3
    assert all(letters.text_width(row, 7.5) <= width for row in rows)


# --- axes -------------------------------------------------------------------------------------------------------

numbers = st.decimals(-(10**9), 10**9, places=2)


@given(st.lists(numbers, min_size=1), st.booleans())
def test_an_axis_holds_all_values(values: list[Decimal], from_zero: bool) -> None:
    found = axis(values, Getalopmaak(), from_zero=from_zero)
    assert found.low <= min(values) and max(values) <= found.high
    assert not from_zero or found.low <= 0 <= found.high
    assert 2 <= len(found.ticks) <= 8
    steps = {
        two.number - one.number
        for one, two in pairwise(found.ticks)
        if one.number is not None and two.number is not None
    }
    assert len(steps) == 1
    assert len({tick.text for tick in found.ticks}) == len(found.ticks)
    assert len({len(tick.text.partition(",")[2]) for tick in found.ticks}) == 1


# --- the same everywhere ----------------------------------------------------------------------------------------

DRAW = """
import sys
from pathlib import Path
from tests.grafiekhulp import figures, palette
from tests.inhoudhulp import read_report
from halfjaarbericht.figuren.tekenen import draw
for figure in figures(read_report(Path(sys.argv[1]))[0]):
    sys.stdout.write(draw(figure.drawing, 375, palette(), figure.id, "n", figure.alt) + "\\n")
"""


def test_a_fresh_process_draws_the_same_bytes(tmp_path: Path) -> None:
    content = chart_content(tmp_path, *ALL_FORMS)
    outcomes = []
    for seed in ("1", "2"):
        environment = {"PYTHONPATH": str(ROOT), "PYTHONHASHSEED": seed, "PATH": ""}
        command = [sys.executable, "-c", DRAW, str(content)]
        outcomes.append(subprocess.run(command, capture_output=True, check=True, env=environment).stdout)
    assert outcomes[0] == outcomes[1]
    assert outcomes[0].count(b"<svg") == len(ALL_FORMS)


# --- in a document ----------------------------------------------------------------------------------------------


def render(folder: Path, medium: Any, *specs: dict[str, Any]) -> str:
    report = chart_report(folder, *specs)
    renderer = Renderer((ROOT / "templates",), (ROOT / "styles",))
    letter = report.documents[0]
    return renderer.document(report, letter, medium, edition_folder=folder, shared_folder=folder)


def test_on_screen_the_data_stands_below_the_chart(tmp_path: Path) -> None:
    tree = page(render(tmp_path, "scherm", *ALL_FORMS))
    parents = {child: parent for parent in tree.iter() for child in parent}
    shown = list(tree.iter("figure"))
    assert len(shown) == len(ALL_FORMS)
    for figure, spec in zip(shown, ALL_FORMS, strict=True):
        if spec.get("soort") == "kerngetal":  # text, which fits any screen; test_web_bouw.py reads it
            assert next(iter(figure)).get("class") == "kerngetallen"
        else:
            svg = next(figure.iter("svg"))
            assert svg.get("role") == "img" and next(svg.iter("desc")).text
        around = list(parents[figure])
        data = around[around.index(figure) + 1]
        assert data.tag == "details"
        assert next(data.iter("summary")).text.startswith("Gegevens bij figuur")
        assert next(next(data.iter("table")).iter("caption")) is not None
    ids = [element.get("id") for element in tree.iter() if element.get("id")]
    assert len(ids) == len(set(ids))


def page(html: str) -> ElementTree.Element:
    """The elements of a page, by their bare names."""
    tree = HTMLParser(namespace_html_elements=False).parse(html)
    for element in tree.iter():
        element.tag = element.tag.rpartition("}")[2]
    return tree


@pytest.mark.pdf
def test_in_print_a_chart_is_drawn_with_lines_and_the_own_typeface(tmp_path: Path) -> None:
    html = render(tmp_path, "druk", *ALL_FORMS)
    assert all(image.get("alt") for image in page(html).iter("img"))
    result = render_pdf(job(html, tmp_path))
    assert result.problems == ()
    text = " ".join(page_texts(result.pdf))
    assert all(word in text for word in ("Verwacht: 14.000", "In behandeling", "3.568", "14.671"))
    document = pypdfium2.PdfDocument(result.pdf)
    kinds = {item.type for page in document for item in page.get_objects(max_depth=8)}
    document.close()
    assert pypdfium2.raw.FPDF_PAGEOBJ_IMAGE not in kinds
    assert pypdfium2.raw.FPDF_PAGEOBJ_PATH in kinds
    fonts = set(re.findall(rb"/FontName /(?:[A-Z]{6}\+)?([\w-]+)", result.pdf))
    assert fonts <= {b"Brief", b"Brief-Bold", b"Brief-Oblique", b"Brief-BoldOblique"}


# --- limits -----------------------------------------------------------------------------------------------------


def test_a_million_on_the_axis_has_its_scale(tmp_path: Path) -> None:
    spec = {"vorm": "lijn", "bijschrift": "B", "data": "klachten", "x": {"kolommen": YEARS}}
    scaled = {"eenheid": "€", "schaal": "duizend", "decimalen": 1}
    [figure] = figures(chart_report(tmp_path, spec | {"reeksen": [{"rij": "Ontvangen"}], "opmaak": scaled}))
    assert isinstance(figure.drawing, Chart)
    assert figure.drawing.unit == "×␣€␣1.000".replace("␣", "\u00a0")
    assert [tick.text for tick in figure.drawing.axes[0].ticks] == ["0", "5", "10", "15"]
    assert figure.drawing.series[0].values[0] == ChartValue(Decimal(13326), "13,3")


def test_stacks_know_their_totals(forms: dict[str, Figure]) -> None:
    chart = forms["gestapeld"].drawing
    assert isinstance(chart, Chart)
    assert chart.totals[0] == ChartValue(Decimal(13326), "13.326")
    assert chart.series[0] == ChartSeries("Afgerond", chart.series[0].values)


@pytest.mark.parametrize("count", [7, 12])
def test_too_many_series_are_refused(tmp_path: Path, count: int) -> None:
    series = [{"rij": "Ontvangen", "label": f"Reeks {i}"} for i in range(count)]
    spec = {"vorm": "lijn", "bijschrift": "B", "data": "klachten", "x": {"kolommen": YEARS}, "reeksen": series}
    with pytest.raises(ContentError) as caught:
        chart_report(tmp_path, spec)
    assert [p.code for p in caught.value.problems if p.severity == "fout"] == ["E481"]
