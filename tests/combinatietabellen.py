"""Tables and figures: a value for every field that may be left out, as in combinatiesites.py."""

from __future__ import annotations

from typing import Any

from halfjaarbericht.model import tabellen
from tests.combinatiesites import NOTE, TEXT_TABLE, Data, Site, annex, section, table

COLUMNS = [{"veld": "eenheid", "kop": "Eenheid", "rijkop": True}, {"veld": "agenten", "kop": "Agenten"}]

_TABLE = {"id": "t", "bijschrift": "Tabel", "data": "e", "kolommen": COLUMNS}


def _cell_note(data: Data) -> None:
    data["celnoten"] = [{"rij": "Noord", "veld": "agenten", "noot": "n"}]


def noted_table(data: Data) -> dict[str, Any]:
    noten = {"noten": NOTE} if data.get("celnoten") else {}
    return annex(section(tabellen=[data], **noten))


TABLE_SITES = [
    Site(
        tabellen.Cijfertabel,
        _TABLE,
        {
            "soort": "cijfers",
            "bron": "politie",
            "breed": True,
            "kolomgroepen": [{"kop": "Alles", "velden": ["eenheid", "agenten"]}],
            "rijen": ["Noord-West", "Noord"],
            "totaal": lambda data: data.update(totaal={"velden": ["agenten"]}),
            "celnoten": _cell_note,
        },
        noted_table,
        frozenset({"soort"}),  # the same as without
    ),
    Site(
        tabellen.Kolom,
        {"veld": "agenten", "kop": "Agenten"},
        {"opmaak": {"eenheid": "fte", "decimalen": 1}, "rijkop": True, "samenvoegen": True},
        lambda data: table({**_TABLE, "kolommen": [{"veld": "eenheid", "kop": "Eenheid"}, data]}),
    ),
    Site(
        tabellen.Totaal,
        {"velden": ["agenten"]},
        {"kop": "Alles", "bron_rij": "Totaal", "tolerantie": 1, "afwijking": "Telfout."},
        lambda data: table({**_TABLE, "totaal": _consistent(data), "rijen": ["Noord", "Noord-West"]}),
        frozenset({"tolerantie", "afwijking"}),  # what may be, and why: told by `check`
    ),
    Site(
        tabellen.Teksttabel,
        {"id": "t", "soort": "tekst", "bijschrift": "T", "kolommen": [{"kop": "A"}], "rijen": [["a"]]},
        {"bron": "politie", "breed": True},
        table,
    ),
    Site(
        tabellen.Tekstkolom,
        {"kop": "A"},
        {"rijkop": True, "rechts": True, "breedte": 40},
        lambda data: table({**TEXT_TABLE, "kolommen": [data, {"kop": "B"}], "rijen": [["a", "b"]]}),
    ),
    Site(
        tabellen.Cel,
        {},
        {"tekst": "- een\n- twee", "over_kolommen": 2, "over_rijen": 2},
        lambda data: table({**TEXT_TABLE, "kolommen": [{"kop": k} for k in "ABC"], "rijen": _rows(data)}),
    ),
    Site(
        tabellen.Formulier,
        {"id": "t", "soort": "formulier", "bijschrift": "T", "kop": "K", "rijen": [{"kop": "1", "tekst": "a"}]},
        {"bron": "politie", "breed": True, "ondertitel": "O"},
        table,
    ),
    Site(
        tabellen.Formulierrij,
        {"kop": "1"},
        {"tekst": "Tekst.\n\n- een", "tabel": {"data": "e", "kolommen": COLUMNS}},
        lambda data: table({"id": "t", "soort": "formulier", "bijschrift": "T", "kop": "K", "rijen": [data]}),
    ),
    Site(
        tabellen.Geneste,
        {"data": "e", "kolommen": COLUMNS},
        {"rijen": ["Noord"], "bijschrift": "In fte"},
        lambda data: table(
            {"id": "t", "soort": "formulier", "bijschrift": "T", "kop": "K", "rijen": [{"kop": "1", "tabel": data}]}
        ),
    ),
    Site(
        tabellen.Figuur,
        {"id": "f", "bijschrift": "F", "bestand": "lijn.svg", "alt": "Een lijn die stijgt"},
        {"soort": "afbeelding", "bron": "politie", "breedte": 50},
        lambda data: annex(section(figuren=[data])),
        frozenset({"soort"}),  # the same as without
    ),
]


def _consistent(data: Data) -> Data:
    """A stated total of 201 against a computed 200: within the tolerance, or on record, or else an error."""
    if "bron_rij" not in data:
        return {k: v for k, v in data.items() if k != "afwijking"}
    if "afwijking" in data:
        return {k: v for k, v in data.items() if k != "tolerantie"}
    return {"tolerantie": 1, **data}


def _rows(cell: Data) -> list[list[Any]]:
    across, down = cell.get("over_kolommen", 1), cell.get("over_rijen", 1)
    first = [cell, *["x"] * (3 - across)]
    second = ["y"] * (3 - across if down == 2 else 3)
    return [first, second]
