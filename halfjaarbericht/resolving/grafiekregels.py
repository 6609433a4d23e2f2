"""Which form of chart suits which data: what would mislead or cannot be read is refused, with the reason."""

from __future__ import annotations

from halfjaarbericht.model.grafieken import Grafiek
from halfjaarbericht.problems import Problem
from halfjaarbericht.reading.source import KeyPath
from halfjaarbericht.resolving.grafiekdata import Grid
from halfjaarbericht.resolving.world import Scope

MAX_SERIES = 6
MAX_POINTS = {"lijn": 60, "veelvoud": 40, "staaf": 20, "gestapeld": 16, "gegroepeerd": 12}
MAX_BARS = 36

Fault = tuple[str, KeyPath, str, str]


def chart_problems(spec: Grafiek, grid: Grid | None, scope: Scope) -> list[Problem]:
    """Everything in a chart whose cells exist that makes it unreadable or misleading."""
    if grid is None:
        return []
    faults = [*_sizes(spec, grid), *_options(spec), *_norm(spec), *_data(spec, grid)]
    return [scope.source.problem(code, (*scope.path, *at), message, hint) for code, at, message, hint in faults]


def _sizes(spec: Grafiek, grid: Grid) -> list[Fault]:
    faults: list[Fault] = []
    series, points = len(grid.series), len(grid.points)
    if series > MAX_SERIES:
        hint = "kies de belangrijkste, of zet de rest in een tabel"
        message = f"{series} reeksen in één grafiek zijn niet te onderscheiden; hoogstens {MAX_SERIES}"
        faults.append(("E481", ("reeksen",), message, hint))
    if points > MAX_POINTS[spec.vorm]:
        message = f"{points} punten zijn te veel voor de vorm '{spec.vorm}'; hoogstens {MAX_POINTS[spec.vorm]}"
        faults.append(("E481", ("x",), message, "kies minder punten, of de vorm lijn"))
    elif spec.vorm == "gegroepeerd" and series * points > MAX_BARS:
        message = f"{series * points} staven in één grafiek zijn te veel; hoogstens {MAX_BARS}"
        faults.append(("E481", ("x",), message, "kies minder punten of reeksen, of de vorm veelvoud"))
    if spec.vorm in ("lijn", "veelvoud") and points < 2:
        faults.append(("E483", ("x",), "een verloop heeft minstens twee punten", "kies de vorm staaf of een kerngetal"))
    if not points:
        faults.append(("E480", ("x",), "de grafiek heeft geen punten", ""))
    return faults


def _options(spec: Grafiek) -> list[Fault]:
    """Options of one form given to another would silently do nothing."""
    given = spec.model_fields_set
    wrong = [
        ("liggend", ("staaf",)),
        ("panelen", ("veelvoud",)),
        ("eigen_as", ("veelvoud",)),
    ]
    faults: list[Fault] = [
        ("E483", (name,), f"'{name}' hoort niet bij de vorm '{spec.vorm}'", f"alleen bij de vorm {forms[0]}")
        for name, forms in wrong
        if name in given and spec.vorm not in forms
    ]
    bars = spec.vorm not in ("lijn", "veelvoud") or (spec.vorm == "veelvoud" and spec.panelen == "staaf")
    if not spec.vanaf_nul and bars:
        message = "staven beginnen altijd bij nul; anders liegt hun lengte"
        faults.append(("E483", ("vanaf_nul",), message, "haal 'vanaf_nul' weg, of kies de vorm lijn"))
    return faults


def _norm(spec: Grafiek) -> list[Fault]:
    if spec.norm is None:
        return []
    if (spec.norm.waarde is None) == (spec.norm.cijfer is None):
        message = "de norm is niet op precies één manier bepaald"
        return [("E483", ("norm",), message, "geef 'waarde', of 'cijfer' met een naam uit cijfers.yaml")]
    if spec.vorm == "veelvoud" or spec.liggend:
        form = "liggende staven" if spec.liggend else "de vorm 'veelvoud'"
        return [("E483", ("norm",), f"een norm kan niet bij {form}", "kies de vorm lijn of staaf")]
    return []


def _data(spec: Grafiek, grid: Grid) -> list[Fault]:
    faults: list[Fault] = []
    count = len(grid.series)
    if spec.vorm == "staaf" and count > 1:
        hint = "kies de vorm gegroepeerd, gestapeld of veelvoud"
        faults.append(("E483", ("reeksen", 1), "de vorm 'staaf' heeft één reeks", hint))
    if spec.vorm in ("gestapeld", "gegroepeerd", "veelvoud") and count < 2:
        message = f"de vorm '{spec.vorm}' heeft minstens twee reeksen"
        faults.append(("E483", ("reeksen",), message, "kies de vorm staaf of lijn"))
    for i, series in enumerate(grid.series):
        if spec.vorm == "gestapeld" and any(number < 0 for number in series.numbers):
            message = f"de reeks '{series.name}' heeft negatieve getallen; die zijn niet te stapelen"
            faults.append(("E483", ("reeksen", i), message, "kies de vorm gegroepeerd"))
    units = {series.opmaak.eenheid for series in grid.series}
    if len(units) > 1 and not (spec.vorm == "veelvoud" and spec.eigen_as):
        shown = ", ".join(sorted(u or "zonder eenheid" for u in units))
        hint = "kies de vorm veelvoud met 'eigen_as: true', of geef de grafiek zelf een 'opmaak'"
        faults.append(("E483", ("reeksen",), f"de reeksen hebben verschillende eenheden: {shown}", hint))
    return faults
