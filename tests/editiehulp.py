"""The real editions and the example edition, for tests: what there is, and each built once."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest

from halfjaarbericht.pipeline import build
from halfjaarbericht.problems import ContentError, Problem
from halfjaarbericht.progress import make_progress
from halfjaarbericht.project import make_project
from halfjaarbericht.reading.load import LoadedEdition, find_editions, load_edition, load_shared
from halfjaarbericht.render import Medium, Renderer
from halfjaarbericht.resolving.resolve import resolve
from halfjaarbericht.verslag import Document, Report, Section

ROOT = Path(__file__).parent.parent
CONTENT = ROOT / "content"
EXAMPLE = Path(__file__).parent / "voorbeeld" / "content"
FORMATS = frozenset({"pdf", "html"})


@cache
def loaded(content: Path, name: str) -> LoadedEdition:
    """An edition as it was read. Raises ContentError."""
    return load_edition(content, name, load_shared(content))


@cache
def report(content: Path, name: str) -> Report:
    """An edition, resolved. Raises ContentError."""
    return resolve(loaded(content, name))[0]


def problems(content: Path, name: str) -> tuple[Problem, ...]:
    """What `check` says of an edition."""
    try:
        return resolve(loaded(content, name))[1]
    except ContentError as error:
        return error.problems


@cache
def good_editions() -> tuple[str, ...]:
    """The editions in content/ that can be built; the test that all of them can is in test_edities.py."""
    names = find_editions(CONTENT)
    return tuple(n for n in names if not any(p.severity == "fout" for p in problems(CONTENT, n)))


def real_documents(kind: str = "") -> list[object]:
    """Parameters (edition, stem) for every document made here, or for the letters or annexes only."""
    found = ((name, d) for name in good_editions() for d in report(CONTENT, name).documents)
    return [pytest.param(n, d.stem, id=f"{n}/{d.stem}") for n, d in found if kind in ("", d.kind)]


def document(content: Path, edition: str, stem: str) -> Document:
    """One document of an edition."""
    return next(d for d in report(content, edition).documents if d.stem == stem)


@cache
def html(content: Path, edition: str, stem: str, medium: Medium) -> str:
    """The page of a document as the package renders it."""
    project = make_project(ROOT, content)
    folder = content / edition
    return Renderer(project.templates, project.styles).document(
        report(content, edition),
        document(content, edition, stem),
        medium,
        edition_folder=folder,
        shared_folder=content / "gedeeld",
    )


def all_sections(sections: tuple[Section, ...]) -> Iterator[Section]:
    """Sections in reading order."""
    for section in sections:
        yield section
        yield from all_sections(section.sections)


@dataclass(frozen=True)
class Built:
    """A built content folder: where the output stands."""

    content: Path
    output: Path

    def pdf(self, edition: str, stem: str) -> bytes:
        return (self.output / edition / f"{stem}.pdf").read_bytes()


def build_folder(content: Path, names: tuple[str, ...], output: Path, bundle: bool = False) -> Built:
    """Build editions as `build` does, without printing. Raises ContentError."""
    with make_progress(quiet=True) as progress:
        build(make_project(ROOT, content, output), list(names), FORMATS, bundle, False, progress)
    return Built(content, output)
