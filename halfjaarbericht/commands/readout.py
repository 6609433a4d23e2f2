"""What a screen reader says of a PDF."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import click

from halfjaarbericht.commands.common import CONTENT, GOOD, editions_named, project_at, with_content, with_output
from halfjaarbericht.dutch_click import DutchCommand, OwnUsageError
from halfjaarbericht.problems import did_you_mean

BUNDLE = "bundel"


@click.command(cls=DutchCommand)
@click.argument("editie")
@click.argument("document", required=False)
@with_content
@with_output
@click.option("--tags", is_flag=True, help="Toon de tagboom zelf: elke tag met zijn eigenschappen.")
def readout(editie: str, document: str | None, content: Path | None, output: Path | None, tags: bool) -> int:
    """Toon wat een schermlezer voorleest van DOCUMENT (de naam of het begin ervan), of van alle PDF's van EDITIE."""
    from halfjaarbericht.built import built_documents
    from halfjaarbericht.readout.listing import list_tags
    from halfjaarbericht.readout.readout import read_out
    from halfjaarbericht.tagtree.reading import Unreadable, read_tree

    project = project_at(content, output)
    (edition,) = editions_named(project, (editie,))
    pdfs = {d.stem: d.pdf for d in built_documents(project.output, edition) if d.pdf}
    if not pdfs:
        click.echo(f"Van {edition} staat geen PDF in {project.output.name}/; bouw eerst de editie.", err=True)
        return CONTENT
    chosen = [_named(document, list(pdfs))] if document else [stem for stem in pdfs if stem != BUNDLE]
    status = GOOD
    for stem in chosen:
        try:
            tree = read_tree(pdfs[stem])
        except Unreadable as error:
            click.echo(f"{edition}/{stem}.pdf is niet te lezen: {error}", err=True)
            status = CONTENT
            continue
        text = list_tags(tree) if tags else read_out(tree)
        click.echo(f"== {edition}/{stem}.pdf\n{text}" if len(chosen) > 1 else text, nl=len(chosen) > 1)
    return status


def _named(asked: str, stems: Sequence[str]) -> str:
    """The stem that is asked for, or the only one that begins so. Raises OwnUsageError."""
    asked = asked.removesuffix(".pdf")
    found = [stem for stem in stems if stem == asked] or [stem for stem in stems if stem.startswith(asked)]
    if len(found) == 1:
        return found[0]
    if found:
        raise OwnUsageError(f"'{asked}' kan meer dan één document zijn: {', '.join(found)}")
    hint = did_you_mean(asked, stems) or f"er zijn: {', '.join(stems)}"
    raise OwnUsageError(f"van deze editie is geen document '{asked}' gebouwd; {hint}")
