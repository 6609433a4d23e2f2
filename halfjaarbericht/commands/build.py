"""Make the documents."""

from __future__ import annotations

from pathlib import Path

import click

from halfjaarbericht.commands.common import GOOD, editions_named, project_at, tell, with_content, with_output
from halfjaarbericht.dutch_click import DutchCommand, OwnUsageError
from halfjaarbericht.project import output_in_the_way


@click.command(cls=DutchCommand)
@click.argument("edities", nargs=-1, metavar="[EDITIE]...")
@click.option("--format", "formats", type=click.Choice(["pdf", "html"]), multiple=True, help="Alleen dit formaat.")
@with_content
@with_output
@click.option("--bundle", is_flag=True, help="Maak ook bundel.pdf: alle documenten van de editie achter elkaar.")
@click.option("--attach-data", is_flag=True, help="Neem in elke PDF de bestanden op waarvan hij is gemaakt (PDF/A-3).")
@click.option("--strict", is_flag=True, help="Behandel waarschuwingen als fouten.")
@click.option("--quiet", is_flag=True, help="Zeg alleen iets als er iets mis is.")
def build(
    edities: tuple[str, ...],
    formats: tuple[str, ...],
    content: Path | None,
    output: Path | None,
    bundle: bool,
    attach_data: bool,
    strict: bool,
    quiet: bool,
) -> int:
    """Maak de documenten van EDITIE, of van alle edities."""
    from halfjaarbericht.pipeline import build as run
    from halfjaarbericht.progress import make_progress

    project = project_at(content, output)
    in_the_way = output_in_the_way(project)
    if in_the_way:
        raise OwnUsageError(in_the_way)
    names = editions_named(project, edities)
    with make_progress(quiet) as progress:
        outcome = run(project, names, frozenset(formats or ("pdf", "html")), bundle, strict, progress, attach_data)
    tell(outcome.problems, building=True, quiet=quiet)
    if not quiet:
        click.echo(outcome.sentence)
    return GOOD
