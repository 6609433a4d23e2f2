"""Small .xlsx files for tests."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Sequence
from typing import Any

from openpyxl import Workbook


def workbook(rows: Sequence[Sequence[Any]], edit: Callable[[Any], None] | None = None, title: str = "Cijfers") -> bytes:
    """An .xlsx file with one sheet that holds `rows` from A1, after `edit` has changed the sheet."""
    book = Workbook()
    sheet = book.active
    sheet.title = title
    for row in rows:
        sheet.append(list(row))
    if edit:
        edit(sheet)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def with_part(data: bytes, name: str, change: Callable[[str], str]) -> bytes:
    """The file with one of its parts changed: openpyxl itself never stores the result of a formula."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.infolist():
            content = old.read(part)
            new.writestr(part, change(content.decode()).encode() if part.filename == name else content)
    return stream.getvalue()


SHEET = "xl/worksheets/sheet1.xml"


def with_result(data: bytes, formula: str, result: str) -> bytes:
    """The file with `result` stored as what a formula gives; `result` may bring its own type: t="str">tekst."""
    kind, _, value = result.rpartition(">")

    def store(xml: str) -> str:
        start = xml.index(f"<f>{formula}</f>")
        opening = xml.rindex("<c ", 0, start)
        end = xml.index("</c>", start)
        cell = xml[opening:start].removesuffix(">") + f" {kind}>" if kind else xml[opening:start]
        return f"{xml[:opening]}{cell}<f>{formula}</f><v>{value}</v>{xml[end:]}"

    return with_part(data, SHEET, store)
