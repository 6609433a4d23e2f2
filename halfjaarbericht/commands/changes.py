"""What a change of the content did."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from halfjaarbericht.commands.common import CONTENT, GOOD, editions_named, project_at, tell, with_content, with_output
from halfjaarbericht.dutch_click import DutchCommand, OwnUsageError
from halfjaarbericht.problems import ContentError


@click.command(cls=DutchCommand)
@click.argument("edities", nargs=-1, metavar="[EDITIE]...")
@click.option("--against", metavar="WAT", help="Vergelijk met deze git-revisie of dit pakket (.zip).")
@with_content
@with_output
@click.option("--json", "as_json", is_flag=True, help="Geef de wijzigingen als JSON.")
def changes(
    edities: tuple[str, ...], against: str | None, content: Path | None, output: Path | None, as_json: bool
) -> int:
    """Toon welke zinnen, cellen en grafieken anders zijn dan in de laatste build."""
    from halfjaarbericht.changes.marks import COLOUR, PLAIN
    from halfjaarbericht.changes.revision import NoRepositoryError, RevisionError
    from halfjaarbericht.changes.words import as_json as to_json
    from halfjaarbericht.changes.words import as_text
    from halfjaarbericht.whatchanged import what_changed

    project = project_at(content, output)
    names = editions_named(project, edities)
    try:
        found = what_changed(project, names, not edities, against)
    except NoRepositoryError as error:
        raise OwnUsageError(f"{error}; laat --against weg om met de laatste build te vergelijken") from error
    except RevisionError as error:
        raise OwnUsageError(str(error)) from error
    except ContentError as error:
        tell([problem for problem in error.problems if problem.severity == "fout"], building=False)
        return CONTENT
    marks = COLOUR if sys.stdout.isatty() else PLAIN
    click.echo(to_json(found.editions, found.against) if as_json else as_text(found.editions, found.against, marks))
    return GOOD
