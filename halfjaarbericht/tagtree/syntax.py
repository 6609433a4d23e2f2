"""A PDF as a file: whether it is put together well (ISO 32000-1, 7.3.8 and 7.5)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

import pikepdf

from halfjaarbericht.tagtree.reading import first_line

_STREAM = re.compile(rb"stream(\r\n|\n)")
_AFTER = (b"\nendstream", b"\r\nendstream", b"\rendstream")


def syntax_faults(source: Path) -> tuple[str, ...]:
    """What qpdf's library says is wrong with the syntax of a file, in its own words."""
    try:
        with pikepdf.open(source, attempt_recovery=False) as pdf:
            return tuple(pdf.check_pdf_syntax())
    except (pikepdf.PdfError, OSError) as error:
        return (first_line(error),)


def stream_lengths_hold(source: Path, numbers: Sequence[int] = ()) -> bool:
    """Whether /Length of streams is the number of bytes up to `endstream`: of these object numbers, or of all.

    The line end before `endstream` must be there and does not count (7.3.8.1; ISO 19005-2, 6.1.7.1). False also when a
    stream cannot be found.
    """
    data = source.read_bytes()
    try:
        with pikepdf.open(source, attempt_recovery=False) as pdf:
            wanted = list(numbers) or [o.objgen[0] for o in pdf.objects if isinstance(o, pikepdf.Stream)]
            if not numbers and len(wanted) != data.count(b"endstream"):
                return False  # a stream with a length that makes no sense is no stream to the library
            lengths = {number: int(pdf.get_object(number, 0).stream_dict.Length) for number in wanted}
    except (pikepdf.PdfError, OSError, ValueError, TypeError, AttributeError, KeyError):
        return False
    return all(_length_holds(data, number, length) for number, length in lengths.items())


def _length_holds(data: bytes, number: int, length: int) -> bool:
    for found in re.finditer(rb"(?<!\d)%d 0 obj" % number, data):
        start = _STREAM.search(data, found.end())
        if start and data[start.end() + length :].startswith(_AFTER):
            return True
    return False
