"""The command line: which commands there are, and what an exit status means. Each command is a module of commands/."""

from __future__ import annotations

import sys
import traceback
from collections.abc import Sequence
from pathlib import Path

import click

from halfjaarbericht import __version__
from halfjaarbericht.commands.build import build
from halfjaarbericht.commands.changes import changes
from halfjaarbericht.commands.check import check
from halfjaarbericht.commands.common import CONTENT, GOOD, OURS, USAGE, tell
from halfjaarbericht.commands.package import package
from halfjaarbericht.commands.preview import preview
from halfjaarbericht.commands.readout import readout
from halfjaarbericht.commands.schema import schema
from halfjaarbericht.commands.test import test
from halfjaarbericht.commands.validate import validate
from halfjaarbericht.dutch_click import DutchGroup, usage_sentence
from halfjaarbericht.problems import ContentError, PublishError


def main(args: Sequence[str] | None = None) -> int:
    """Run a command line; gives the exit status. Never lets a traceback through for a content mistake."""
    try:
        result = cli.main(args=list(sys.argv[1:] if args is None else args), prog_name=_name(), standalone_mode=False)
        return result if isinstance(result, int) else GOOD
    except click.UsageError as error:
        click.echo(usage_sentence(error), err=True)
        click.echo(f"Uitleg: {error.ctx.command_path if error.ctx else _name()} --help", err=True)
        return USAGE
    except ContentError as error:
        tell(error.problems, building=True, halfway=isinstance(error, PublishError))
        return CONTENT
    except (click.Abort, KeyboardInterrupt):
        click.echo("Afgebroken. Er is niets half geschreven.", err=True)
        return 130
    except BrokenPipeError:
        sys.stdout = None  # the reader has gone; so is the need to flush
        return GOOD
    except Exception:
        traceback.print_exc()
        click.echo(
            "Dit is een fout van het programma, niet van de inhoud. Meld haar met de regels hierboven.", err=True
        )
        return OURS


def _name() -> str:
    return "python3 build.py" if Path(sys.argv[0]).name == "__main__.py" else "halfjaarbericht"


@click.group(cls=DutchGroup)
@click.version_option(__version__, message="halfjaarbericht %(version)s", help="Toon het versienummer.")
def cli() -> None:
    """Maakt van YAML een halfjaarbericht politie: Kamerbrief en bijlagen, als PDF en HTML."""


# In the order of use, which is the order of the help.
for _command in (build, check, preview, changes, readout, validate, package, schema, test):
    cli.add_command(_command)
