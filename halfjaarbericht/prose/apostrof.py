"""The apostrophe as it is printed: regio’s, zo’n, ’s avonds, whichever way it was typed."""

from __future__ import annotations

import re

# Between letters or figures (regio's, ME'er, A4'tje), or before the short words that lost their beginning. What stands
# around words is a quotation mark, and stays as it was typed.
_APOSTROPHE = re.compile(r"(?<=[^\W_])'(?=[^\W_])|(?<![^\s(])'(?=(?:[smtnr]|ns)\b(?!'|\.\w))", re.I)


def with_apostrophes(text: str) -> str:
    """Running text with a curly apostrophe (U+2019) for every straight one; other marks are left alone."""
    return _APOSTROPHE.sub("’", text) if "'" in text else text
