"""A resolved report made by hand that uses every kind of block and inline, for tests of templates and layout.

The matters, names and figures in it are invented.
"""

from __future__ import annotations

from pathlib import Path

from halfjaarbericht.verslag import (
    Document,
    Link,
    Note,
    NoteCall,
    Overview,
    OverviewItem,
    Quote,
    Report,
    Section,
    Text,
)
from tests.voorbeeld_bouwstenen import SENTENCES, bullets, para, running, text
from tests.voorbeeld_hoofd import ENTRIES, PUBLICATION, heading
from tests.voorbeeld_secties import commitment, every_block, extra, motion

ROOT = Path(__file__).resolve().parent.parent
TEMPLATES = ROOT / "templates"
STYLES = ROOT / "styles"

FIGURE_SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 200 60"><title>Verzuim</title>'
    '<path d="M10 50L70 30L130 35L190 12" fill="none" stroke="#154273" stroke-width="2"/></svg>'
)

NOTES = (
    Note(1, (para("Eerste noot, bij de titel van een hoofdstuk."),), 1),
    Note(
        2,
        (
            para(
                "Noot bij de kop van een motie, met een ",
                Link("extern", "https://www.tweedekamer.nl/", text("link")),
                ".",
            ),
        ),
        1,
    ),
    Note(
        3,
        (
            para("Noot van meer alinea’s, tweemaal aangeroepen."),
            para("De tweede alinea staat op een eigen regel."),
            bullets("met een lijst", "van twee punten"),
            Quote((para("en een citaat"),)),
        ),
        2,
    ),
    Note(4, (para("Noot in een lijst."),), 1),
    Note(5, (para("Noot in een bijschrift."),), 1),
    Note(6, (para("Noot in een kolomkop."),), 1),
    Note(7, (para("Noot in een cel met een getal."),), 1),
    Note(8, (para("Noot in een cel met tekst."),), 1),
)


def annex(status: str = "definitief") -> Document:
    items = (
        OverviewItem(
            "motie-voorbeeld",
            "1.1",
            text("Bespreek hoe het buitengebied meer wijkagenten krijgt, ook waar de afstanden groot zijn."),
            "Het lid Jansen (ABC) c.s.",
            (),
            "afgedaan",
        ),
        OverviewItem("motie-deel", "", text("Zonder nummer"), "", (), ""),
    )
    return Document(
        kind="bijlage",
        id="moties",
        number="2",
        label="bijlage 2",
        title=text("Moties & toezeggingen"),
        plain="Moties & toezeggingen",
        stem="bijlage-2-moties",
        heading=heading(status=status),
        blocks=(),
        sections=(
            Section(
                "hoofdstuk-een",
                "tekst",
                1,
                "1",
                (Text("Toezeggingen & moties"), NoteCall(1, 1)),
                "Toezeggingen & moties",
                None,
                (
                    para("Deze bijlage noemt alle zaken."),
                    Overview("motie", "Het gaat om de volgende moties:", items),
                ),
                (motion(every_block()), commitment(), extra()),
            ),
            Section("slot", "tekst", 1, "", text("Tot slot"), "Tot slot", None, running(2), ()),
        ),
        notes=NOTES,
        toc=True,
        show_matters=True,
        belongs_to=text("Tweede halfjaarbericht politie 2030"),
    )


def letter(
    paragraphs: int = 8, subject: str = "Tweede halfjaarbericht politie 2030", status: str = "definitief"
) -> Document:
    """A letter whose text starts with running text, so that its first line is that of the first page."""
    return Document(
        kind="brief",
        id="brief",
        number="",
        label="brief",
        title=text("Tweede halfjaarbericht politie 2030"),
        plain="Tweede halfjaarbericht politie 2030",
        stem="brief",
        heading=heading(subject, status),
        blocks=running(2),
        sections=(
            Section(
                "positie",
                "tekst",
                1,
                "",
                text("Positie van de politie"),
                "Positie van de politie",
                None,
                (
                    para(
                        "Tekst met een noot.",
                        NoteCall(1, 1),
                        " Meer tekst volgt in ",
                        Link("document", "tabel-bezetting", text("tabel 1 in bijlage 2"), "moties"),
                        ".",
                    ),
                    *running(paragraphs, 1),
                ),
                (
                    Section(
                        "functie",
                        "tekst",
                        2,
                        "",
                        text("Politiefunctie"),
                        "Politiefunctie",
                        None,
                        running(2),
                        (),
                    ),
                ),
            ),
            Section("tot-slot", "tekst", 1, "", text("Tot slot"), "Tot slot", None, running(1, 2), ()),
        ),
        notes=(Note(1, (para("Kamerstukken II 2029/30, 29628, nr. 1098. " + SENTENCES[0]),), 1),),
        annex_list=ENTRIES[1:],
    )


def report(*documents: Document) -> Report:
    found = documents or (letter(), annex())
    return Report("2030-2", found[0].heading, ENTRIES, found, PUBLICATION)


def edition_folder(parent: Path) -> Path:
    """A folder of an edition with the image that the figure asks for."""
    folder = parent / "2030-2"
    (folder / "figuren").mkdir(parents=True, exist_ok=True)
    (folder / "figuren" / "verzuim lijn.svg").write_text(FIGURE_SVG, encoding="utf-8")
    return folder
