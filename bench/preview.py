"""From a save to the new words in the page: 30 saves on the longest annex, in a real browser. See bench/README.md."""

from __future__ import annotations

import argparse
import json
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.request import urlopen

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from playwright.sync_api import Frame, Page, sync_playwright  # noqa: E402

from halfjaarbericht.paginahulp import source_mark  # noqa: E402
from halfjaarbericht.preview.inputs import take_stock  # noqa: E402
from halfjaarbericht.project import make_project  # noqa: E402
from halfjaarbericht.reading.load import load_edition, load_shared  # noqa: E402
from halfjaarbericht.render import Renderer  # noqa: E402
from halfjaarbericht.resolving.geheugen import Memory  # noqa: E402
from halfjaarbericht.resolving.resolve import resolve  # noqa: E402
from halfjaarbericht.sectieopmaak import MarkupMemory  # noqa: E402

EDITION, STEM = "2025-1", "bijlage-3-moties-en-toezeggingen"
FILE = f"{EDITION}/bijlagen/moties-en-toezeggingen/a-02a-wijkagenten.yaml"
NOTE = "[^kst-36651-14]"
BROWSER = {
    "executable_path": "/usr/bin/chromium",
    "args": ["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
}
# Notes when a marker first stands in the page, on the clock of the system.
WATCH = """() => {
  window.gezien = {};
  const look = () => {
    for (const [marker] of document.body.textContent.matchAll(/Meting\\d+x/g)) {
      window.gezien[marker] ??= performance.timeOrigin + performance.now();
    }
  };
  new MutationObserver(look).observe(document.body, {subtree: true, childList: true, characterData: true});
}"""


@contextmanager
def server(content: Path) -> Iterator[str]:
    """The preview as a person starts it, on `content`; its address."""
    command = [sys.executable, "-m", "halfjaarbericht", "preview", EDITION, "--content", str(content)]
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    try:
        yield process.stdout.readline().split()[-1].rstrip("/")
    finally:
        process.terminate()
        process.wait()


def save(file: Path, original: str, marker: str) -> float:
    """Put the marker in the first paragraph; the time just before the write."""
    text = original.replace("tekst: |\n  ", f"tekst: |\n  {marker} ", 1)
    start = time.time()
    file.write_text(text, encoding="utf-8")
    return start


def inner(page: Page) -> Frame:
    """The frame with the page of the publication."""
    frame = page.wait_for_selector("iframe#pagina").content_frame()
    assert frame is not None
    frame.wait_for_selector("main h1")
    frame.wait_for_function("document.documentElement.dataset.vbVersie > 0")
    return frame


def measure(content: Path, saves: int, pause: float, note: str = "") -> tuple[list[float], list[float]]:
    """Milliseconds from write to page for each save, and the server's making of each. With a `note` that comes and goes
    all notes after it get another number each time, so that the whole page is another."""
    file = content / FILE
    original = file.read_text(encoding="utf-8")
    totals, making = [], []
    with server(content) as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(**BROWSER)
        page = browser.new_page(viewport={"width": 1280, "height": 900})
        page.goto(f"{address}/{EDITION}/{STEM}")
        frame = inner(page)
        time.sleep(2)
        frame.evaluate(WATCH)
        for number in range(saves + 1):
            marker = f"Meting{number}x"
            start = save(file, original, f"{marker}{note if number % 2 else ''}")
            frame.wait_for_function("marker => window.gezien[marker]", arg=marker)
            seen = frame.evaluate("marker => window.gezien[marker]", marker)
            state = page.request.get(f"{address}/stand/{EDITION}").json()
            if number:  # the first one warms up
                totals.append(seen - start * 1000)
                making.append(state["eerste"] * 1000)
            time.sleep(pause)
        browser.close()
    file.write_text(original, encoding="utf-8")
    return totals, making


def measure_pdf(content: Path, saves: int) -> tuple[list[float], list[float]]:
    """Seconds from write to a PDF with the changed pages, and to the whole PDF, the quiet moment included."""
    file = content / FILE
    original = file.read_text(encoding="utf-8")
    changed, whole = [], []
    with server(content) as address, urlopen(f"{address}/gebeurtenissen/{EDITION}?stem={STEM}&pdf=1") as events:
        states = (json.loads(line[6:]) for line in events if line.startswith(b"data: "))
        version = next(s["versie"] for s in states if _whole(s))
        for number in range(saves):
            start = save(file, original, f"Pdf{number}x")
            state = next(s for s in states if s["versie"] > version and _pdf(s)["staat"] in ("deels", "actueel"))
            changed.append(time.time() - start)
            print(f"  {_pdf(state)['staat']} na {changed[-1]:.2f} s")
            version = state["versie"]
            if not _whole(state):
                next(s for s in states if s["versie"] == version and _whole(s))
            whole.append(time.time() - start)
    file.write_text(original, encoding="utf-8")
    return changed, whole


def _whole(state: dict[str, Any]) -> bool:
    return _pdf(state)["staat"] == "actueel" and not _pdf(state)["proef"]


def _pdf(state: dict[str, Any]) -> dict[str, Any]:
    pdf: dict[str, Any] = next(d["pdf"] for d in state["documenten"] if d["stem"] == STEM)
    return pdf


def parts(content: Path, rounds: int) -> dict[str, float]:
    """Where the server's share goes, in milliseconds: the median of each part after a save."""
    project = make_project(content.parent, content)
    renderer = Renderer(project.templates, project.styles, source_mark)
    file = content / FILE
    original = file.read_text(encoding="utf-8")
    found: dict[str, list[float]] = {}
    memory, markup = Memory(), MarkupMemory()

    def timed(name: str, work: Callable[[], Any]) -> Any:
        start = time.perf_counter()
        result = work()
        found.setdefault(name, []).append((time.perf_counter() - start) * 1000)
        return result

    for number in range(rounds + 2):
        save(file, original, f"Meting{number}x")
        timed("bestanden bekijken", lambda: take_stock(project))
        loaded = timed("lezen", lambda: load_edition(project.content, EDITION, load_shared(project.content)))
        report, _ = timed("oplossen", lambda loaded=loaded: resolve(loaded, memory))
        document = next(d for d in report.documents if d.stem == STEM)
        shared = project.content / "gedeeld"
        timed(
            "HTML van de bijlage",
            lambda report=report, document=document, folder=loaded.folder, shared=shared: renderer.document(
                report, document, "scherm", edition_folder=folder, shared_folder=shared, memory=markup
            ),
        )
    file.write_text(original, encoding="utf-8")
    return {name: statistics.median(times[2:]) for name, times in found.items()}


def percentile(values: list[float], share: float) -> float:
    """The value below which `share` of the values lies (nearest rank)."""
    return sorted(values)[max(round(share * len(values)) - 1, 0)]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--saves", type=int, default=30)
    parser.add_argument("--pdf", type=int, default=5, help="how many PDFs to wait for")
    parser.add_argument("--pause", type=float, default=0.6, help="seconds between two saves")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        content = Path(folder) / "content"
        shutil.copytree(ROOT / "content", content)
        words = len(re.findall(r"\w+", " ".join(f.read_text("utf-8") for f in (content / FILE).parent.glob("*.yaml"))))
        print(f"{STEM}: {words} woorden in de bestanden, {options.saves} keer bewaard")
        totals, making = measure(content, options.saves, options.pause)
        print(f"bewaren → nieuwe tekst op de pagina: mediaan {statistics.median(totals):.0f} ms, "
              f"95e percentiel {percentile(totals, 0.95):.0f} ms, hoogste {max(totals):.0f} ms")  # fmt: skip
        print(f"waarvan maken op de server: mediaan {statistics.median(making):.0f} ms, "
              f"95e percentiel {percentile(making, 0.95):.0f} ms")  # fmt: skip
        for name, median in parts(content, 10).items():
            print(f"  {name}: {median:.1f} ms")
        totals, making = measure(content, options.saves // 2, options.pause, NOTE)
        print(f"met een noot erbij of eraf, zodat alles anders is: mediaan {statistics.median(totals):.0f} ms, "
              f"hoogste {max(totals):.0f} ms; maken: mediaan {statistics.median(making):.0f} ms")  # fmt: skip
        if options.pdf:
            changed, whole = measure_pdf(content, options.pdf)
            print(f"bewaren → PDF met de nieuwe bladzijden: mediaan {statistics.median(changed):.2f} s, hoogste "
                  f"{max(changed):.2f} s; geheel opnieuw: mediaan {statistics.median(whole):.1f} s")  # fmt: skip


if __name__ == "__main__":
    main()
