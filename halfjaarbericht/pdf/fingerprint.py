"""Which engine would render here, found without importing it."""

from __future__ import annotations

import hashlib
import os
import sysconfig
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

# What decides how a PDF comes out; the interpreter does not.
PACKAGES = ("weasyprint", "pydyf", "fonttools", "tinycss2", "cssselect2", "tinyhtml5", "pyphen", "pillow")
LIBRARIES = (
    "libpango-1.0.so.0",
    "libpangoft2-1.0.so.0",
    "libharfbuzz.so.0",
    "libharfbuzz-subset.so.0",
    "libfontconfig.so.1",
    "libfreetype.so.6",
)


@cache
def engine_fingerprint() -> str:
    """One line that changes with the engine: its packages, its native libraries, our own code around it."""
    parts = [f"{name}={_package_version(name)}" for name in PACKAGES]
    parts += [f"{name}={_library_file(name)}" for name in LIBRARIES]
    parts.append(f"halfjaarbericht.pdf={_own_code()}")
    return ";".join(parts)


def _package_version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return "ontbreekt"


def _library_file(soname: str) -> str:
    """The file behind a shared library: its name carries the version (libpango-1.0.so.0.5000.12)."""
    for folder in _library_folders():
        path = folder / soname
        if path.exists():
            return path.resolve().name
    return "onbekend"


@cache
def _library_folders() -> tuple[Path, ...]:
    # The loader's order, near enough: searching is a few stat calls, asking ldconfig is a child process.
    named = [Path(part) for part in os.environ.get("LD_LIBRARY_PATH", "").split(":") if part]
    multiarch = sysconfig.get_config_var("MULTIARCH") or ""
    usual = [
        "/usr/local/lib",
        f"/usr/lib/{multiarch}",
        f"/lib/{multiarch}",
        "/usr/lib64",
        "/lib64",
        "/usr/lib",
        "/lib",
    ]
    return (*named, *map(Path, usual))


def _own_code() -> str:
    digest = hashlib.sha256()
    folder = Path(__file__).parent
    for path in sorted(folder.rglob("*.py")):
        digest.update(path.relative_to(folder).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()[:16]
