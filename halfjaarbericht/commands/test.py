"""Run the checks of the program itself."""

from __future__ import annotations

import click

from halfjaarbericht.commands.common import project_at
from halfjaarbericht.dutch_click import DutchCommand


@click.command(cls=DutchCommand, context_settings={"ignore_unknown_options": True, "help_option_names": []})
@click.argument("args", nargs=-1, type=click.UNPROCESSED, metavar="[PYTEST-OPTIES]...")
def test(args: tuple[str, ...]) -> int:
    """Voer de controles en tests van het programma uit."""
    from halfjaarbericht.ontwikkel import run_tests

    return run_tests(project_at().root, args)
