"""What changed in Dutch, ready to paste into an e-mail, and as JSON."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import Any

from halfjaarbericht.changes.marks import PLAIN, Marks, marked
from halfjaarbericht.changes.result import Change, DocumentChanges, EditionChanges, Renumbering
from halfjaarbericht.language.nederlands import join_list

NOTHING = "Geen wijzigingen."
SHORT = 50
"""Up to so many characters the old and the new text of a cell stand on one line."""
_KINDS = {
    "zin": ("zin", "zinnen"),
    "kop": ("kop", "koppen"),
    "tussenkop": ("tussenkop", "tussenkoppen"),
    "noot": ("zin in een noot", "zinnen in noten"),
    "bijschrift": ("bijschrift", "bijschriften"),
    "bron": ("bronregel", "bronregels"),
    "beeld": ("zin in een beschrijving van een figuur", "zinnen in beschrijvingen van figuren"),
    "kolomkop": ("kolomkop", "kolomkoppen"),
    "overzicht": ("regel in een overzicht", "regels in overzichten"),
    "bijlagenlijst": ("regel in de lijst van bijlagen", "regels in de lijst van bijlagen"),
    "gegeven": ("gegeven", "gegevens"),
    "cel": ("cel", "cellen"),
    "rij": ("rij", "rijen"),
    "kolom": ("kolom", "kolommen"),
}


def as_text(editions: Sequence[EditionChanges], against: str, marks: Marks = PLAIN) -> str:
    """All that changed since `against` ('de laatste build'), ending with a count per document."""
    if all(edition.state == "gelijk" for edition in editions):
        return NOTHING
    lines = [f"Wijzigingen ten opzichte van {against}", ""]
    for edition in editions:
        lines += _edition(edition, against, marks)
    lines.append("Telling")
    for edition in editions:
        lines += [f"  {_name(edition, document)}: {count(document)}" for document in edition.documents]
    return "\n".join(lines)


def _edition(edition: EditionChanges, against: str, marks: Marks) -> Iterator[str]:
    if edition.state == "nieuw":
        yield from (f"{edition.name}: nog niet aanwezig in {against}; alles is nieuw.", "")
    elif edition.state == "vervallen":
        yield from (f"{edition.name}: de hele editie is vervallen.", "")
    else:
        for document in edition.documents:
            if document.state != "gelijk":
                yield f"{_name(edition, document)}: {document.title}"
                yield from _document(document, marks)
                yield ""


def _name(edition: EditionChanges, document: DocumentChanges) -> str:
    return f"{edition.name}, {document.label}"


def _document(document: DocumentChanges, marks: Marks) -> Iterator[str]:
    if document.state == "nieuw":
        yield "  Dit document is nieuw."
    elif document.state == "vervallen":
        yield "  Dit document is vervallen."
    heading = ""
    for change in document.changes:
        if change.heading != heading:
            heading = change.heading
            yield from ("", f"  {heading}")
        yield from (f"    {line}" for line in _change(change, marks))
    if document.renumbered or document.references:
        yield from ("", f"  Nummering: {'; '.join(_numbering(document))}.")
    if document.moved:
        yield f"  Verplaatst zonder andere tekst: {document.moved}."


def _change(change: Change, marks: Marks) -> Iterator[str]:
    if change.what != "gewijzigd":
        where = f" ({change.where})" if change.where else ""
        yield f"{change.what}{where}: {change.new or change.old}"
    elif change.kind == "cel" and max(len(change.old), len(change.new)) <= SHORT:
        yield f"{change.where}: {change.old or '(leeg)'} → {change.new or '(leeg)'}"
    else:
        old, new = marked(change.old, change.new, marks)
        indent = "  " if change.where else ""
        yield from [change.where] if change.where else []
        yield f"{indent}was: {old}"
        yield f"{indent}nu:  {new}"


def _numbering(document: DocumentChanges) -> Iterator[str]:
    for item in document.renumbered:
        series = "hoofdstuk" if item.series == "paragraaf" and "." not in item.last_old + item.last_new else item.series
        yield f"{series} {_range(item.first_old, item.last_old)} → {_range(item.first_new, item.last_new)}"
    if document.references:
        one = document.references == 1
        yield f"{document.references} {'tekst verwijst' if one else 'teksten verwijzen'} daardoor met een ander nummer"


def _range(first: str, last: str) -> str:
    return (first or "zonder nummer") if first == last else f"{first} t/m {last}"


def count(document: DocumentChanges) -> str:
    """'2 zinnen gewijzigd, 1 cel nieuw'."""
    if document.state == "nieuw":
        return f"nieuw ({document.size} teksten)"
    if document.state == "vervallen":
        return "vervallen"
    parts = [
        f"{number} {_KINDS[kind][number != 1]} {what}"
        for kind in _KINDS
        for what in ("gewijzigd", "nieuw", "vervallen")
        if (number := sum(1 for c in document.changes if (c.kind, c.what) == (kind, what)))
    ]
    if parts:
        return join_list(parts)
    return "ongewijzigd" if document.state == "gelijk" else "alleen nummering of volgorde"


# --- for machines -----------------------------------------------------------------------------------------------


def as_json(editions: Sequence[EditionChanges], against: str) -> str:
    """The same for a program; the keys are explained in docs/handleiding.md."""
    data = {"tegen": against, "edities": [_edition_data(edition) for edition in editions]}
    return json.dumps(data, ensure_ascii=False, indent=2)


def _edition_data(edition: EditionChanges) -> dict[str, Any]:
    return {
        "editie": edition.name,
        "stand": edition.state,
        "documenten": [_document_data(document) for document in edition.documents],
    }


def _document_data(document: DocumentChanges) -> dict[str, Any]:
    return {
        "id": document.id,
        "naam": document.label,
        "titel": document.title,
        "bestand": document.stem,
        "stand": document.state,
        "wijzigingen": [_change_data(change) for change in document.changes],
        "nummering": [_numbering_data(item) for item in document.renumbered],
        "verwijzingen": document.references,
        "verplaatst": document.moved,
    }


def _change_data(change: Change) -> dict[str, str]:
    return {
        "wat": change.what,
        "soort": change.kind,
        "kop": change.heading,
        "waar": change.where,
        "oud": change.old,
        "nieuw": change.new,
    }


def _numbering_data(item: Renumbering) -> dict[str, Any]:
    return {
        "reeks": item.series,
        "oud": [item.first_old, item.last_old],
        "nieuw": [item.first_new, item.last_new],
        "aantal": item.count,
    }
