"""What stands on every document of the sample report: sender, date, addressee, and the list of documents."""

from __future__ import annotations

from datetime import date

from halfjaarbericht.publicatie import Classification, Publication, Term
from halfjaarbericht.verslag import Entry, Heading, Sender
from tests.voorbeeld_bouwstenen import text

SENDER = Sender(
    ministry=("Ministerie van Justitie", "en Veiligheid"),
    directorate_general="Directoraat-Generaal Politie en Veiligheidsregio’s",
    directorate="Directie Voorbeelden",
    visiting_address=("Turfmarkt 147", "2511 DP  Den Haag"),
    postal_address=("Postbus 20301", "2500 EH  Den Haag"),
    return_address="Postbus 20301 2500 EH  Den Haag",
    website="www.rijksoverheid.nl/jenv",
    logo="",
    ribbon=True,
    reply_line="Bij beantwoording de datum en ons kenmerk vermelden.",
)


def heading(subject: str = "Tweede halfjaarbericht politie 2030", status: str = "definitief") -> Heading:
    return Heading(
        edition="2030-2",
        title="Tweede halfjaarbericht politie 2030",
        subject=subject,
        date=date(2030, 12, 13),
        date_text="13 december 2030",
        reference="7654321",
        dossier="29628",
        status=status,
        sender=SENDER,
        addressee=(
            "Aan de Voorzitter van de Tweede Kamer",
            "der Staten-Generaal",
            "Postbus 20018",
            "2500 EA  DEN HAAG",
        ),
        signatory_function="De Minister van Justitie en Veiligheid",
        signatory_name="V.O. Orbeeld",
        annex_count=3,
    )


ENTRIES = (
    Entry(
        "brief",
        "brief",
        "",
        text("Tweede halfjaarbericht politie 2030"),
        "Tweede halfjaarbericht politie 2030",
        "brief",
    ),
    Entry(
        "extern",
        "kerncijfers",
        "1",
        text("Kerncijfers politie"),
        "Kerncijfers politie",
        "",
        author="Politie",
        explanation=text("Verschijnt samen met het jaarverslag"),
    ),
    Entry("bijlage", "moties", "2", text("Moties & toezeggingen"), "Moties & toezeggingen", "bijlage-2-moties"),
    Entry(
        "extern",
        "plan",
        "3",
        text("Plan van aanpak"),
        "Plan van aanpak",
        "bijlage-3-plan",
        file="extern/plan.pdf",
        author="Inspectie Justitie en Veiligheid",
    ),
)


PUBLICATION = Publication(
    publisher=Term("https://voorbeeld.invalid/id/ministerie/m1", "ministerie van Justitie en Veiligheid"),
    common=Classification(
        Term("https://voorbeeld.invalid/categorie/c1", "vergaderstukken Staten-Generaal"),
        Term("https://voorbeeld.invalid/soort/s1", "Kamerstuk"),
        (Term("https://voorbeeld.invalid/thema/t1", "openbare orde en veiligheid"),),
    ),
    act=Term("https://voorbeeld.invalid/handeling/h1", "ondertekening"),
    act_date=date(2030, 12, 13),
    parliamentary_year="2030-2031",
    file_title="Politie",
)
