"""The steps with which build.py makes a working environment: system packages, `.venv`, pinned packages.

Standard library only. A step that fails raises SetupError with a Dutch sentence that says what to do.
"""

from __future__ import annotations

import importlib.util
import os
import shutil
import subprocess
import sys
import sysconfig
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from halfjaarbericht import native

Say = Callable[[str], None]

MANUAL = "de installatiepagina van WeasyPrint (doc.courtbouillon.org)"
# dpkg refuses to work when it cannot find ldconfig, which a bare PATH does not hold.
SYSTEM_PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"
# These would send packages to another place than `.venv`.
STRAY = ("PIP_USER", "PIP_TARGET", "PIP_PREFIX", "PIP_ROOT", "PIP_PYTHON", "PYTHONHOME", "PYTHONPATH")


class SetupError(RuntimeError):
    """The environment cannot be made; the message tells a person what to do."""


@contextmanager
def only_one(root: Path, say: Say) -> Iterator[None]:
    """Hold the set-up of this folder alone: a second run waits here. Does nothing where flock is unknown."""
    try:
        import fcntl
    except ImportError:
        yield
        return
    with (root / ".venv.lock").open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            say("Een andere opdracht maakt de omgeving al klaar; even wachten …")
            fcntl.flock(file, fcntl.LOCK_EX)
        yield


def see_to_system(say: Say) -> None:
    """Have the native libraries and the venv module on this system, through apt where that is allowed."""
    _require(_missing_packages(optional=False), say)
    wanted = _missing_packages(optional=True)
    if wanted and not (may_use_apt() and apt_install(wanted, say) == ""):
        hint = native.install_command(wanted) or f"zie {MANUAL}"
        say(f"Tip: met {' '.join(wanted)} erbij gaat het maken van PDF's een kwart sneller: {hint}")


def make_venv(root: Path, python: Path, say: Say) -> None:
    """Put a new `.venv` in `root`, in place of what is there; it finds the package that lies in `root`."""
    folder = root / ".venv"
    say("Omgeving maken in .venv …")
    _remove(folder)
    _run([sys.executable, "-m", "venv", str(folder)], "De omgeving .venv kon niet worden gemaakt")
    packages = Path(sysconfig.get_path("purelib", "venv", vars={"base": str(folder)}))
    # Relative, so plain ASCII whatever the folder is called: site reads this file in the locale's encoding.
    (packages / "halfjaarbericht.pth").write_text(os.path.relpath(root, packages) + "\n", encoding="ascii")
    if not python.exists():
        raise SetupError(f"De omgeving .venv is gemaakt maar {python} ontbreekt.")


def install(python: Path, lock: Path, say: Say) -> None:
    """Install what `lock` pins, each file checked against its hash; wheels only, so nothing is compiled."""
    say(f"Pakketten installeren uit {lock.name} (eenmalig, minder dan een minuut) …")
    pip = [str(python), "-I", "-m", "pip", "--quiet", "--no-input", "--disable-pip-version-check"]
    _run(
        [*pip, "install", "--require-hashes", "--only-binary=:all:", "-r", str(lock)],
        "De pakketten konden niet worden geïnstalleerd. Is er verbinding met de pakketbron?",
    )


def _missing_packages(*, optional: bool) -> list[str]:
    """Debian package names, each once. The venv module counts as needed: Debian ships Python without it."""
    libraries = [library for library in native.missing() if library.optional == optional]
    packages = [library.package for library in libraries]
    if not optional and not _has_venv():
        packages.insert(0, "python{}.{}-venv".format(*sys.version_info[:2]))
    return list(dict.fromkeys(packages))


def _has_venv() -> bool:
    importlib.invalidate_caches()
    return all(importlib.util.find_spec(name) is not None for name in ("venv", "ensurepip"))


def _require(packages: list[str], say: Say) -> None:
    if not packages:
        return
    trouble = apt_install(packages, say) if may_use_apt() else ""
    if not may_use_apt() or trouble or _missing_packages(optional=False):
        command = native.install_command([*packages, *_missing_packages(optional=True)])
        advice = f"Voer dit uit en probeer het opnieuw:\n\n    {command}" if command else f"Zie {MANUAL}."
        raise SetupError(f"Op dit systeem ontbreekt: {', '.join(packages)}.\n{advice}\n{trouble}".rstrip())


def may_use_apt() -> bool:
    """True for root, and for a user whose sudo asks no password."""
    if not shutil.which("apt-get"):
        return False
    if native.is_root():
        return True
    sudo = shutil.which("sudo")
    return bool(sudo) and subprocess.run([str(sudo), "-n", "true"], capture_output=True).returncode == 0


def apt_install(packages: Sequence[str], say: Say) -> str:
    """Install Debian packages; '' when that worked, otherwise the last lines of apt. Lists are renewed only
    when the first try fails, since that takes long and is often needless."""
    say(f"Systeempakketten installeren: {' '.join(packages)} …")
    wanted = ["install", "-y", "--no-install-recommends", *packages]
    if _apt(wanted)[0] == 0:
        return ""
    _apt(["update"])
    status, output = _apt(wanted)
    return "" if status == 0 else tail(output)


def _apt(arguments: list[str]) -> tuple[int, str]:
    start = [] if native.is_root() else ["sudo", "-n"]
    settings = [f"PATH={SYSTEM_PATH}", "DEBIAN_FRONTEND=noninteractive", "LC_ALL=C.UTF-8"]
    return capture([*start, "env", *settings, "apt-get", "-q", "-o", "DPkg::Lock::Timeout=120", *arguments])


def _run(command: list[str], failure: str) -> None:
    env = {key: value for key, value in os.environ.items() if key not in STRAY}
    status, output = capture(command, env)
    if status != 0:
        raise SetupError(f"{failure}\n{tail(output)}".rstrip())


def capture(command: list[str], env: dict[str, str] | None = None) -> tuple[int, str]:
    """Run without input; the exit status and all that was printed, in the order in which it came."""
    done = subprocess.run(
        command,
        env=env,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
    )
    return done.returncode, done.stdout


def tail(output: str, lines: int = 8) -> str:
    """The last lines of what a program printed, indented to stand below a sentence."""
    return "\n".join("    " + line for line in output.strip().splitlines()[-lines:])


def _remove(path: Path) -> None:
    """Remove a folder, or the link or file in its place; a linked folder itself stays."""
    if path.is_symlink() or path.is_file():
        path.unlink()
    elif path.exists():
        shutil.rmtree(path)
