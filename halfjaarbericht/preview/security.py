"""What keeps other web pages and other machines out of the preview.

The server listens on this machine only, but a page from elsewhere runs in a browser on this machine too. So the name
under which it is asked is checked (else a name server that changes its mind could lead such a page here), only reading
is possible, and each answer says in a Content-Security-Policy (W3C, level 3) what it may load: nothing from elsewhere.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

# Any port: whoever forwards a port to another machine asks under the port there.
_HOST = re.compile(rb"(?:localhost|127\.0\.0\.1|\[::1\])(?::\d{1,5})?\Z", re.IGNORECASE)
_METHODS = ("GET", "HEAD")
_HEADERS = {
    "x-content-type-options": "nosniff",
    "cache-control": "no-store",
    "referrer-policy": "no-referrer",
    "cross-origin-resource-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "x-frame-options": "SAMEORIGIN",
    "permissions-policy": "camera=(), geolocation=(), microphone=()",
}
_CLOSED = "default-src 'none'; frame-ancestors 'self'; base-uri 'none'; form-action 'none'"
_OWN = "img-src 'self' data:; connect-src 'self'; frame-src 'self'"
SHELL_POLICY = f"{_CLOSED}; {_OWN}; script-src 'self'; style-src 'self'"
# The viewer of a browser is an object of its own inside the answer.
PDF_POLICY = f"{_CLOSED}; object-src 'self'; style-src 'unsafe-inline'; img-src 'self'"
CSP = "content-security-policy"


def page_policy(styles: Iterable[str], scripts: Iterable[str]) -> str:
    """The policy of a page of the publication: its own style and script elements by hash, and widths in style
    attributes."""
    script = " ".join(("'self'", *scripts))
    style = " ".join(("'self'", *styles))
    return f"{_CLOSED}; {_OWN}; script-src {script}; style-src {style}; style-src-attr 'unsafe-inline'"


class Guard:
    """Refuses what is no reading from this machine, and gives every answer its headers."""

    def __init__(self, app: ASGIApp):
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await self._app(scope, receive, send)
        elif scope["type"] == "http":
            refused = _refusal(scope)
            await (refused or self._app)(scope, receive, _with_headers(send))


def _refusal(scope: Scope) -> PlainTextResponse | None:
    headers: list[tuple[bytes, bytes]] = scope["headers"]
    hosts = [value for name, value in headers if name == b"host"]
    if len(hosts) != 1 or not _HOST.match(hosts[0]):
        return PlainTextResponse("Dit voorbeeld is er alleen voor deze computer.\n", 421)
    if scope["method"] not in _METHODS:
        return PlainTextResponse("Hier kan alleen gelezen worden.\n", 405, {"allow": ", ".join(_METHODS)})
    sent_by = dict(headers)
    foreign = sent_by.get(b"sec-fetch-site") in (b"cross-site", b"same-site")
    # Following a link to here is fine; being loaded as part of another page is not.
    if foreign and (sent_by.get(b"sec-fetch-mode") != b"navigate" or sent_by.get(b"sec-fetch-dest") != b"document"):
        return PlainTextResponse("Een andere website kan hier niets opvragen.\n", 403)
    return None


def _with_headers(send: Send) -> Send:
    async def sending(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = list(message.get("headers", []))
            present = {name.lower() for name, _ in headers}
            extra = _HEADERS | {CSP: _CLOSED}
            headers += [(n.encode(), v.encode()) for n, v in extra.items() if n.encode() not in present]
            message = {**message, "headers": headers}
        await send(message)

    return sending
