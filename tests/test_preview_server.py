"""The server of the preview: only this machine, only reading, only what is there; a port, and a clean end."""

from __future__ import annotations

import asyncio
import json
import os
import random
import re
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import httpx
import pytest

from halfjaarbericht.preview.editor import KNOWN, make_editor
from halfjaarbericht.preview.inputs import passing, take_stock
from halfjaarbericht.preview.regie import Director
from halfjaarbericht.preview.routes import make_app
from halfjaarbericht.preview.serve import PortError, port_of, take_port
from halfjaarbericht.project import make_project
from tests.inhoudhulp import EDITION, write_content
from tests.meekijkhulp import LONG, ROOT, Watched, in_a_loop, running, watching

PAGE = f"/pagina/{EDITION}/brief.html"
ADDRESSES = [
    "/",
    f"/{EDITION}/brief",
    "/statisch/pagina.js",
    f"/stand/{EDITION}",
    PAGE,
    "/pagina/index.html",
    "/nergens",
]


def ask(content: Path, questions: object) -> None:
    async def all_of_it() -> None:
        async with watching(content, EDITION) as watched:
            await questions(watched)  # type: ignore[operator]

    in_a_loop(all_of_it())


# --- who may ask, and what --------------------------------------------------------------------------------------


def test_every_answer_is_closed_to_other_pages(tmp_path: Path) -> None:
    async def questions(watched: Watched) -> None:
        for address in ADDRESSES:
            headers = (await watched.client.get(address)).headers
            policy = headers["content-security-policy"]
            assert policy.startswith("default-src 'none'; frame-ancestors 'self'; base-uri 'none'; form-action 'none'")
            assert "unsafe-eval" not in policy
            assert "script-src 'unsafe-inline'" not in policy
            assert "http" not in policy
            assert headers["x-content-type-options"] == "nosniff"
            assert headers["cache-control"] == "no-store"
            assert headers["referrer-policy"] == "no-referrer"
            assert headers["cross-origin-resource-policy"] == "same-origin"
            assert "server" not in headers

    ask(write_content(tmp_path), questions)


def test_the_host_must_be_this_machine_on_any_port(tmp_path: Path) -> None:
    good = ["localhost", "localhost:1", "127.0.0.1:8020", "[::1]:65535", "LOCALHOST:9000"]
    bad = ["", "voorbeeld.nl", "localhost.voorbeeld.nl", "127.0.0.1.nip.io:8020", "localhost:8020@x", "0.0.0.0", "::1",
           "localhost:", "localhost:abc", "127.0.0.2", "xlocalhost", "localhost\u0130"]  # fmt: skip

    async def questions(watched: Watched) -> None:
        for host in good:
            assert (await watched.client.get(PAGE, headers={"host": host})).status_code == 200, host
        for host in bad:
            answer = await watched.client.get(PAGE, headers={"host": host.encode()})
            assert answer.status_code == 421, host
            assert "Hierbij" not in answer.text

    ask(write_content(tmp_path), questions)


def test_only_reading(tmp_path: Path) -> None:
    async def questions(watched: Watched) -> None:
        for method in ("POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "PROPFIND"):
            for address in ADDRESSES:
                answer = await watched.client.request(method, address)
                assert (answer.status_code, answer.headers["allow"]) == (405, "GET, HEAD")
        head = await watched.client.head(PAGE)
        assert (head.status_code, head.content) == (200, b"")
        assert int(head.headers["content-length"]) > 1000

    ask(write_content(tmp_path), questions)


def test_another_website_can_link_here_but_not_load_anything(tmp_path: Path) -> None:
    def fetch(site: str, mode: str, dest: str) -> dict[str, str]:
        return {"sec-fetch-site": site, "sec-fetch-mode": mode, "sec-fetch-dest": dest}

    async def questions(watched: Watched) -> None:
        for headers, status in (
            (fetch("same-origin", "cors", "empty"), 200),
            (fetch("none", "navigate", "document"), 200),
            (fetch("cross-site", "navigate", "document"), 200),
            (fetch("cross-site", "navigate", "iframe"), 403),
            (fetch("cross-site", "no-cors", "script"), 403),
            (fetch("same-site", "cors", "empty"), 403),
        ):
            assert (await watched.client.get(PAGE, headers=headers)).status_code == status, headers

    ask(write_content(tmp_path), questions)


SECRET = "geheim-dat-niemand-mag-zien"


def forbidden_addresses(seed: int, count: int) -> Iterator[str]:
    """Addresses that try to get at files outside what is shown, in all the ways that have ever worked somewhere."""
    chance = random.Random(seed)
    targets = [f"content/{EDITION}/brief.yaml", "geheim.txt", "etc/passwd", f"{EDITION}/brief.yaml", ".git/config",
               "preview/routes.py", "halfjaarbericht/cli.py", "windows/win.ini", "schil.html"]  # fmt: skip
    starts = ["/", "/statisch/", f"/pagina/{EDITION}/", "/pagina/", f"/pdf/{EDITION}/", "/stand/", f"/{EDITION}/", "//",
              "/gebeurtenissen/", "/file:///", "/statisch//", "/statisch/.."]  # fmt: skip
    ups = ["../", "..%2f", "%2e%2e/", "%2e%2e%2f", "%252e%252e%252f", "..\\", "..%5c", "..%255c", "....//", "..;/",
           "./../", "%c0%ae%c0%ae/", "%uff0e%uff0e/", "..%00/", "/..//", "\u2025/", "~/", "C:\\", "%2f"]  # fmt: skip
    ends = ["", "%00", "%00.html", "?", "#.html", "/", "%20", ".", "::$DATA", "%0a", ";.js", "/.", "\\"]
    for _ in range(count):
        up = "".join(chance.choice(ups) for _ in range(chance.randrange(1, 7)))
        target = chance.choice(targets)
        if chance.random() < 0.2:
            target = quote(quote(target, safe=""), safe="")
        if chance.random() < 0.2:
            target = f"{ROOT}/{target}"
        yield f"{chance.choice(starts)}{up}{target}{chance.choice(ends)}"


def test_a_thousand_requests_for_other_files_are_refused(tmp_path: Path) -> None:
    content = write_content(tmp_path, {f"{EDITION}/brief.yaml": f"tekst: goed\n# {SECRET}\n"})
    (tmp_path / "geheim.txt").write_text(SECRET, encoding="utf-8")

    async def questions(watched: Watched) -> None:
        app = watched.client._transport.app  # type: ignore[attr-defined]
        asked = 0
        for address in forbidden_addresses(1, 1000):
            status, body = await _raw(app, address)
            asked += 1
            assert status in (400, 404), (address, status)
            assert SECRET.encode() not in body
            assert b"root:" not in body
            assert len(body) < 100
        assert asked == 1000

    ask(content, questions)


async def _raw(app: object, address: str) -> tuple[int, bytes]:
    """Ask without a client that would tidy the address first; the server decodes it once, as uvicorn does."""
    from urllib.parse import unquote

    path, _, query = address.partition("?")
    scope = {"type": "http", "http_version": "1.1", "method": "GET", "path": unquote(path), "raw_path": path.encode(),
             "query_string": query.encode(), "headers": [(b"host", b"localhost")], "root_path": "", "scheme": "http",
             "server": ("127.0.0.1", 8020), "client": ("127.0.0.1", 1)}  # fmt: skip
    sent: list[dict[str, object]] = []

    async def receive() -> dict[str, object]:
        return {"type": "http.disconnect"}

    async def send(message: dict[str, object]) -> None:
        sent.append(message)

    await app(scope, receive, send)  # type: ignore[operator]
    status = sent[0]["status"]
    assert isinstance(status, int)
    return status, b"".join(bytes(m.get("body", b"")) for m in sent if m["type"] == "http.response.body")  # type: ignore[arg-type]


# --- the shell and its state ------------------------------------------------------------------------------------


def test_the_shell_is_there_for_each_document_and_for_nothing_else(tmp_path: Path) -> None:
    async def questions(watched: Watched) -> None:
        first = await watched.client.get("/")
        assert (first.status_code, first.headers["location"]) == (302, f"/{EDITION}/brief")
        shell = await watched.client.get(f"/{EDITION}/brief")
        assert "script-src 'self';" in shell.headers["content-security-policy"]
        loaded = re.findall(r'(?:src|href)="(/statisch/[^"]+)"', shell.text)
        assert loaded
        for address in loaded:
            assert (await watched.client.get(address)).status_code == 200, address
        for address in (f"/{EDITION}/nergens", "/2099-1/brief", "/stand/2099-1", "/gebeurtenissen/2099-1",
                        f"/pdf/{EDITION}/cijfers.pdf", f"/pdf/{EDITION}/brief.paginas.json"):  # fmt: skip
            assert (await watched.client.get(address)).status_code == 404, address

    ask(write_content(tmp_path), questions)


def test_the_state_has_what_the_page_follows(tmp_path: Path) -> None:
    content = write_content(tmp_path)

    async def questions(watched: Watched) -> None:
        state = await watched.settled()
        assert [d["stem"] for d in state["documenten"]] == ["index", "brief", "bijlage-1-zaken", "cijfers"]
        assert state == (await watched.client.get(f"/stand/{EDITION}")).json()
        assert (state["versie"], state["goed"], state["tegen"]) == (state["goede_versie"], True, None)
        assert state["basis"] + "/content" == str(content)
        about = re.search(r'<meta name="voorbeeld" content="([^"]*)">', await watched.html("brief"))
        assert about is not None
        told = json.loads(about[1].replace("&quot;", '"'))
        letter = state["documenten"][1]
        assert told == {"editie": EDITION, "stem": "brief", "versie": state["versie"], "sleutel": letter["sleutel"]}

    ask(content, questions)


@pytest.mark.parametrize("name", KNOWN)
def test_known_editors_open_a_file_at_its_line(name: str) -> None:
    link = make_editor(name, Path("/werk/een map")).link("content/a.yaml", 31, 3)
    assert "/werk/een%20map/content/a.yaml" in link
    assert "//werk" not in link.replace("file:///werk", "")
    assert "31" in link
    assert "{" not in link


def test_an_editor_of_ones_own() -> None:
    assert make_editor("mijn://{pad}#{regel}", Path("/a")).link("b.yaml", 2) == "mijn:///a/b.yaml#2"
    assert make_editor("vscode-insiders://file/{pad}:{regel}", Path("/a")).link("b.yaml", 2).startswith("vscode-insid")
    for wrong in ("emacs", "1x:{pad}", "een ding:{pad}", "javascript:alert('{pad}')", "{pad}", "data:{pad}"):
        with pytest.raises(ValueError, match="geen bekende editor"):
            make_editor(wrong, Path("/a"))


PASSING = ["brief.yaml~", ".brief.yaml.swp", ".brief.yaml.swx", "4913", "#brief.yaml#", ".#brief.yaml", "a.tmp",
           "___jb_tmp___", ".~lock.data.xlsx#", ".goutputstream-X1", ".git", "brief.yaml.bak"]  # fmt: skip
STAYING = ["brief.yaml", "2030.yaml", "data.csv", "1-inleiding.yaml", "tmp.yaml", "a#b.yaml", "12345", "tokens.css"]


def test_what_editors_leave_behind_is_no_input() -> None:
    assert [name for name in PASSING if not passing(name)] == []
    assert [name for name in STAYING if passing(name)] == []


def test_a_folder_is_watched_whatever_it_is_called(tmp_path: Path) -> None:
    content = write_content(tmp_path)
    for folder in ("2024", "oud.bak", ".git", ".git/objects"):
        (content / folder).mkdir()
        (content / folder / "a.yaml").write_text("", encoding="utf-8")
    seen = [Path(name).relative_to(content) for name in take_stock(make_project(tmp_path, content)).content]
    assert {name.as_posix() for name in seen if name.name == "a.yaml"} == {"2024/a.yaml", "oud.bak/a.yaml"}


# --- ports and the end ------------------------------------------------------------------------------------------


def test_an_answer_does_not_wait_for_the_one_before_to_be_confirmed() -> None:
    """Without TCP_NODELAY a small answer waits some 40 ms for that, and asyncio asks for it by the protocol."""
    listening = take_port(0)

    async def no_delay() -> int:
        found: asyncio.Future[int] = asyncio.get_running_loop().create_future()

        def connected(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            found.set_result(writer.get_extra_info("socket").getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY))
            writer.close()

        async with await asyncio.start_server(connected, sock=listening[0]):
            _, writer = await asyncio.open_connection("127.0.0.1", port_of(listening))
            answer = await found
            writer.close()
            return answer

    async def check() -> None:
        assert await no_delay() != 0

    try:
        in_a_loop(check())
    finally:
        for one in listening:
            one.close()


def test_a_taken_port_gives_the_next_free_one() -> None:
    first = take_port(0)
    try:
        port = port_of(first)
        second = take_port(port)
        assert port < port_of(second) < port + 50
        for one in second:
            one.close()
        hosts = {one.getsockname()[0] for one in first}
        assert hosts <= {"127.0.0.1", "::1"}
        assert "127.0.0.1" in hosts
    finally:
        for one in first:
            one.close()
    with pytest.raises(PortError, match="geen enkele poort van 65536"):
        take_port(65536)


def test_a_port_that_is_taken_in_one_of_two_ways_is_taken() -> None:
    """Else a browser that tries the other way first would see another program."""
    if not socket.has_ipv6:
        pytest.skip("no IPv6 here")
    with socket.socket(socket.AF_INET6) as other:
        try:
            other.bind(("::1", 0))
        except OSError:
            pytest.skip("no IPv6 here")
        other.listen()
        port = other.getsockname()[1]
        found = take_port(port)
        try:
            assert len({one.getsockname()[1] for one in found}) == 1
            assert port_of(found) > port
            assert [one.getsockname()[0] for one in found] == ["127.0.0.1", "::1"]
        finally:
            for one in found:
                one.close()


def test_who_waits_for_a_page_is_let_go_at_the_end(tmp_path: Path) -> None:
    project = make_project(tmp_path, write_content(tmp_path))

    async def all_of_it() -> None:
        director = Director(project, make_editor("vscode", tmp_path), lambda _: None)  # never started: no page comes
        waiting = asyncio.create_task(director.edition(EDITION))
        await asyncio.sleep(0)
        assert not waiting.done()
        director.hush()
        assert await waiting is None
        assert await director.edition(EDITION) is None
        transport = httpx.ASGITransport(make_app(director, EDITION))  # type: ignore[arg-type]
        async with httpx.AsyncClient(transport=transport, base_url="http://localhost") as client:
            assert (await client.get(PAGE)).status_code == 404
        await director.close()

    in_a_loop(all_of_it())


def test_the_command_serves_follows_and_ends_with_open_connections(tmp_path: Path) -> None:
    content = write_content(tmp_path)
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with running(content, EDITION, "--port", str(port)) as (process, address):
            assert address != f"http://localhost:{port}/"
            base = address.rstrip("/")
            with httpx.stream("GET", f"{base}/gebeurtenissen/{EDITION}?stem=brief&pdf=1", timeout=LONG) as events:
                assert events.headers["content-type"].startswith("text/event-stream")
                states = (json.loads(line[6:]) for line in events.iter_lines() if line.startswith("data: "))
                first = next(states)
                (content / EDITION / "brief.yaml").write_text("tekst: |\n  Een ander woord.\n", encoding="utf-8")
                next(s for s in states if s["versie"] > first["versie"] and not s["bezig"])
                assert "Een ander woord." in httpx.get(f"{base}{PAGE}", headers={"host": "localhost:1234"}).text
                os.killpg(process.pid, signal.SIGINT)
                said, complained = process.communicate(timeout=LONG)
            assert process.returncode == 0
            assert said.rstrip().endswith("Gestopt.")
            assert complained == f"Poort {port} is al in gebruik; het is {httpx.URL(address).port} geworden.\n"


def test_usage_mistakes_are_told_in_one_sentence(tmp_path: Path) -> None:
    content = write_content(tmp_path)
    for options, sentence in (
        (["--editor", "emacs"], "geen bekende editor"),
        (["--against", "nergens"], "de map content/ staat niet in een git-archief; gebruik --against build"),
        (["2099-1"], "de editie '2099-1' bestaat niet"),
    ):
        command = [sys.executable, "-m", "halfjaarbericht", "preview", "--content", str(content), *options]
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, timeout=LONG)
        assert done.returncode == 2
        assert sentence in done.stderr
        assert "Traceback" not in done.stderr
