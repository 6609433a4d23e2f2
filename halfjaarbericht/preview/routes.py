"""The addresses of the preview. Nothing here makes a path on the disk from an address: what can be asked for is looked
up among what there is."""

from __future__ import annotations

import mimetypes
from collections.abc import AsyncIterator
from pathlib import Path

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, RedirectResponse, Response, StreamingResponse
from starlette.routing import Route

from halfjaarbericht.preview.maker import INDEX
from halfjaarbericht.preview.pagina import empty_page, script_hashes, served, style_hashes
from halfjaarbericht.preview.regie import Director, Session
from halfjaarbericht.preview.security import CSP, PDF_POLICY, SHELL_POLICY, Guard, page_policy
from halfjaarbericht.problems import ContentError

STATIC = Path(__file__).parent / "static"
SHELL = "schil.html"
_TYPES = {".js": "text/javascript", ".css": "text/css", ".svg": "image/svg+xml", ".html": "text/html"}


def make_app(director: Director, start: str) -> Guard:
    """The application; `start` is the edition that is shown first."""
    answers = _Answers(director, start)
    routes = [
        Route("/", answers.first),
        Route("/statisch/{name}", answers.static),
        Route("/stand/{edition}", answers.state),
        Route("/gebeurtenissen/{edition}", answers.events),
        Route("/pagina/index.html", answers.overview),
        Route("/pagina/{edition}/{name}", answers.page),
        Route("/pdf/{edition}/{name}", answers.pdf),
        Route("/{edition}/{stem}", answers.shell),
    ]
    app = Starlette(routes=routes, exception_handlers={HTTPException: _refused, Exception: answers.fault})
    app.router.redirect_slashes = False
    return Guard(app)


async def _refused(_request: Request, error: Exception) -> Response:
    status = error.status_code if isinstance(error, HTTPException) else 500
    return PlainTextResponse("Dit is er niet.\n", status)


def _may_come(session: Session, stem: str) -> bool:
    """Whether there is or may come a page of that name: of an edition that could not be read yet nobody knows."""
    return stem in session.state.stems or stem == INDEX or session.state.read is None


def _not_there() -> HTTPException:
    return HTTPException(404)


class _Answers:
    def __init__(self, director: Director, start: str):
        self.director = director
        self.start = start

    async def _session(self, request: Request) -> Session:
        session = await self.director.edition(request.path_params["edition"])
        if session is None:
            raise _not_there()
        return session

    async def fault(self, _request: Request, error: Exception) -> Response:
        """A fault of the program: told where the server was started."""
        self.director.making.report(error)
        return PlainTextResponse("Fout van het programma: kijk in het venster waarin het loopt.\n", 500)

    # --- the shell ----------------------------------------------------------------------------------------------

    async def first(self, _request: Request) -> Response:
        """To the first document of the edition to begin with."""
        name = self.start if self.start in self.director.editions else next(iter(self.director.editions), "")
        session = await self.director.edition(name)
        stems = [stem for stem in session.state.stems if stem != INDEX] if session else []
        return RedirectResponse(f"/{name or self.start}/{stems[0] if stems else INDEX}", 302)

    async def shell(self, request: Request) -> Response:
        """The page around the page. It is the same for every document: its script reads its own address."""
        session = await self._session(request)
        stem = request.path_params["stem"]
        if not _may_come(session, stem):
            raise _not_there()
        return self._file(SHELL, SHELL_POLICY)

    async def static(self, request: Request) -> Response:
        """A file of the shell."""
        return self._file(request.path_params["name"], SHELL_POLICY)

    def _file(self, name: str, policy: str) -> Response:
        files = {file.name: file for file in STATIC.iterdir() if file.is_file()}
        if name not in files:
            raise _not_there()
        return Response(files[name].read_bytes(), headers={CSP: policy}, media_type=_TYPES.get(files[name].suffix))

    # --- state --------------------------------------------------------------------------------------------------

    async def state(self, request: Request) -> Response:
        """The state of an edition."""
        session = await self._session(request)
        return Response(session.json, media_type="application/json")

    async def events(self, request: Request) -> Response:
        """The state of an edition, and again each time that it changes (Server-Sent Events)."""
        edition = (await self._session(request)).state.name
        if request.method == "HEAD":
            return Response(media_type="text/event-stream")
        query = request.query_params
        news = self.director.follow(edition, query.get("stem", ""), query.get("pdf") == "1")
        return StreamingResponse(_as_events(news), media_type="text/event-stream")

    # --- pages --------------------------------------------------------------------------------------------------

    async def page(self, request: Request) -> Response:
        """A page as a build writes it with the preview's own lines, or another file of the edition."""
        session = await self._session(request)
        state, name = session.state, request.path_params["name"]
        stem, dot, suffix = name.rpartition(".")
        if suffix == "html" and stem in state.pages:
            session.fetched.set()
            page = state.pages[stem]
            html = state.marked.get(stem, page.html) if request.query_params.get("tegen") == "1" else page.html
            return _page(html, state.name, stem, state.confirmed.get(stem, 0), page.key)
        if suffix == "html" and _may_come(session, stem):
            return self._nothing_yet(session, stem)
        if name in state.files:
            headers = {CSP: PDF_POLICY} if suffix == "pdf" else {}
            return Response(state.files[name], headers=headers, media_type=mimetypes.guess_type(name)[0])
        if dot and suffix == "pdf":
            return self._pdf(session, stem)
        raise _not_there()

    def _nothing_yet(self, session: Session, stem: str) -> Response:
        message = "Los eerst de problemen in de inhoud op; daarna verschijnt de pagina hier vanzelf."
        answer = _page(empty_page(message), session.state.name, stem, 0, "")
        answer.status_code = 503
        return answer

    async def overview(self, _request: Request) -> Response:
        """The page over all editions."""
        try:
            return _page(await self.director.overview(), "", "", 0, "")
        except ContentError as error:
            answer = _page(empty_page(error.problems[0].message), "", "", 0, "")
            answer.status_code = 503
            return answer

    # --- PDF ----------------------------------------------------------------------------------------------------

    async def pdf(self, request: Request) -> Response:
        """The PDF of a document as it is now, or on which page each part of it stands."""
        session = await self._session(request)
        stem, _, suffix = request.path_params["name"].partition(".")
        if suffix == "pdf":
            return self._pdf(session, stem)
        if suffix == "paginas.json" and session.state.has_pdf(stem) and session.state.pdf(stem).version:
            pdf = session.state.pdf(stem)
            return JSONResponse({"versie": pdf.version, "paginas": dict(pdf.pages_of)})
        raise _not_there()

    def _pdf(self, session: Session, stem: str) -> Response:
        if not session.state.has_pdf(stem):
            raise _not_there()
        pdf = session.state.pdf(stem)
        self.director.pdfs.ask(session, stem)
        headers = {"x-versie": str(pdf.version), "x-staat": pdf.status, CSP: PDF_POLICY}
        if not pdf.version:
            return PlainTextResponse("De PDF is er nog niet.\n", 404, headers)
        # A proof has no tags: who saves it from the viewer can see that it is not the PDF itself.
        name = f"proefdruk-{stem}" if pdf.is_proof else stem
        headers["content-disposition"] = f'inline; filename="{name}.pdf"'
        return Response(pdf.pdf, headers=headers, media_type="application/pdf")


def _page(html: str, edition: str, stem: str, version: int, key: str) -> Response:
    policy = page_policy(style_hashes(html), script_hashes(html))
    return Response(served(html, edition, stem, version, key), headers={CSP: policy}, media_type="text/html")


async def _as_events(news: AsyncIterator[str]) -> AsyncIterator[str]:
    async for state in news:
        yield f"data: {state}\n\n" if state else ": nog hier\n\n"
