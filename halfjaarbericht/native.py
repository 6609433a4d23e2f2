"""The native libraries that WeasyPrint loads: which are missing here, and the command that brings them.

Standard library only: build.py uses this before anything is installed.
"""

from __future__ import annotations

import ctypes
import ctypes.util
import os
import shutil
import sys
from collections.abc import Iterable
from dataclasses import dataclass

# Where WeasyPrint itself looks on Windows, unless the variable of that name says otherwise.
WINDOWS_DIRECTORIES = r"C:\msys64\ucrt64\bin;C:\msys64\mingw64\bin;C:\Program Files\GTK3-Runtime Win64\bin"


@dataclass(frozen=True, slots=True)
class Library:
    """One shared library: its file name on Linux, macOS and Windows, and the Debian package that has it."""

    linux: str
    macos: str
    windows: str
    package: str
    optional: bool = False


# Pango's packages depend on glib, HarfBuzz and fontconfig, whose own package names differ per release.
LIBRARIES = (
    Library("libgobject-2.0.so.0", "libgobject-2.0.0.dylib", "libgobject-2.0-0.dll", "libpango-1.0-0"),
    Library("libpango-1.0.so.0", "libpango-1.0.dylib", "libpango-1.0-0.dll", "libpango-1.0-0"),
    Library("libharfbuzz.so.0", "libharfbuzz.0.dylib", "libharfbuzz-0.dll", "libpango-1.0-0"),
    Library("libfontconfig.so.1", "libfontconfig.1.dylib", "libfontconfig-1.dll", "libpangoft2-1.0-0"),
    Library("libpangoft2-1.0.so.0", "libpangoft2-1.0.dylib", "libpangoft2-1.0-0.dll", "libpangoft2-1.0-0"),
    Library(
        "libharfbuzz-subset.so.0",
        "libharfbuzz-subset.0.dylib",
        "libharfbuzz-subset-0.dll",
        "libharfbuzz-subset0",
        optional=True,  # without it fonts are cut down in Python: about a quarter slower
    ),
)


def missing() -> list[Library]:
    """The libraries that cannot be loaded now, in the order of LIBRARIES."""
    _add_windows_directories()
    return [library for library in LIBRARIES if not _loads(library)]


def install_command(packages: Iterable[str]) -> str:
    """The command, for a person to type, that brings `packages` (Debian names) on this system.

    Elsewhere than on Debian and Ubuntu the libraries come with the package named pango; '' when no command
    is known, so that the caller points at the documentation.
    """
    sudo = "" if is_root() else "sudo "
    if shutil.which("apt-get"):
        return f"{sudo}apt-get install -y {' '.join(packages)}"
    if shutil.which("dnf"):
        return f"{sudo}dnf install -y pango harfbuzz"
    if shutil.which("pacman"):
        return f"{sudo}pacman -S --needed pango harfbuzz"
    if shutil.which("brew"):
        return "brew install pango"
    if os.name == "nt":
        return "pacman -S mingw-w64-ucrt-x86_64-pango    (in een venster van MSYS2)"
    return ""


def is_root() -> bool:
    """True for the superuser; False on Windows, which has no such number."""
    return hasattr(os, "geteuid") and os.geteuid() == 0


def _loads(library: Library) -> bool:
    if sys.platform == "darwin":
        found = ctypes.util.find_library(library.macos.removeprefix("lib").removesuffix(".dylib"))
        return _opens(library.macos) or bool(found and _opens(found))
    return _opens(library.windows if os.name == "nt" else library.linux)


def _opens(name: str) -> bool:
    try:
        ctypes.CDLL(name)
    except OSError:
        return False
    return True


def _add_windows_directories() -> None:
    if sys.platform != "win32":
        return
    for directory in os.getenv("WEASYPRINT_DLL_DIRECTORIES", WINDOWS_DIRECTORIES).split(";"):
        if os.path.isdir(directory):  # noqa: PTH112 - a string from the environment, used as such
            os.add_dll_directory(directory)
