"""PDF/A and PDF/UA through page-validation. The only place that knows it.

Two of its rules are wrong in some files; both are looked at here instead of switched off:

- `…STREAM-LENGTH-001` also speaks when the bytes of a stream happen to end in a carriage return. What it says of a
  stream is dropped only when /Length has been counted and is right (ISO 32000-1, 7.3.8.2).
- `…METADATA-FILTER-001` asks for XMP that is not compressed. That was a rule of PDF/A-1 (ISO 19005-1, 6.7.2); parts 2
  and 3 no longer have it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from halfjaarbericht.tagtree.syntax import stream_lengths_hold
from halfjaarbericht.validation.finding import Finding

if TYPE_CHECKING:
    from page import ValidationFailure

LENGTH, FILTER = "STREAM-LENGTH-001", "METADATA-FILTER-001"
UA = "ua1"
PROFILES = {"2a": "PDF/A-2a", "3a": "PDF/A-3a", UA: "PDF/UA-1"}


def missing() -> str:
    """How to get it; "" when it is here."""
    try:
        import page  # noqa: F401
    except ImportError:
        return "page-validation"
    return ""


def archive_profile(claims: Mapping[str, str]) -> str:
    """The profile of PDF/A that a file of ours is held to: 3a when it says so itself, else 2a."""
    return "3a" if claims.get("pdfaid:part") == "3" else "2a"


def checker(profile: str) -> str:
    """The name of this checker with one profile."""
    return f"page: {PROFILES[profile]}"


def check(file: Path, name: str, profile: str) -> tuple[int, list[Finding]]:
    """The number of rules of a profile, and what a file breaks. Never raises for a broken file."""
    import page

    own = checker(profile)
    try:
        report = page.validate_pdf(file, profile=page.ValidationProfile(profile))
    except page.PageError as error:
        return 0, [Finding(name, own, "onleesbaar", "", str(error))]
    real = [failure for failure in report.failures if not _is_mistaken(failure, file, profile)]
    counted = Counter((failure.rule_id, failure.message) for failure in real)
    found = [Finding(name, own, rule, "", message, times) for (rule, message), times in counted.items()]
    return report.rules.total, found


def _is_mistaken(failure: ValidationFailure, file: Path, profile: str) -> bool:
    if failure.rule_id.endswith(LENGTH):
        number = failure.object_id
        return stream_lengths_hold(file, [number.object_number] if number else [])
    return failure.rule_id.endswith(FILTER) and profile != UA and profile[0] in "23"
