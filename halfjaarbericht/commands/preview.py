"""Show the documents while they are being written."""

from __future__ import annotations

import traceback
from contextlib import suppress
from pathlib import Path

import click

from halfjaarbericht.commands.common import GOOD, editions_named, project_at, with_content, with_output
from halfjaarbericht.dutch_click import DutchCommand, OwnUsageError


@click.command(cls=DutchCommand)
@click.argument("editie", required=False, metavar="[EDITIE]")
@click.option("--port", type=click.IntRange(1, 65535), metavar="N", help="Begin bij deze poort te zoeken.")
@click.option("--open", "wants_browser", is_flag=True, help="Open de browser.")
@click.option("--editor", default="vscode", metavar="NAAM", help="Editor voor links, of een adres met {pad}.")
@click.option("--against", metavar="WAT", help="Toon de wijzigingen sinds deze git-revisie, dit pakket of 'build'.")
@with_content
@with_output
def preview(
    editie: str | None,
    port: int | None,
    wants_browser: bool,
    editor: str,
    against: str | None,
    content: Path | None,
    output: Path | None,
) -> int:
    """Kijk mee terwijl u schrijft: de pagina's van EDITIE volgen de bestanden."""
    from halfjaarbericht.changes.revision import NoRepositoryError, RevisionError
    from halfjaarbericht.preview.browser import open_browser
    from halfjaarbericht.preview.editor import make_editor
    from halfjaarbericht.preview.regie import Director
    from halfjaarbericht.preview.review import Review
    from halfjaarbericht.preview.serve import FIRST_PORT, PortError, port_of, serve, take_port
    from halfjaarbericht.problems import ContentError

    project = project_at(content, output)
    start = editions_named(project, (editie,) if editie else ())[-1]
    try:
        links = make_editor(editor, project.content.parent)
        review = Review(project, against) if against else None
        if review:
            review.before(start)
        sockets = take_port(port or FIRST_PORT)
    except NoRepositoryError as error:
        raise OwnUsageError(f"{error}; gebruik --against build om met de laatste build te vergelijken") from error
    except ContentError as error:  # of then, not of now: those are told in the page
        told = error.problems[0]
        message = f"{told.path}: {told.message}" if told.path == against else f"{told.message}; noem een andere revisie"
        raise OwnUsageError(message) from error
    except (ValueError, PortError, RevisionError) as error:
        raise OwnUsageError(str(error)) from error
    address = f"http://localhost:{port_of(sockets)}/"
    if port not in (None, port_of(sockets)):
        click.echo(f"Poort {port} is al in gebruik; het is {port_of(sockets)} geworden.", err=True)

    def ready() -> None:
        click.echo(f"Meekijken met {start}: {address}\nStoppen: Ctrl-C.")
        if wants_browser:
            open_browser(address, _tell_no_browser)

    serve(lambda: Director(project, links, _tell_fault, review), start, sockets, ready)
    with suppress(OSError):  # a terminal that was closed hears nothing any more
        click.echo("\nGestopt.")
    return GOOD


def _tell_no_browser() -> None:
    click.echo("Hier is geen browser die te openen is; open het adres zelf.", err=True)


def _tell_fault(error: BaseException) -> None:
    """A fault of the program is shown in the page, and here with what is needed to find it."""
    click.echo("".join(traceback.format_exception(error)), err=True)
