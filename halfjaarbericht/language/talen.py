"""Names of languages in Dutch."""

from __future__ import annotations

from halfjaarbericht.language.getallen import LOCALE


def language_name(tag: str) -> str:
    """The Dutch name of a language tag as RFC 5646 writes it (`en-GB` → Engels); the tag itself when it is unknown."""
    primary = tag.replace("_", "-").partition("-")[0].lower()
    return str(LOCALE.languages.get(primary, tag))
