"""What a screen reader says: of real documents as it was last reviewed, and of small trees piece by piece.

`pytest tests/test_readout.py --update` writes the files of golden/readout and golden/tags afresh; the difference is
what a reviewer reads aloud.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from halfjaarbericht.readout.listing import list_tags
from halfjaarbericht.readout.readout import read_out
from halfjaarbericht.tagtree.model import Annotation, Box, Element, Kid, Mark, Target, Tree
from halfjaarbericht.tagtree.reading import read_tree
from tests.editiehulp import EXAMPLE, Built, report

GOLDEN = Path(__file__).parent / "golden"
EXAMPLES = tuple(d.stem for d in report(EXAMPLE, "2030-1").documents)
# Of every edition one document, the letter where there is one; and the annex with forms.
READ = (
    ("2020-1", "bijlage-1-moties-en-toezeggingen"),
    ("2022-1", "bijlage-2-moties-en-toezeggingen"),
    ("2022-2", "brief"),
    ("2025-1", "bijlage-1-kerncijfers"),
    ("2025-1", "bijlage-3-moties-en-toezeggingen"),
    ("2026-1", "brief"),
)
NOWHERE = Box(0, 0, 1, 1)


@cache
def tree_of(file: Path) -> Tree:
    return read_tree(file)


def compare(file: Path, text: str, update: bool) -> None:
    if update:
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    assert file.exists(), f"{file.name} is new: run pytest tests/test_readout.py --update and review it"
    assert text.splitlines() == file.read_text(encoding="utf-8").splitlines()


@pytest.mark.pdf
@pytest.mark.parametrize(("edition", "stem"), READ, ids="/".join)
def test_a_real_document_sounds_as_reviewed(real: Built, edition: str, stem: str, update: bool) -> None:
    text = read_out(tree_of(real.output / edition / f"{stem}.pdf"))
    compare(GOLDEN / "readout" / edition / f"{stem}.txt", text, update)


@pytest.mark.pdf
@pytest.mark.parametrize("stem", EXAMPLES)
def test_the_example_sounds_as_reviewed(example: Built, stem: str, update: bool) -> None:
    text = read_out(tree_of(example.output / "2030-1" / f"{stem}.pdf"))
    compare(GOLDEN / "readout" / "voorbeeld" / f"{stem}.txt", text, update)


@pytest.mark.pdf
@pytest.mark.parametrize("stem", EXAMPLES)
def test_the_tags_of_the_example_are_as_reviewed(example: Built, stem: str, update: bool) -> None:
    text = list_tags(tree_of(example.output / "2030-1" / f"{stem}.pdf"))
    compare(GOLDEN / "tags" / "voorbeeld" / f"{stem}.txt", text, update)


def test_nothing_in_the_goldens_is_left_over() -> None:
    wanted = {GOLDEN / "readout" / edition / f"{stem}.txt" for edition, stem in READ}
    wanted |= {GOLDEN / kind / "voorbeeld" / f"{stem}.txt" for kind in ("readout", "tags") for stem in EXAMPLES}
    assert {*(GOLDEN / "readout").rglob("*.*"), *(GOLDEN / "tags").rglob("*.*")} == wanted


# --- small trees ------------------------------------------------------------------------------------------------


def e(role: str, *kids: Kid | str, **fields: object) -> Element:
    """An element; a string is a mark."""
    made = tuple(Mark(1, 0, kid) if isinstance(kid, str) else kid for kid in kids)
    return Element(0, role, role, 1, made, **fields)  # type: ignore[arg-type]


def to(page: int = 0, address: str = "", contents: str | None = "Ga") -> Annotation:
    return Annotation(0, 1, "Link", NOWHERE, contents, Target(page, None, address), 0)


def said(*elements: Element, lang: str = "nl") -> list[str]:
    """The lines after the opening."""
    tree = Tree("Titel", lang, True, True, elements, (), {}, {})
    return read_out(tree).splitlines()[4:]


def cell(role: str, text: str, **attributes: object) -> Element:
    return e(role, *([text] if text else []), id=attributes.pop("id", None), attributes=attributes)


def test_the_opening_tells_title_language_and_length() -> None:
    tree = Tree("", "", False, False, (), (), {}, {})
    assert read_out(tree).splitlines() == [
        "document: zonder titel (de lezer toont de bestandsnaam)",
        "taal: onbekend",
        "0 bladzijden",
        "dit document heeft geen tags: een schermlezer moet raden",
        "",
    ]


@pytest.mark.parametrize(
    ("element", "lines"),
    [
        (e("H2", "Inleiding"), ["kop niveau 2: Inleiding (bladzijde 1)"]),
        (e("H3"), ["kop niveau 3: zonder tekst (bladzijde 1)"]),
        (e("P"), ["lege alinea"]),
        (e("P", "een ", "twee\u00a0drie"), ["een twee drie"]),
        (e("P", "op twee regels", actual="op één"), ["op twee regels"]),
        (e("P", "vóór ", e("Span", "x", actual="anders"), " na"), ["vóór anders na"]),
        (e("P", "de ", e("Span", "ME", expansion="Mobiele Eenheid"), "."), ["de Mobiele Eenheid [afkorting: ME]."]),
        (e("P", "een ", e("Span", "white paper", lang="en"), "."), ["een [Engels] white paper [Nederlands]."]),
        (e("P", "Alles", lang="de"), ["[Duits]", "Alles", "[Nederlands]"]),
        (e("P", "zie ", e("Reference", e("Link", to(4), "3")), "."), ["zie [voetnoot 3]."]),
        (e("P", "2.148", e("Reference", e("Link", to(4), "9")), "fte"), ["2.148[voetnoot 9]fte"]),
        (e("P", "2.148", e("Reference", e("Link", to(4), " 9 ")), "fte"), ["2.148 [voetnoot 9] fte"]),
        (e("P", "zie ", e("Reference", e("Link", to(4), "tabel 3"))), ["zie [koppeling: tabel 3 → bladzijde 4]"]),
        (e("P", e("Link", to(0, "https://x.nl"), "x")), ["[koppeling: x → https://x.nl]"]),
        (e("P", e("Link", to(2, contents="Terug"))), ["[koppeling: Terug → bladzijde 2]"]),
        (e("P", e("Link", "los")), ["[koppeling die nergens heen gaat: los]"]),
        (e("P", e("Link", to(), "weg")), ["[koppeling: weg → onbekend doel]"]),
        (e("Figure", "123", alt="Een  lijn"), ["figuur: Een lijn"]),
        (e("Figure", "123"), ["figuur zonder beschrijving"]),
        (e("P", "hier ", e("Span", e("Figure", alt="een ster"))), ["hier [figuur: een ster]"]),
        (e("Caption", "Figuur 1"), ["bijschrift: Figuur 1"]),
        (e("BlockQuote", e("P", "Zo is het.")), ["citaat", "  Zo is het."]),
        (e("Part", e("P", "x"), title="Bijlage 1"), ["deel: Bijlage 1", "x"]),
        (e("Sect", "los", e("P", "vast"), "los"), ["los", "vast", "los"]),
        (e("Note", e("Lbl", e("Link", to(1), "2")), e("P", "Tekst.")), ["voetnoot 2 [terug → bladzijde 1]: Tekst."]),
        (e("Note", "Tekst."), ["voetnoot zonder nummer [zonder weg terug]: Tekst."]),
    ],
)
def test_what_is_said(element: Element, lines: list[str]) -> None:
    assert said(element) == lines


def test_a_list_in_a_list() -> None:
    inner = e("L", e("LI", e("Lbl", "–"), e("LBody", "dieper")))
    outer = e("L", e("LI", e("Lbl", "a."), e("LBody", e("P", "een"), e("P", "nog"))), e("LI", e("LBody", inner)))
    assert said(outer) == [
        "lijst met 2 onderdelen",
        "  a. een",
        "    nog",
        "  lijst met 1 onderdeel",
        "      – dieper",
    ]


def test_a_table_of_contents() -> None:
    def entry(text: str, *more: Element) -> Element:
        return e("TOCI", e("Reference", e("Link", to(3), text)), *more)

    toc = e("TOC", entry("1. Eén 3", e("TOC", entry("1.1 Dieper 3"))), entry("2. Twee 3"))
    assert said(toc) == [
        "inhoudsopgave met 3 regels",
        "  [koppeling: 1. Eén 3 → bladzijde 3]",
        "    [koppeling: 1.1 Dieper 3 → bladzijde 3]",
        "  [koppeling: 2. Twee 3 → bladzijde 3]",
    ]


def test_headers_by_scope() -> None:
    head = e("TR", cell("TD", ""), cell("TH", "2028", Scope="Column"), cell("TH", "2029", Scope="Column"))
    body = e("TR", cell("TH", "Zuid", Scope="Row"), cell("TD", "1"), cell("TD", "2"))
    assert said(e("Table", e("Caption", "Tabel 1"), e("THead", head), e("TBody", body))) == [
        "tabel met 3 kolommen en 2 rijen, titel “Tabel 1” (bladzijde 1)",
        "  rij 1, kolom 1: leeg",
        "  rij 1, kolom 2, kolomkop: 2028",
        "  rij 1, kolom 3, kolomkop: 2029",
        "  rij 2, kolom 1, rijkop: Zuid",
        "  rij 2, kolom 2 (rij Zuid; kolom 2028): 1",
        "  rij 2, kolom 3 (rij Zuid; kolom 2029): 2",
    ]


def test_named_headers_bring_along_their_own() -> None:
    """A header that names a header (ISO 32000-1, table 349), and cells that reach over rows and columns."""
    top = e(
        "TR", cell("TH", "Soort", Scope="Column", RowSpan=2), cell("TH", "Stand", id="s", Scope="Column", ColSpan=2)
    )
    below = e(
        "TR", cell("TH", "2028", id="a", Scope="Column", Headers=["s"]), cell("TH", "2029", id="b", Scope="Column")
    )
    body = e("TR", cell("TH", "Zuid", id="z", Scope="Row"), cell("TD", "1", Headers=["a", "z"]), cell("TD", "2"))
    lines = said(e("Table", top, below, body))
    assert lines[1:5] == [
        "  rij 1, kolom 1, kolomkop over 2 rijen: Soort",
        "  rij 1, kolom 2, kolomkop over 2 kolommen: Stand",
        "  rij 2, kolom 2, kolomkop (kolom Stand): 2028",
        "  rij 2, kolom 3, kolomkop (kolom Stand): 2029",
    ]
    assert lines[6:] == [
        "  rij 3, kolom 2 (rij Zuid; kolom Stand, 2028): 1",
        "  rij 3, kolom 3 (rij Zuid; kolom Stand, 2029): 2",
    ]


def test_a_header_does_not_name_itself_for_ever() -> None:
    row = e("TR", cell("TH", "x", id="x", Scope="Row", Headers=["y"]), cell("TH", "y", id="y", Headers=["x"]))
    assert len(said(e("Table", row))) == 3


def test_a_table_in_a_cell() -> None:
    inner = e("Table", e("TR", cell("TH", "binnen", Scope="Row"), cell("TD", "1")))
    lines = said(e("Table", e("TR", e("TD", e("P", "tekst"), inner))))
    assert lines[1:4] == [
        "  rij 1, kolom 1:",
        "    tekst",
        "    tabel met 2 kolommen en 1 rij, zonder titel (bladzijde 1)",
    ]


def test_the_listing_shows_attributes_and_links() -> None:
    element = e("TH", "Kop ", e("Link", to(2), "2"), id="k", attributes={"Scope": "Row", "BBox": [1.0, 2.25]})
    assert list_tags(Tree("", "nl", True, True, (element,), (), {}, {})).splitlines() == [
        "TH id='k' BBox=[1.0 2.2] Scope=Row",
        "  “Kop”",
        "  Link",
        "    → bladzijde 2 'Ga'",
        "    “2”",
    ]
