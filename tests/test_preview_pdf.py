"""The PDF beside the page: of the newest version or saying that it is not, and where each part of the page stands."""

from __future__ import annotations

import io
import json
import shutil
from collections.abc import Awaitable, Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from pypdf import PdfReader

from halfjaarbericht.pdf.engine import PdfJob, WorkerDied
from halfjaarbericht.preview import pdfproces
from halfjaarbericht.preview.pdfproces import PdfProcess
from halfjaarbericht.preview.stand import EditionState, PdfState
from tests.inhoudhulp import EDITION, write_content
from tests.meekijkhulp import ROOT, State, Watched, in_a_loop, watching

LETTER = f"{EDITION}/brief.yaml"
ADDRESS = f"/pdf/{EDITION}/brief.pdf"
PAGES = f"/pdf/{EDITION}/brief.paginas.json"
SECTION = "secties:\n  - {id: verderop, soort: tekst, titel: Verderop, tekst: Aan het eind.}\n"


def run(content: Path, steps: Callable[[Watched], Awaitable[None]], *, pdf: bool = True) -> None:
    async def all_of_it() -> None:
        async with watching(content, EDITION, pdf=pdf) as watched:
            await steps(watched)
            assert watched.faults == []

    in_a_loop(all_of_it())


def letter(content: Path, word: str, paragraphs: int = 1) -> None:
    text = "".join(f"  Alinea {number} over {word}.\n\n" for number in range(paragraphs))
    (content / LETTER).write_text(f"tekst: |\n{text}{SECTION}", encoding="utf-8")


def pdf_of(state: State) -> dict[str, object]:
    found: dict[str, object] = next(d["pdf"] for d in state["documenten"] if d["stem"] == "brief")
    return found


def current(state: State) -> bool:
    pdf = pdf_of(state)
    return pdf["staat"] == "actueel" and pdf["versie"] == state["versie"]


def words(data: bytes) -> str:
    return " ".join(page.extract_text() for page in PdfReader(io.BytesIO(data)).pages)


def tagged(data: bytes) -> bool:
    return "/StructTreeRoot" in PdfReader(io.BytesIO(data)).root_object


def test_the_pdf_follows_the_page_and_never_passes_for_newer_than_it_is(tmp_path: Path) -> None:
    content = write_content(tmp_path)
    letter(content, "aardbeien")

    async def steps(watched: Watched) -> None:
        state = await watched.until(current)
        first = await watched.client.get(ADDRESS)
        assert first.headers["x-versie"] == str(state["versie"])
        assert first.headers["content-type"] == "application/pdf"
        assert "aardbeien" in words(first.content)
        mark = len(watched.states)
        letter(content, "bananen")
        state = await watched.until(lambda s: current(s) and s["versie"] > state["versie"])
        second = await watched.client.get(ADDRESS)
        assert second.headers["x-versie"] == str(state["versie"])
        assert "bananen" in words(second.content)
        for between in watched.states[mark:]:
            pdf = pdf_of(between)
            assert (pdf["staat"] == "actueel") == (pdf["versie"] == between["versie"])
            assert pdf["verouderd_versie"] == (0 if pdf["staat"] == "actueel" else pdf["versie"])

    run(content, steps)


def test_the_pages_that_changed_come_before_the_whole_pdf(tmp_path: Path) -> None:
    """The proof is the PDF of the newest version already; the whole PDF takes its place without being shown again."""
    content = write_content(tmp_path)
    letter(content, "aardbeien", 200)

    async def steps(watched: Watched) -> None:
        state = await watched.until(current)
        picture, pages = pdf_of(state)["beeld"], pdf_of(state)["paginas"]
        assert (pdf_of(state)["proef"], picture) == (False, 1)
        mark = len(watched.states)
        text = (content / LETTER).read_text(encoding="utf-8")
        (content / LETTER).write_text(text.replace("Alinea 150 over", "Alinea 150 van"), encoding="utf-8")
        proof = await watched.until(lambda s: current(s) and s["versie"] > state["versie"])
        shown = await watched.client.get(ADDRESS)
        assert shown.headers["content-disposition"] == 'inline; filename="proefdruk-brief.pdf"'
        assert "Alinea 150 van aardbeien" in words(shown.content)
        whole = await watched.until(lambda s: current(s) and not pdf_of(s)["proef"])
        assert [pdf_of(proof)["proef"], pdf_of(proof)["beeld"], pdf_of(whole)["beeld"]] == [True, 2, 2]
        assert pdf_of(whole)["paginas"] == pages
        after = await watched.client.get(ADDRESS)
        assert after.headers["content-disposition"] == 'inline; filename="brief.pdf"'
        assert words(after.content) == words(shown.content)
        assert [tagged(shown.content), tagged(after.content)] == [False, True]
        assert {pdf_of(s)["staat"] for s in watched.states[mark:]} <= {"verouderd", "wacht", "bezig", "actueel"}

    run(content, steps)


def test_pages_that_are_not_yet_right_are_told(tmp_path: Path) -> None:
    """A change that moves everything after it: the pages with the change are shown, and the rest is said to follow."""
    content = write_content(tmp_path)
    letter(content, "aardbeien", 300)

    async def steps(watched: Watched) -> None:
        state = await watched.until(current)
        text = (content / LETTER).read_text(encoding="utf-8")
        more = "\n\n  ".join(f"Nieuwe alinea {number}." for number in range(60))
        (content / LETTER).write_text(text.replace("Alinea 100 over", f"{more}\n\n  Alinea 100 over"), encoding="utf-8")
        partly = await watched.until(lambda s: pdf_of(s)["staat"] == "deels")
        pdf = pdf_of(partly)
        assert pdf["versie"] == pdf["verouderd_versie"] == state["versie"] < partly["versie"]
        shown = await watched.client.get(ADDRESS)
        assert (shown.headers["x-versie"], shown.headers["x-staat"]) == (str(state["versie"]), "deels")
        texts = [page.extract_text() for page in PdfReader(io.BytesIO(shown.content)).pages]
        fresh = pdf["vers"]
        assert isinstance(fresh, list) and 1 < len(fresh) < len(texts)
        assert "Nieuwe alinea 0." in " ".join(texts[number - 1] for number in fresh)
        whole = await watched.until(current)
        assert pdf_of(whole)["beeld"] == 3 and pdf_of(whole)["vers"] == []
        assert len(PdfReader(io.BytesIO((await watched.client.get(ADDRESS)).content)).pages) > len(texts)

    run(content, steps)


def test_a_pdf_of_two_versions_says_so_also_when_something_is_wrong_then(tmp_path: Path) -> None:
    content = write_content(tmp_path)
    letter(content, "aardbeien", 300)

    async def steps(watched: Watched) -> None:
        await watched.until(current)
        text = (content / LETTER).read_text(encoding="utf-8")
        more = "\n\n  ".join(f"Nieuwe alinea {number}." for number in range(60))
        (content / LETTER).write_text(text.replace("Alinea 100 over", f"{more}\n\n  Alinea 100 over"), encoding="utf-8")
        fresh = pdf_of(await watched.until(lambda s: pdf_of(s)["staat"] == "deels"))["vers"]
        (content / LETTER).write_text("tekst: [", encoding="utf-8")
        broken = await watched.until(lambda s: not s["goed"])
        assert pdf_of(broken)["vers"] == fresh
        (content / LETTER).write_text(text, encoding="utf-8")
        assert pdf_of(await watched.until(lambda s: current(s) and s["goed"]))["vers"] == []

    run(content, steps)


def test_a_fault_in_a_proof_does_not_keep_the_pdf_away(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    content = write_content(tmp_path)
    letter(content, "aardbeien", 40)
    tried: list[object] = []

    def fails(_self: PdfProcess, job: object) -> None:
        tried.append(job)
        raise OSError("vol")

    monkeypatch.setattr(PdfProcess, "proof", fails)

    async def all_of_it() -> None:
        async with watching(content, EDITION, pdf=True) as watched:
            state = await watched.until(current)
            letter(content, "bananen", 40)
            await watched.until(lambda s: current(s) and s["versie"] > state["versie"])
            assert "bananen" in words((await watched.client.get(ADDRESS)).content)
            assert [type(fault) for fault in watched.faults] == [OSError]

    in_a_loop(all_of_it())
    assert len(tried) == 1


def test_newer_input_ends_what_is_being_rendered(tmp_path: Path) -> None:
    content = write_content(tmp_path)
    letter(content, "aardbeien", 400)

    async def steps(watched: Watched) -> None:
        for number in range(3):
            await watched.until(lambda s: pdf_of(s)["staat"] == "bezig")
            letter(content, f"vrucht{number}", 400)
            version = watched.state["versie"]
            await watched.until(lambda s, version=version: s["versie"] > version)  # type: ignore[misc]
        letter(content, "peren")
        await watched.until(lambda s: current(s))
        assert "over peren." in words((await watched.client.get(ADDRESS)).content)
        versions = {pdf_of(state)["versie"] for state in watched.states}
        assert versions == {0, watched.state["versie"]}

    run(content, steps)


def test_a_comment_changes_no_pdf_and_a_mistake_makes_it_old(tmp_path: Path) -> None:
    content = write_content(tmp_path)
    letter(content, "kersen")

    async def steps(watched: Watched) -> None:
        await watched.until(current)
        data = (await watched.client.get(ADDRESS)).content
        seconds = pdf_of(watched.state)["seconden"]
        text = (content / LETTER).read_text(encoding="utf-8")
        (content / LETTER).write_text(f"# opmerking\n{text}", encoding="utf-8")
        version = watched.state["versie"]
        await watched.until(lambda s: current(s) and s["versie"] > version)
        assert (await watched.client.get(ADDRESS)).content == data
        assert pdf_of(watched.state)["seconden"] == seconds
        (content / LETTER).write_text("tekst: [", encoding="utf-8")
        state = await watched.until(lambda s: not s["goed"])
        (content / LETTER).write_text(text, encoding="utf-8")
        await watched.until(lambda s: current(s) and s["versie"] > state["versie"])

    run(content, steps)


def test_only_the_pdf_that_is_asked_for_is_made(tmp_path: Path) -> None:
    content = write_content(tmp_path)

    async def steps(watched: Watched) -> None:
        assert {d["pdf"]["staat"] for d in watched.state["documenten"]} == {"geen"}
        answer = await watched.client.get(ADDRESS)
        assert (answer.status_code, answer.headers["x-versie"]) == (404, "0")
        await watched.until(current)
        assert {d["stem"]: d["pdf"]["staat"] for d in watched.state["documenten"]}["bijlage-1-zaken"] == "geen"
        letter(content, "later")
        version = watched.state["versie"]
        await watched.until(lambda s: s["versie"] > version and not s["bezig"])
        assert pdf_of(await watched.settled())["staat"] == "verouderd"

    run(content, steps, pdf=False)


def test_each_part_of_the_page_knows_its_page_in_the_pdf(tmp_path: Path) -> None:
    content = write_content(tmp_path)
    letter(content, "druiven", 120)

    async def steps(watched: Watched) -> None:
        await watched.until(current)
        told = (await watched.client.get(PAGES)).json()
        assert told["versie"] == watched.state["versie"]
        pages = PdfReader(io.BytesIO((await watched.client.get(ADDRESS)).content)).pages
        assert pdf_of(watched.state)["paginas"] == len(pages) > 2
        number = told["paginas"]["verderop"]
        assert "Verderop" in pages[number - 1].extract_text()
        assert told["paginas"]["begin_inhoud"] == 1
        assert 'id="verderop"' in await watched.html("brief")

    run(content, steps)


def test_a_document_that_cannot_be_rendered_says_why(tmp_path: Path) -> None:
    content = write_content(tmp_path)
    templates = tmp_path / "templates"
    templates.mkdir()
    wrong = (
        '{% extends "standaard/brief.html" %}{% block slot %}<img src="https://elders.nl/x.png" alt="">{% endblock %}'
    )
    (templates / "brief.html").write_text(wrong, encoding="utf-8")

    async def steps(watched: Watched) -> None:
        state = await watched.until(lambda s: pdf_of(s)["staat"] == "fout")
        assert state["goed"]
        assert "E603" in [p["code"] for p in state["problemen"]]
        (templates / "brief.html").unlink()
        state = await watched.until(current)
        assert "E603" not in [p["code"] for p in state["problemen"]]

    run(content, steps)


def test_a_mistake_in_the_pdf_goes_when_it_is_undone(tmp_path: Path) -> None:
    """What was undone gives the PDF that is there already: nothing is rendered, and nothing is wrong any more."""
    content = write_content(tmp_path)
    templates = tmp_path / "templates"
    templates.mkdir()
    wrong = '{% extends "standaard/brief.html" %}{% block slot %}<img src="https://a.nl/x.png" alt="">{% endblock %}'

    async def steps(watched: Watched) -> None:
        await watched.until(current)
        seconds = pdf_of(watched.state)["seconden"]
        (templates / "brief.html").write_text(wrong, encoding="utf-8")
        state = await watched.until(lambda s: pdf_of(s)["staat"] == "fout")
        assert "E603" in [p["code"] for p in state["problemen"]]
        (templates / "brief.html").unlink()
        state = await watched.until(current)
        assert state["problemen"] == []
        assert pdf_of(state)["seconden"] == seconds

    run(content, steps)


def test_what_is_listed_of_a_pdf_that_nobody_follows() -> None:
    state = EditionState("2030-1", stems=("brief",), confirmed={"brief": 2})
    state.pdfs["brief"] = PdfState("fout", version=1, failed=2, problems=({"code": "W"},), failure=({"code": "E"},))

    def listed() -> list[str]:
        return [p["code"] for p in json.loads(state.as_json([], "", ""))["problemen"]]

    assert listed() == ["E"]
    state.confirmed["brief"] = 3
    state.pdfs["brief"].status = "bezig"
    assert listed() == ["W"]
    state.pdfs["brief"].status = "verouderd"
    assert listed() == []


def test_styles_of_ones_own_that_come_while_looking_are_in_the_pdf_too(tmp_path: Path) -> None:
    content = write_content(tmp_path)

    async def steps(watched: Watched) -> None:
        await watched.until(current)
        (tmp_path / "styles").mkdir()
        shutil.copy(ROOT / "styles" / "tokens.css", tmp_path / "styles")
        own = tmp_path / "styles" / "tokens.css"
        own.write_text(own.read_text(encoding="utf-8").replace("--blad-breedte: 210mm", "--blad-breedte: 230mm"))
        await watched.until(lambda s: s["versie"] > 1 and not s["bezig"])
        await watched.settled()
        await watched.until(current)
        page = PdfReader(io.BytesIO((await watched.client.get(ADDRESS)).content)).pages[0]
        assert round(page.mediabox.width * 25.4 / 72) == 230

    run(content, steps)


# --- the process ------------------------------------------------------------------------------------------------


class DyingPipe:
    """The pipe of a worker that is gone before it answers."""

    def __init__(self, meanwhile: Callable[[], None]):
        self.meanwhile = meanwhile

    def send(self, _job: object) -> None:
        pass

    def recv(self) -> object:
        self.meanwhile()
        raise EOFError

    def close(self) -> None:
        pass


def crew(monkeypatch: pytest.MonkeyPatch, meanwhile: Callable[[], None]) -> list[Any]:
    """The workers that are started from now on: each dies of signal 9 as soon as it works."""
    started: list[Any] = []

    def start(_context: object) -> SimpleNamespace:
        process = SimpleNamespace(alive=True, exitcode=-9, join=lambda: None)
        process.is_alive = lambda: process.alive
        process.kill = lambda: setattr(process, "alive", False)
        started.append(process)
        return SimpleNamespace(process=process, pipe=DyingPipe(meanwhile))

    monkeypatch.setattr(pdfproces, "start_worker", start)
    return started


JOB = PdfJob("", (), Path(), Path(), "2030-1/brief", "brief")


def test_a_worker_that_the_system_ended_is_told_and_one_that_we_ended_is_not(monkeypatch: pytest.MonkeyPatch) -> None:
    process = PdfProcess()
    crew(monkeypatch, lambda: None)
    died = process.render(JOB)
    assert isinstance(died, WorkerDied)
    assert died.problems[0].code == "E612"
    crew(monkeypatch, process.stop)
    process.stop()  # the one that is ready
    assert process.render(JOB) is None
    assert process.render(JOB) is None


def test_a_worker_that_was_starting_at_the_end_gets_no_work(monkeypatch: pytest.MonkeyPatch) -> None:
    """Starting the first takes seconds, and a whole document would be laid out for nobody."""
    process = PdfProcess()
    asked: list[None] = []
    started = crew(monkeypatch, lambda: asked.append(None))
    start = pdfproces.start_worker

    def start_slowly(context: Any) -> Any:
        worker = start(context)
        process.close()
        return worker

    monkeypatch.setattr(pdfproces, "start_worker", start_slowly)
    assert process.render(JOB) is None
    assert [one.alive for one in started] == [False]
    assert asked == []


def test_a_worker_that_is_gone_is_replaced_before_it_is_used(monkeypatch: pytest.MonkeyPatch) -> None:
    process = PdfProcess()
    started = crew(monkeypatch, lambda: None)
    process.warm()
    process.warm()
    assert len(started) == 1
    process.stop()
    process.warm()
    assert [one.alive for one in started] == [False, True]
    started[1].alive = False
    process.warm()
    assert [one.alive for one in started] == [False, False, True]
    process.close()
    process.warm()
    assert [one.alive for one in started] == [False, False, False]


def test_a_pdf_comes_although_the_ready_worker_was_ended(tmp_path: Path) -> None:
    content = write_content(tmp_path)

    async def steps(watched: Watched) -> None:
        await watched.until(current)
        watched.director.pdfs._process.stop()
        letter(content, "frambozen")
        version = watched.state["versie"]
        await watched.until(lambda s: current(s) and s["versie"] > version)
        assert "frambozen" in words((await watched.client.get(ADDRESS)).content)

    run(content, steps)
