"""How long an edition takes, and what our engine costs on top of bare WeasyPrint. See bench/README.md."""

from __future__ import annotations

import argparse
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from halfjaarbericht.pdf.engine import PdfJob, render_pdf  # noqa: E402
from halfjaarbericht.pdf.fetcher import BASE, AssetFetcher  # noqa: E402
from halfjaarbericht.project import Project, make_project  # noqa: E402
from halfjaarbericht.prose import proza  # noqa: E402
from halfjaarbericht.reading.load import load_edition, load_shared  # noqa: E402
from halfjaarbericht.render import Medium, Renderer  # noqa: E402
from halfjaarbericht.resolving.resolve import resolve  # noqa: E402


def timed(work: Callable[[], Any]) -> tuple[float, Any]:
    """Seconds that `work` took, and what it gave."""
    start = time.perf_counter()
    result = work()
    return time.perf_counter() - start, result


def html(project: Project, name: str, renderer: Renderer, medium: Medium) -> dict[str, str]:
    """The HTML of all documents of an edition, by stem."""
    loaded = load_edition(project.content, name, load_shared(project.content))
    report, _ = resolve(loaded)
    shared = project.content / "gedeeld"
    return {
        d.stem: renderer.document(report, d, medium, edition_folder=loaded.folder, shared_folder=shared)
        for d in report.documents
    }


def bench_html(project: Project, name: str, renderer: Renderer, rounds: int) -> None:
    """Content to HTML, cold and warm."""
    html(project, name, renderer, "scherm")
    for label in ("koud", "warm"):
        times = []
        for _ in range(rounds):
            if label == "koud":
                proza.parse_blocks.cache_clear()
                proza.parse_line.cache_clear()
            times.append(timed(lambda: html(project, name, renderer, "scherm"))[0])
        print(f"inhoud → HTML {label}: mediaan {statistics.median(times):.3f} s, minimum {min(times):.3f} s")


def bench_pdf(project: Project, name: str, renderer: Renderer, rounds: int) -> None:
    """Our engine against bare WeasyPrint on the same HTML."""
    from weasyprint import HTML

    shared = project.content / "gedeeld"
    for stem, text in html(project, name, renderer, "druk").items():
        job = PdfJob(text, project.styles, project.content / name, shared, stem)

        def bare(text: str = text) -> bytes:
            rooms = {"styles": project.styles, "editie": [project.content / name], "gedeeld": [shared]}
            fetcher = AssetFetcher(rooms)
            return HTML(string=text, base_url=BASE, url_fetcher=fetcher).write_pdf() or b""

        render_pdf(job)
        bare()
        ours, theirs = [], []
        for _ in range(rounds):
            ours.append(timed(lambda job=job: render_pdf(job))[0])
            theirs.append(timed(bare)[0])
        ratios = [a / b for a, b in zip(ours, theirs, strict=True)]
        print(
            f"{stem}: PDF {statistics.median(ours):.2f} s, kaal {statistics.median(theirs):.2f} s, "
            f"verhouding {statistics.median(ratios):.2f} ({min(ratios):.2f}-{max(ratios):.2f})"
        )


def main() -> None:
    """Run both."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("editie", nargs="?", default="2022-1")
    parser.add_argument("--rounds", type=int, default=5)
    arguments = parser.parse_args()
    project = make_project(ROOT)
    renderer = Renderer(project.templates, project.styles)
    bench_html(project, arguments.editie, renderer, arguments.rounds)
    bench_pdf(project, arguments.editie, renderer, arguments.rounds)


if __name__ == "__main__":
    main()
