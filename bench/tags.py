"""What the tag tree and PDF/A cost: our file against plain WeasyPrint from the same HTML. See bench/README.md."""

from __future__ import annotations

import argparse
import statistics
import time
from collections.abc import Callable
from typing import Any

from weasyprint import HTML
from weasyprint.text.fonts import FontConfiguration

from bench import ROOT, html  # also makes the package importable
from halfjaarbericht.pdf.document import lay_out
from halfjaarbericht.pdf.engine import PdfJob, render_pdf
from halfjaarbericht.pdf.fetcher import BASE, AssetFetcher
from halfjaarbericht.pdf.tags import write_tagged
from halfjaarbericht.project import Project, make_project
from halfjaarbericht.render import Renderer

LIMIT = 1.2


def cpu(work: Callable[[], Any]) -> float:
    """Seconds of processor time: other programs on the machine do not count."""
    start = time.process_time()
    work()
    return time.process_time() - start


def ratios(ours: Callable[[], Any], theirs: Callable[[], Any], rounds: int) -> tuple[list[float], float, float]:
    """The ratio of each round, in which the two are done in turn, and the medians of both."""
    ours(), theirs()
    pairs = [(cpu(ours), cpu(theirs)) for _ in range(rounds)]
    mine, plain = zip(*pairs, strict=True)
    return [a / b for a, b in pairs], statistics.median(mine), statistics.median(plain)


def bench(project: Project, edition: str, rounds: int) -> float:
    """Print the cost for every document of an edition; gives the highest ratio of a whole rendering."""
    highest = 0.0
    shared = project.content / "gedeeld"
    for stem, text in html(project, edition, Renderer(project.templates, project.styles), "druk").items():
        job = PdfJob(text, project.styles, project.content / edition, shared, stem)
        rooms = {"styles": project.styles, "editie": [project.content / edition], "gedeeld": [shared]}

        def plain(text: str = text, rooms: Any = rooms) -> bytes:
            return HTML(string=text, base_url=BASE, url_fetcher=AssetFetcher(rooms)).write_pdf() or b""

        def tagged(job: PdfJob = job) -> bytes:
            return render_pdf(job).pdf

        laid = lay_out(job, FontConfiguration()).document
        sizes = len(tagged()), len(plain())
        whole, ours, theirs = ratios(tagged, plain, rounds)
        writing, write_ours, write_theirs = ratios(
            lambda laid=laid, stem=stem: write_tagged(laid, stem), lambda laid=laid: laid.write_pdf(), rounds
        )
        highest = max(highest, statistics.median(whole))
        print(
            f"{stem}: heel {ours:.2f} s, kaal {theirs:.2f} s, verhouding {statistics.median(whole):.2f} "
            f"({min(whole):.2f}-{max(whole):.2f}); alleen schrijven {write_ours:.2f} s, kaal {write_theirs:.2f} s, "
            f"verhouding {statistics.median(writing):.2f}; {sizes[0]} bytes, kaal {sizes[1]}"
        )
    return highest


def main() -> int:
    """0 when no document costs more than LIMIT times plain WeasyPrint."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("editie", nargs="?", default="2025-1")
    parser.add_argument("--rounds", type=int, default=5)
    arguments = parser.parse_args()
    highest = bench(make_project(ROOT), arguments.editie, arguments.rounds)
    print(f"hoogste verhouding {highest:.2f}, grens {LIMIT}")
    return int(highest > LIMIT)


if __name__ == "__main__":
    raise SystemExit(main())
