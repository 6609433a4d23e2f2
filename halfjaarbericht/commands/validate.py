"""Whether what was built keeps to the standards."""

from __future__ import annotations

from pathlib import Path

import click

from halfjaarbericht.commands.common import CONTENT, GOOD, editions_named, project_at, with_content, with_output
from halfjaarbericht.dutch_click import DutchCommand


@click.command(cls=DutchCommand)
@click.argument("edities", nargs=-1, metavar="[EDITIE]...")
@click.option("--format", "formats", type=click.Choice(["pdf", "html"]), multiple=True, help="Alleen dit formaat.")
@with_content
@with_output
@click.option("--json", "as_json", is_flag=True, help="Geef de uitkomst als JSON.")
def validate(
    edities: tuple[str, ...], formats: tuple[str, ...], content: Path | None, output: Path | None, as_json: bool
) -> int:
    """Toets de gebouwde PDF's en webpagina's aan PDF/A, PDF/UA, HTML en WCAG."""
    from halfjaarbericht.built import built_documents
    from halfjaarbericht.validation import wording
    from halfjaarbericht.validation.run import validate as run

    project = project_at(content, output)
    names = editions_named(project, edities)
    built = {name: built_documents(project.output, name) for name in names}
    absent = [name for name, documents in built.items() if not documents]
    for name in absent:
        click.echo(f"Van {name} staat niets in {project.output.name}/; bouw eerst de editie.", err=True)
    if len(absent) == len(names):
        return CONTENT
    wanted = formats or ("pdf", "html")
    documents = [d for found in built.values() for d in found] if "pdf" in wanted else []
    pages = [p for name in names for p in sorted((project.output / name).glob("*.html"))] if "html" in wanted else []
    verdict = run(project.root, documents, pages, project.output)
    click.echo(wording.as_json(verdict) if as_json else wording.as_text(verdict))
    return CONTENT if verdict.findings or absent else GOOD
