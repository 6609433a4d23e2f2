"""Every field that may be left out: alone, with others, with all others, and not at all.

The fields come from the models, so a new one fails here until it has a value in combinatiesites.py.
"""

from __future__ import annotations

import copy
import re
from collections.abc import Iterator
from functools import cache
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest
import yaml

from halfjaarbericht.metadata.bestanden import metadata_files
from halfjaarbericht.metadata.record import FileFacts
from halfjaarbericht.metadata.stuk import pieces
from halfjaarbericht.model import bronnen, editie, gedeeld, publicatie, secties, tabellen
from halfjaarbericht.model.basis import Model
from halfjaarbericht.model.cijfers import Cijfer, Getalopmaak
from halfjaarbericht.render import Renderer
from halfjaarbericht.verslag import Report
from tests.combinatiebronnen import KINDS, NUMBER_SITES, SOURCE_SITES
from tests.combinatiepublicatie import PUBLICATION_SITES
from tests.combinatiesites import DOCUMENT_SITES, SHARED_SITES, Site, standard
from tests.combinatietabellen import TABLE_SITES
from tests.editiehulp import ROOT
from tests.htmlhulp import MEDIA, parse
from tests.inhoudhulp import EDITION, read_report

SITES = [*DOCUMENT_SITES, *PUBLICATION_SITES, *TABLE_SITES, *SHARED_SITES, *NUMBER_SITES, *SOURCE_SITES]
NOTHING = re.compile(r"\bNone\b|\bUndefined\b|\bnull\b|<class |\{\w+\}`|&lt;\w+ object")


def name_of(site: Site) -> str:
    return site.name or site.model.__name__


def optional(model: type[Model]) -> set[str]:
    """The fields that may be left out; what a number is, is one of many, and has sites of its own."""
    found = {name for name, field in model.model_fields.items() if not field.is_required()}
    return found - set(KINDS) if model is Cijfer else found


def documented_models() -> set[type[Model]]:
    modules = (bronnen, editie, gedeeld, publicatie, secties, tabellen)
    found = {m for module in modules for m in vars(module).values() if isinstance(m, type) and issubclass(m, Model)}
    found |= {Cijfer, Getalopmaak}
    return {model for model in found if optional(model) and not model.__name__.startswith("_")}


# Files that are a mapping of the models above and nothing else.
_CONTAINERS = {bronnen.Bronnen, gedeeld.Afkortingen}


def test_every_model_with_optional_fields_has_a_site() -> None:
    assert documented_models() - {site.model for site in SITES} == _CONTAINERS


@pytest.mark.parametrize("site", SITES, ids=name_of)
def test_every_optional_field_has_a_value(site: Site) -> None:
    assert set(site.options) == optional(site.model)
    assert site.silent | site.recorded <= set(site.options)


def chosen(site: Site) -> Iterator[tuple[str, ...]]:
    """Which fields to fill in: none, all, each alone, all but one, and (of models that are not large) every two."""
    names = tuple(site.options)
    found = [(), names, *((n,) for n in names), *(tuple(m for m in names if m != n) for n in names)]
    pairs = combinations(names, 2) if len(names) <= 8 else (pair(site, name) for name in site.together)
    yield from dict.fromkeys([*found, *pairs])


def pair(site: Site, name: str) -> tuple[str, ...]:
    """A field and the one that it needs beside it, in the order of the site."""
    return tuple(n for n in site.options if n in (name, site.together.get(name)))


def filled(site: Site, names: tuple[str, ...]) -> dict[str, Any]:
    data = copy.deepcopy(site.base)
    for name in names:
        value = site.options[name]
        if callable(value):
            value(data)
        else:
            data[name] = copy.deepcopy(value)
    return data


@pytest.fixture(scope="module")
def renderer() -> Renderer:
    return Renderer([ROOT / "templates"], [ROOT / "styles"])


class Workshop:
    """Renders combinations in one folder, writing only the files that differ from the last one."""

    def __init__(self, folder: Path, renderer: Renderer):
        self.content = folder / "content"
        self.renderer = renderer
        self.written: dict[str, str] = {}

    def made(self, site: Site, names: tuple[str, ...]) -> tuple[str, str]:
        """All pages of the edition, and all records of its files; fails on a problem that is not an accepted
        deviation."""
        self.write({**standard(), **site.files(filled(site, names))})
        report, problems = read_report(self.content)
        assert [p for p in problems if p.severity != "aanvaard"] == []
        folder, shared = self.content / EDITION, self.content / "gedeeld"
        pages = "\n".join(
            self.renderer.document(report, document, medium, edition_folder=folder, shared_folder=shared)
            for document in report.documents
            for medium in MEDIA
        )
        return pages, records(report)

    def write(self, files: dict[str, Any]) -> None:
        texts = {name: what if isinstance(what, str) else dumped(repr(what), what) for name, what in files.items()}
        for name in self.written.keys() - texts.keys():
            (self.content / name).unlink()
        for name, text in texts.items():
            if self.written.get(name) != text:
                (self.content / name).parent.mkdir(parents=True, exist_ok=True)
                (self.content / name).write_text(text, encoding="utf-8")
        self.written = texts


def records(report: Report) -> str:
    """The metadata beside the files of an edition, as if each document and the bundle had a PDF."""
    found = (
        metadata_files(report, piece.stem, [FileFacts(f"{piece.stem}.pdf", "ab" * 32, 1)]) for piece in pieces(report)
    )
    return "\n".join(text.decode() for files in found for text in files.values())


_dumped: dict[str, str] = {}


def dumped(key: str, data: Any) -> str:
    if key not in _dumped:
        _dumped[key] = yaml.safe_dump(data, allow_unicode=True, sort_keys=False)
    return _dumped[key]


@pytest.mark.parametrize("site", SITES, ids=name_of)
def test_every_combination_gives_a_sound_page(site: Site, tmp_path: Path, renderer: Renderer) -> None:
    workshop = Workshop(tmp_path, renderer)
    shown: dict[tuple[str, ...], tuple[str, str]] = {}
    for names in chosen(site):
        pages, about = shown[names] = workshop.made(site, names)
        body = re.sub(r"<style>.*?</style>", "", pages, flags=re.S)
        # In a record null says that something is not known.
        for text in (body, about.replace(": null", "")):
            assert not NOTHING.search(text), (names, NOTHING.search(text))
    for names in ((), tuple(site.options)):
        for part in shown[names][0].split("<!DOCTYPE html>")[1:]:
            parse("<!DOCTYPE html>" + part)
    # A field that is accepted and then stands on no page and in no record would be lost without a word.
    for name in set(site.options) - site.silent:
        beside = (site.together[name],) if name in site.together else ()
        now, before = shown[pair(site, name)], shown[beside]
        if name in site.recorded:
            assert now[1] != before[1], f"{name} staat in geen metadata"
        else:
            assert now[0] != before[0], f"{name} is nergens te zien"


@cache
def total() -> int:
    return sum(len(list(chosen(site))) for site in SITES)


def test_there_are_many_combinations() -> None:
    assert total() > 500
