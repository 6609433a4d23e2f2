"""What stands on every document of an edition: sender, addressee, date, kenmerk, signatory."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import TypeVar

from halfjaarbericht.language.nederlands import format_date
from halfjaarbericht.model.gedeeld import Afzender, Ondertekenaar
from halfjaarbericht.problems import Problem, did_you_mean
from halfjaarbericht.reading.load import SHARED, LoadedEdition
from halfjaarbericht.reading.paden import find_inside, shortened
from halfjaarbericht.reading.source import KeyPath, Source
from halfjaarbericht.verslag import Heading, Place, Sender

T = TypeVar("T")

_OWN_LINES = {
    "title": "titel",
    "subject": "onderwerp",
    "date": "datum",
    "reference": "kenmerk",
    "dossier": "dossier",
    "status": "status",
}
"""Fields of a heading, with the key in editie.yaml."""


def make_heading(edition: LoadedEdition, problems: list[Problem]) -> Heading | None:
    """The heading; None, with problems, when the sender, signatory or addressee is not known."""
    model, senders = edition.model, edition.shared.senders
    sender = _choose(edition, problems, "afzender", model.afzender, senders.afzenders)
    signatory = _choose(edition, problems, "ondertekenaar", model.ondertekenaar, senders.ondertekenaars)
    addressee = _choose(edition, problems, "geadresseerde", model.geadresseerde, senders.geadresseerden)
    if sender is None or signatory is None or addressee is None:
        return None
    _check_term(edition, problems, signatory)
    return Heading(
        edition=model.editie,
        title=model.titel,
        subject=model.onderwerp,
        date=model.datum,
        date_text=format_date(model.datum),
        reference=model.kenmerk,
        dossier=model.dossier.nummer,
        status=model.status,
        sender=_sender(edition, problems, sender),
        addressee=addressee,
        signatory_function=signatory.functie,
        signatory_name=signatory.naam,
        annex_count=sum(1 for d in edition.documents if d.number),
        places=_places(edition),
    )


def _places(edition: LoadedEdition) -> Mapping[str, Place]:
    """Where the lines of a heading stand: in editie.yaml, and what that only names in gedeeld/afzender.yaml."""
    senders = edition.shared.senders_source
    model = edition.model
    found = {name: _place(edition.source, (key,)) for name, key in _OWN_LINES.items()}
    found["sender"] = _place(senders, ("afzenders", model.afzender))
    found["addressee"] = _place(senders, ("geadresseerden", model.geadresseerde))
    found["signatory"] = _place(senders, ("ondertekenaars", model.ondertekenaar))
    found["reply_line"] = _place(senders, ("beantwoordingsregel",))
    return found


def _place(source: Source, path: KeyPath) -> Place:
    mark = source.mark(path, key=True)
    return Place(source.path, mark.line, mark.column)


def _choose(edition: LoadedEdition, problems: list[Problem], field: str, name: str, known: Mapping[str, T]) -> T | None:
    found = known.get(name)
    if found is None:
        message = f"gedeeld/afzender.yaml kent geen {field} '{name}'"
        problems.append(edition.source.problem("E314", (field,), message, did_you_mean(name, known)))
    return found


def _check_term(edition: LoadedEdition, problems: list[Problem], signatory: Ondertekenaar) -> None:
    """Nobody signs before taking or after leaving office."""
    day = edition.model.datum
    if _in_office(signatory, day):
        return
    until = f" tot en met {format_date(signatory.tot)}" if signatory.tot else ""
    message = f"{signatory.naam} was op {format_date(day)} niet in functie"
    known = edition.shared.senders.ondertekenaars.items()
    others = [name for name, other in known if _in_office(other, day)]
    instead = f"; op die datum wel: {', '.join(others)}" if others else ""
    hint = f"volgens gedeeld/afzender.yaml van {format_date(signatory.van)}{until}{instead}"
    problems.append(edition.source.problem("E315", ("ondertekenaar",), message, hint))


def _in_office(signatory: Ondertekenaar, day: date) -> bool:
    """Whether the term of office has begun and has not ended; the last day counts."""
    return signatory.van <= day <= (signatory.tot or day)


def _sender(edition: LoadedEdition, problems: list[Problem], sender: Afzender) -> Sender:
    return Sender(
        ministry=sender.ministerie,
        directorate_general=sender.directoraat_generaal,
        directorate=sender.directie or "",
        visiting_address=sender.bezoekadres,
        postal_address=sender.postadres,
        return_address=sender.retouradres,
        website=sender.website or "",
        logo=_logo(edition, problems, sender.logo),
        ribbon=sender.lint,
        reply_line=edition.shared.senders.beantwoordingsregel or "",
    )


def _logo(edition: LoadedEdition, problems: list[Problem], name: str | None) -> str:
    """The text of the user's SVG from its <svg> on."""
    if not name:
        return ""
    file = find_inside(edition.folder.parent / SHARED, name)
    try:
        text = file.read_text(encoding="utf-8") if file else ""
    except (OSError, UnicodeDecodeError):
        text = ""
    if "<svg" in text:
        return text[text.index("<svg") :]
    path = ("afzenders", edition.model.afzender, "logo")
    message = f"'{shortened(name)}' is geen leesbaar SVG-bestand in gedeeld/"
    problems.append(edition.shared.senders_source.problem("E301", path, message, "geef een pad naar een .svg"))
    return ""
