"""The tables of the sample report: two header rows, merged cells, a form with a nested table, a wide table."""

from __future__ import annotations

from halfjaarbericht.verslag import Cell, NoteCall, Row, Span, Table, Text
from tests.voorbeeld_bouwstenen import bullets, figure_cell, head, para, row_head, text

NUMBERS_TABLE = Table(
    id="tabel-bezetting",
    kind="cijfers",
    number=1,
    caption=(Text("Bezetting per onderdeel (in fte)"), NoteCall(5, 1)),
    plain="Bezetting per onderdeel (in fte)",
    head=(
        Row(
            (
                head("Onderdeel", rowspan=2, id="b-onderdeel"),
                head((Text("Realisatie"), NoteCall(6, 1)), "colgroup", 2, id="b-realisatie"),
                head("Prognose", rowspan=2, id="b-prognose"),
            )
        ),
        Row((head("2029", id="b-2029"), head("2030", id="b-2030"))),
    ),
    body=(
        Row(
            (
                row_head("Eenheden", id="b-eenheden", headers=("b-onderdeel",)),
                figure_cell("54.321", headers=("b-eenheden", "b-realisatie", "b-2029")),
                figure_cell("55.001", NoteCall(7, 1), headers=("b-eenheden", "b-realisatie", "b-2030")),
                figure_cell("55.500", headers=("b-eenheden", "b-prognose")),
            )
        ),
        Row(
            (
                row_head("Landelijke diensten", id="b-diensten", headers=("b-onderdeel",)),
                figure_cell("5.432", headers=("b-diensten", "b-realisatie", "b-2029")),
                figure_cell("5.501", headers=("b-diensten", "b-realisatie", "b-2030")),
                figure_cell("5.550", headers=("b-diensten", "b-prognose")),
            )
        ),
    ),
    foot=(
        Row(
            (
                row_head("Totaal", id="b-totaal", headers=("b-onderdeel",)),
                figure_cell("59.753", headers=("b-totaal", "b-realisatie", "b-2029")),
                figure_cell("60.502", headers=("b-totaal", "b-realisatie", "b-2030")),
                figure_cell("61.050", headers=("b-totaal", "b-prognose")),
            ),
            total=True,
        ),
    ),
    source=(Text("politie, peildatum 1 oktober 2030"),),
    columns=4,
)

NESTED = Table(
    id="tabel-keuzes-2",
    kind="genest",
    number=0,
    caption=text("Bedragen in miljoenen euro’s"),
    plain="Bedragen in miljoenen euro’s",
    head=(Row((head("Onderdeel"), head("2030"), head("2031"))),),
    body=(Row((row_head("Uitgaven"), figure_cell("12,5"), figure_cell("13,0"))),),
    columns=3,
)

FORM = Table(
    id="tabel-keuzes",
    kind="formulier",
    number=2,
    caption=text("Beleidskeuzes uitgelegd"),
    plain="Beleidskeuzes uitgelegd",
    head=(Row((Cell((para("Aanpak van digitale criminaliteit"), para("Verantwoording")), "", "left", 2),)),),
    body=(
        Row(
            (
                row_head("1. Doel"),
                Cell((para("Minder slachtoffers van oplichting."), bullets("meer aangiften", "sneller hulp"))),
            )
        ),
        Row((row_head("2. Financiële gevolgen"), Cell((para("De gevolgen staan hieronder."), NESTED)))),
    ),
    widths=(30, 70),
    columns=2,
)

TEXT_TABLE = Table(
    id="tabel-afspraken",
    kind="tekst",
    number=3,
    caption=text("Afspraken per eenheid"),
    plain="Afspraken per eenheid",
    head=(Row((head("Eenheid"), Cell((para("Afspraak"),), "col"), Cell((para("Stand"),), "col"))),),
    body=(
        Row(
            (
                row_head("Noord", "rowgroup", 2),
                Cell((para("Tekst met ", Span("em", text("nadruk")), "."),)),
                Cell((para("gereed"),)),
            )
        ),
        Row((Cell((para("Over twee kolommen", NoteCall(8, 1)),), colspan=2),)),
        Row((row_head("Zuid"), Cell((para("Eerste alinea."), para("Tweede alinea."))), Cell(()))),
    ),
    widths=(20, 60, 20),
    columns=3,
)

WIDE_TABLE = Table(
    id="tabel-breed",
    kind="cijfers",
    number=4,
    caption=text("Instroom per maand"),
    plain="Instroom per maand",
    head=(Row((head("Eenheid"), *(head(m) for m in "jan feb mrt apr mei jun jul aug sep okt nov dec".split()))),),
    body=tuple(
        Row((row_head(name), *(figure_cell(f"{100 + index * month}") for month in range(1, 13))))
        for index, name in enumerate(("Noord-Nederland", "Oost-Nederland", "Midden-Nederland"), start=1)
    ),
    wide=True,
    columns=13,
)
