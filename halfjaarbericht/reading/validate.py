"""Plain data to a content model; pydantic's stable error types become our codes with a Dutch sentence and a place."""

from __future__ import annotations

import types
import typing
from functools import cache
from typing import Annotated, Any, TypeVar, get_args, get_origin

from pydantic import BaseModel, Tag, TypeAdapter, ValidationError

from halfjaarbericht.model import basis
from halfjaarbericht.problems import ContentError, Problem, did_you_mean, nearest
from halfjaarbericht.reading.source import KeyPath, Source

T = TypeVar("T")

_SHAPES = {
    basis.ID_PATTERN: "kleine letters en cijfers, met koppeltekens of punten ertussen",
    r"^20\d\d-[12]$": "een editie zoals 2022-2",
    r"^[a-z][a-z0-9-]*(?:\.[a-z0-9][a-z0-9-]*)*$": "kleine letters en cijfers, zoals wijkagenten.bezetting",
    r"^[A-Z]{1,3}[1-9]\d{0,6}:[A-Z]{1,3}[1-9]\d{0,6}$": "een bereik zoals A3:F12",
    r"^\d{5}$": "vijf cijfers zonder punt of spatie, zoals 29628",
    r"^[1-9]\d?[a-z]?$": "een bijlagenummer zoals 3 of 8a",
    r"^(?:19|20)\d\d-(?:19|20)\d\d$": "een vergaderjaar zoals 2021-2022",
    r"^[1-9]\d{0,4}$": "een nummer zoals 1098",
    r"^[a-z]+-[A-Za-z0-9-]+$": "een nummer van officielebekendmakingen.nl, zoals kst-29628-1098",
}
_YAML_TRUTH = {"True": "true", "False": "false"}
_TYPES = {
    "string_type": "tekst",
    "int_type": "een geheel getal",
    "int_parsing": "een geheel getal",
    "bool_type": "true of false",
    "bool_parsing": "true of false",
    "tuple_type": "een lijst",
    "list_type": "een lijst",
    "dict_type": "een groep sleutels",
    "model_type": "een groep sleutels",
    "model_attributes_type": "een groep sleutels",
    "decimal_type": "een getal",
    "decimal_parsing": "een getal",
}


def validate(source: Source, model: Any) -> Any:
    """Make `model` (a model class or an annotated union) of the data of `source`.

    Raises ContentError with every mistake in the file, each at its key or value.
    """
    if model not in source.models:
        source.models[model] = validate_part(source, (), source.data, model)
    return source.models[model]


def validate_part(source: Source, path: KeyPath, data: Any, model: Any) -> Any:
    """The same for the part of the file at `path`."""
    try:
        return _adapter(model).validate_python(data)
    except ValidationError as error:
        errors: list[dict[str, Any]] = [dict(e) for e in error.errors(include_url=False)]
        renamed = _misspelt(model, errors)
        paths = [follow(model, tuple(e["loc"]))[0] for e in errors]
        told = [
            e
            for e, at in zip(errors, paths, strict=True)
            if not _follows_from_others(e) and tuple(e["loc"]) not in renamed and not _beside(e, at, paths)
        ]
        raise ContentError(_first_per_place([_problem(source, path, model, e) for e in told])) from None


@cache
def _adapter(model: Any) -> TypeAdapter[Any]:
    """Building a validator takes longer than using it, and an annex has dozens of section files."""
    return TypeAdapter(model)


def _misspelt(model: Any, errors: list[dict[str, Any]]) -> set[tuple[Any, ...]]:
    """Fields that are missing because their key is misspelt; the unknown key is told already."""
    unknown = [tuple(e["loc"]) for e in errors if e["type"] == "extra_forbidden"]
    return {(*loc[:-1], nearest(str(loc[-1]), field_names(model, loc[:-1]))) for loc in unknown}


def _follows_from_others(error: dict[str, Any]) -> bool:
    """Refused items make their list 'too short' as well; that says nothing new."""
    value = error["input"]
    return error["type"] == "too_short" and isinstance(value, list | dict) and len(value) >= error["ctx"]["min_length"]


def _beside(error: dict[str, Any], at: KeyPath, paths: list[KeyPath]) -> bool:
    """Whether this refuses another form of a value in which something deeper is wrong (text or a cell)."""
    return error["type"] in _TYPES and any(len(p) > len(at) and p[: len(at)] == at for p in paths)


def _first_per_place(problems: list[Problem]) -> list[Problem]:
    """A union without a discriminator reports each alternative; one sentence for a place is enough."""
    seen: dict[tuple[int, int, bool], Problem] = {}
    for problem in problems:
        seen.setdefault((problem.line, problem.column, problem.code == "E202" and bool(problem.message)), problem)
    missing = [p for p in problems if p.code == "E202"]
    return [*(p for p in seen.values() if p.code != "E202"), *missing]


def _problem(source: Source, base: KeyPath, model: Any, error: dict[str, Any]) -> Problem:
    loc = tuple(error["loc"])
    path = (*base, *follow(model, loc)[0])
    kind = error["type"]
    context = error.get("ctx", {})
    name = str(error["loc"][-1]) if error["loc"] else ""
    if kind == "extra_forbidden":
        hint = did_you_mean(name, field_names(model, loc[:-1]))
        return source.problem("E201", path, f"onbekend veld '{name}'", hint, key=True)
    if kind == "missing" and name.isdigit():
        return source.problem("E207", path, f"hier horen {int(name) + 1} waarden", key=True)
    if kind == "missing":
        return source.problem("E202", path, f"het verplichte veld '{name}' ontbreekt", f"voeg '{name}:' toe", key=True)
    if kind in ("union_tag_invalid", "literal_error", "union_tag_not_found"):
        return _choice_problem(source, path, error, context)
    if kind == "string_pattern_mismatch":
        hint = _SHAPES.get(context.get("pattern", ""), f"vorm: {context.get('pattern', '')}")
        return source.problem("E204", path, f"'{error['input']}' heeft niet de juiste vorm", f"verwacht: {hint}")
    if kind == "date_bounds":
        message = f"'{error['input']}' kan niet kloppen: een datum ligt tussen 1900 en 2100"
        return source.problem("E206", path, message)
    if kind.startswith("date"):
        return source.problem("E206", path, f"'{error['input']}' is geen datum", "schrijf jjjj-mm-dd, zoals 2022-12-15")
    if kind == "duizendtal":
        hint = "schrijf een duizendtal zonder punt (1178), een breuk met minder of meer decimalen (1.18)"
        return source.problem("E205", path, f"'{error['input']}' kan een duizendtal of een breuk zijn", hint)
    if kind in _TYPES:
        return _type_problem(source, path, _TYPES[kind], error["input"], name)
    return source.problem("E207", path, _bound_message(kind, context, name))


def _type_problem(source: Source, path: KeyPath, wanted: str, given: Any, name: str) -> Problem:
    if given is None:
        return source.problem("E205", path, f"'{name}' is leeg; hier hoort {wanted}", key=True)
    hint = "zet aanhalingstekens om tekst" if wanted == "tekst" and isinstance(given, bool) else ""
    shown = f"'{given}' kan hier niet; " if isinstance(given, str) and len(given) <= 40 else ""
    return source.problem("E205", path, f"{shown}hier hoort {wanted}", hint)


def _choice_problem(source: Source, path: KeyPath, error: dict[str, Any], context: dict[str, Any]) -> Problem:
    given = error["input"]
    if isinstance(given, dict):
        path = (*path, "soort")
        given = given.get("soort")
    expected = str(context.get("expected") or context.get("expected_tags") or "").replace(" or ", ", ")
    names = [_YAML_TRUTH.get(n, n) for n in (n.strip().strip("'") for n in expected.split(",")) if n]
    names = [n for n in names if n != "bestand"] if len(names) > 1 else names
    if given is None:
        hint = "mogelijk: " + ", ".join(names) if names else "voeg 'soort:' toe"
        return source.problem("E202", path[:-1], "het verplichte veld 'soort' ontbreekt", hint, key=True)
    hint = did_you_mean(str(given), names) or "mogelijk: " + ", ".join(names)
    return source.problem("E203", path, f"'{given}' is hier geen mogelijke waarde", hint)


def _bound_message(kind: str, context: dict[str, Any], name: str) -> str:
    if kind == "too_short":
        return f"'{name}' heeft te weinig onderdelen; minstens {context.get('min_length')}"
    if kind == "too_long":
        return f"'{name}' heeft te veel onderdelen; hoogstens {context.get('max_length')}"
    if kind == "string_too_short" and context.get("min_length") == 1:
        return f"'{name}' is leeg"
    if kind == "string_too_short":
        return f"'{name}' is te kort; minstens {context.get('min_length')} tekens"
    if kind == "string_too_long":
        return f"'{name}' is te lang; hoogstens {context.get('max_length')} tekens"
    if kind == "greater_than":
        return f"'{name}' moet meer dan {context.get('gt')} zijn"
    bounds = {"greater_than_equal": ("ge", "minstens"), "less_than_equal": ("le", "hoogstens")}
    if kind in bounds:
        key, word = bounds[kind]
        return f"'{name}' moet {word} {context.get(key)} zijn"
    return f"'{name}' klopt niet"


def field_names(model: Any, loc: tuple[Any, ...]) -> list[str]:
    """The field names of the model that `loc` leads to from `model`; [] when that is not a model."""
    found = _bare(follow(model, loc)[1])
    return list(found.model_fields) if _is_model(found) else []


def follow(model: Any, loc: tuple[Any, ...]) -> tuple[KeyPath, Any]:
    """Walk pydantic's `loc` along the types: the path of keys in the file, and the type at its end.

    In loc the choice of a union is a part like any other, and one that may look like a key ('tekst' is a kind
    and a field); only the types tell which parts are in the file.
    """
    path: list[Any] = []
    found = model
    for part in loc:
        found = _bare(found)
        members = _members(found)
        if members:
            found = next((m for m in members if part in _labels(m)), None)
        else:
            path.append(part)
            found = _child(found, part)
    return tuple(path), found


def _child(annotation: Any, part: Any) -> Any:
    if _is_model(annotation):
        field = annotation.model_fields.get(part)
        return field.annotation if field else None
    origin, args = get_origin(annotation), get_args(annotation)
    if origin in (tuple, list):
        return args[part] if isinstance(part, int) and part < len(args) and args[-1] is not ... else args[0]
    return args[1] if origin is dict else None


def _members(annotation: Any) -> list[Any]:
    """The members of a real union; [] for another type. Optional is no choice that loc would show."""
    if get_origin(annotation) not in (typing.Union, types.UnionType):
        return []
    return [a for a in get_args(annotation) if a is not type(None)]


def _labels(member: Any) -> set[Any]:
    """What loc calls a member of a union: its tag, its `soort` or its class."""
    labels = {m.tag for m in getattr(member, "__metadata__", ()) if isinstance(m, Tag)}
    bare = _bare(member)
    if _is_model(bare):
        kind = bare.model_fields.get("soort")
        labels |= set(get_args(kind.annotation)) if kind else set()
        labels.add(bare.__name__)
    return labels


def _bare(annotation: Any) -> Any:
    """A type without what is annotated to it, and without 'or None'."""
    while get_origin(annotation) is Annotated:
        annotation = get_args(annotation)[0]
    members = _members(annotation)
    return _bare(members[0]) if len(members) == 1 else annotation


def _is_model(annotation: Any) -> bool:
    return isinstance(annotation, type) and issubclass(annotation, BaseModel)


__all__ = ["field_names", "follow", "validate", "validate_part"]
