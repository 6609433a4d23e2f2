"""A page as the preview serves it: what a build writes, with the places of its blocks and a script that follows."""

from __future__ import annotations

import hashlib
import json
import re
from base64 import b64encode
from dataclasses import dataclass, field, replace
from functools import cached_property
from html import escape

from halfjaarbericht.preview.deel import Changes, changes

_PLACE = re.compile(r' data-bron="[^"]*"')
_STYLE = re.compile(r"<style[^>]*>(.*?)</style>", re.DOTALL)
_SCRIPT = re.compile(r"<script(?: type=\"module\")?>(.*?)</script>", re.DOTALL)
_HEAD_END = "</head>"


@dataclass(frozen=True)
class Page:
    """A page of an edition. kind: index, brief, bijlage or cijfers; `html` is what a build writes with places in it;
    `changes` are all that is other than on the page before it, when that is a few parts."""

    edition: str
    stem: str
    kind: str
    title: str
    html: str
    changes: Changes | None = field(default=None, compare=False)

    def after(self, before: Page | None) -> Page:
        """This page, with what is other than on the page `before` it."""
        if before is None:
            return self
        return before if before == self else replace(self, changes=changes(before.html, self.html, before.key))

    @cached_property
    def key(self) -> str:
        """Stands for what is on the page: equal keys, equal pages."""
        return hashlib.blake2b(self.html.encode(), digest_size=12).hexdigest()

    @property
    def url(self) -> str:
        """Where the page itself is served."""
        return f"/pagina/{self.edition}/{self.stem}.html"


def as_built(html: str) -> str:
    """The page without the places: byte for byte what a build writes."""
    return _PLACE.sub("", html)


def served(html: str, edition: str, stem: str, version: int, key: str) -> str:
    """The page with the preview's own lines at the end of its head."""
    about = json.dumps({"editie": edition, "stem": stem, "versie": version, "sleutel": key})
    own = (
        f'<meta name="voorbeeld" content="{escape(about)}">'
        '<link rel="stylesheet" href="/statisch/pagina.css">'
        '<script type="module" src="/statisch/pagina.js"></script>'
    )
    before, end, after = html.partition(_HEAD_END)
    return f"{before}{own}{end}{after}"


def style_hashes(html: str) -> tuple[str, ...]:
    """The sources of a Content-Security-Policy (CSP Level 3, 6.7.3) that allow the style elements of a page."""
    return _hashes(_STYLE.findall(html))


def script_hashes(html: str) -> tuple[str, ...]:
    """The same for the scripts that stand in the page itself; what a script loads from elsewhere has no text."""
    return _hashes(_SCRIPT.findall(html))


def _hashes(texts: list[str]) -> tuple[str, ...]:
    digests = (hashlib.sha256(text.encode()).digest() for text in dict.fromkeys(texts))
    return tuple(f"'sha256-{b64encode(digest).decode('ascii')}'" for digest in digests)


def empty_page(message: str) -> str:
    """What is shown in place of a page that could not be made yet; it is swapped for the page once that is there."""
    return (
        '<!DOCTYPE html>\n<html lang="nl">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n<title>Nog geen pagina</title>\n'
        f"</head>\n<body>\n<main>\n<h1>Nog geen pagina</h1>\n<p>{escape(message)}</p>\n</main>\n</body>\n</html>\n"
    )
