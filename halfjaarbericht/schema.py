"""JSON Schema of the content files, so that an editor completes keys and underlines mistakes while typing."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter

from halfjaarbericht.model.bronnen import Bronnen
from halfjaarbericht.model.cijfers import Cijfers
from halfjaarbericht.model.editie import Bijlage, Brief, Editie
from halfjaarbericht.model.gedeeld import Afkortingen, Afzenders
from halfjaarbericht.model.secties import Sectie

FOLDER = "schema"
SCHEMAS: dict[str, Any] = {
    "editie": Editie,
    "brief": Brief,
    "bijlage": Bijlage,
    "sectie": Sectie,
    "cijfers": Cijfers,
    "bronnen": Bronnen,
    "afzender": Afzenders,
    "afkortingen": Afkortingen,
}


def schema_text(name: str) -> str:
    """The schema of one kind of file, as JSON text with a stable order."""
    schema = TypeAdapter(SCHEMAS[name]).json_schema()
    schema = {"$schema": "https://json-schema.org/draft/2020-12/schema", **_numbers_as_text(schema)}
    return json.dumps(schema, ensure_ascii=False, indent=2, sort_keys=True) + "\n"


def write_schemas(root: Path) -> list[Path]:
    """Write all schemas into the schema folder of the project; gives the files."""
    folder = root / FOLDER
    folder.mkdir(exist_ok=True)
    files = []
    for name in SCHEMAS:
        file = folder / f"{name}.schema.json"
        file.write_text(schema_text(name), encoding="utf-8")
        files.append(file)
    return files


def _numbers_as_text(node: Any) -> Any:
    """Where text is wanted a whole number will do (kenmerk: 4320197): the loader makes text of it."""
    if isinstance(node, list):
        return [_numbers_as_text(item) for item in node]
    if not isinstance(node, dict):
        return node
    node = {key: _numbers_as_text(value) for key, value in node.items()}
    if node.get("type") == "string" and "format" not in node and "const" not in node and "enum" not in node:
        node["type"] = ["string", "integer"]
    return node
