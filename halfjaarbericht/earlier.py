"""What an edition said before: when it was built last, in a git revision, or in the package that was made of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from halfjaarbericht.changes import store
from halfjaarbericht.changes.model import EditionText
from halfjaarbericht.changes.revision import RevisionError, content_at
from halfjaarbericht.changes.units import edition_text
from halfjaarbericht.language.nederlands import format_date
from halfjaarbericht.pakket.inhoud import TEXT
from halfjaarbericht.pakket.keuring import inspect
from halfjaarbericht.pakket.uitpakken import MOST
from halfjaarbericht.pipeline import read
from halfjaarbericht.problems import ContentError, Problem
from halfjaarbericht.project import Project, make_project
from halfjaarbericht.publish import explained
from halfjaarbericht.reading.load import find_editions

LAST_BUILD = "build"
"""What is asked for to compare with the last build; a branch of that name is `refs/heads/build`."""
_PACKAGE = ".zip"


class PackageError(RevisionError):
    """There is nothing in a package to compare with; the text is a Dutch sentence that says why."""


@dataclass(frozen=True, slots=True)
class Earlier:
    """The texts of editions by name, those that there were; `words` say since when, `short` in few words."""

    texts: Mapping[str, EditionText]
    words: str
    short: str


def is_package(against: str) -> bool:
    """Whether a package is meant, and no git revision."""
    return against.lower().endswith(_PACKAGE)


def earlier(project: Project, against: str, names: Iterable[str], everything: bool) -> Earlier:
    """What editions `names` said at `against`: 'build', the path of a package, or a git revision. With `everything`
    those that are there no more count too, and a package may be of any edition.

    Raises RevisionError when there is nothing to compare with, and ContentError when what was there is damaged or
    cannot be read by this program.
    """
    if against == LAST_BUILD:
        return _built(project, names, everything)
    if is_package(against):
        return _packed(Path(against), () if everything else names)
    return _revision(project, against, names, everything)


# --- the last build ---------------------------------------------------------------------------------------------


def _built(project: Project, names: Iterable[str], everything: bool) -> Earlier:
    folders = {name: project.output / name for name in names}
    if everything:
        folders |= {file.parent.name: file.parent for file in sorted(project.output.glob(f"*/{store.TEXT}"))}
    found = {name: text for name, folder in folders.items() if (text := store.load(folder)) is not None}
    return Earlier(found, "de laatste build", "de laatste build")


# --- a git revision ---------------------------------------------------------------------------------------------


def _revision(project: Project, revision: str, names: Iterable[str], everything: bool) -> Earlier:
    with content_at(project.content, revision) as found:
        then = make_project(found.content.parent, found.content)
        known = find_editions(then.content)
        wanted = known if everything else [name for name in names if name in known]
        try:
            texts = texts_of(then, wanted) if wanted else {}
        except ContentError as error:
            raise ContentError([_unreadable(revision, error.problems)]) from error
    return Earlier(texts, f"revisie {revision} ({found.commit[:7]})", revision)


def texts_of(project: Project, names: list[str]) -> dict[str, EditionText]:
    """What editions say now. Raises ContentError."""
    return {edition.loaded.name: edition_text(edition.report) for edition in read(project, names).editions}


def _unreadable(revision: str, problems: Iterable[Problem]) -> Problem:
    """Content of then that the program of now does not understand: the first mistake tells most."""
    errors = [problem for problem in problems if problem.severity == "fout"]
    first = errors[0]
    more = f" (en nog {len(errors) - 1})" if len(errors) > 1 else ""
    message = f"in revisie '{revision}' kan deze versie van het programma de inhoud niet lezen: {first.message}{more}"
    return Problem(first.path, first.line, first.column, first.code, message, hint="kies een latere revisie")


# --- a package --------------------------------------------------------------------------------------------------


def _packed(file: Path, names: Iterable[str]) -> Earlier:
    """The text of the one edition of a package, which must be whole. That somebody packed it again is no objection:
    all that is in it still is as it was sealed."""
    text, about = _sealed(file)
    others = [name for name in names if name != text.name]
    if others:
        raise PackageError(f"het pakket {file.name} is van editie {text.name}; editie {others[0]} zit er niet in")
    return Earlier({text.name: text}, f"het pakket {file.name} ({about})", f"het pakket {file.name}")


def _sealed(file: Path) -> tuple[EditionText, str]:
    """The text in a package, and what it is in words."""
    if not file.is_file():
        raise PackageError(f"het bestand {file} bestaat niet")
    with explained(file.parent), file.open("rb") as stream:
        data = stream.read(MOST + 1)
    found = inspect(data, file.name)
    problems = [problem for problem in found.problems if problem.severity == "fout"]
    if problems or found.listing is None:
        raise ContentError(problems)
    if TEXT not in found.files:
        raise PackageError(
            f"in het pakket {file.name} zit geen {TEXT}: het is gemaakt met een eerdere versie van dit programma; "
            "vergelijk met de git-revisie waarvan het is gemaakt"
        )
    text = store.from_bytes(found.files[TEXT])
    if text is None or text.name != found.listing.edition:
        raise PackageError(f"{TEXT} in het pakket {file.name} is van een andere versie van dit programma")
    return text, f"{found.listing.status}, {format_date(found.listing.day)}"
