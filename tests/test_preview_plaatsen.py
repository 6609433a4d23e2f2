"""Where changes are marked that are no running text: titles, facts, captions, cells, rows, columns, figures, lists."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from halfjaarbericht.changes.inplace import mark_changes
from halfjaarbericht.changes.units import edition_text
from halfjaarbericht.project import make_project
from halfjaarbericht.render import Renderer
from halfjaarbericht.verslag import TOP
from tests.htmlhulp import classes, elements, parse, words
from tests.inhoudhulp import BASE, EDITION, read_report, write_content

MOTIE = (BASE / EDITION / "bijlagen/zaken/2-motie.yaml").read_text(encoding="utf-8")
INTRO = (BASE / EDITION / "bijlagen/zaken/1-inleiding.yaml").read_text(encoding="utf-8")
EDITIE = (BASE / EDITION / "editie.yaml").read_text(encoding="utf-8")
ANNEX = "bijlage-1-zaken"
Files = Mapping[str, Any]


class Marked:
    """The pages of an edition with what is other than before marked in them."""

    def __init__(self, folder: Path, old: Files, new: Files):
        then = read_report(write_content(folder, _of_edition(old)))[0]
        content = write_content(folder, _of_edition(new))
        self.report = read_report(content)[0]
        project = make_project(content.parent, content)
        renderer = Renderer(project.templates, project.styles)
        self.items = {item.document.stem: item for item in mark_changes(edition_text(then), self.report)}
        places = {"edition_folder": content / EDITION, "shared_folder": content / "gedeeld"}
        self.pages = {
            stem: renderer.document(self.report, item.document, "scherm", **places) for stem, item in self.items.items()
        }

    def find(self, what: str, stem: str = ANNEX) -> str:
        """The part of a page that a pattern finds, white space folded."""
        found = re.search(what, self.pages[stem], re.DOTALL)
        assert found, what
        return " ".join(found[0].split())

    def anchors(self, stem: str = ANNEX) -> dict[str, str]:
        """For each change of a kind and place the element that its mark is."""
        marks = self.items[stem].marks
        assert all(f' id="{mark.anchor}"' in self.pages[stem] for mark in marks)
        return {f"{mark.change.what} {mark.change.where}": mark.anchor for mark in marks}


def _of_edition(files: Files) -> dict[str, Any]:
    return {f"{EDITION}/{name}": text for name, text in files.items()}


def section(text: str) -> dict[str, str]:
    return {"bijlagen/zaken/1-inleiding.yaml": text}


def matter(*changes: tuple[str, str]) -> dict[str, str]:
    text = MOTIE
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    return {"bijlagen/zaken/2-motie.yaml": text}


def annex(title: str) -> dict[str, str]:
    sections = "secties:\n  - bestand: 1-inleiding.yaml\n  - bestand: 2-motie.yaml\n"
    return {"bijlagen/zaken/bijlage.yaml": f"id: zaken\ntitel: {title}\n{sections}"}


def table(rows: str, columns: str = "[{kop: Taak, rijkop: true}, {kop: Stand}]") -> dict[str, str]:
    text = "soort: tekst\nid: inleiding\ntitel: Inleiding\ntekst: Een tabel.\ntabellen:\n  - id: t\n    soort: tekst\n"
    text += f"    bijschrift: Taken\n    kolommen: {columns}\n    rijen: {rows}\n"
    return section(text) | {"cijfers.yaml": "cijfers: {}\n", "bronnen.yaml": "{}\n"}


# --- titles -----------------------------------------------------------------------------------------------------


def test_the_title_of_a_section(tmp_path: Path) -> None:
    found = Marked(tmp_path, {}, matter(("Motie-Bakker over wijkagenten", "Motie-Bakker over meer wijkagenten")))
    assert found.find(r"<p><del[^>]*>[^<]*</del></p>\s*<h2[^>]*>.*?</h2>") == (
        '<p><del class="vb-oud" id="wijziging_1">Motie-Bakker over wijkagenten</del></p> '
        '<h2 id="motie-bakker" data-label="2. Motie-Bakker over meer wijkagenten"><span class="nummer">2.</span> '
        'Motie-Bakker over <ins class="vb-nieuw">meer</ins> wijkagenten</h2>'
    )
    toc = found.find(r'<nav class="inhoudsopgave".*?</nav>')
    assert "Motie-Bakker over meer wijkagenten</a>" in toc


def test_the_title_of_a_document_stays_out_of_what_is_made_of_it(tmp_path: Path) -> None:
    found = Marked(tmp_path, {}, annex("Moties en vele toezeggingen"))
    assert found.find("<h1.*?</h1>") == '<h1>Moties en <ins class="vb-nieuw">vele</ins> toezeggingen</h1>'
    head = found.find("<head>.*?</head>")
    assert "<title>Bijlage 1: Moties en vele toezeggingen (concept) | " in head
    assert "<ins" not in head and "<del" not in head
    for link in elements(parse(found.pages["brief"]), "a"):
        assert "toezeggingen" not in words(link) or "Moties en vele toezeggingen" in words(link)


# --- facts ------------------------------------------------------------------------------------------------------


def test_the_particulars_of_a_letter(tmp_path: Path) -> None:
    new = EDITIE.replace("2030-06-20", "2030-06-27").replace("1234567", "7654321") + "status: definitief\n"
    new = new.replace("onderwerp: Eerste halfjaarbericht", "onderwerp: Het eerste halfjaarbericht")
    found = Marked(tmp_path, {}, {"editie.yaml": new})
    terms = {words(div[0]): words(div[1]) for div in elements(parse(found.pages["brief"]), "div") if len(div) == 2}
    assert terms["Datum"] == "20 juni 2030 27 juni 2030"
    assert terms["Ons kenmerk"] == "1234567 7654321"
    assert terms["Onderwerp"] == "Eerste halfjaarbericht politie 2030 Het eerste halfjaarbericht politie 2030"
    assert terms["Status"] == "concept definitief"
    date = found.find("<dt>Datum</dt>.*?</dd>", "brief")
    assert date.endswith('</del> <time datetime="2030-06-27"><ins class="vb-nieuw">27</ins> juni 2030</time></dd>')
    assert found.anchors("brief").keys() == {f"gewijzigd {n}" for n in ("Datum", "Ons kenmerk", "Onderwerp", "Status")}


def test_the_head_of_a_matter(tmp_path: Path) -> None:
    old = matter(("status: afgedaan", "status: open\nvervolg: {tekst: in juni}"))
    new = matter(("status: afgedaan", "status: uitgesteld\nvervolg: {tekst: in juli}"), ("naam: Bakker", "naam: Smit"))
    assert Marked(tmp_path, old, new).find('<p class="zaakgegevens">.*?</p>') == (
        '<p class="zaakgegevens">Motie van <del class="vb-oud" id="wijziging_1">het lid Bakker (ABC)</del> '
        'het lid <ins class="vb-nieuw">Smit</ins> (ABC). Stand: <del class="vb-oud" id="wijziging_2">open</del> '
        '<ins class="vb-nieuw">uitgesteld</ins>. Vervolg: <del class="vb-oud" id="wijziging_3">in juni</del> '
        'in <ins class="vb-nieuw">juli</ins>.</p>'
    )


def test_a_fact_that_came_and_one_that_went(tmp_path: Path) -> None:
    found = Marked(
        tmp_path, {}, matter(("status: afgedaan", "slotzin: false"), ("indieners", "debat: {soort: brief}\nindieners"))
    )
    line = found.find('<p class="zaakgegevens">.*?</p>')
    assert ', <ins class="vb-nieuw" id="wijziging_1">brief</ins>' in line
    assert ' Stand: <del class="vb-oud" id="wijziging_2">afgedaan</del>' in line


def test_an_entry_of_the_list_of_annexes(tmp_path: Path) -> None:
    letter = {"brief.yaml": "tekst: Zie de bijlagen.\nbijlagenlijst: true\n"}
    gone = {"editie.yaml": EDITIE + "  - {soort: extern, id: rapport, titel: Een rapport}\n"}
    found = Marked(tmp_path, letter | gone, letter | annex("Andere zaken"))
    shown = found.find('<section class="bijlagenlijst".*?</section>', "brief")
    assert (
        '<li>Bijlage 1: <del class="vb-oud" id="wijziging_2">Moties en toezeggingen</del> '
        '<ins class="vb-nieuw"><a href="bijlage-1-zaken.html">Andere zaken</a></ins></li>' in shown
    )
    assert (
        '<li><mark class="vb-melding">Vervallen:</mark> <del class="vb-oud" id="wijziging_3">Een rapport</del>' in shown
    )


# --- tables -----------------------------------------------------------------------------------------------------


def test_a_cell_a_heading_and_a_caption(tmp_path: Path) -> None:
    old = table("[[Toezicht, 1.178], [Opsporing, af]]")
    new = table("[[Toezicht, 1.200], [Opsporing, af]]", "[{kop: Taak, rijkop: true}, {kop: Nu}]")
    new = {name: text.replace("bijschrift: Taken", "bijschrift: Alle taken") for name, text in new.items()}
    found = Marked(tmp_path, old, new)
    shown = found.find("<p><del[^>]*>Taken</del></p>.*?</table>")
    assert re.match(r'<p><del class="vb-oud" id="wijziging_1">Taken</del></p> <div class="tabelvak"', shown)
    assert 'Tabel 1:</span> <ins class="vb-nieuw">Alle taken</ins></span></caption>' in shown
    heading = (
        '<th scope="col" abbr="Nu"><del class="vb-oud" id="wijziging_2">Stand</del> <ins class="vb-nieuw">Nu</ins></th>'
    )
    assert heading in shown
    assert '<td><del class="vb-oud" id="wijziging_3">1.178</del> <ins class="vb-nieuw">1.200</ins></td>' in shown
    assert "<td>af</td>" in shown


def test_a_cell_that_was_empty_and_one_that_is(tmp_path: Path) -> None:
    found = Marked(tmp_path, table("[[a, null], [b, twee]]"), table("[[a, een], [b, null]]"))
    assert '<td><ins class="vb-nieuw" id="wijziging_1">een</ins></td>' in found.pages[ANNEX]
    assert '<td><del class="vb-oud" id="wijziging_2">twee</del></td>' in found.pages[ANNEX]


def test_a_row_that_came_and_one_that_went(tmp_path: Path) -> None:
    found = Marked(tmp_path, table("[[a, een], [b, twee], [c, drie]]"), table("[[a, een], [c, drie], [d, vier]]"))
    body = parse(found.pages[ANNEX]).find(".//{*}tbody")
    assert [[words(cell) for cell in row] for row in body] == [
        ["a", "een"],
        ["b", "twee"],
        ["c", "drie"],
        ["d", "vier"],
    ]
    went, came = list(body)[1], list(body)[3]
    assert [[e.tag.rpartition("}")[2] for e in cell] for cell in went] == [["del"], ["del"]]
    assert [[e.tag.rpartition("}")[2] for e in cell] for cell in came] == [["ins"], ["ins"]]
    assert [cell.get("scope") for cell in went] == ["row", None]
    assert found.anchors() == {"vervallen tabel 1, rij b": "wijziging_2", "nieuw tabel 1, rij d": "wijziging_1"}


def test_a_row_that_went_from_between_rows_that_belong_together(tmp_path: Path) -> None:
    """A row cannot stand in the middle of a cell that spans several: it comes below that."""
    tall = "[[{tekst: a, over_rijen: 2}, een], [twee], [c, drie]]"
    old = "[[{tekst: a, over_rijen: 3}, een], [weg], [twee], [c, drie]]"
    body = parse(Marked(tmp_path, table(old), table(tall)).pages[ANNEX]).find(".//{*}tbody")
    assert [[words(cell) for cell in row] for row in body][:2] == [["a", "een"], ["twee"]]
    assert ["del" in [e.tag.rpartition("}")[2] for e in row.iter()] for row in body] == [False, False, True, False]


def test_a_column_that_came_and_one_that_went(tmp_path: Path) -> None:
    old = table("[[a, een, x], [b, twee, y]]", "[{kop: Taak, rijkop: true}, {kop: Stand}, {kop: Wie}]")
    new = table("[[a, een, 1], [b, twee, 2]]", "[{kop: Taak, rijkop: true}, {kop: Stand}, {kop: Wie}, {kop: Jaar}]")
    new = {name: text.replace("een, 1", "een, x, 1").replace("twee, 2", "twee, y, 2") for name, text in new.items()}
    came = Marked(tmp_path / "kwam", old, new)
    assert came.anchors() == {"nieuw tabel 1, kolomkop": "wijziging_1", "nieuw tabel 1, kolom Jaar": "wijziging_2"}
    assert '<ins class="vb-nieuw" id="wijziging_2">1</ins></td>' in came.pages[ANNEX]
    assert '<ins class="vb-nieuw">2</ins></td>' in came.pages[ANNEX]
    went = Marked(tmp_path / "ging", new, old)
    assert went.anchors() == {
        "vervallen tabel 1, kolomkop": "wijziging_2",
        "vervallen tabel 1, kolom Jaar": "wijziging_2",
    }
    told = '<p><mark class="vb-melding" id="wijziging_2">Vervallen (tabel 1, kolom Jaar):</mark> <del'
    assert f'{told} class="vb-oud">a: 1; b: 2</del>' in went.pages[ANNEX]


def test_a_table_that_went_is_told_where_it_stood(tmp_path: Path) -> None:
    text = "soort: tekst\nid: inleiding\ntitel: Inleiding\ntekst: Een tabel.\n"
    old = table("[[a, een]]")
    found = Marked(tmp_path, old, {**old, **section(text)})
    told = [
        words(p) for p in elements(parse(found.pages[ANNEX]), "p") if any("melding" in c for e in p for c in classes(e))
    ]
    assert told == [
        "Vervallen (tabel 1, bijschrift): Taken",
        "Vervallen (tabel 1, kolomkop): Taak",
        "Vervallen (tabel 1, kolomkop): Stand",
        "Vervallen (tabel 1, rij a): a | een",
    ]
    assert len({mark.anchor for mark in found.items[ANNEX].marks}) == 4


# --- the rest ---------------------------------------------------------------------------------------------------


def test_a_chart_of_which_the_data_changed(tmp_path: Path) -> None:
    chart = (
        "figuren:\n  - {soort: grafiek, vorm: staaf, id: g, bijschrift: Agenten, data: eenheden,\n"
        "     x: {kolom: eenheid, rijen: [Noord, Zuid]}, reeksen: [{kolom: agenten}], alt: Twee staven.}\n"
    )
    old = section(INTRO + chart)
    new = section(INTRO + chart.replace("bijschrift: Agenten", "bijschrift: Agenten nu").replace("Twee", "Alleen twee"))
    found = Marked(tmp_path, old, {**new, "data/eenheden.csv": "eenheid,agenten\nNoord,120\nZuid,250\n"})
    shown = found.find('<p><mark class="vb-melding">Gewijzigd.*?</details>')
    assert shown.startswith('<p><mark class="vb-melding">Gewijzigd (figuur 1):</mark> de gegevens zijn anders.')
    assert re.search(r'Gewijzigd \(figuur 1, beschrijving\):</mark> <del class="vb-oud">Twee staven.</del> <ins', shown)
    assert re.search(r'<p><del [^>]*>Agenten</del></p> <figcaption><span class="figuurnummer">Figuur 1:</span>', shown)
    assert 'Agenten <ins class="vb-nieuw">nu</ins></figcaption>' in shown
    details = shown.partition("<details")[2]
    assert re.search(r'<del class="vb-oud" id="wijziging_\d+">100</del> <ins class="vb-nieuw">', details)
    svg = found.find("<svg.*?</svg>")
    assert "<ins" not in svg and "<del" not in svg
    assert "gewijzigd figuur 1, gegevens, rij agenten, kolom Noord" in found.anchors()


def test_headline_figures_are_marked_where_they_are_large(tmp_path: Path) -> None:
    headlines = (
        "figuren:\n  - {soort: kerngetal, id: k, bijschrift: Kern, alt: Een getal.,\n"
        "     getallen: [{cijfer: norm, label: de norm}, {cijfer: agenten, label: agenten}]}\n"
    )
    both = section(INTRO + headlines)
    found = Marked(tmp_path, both, {**both, "data/eenheden.csv": "eenheid,agenten\nNoord,120\nZuid,250\n"})
    items = [words(item) for item in parse(found.pages[ANNEX]).findall(".//{*}ul[@class='kerngetallen']/{*}li")]
    assert [item.split()[:2] for item in items][1] == ["350", "fte"]
    shown = found.find('<ul class="kerngetallen".*?</ul>')
    assert (
        '<del class="vb-oud">350 fte</del> <strong><ins class="vb-nieuw">370</ins></strong> fte</span> agenten' in shown
    )
    assert shown.count("<ins") == 1


def test_an_item_of_a_list_of_matters(tmp_path: Path) -> None:
    listing = section(INTRO + "overzicht: [motie]\n")
    found = Marked(tmp_path, listing, {**listing, **matter(("status: afgedaan", "status: open"))})
    assert found.find("<li><del.*?</li>") == (
        '<li><del class="vb-oud" id="wijziging_1">Motie-Bakker over wijkagenten (Het lid Bakker (ABC), afgedaan)</del> '
        '<ins class="vb-nieuw"><a href="#motie-bakker"><span class="nummer">2</span> Motie-Bakker over wijkagenten.'
        "</a> "
        '<span class="feiten">Het lid Bakker (ABC), open.</span></ins></li>'
    )


def test_a_section_that_went_is_told_where_it_stood(tmp_path: Path) -> None:
    third = {"bijlagen/zaken/3-slot.yaml": "soort: tekst\nid: slot\ntitel: Slot\ntekst: Het slot.\n"}
    more = annex("Moties en toezeggingen")["bijlagen/zaken/bijlage.yaml"]
    old = {**third, "bijlagen/zaken/bijlage.yaml": more + "  - bestand: 3-slot.yaml\n"}
    found = Marked(tmp_path, old, {})
    paragraphs = [words(p) for p in elements(parse(found.pages[ANNEX]), "p")]
    start = paragraphs.index("Hiermee beschouw ik de motie als afgedaan.")
    assert paragraphs[start + 1 : start + 3] == ["Slot", "Het slot."]


def test_a_first_paragraph_that_went_stays_under_its_heading(tmp_path: Path) -> None:
    old = matter(("  De motie is uitgevoerd.", "  Eerst dit.\n\n  De motie is uitgevoerd."))
    page = Marked(tmp_path, old, {}).pages[ANNEX]
    assert page.index('id="motie-bakker"') < page.index("Eerst dit.</del>") < page.index("De motie is uitgevoerd.")


def test_a_note_that_went(tmp_path: Path) -> None:
    found = Marked(
        tmp_path,
        {},
        section(INTRO.replace("[^peil]", "").partition("noten:")[0] + INTRO[INTRO.index("tabellen:") :])
        | {"bronnen.yaml": "{}\n"},
    )
    assert "vervallen noot 1" in found.anchors()
    assert "Vervallen (noot 1):</mark>" in found.pages[ANNEX]


def test_a_document_that_is_new_is_told_and_not_marked(tmp_path: Path) -> None:
    editie = {"editie.yaml": EDITIE + "  - {soort: bijlage, bestand: bijlagen/nieuw.yaml}\n"}
    found = Marked(tmp_path, {}, editie | {"bijlagen/nieuw.yaml": "id: nieuw\ntitel: Nieuw\ntekst: Iets.\n"})
    (mark,) = found.items["bijlage-2-nieuw"].marks
    assert (mark.anchor, mark.change.what, mark.change.where) == (TOP, "nieuw", "het hele stuk")
    assert "<ins" not in found.pages["bijlage-2-nieuw"]


@pytest.mark.parametrize("stem", ["brief", ANNEX])
def test_a_mark_knows_its_place_in_the_content(tmp_path: Path, stem: str) -> None:
    new = EDITIE.replace("1234567", "7654321")
    found = Marked(tmp_path, {}, {"editie.yaml": new, **matter(("status: afgedaan", "status: open"))})
    for mark in found.items[stem].marks:
        assert mark.place is not None, mark
        assert mark.place.path.endswith("editie.yaml" if mark.change.where == "Ons kenmerk" else "2-motie.yaml")
