"""What the commands share: exit statuses, options, finding the project, and telling problems.

0 good, 1 something in the content (or on this disk), 2 the command line, 3 a mistake of ours.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import click

from halfjaarbericht.console import problem_text, summary
from halfjaarbericht.dutch_click import OwnUsageError
from halfjaarbericht.problems import Problem, did_you_mean
from halfjaarbericht.project import Project, find_root, make_project
from halfjaarbericht.reading.load import find_editions

GOOD, CONTENT, USAGE, OURS = 0, 1, 2, 3

with_content = click.option("--content", type=click.Path(path_type=Path), metavar="MAP", help="Map met de inhoud.")
with_output = click.option("--output", type=click.Path(path_type=Path), metavar="MAP", help="Map voor de uitvoer.")


def project_at(content: Path | None = None, output: Path | None = None) -> Project:
    """The project around here, or around `content`. Raises OwnUsageError when there is none."""
    root = content.absolute().parent if content else find_root(Path.cwd())
    if root is None or (content and not content.is_dir()):
        where = f"de map {content} bestaat niet" if content else "hier en erboven is geen map content/"
        raise OwnUsageError(f"{where}; ga naar de map van het project, of geef --content MAP")
    return make_project(root, content, output)


def editions_named(project: Project, names: tuple[str, ...]) -> list[str]:
    """The editions of that name, all without names. Raises OwnUsageError for one that is not there."""
    known = find_editions(project.content)
    if not known:
        raise OwnUsageError(f"in {project.content.name}/ staat geen editie (een map met editie.yaml)")
    names = tuple(dict.fromkeys(name.rstrip("/") for name in names))
    for name in names:
        if name not in known:
            hint = did_you_mean(name, known)
            raise OwnUsageError(f"de editie '{name}' bestaat niet" + (f"; {hint}" if hint else ""))
    return list(names) or known


def tell(problems: Sequence[Problem], *, building: bool, quiet: bool = False, halfway: bool = False) -> None:
    """Tell problems, what is wrong last: that is where the eye is. A build only counts the deviations on record;
    `check` is the place that lists them."""
    for problem in sorted(problems, key=lambda problem: problem.severity != "aanvaard"):
        if not (building and problem.severity == "aanvaard"):
            click.echo(problem_text(problem), err=True)
    if quiet and all(p.severity == "aanvaard" for p in problems):
        return
    if problems or not building:
        click.echo(summary(problems, building=building, halfway=halfway), err=bool(problems))
