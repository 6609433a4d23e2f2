"""A verdict in words: a table with counts and a list of what is wrong; or JSON."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence

from halfjaarbericht.validation.finding import Finding, Foreign
from halfjaarbericht.validation.run import Verdict

HEADS = ("controle", "bestanden", "regels", "bevindingen")


def as_text(verdict: Verdict) -> str:
    """The table, what is wrong, what did not run, what others made, and one sentence at the end."""
    parts = [
        _table(verdict),
        "\n".join(_line(finding) for finding in verdict.findings),
        "\n".join(f"Niet uitgevoerd: {a.checker}. {a.reason}" for a in verdict.absent),
        "\n".join(_foreign(foreign) for foreign in verdict.foreign),
        _summary(verdict),
    ]
    return "\n\n".join(part for part in parts if part)


def _table(verdict: Verdict) -> str:
    rows = [
        (o.checker, str(o.files), str(o.rules) if o.rules else "–", str(_times(o.findings))) for o in verdict.outcomes
    ]
    widths = [max(len(row[n]) for row in (HEADS, *rows)) for n in range(len(HEADS))]
    return "\n".join(_row(row, widths) for row in (HEADS, *rows))


def _row(cells: Sequence[str], widths: Sequence[int]) -> str:
    padded = [cells[0].ljust(widths[0])]
    padded += [cell.rjust(width) for cell, width in zip(cells[1:], widths[1:], strict=True)]
    return "  ".join(padded)


def _line(finding: Finding) -> str:
    where = f"{finding.file}, {finding.place}" if finding.place else finding.file
    times = f" ({finding.times} keer)" if finding.times > 1 else ""
    return f"{where}  {finding.checker}  {finding.rule}  {finding.message}{times}"


def _foreign(foreign: Foreign) -> str:
    return f"Van een ander, niet beoordeeld: {foreign.file} ({_pages(foreign.pages)}; {foreign.description})"


def _summary(verdict: Verdict) -> str:
    pdfs = "1 PDF" if verdict.pdfs == 1 else f"{verdict.pdfs} PDF's"
    pages = "1 webpagina" if verdict.web_pages == 1 else f"{verdict.web_pages} webpagina's"
    made = [f"{pdfs} met {_pages(verdict.pages)}"] if verdict.pdfs else []
    made += [pages] if verdict.web_pages else []
    wrong = _times(verdict.findings)
    count = "geen bevindingen" if not wrong else "1 bevinding" if wrong == 1 else f"{wrong} bevindingen"
    return f"{' en '.join(made) or 'Niets'} gecontroleerd: {count}."


def _times(findings: Iterable[Finding]) -> int:
    return sum(finding.times for finding in findings)


def _pages(number: int) -> str:
    return "1 bladzijde" if number == 1 else f"{number} bladzijden"


def as_json(verdict: Verdict) -> str:
    """The same for a program, with Dutch keys."""
    data = {
        "pdfs": verdict.pdfs,
        "bladzijden": verdict.pages,
        "webpaginas": verdict.web_pages,
        "controles": [
            {"controle": o.checker, "bestanden": o.files, "regels": o.rules, "bevindingen": _times(o.findings)}
            for o in verdict.outcomes
        ],
        "bevindingen": [
            {
                "bestand": f.file,
                "controle": f.checker,
                "regel": f.rule,
                "plaats": f.place,
                "melding": f.message,
                "aantal": f.times,
            }
            for f in verdict.findings
        ],
        "niet_uitgevoerd": [{"controle": a.checker, "reden": a.reason} for a in verdict.absent],
        "van_anderen": [{"bestand": f.file, "bladzijden": f.pages, "zegt": f.description} for f in verdict.foreign],
    }
    return json.dumps(data, ensure_ascii=False, indent=2)
