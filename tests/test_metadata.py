"""Records of documents: what they say, when, in which words, and that XML and JSON-LD hold any text."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from xml.etree import ElementTree
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import pytest

from halfjaarbericht.language.kloktijd import midnight
from halfjaarbericht.metadata.bestanden import metadata_files
from halfjaarbericht.metadata.diwoo import NAMESPACE
from halfjaarbericht.metadata.jsonld import json_ld
from halfjaarbericht.metadata.record import FileFacts
from halfjaarbericht.metadata.stuk import find_piece, known_reference, pieces
from halfjaarbericht.publicatie import Term
from halfjaarbericht.verslag import Report
from halfjaarbericht.waardelijsten.lijsten import FILE, file_format, usual, value_date, value_lists
from tests.editiehulp import CONTENT, good_editions
from tests.editiehulp import report as real_report
from tests.inhoudhulp import EDITION, read_report, write_content
from tests.voorbeeld_verslag import annex, letter, report

FILES = [FileFacts("bijlage-2-moties.pdf", "ab" * 32, 24), FileFacts("bijlage-2-moties.html", "cd" * 32)]
NASTY = "A & <b>\"'</script> ]]> é – 漢"


def record(whole: Report, stem: str = "bijlage-2-moties", suffix: str = "pdf") -> dict[str, Any]:
    """The JSON record of a document."""
    name = f"{stem}.{suffix}"
    found = metadata_files(whole, stem, [FileFacts(name, "ab" * 32, 24 if suffix == "pdf" else 0)])
    data: dict[str, Any] = json.loads(found[f"{name}.metadata.json"])
    return data


def diwoo(whole: Report, stem: str = "bijlage-2-moties") -> ElementTree.Element:
    """The XML record of a document: the element DiWoo."""
    found = metadata_files(whole, stem, [FileFacts(f"{stem}.pdf", "ab" * 32, 24)])
    root = ElementTree.fromstring(found[f"{stem}.pdf.diwoo.xml"])
    assert root.tag == f"{{{NAMESPACE}}}Document"
    (only,) = root
    return only


def texts(element: ElementTree.Element, path: str) -> list[str | None]:
    return [e.text for e in element.findall(path, {"": NAMESPACE})]


def edition(folder: Path, *lines: str) -> Report:
    """The base edition with lines added to editie.yaml."""
    content = write_content(folder)
    file = content / EDITION / "editie.yaml"
    file.write_text(file.read_text(encoding="utf-8") + "".join(f"{line}\n" for line in lines), encoding="utf-8")
    return read_report(content)[0]


# --- the record -------------------------------------------------------------------------------------------------


def test_the_record_of_an_annex() -> None:
    data = record(report())
    assert data == {
        "identifier": ["2030-2/bijlage-2", "kenmerk 7654321"],
        "officieleTitel": "Bijlage 2: Moties & toezeggingen bij het Tweede halfjaarbericht politie 2030",
        "publisher": _named("ministerie/m1", "ministerie van Justitie en Veiligheid"),
        "verantwoordelijke": _named("ministerie/m1", "ministerie van Justitie en Veiligheid"),
        "naamOpsteller": None,
        "creatiedatum": "2030-12-13",
        "language": "http://publications.europa.eu/resource/authority/language/NLD",
        "format": "http://publications.europa.eu/resource/authority/file-type/PDF",
        "informatiecategorie": [_other("categorie/c1", "vergaderstukken Staten-Generaal")],
        "documentsoort": [_other("soort/s1", "Kamerstuk")],
        "thema": [_other("thema/t1", "openbare orde en veiligheid")],
        "trefwoord": ["Politie"],
        "documenthandeling": [
            {"soort": "https://voorbeeld.invalid/handeling/h1", "atTime": "2030-12-13T00:00:00+01:00"}
        ],
        "isPartOf": "2030-2/brief",
        "hasParts": [],
        "aggregatiekenmerk": "29628",
        "extra": {
            "vergaderjaar": "2030-2031",
            "dossiernummer": "29628",
            "dossiertitel": "Politie",
            "ondernummer": None,
            "indiener": "V.O. Orbeeld",
            "bijlagenummer": "2",
            "status": "definitief",
        },
        "bestand": {"naam": "bijlage-2-moties.pdf", "sha256": "ab" * 32, "paginas": 24},
    }


def _named(code: str, label: str) -> dict[str, str]:
    return {"id": f"https://voorbeeld.invalid/id/{code}", "label": label}


def _other(code: str, label: str) -> dict[str, str]:
    return {"id": f"https://voorbeeld.invalid/{code}", "label": label}


def test_a_page_and_a_pdf_differ_only_in_the_file() -> None:
    pdf, page = record(report()), record(report(), suffix="html")
    assert {key for key in pdf if pdf[key] != page[key]} == {"format", "bestand"}
    assert page["format"].endswith("/HTML")
    assert page["bestand"]["paginas"] is None


def test_the_letter_knows_its_annexes_and_the_bundle_what_is_in_it() -> None:
    data = record(report(), "brief")
    assert data["officieleTitel"] == "Tweede halfjaarbericht politie 2030"
    assert data["isPartOf"] == "2030-2"
    assert data["extra"]["bijlagenummer"] is None
    # Annex 1 has no file yet.
    assert data["hasParts"] == ["2030-2/bijlage-2", "2030-2/bijlage-3"]
    bundle = record(report(), "bundel")
    assert bundle["officieleTitel"] == "Tweede halfjaarbericht politie 2030: alle stukken"
    assert bundle["hasParts"] == ["2030-2/brief", "2030-2/bijlage-2"]


def test_an_annex_by_others_names_who_made_it() -> None:
    data = record(report(), "bijlage-3-plan")
    assert data["naamOpsteller"] == "Inspectie Justitie en Veiligheid"
    assert data["publisher"]["label"] == "ministerie van Justitie en Veiligheid"
    assert texts(diwoo(report(), "bijlage-3-plan"), "naamOpsteller") == ["Inspectie Justitie en Veiligheid"]


def test_other_pages_have_no_record() -> None:
    assert metadata_files(report(), "cijfers", [FileFacts("cijfers.html", "", 0)]) == {}
    assert find_piece(report(), "index") is None
    files = [*FILES, FileFacts("bijlage-2-moties.csv", "")]
    assert len(metadata_files(report(), "bijlage-2-moties", files)) == 4


def test_annexes_without_a_letter_are_part_of_the_edition() -> None:
    whole = report()
    alone = replace(whole, entries=tuple(e for e in whole.entries if e.kind != "brief"))
    assert {piece.part_of for piece in pieces(alone)} == {"2030-2"}


@pytest.mark.parametrize("kenmerk", ["volgt", "Niet vermeld", " PM "])
def test_a_reference_that_is_still_to_come_is_no_identifier(kenmerk: str) -> None:
    whole = report()
    later = replace(whole, heading=replace(whole.heading, reference=kenmerk))
    assert known_reference(later.heading) == ""
    assert record(later)["identifier"] == ["2030-2/bijlage-2"]


@pytest.mark.parametrize(
    ("title", "end"),
    [
        ("Eerste Halfjaarbericht politie 2031", " bij het Eerste Halfjaarbericht politie 2031"),
        ("Voortgangsbrief politie", " bij Voortgangsbrief politie"),
    ],
)
def test_the_article_is_only_written_where_it_is_known(title: str, end: str) -> None:
    whole = report()
    other = replace(whole, heading=replace(whole.heading, title=title))
    assert record(other)["officieleTitel"] == f"Bijlage 2: Moties & toezeggingen{end}"


# --- from the content -------------------------------------------------------------------------------------------


def test_what_an_edition_gets_without_saying_anything(tmp_path: Path) -> None:
    publication = edition(tmp_path).publication
    assert publication.publisher == value_lists()["uitgever"].terms["mnre1058"]
    assert publication.common.category.label == "vergaderstukken Staten-Generaal"
    assert publication.common.kind.label == "Kamerstuk"
    assert [theme.label for theme in publication.common.themes] == ["openbare orde en veiligheid"]
    assert (publication.act.label, publication.act_date) == ("ondertekening", date(2030, 6, 20))
    assert (publication.parliamentary_year, publication.file_title) == ("2029-2030", "Politie")
    assert publication.file_number == publication.of("brief").paper == ""


def test_an_edition_may_choose_by_label_code_or_address(tmp_path: Path) -> None:
    publication = edition(
        tmp_path,
        "publicatie:",
        "  uitgever: Ministerie van Defensie",
        "  informatiecategorie: c_fdaee95e",
        "  documentsoort: https://identifier.overheid.nl/tooi/def/thes/kern/c_7652d853",
        "  thema: [veiligheid, c_4348dad1]",
        "  handeling: VASTSTELLING",
        "  handelingsdatum: 2030-07-01",
        "  trefwoorden: [wijkagent, politie]",
        "  vergaderjaar: 2030-2031",
    ).publication
    assert publication.publisher.id.endswith("/id/ministerie/mnre1018")
    assert publication.common.category.label == "onderzoeksrapporten"
    assert publication.common.kind.label == "brief"
    assert [theme.label for theme in publication.common.themes] == ["veiligheid", "begroting"]
    assert (publication.act.label, publication.act_date) == ("vaststelling", date(2030, 7, 1))
    assert publication.keywords == ("wijkagent", "politie")
    assert publication.parliamentary_year == "2030-2031"
    assert publication.of("zaken").category == publication.common.category


def test_a_document_may_differ_from_its_edition(tmp_path: Path) -> None:
    content = write_content(tmp_path)
    file = content / EDITION / "editie.yaml"
    own = "publicatie: {documentsoort: plan, ob_id: blg-1031005}"
    text = file.read_text(encoding="utf-8").replace("bijlagen/zaken}", f"bijlagen/zaken, {own}}}")
    file.write_text(text + "status: definitief\n", encoding="utf-8")
    whole = read_report(content)[0]
    data = record(whole, "bijlage-1-zaken")
    assert data["identifier"] == ["2030-1/bijlage-1", "kenmerk 1234567", "blg-1031005"]
    assert data["documentsoort"][0]["label"] == "plan"
    assert data["informatiecategorie"][0]["label"] == "vergaderstukken Staten-Generaal"
    assert record(whole, "brief")["documentsoort"][0]["label"] == "Kamerstuk"


def test_after_publication_the_number_of_the_house_is_in_the_record(tmp_path: Path) -> None:
    old = edition(tmp_path, "status: definitief", "publicatie: {ondernummer: 1098, vergaderjaar: 2021-2022}")
    data = record(old, "brief")
    assert data["extra"]["ondernummer"] == "1098"
    assert "kst-29628-1098" in data["identifier"]
    assert "kst-29628-1098" not in record(old, "bijlage-1-zaken")["identifier"]


def test_from_2026_the_number_gives_no_identifier(tmp_path: Path) -> None:
    """The site numbers its papers itself by then (bronregels); the id can be given."""
    data = record(edition(tmp_path, "status: definitief", "publicatie: {ondernummer: 1400}"), "brief")
    assert data["extra"]["ondernummer"] == "1400"
    assert data["identifier"] == ["2030-1/brief", "kenmerk 1234567"]


def test_an_unknown_ministry_is_named_without_a_number(tmp_path: Path) -> None:
    content = write_content(tmp_path)
    file = content / "gedeeld" / "afzender.yaml"
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace("Ministerie van Justitie, en Veiligheid", "Ministerie van Zee"), encoding="utf-8")
    whole, problems = read_report(content)
    assert [problem.code for problem in problems] == ["W320"]
    assert record(whole, "brief")["publisher"] == {"id": None, "label": "Ministerie van Zee"}
    (publisher,) = diwoo(whole, "brief").findall("publisher", {"": NAMESPACE})
    assert (publisher.text, publisher.attrib) == ("Ministerie van Zee", {})
    assert json.loads(json_ld(whole, whole.documents[0]))["publisher"] == {
        "@type": "GovernmentOrganization",
        "name": "Ministerie van Zee",
    }


@pytest.mark.parametrize("name", good_editions())
def test_every_real_edition_has_known_terms(name: str) -> None:
    publication = real_report(CONTENT, name).publication
    terms = [publication.publisher, publication.act, publication.common.category, publication.common.kind]
    assert all(term.id for term in terms)


# --- time -------------------------------------------------------------------------------------------------------


def days() -> Iterator[date]:
    """Every day around each change of the clock, and one in each month, for as long as the tables go."""
    for year in range(1996, 2038):
        for month in range(1, 13):
            yield date(year, month, 15)
        for month in (3, 10):
            yield from (date(year, month, 22) + timedelta(days=n) for n in range(10))


def test_dutch_time_is_that_of_the_time_zone_tables() -> None:
    try:
        zone = ZoneInfo("Europe/Amsterdam")
    except ZoneInfoNotFoundError:
        pytest.skip("no time zone tables on this machine; the program does not need them")
    for day in days():
        assert midnight(day).utcoffset() == midnight(day).replace(tzinfo=zone).utcoffset(), day


@pytest.mark.parametrize(
    ("day", "text"),
    [
        (date(2025, 6, 12), "2025-06-12T00:00:00+02:00"),
        (date(2025, 12, 10), "2025-12-10T00:00:00+01:00"),
        (date(2025, 3, 30), "2025-03-30T00:00:00+01:00"),  # the clock goes forward at two
        (date(2025, 3, 31), "2025-03-31T00:00:00+02:00"),
        (date(2025, 10, 26), "2025-10-26T00:00:00+02:00"),  # and back at three
        (date(2025, 10, 27), "2025-10-27T00:00:00+01:00"),
    ],
)
def test_midnight_is_written_with_its_offset(day: date, text: str) -> None:
    assert midnight(day).isoformat() == text


# --- DiWoo ------------------------------------------------------------------------------------------------------

# Each element with how often it may stand, in the order in which they are written.
DIWOO = {
    "identifiers": (1, 1),
    "publisher": (1, 1),
    "verantwoordelijke": (0, 1),
    "naamOpsteller": (0, 1),
    "titelcollectie": (1, 1),
    "classificatiecollectie": (1, 1),
    "creatiedatum": (1, 1),
    "language": (1, 1),
    "format": (1, 1),
    "aggregatiekenmerk": (0, 1),
    "documenthandelingen": (1, 1),
}
GROUPS = {"documentsoorten": "documentsoort", "informatiecategorieen": "informatiecategorie", "themas": "thema"}
TERMS = (
    *("publisher", "verantwoordelijke", "language", "format"),
    *(f"classificatiecollectie/{group}/{name}" for group, name in GROUPS.items()),
    "documenthandelingen/documenthandeling/soortHandeling",
)
ADDRESS = re.compile(r"https?://[^\s<>\"]+\Z")


def check_diwoo(element: ElementTree.Element) -> None:
    """What the standard asks of a DiWoo element, as far as it is public: required parts, order, and values."""
    names = [child.tag.removeprefix(f"{{{NAMESPACE}}}") for child in element]
    assert names == sorted(names, key=list(DIWOO).index)
    for name, (least, most) in DIWOO.items():
        assert least <= names.count(name) <= most, name
    for path in TERMS:
        found = element.findall(path, {"": NAMESPACE})
        assert found, path
        for term in found:
            assert term.text
            assert ADDRESS.match(term.attrib["resource"]), path
    assert all(texts(element, "identifiers/identifier"))
    (title,) = texts(element, "titelcollectie/officieleTitel")
    assert title
    assert all(texts(element, "classificatiecollectie/trefwoorden/trefwoord"))
    (created,) = texts(element, "creatiedatum")
    assert date.fromisoformat(created or "")
    (time,) = texts(element, "documenthandelingen/documenthandeling/atTime")
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT00:00:00\+0[12]:00", time or "")


@pytest.mark.parametrize("name", good_editions())
def test_the_xml_of_every_document_has_what_the_standard_asks(name: str) -> None:
    whole = real_report(CONTENT, name)
    for piece in pieces(whole):
        check_diwoo(diwoo(whole, piece.stem))


def test_the_check_of_the_xml_sees_what_is_wrong() -> None:
    whole = report()
    for name in ("identifiers", "publisher", "titelcollectie", "documenthandelingen"):
        element = diwoo(whole)
        (gone,) = element.findall(name, {"": NAMESPACE})
        element.remove(gone)
        with pytest.raises(AssertionError):
            check_diwoo(element)
    element = diwoo(whole)
    element[:] = [*element[1:], element[0]]
    with pytest.raises(AssertionError):
        check_diwoo(element)


def test_xml_and_json_ld_hold_any_text() -> None:
    whole = report()
    heading = replace(whole.heading, subject=NASTY, title=NASTY, reference=NASTY, signatory_name=NASTY)
    terms = Term('https://voorbeeld.invalid/?a=1&b="<', NASTY)
    publication = replace(whole.publication, publisher=terms, file_title=NASTY)
    nasty = replace(whole, heading=heading, publication=publication)
    found = diwoo(nasty, "brief")
    assert texts(found, "titelcollectie/officieleTitel") == [NASTY]
    assert texts(found, "publisher") == texts(found, "classificatiecollectie/trefwoorden/trefwoord") == [NASTY]
    (publisher,) = found.findall("publisher", {"": NAMESPACE})
    assert publisher.attrib == {"resource": terms.id}
    page = json_ld(nasty, letter())
    assert not set("<>&") & set(page)
    assert json.loads(page)["author"]["name"] == NASTY


# --- schema.org -------------------------------------------------------------------------------------------------


def test_json_ld_of_the_letter() -> None:
    data = json.loads(json_ld(report(), letter()))
    assert (data["@context"], data["@type"], data["url"]) == ("https://schema.org", "DigitalDocument", "brief.html")
    assert data["author"]["@type"] == "Person"
    assert data["author"]["jobTitle"] == "De Minister van Justitie en Veiligheid"
    assert data["author"]["affiliation"] == data["publisher"]
    assert (data["dateCreated"], data["datePublished"], data["inLanguage"]) == ("2030-12-13", "2030-12-13", "nl")
    assert data["isPartOf"]["@type"] == "Collection"
    assert [part["url"] for part in data["hasPart"]] == ["bijlage-2-moties.html", "bijlage-3-plan.pdf"]
    assert data["encoding"][0]["contentUrl"] == "brief.pdf"


def test_json_ld_of_an_annex() -> None:
    data = json.loads(json_ld(report(), annex()))
    assert data["@type"] == "Report"
    assert data["author"] == data["publisher"]
    assert data["isPartOf"] == {
        "@type": "DigitalDocument",
        "name": "Tweede halfjaarbericht politie 2030",
        "url": "brief.html",
    }
    assert "hasPart" not in data


def test_a_draft_has_not_been_published() -> None:
    whole = report()
    draft = replace(whole, heading=replace(whole.heading, status="concept"))
    data = json.loads(json_ld(draft, letter()))
    assert data["creativeWorkStatus"] == "Concept"
    assert "datePublished" not in data
    assert record(draft)["extra"]["status"] == "concept"


# --- the value lists --------------------------------------------------------------------------------------------


def test_the_lists_are_whole() -> None:
    assert date.fromisoformat(value_date())
    for field, values in value_lists().items():
        assert values.name and values.source, field
        labels = [label.casefold() for label in values.labels()]
        assert len(set(labels)) == len(labels) == len(values.terms), field
        assert all(ADDRESS.match(term.id) for term in values.terms.values())
        assert not values.usual or values.usual in values.terms


def test_every_value_is_found_by_each_of_its_names() -> None:
    for values in value_lists().values():
        for code, term in values.terms.items():
            assert values.find(code) == values.find(term.id) == values.find(f" {term.label.upper()} ") == term
    assert value_lists()["thema"].find("openbare orde") is None


def test_what_the_program_leans_on_is_there() -> None:
    fields = ("informatiecategorie", "documentsoort", "thema", "handeling", "taal")
    assert [usual(field).label for field in fields] == [
        "vergaderstukken Staten-Generaal",
        "Kamerstuk",
        "openbare orde en veiligheid",
        "ondertekening",
        "Nederlands",
    ]
    assert file_format("pdf").id.endswith("/file-type/PDF")
    assert file_format("html").id.endswith("/file-type/HTML")


def test_the_program_has_no_addresses_of_its_own() -> None:
    """Values are data: only tooi.json names them."""
    for file in FILE.parent.parent.rglob("*.py"):
        assert "identifier.overheid.nl" not in file.read_text(encoding="utf-8"), file
