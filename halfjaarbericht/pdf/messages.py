"""What the engine says while it works, and which letters it had to borrow, as problems."""

from __future__ import annotations

import hashlib
import logging
import unicodedata
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from weasyprint.text.fonts import get_hb_object_data

from halfjaarbericht.pdf.jobs import Progress
from halfjaarbericht.problems import Problem

_NOTDEF = ".notdef glyph"


class Listener(logging.Handler):
    """Collects warnings and errors of the engine while a document is rendered, and passes on its progress."""

    def __init__(self, progress: Progress):
        super().__init__(logging.DEBUG)
        self._progress = progress
        self.heard: dict[tuple[str, int], None] = {}
        self.missing: set[str] = set()

    def emit(self, record: logging.LogRecord) -> None:
        if record.name == "weasyprint.progress":
            self._step(record)
        elif record.levelno >= logging.WARNING:
            if str(record.msg).startswith(_NOTDEF) and isinstance(record.args, tuple):
                self.missing.add(str(record.args[0]))
            else:
                self.heard[(record.getMessage(), record.levelno)] = None

    def _step(self, record: logging.LogRecord) -> None:
        if isinstance(record.args, tuple) and record.args and "Page %d" in str(record.msg):
            self._progress("opmaak", int(str(record.args[0])))
        elif str(record.msg).startswith("Step 6"):
            self._progress("schrijven", 0)

    def problems(self, label: str) -> Iterator[Problem]:
        """Everything heard, once each: errors as 'fout', warnings as 'waarschuwing'."""
        for text, level in self.heard:
            short = text if len(text) <= 300 else text[:297] + "..."
            if level >= logging.ERROR:
                yield Problem(label, 0, 0, "E601", f"de PDF-maker meldt een fout: {short}")
            else:
                message = f"de PDF-maker waarschuwt: {short}"
                yield Problem(label, 0, 0, "E602", message, severity="waarschuwing")
        if self.missing:
            message = f"geen lettertype heeft deze tekens: {name_characters(self.missing)}"
            yield Problem(label, 0, 0, "E605", message, hint="gebruik een ander teken")


@contextmanager
def listening(progress: Progress) -> Iterator[Listener]:
    """Hear the engine during the with-block; its loggers are left as they were."""
    listener = Listener(progress)
    loggers = [logging.getLogger("weasyprint"), logging.getLogger("weasyprint.progress")]
    before = [(logger.level, logger.propagate) for logger in loggers]
    loggers[0].addHandler(listener)
    for logger in loggers:
        logger.setLevel(logging.INFO)
    loggers[0].propagate = False
    try:
        yield listener
    finally:
        loggers[0].removeHandler(listener)
        for logger, (level, propagate) in zip(loggers, before, strict=True):
            logger.setLevel(level)
            logger.propagate = propagate


def name_characters(characters: Iterable[str]) -> str:
    """'€' (U+20AC EURO SIGN), ... in code point order."""
    return ", ".join(
        f"'{char}' (U+{ord(char):04X} {unicodedata.name(char, 'zonder naam')})" for char in sorted(characters)
    )


def borrowed_letters(document: Any, label: str) -> Iterator[Problem]:
    """Problems for characters that were drawn with a font that the document's own styles did not load.

    Such a font comes from this machine: on another one the letter would look different. Silent when the
    styles load no font at all. `document` has been written to PDF.
    """
    own = _own_fonts(document.font_config)
    if not own:
        return
    for font in sorted(document.fonts.values(), key=lambda font: str(font.family)):
        if _file_hash(font) in own:
            continue
        characters = {char for text in font.to_unicode.values() for char in text if not char.isspace()}
        if characters:
            message = f"tekens uit een ander lettertype ({font.family}): {name_characters(characters)}"
            yield Problem(label, 0, 0, "E606", message, hint="gebruik een ander teken")


def _file_hash(font: Any) -> bytes:
    # Not font.file_content: by now that is the part of the font that is in the PDF.
    return hashlib.sha256(get_hb_object_data(font.hb_face)).digest()


def _own_fonts(font_config: Any) -> set[bytes]:
    folder: Path | None = font_config._folder
    if folder is None:
        return set()
    return {hashlib.sha256(path.read_bytes()).digest() for path in folder.iterdir() if path.is_file()}
