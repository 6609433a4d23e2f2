"""An edition with data for charts, and the figure that a piece of YAML becomes in it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from halfjaarbericht.figuren.palet import Palette, read_palette
from halfjaarbericht.verslag import Figure, Report
from tests.inhoudhulp import read_report, write_content

ROOT = Path(__file__).parent.parent
FILES = {
    "klachten": """soort,2020,2021,2022,2023,2024
Ontvangen,13326,14270,12590,14180,14671
Afgerond,12728,13043,11712,13241,13707
In behandeling,598,1227,878,939,964
Gegrond,69,n.b.,65,75,24
Gelijk,11,11,11,11,11
Heen en terug,5,9,5,7,5
Winst,3,-4,2,-1,5
Leeg,n.b.,n.b.,n.b.,n.b.,n.b.
""",
    "zeden": """peildatum,formatie,bezetting
2020-12-31,630.3,638.8
2021-12-31,653.6,656.2
2022-12-31,678.8,672.2
2023-03-31,687.1,662.6
2024-12-31,708.6,647.1
""",
    "verzuim": "moment,verzuim\nApril 2018,6.5\nApril 2020,6.1\nDoel 2023,5.9\n",
    "instroom": "opleiding,2023,2024\nBasispolitieopleiding (PO21),2092,2102\nSpecifieke inzet,434,717\nBoa,534,1044\n",
}
KEYS = {"klachten": "soort", "zeden": "peildatum", "verzuim": "moment", "instroom": "opleiding"}
FORMATS: dict[str, dict[str, Any]] = {
    "klachten": {"eenheid": "klachten"},
    "zeden": {"eenheid": "fte", "decimalen": 1},
    "verzuim": {"eenheid": "%", "decimalen": 1},
    "instroom": {"eenheid": "studenten"},
}
NUMBERS: dict[str, Any] = {
    "verzuim.doel": {"waarde": "5.9", "opmaak": FORMATS["verzuim"]},
    "wijk.formatie": {"waarde": 3612, "opmaak": {"eenheid": "fte"}},
    "wijk.bezetting": {"waarde": 3568, "opmaak": {"eenheid": "fte"}},
    "zeden.formatie": {"waarde": "708.6", "opmaak": {"eenheid": "fte"}},
    "zeden.bezetting": {"waarde": "647.1", "opmaak": {"eenheid": "fte"}},
    "bijdrage": {"waarde": 265000000, "opmaak": {"eenheid": "€", "schaal": "miljoen"}},
}


def chart_content(folder: Path, *specs: dict[str, Any]) -> Path:
    """A content folder whose letter has these figures, with the ids figuur-1, figuur-2, …"""
    data = {}
    for name, text in FILES.items():
        columns = {c: {"opmaak": FORMATS[name]} for c in text.partition("\n")[0].split(",")}
        columns[KEYS[name]] = {"soort": "datum" if name == "zeden" else "tekst"}
        data[name] = {"bestand": f"data/{name}.csv", "sleutel": KEYS[name], "kolommen": columns, "ontbrekend": ["n.b."]}
    figures = [{"soort": "grafiek", "id": f"figuur-{i}", **spec} for i, spec in enumerate(specs, start=1)]
    files: dict[str, Any] = {f"2030-1/data/{name}.csv": text for name, text in FILES.items()}
    files["2030-1/cijfers.yaml"] = {"data": data, "cijfers": NUMBERS}
    files["2030-1/brief.yaml"] = {"tekst": "Bijgaand de cijfers.", "figuren": figures}
    files["2030-1/bijlagen/zaken/1-inleiding.yaml"] = {"soort": "tekst", "id": "inleiding", "titel": "Inleiding"}
    # By way of JSON, so that what occurs twice is written twice: aliases are no part of our YAML.
    return write_content(folder, {n: w if isinstance(w, str) else json.loads(json.dumps(w)) for n, w in files.items()})


def chart_report(folder: Path, *specs: dict[str, Any]) -> Report:
    """The resolved edition with these figures. Raises ContentError."""
    return read_report(chart_content(folder, *specs))[0]


def figures(report: Report) -> list[Figure]:
    """The figures of the letter."""
    return [block for block in report.documents[0].blocks if isinstance(block, Figure)]


def palette(font: str = "Brief") -> Palette:
    """The palette of the project's own style sheet."""
    return read_palette([(ROOT / "styles" / "tokens.css").read_text(encoding="utf-8")], font)


YEARS = ["2020", "2021", "2022", "2023", "2024"]
FORMS: dict[str, dict[str, Any]] = {
    "lijn": {"vorm": "lijn", "reeksen": [{"rij": "Ontvangen"}], "norm": {"waarde": 14000, "label": "Verwacht"}},
    "lijnen": {"vorm": "lijn", "reeksen": [{"rij": r} for r in ("Ontvangen", "Afgerond", "Gegrond", "Gelijk")]},
    "hoog": {
        "vorm": "lijn",
        "vanaf_nul": False,
        "reeksen": [{"rij": "Gelijk"}, {"rij": "Heen en terug"}],
        "hoogte": 30,
    },
    "staaf": {"vorm": "staaf", "reeksen": [{"rij": "Winst"}]},
    "liggend": {"vorm": "staaf", "liggend": True, "reeksen": [{"rij": "Winst"}]},
    "gestapeld": {"vorm": "gestapeld", "reeksen": [{"rij": "Afgerond"}, {"rij": "In behandeling"}]},
    "gegroepeerd": {"vorm": "gegroepeerd", "reeksen": [{"rij": "Afgerond"}, {"rij": "Gegrond"}]},
    "veelvoud": {"vorm": "veelvoud", "reeksen": [{"rij": "Afgerond"}, {"rij": "Gegrond"}, {"rij": "Winst"}]},
    "panelen": {"vorm": "veelvoud", "panelen": "staaf", "reeksen": [{"rij": "Afgerond"}, {"rij": "Winst"}]},
}
ALL_FORMS: list[dict[str, Any]] = [
    {"bijschrift": f"Vorm {name}", "data": "klachten", "x": {"kolommen": YEARS}, **form} for name, form in FORMS.items()
] + [{"soort": "kerngetal", "bijschrift": "Kern", "getallen": [{"cijfer": "wijk.bezetting", "label": "wijkagenten"}]}]
