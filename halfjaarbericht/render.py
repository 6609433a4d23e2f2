"""From the resolved report to HTML: one set of templates for print and screen. The only user of the template engine.

Everything is text in memory; nothing is written here.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal
from urllib.parse import quote

from jinja2 import (
    ChoiceLoader,
    Environment,
    FileSystemLoader,
    PrefixLoader,
    StrictUndefined,
    TemplateError,
    TemplateNotFound,
    TemplateSyntaxError,
)
from jinja2.utils import missing
from markupsafe import Markup

from halfjaarbericht.cijferregister import data_addresses, origins, register
from halfjaarbericht.herkomst import Provenance
from halfjaarbericht.metadata.jsonld import json_ld
from halfjaarbericht.metadata.stuk import find_piece, known_reference
from halfjaarbericht.opmaak import NO_ORIGINS, Macros, Opmaak, heading_label, heading_number
from halfjaarbericht.paginahulp import (
    css_string,
    document_address,
    document_name,
    entry_name,
    figure_svg,
    file_size,
    image_data,
    logo_image,
    neighbours,
    sentence,
    unmarked,
)
from halfjaarbericht.problems import ContentError, Problem
from halfjaarbericht.sectieopmaak import MarkupMemory, SectionMarkup, SectionTemplates
from halfjaarbericht.sjabloonfouten import (
    TemplatePlace,
    dutch_syntax_message,
    unknown_name_hint,
    unknown_name_message,
)
from halfjaarbericht.stijlbladen import StyleSheets
from halfjaarbericht.verslag import Document, EditionSummary, Figure, Place, Report, Sender

Medium = Literal["druk", "scherm"]
Mark = Callable[[Place | None], str]

# The engine for PDF gets its files from this address only; it never reaches a network.
ASSETS = "https://doc.invalid/"
_CALLED = {"druk": re.compile(r'data-nr="(\d+)"'), "scherm": re.compile(r'id="aanroep_(\d+)_1"')}
_SUFFIX = {"druk": ".pdf", "scherm": ".html"}


@dataclass(frozen=True, slots=True)
class FileInfo:
    """A file to download: its name, kind (PDF or HTML), size in bytes, and pages (0 when it has none)."""

    name: str
    kind: str
    bytes: int
    pages: int = 0


class _UnknownName(StrictUndefined):
    """A name that means nothing in a template: says so in Dutch, with a hint after a line end."""

    @property
    def _undefined_message(self) -> str:
        owner = None if self._undefined_obj is missing else self._undefined_obj
        name = str(self._undefined_name)
        return f"{unknown_name_message(name, owner)}\n{unknown_name_hint(name, owner)}"


class Renderer:
    """Makes HTML of reports.

    `template_dirs` and `style_dirs`: the first folder that has a file wins, so that a project can replace one
    template or style; `standaard/…` names a template in the last folder, to extend it. Problems with templates,
    styles and images are raised as ContentError. `mark` makes the attribute that tells where a block stands in the
    content; pages of a build have none.
    """

    def __init__(self, template_dirs: Sequence[Path], style_dirs: Sequence[Path], mark: Mark = unmarked):
        self._mark = mark
        self._styles = StyleSheets(style_dirs)
        self._place = TemplatePlace(template_dirs)
        folders = [FileSystemLoader(folder) for folder in template_dirs]
        self._environment = Environment(
            loader=ChoiceLoader([*folders, PrefixLoader({"standaard": folders[-1]})]),
            undefined=_UnknownName,
            autoescape=True,
            trim_blocks=True,
            lstrip_blocks=True,
            auto_reload=False,  # templates that changed are a renderer of their own
        )
        self._sections = SectionTemplates(self._environment)

    # --- pages --------------------------------------------------------------------------------------------------

    def document(
        self,
        report: Report,
        document: Document,
        medium: Medium,
        *,
        edition_folder: Path,
        shared_folder: Path,
        memory: MarkupMemory | None = None,
    ) -> str:
        """The HTML of one document. In print it asks for its styles and images at ASSETS; on screen it holds them.

        `edition_folder` has the images of the edition, `shared_folder` is content/gedeeld. A `memory` of this renderer
        and this page, on screen, makes it faster and changes nothing else.
        """

        def image(figure: Figure) -> str:
            if figure.drawing is not None:
                return figure_svg(figure, self._styles.palette(medium), inline=medium == "scherm")
            if medium == "druk":
                return f"{ASSETS}editie/{quote(figure.file)}"
            if memory is not None:
                memory.passing()
            return image_data(edition_folder, figure)

        addresses = {entry.id: document_address(entry, _SUFFIX[medium]) for entry in report.entries}
        known = origins(report) if medium == "scherm" else NO_ORIGINS
        opmaak = Opmaak(
            lambda opmaak: self._macros(opmaak, medium, image),
            {note.number: note for note in document.notes},
            addresses,
            known,
            self._mark if medium == "scherm" else unmarked,
            document.edits,
        )
        given = {"zaakgegevens": document.show_matters, **_functions(opmaak)}
        if memory is not None:
            memory.begin(addresses, known, document.edits, document.show_matters)
        sections = SectionMarkup(self._sections, {"medium": medium, **given}, opmaak.blocks, memory)
        page = self._page(
            f"{document.kind}.html",
            medium,
            document.heading.sender,
            report=report,
            document=document,
            neighbours=lambda document: neighbours(report, document),
            piece=find_piece(report, document.stem),
            kenmerk=known_reference(document.heading),
            json_ld=lambda: Markup(json_ld(report, document)),
            **{**given, "sectie": sections.section, "blocks": sections.blocks},
        )
        _check_notes(page, document, medium)
        return page

    def edition_index(self, report: Report, files: Mapping[str, Sequence[FileInfo]]) -> str:
        """The overview of an edition. `files` holds the files of each document by its stem, and of 'bundel'."""
        opmaak = Opmaak(lambda opmaak: self._macros(opmaak, "scherm", lambda figure: ""), {}, {}, mark=self._mark)
        context = _functions(opmaak)
        return self._page("editie.html", "scherm", report.heading.sender, report=report, files=files, **context)

    def register(self, report: Report) -> str:
        """The register of an edition: every number with its origin and the places where it stands."""

        def origin(number: Provenance) -> str:
            return self._mark(Place(number.file, number.line, 1))

        context = {"report": report, "parts": register(report), "bron_cijfer": origin}
        return self._page("cijfers.html", "scherm", report.heading.sender, **context)

    def editions_index(self, editions: Sequence[EditionSummary], sender: Sender) -> str:
        """The overview of all editions, the latest first, in the name of `sender`."""
        latest = sorted(editions, key=lambda edition: (edition.date, edition.folder), reverse=True)
        return self._page("edities.html", "scherm", sender, editions=latest, home="index.html")

    def _page(self, template: str, medium: Medium, sender: Sender, **context: Any) -> str:
        context |= {
            "medium": medium,
            "sender": sender,
            "styles": f"{ASSETS}styles/",
            "logo_image": logo_image,
        }
        context.setdefault("home", "../index.html")
        context.setdefault("bron", self._mark)
        if medium == "scherm":
            context["css"] = self._styles.on_screen()
        try:
            return self._environment.get_template(template).render(context)
        except TemplateError as error:
            raise ContentError([self._template_problem(error)]) from error
        except Exception as error:
            problem = self._running_problem(error)
            if problem is None:
                raise
            raise ContentError([problem]) from error

    def _macros(self, opmaak: Opmaak, medium: Medium, image: Callable[[Figure], str]) -> Macros:
        context = {"medium": medium, "image": image, **_functions(opmaak)}

        def module(name: str) -> Any:
            return self._environment.get_template(f"macros/{name}.html").make_module(context)

        notes = module("noot")
        return Macros(
            note=notes.druk if medium == "druk" else lambda note: notes.scherm(note.number, 1),
            note_again=notes.druk_herhaling if medium == "druk" else notes.scherm,
            link=module("verwijzing").verwijzing,
            table=module("tabel").tabel,
            figure=module("figuur").figuur,
            overview=module("overzicht").overzicht,
            origin=module("herkomst").getal,
        )

    # --- problems -----------------------------------------------------------------------------------------------

    def _template_problem(self, error: TemplateError) -> Problem:
        if isinstance(error, TemplateNotFound):
            shown = self._place.shown(None, str(error.name or ""))
            return Problem(shown, 0, 0, "E501", f"het sjabloon '{error.message}' ontbreekt")
        if isinstance(error, TemplateSyntaxError):
            message = dutch_syntax_message(error.message or "")
            return self._place.problem("E502", error.filename, error.lineno, message)
        file, line, _ = self._place.last_line(error.__traceback__)
        message, _, hint = (error.message or "").partition("\n")
        return self._place.problem("E503", file, line, message, hint)

    def _running_problem(self, error: Exception) -> Problem | None:
        """A fault of a template line itself; None for a fault in our own code below it."""
        file, line, innermost = self._place.last_line(error.__traceback__)
        if not innermost:
            return None
        return self._place.problem("E504", file, line, f"het sjabloon kan hier niet verder: {error}")


def _check_notes(page: str, document: Document, medium: Medium) -> None:
    """Every note of the document is called on its page: a template must not lose one, for the numbers go on.
    Raises ContentError."""
    called = set(_CALLED[medium].findall(page))
    lost = [note.number for note in document.notes if str(note.number) not in called]
    if lost:
        message = f"noot {lost[0]} van {document.label} ontbreekt op de bladzijde"
        hint = "druk titels en tekst waarin een noot kan staan af met inlines() of blocks()"
        raise ContentError([Problem(f"templates/{document.kind}.html", 0, 0, "E507", message, hint)])


# --- what templates may call ------------------------------------------------------------------------------------


def _functions(opmaak: Opmaak) -> dict[str, Callable[..., Any]]:
    return {
        "bron": opmaak.mark,
        "gewijzigd": opmaak.compared.has,
        "was": opmaak.compared.was,
        "was_alinea": opmaak.compared.was_block,
        "nu": opmaak.compared.now,
        "wijziging": opmaak.compared.change,
        "inlines": opmaak.inlines,
        "plain": opmaak.plain,
        "blocks": opmaak.blocks,
        "cell": opmaak.cell,
        "note_blocks": opmaak.note_blocks,
        "address": opmaak.address,
        "data_addresses": data_addresses,
        "heading_number": heading_number,
        "heading_label": heading_label,
        "document_name": document_name,
        "entry_name": entry_name,
        "file_size": file_size,
        "css_string": css_string,
        "sentence": sentence,
    }
