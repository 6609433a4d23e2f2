"""Write the JSON Schema of the content files."""

from __future__ import annotations

import click

from halfjaarbericht.commands.common import GOOD, project_at
from halfjaarbericht.dutch_click import DutchCommand


@click.command(cls=DutchCommand)
def schema() -> int:
    """Schrijf het JSON Schema van de inhoudsbestanden, voor uw editor."""
    from halfjaarbericht.schema import write_schemas

    for file in write_schemas(project_at().root):
        click.echo(f"{file.parent.name}/{file.name}")
    return GOOD
