"""The roles: what {getal}`…`, {verschil}`…`, {datum}`…` and the others become.

Each role is a function from the role, its scope and the document's writer to inlines. A mistake becomes a problem
and the role's own text, so that one mistake does not hide the next.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from halfjaarbericht.language.nederlands import capitalise, format_date
from halfjaarbericht.model.basis import EARLIEST, LATEST, iso_date
from halfjaarbericht.problems import did_you_mean
from halfjaarbericht.prose.tree import PRole
from halfjaarbericht.resolving.getalrollen import (
    DIFFERENCE_OPTIONS,
    NUMBER_OPTIONS,
    resolve_difference,
    resolve_number,
)
from halfjaarbericht.resolving.inlines import capitalised
from halfjaarbericht.resolving.world import Scope
from halfjaarbericht.verslag import TOP, Inlines, Link, Span, Text

if TYPE_CHECKING:
    from halfjaarbericht.resolving.writer import DocumentWriter

_OPTIONS: dict[str, tuple[str, ...]] = {
    "getal": NUMBER_OPTIONS,
    "verschil": DIFFERENCE_OPTIONS,
    "datum": ("jl", "kort", "zonder_jaar", "maand"),
    "bron": ("hoofdletter",),
    "zie": ("hoofdletter", "nummer"),
    "afk": ("voluit", "kort"),
}


def resolve_role(writer: DocumentWriter, role: PRole, scope: Scope) -> Inlines:
    """The inlines that a role stands for."""
    handler = _HANDLERS.get(role.name)
    if handler is None or not role.argument:
        return (Text(role.argument),)
    allowed = _OPTIONS.get(role.name, ())
    for option in role.options:
        if option not in allowed:
            message = f"de rol '{role.name}' kent '| {option}' niet"
            hint = did_you_mean(option, allowed) or "laat het weg"
            writer.world.problems.append(scope.problem("E214", role.at, message, hint))
    return handler(writer, role, scope)


def _date(writer: DocumentWriter, role: PRole, scope: Scope) -> Inlines:
    day = writer.world.date if role.argument == "editie" else iso_date(role.argument)
    if day is None or not EARLIEST <= day <= LATEST:
        message = f"'{role.argument}' is geen datum"
        writer.world.problems.append(scope.problem("E206", role.at, message, "schrijf jjjj-mm-dd of editie"))
        return (Text(role.argument),)
    style = next(iter(role.options), "lang")
    if style not in _OPTIONS["datum"]:
        style = "lang"
    reference = writer.world.date if style == "jl" else None
    return (Text(format_date(day, style, reference=reference)),)  # type: ignore[arg-type]


def _citation(writer: DocumentWriter, role: PRole, scope: Scope) -> Inlines:
    found = writer.citation(role.argument, running=not scope.in_note, at=role.at, scope=scope)
    if "hoofdletter" in role.options:
        return capitalised(found)
    return found


def _see(writer: DocumentWriter, role: PRole, scope: Scope) -> Inlines:
    if role.argument.startswith("noot:"):
        return writer.see_note(role, scope)
    register = writer.world.register
    target = register.targets.get(role.argument)
    if target is None:
        message = f"er is geen sectie, tabel, figuur of bijlage '{role.argument}'"
        hint = did_you_mean(role.argument, register.targets)
        writer.world.problems.append(scope.problem("E307", role.at, message, hint))
        return (Text(role.argument),)
    other = target.document != writer.document_id
    text = target.label
    if other and target.kind != "document":
        text += f" in {register.labels.get(target.document, 'de brief')}"
    elif target.kind == "document" and not target.number:
        text = "de brief" if other else "deze brief"
    if "nummer" in role.options:
        text = target.number or text
    if "hoofdletter" in role.options:
        text = capitalise(text)
    return (_link_to(target.kind, target.document, target.id, text, other, target.linkable),)


def _link_to(kind: str, document: str, id_: str, text: str, other: bool, linkable: bool) -> Link | Text:
    fragment = "" if kind == "document" else id_
    if other:
        return Link("document", fragment, (Text(text),), document) if linkable else Text(text)
    return Link("intern", fragment or TOP, (Text(text),))


def _abbreviation(writer: DocumentWriter, role: PRole, scope: Scope) -> Inlines:
    known = writer.world.abbreviations.get(role.argument)
    if known is None:
        hint = did_you_mean(role.argument, writer.world.abbreviations) or "voeg haar toe aan gedeeld/afkortingen.yaml"
        message = f"de afkorting '{role.argument}' is niet bekend"
        writer.world.problems.append(scope.problem("E310", role.at, message, hint))
        return (Text(role.argument),)
    short = Span("abbr", (Text(role.argument),), known.voluit)
    full: Text | Span = Text(known.voluit)
    if known.taal:
        # Around the short form too: the full form that it carries is read aloud in its place.
        short, full = Span("lang", (short,), known.taal), Span("lang", (full,), known.taal)
    first = role.argument not in writer.written.abbreviations
    writer.written.abbreviations.add(role.argument)
    if "voluit" in role.options:
        return (full,)
    if "kort" in role.options or not first:
        return (short,)
    # Written out right before it, so there is nothing to explain: a reader would hear the full form twice.
    explained = Span("abbr", (Text(role.argument),))
    return (full, Text(" ("), explained, Text(")"))


def _language(writer: DocumentWriter, role: PRole, scope: Scope) -> Inlines:
    language, colon, text = role.argument.partition(":")
    if not colon or not language.strip().isalpha() or len(language.strip()) not in (2, 3):
        message = f"'{role.argument}' begint niet met een taalcode"
        writer.world.problems.append(scope.problem("E214", role.at, message, "schrijf {taal}`en: less lethal`"))
        return (Text(role.argument),)
    return (Span("lang", (Text(text.strip()),), language.strip().lower()),)


_HANDLERS: dict[str, Callable[[DocumentWriter, PRole, Scope], Inlines]] = {
    "getal": resolve_number,
    "verschil": resolve_difference,
    "datum": _date,
    "bron": _citation,
    "zie": _see,
    "afk": _abbreviation,
    "taal": _language,
}
