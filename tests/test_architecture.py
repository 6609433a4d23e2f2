"""The house rules that the source itself can show: who may import whom, and how long a module or function may be."""

from __future__ import annotations

import ast
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PACKAGE = ROOT / "halfjaarbericht"
MODULES = sorted(p for p in PACKAGE.rglob("*.py"))
LONGEST_MODULE, LONGEST_FUNCTION = 300, 60

# What the modules of a room may import from the rest of the package. A room is a folder, or a module of its own.
ALLOWED: dict[str, set[str]] = {
    "problems": set(),
    "codes": set(),
    "herkomst": set(),
    "publicatie": set(),
    "waardelijsten": {"publicatie"},
    "verslag": {"grafiek", "herkomst", "publicatie"},
    "grafiek": set(),
    "onthouden": set(),
    "figuren": {"grafiek"},
    "model": set(),
    "language": {"model", "problems"},
    "prose": {"problems"},
    "data": {"language", "model", "problems"},
    "reading": {"model", "problems"},
    "resolving": {
        *("reading", "prose", "data", "language", "model", "problems"),
        *("verslag", "grafiek", "herkomst", "onthouden", "publicatie", "waardelijsten"),
    },
    "metadata": {"language", "publicatie", "verslag", "waardelijsten"},
    "paginatelling": set(),
    "pakket": {"manifest", "metadata", "paginatelling", "problems", "verslag", "waardelijsten"},
    "tagtree": set(),
    "readout": {"language", "tagtree"},
    "built": {"manifest"},
    "webtools": {"bootstrap", "native"},
    "validation": {"built", "language", "tagtree", "webtools"},
    "changes": {"language", "verslag"},
    "console": {"problems", "language"},
    "stijlfouten": {"problems"},
    "schema": {"model"},
}
# Rooms that come after resolving and see only its outcome.
AFTER = (
    *("render", "opmaak", "vergeleken", "cijferregister", "sjabloonfouten"),
    *("sectieopmaak", "stijlbladen", "paginahulp", "publish", "manifest", "pdf"),
)
TEMPLATES = (
    *("render.py", "sjabloonfouten.py", "opmaak.py", "sectieopmaak.py", "stijlbladen.py"),
    *("vergeleken.py", "paginahulp.py"),
)
# A library, and the only places that know it.
LIBRARIES = {
    "yaml": ("reading/source.py",),
    "markdown_it": ("prose/",),
    "mdit_py_plugins": ("prose/",),
    "jinja2": TEMPLATES,
    "markupsafe": TEMPLATES,
    "weasyprint": ("pdf/",),
    "babel": ("language/",),
    "click": ("cli.py", "commands/", "dutch_click.py"),
    "rich": ("progress.py",),
    "starlette": ("preview/routes.py", "preview/security.py"),
    "uvicorn": ("preview/serve.py",),
    "watchfiles": ("preview/watch.py",),
    "pikepdf": ("tagtree/", "paginatelling.py", "pdf/proof/splice.py"),
    "page": ("validation/page.py",),
    "outloud": ("validation/outloud.py",),
    "playwright": ("validation/web.py",),
}
# The command line itself, what runs before it is there, and its progress bar.
SPEAKING = ("cli.py", "commands/", "__main__.py", "bootstrap.py", "native.py", "ontwikkel.py", "progress.py")
# The resolved report is one contract in one file, and nearly all of it is declarations.
LONG_ON_PURPOSE = {"verslag.py": 380}


def name_of(file: Path) -> str:
    return file.relative_to(PACKAGE).as_posix()


def room_of(file: Path) -> str:
    return file.relative_to(PACKAGE).parts[0].removesuffix(".py")


def imports(file: Path) -> Iterator[tuple[str, bool]]:
    """The modules that a file imports, with whether only a type checker sees the import."""
    tree = ast.parse(file.read_text(encoding="utf-8"))
    typing_only = {
        node
        for block in ast.walk(tree)
        if isinstance(block, ast.If) and isinstance(block.test, ast.Name) and block.test.id == "TYPE_CHECKING"
        for node in ast.walk(block)
    }
    package = ".".join(file.relative_to(ROOT).with_suffix("").parts[:-1])
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((alias.name, node in typing_only) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = package.rsplit(".", node.level - 1)[0] if node.level > 1 else package
            module = f"{base}.{node.module or ''}".rstrip(".") if node.level else node.module or ""
            if module == "halfjaarbericht":
                yield from ((f"{module}.{alias.name}", node in typing_only) for alias in node.names)
            else:
                yield module, node in typing_only


def rooms_imported(file: Path) -> set[str]:
    found = {module.split(".")[1] for module, _ in imports(file) if module.startswith("halfjaarbericht.")}
    return found - {room_of(file), "__version__"}


@pytest.mark.parametrize("file", [m for m in MODULES if room_of(m) in ALLOWED], ids=name_of)
def test_a_room_imports_only_what_is_below_it(file: Path) -> None:
    assert rooms_imported(file) <= ALLOWED[room_of(file)]


def test_every_room_that_has_a_rule_exists() -> None:
    assert {*ALLOWED, *AFTER} <= {room_of(m) for m in MODULES}


@pytest.mark.parametrize("file", [m for m in MODULES if room_of(m) in AFTER], ids=name_of)
def test_what_comes_after_resolving_never_looks_back(file: Path) -> None:
    assert not rooms_imported(file) & {"reading", "resolving", "prose", "data", "model", "cli", "commands", "pipeline"}


@pytest.mark.parametrize("library", LIBRARIES)
def test_a_library_is_known_in_one_place(library: str) -> None:
    users = {name_of(m) for m in MODULES for module, _ in imports(m) if module.split(".")[0] == library}
    assert users, f"nobody uses {library}"
    assert {user for user in users if not user.startswith(LIBRARIES[library])} == set()


@pytest.mark.parametrize("file", MODULES, ids=name_of)
def test_nothing_is_too_long(file: Path) -> None:
    text = file.read_text(encoding="utf-8")
    assert len(text.splitlines()) <= LONG_ON_PURPOSE.get(name_of(file), LONGEST_MODULE)
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            assert (node.end_lineno or 0) - node.lineno < LONGEST_FUNCTION, node.name


@pytest.mark.parametrize("file", MODULES, ids=name_of)
def test_every_module_says_what_it_is_for(file: Path) -> None:
    assert ast.get_docstring(ast.parse(file.read_text(encoding="utf-8")))


@pytest.mark.parametrize("file", MODULES, ids=name_of)
def test_only_the_command_line_prints_or_stops(file: Path) -> None:
    if name_of(file).startswith(SPEAKING):
        return
    calls = [n.func for n in ast.walk(ast.parse(file.read_text(encoding="utf-8"))) if isinstance(n, ast.Call)]
    assert not [f for f in calls if isinstance(f, ast.Name) and f.id in ("print", "exit", "quit", "input")]
    assert not [f for f in calls if isinstance(f, ast.Attribute) and ast.unparse(f) in ("sys.exit", "os._exit")]


CHECK = """
import sys
from halfjaarbericht.cli import main
assert main(["check", "--content", sys.argv[1]]) == 0
print(",".join(sorted({name.split(".")[0] for name in sys.modules})))
"""


def test_checking_does_not_need_the_pdf_library() -> None:
    base = ROOT / "tests" / "fout" / "basis"
    command = [sys.executable, "-c", CHECK, str(base)]
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    done = subprocess.run(command, capture_output=True, text=True, check=True, env=environment)
    loaded = set(done.stdout.splitlines()[-1].split(","))
    assert "yaml" in loaded
    assert not loaded & {"weasyprint", "pydyf", "pypdf", "PIL", "fontTools", "rich"}
