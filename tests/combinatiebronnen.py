"""Named numbers and sources: a value for every field that may be left out, as in combinatiesites.py."""

from __future__ import annotations

from typing import Any

from halfjaarbericht.model import bronnen, cijfers
from halfjaarbericht.model.basis import Model
from tests.combinatiesites import Data, E, Site, annex, numbers, section

# --- numbers ------------------------------------------------------------------------------------------------------

_WHERE = {"data": "e", "kolom": "agenten"}
KINDS: dict[str, tuple[Any, int]] = {
    "waarde": (1200, 1200),
    "cel": ({**_WHERE, "rij": "Noord"}, 100),
    "totaal": ({**_WHERE, "rijen": ["Noord", "Noord-West"]}, 200),
    "som": (["a", "b"], 300),
    "verschil": (["a", "b"], -100),
    "verhouding": (["b", "a"], 2),
    "percentage": (["a", "b"], 50),
    "verandering": (["b", "a"], 100),
    "gemiddelde": (["a", "b"], 150),
    "maximum": ({**_WHERE}, 201),
    "minimum": ({**_WHERE}, 100),
    "rang": ({**_WHERE, "rij": "Totaal"}, 1),
}


def number_files(data: Data) -> dict[str, Any]:
    helpers = {"a": {"waarde": 100}, "b": {"waarde": 200}}
    text = "Het zijn er {getal}`x` en {getal}`x | kaal`, van {getal}`a` en {getal}`b`."
    return {f"{E}/cijfers.yaml": numbers({**helpers, "x": data}), **annex(section(tekst=text))}


def number_site(kind: str) -> Site:
    value, outcome = KINDS[kind]
    options = {
        "opmaak": {"eenheid": "fte"},
        "omschrijving": "Wat het is",
        "peil": "2029",
        "vermeld": outcome,
        "tolerantie": lambda data: data.update(vermeld=outcome, tolerantie="0.5"),
        "afwijking": lambda data: data.update(vermeld=outcome + 7, afwijking="De bron telt anders."),
        "bron": "politie",
    }
    # Where a number comes from is told elsewhere than in the text.
    silent = frozenset({"omschrijving", "peil", "vermeld", "tolerantie", "afwijking", "bron"})
    return Site(cijfers.Cijfer, {kind: value}, options, number_files, silent, name=f"Cijfer-{kind}")


NUMBER_SITES = [
    *(number_site(kind) for kind in KINDS),
    Site(
        cijfers.Getalopmaak,
        {},
        {"eenheid": "fte", "decimalen": 2, "schaal": "duizend", "plusteken": True, "afronden": 500},
        lambda data: number_files({"waarde": 12345, "opmaak": data}),
    ),
    Site(
        cijfers.Getalopmaak,
        {"eenheid": "€"},
        {"decimalen": 2, "schaal": "miljoen", "plusteken": True, "afronden": 1000000, "eenheid": "€"},
        lambda data: number_files({"waarde": 23456789, "opmaak": data}),
        frozenset({"eenheid"}),  # in the base already
        name="Getalopmaak-euro",
    ),
]

# --- sources ------------------------------------------------------------------------------------------------------

_ANY = {"url": "https://www.voorbeeld.nl/stuk", "toelichting": "p. 3"}
_OFFICIAL = {**_ANY, "ob_id": "kst-999999"}
_HOUSE = {"kamer": "II", "vergaderjaar": "2021-2022"}


def source_files(data: Data) -> dict[str, Any]:
    text = "Zie {bron}`b`.[^b] {bron}`b | hoofdletter` ook."
    return {f"{E}/bronnen.yaml": {"bronnen": {"b": data}}, **annex(section(tekst=text))}


def source_site(model: type[Model], base: Data, name: str = "", **options: Any) -> Site:
    return Site(model, base, options, source_files, name=name)


_BWB = {"bwb": "BWBR0031788"}
SOURCE_SITES = [
    source_site(
        bronnen.Kamerstuk,
        {"soort": "kamerstuk", **_HOUSE, "dossier": 29628, "nummer": 1098},
        toevoeging="VI",
        paginas="3-4",
        **_OFFICIAL,
    ),
    source_site(
        bronnen.BijlageBron,
        {"soort": "bijlage", "bij": {**_HOUSE, "dossier": 29628, "nummer": 1098}},
        titel="Plan",
        taal=lambda data: data.update(titel="Plan", taal="en"),
        **_OFFICIAL,
    ),
    Site(
        bronnen.Kamerstukplaats,
        {**_HOUSE, "dossier": 35925, "nummer": 96},
        {"toevoeging": "VI"},
        lambda data: source_files({"soort": "bijlage", "bij": data}),
    ),
    source_site(bronnen.Dossier, {"soort": "dossier", "dossier": 31945}, **_ANY),
    source_site(bronnen.Aanhangsel, {"soort": "aanhangsel", **_HOUSE, "nummer": 1053}, **_OFFICIAL),
    Site(
        bronnen.Handelingen,
        {"soort": "handelingen", **_HOUSE, "nummer": 32, "item": 5},
        {"paginas": "1-2", "item": 5, **_OFFICIAL},
        source_files,
        frozenset({"item"}),
    ),  # in the base: wanted here
    *(
        source_site(
            bronnen.Staatsblad,
            {"soort": s, "jaar": 2021, "nummer": 399},
            f"Staatsblad-{s}",
            titel="Regels",
            **_OFFICIAL,
        )
        for s in ("stb", "stcrt", "trb")
    ),
    source_site(
        bronnen.Artikel,
        {"soort": "artikel", "artikel": "38a", "regeling": "Politiewet 2012"},
        lid="1",
        onderdeel="a",
        versie=lambda d: d.update(versie="2022-01-01", **_BWB),
        **_BWB,
        **_ANY,
    ),
    source_site(bronnen.Regeling, {"soort": "regeling", "titel": "Politiewet 2012"}, **_BWB, **_ANY),
    source_site(
        bronnen.Ecli,
        {"soort": "ecli", "ecli": "ECLI:NL:RBROT:2024:9612", "instantie": "Rechtbank", "datum": "2024-10-02"},
        vindplaats="NJ 2024/1",
        **_ANY,
    ),
    source_site(bronnen.Toezegging, {"soort": "toezegging", "nummer": "TZ202412-156"}, **_ANY),
    source_site(bronnen.KamerDocument, {"soort": "tk-document", "nummer": "2024D51189"}, zaak="2024Z21536", **_ANY),
    source_site(bronnen.KamerZaak, {"soort": "tk-zaak", "nummer": "2024Z21536"}, **_ANY),
    source_site(
        bronnen.Rapport,
        {"soort": "rapport", "titel": "Rapport"},
        taal="en",
        auteur="A. Bee",
        plaats="Den Haag",
        uitgever="Pers",
        jaar=2020,
        datum="2020-01-02",
        **_ANY,
    ),
    source_site(bronnen.BriefBron, {"soort": "brief", "titel": "Brief", "datum": "2022-02-23"}, taal="en", **_ANY),
    source_site(
        bronnen.Begrotingsartikel, {"soort": "begrotingsartikel", "artikel": "31", "begroting": "JenV"}, **_ANY
    ),
]
