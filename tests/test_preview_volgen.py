"""The preview follows the files: mistakes never blank a page, and every way to save ends in the right page."""

from __future__ import annotations

import asyncio
import random
import shutil
import subprocess
from collections.abc import Awaitable, Callable
from html import unescape
from pathlib import Path

import pytest

from halfjaarbericht.paginahulp import source_mark
from halfjaarbericht.pipeline import read
from halfjaarbericht.preview.editor import make_editor
from halfjaarbericht.preview.inputs import take_stock
from halfjaarbericht.preview.maker import Maker
from halfjaarbericht.preview.making import Making
from halfjaarbericht.project import make_project
from halfjaarbericht.render import Renderer
from tests.editiehulp import EXAMPLE
from tests.inhoudhulp import EDITION, write_content
from tests.meekijkhulp import ROOT, State, Watched, fresh_build, in_a_loop, watching

LETTER = f"{EDITION}/brief.yaml"
GOOD = "tekst: |\n  Hierbij ontvangt u het bericht van {woord}.\n"


def run(content: Path, steps: Callable[[Watched], Awaitable[None]], **options: object) -> None:
    """Start a preview of the letter and go through `steps` with it."""

    async def all_of_it() -> None:
        async with watching(content, EDITION, **options) as watched:  # type: ignore[arg-type]
            await steps(watched)
            assert watched.faults == []

    in_a_loop(all_of_it())


def letter(content: Path, word: str) -> None:
    (content / LETTER).write_text(GOOD.format(woord=word), encoding="utf-8")


def errors(state: State) -> list[str]:
    return [p["code"] for p in state["problemen"] if p["ernst"] == "fout"]


async def shows(watched: Watched, word: str) -> State:
    """Wait until the preview is good and its letter has the word."""
    state = await watched.settled()
    assert state["goed"], state["problemen"]
    assert state["goede_versie"] == state["versie"]
    assert f"van {word}." in await watched.html("brief")
    return state


BROKEN = {
    "yaml": (LETTER, "tekst: [nooit gesloten\n", "E101", LETTER),
    "csv": (f"{EDITION}/data/eenheden.csv", "eenheid;agenten\nNoord;veel\n", "E4", f"{EDITION}/data/eenheden.csv"),
}


@pytest.mark.parametrize("what", BROKEN)
def test_a_mistake_in_the_content_leaves_the_last_good_page(tmp_path: Path, what: str) -> None:
    content = write_content(tmp_path)
    name, broken, code, path = BROKEN[what]
    file = content / name
    good = file.read_text(encoding="utf-8")

    async def steps(watched: Watched) -> None:
        before = await watched.html("brief")
        version = watched.state["versie"]
        file.write_text(broken, encoding="utf-8")
        state = await watched.until(lambda s: not s["goed"])
        assert state["goede_versie"] == version < state["versie"]
        problem = next(p for p in state["problemen"] if p["ernst"] == "fout")
        assert problem["code"].startswith(code)
        assert problem["bestand"] == f"content/{path}"
        assert f"{problem['regel']} | " in problem["uittreksel"]
        assert "^" in problem["uittreksel"]
        assert problem["open"] == f"vscode://file{content}/{path}:{problem['regel']}:{max(problem['kolom'], 1)}"
        assert await watched.html("brief") == before
        file.write_text(good, encoding="utf-8")
        state = await watched.until(lambda s: s["goed"])
        assert errors(state) == []
        assert (await watched.settled())["goede_versie"] == state["versie"]

    run(content, steps)


def test_a_mistake_in_a_template_leaves_the_last_good_page(tmp_path: Path) -> None:
    content = write_content(tmp_path)
    own = tmp_path / "templates"
    own.mkdir()
    template = own / "brief.html"
    shutil.copy(ROOT / "templates" / "brief.html", template)
    good = template.read_text(encoding="utf-8")

    async def steps(watched: Watched) -> None:
        before = await watched.plain("brief")
        for broken, code in (
            (good + "{% if %}", "E502"),
            (good.replace("document.closing", "document.clozing"), "E503"),
        ):
            template.write_text(broken, encoding="utf-8")
            state = await watched.until(lambda s, code=code: code in errors(s))  # type: ignore[misc]
            problem = next(p for p in state["problemen"] if p["code"] == code)
            assert problem["bestand"] == "templates/brief.html"
            assert problem["open"].startswith(f"vscode://file{tmp_path}/templates/brief.html:")
            assert await watched.plain("brief") == before
        template.write_text(good.replace("{% block slot %}", "{% block slot %}<p>Een eigen slot</p>"), encoding="utf-8")
        await watched.until(lambda s: s["goed"])
        await watched.settled()
        assert "<p>Een eigen slot</p>" in await watched.plain("brief")
        template.unlink()
        await watched.settled()
        assert await watched.plain("brief") == before

    run(content, steps)


def test_a_mistake_in_a_style_leaves_the_last_good_page(tmp_path: Path) -> None:
    content = write_content(tmp_path)
    own = tmp_path / "styles"
    own.mkdir()
    style = own / "scherm.css"
    style.write_text("p { color: red }\n", encoding="utf-8")

    async def steps(watched: Watched) -> None:
        assert "p { color: red }" in await watched.html("brief")
        for broken, line in ((b"p { color: \xff }\n", 0), (b"h1 {}\np { color: green\n", 2)):
            style.write_bytes(broken)
            state = await watched.until(lambda s, line=line: line in [p["regel"] for p in s["problemen"]])  # type: ignore[misc]
            assert errors(state) == ["E508"]
            assert state["problemen"][0]["bestand"] == "styles/scherm.css"
            assert "p { color: red }" in await watched.html("brief")
        style.write_text("p { color: blue }\n", encoding="utf-8")
        await watched.until(lambda s: s["goed"])
        await watched.settled()
        assert "p { color: blue }" in await watched.html("brief")
        style.unlink()
        await watched.settled()
        assert "color: blue" not in await watched.html("brief")

    run(content, steps)


def test_an_edition_that_is_wrong_from_the_start_says_so_and_comes_when_mended(tmp_path: Path) -> None:
    content = write_content(tmp_path, {LETTER: "tekst: ["})

    async def steps(watched: Watched) -> None:
        assert not watched.state["goed"]
        assert watched.state["documenten"] == []
        answer = await watched.client.get(f"/pagina/{EDITION}/index.html")
        assert answer.status_code == 503
        assert "/statisch/pagina.js" in answer.text
        assert "daarna verschijnt de pagina hier vanzelf" in answer.text
        # Of an edition that could not be read nobody knows what documents it has.
        assert (await watched.client.get(f"/{EDITION}/brief")).status_code == 200
        assert (await watched.client.get(f"/pagina/{EDITION}/brief.html")).status_code == 503
        overview = await watched.client.get("/pagina/index.html")
        assert overview.status_code == 503
        assert watched.state["problemen"][0]["bericht"] in unescape(overview.text)
        letter(content, "later")
        await watched.until(lambda s: s["goed"])
        await shows(watched, "later")

    run(content, steps)


def test_warnings_and_open_places_have_their_place(tmp_path: Path) -> None:
    content = write_content(tmp_path, {LETTER: "tekst: |\n  Er zijn 345 agenten.\n\n  Nog te schrijven.\n"})

    async def steps(watched: Watched) -> None:
        state = await watched.settled()
        warning = next(p for p in state["problemen"] if p["code"] == "W403")
        assert (warning["ernst"], warning["bron"], warning["stem"]) == (
            "waarschuwing",
            f"content/{LETTER}:2:11",
            "brief",
        )
        place = {"stem": "brief", "bron": f"content/{LETTER}:4:3", "tekst": "Nog te schrijven."}
        assert state["open_plekken"] == [place]
        assert f'data-bron="content/{LETTER}:4:3">Nog te schrijven.' in await watched.html("brief")

    run(content, steps)


def test_without_word_from_the_system_it_looks_for_itself(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    content = write_content(tmp_path)

    def no_more_watches(*_: object, **__: object) -> None:
        raise OSError("inotify limit reached")

    monkeypatch.setattr("halfjaarbericht.preview.watch.awatch", no_more_watches)

    async def steps(watched: Watched) -> None:
        letter(content, "eigen ogen")
        await watched.until(lambda s: s["versie"] > 1 and not s["bezig"])
        await shows(watched, "eigen ogen")

    run(content, steps)


# --- ways to save -----------------------------------------------------------------------------------------------


def test_a_burst_of_saves_ends_in_the_last(tmp_path: Path) -> None:
    content = write_content(tmp_path)

    async def steps(watched: Watched) -> None:
        before = watched.state["versie"]
        for number in range(50):
            letter(content, f"poging{number}")
        state = await shows(watched, "poging49")
        assert state["versie"] < before + 25
        assert (await watched.settled())["versie"] == state["versie"]

    run(content, steps)


def test_a_save_by_rename_and_what_editors_leave_beside_it(tmp_path: Path) -> None:
    content = write_content(tmp_path)
    folder = content / EDITION

    async def steps(watched: Watched) -> None:
        (folder / "4913").write_text("")
        (folder / ".brief.yaml.swp").write_bytes(b"b0VIM 9.0")
        (folder / "brief.yaml.tmp").write_text(GOOD.format(woord="hernoemd"), encoding="utf-8")
        (folder / "brief.yaml.tmp").replace(folder / "brief.yaml")
        (folder / "4913").unlink()
        state = await shows(watched, "hernoemd")
        (folder / "brief.yaml~").write_text("tekst: [", encoding="utf-8")
        (folder / ".#brief.yaml").symlink_to("iemand@hier.1234")  # how Emacs says that it has the file open
        letter(content, "daarna")
        after = await shows(watched, "daarna")
        assert after["versie"] == state["versie"] + 1

    run(content, steps)


def test_a_file_that_goes_and_comes_back(tmp_path: Path) -> None:
    content = write_content(tmp_path)
    section = content / EDITION / "bijlagen" / "zaken" / "1-inleiding.yaml"
    text = section.read_text(encoding="utf-8")

    async def steps(watched: Watched) -> None:
        before = await watched.plain("bijlage-1-zaken")
        section.unlink()
        state = await watched.until(lambda s: not s["goed"])
        assert "E301" in errors(state)
        assert await watched.plain("bijlage-1-zaken") == before
        section.write_text(text, encoding="utf-8")
        await watched.until(lambda s: s["goed"])
        shutil.move(content, tmp_path / "even weg")
        await watched.until(lambda s: not s["goed"])
        shutil.move(tmp_path / "even weg", content)
        await watched.until(lambda s: s["goed"])
        letter(content, "na de verhuizing")
        await shows(watched, "na de verhuizing")
        assert await watched.plain("bijlage-1-zaken") == before

    run(content, steps)


def git(folder: Path, *args: str) -> None:
    who = ["-c", "user.name=Iemand", "-c", "user.email=iemand@voorbeeld.nl", "-c", "commit.gpgsign=false"]
    subprocess.run(["git", *who, *args], cwd=folder, check=True, capture_output=True)


def test_another_branch_is_another_page(tmp_path: Path) -> None:
    content = write_content(tmp_path)
    letter(content, "de hoofdtak")
    git(tmp_path, "init", "-q", "-b", "hoofd")
    git(tmp_path, "add", "content")
    git(tmp_path, "commit", "-qm", "een")
    git(tmp_path, "checkout", "-qb", "zijtak")
    letter(content, "de zijtak")
    section = content / EDITION / "bijlagen" / "zaken"
    (section / "1-inleiding.yaml").rename(section / "1-begin.yaml")
    index = section / "bijlage.yaml"
    index.write_text(index.read_text(encoding="utf-8").replace("1-inleiding", "1-begin"), encoding="utf-8")
    git(tmp_path, "add", "-A", "content")
    git(tmp_path, "commit", "-qm", "twee")

    async def steps(watched: Watched) -> None:
        await shows(watched, "de zijtak")
        for branch in ("hoofd", "zijtak", "hoofd"):
            git(tmp_path, "checkout", "-q", branch)
            await shows(watched, "de hoofdtak" if branch == "hoofd" else "de zijtak")

    run(content, steps)


def test_only_who_looks_is_told_and_another_edition_can_be_asked_for(tmp_path: Path) -> None:
    content = write_content(tmp_path)
    shutil.copytree(content / EDITION, content / "2030-2")
    other = content / "2030-2" / "editie.yaml"
    other.write_text(other.read_text(encoding="utf-8").replace("2030-1", "2030-2"), encoding="utf-8")

    async def steps(watched: Watched) -> None:
        await watched.settled()
        assert watched.state["edities"] == ["2030-1", "2030-2"]
        (content / "2030-2" / "brief.yaml").write_text(GOOD.format(woord="de andere"), encoding="utf-8")
        for _ in range(600):
            answer = await watched.client.get("/pagina/2030-2/brief.html")
            if "van de andere." in answer.text:
                break
            await asyncio.sleep(0.05)
        assert "van de andere." in answer.text
        assert "van de andere." not in await watched.html("brief")

    run(content, steps)


def test_a_fault_of_the_program_is_told_and_survived(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    content = write_content(tmp_path)

    async def all_of_it() -> None:
        async with watching(content, EDITION) as watched:
            before = await watched.html("brief")
            with monkeypatch.context() as patch:
                patch.setattr("halfjaarbericht.preview.maker.read", lambda *_: {}["weg"])
                letter(content, "een fout")
                state = await watched.until(lambda s: not s["goed"])
                problem = state["problemen"][0]
                assert problem["bericht"].startswith("fout van het programma: KeyError: 'weg'")
                assert (problem["open"], problem["bron"]) == ("", "")
                assert await watched.html("brief") == before
                assert [type(fault) for fault in watched.faults] == [KeyError]
            letter(content, "daarna")
            await watched.until(lambda s: s["goed"])
            await shows(watched, "daarna")

    in_a_loop(all_of_it())


def test_a_file_that_cannot_be_read_is_told_by_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    content = write_content(tmp_path)

    def refuse(*_: object) -> None:
        raise PermissionError(13, "Permission denied", str(content / LETTER))

    async def steps(watched: Watched) -> None:
        with monkeypatch.context() as patch:
            patch.setattr("halfjaarbericht.preview.maker.read", refuse)
            letter(content, "ooit")
            state = await watched.until(lambda s: not s["goed"])
            problem = state["problemen"][0]
            assert problem["bericht"] == f"het bestand content/{LETTER} is niet te lezen"
            assert problem["open"].endswith(f"/content/{LETTER}:1:1")
        letter(content, "daarna")
        await watched.until(lambda s: s["goed"])
        await shows(watched, "daarna")

    run(content, steps)  # which also sees that no fault was reported


def test_a_fault_of_the_moment_is_not_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Newer inputs have come when the fault is there: those decide."""
    project = make_project(tmp_path, write_content(tmp_path))
    monkeypatch.setattr("halfjaarbericht.preview.maker.read", lambda *_: {}["weg"])
    faults: list[BaseException] = []
    making = Making(Maker(project), make_editor("vscode", tmp_path), faults.append)
    inputs = take_stock(project)
    assert list(making.steps(EDITION, inputs, (), lambda: False)) == []
    assert faults == []
    [told] = making.steps(EDITION, inputs, (), lambda: True)
    assert "KeyError" in told.problems[0]["bericht"]
    assert [type(fault) for fault in faults] == [KeyError]


def test_a_disk_that_falters_does_not_end_the_watching(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    content = write_content(tmp_path)

    def falter(_content: Path) -> list[str]:
        raise OSError(5, "Input/output error")

    async def all_of_it() -> None:
        async with watching(content, EDITION) as watched:
            with monkeypatch.context() as patch:
                patch.setattr("halfjaarbericht.preview.regie.find_editions", falter)
                letter(content, "de schijf")
                for _ in range(600):
                    if watched.faults:
                        break
                    await asyncio.sleep(0.05)
            await watched.until(lambda s: s["versie"] > 1 and not s["bezig"])
            await shows(watched, "de schijf")
            assert [type(fault) for fault in watched.faults] == [OSError]

    in_a_loop(all_of_it())


def test_making_that_breaks_down_leaves_nobody_waiting(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    content = write_content(tmp_path)

    def break_down(*_: object) -> None:
        raise RuntimeError("kapot")

    async def all_of_it() -> None:
        with monkeypatch.context() as patch:
            patch.setattr("halfjaarbericht.preview.making.Making.steps", break_down)
            async with watching(content, EDITION) as watched:
                state = (await watched.client.get(f"/stand/{EDITION}")).json()
                assert (state["goed"], state["bezig"]) == (False, False)
                assert "RuntimeError: kapot" in state["problemen"][0]["bericht"]
                assert (await watched.client.get(f"/pagina/{EDITION}/brief.html")).status_code == 503
                patch.undo()
                letter(content, "later")
                await watched.until(lambda s: s["goed"] and not s["bezig"])
                await shows(watched, "later")
                assert [type(fault) for fault in watched.faults] == [RuntimeError]

    in_a_loop(all_of_it())


# --- two hundred edits ------------------------------------------------------------------------------------------


class Meddler:
    """Changes a content folder at random; it knows how everything was."""

    def __init__(self, content: Path, seed: int):
        self.content = content
        self.chance = random.Random(seed)
        self.good = {file: file.read_bytes() for file in sorted(content.rglob("*")) if file.is_file()}
        self.texts = [f for f in self.good if f.suffix == ".yaml" and b"tekst: |" in self.good[f]]
        self.count = 0

    def meddle(self) -> None:
        """One change of some kind."""
        kinds = (self.write, self.write, self.write, self.break_, self.rename, self.remove, self.number, self.style)
        self.chance.choice(kinds)()
        self.count += 1

    def mend(self) -> None:
        """Make everything right again, with some other words than at first."""
        for file, data in self.good.items():
            if not file.exists() or (file.suffix in (".yaml", ".csv") and file not in self.texts):
                file.write_bytes(data)
        for file in self.texts:
            self.write(file)

    def write(self, file: Path | None = None) -> None:
        """Another sentence in a text, with lines above it that move all places."""
        file = file or self.chance.choice(self.texts)
        comment = b"# regel\n" * self.chance.randrange(4)
        text = self.good[file].replace(b"tekst: |\n  ", b"tekst: |\n  Zin %d. " % self.chance.randrange(1000), 1)
        self.put(file, comment + text)

    def break_(self) -> None:
        file = self.chance.choice(self.texts)
        self.put(file, self.good[file] + b"]: [\n")

    def rename(self) -> None:
        """A file under another name and back: for a moment it is not there."""
        file = self.chance.choice(self.texts)
        if file.exists():
            other = file.with_name(f"anders-{file.name}")
            file.rename(other)
            other.rename(file)

    def remove(self) -> None:
        self.chance.choice(self.texts).unlink(missing_ok=True)

    def number(self) -> None:
        """A row in the data: for a moment, or with a mistake in it."""
        file = self.content / "2030-1" / "data" / "eenheden.csv"
        self.put(file, self.good[file] + self.chance.choice([b"", b"\n\n", b"stuk;\n"]))

    def style(self) -> None:
        """A template of the project's own, in front of the packaged one, and gone again."""
        folder = self.content.parent / "templates"
        folder.mkdir(exist_ok=True)
        own = folder / "brief.html"
        if own.exists():
            own.unlink()
        else:
            own.write_text('{% extends "standaard/brief.html" %}\n', encoding="utf-8")

    def put(self, file: Path, data: bytes) -> None:
        """Save as one of the kinds of editors does."""
        if self.chance.random() < 0.5:
            file.write_bytes(data)
        else:
            beside = file.with_name(f"{file.name}.tmp")
            beside.write_bytes(data)
            beside.replace(file)


def test_after_two_hundred_edits_the_pages_are_those_of_a_fresh_build(tmp_path: Path) -> None:
    content = tmp_path / "content"
    shutil.copytree(EXAMPLE, content)
    meddler = Meddler(content, 2030)

    async def steps(watched: Watched) -> None:
        for part in range(2):
            while meddler.count < 100 * (part + 1):
                meddler.meddle()
                await asyncio.sleep(meddler.chance.choice([0, 0, 0.002, 0.03]))
            meddler.mend()
            state = await watched.settled()
            assert state["goed"], state["problemen"]
            output = tmp_path / f"uit-{part}"
            built = await asyncio.to_thread(fresh_build, content, output, EDITION)
            assert {d["stem"] for d in state["documenten"]} == set(built)
            session = await watched.director.edition(EDITION)
            assert session is not None
            for stem, expected in built.items():
                assert await watched.plain(stem) == expected, stem
            for stem, expected in unremembered(content).items():
                assert session.state.pages[stem].html == expected, f"the places of {stem}"

    run(content, steps)


def unremembered(content: Path) -> dict[str, str]:
    """The documents with their places, made without a memory of sections."""
    project = make_project(content.parent, content)
    edition = read(project, [EDITION]).editions[0]
    renderer = Renderer(project.templates, project.styles, source_mark)
    folder, shared = edition.loaded.folder, content / "gedeeld"
    return {
        d.stem: renderer.document(edition.report, d, "scherm", edition_folder=folder, shared_folder=shared)
        for d in edition.report.documents
    }
