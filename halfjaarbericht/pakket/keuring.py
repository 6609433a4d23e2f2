"""Checking a package: is it whole, is everything in it as it was packed, and do the PDFs have the pages it says?"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from halfjaarbericht.manifest import Output, sha256
from halfjaarbericht.metadata.bestanden import RECORD
from halfjaarbericht.paginatelling import count_pages
from halfjaarbericht.pakket.inhoud import seal, top_folder
from halfjaarbericht.pakket.paklijst import LIST, SUMS, Item, PackingList, read_list, sums
from halfjaarbericht.pakket.uitpakken import Unpacked, unpack
from halfjaarbericht.problems import Problem


@dataclass(frozen=True, slots=True)
class Finding:
    """What came of a check: the problems, the packing list when there is one that can be read, and the files by their
    name from the top folder."""

    problems: tuple[Problem, ...]
    listing: PackingList | None = None
    files: Mapping[str, bytes] = field(default_factory=dict)


def inspect(data: bytes, shown: str) -> Finding:
    """Check a package. `shown` is its name in messages. Never raises for what is in it."""
    found = unpack(data, shown)
    listing, top = _listing(found, shown)
    if listing is None:
        return Finding(tuple(sorted(found.problems)))
    files = {name.removeprefix(top): content for name, content in found.files.items() if name.startswith(top)}
    problems = [*found.problems, *_presence(found, listing, top, shown)]
    for item in listing.items:
        if item.name in files:
            problems += _content(item, files, f"{shown}/{top}{item.name}")
    if files.get(SUMS) != sums(listing, files[LIST]):
        message = f"de lijst {SUMS} past niet bij {LIST}"
        problems.append(Problem(f"{shown}/{top}{SUMS}", 0, 0, "E634", message))
    if not problems and seal(_packed(files), listing) != data:
        message = "de bestanden kloppen, maar het zip-bestand is na het maken opnieuw ingepakt of aangevuld"
        hint = "geef het pakket door zoals het is gemaakt"
        problems.append(Problem(shown, 0, 0, "W634", message, hint, severity="waarschuwing"))
    return Finding(tuple(sorted(problems)), listing, files)


def _listing(found: Unpacked, shown: str) -> tuple[PackingList | None, str]:
    """The packing list and the top folder with a slash; None, with a problem, when there is none to go by."""
    places = [name for name in found.files if name.count("/") == 1 and name.endswith(f"/{LIST}")]
    if len(places) == 1:
        try:
            listing = read_list(found.files[places[0]])
            if places[0] == f"{top_folder(listing.edition)}/{LIST}":
                return listing, places[0].removesuffix(LIST)
        except ValueError:
            pass
        message = f"{LIST} is geen lijst die dit programma heeft gemaakt, of is van een andere versie"
        found.problems.append(Problem(f"{shown}/{places[0]}", 0, 0, "E634", message))
    elif not found.problems:
        message = f"{LIST} ontbreekt: dit is geen pakket van dit programma"
        found.problems.append(Problem(shown, 0, 0, "E634", message))
    return None, ""


def _presence(found: Unpacked, listing: PackingList, top: str, shown: str) -> Iterator[Problem]:
    wanted = {f"{top}{item.name}" for item in listing.items} | {top + LIST, top + SUMS}
    for name in sorted(wanted - found.files.keys() - found.unread):
        yield Problem(f"{shown}/{name}", 0, 0, "E635", "dit bestand ontbreekt in het pakket")
    for name in sorted(found.files.keys() - wanted):
        yield Problem(f"{shown}/{name}", 0, 0, "E636", f"dit bestand hoort niet in het pakket: {LIST} noemt het niet")


def _content(item: Item, files: Mapping[str, bytes], where: str) -> Iterator[Problem]:
    content = files[item.name]
    if Output.of(content) != item.output:
        hint = f"de SHA-256 is {sha256(content)[:12]}…, niet {item.output.sha256[:12]}…"
        yield Problem(where, 0, 0, "E637", "dit bestand is na het inpakken veranderd", hint)
        return
    if item.name.endswith(".pdf"):
        pages = count_pages(content)
        if pages != item.pages:
            message = f"{LIST} noemt {item.pages} bladzijden, de PDF heeft er {pages}"
            yield Problem(where, 0, 0, "E638", message)
    if item.name.endswith(RECORD):
        yield from _record(item, files, where)


def _record(item: Item, files: Mapping[str, bytes], where: str) -> Iterator[Problem]:
    """A record belongs to the file whose name it has, and gives its hash."""
    described = files.get(item.name.removesuffix(RECORD))
    try:
        stated = json.loads(files[item.name])["bestand"]["sha256"]
    except (ValueError, KeyError, TypeError, RecursionError):
        stated = None
    if described is not None and stated != sha256(described):
        message = "deze metagegevens horen niet bij het bestand waar zij bij staan"
        yield Problem(where, 0, 0, "E639", message, "maak het pakket opnieuw")


def _packed(files: Mapping[str, bytes]) -> dict[str, bytes]:
    return {name: content for name, content in files.items() if name not in (LIST, SUMS)}
