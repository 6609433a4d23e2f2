"""Files as a zip with reproducible bytes (APPNOTE.TXT 6.3, PKWARE): equal files give an equal zip on every machine.

Nothing is compressed: different versions of zlib give different bytes, and most of what is in it is a PDF, which is
compressed already.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from io import BytesIO
from zipfile import ZIP_STORED, ZipFile, ZipInfo

_EARLIEST, LATEST = date(1980, 1, 1), date(2107, 12, 31)
"""The first and the last day that a zip can name (APPNOTE.TXT 4.4.6: seven bits for the year)."""
_REGULAR_FILE = 0o100644 << 16
_UNIX = 3


def archive(files: Mapping[str, bytes], day: date) -> bytes:
    """The zip with `files`, in the order of their names, each as of midnight on `day`, as far as a zip can say so."""
    stamp = min(max(day, _EARLIEST), LATEST)
    room = BytesIO()
    with ZipFile(room, "w", ZIP_STORED) as zipped:
        for name in sorted(files):
            info = ZipInfo(name, (stamp.year, stamp.month, stamp.day, 0, 0, 0))
            info.create_system = _UNIX
            info.external_attr = _REGULAR_FILE
            zipped.writestr(info, files[name])
    return room.getvalue()
