"""Where each content model stands in a small edition, and a value for every field that may be left out."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from halfjaarbericht.model import editie, gedeeld, secties
from halfjaarbericht.model.basis import Model

Data = dict[str, Any]
E = "2030-1"
NOTE = {"n": "Een noot.\n\nMet [een link](https://www.voorbeeld.nl)."}
TEXT_TABLE = {"id": "t-x", "soort": "tekst", "bijschrift": "T", "kolommen": [{"kop": "A"}], "rijen": [["a"]]}
IMAGE = {"id": "f-x", "bijschrift": "F", "bestand": "lijn.svg", "alt": "Een lijn die stijgt"}
SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path d="M0 9L9 0" stroke="#000"/></svg>'


@dataclass(frozen=True)
class Site:
    """A model with what it needs at least, a value for each other field, and the files that it then stands in.

    A value may be a function, for a field that comes with something elsewhere: it changes the data. `silent` are
    fields that need not show on a page, each with its reason beside it.
    """

    model: type[Model]
    base: Data
    options: Mapping[str, Any]
    files: Callable[[Data], dict[str, Any]]
    silent: frozenset[str] = frozenset()
    name: str = ""
    together: Mapping[str, str] = field(default_factory=dict)
    """Fields that only mean something beside another: field → that other."""
    recorded: frozenset[str] = frozenset()
    """Fields that the metadata beside the documents must tell; the pages need not."""


def with_note(data: Data) -> None:
    data["noten"] = NOTE
    key = "titel" if "titel" in data else "slotformule"
    data[key] = f"{data.get(key, 'Groet')}[^n]"


def edition(documents: list[Data] | None = None, letter: Data | None = None, **more: Any) -> Data:
    first: list[Data] = [
        letter or {"soort": "brief", "bestand": "brief.yaml"},
        {"soort": "bijlage", "bestand": "bijlagen/x.yaml"},
    ]
    return {
        "editie": E,
        "titel": "Halfjaarbericht",
        "datum": "2030-06-20",
        "kenmerk": "123",
        "dossier": {"nummer": 29628, "titel": "Politie"},
        "onderwerp": "Onderwerp",
        "afzender": "a",
        "ondertekenaar": "o",
        "documenten": [*first, *(documents or [])],
        **more,
    }


def section(**more: Any) -> Data:
    return {"soort": "tekst", "id": "s", "titel": "Sectie", **more}


def annex(*sections: Data) -> dict[str, Any]:
    found = list(sections) or [section()]
    return {f"{E}/bijlagen/x.yaml": {"id": "x", "titel": "Bijlage", "secties": found}}


def table(data: Data) -> dict[str, Any]:
    return annex(section(tabellen=[data]))


SENDER = {
    "ministerie": ["Ministerie van", "Justitie en Veiligheid"],
    "directoraat_generaal": "DG",
    "bezoekadres": ["Plein 1"],
    "postadres": ["Postbus 1"],
    "retouradres": "Postbus 1",
}


def shared(sender: Data | None = None, signatory: Data | None = None, **more: Any) -> dict[str, Any]:
    senders = {
        "afzenders": {"a": sender or SENDER},
        "ondertekenaars": {"o": signatory or {"functie": "De Minister", "naam": "A. Bee", "van": "2029-01-01"}},
        "geadresseerden": {"tweede-kamer": ["Aan de Kamer"], "anders": ["Aan een ander"]},
        **more,
    }
    return {"gedeeld/afzender.yaml": senders}


def standard() -> dict[str, Any]:
    """The files of the smallest edition; a site replaces some."""
    return {
        **shared(),
        "gedeeld/afkortingen.yaml": {"afkortingen": {"ME": {"voluit": "Mobiele Eenheid"}}},
        "gedeeld/merk.svg": SVG,
        f"{E}/editie.yaml": edition(),
        f"{E}/brief.yaml": {},
        f"{E}/lijn.svg": SVG,
        f"{E}/plan.pdf": "%PDF-1.4 van anderen",
        f"{E}/data/e.csv": "eenheid,agenten\nNoord,100\nNoord-West,100\nTotaal,201\n",
        f"{E}/cijfers.yaml": numbers({}),
        **annex(),
    }


def numbers(entries: Data) -> Data:
    columns = {"eenheid": {"soort": "tekst"}, "agenten": {}}
    data = {"bestand": "data/e.csv", "sleutel": "eenheid", "kolommen": columns}
    return {"data": {"e": data}, "cijfers": entries}


# --- documents and sections ---------------------------------------------------------------------------------------

_HELD = {"tekst": "Een alinea.", "noten": with_note, "tabellen": [TEXT_TABLE], "figuren": [IMAGE]}
_MATTER = {
    **_HELD,
    "omschrijving": "Wat het was.",
    "indieners": [{"naam": "Bakker"}],
    "debat": {"soort": "debat", "jaar": 2029},
    "bronnen": lambda data: data.update(bronnen=["kst"]),
    "status": "afgedaan",
    "vervolg": {"tekst": "later"},
    "slotzin": False,
    "secties": [section(id="s2")],
}


def matter(data: Data) -> dict[str, Any]:
    """A matter, with the list of matters above it; a source only when it is cited."""
    files = annex(section(overzicht=["motie", "toezegging", "verzoek", "aanvullend"]), data)
    kst = {"soort": "kamerstuk", "kamer": "II", "vergaderjaar": "2021-2022", "dossier": 29628, "nummer": 1098}
    if data.get("bronnen"):
        files[f"{E}/bronnen.yaml"] = {"bronnen": {"kst": kst}}
    return files


def matter_site(model: type[Model], kind: str, **more: Any) -> Site:
    base = {"soort": kind, "id": "zaak", "titel": "Zaak"}
    # An additional matter has no closing sentence to leave out.
    silent = frozenset({"slotzin"} if kind == "aanvullend" else ())
    return Site(model, base, {**_MATTER, **more}, matter, silent, together={"slotzin": "status"})


def one_matter(**more: Any) -> dict[str, Any]:
    return matter({"soort": "motie", "id": "zaak", "titel": "Zaak", "indieners": [{"naam": "Bakker"}], **more})


DOCUMENT_SITES = [
    Site(
        editie.Editie,
        {},
        {
            "geadresseerde": "anders",
            "status": "definitief",
            "afwijkingen": [{"plaats": "p", "vermeld": "1", "reden": "r"}],
            "vaste_getallen": ["1600"],
            "publicatie": {"trefwoorden": ["politie"]},
        },
        lambda data: {f"{E}/editie.yaml": edition(**data), f"{E}/brief.yaml": _letter_with_number(data)},
        frozenset({"afwijkingen", "vaste_getallen"}),  # told by `check`, and allowed by it
    ),
    Site(
        editie.ExternDocument,
        {"soort": "extern", "id": "plan", "titel": "Plan"},
        {
            "nummer": 4,
            "opsteller": "Politie",
            "bestand": "plan.pdf",
            "toelichting": "Later.",
            "publicatie": {"documentsoort": "plan"},
        },
        lambda data: {f"{E}/editie.yaml": edition([data])},
        frozenset({"toelichting"}),  # on the overview page
        # Only a file has a record.
        together={"opsteller": "bestand", "publicatie": "bestand"},
        recorded=frozenset({"opsteller", "publicatie"}),
    ),
    Site(
        editie.BriefDocument,
        {"soort": "brief", "bestand": "brief.yaml"},
        {"publicatie": {"documentsoort": "brief"}},
        lambda data: {f"{E}/editie.yaml": edition(letter=data)},
    ),
    Site(
        editie.BijlageDocument,
        {"soort": "bijlage", "bestand": "bijlagen/y.yaml"},
        {"nummer": 3, "publicatie": {"documentsoort": "voortgangsrapport"}},
        lambda data: {f"{E}/editie.yaml": edition([data]), f"{E}/bijlagen/y.yaml": {"id": "y", "titel": "Y"}},
    ),
    Site(
        editie.Afwijking,
        {"plaats": "p", "vermeld": "1", "reden": "r"},
        {"gebruikt": "2"},
        lambda data: {f"{E}/editie.yaml": edition(afwijkingen=[data])},
        frozenset({"gebruikt"}),
    ),
    Site(
        editie.Brief,
        {},
        {
            "id": "brief-x",
            "aanhef": "Voorzitter,",
            **_HELD,
            "secties": [section(id="s3")],
            "slotformule": lambda data: data.update(slotformule=data.get("slotformule", "Hoogachtend,")),
            "bijlagenlijst": False,
        },
        lambda data: {f"{E}/brief.yaml": data},
        frozenset({"id"}),  # a name to refer to
    ),
    Site(
        editie.Bijlage,
        {"id": "x", "titel": "Bijlage"},
        {
            "horend_bij": "Een ander stuk",
            "inhoudsopgave": True,
            "nummering": False,
            "zaakgegevens": False,
            "elke_sectie_nieuwe_pagina": True,
            **_HELD,
            "secties": [section(), {"soort": "motie", "id": "m", "titel": "M", "status": "open"}],
        },
        lambda data: {f"{E}/bijlagen/x.yaml": data},
        together=dict.fromkeys(("inhoudsopgave", "nummering", "zaakgegevens", "elke_sectie_nieuwe_pagina"), "secties"),
    ),
    Site(
        secties.TekstSectie,
        {"soort": "tekst", "id": "s", "titel": "Sectie"},
        {**_HELD, "genummerd": False, "overzicht": ["motie"], "secties": [section(id="s2")]},
        lambda data: annex(data, {"soort": "motie", "id": "m", "titel": "M"}),
    ),
    matter_site(secties.MotieSectie, "motie"),
    matter_site(secties.ToezeggingSectie, "toezegging", toegezegd_door="de Minister"),
    matter_site(secties.VerzoekSectie, "verzoek"),
    matter_site(secties.AanvullendSectie, "aanvullend"),
    Site(
        secties.SectieVerwijzing,
        {"bestand": "bijlagen/deel.yaml"},
        {"secties": [section(id="s2")]},
        lambda data: {**annex(data), f"{E}/bijlagen/deel.yaml": section()},
    ),
    Site(secties.Indiener, {"naam": "Bakker"}, {"fractie": "ABC", "cs": True}, lambda d: one_matter(indieners=[d])),
    Site(
        secties.Debat,
        {"soort": "debat"},
        {"onderwerp": "politie", "datum": "2030-02-01", "jaar": 2030},
        lambda data: one_matter(debat=data),
        # A date says the year.
    ),
    Site(
        secties.Vervolg,
        {},
        {"editie": "2030-2", "datum": "2030-10-01", "tekst": "later"},
        lambda data: one_matter(vervolg=data),
    ),
]


def _letter_with_number(data: Data) -> Data:
    return {"tekst": "Er zijn 1600 bladzijden."} if data.get("vaste_getallen") else {}


# --- sender, abbreviations ------------------------------------------------------------------------------------------

SHARED_SITES = [
    Site(
        gedeeld.Afzender,
        SENDER,
        {"directie": "Directie", "website": "www.voorbeeld.nl", "logo": "merk.svg", "lint": False},
        lambda data: shared(sender=data),
    ),
    Site(
        gedeeld.Ondertekenaar,
        {"functie": "De Minister", "naam": "A. Bee", "van": "2029-01-01"},
        {"tot": "2031-01-01"},
        lambda data: shared(signatory=data),
        frozenset({"tot"}),  # a date that the edition is held to
    ),
    Site(gedeeld.Afzenders, {}, {"beantwoordingsregel": "Noem ons kenmerk."}, lambda data: shared(**data)),
    Site(
        gedeeld.Afkorting,
        {"voluit": "Mobile Unit"},
        {"taal": "en"},
        lambda data: {"gedeeld/afkortingen.yaml": {"afkortingen": {"ME": data}}, **annex(section(tekst="{afk}`ME`"))},
    ),
]
