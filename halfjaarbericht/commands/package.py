"""Pack an edition for publication, or check a package."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from halfjaarbericht.commands.common import (
    CONTENT,
    GOOD,
    editions_named,
    project_at,
    tell,
    with_content,
    with_output,
)
from halfjaarbericht.dutch_click import DutchCommand, OwnUsageError
from halfjaarbericht.problems import blocking
from halfjaarbericht.project import Project, output_in_the_way

if TYPE_CHECKING:
    from halfjaarbericht.inpakken import Wish


@click.command(cls=DutchCommand)
@click.argument("editie", required=False, metavar="[EDITIE]")
@click.option("--to", type=click.Path(path_type=Path), metavar="BESTAND", help="Maak het pakket hier.")
@click.option("--verify", type=click.Path(path_type=Path), metavar="ZIP", help="Controleer dit pakket.")
@with_content
@with_output
@click.option("--bundle", is_flag=True, help="Neem ook bundel.pdf op.")
@click.option("--attach-data", is_flag=True, help="Neem in elke PDF de bestanden op waarvan hij is gemaakt (PDF/A-3).")
@click.option("--strict", is_flag=True, help="Behandel waarschuwingen als fouten.")
@click.option("--quiet", is_flag=True, help="Zeg alleen iets als er iets mis is.")
def package(
    editie: str | None,
    to: Path | None,
    verify: Path | None,
    content: Path | None,
    output: Path | None,
    bundle: bool,
    attach_data: bool,
    strict: bool,
    quiet: bool,
) -> int:
    """Pak een editie in voor publicatie, of controleer een pakket."""
    if verify is not None:
        if editie is not None or to is not None:
            raise OwnUsageError("--verify gaat alleen over het zip-bestand; laat de editie en --to weg")
        return _verify(verify, strict, quiet)
    if editie is None:
        raise OwnUsageError("welke editie? Bijvoorbeeld: package 2022-2, of package --verify ZIP")
    from halfjaarbericht.inpakken import Wish

    return _pack(project_at(content, output), editie, Wish(bundle, attach_data, strict), to, quiet)


def _pack(project: Project, editie: str, wish: Wish, to: Path | None, quiet: bool) -> int:
    from halfjaarbericht.inpakken import package as run
    from halfjaarbericht.progress import make_progress

    in_the_way = output_in_the_way(project)
    if in_the_way:
        raise OwnUsageError(in_the_way)
    (name,) = editions_named(project, (editie,))
    with make_progress(quiet) as progress:
        packed = run(project, name, wish, to.absolute() if to else None, progress)
    tell(packed.problems, building=True, quiet=quiet)
    if not quiet:
        shown = to or Path(packed.file.parent.name) / packed.file.name
        items = packed.listing.items
        click.echo(f"{shown.as_posix()}: {len(items)} bestanden, {packed.listing.pages} bladzijden.")
        click.echo(f"SHA-256: {packed.sha256}")
    return GOOD


def _verify(file: Path, strict: bool, quiet: bool) -> int:
    from halfjaarbericht.inpakken import verify as run

    if not file.is_file():
        raise OwnUsageError(f"het bestand {file} bestaat niet")
    problems, listing, hash_ = run(file)
    if problems:
        tell(problems, building=False)
    elif not quiet and listing is not None:
        click.echo(f"Het pakket is heel: {listing.title}, {listing.status}.")
        click.echo(f"{len(listing.items)} bestanden, {listing.pages} bladzijden.")
    if not quiet:
        click.echo(f"SHA-256: {hash_}")
    return CONTENT if blocking(problems, strict) else GOOD
