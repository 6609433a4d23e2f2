"""Which codes the package can give: read from its source, so that the registry cannot fall behind."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import halfjaarbericht

PACKAGE = Path(halfjaarbericht.__file__).parent
_CODE = re.compile(r"[AEW]\d{3}\Z")


def used_codes() -> set[str]:
    """Every text constant in the package that is a code, the registry itself left out."""
    files = (file for file in PACKAGE.rglob("*.py") if file.name != "codes.py")
    return {text for file in files for text in _constants(file) if _CODE.match(text)}


def _constants(file: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value
