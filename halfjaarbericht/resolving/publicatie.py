"""How an edition is published: values looked up in the public lists, and what the House has numbered since."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from halfjaarbericht.language.bronregels import FIRST_YEAR_WITHOUT_ADDRESS
from halfjaarbericht.language.nederlands import parliamentary_year
from halfjaarbericht.model.editie import BriefDocument
from halfjaarbericht.model.publicatie import Publicatie, Stukpublicatie
from halfjaarbericht.problems import Problem, did_you_mean
from halfjaarbericht.publicatie import Classification, Publication, Term
from halfjaarbericht.reading.load import LoadedEdition
from halfjaarbericht.reading.source import KeyPath, Source
from halfjaarbericht.verslag import Heading
from halfjaarbericht.waardelijsten.lijsten import usual, value_lists

_PLACE: KeyPath = ("publicatie",)


def make_publication(edition: LoadedEdition, heading: Heading, problems: list[Problem]) -> Publication:
    """The publication of an edition. A value that no list has is told in `problems`, and the usual one stands in."""
    model = edition.model.publicatie
    chooser = _Chooser(edition.source, problems)
    year = model.vergaderjaar or parliamentary_year(edition.model.datum)
    common = chooser.classification(model, _PLACE)
    found = Publication(
        publisher=_publisher(edition, heading, chooser),
        common=common,
        act=chooser.choose("handeling", model.handeling, (*_PLACE, "handeling")) or usual("handeling"),
        act_date=model.handelingsdatum or edition.model.datum,
        parliamentary_year=year,
        file_title=edition.model.dossier.titel,
        file_number=model.ondernummer or "",
        keywords=model.trefwoorden,
        documents=_documents(edition, chooser, common, year),
    )
    problems += _too_early(edition)
    return found


@dataclass(frozen=True, slots=True)
class _Chooser:
    """Looks values up; tells those that are not there."""

    source: Source
    problems: list[Problem]

    def choose(self, field: str, text: str | None, path: KeyPath) -> Term | None:
        """The value that `text` means; None, with a problem, when the list of `field` does not have it."""
        if text is None:
            return None
        values = value_lists()[field]
        found = values.find(text)
        if found is None:
            message = f"'{text}' staat niet in de waardelijst {values.name}"
            self.problems.append(self.source.problem("E320", path, message, _suggestion(text, list(values.labels()))))
        return found

    def classification(
        self, model: Publicatie | Stukpublicatie, path: KeyPath, other: Classification | None = None
    ) -> Classification:
        """The classification that the fields of `model` give; for those that are not there that of `other`, or else
        the usual one."""
        category = self.choose("informatiecategorie", model.informatiecategorie, (*path, "informatiecategorie"))
        kind = self.choose("documentsoort", model.documentsoort, (*path, "documentsoort"))
        chosen = (self.choose("thema", text, (*path, "thema", i)) for i, text in enumerate(model.thema or ()))
        themes = tuple(theme for theme in chosen if theme)
        return Classification(
            category or (other.category if other else usual("informatiecategorie")),
            kind or (other.kind if other else usual("documentsoort")),
            themes or (other.themes if other else (usual("thema"),)),
        )


def _suggestion(text: str, labels: list[str]) -> str:
    """A label with all of `text` in it says more than one that only looks like it."""
    whole = [label for label in labels if text.casefold() in label.casefold()]
    shown = did_you_mean(text, whole[:1] or labels)
    return shown or "de mogelijke waarden staan in halfjaarbericht/waardelijsten/tooi.json"


def _publisher(edition: LoadedEdition, heading: Heading, chooser: _Chooser) -> Term:
    """Who publishes: the one named, or else the ministry of the sender."""
    named = edition.model.publicatie.uitgever
    ministry = " ".join(heading.sender.ministry)
    if named is not None:
        return chooser.choose("uitgever", named, (*_PLACE, "uitgever")) or Term("", named)
    found = value_lists()["uitgever"].find(ministry)
    if found is None:
        message = f"'{ministry}' staat niet in de waardelijst {value_lists()['uitgever'].name}"
        hint = "noem in editie.yaml de uitgever, zoals publicatie: {uitgever: ministerie van Justitie en Veiligheid}"
        problem = edition.source.problem("W320", ("afzender",), message, hint, severity="waarschuwing")
        chooser.problems.append(problem)
    return found or Term("", ministry)


def _documents(
    edition: LoadedEdition, chooser: _Chooser, common: Classification, year: str
) -> dict[str, Classification]:
    found = {}
    for document in edition.documents:
        place = document.entry
        entry = edition.model.documenten[int(place[1])]
        own = chooser.classification(entry.publicatie, (*place, "publicatie"), common)
        paper = entry.publicatie.ob_id or (_paper(edition, year) if isinstance(entry, BriefDocument) else "")
        found[document.model.id] = Classification(own.category, own.kind, own.themes, paper)
    return found


def _paper(edition: LoadedEdition, year: str) -> str:
    """The identifier of the letter, as far as it follows from the number that the House gave."""
    number = edition.model.publicatie.ondernummer
    if not number or int(year[:4]) >= FIRST_YEAR_WITHOUT_ADDRESS:
        return ""
    return f"kst-{edition.model.dossier.nummer}-{number}"


def _too_early(edition: LoadedEdition) -> Iterator[Problem]:
    """The House numbers what has been sent; a draft has not."""
    if edition.model.status != "concept":
        return
    places: list[KeyPath] = [(*_PLACE, "ondernummer")] if edition.model.publicatie.ondernummer else []
    for index, entry in enumerate(edition.model.documenten):
        if entry.publicatie.ob_id:
            places.append(("documenten", index, "publicatie", "ob_id"))
    for place in places:
        message = "een concept heeft nog geen nummer van de Kamer"
        hint = "zet de status op definitief, of haal het nummer weg tot het stuk is gepubliceerd"
        yield edition.source.problem("W321", place, message, hint, key=True, severity="waarschuwing")
