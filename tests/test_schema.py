"""The JSON Schema for editors: current, mapped in the editor's settings, and right about the content that is here."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from halfjaarbericht.reading.source import read_source
from halfjaarbericht.reading.validate import validate
from halfjaarbericht.schema import FOLDER, SCHEMAS, schema_text, write_schemas

ROOT = Path(__file__).parent.parent
SETTINGS = json.loads((ROOT / ".vscode" / "settings.json").read_text(encoding="utf-8"))
MAPPED: dict[str, list[str]] = SETTINGS["yaml.schemas"]
FILES = sorted(p.relative_to(ROOT).as_posix() for p in (ROOT / "content").rglob("*.yaml"))


@pytest.mark.parametrize("name", SCHEMAS)
def test_the_committed_schema_is_current(name: str) -> None:
    file = ROOT / FOLDER / f"{name}.schema.json"
    assert file.read_text(encoding="utf-8") == schema_text(name), "run: halfjaarbericht schema"


def test_no_other_schemas_are_lying_about() -> None:
    assert {p.name for p in (ROOT / FOLDER).iterdir()} == {f"{name}.schema.json" for name in SCHEMAS}


def test_writing_gives_every_schema(tmp_path: Path) -> None:
    files = write_schemas(tmp_path)
    assert [f.read_text(encoding="utf-8") for f in files] == [schema_text(name) for name in SCHEMAS]


@pytest.mark.parametrize("name", SCHEMAS)
def test_every_key_of_the_schema_is_closed_and_every_reference_known(name: str) -> None:
    schema = json.loads(schema_text(name))
    objects = [d for d in schema.get("$defs", {}).values() if "properties" in d]
    assert all(d["additionalProperties"] is False for d in objects)
    for reference in re.findall(r'"\$ref": "#/\$defs/([^"]+)"', schema_text(name)):
        assert reference in schema["$defs"]


def pattern(glob: str) -> re.Pattern[str]:
    """A glob of the editor as a regular expression: ** over folders, * within one, !(a) anything but a."""
    parts = {"**/": "(?:.*/)?", "*": "[^/]*", ".": r"\."}
    text = re.sub(r"!\(([^)]*)\)", r"(?!\1\\b)*", glob)
    return re.compile(re.sub(r"\*\*/|(?<!\))\*|\.(?!\*)", lambda m: parts[m[0]], text).replace(")*", ")[^/]*") + r"\Z")


def schemas_for(file: str) -> list[str]:
    return [schema for schema, globs in MAPPED.items() if any(pattern(glob).match(file) for glob in globs)]


def test_the_editor_knows_every_schema() -> None:
    assert sorted(MAPPED) == sorted(f"./{FOLDER}/{name}.schema.json" for name in SCHEMAS)


@pytest.mark.parametrize(
    ("glob", "good", "bad"),
    [
        ("content/*/editie.yaml", "content/2030-1/editie.yaml", "content/2030-1/x/editie.yaml"),
        ("content/*/b/*/**/!(bijlage).yaml", "content/e/b/zaken/1.yaml", "content/e/b/zaken/bijlage.yaml"),
        ("content/*/b/*/**/!(bijlage).yaml", "content/e/b/zaken/onder/1.yaml", "content/e/b/1.yaml"),
    ],
)
def test_how_globs_are_read(glob: str, good: str, bad: str) -> None:
    assert pattern(glob).match(good)
    assert not pattern(glob).match(bad)


@pytest.mark.parametrize("file", FILES)
def test_the_editor_gives_every_content_file_the_schema_it_is_valid_against(file: str) -> None:
    (schema,) = schemas_for(file)
    model = SCHEMAS[Path(schema).name.removesuffix(".schema.json")]
    source = read_source(ROOT / file, file)
    validate(source, model)
    assert_fits(source.data, json.loads((ROOT / FOLDER / Path(schema).name).read_text(encoding="utf-8")))


def assert_fits(data: Any, schema: dict[str, Any]) -> None:
    """Every key of the data, at any depth, is a key that the schema has somewhere; so completion offers it."""
    known = {key for part in [schema, *schema.get("$defs", {}).values()] for key in part.get("properties", {})}
    free = {"noten", "data", "cijfers", "kolommen", "bronnen", "afkortingen", "afzenders", "ondertekenaars"}
    free |= {"geadresseerden"}

    def walk(value: Any, named_by_author: bool) -> None:
        if isinstance(value, dict):
            for key, child in value.items():
                assert named_by_author or key in known
                walk(child, not named_by_author and key in free and isinstance(child, dict))
        elif isinstance(value, list):
            for child in value:
                walk(child, False)

    walk(data, False)
