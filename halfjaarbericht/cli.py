"""The commands. The only module that prints or decides on an exit status.

0 good, 1 something in the content (or on this disk), 2 the command line, 3 a mistake of ours.
"""

from __future__ import annotations

import sys
import traceback
from collections.abc import Sequence
from pathlib import Path

import click

from halfjaarbericht import __version__
from halfjaarbericht.console import problem_text, problems_json, summary
from halfjaarbericht.dutch_click import DutchGroup, OwnUsageError, usage_sentence
from halfjaarbericht.problems import ContentError, Problem, PublishError, blocking, did_you_mean
from halfjaarbericht.project import Project, find_root, make_project, output_in_the_way
from halfjaarbericht.reading.load import find_editions

GOOD, CONTENT, USAGE, OURS = 0, 1, 2, 3


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
        _report(error.problems, building=True, halfway=isinstance(error, PublishError))
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


_CONTENT = click.option("--content", type=click.Path(path_type=Path), metavar="MAP", help="Map met de inhoud.")
_OUTPUT = click.option("--output", type=click.Path(path_type=Path), metavar="MAP", help="Map voor de uitvoer.")


@click.group(cls=DutchGroup)
@click.version_option(__version__, message="halfjaarbericht %(version)s", help="Toon het versienummer.")
def cli() -> None:
    """Maakt van YAML een halfjaarbericht politie: Kamerbrief en bijlagen, als PDF en HTML."""


@cli.command()
@click.argument("edities", nargs=-1, metavar="[EDITIE]...")
@click.option("--format", "formats", type=click.Choice(["pdf", "html"]), multiple=True, help="Alleen dit formaat.")
@_CONTENT
@_OUTPUT
@click.option("--bundle", is_flag=True, help="Maak ook bundel.pdf: alle documenten van de editie achter elkaar.")
@click.option("--strict", is_flag=True, help="Behandel waarschuwingen als fouten.")
@click.option("--quiet", is_flag=True, help="Zeg alleen iets als er iets mis is.")
def build(
    edities: tuple[str, ...],
    formats: tuple[str, ...],
    content: Path | None,
    output: Path | None,
    bundle: bool,
    strict: bool,
    quiet: bool,
) -> int:
    """Maak de documenten van EDITIE, of van alle edities."""
    from halfjaarbericht.pipeline import build as run
    from halfjaarbericht.progress import make_progress

    project = _project(content, output)
    in_the_way = output_in_the_way(project)
    if in_the_way:
        raise OwnUsageError(in_the_way)
    names = _editions(project, edities)
    with make_progress(quiet) as progress:
        outcome = run(project, names, frozenset(formats or ("pdf", "html")), bundle, strict, progress)
    _report(outcome.problems, building=True, quiet=quiet)
    if not quiet:
        click.echo(outcome.sentence)
    return GOOD


@cli.command()
@click.argument("edities", nargs=-1, metavar="[EDITIE]...")
@_CONTENT
@click.option("--json", "as_json", is_flag=True, help="Geef de meldingen als JSON.")
@click.option("--strict", is_flag=True, help="Behandel waarschuwingen als fouten.")
def check(edities: tuple[str, ...], content: Path | None, as_json: bool, strict: bool) -> int:
    """Controleer de inhoud zonder iets te maken."""
    from halfjaarbericht.pipeline import read

    project = _project(content, None)
    try:
        problems = read(project, _editions(project, edities)).problems
    except ContentError as error:
        problems = error.problems
    if as_json:
        click.echo(problems_json(problems))
    else:
        _report(problems, building=False)
    return CONTENT if blocking(problems, strict) else GOOD


@cli.command()
@click.argument("edities", nargs=-1, metavar="[EDITIE]...")
@click.option("--against", metavar="REVISIE", help="Vergelijk met deze git-revisie, niet met de laatste build.")
@_CONTENT
@_OUTPUT
@click.option("--json", "as_json", is_flag=True, help="Geef de wijzigingen als JSON.")
def changes(
    edities: tuple[str, ...], against: str | None, content: Path | None, output: Path | None, as_json: bool
) -> int:
    """Toon welke zinnen, cellen en grafieken anders zijn dan in de laatste build."""
    from halfjaarbericht.changes.marks import COLOUR, PLAIN
    from halfjaarbericht.changes.revision import RevisionError
    from halfjaarbericht.changes.words import as_json as to_json
    from halfjaarbericht.changes.words import as_text
    from halfjaarbericht.whatchanged import what_changed

    project = _project(content, output)
    names = _editions(project, edities)
    try:
        found = what_changed(project, names, not edities, against)
    except RevisionError as error:
        raise OwnUsageError(str(error)) from error
    except ContentError as error:
        _report([problem for problem in error.problems if problem.severity == "fout"], building=False)
        return CONTENT
    marks = COLOUR if sys.stdout.isatty() else PLAIN
    click.echo(to_json(found.editions, found.against) if as_json else as_text(found.editions, found.against, marks))
    return GOOD


@cli.command()
def schema() -> int:
    """Schrijf het JSON Schema van de inhoudsbestanden, voor uw editor."""
    from halfjaarbericht.schema import write_schemas

    for file in write_schemas(_project(None, None).root):
        click.echo(f"{file.parent.name}/{file.name}")
    return GOOD


@cli.command(context_settings={"ignore_unknown_options": True, "help_option_names": []})
@click.argument("args", nargs=-1, type=click.UNPROCESSED, metavar="[PYTEST-OPTIES]...")
def test(args: tuple[str, ...]) -> int:
    """Voer de controles en tests van het programma uit."""
    from halfjaarbericht.ontwikkel import run_tests

    return run_tests(_project(None, None).root, args)


def _project(content: Path | None, output: Path | None) -> Project:
    root = content.absolute().parent if content else find_root(Path.cwd())
    if root is None or (content and not content.is_dir()):
        where = f"de map {content} bestaat niet" if content else "hier en erboven is geen map content/"
        raise OwnUsageError(f"{where}; ga naar de map van het project, of geef --content MAP")
    return make_project(root, content, output)


def _editions(project: Project, names: tuple[str, ...]) -> list[str]:
    known = find_editions(project.content)
    if not known:
        raise OwnUsageError(f"in {project.content.name}/ staat geen editie (een map met editie.yaml)")
    names = tuple(dict.fromkeys(name.rstrip("/") for name in names))
    for name in names:
        if name not in known:
            hint = did_you_mean(name, known)
            raise OwnUsageError(f"de editie '{name}' bestaat niet" + (f"; {hint}" if hint else ""))
    return list(names) or known


def _report(problems: Sequence[Problem], *, building: bool, quiet: bool = False, halfway: bool = False) -> None:
    """Tell problems, what is wrong last: that is where the eye is. A build only counts the deviations on record;
    `check` is the place that lists them."""
    for problem in sorted(problems, key=lambda problem: problem.severity != "aanvaard"):
        if not (building and problem.severity == "aanvaard"):
            click.echo(problem_text(problem), err=True)
    if quiet and all(p.severity == "aanvaard" for p in problems):
        return
    if problems or not building:
        click.echo(summary(problems, building=building, halfway=halfway), err=bool(problems))
