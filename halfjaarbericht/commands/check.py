"""Look for mistakes in the content, make nothing."""

from __future__ import annotations

from pathlib import Path

import click

from halfjaarbericht.commands.common import CONTENT, GOOD, editions_named, project_at, tell, with_content
from halfjaarbericht.console import problems_json
from halfjaarbericht.dutch_click import DutchCommand
from halfjaarbericht.problems import ContentError, blocking


@click.command(cls=DutchCommand)
@click.argument("edities", nargs=-1, metavar="[EDITIE]...")
@with_content
@click.option("--json", "as_json", is_flag=True, help="Geef de meldingen als JSON.")
@click.option("--strict", is_flag=True, help="Behandel waarschuwingen als fouten.")
def check(edities: tuple[str, ...], content: Path | None, as_json: bool, strict: bool) -> int:
    """Controleer de inhoud zonder iets te maken."""
    from halfjaarbericht.pipeline import read

    project = project_at(content, None)
    try:
        problems = read(project, editions_named(project, edities)).problems
    except ContentError as error:
        problems = error.problems
    if as_json:
        click.echo(problems_json(problems))
    else:
        tell(problems, building=False)
    return CONTENT if blocking(problems, strict) else GOOD
