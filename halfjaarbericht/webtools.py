"""The tools that check web pages: where they are, what is missing, and how a checkout gets them.

They serve the tests only: Node packages pinned in `tests/web`, a Java runtime for the Nu checker, and a browser.
Nothing here is needed to make a document. Standard library only.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from halfjaarbericht import bootstrap, native

FOLDER = Path("tests", "web")
"""The folder with package.json, the lock and the settings of the checkers, in the project."""
_STAMP = ".klaar"
# Where Debian and Ubuntu keep them.
_CERTIFICATES = Path("/etc/ssl/certs/ca-certificates.crt")


@dataclass(frozen=True, slots=True)
class Tool:
    """A program: its name for people, the commands it may be called by, how it tells its version, the lowest
    version that will do (compared number by number), and the Debian packages that bring it, with a space between."""

    name: str
    commands: tuple[str, ...]
    version_option: str
    minimum: tuple[int, ...]
    package: str


# The minimum of Node is that of html-validate; that of Java is the class file version of vnu.jar.
NODE = Tool("Node.js", ("node", "nodejs"), "--version", (18, 19), "nodejs")
NPM = Tool("npm", ("npm",), "--version", (7,), "npm")
JAVA = Tool("Java", ("java",), "-version", (17,), "default-jre-headless")
BROWSER = Tool(
    "Chromium",
    (
        "chromium",
        "chromium-browser",
        "google-chrome",
        "google-chrome-stable",
        "/Applications/Chromium.app/Contents/MacOS/Chromium",
        "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    ),
    "--version",
    (),
    "chromium fonts-dejavu-core",  # without any typeface on the system it ends at the first page
)
TOOLS = (NODE, NPM, JAVA, BROWSER)


@cache
def command(tool: Tool) -> str:
    """The path of the first command of `tool` that runs and is new enough; '' when there is none."""
    found = (shutil.which(name) for name in tool.commands)
    return next((path for path in found if path and _will_do(path, tool)), "")


def node_modules(root: Path) -> Path:
    """Where the Node packages of the project in `root` are, whether or not they have been installed."""
    return root / FOLDER / "node_modules"


def packages_ready(root: Path) -> bool:
    """True when the Node packages are those of the lock as it is now."""
    try:
        stamp = (node_modules(root) / _STAMP).read_text(encoding="utf-8")
        return stamp == (root / FOLDER / "package-lock.json").read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        return False


def lacking(root: Path, tools: Sequence[Tool] = TOOLS) -> list[str]:
    """What of `tools` and the Node packages is missing, in Dutch, each with how to get it; empty when all is there."""
    gone = [tool for tool in tools if not command(tool)]
    found = [f"{_wanted(tool)} ontbreekt" for tool in gone]
    if gone:
        apt = native.install_command(tool.package for tool in gone) if shutil.which("apt-get") else ""
        found[-1] += f": {apt}" if apt else " en is hier niet vanzelf te installeren"
    if not packages_ready(root):
        found.append(f"de Node-pakketten ontbreken of zijn verouderd: npm ci --ignore-scripts in {FOLDER.as_posix()}")
    return found


def set_up(root: Path, say: bootstrap.Say) -> None:
    """Get what is missing: programs through apt where that is allowed, then the Node packages of the lock.

    Does nothing when all is there, and nothing outside a checkout. Never raises for what could not be had: that is
    told through `say`, and `lacking` goes on naming it.
    """
    if not (root / FOLDER / "package-lock.json").is_file() or not lacking(root):
        return
    with bootstrap.only_one(root, say):
        _install_programs(say)
        if command(NPM) and not packages_ready(root):
            _install_packages(root, say)
    for line in lacking(root):
        say(f"Voor de webtests: {line}")


def _install_programs(say: bootstrap.Say) -> None:
    packages = [tool.package for tool in TOOLS if not command(tool)]
    if packages and bootstrap.may_use_apt():
        for package in packages:  # one by one: a name that this system does not know must not keep the others out
            trouble = bootstrap.apt_install(package.split(), say)
            if trouble:
                say(f"Dat lukte niet:\n{trouble}")
        command.cache_clear()


def _environment() -> dict[str, str]:
    """Our own, in which Node also trusts the certificates of this system, as pip does: a proxy may have one of its
    own."""
    trusted = {"NODE_EXTRA_CA_CERTS": str(_CERTIFICATES)} if _CERTIFICATES.is_file() else {}
    return {**trusted, **os.environ}


def _install_packages(root: Path, say: bootstrap.Say) -> None:
    say(f"Node-pakketten voor de webtests installeren uit {FOLDER.as_posix()}/package-lock.json (eenmalig) …")
    # Scripts of packages are not run: vnu-jar's would fetch a Java runtime from elsewhere.
    options = ["--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]
    status, output = bootstrap.capture([command(NPM), "--prefix", str(root / FOLDER), "ci", *options], _environment())
    if status != 0:
        say(f"De Node-pakketten konden niet worden geïnstalleerd:\n{bootstrap.tail(output)}")
        return
    lock = (root / FOLDER / "package-lock.json").read_text(encoding="utf-8")
    (node_modules(root) / _STAMP).write_text(lock, encoding="utf-8")


def _wanted(tool: Tool) -> str:
    if not tool.minimum:
        return tool.name
    return f"{tool.name} {'.'.join(map(str, tool.minimum))} of nieuwer"


def _will_do(path: str, tool: Tool) -> bool:
    """True when the program runs, tells a version, and that is new enough."""
    try:
        asked = [path, tool.version_option]
        done = subprocess.run(asked, stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=60)
    except (OSError, subprocess.TimeoutExpired):
        return False
    found = re.search(r"\d+(?:\.\d+)*", done.stdout + done.stderr)
    return done.returncode == 0 and found is not None and tuple(map(int, found[0].split("."))) >= tool.minimum
