"""The roles with numbers: {getal}`…` and {verschil}`…`, with the words for direction and precision that the data allow.

A word that the author chose and that the data contradict is an error: the sentence around it would be wrong too.
"""

from __future__ import annotations

from decimal import Context, Decimal, localcontext
from typing import TYPE_CHECKING

from halfjaarbericht.data.cijfers import NamedNumber
from halfjaarbericht.data.compute import NoQuotient, change
from halfjaarbericht.language.getallen import DifferenceKind, difference_in_words, format_number, number_in_words
from halfjaarbericht.language.precisie import PRECISION, Contradiction, NoStep, Precision, with_precision
from halfjaarbericht.model.cijfers import Getalopmaak
from halfjaarbericht.problems import did_you_mean
from halfjaarbericht.prose.tree import PRole
from halfjaarbericht.resolving.world import Scope
from halfjaarbericht.verslag import Inlines, Number, Text

if TYPE_CHECKING:
    from halfjaarbericht.resolving.writer import DocumentWriter

NUMBER_OPTIONS = ("kaal", "woord", "plus", *PRECISION)
DIFFERENCE_OPTIONS = ("meer", "hoger", "stijging", "kaal", "procent", "omhoog", "omlaag", *PRECISION)

_KINDS: tuple[DifferenceKind, ...] = ("meer", "hoger", "stijging", "kaal")
_PERCENT = Getalopmaak(eenheid="%", decimalen=1)


class _Role:
    """One role while it is resolved: looks numbers up, and complains at its place."""

    def __init__(self, writer: DocumentWriter, role: PRole, scope: Scope):
        self.world = writer.world
        self.role = role
        self.scope = scope

    def complain(self, code: str, message: str, hint: str) -> None:
        self.world.problems.append(self.scope.problem(code, self.role.at, message, hint))

    def find(self, name: str) -> NamedNumber | None:
        """The number called `name`; None, with a complaint, when there is none."""
        found = self.world.numbers.get(name)
        self.world.used_numbers.add(name)
        if found is None and name not in self.world.failed_numbers:
            hint = did_you_mean(name, self.world.numbers)
            self.complain("E309", f"cijfers.yaml kent geen getal '{name}'", hint)
        return found

    def precision(self, name: str, value: Decimal, opmaak: Getalopmaak) -> tuple[Decimal, str]:
        """The number as a declared word for precision rounds it, and the word to print; a wrong word is told."""
        words: list[Precision] = [word for word in PRECISION if word in self.role.options]
        if len(words) > 1:
            self.complain("E214", f"'{words[0]}' en '{words[1]}' gaan niet samen", "kies één van beide")
        if not words:
            return value, ""
        try:
            return with_precision(value, opmaak, words[0])
        except NoStep:
            hint = "zet bij het getal 'opmaak: {afronden: 100}', of laat het woord weg"
            self.complain("E435", f"'{name}' wordt niet afgerond, en '{words[0]}' kan dus niet kloppen", hint)
        except Contradiction as error:
            hint = f"hier past '{error.fitting}'" if error.fitting else f"laat '| {words[0]}' weg"
            self.complain("E436", f"'{words[0]}' klopt niet bij '{name}': {error.message}", hint)
        return value, ""


def resolve_number(writer: DocumentWriter, role: PRole, scope: Scope) -> Inlines:
    """{getal}`naam`: a named number with its unit; `kaal`, `woord`, `plus` and the words for precision change that."""
    here = _Role(writer, role, scope)
    number = here.find(role.argument)
    if number is None:
        return (Text(role.argument),)
    if number.value is None:
        return (Number(number.missing, number.id, ""),)
    value, word = here.precision(number.id, number.value, number.opmaak)
    kaal = "kaal" in role.options
    text = format_number(value, number.opmaak, unit=not kaal, sign="plus" in role.options)
    if "woord" in role.options:
        text = _in_words(here, value, number, kaal) or text
    return (Number(f"{word} {text}".strip(" "), number.id, f"{number.value:f}"),)


def _in_words(here: _Role, value: Decimal, number: NamedNumber, kaal: bool) -> str:
    words = number_in_words(value)
    if words is None:
        here.complain("E432", f"{value} is niet gebruikelijk in woorden", "laat '| woord' weg")
        return ""
    unit = number.opmaak.eenheid or ""
    return words if kaal or not unit else f"{words}\u00a0{unit}"


def resolve_difference(writer: DocumentWriter, role: PRole, scope: Scope) -> Inlines:
    """{verschil}`a - b`, or the name of a number that is itself a verschil or verandering: with its direction."""
    here = _Role(writer, role, scope)
    left, minus, right = role.argument.partition(" - ")
    found = _of_two(here, left.strip(), right.strip()) if minus else _of_one(here, left)
    if found is None:
        return (Text(role.argument),)
    name, difference, opmaak, relative = found
    _check_direction(here, name, difference)
    rounded, word = here.precision(name, difference, opmaak)
    kind: DifferenceKind = next((kind for kind in _KINDS if kind in role.options), "meer")
    text = difference_in_words(rounded, opmaak, kind, word=word, relative=relative)
    return (Number(text, name, f"{difference:f}"),)


_Difference = tuple[str, Decimal, Getalopmaak, bool]
"""Name, value, format, and whether it is a change in percent."""


def _of_two(here: _Role, left: str, right: str) -> _Difference | None:
    a, b = here.find(left), here.find(right)
    if a is None or b is None or a.value is None or b.value is None:
        return None
    unit, other = a.opmaak.eenheid or "", b.opmaak.eenheid or ""
    if unit != other:
        message = f"'{a.id}' is in {unit or 'aantallen'}, '{b.id}' in {other or 'aantallen'}"
        here.complain("E433", message, "vergelijk getallen van één eenheid")
    name = f"{a.id} - {b.id}"
    with localcontext(Context(prec=60)):
        if "procent" not in here.role.options:
            # A step that suits the numbers is too coarse for what lies between them.
            return name, a.value - b.value, a.opmaak.model_copy(update={"afronden": None}), False
        try:
            return f"{name} | procent", change(a.value, b.value, b.id), _PERCENT, True
        except NoQuotient as error:
            here.complain(error.code, error.message, "laat '| procent' weg")
            return None


def _of_one(here: _Role, name: str) -> _Difference | None:
    number = here.world.numbers.get(name)
    if number is None or number.kind not in ("verschil", "verandering"):
        message = "een verschil heeft twee getallen nodig"
        hint = "schrijf {verschil}`a - b`, met spaties om het minteken, of noem een getal dat zelf een verschil is"
        if name not in here.world.failed_numbers:
            here.complain("E214", message, hint)
        return None
    here.find(name)
    if "procent" in here.role.options:
        hint = "schrijf {verschil}`a - b | procent`"
        here.complain("E214", "'procent' hoort bij een verschil van twee getallen", hint)
    return (number.id, number.value, number.opmaak, number.kind == "verandering") if number.value is not None else None


def _check_direction(here: _Role, name: str, difference: Decimal) -> None:
    """omhoog and omlaag state what the words around the figure say."""
    for word, other, wrong in (("omhoog", "omlaag", difference <= 0), ("omlaag", "omhoog", difference >= 0)):
        if word in here.role.options and wrong:
            shown = format_number(difference, Getalopmaak())
            hint = f"hier past '{other}'; herschrijf de zin" if difference else "er is geen verschil; herschrijf de zin"
            here.complain("E437", f"de tekst gaat {word}, maar {name} is {shown}", hint)
