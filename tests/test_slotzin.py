"""What a matter says of itself: the sentence that ends it, and who made a commitment."""

from __future__ import annotations

from pathlib import Path

import pytest

from halfjaarbericht.render import Renderer
from halfjaarbericht.resolving.inlines import plain
from halfjaarbericht.verslag import Paragraph, Section
from tests.htmlhulp import parse, with_class, words
from tests.inhoudhulp import EDITION, read_report, write_content

ROOT = Path(__file__).parent.parent
FILE = f"{EDITION}/bijlagen/zaken/2-motie.yaml"


def resolved(folder: Path, **fields: str) -> tuple[Path, Section]:
    """A small edition with one matter: its content folder and the section."""
    matter = {"soort": "motie", "id": "zaak", "titel": "Zaak", "status": "afgedaan", "tekst": "Tekst."} | fields
    content = write_content(folder, {FILE: "".join(f"{name}: {value}\n" for name, value in matter.items())})
    report, _ = read_report(content)
    (section,) = [s for document in report.documents for s in document.sections if s.id == "zaak"]
    return content, section


@pytest.mark.parametrize(
    ("kind", "one", "more"),
    [
        ("motie", "Hiermee beschouw ik de motie als afgedaan.", "Hiermee beschouw ik de moties als afgedaan."),
        ("toezegging", "Hiermee doe ik deze toezegging gestand.", "Hiermee doe ik deze toezeggingen gestand."),
        ("verzoek", "Hiermee heb ik aan dit verzoek voldaan.", "Hiermee heb ik aan deze verzoeken voldaan."),
    ],
)
def test_a_settled_matter_ends_with_a_sentence(tmp_path: Path, kind: str, one: str, more: str) -> None:
    for choice, wanted in (("true", [one]), ("meervoud", [more]), ("false", [])):
        _, section = resolved(tmp_path / choice, soort=kind, slotzin=choice)
        told = [plain(block.content) for block in section.blocks if isinstance(block, Paragraph)]
        assert told == ["Tekst.", *wanted]
    _, section = resolved(tmp_path / "open", soort=kind, slotzin="meervoud", status="open")
    assert len(section.blocks) == 1


def test_who_made_a_commitment_stands_in_its_line(tmp_path: Path) -> None:
    by = "de staatssecretaris van Financiën"
    content, section = resolved(tmp_path, soort="toezegging", toegezegd_door=by, indieners="[{naam: Bakker}]")
    assert section.matter is not None and section.matter.promised_by == by
    report, _ = read_report(content)
    renderer = Renderer([ROOT / "templates"], [ROOT / "styles"])
    (annex,) = [document for document in report.documents if section in document.sections]
    page = renderer.document(report, annex, "scherm", edition_folder=ROOT, shared_folder=ROOT)
    (line,) = with_class(parse(page), "zaakgegevens")
    assert words(line).startswith(
        "Toezegging van de staatssecretaris van Financiën aan het lid Bakker. Stand: afgedaan"
    )
