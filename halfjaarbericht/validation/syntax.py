"""The syntax of a PDF through qpdf: the program when it is installed, else its library inside pikepdf."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

from halfjaarbericht.tagtree.syntax import syntax_faults
from halfjaarbericht.validation.finding import Finding

CHECKER = "qpdf: opbouw"
SECONDS = 120


def check(file: Path, name: str) -> tuple[int, list[Finding]]:
    """One rule, and what is wrong with the file."""
    program = shutil.which("qpdf")
    faults = _by_program(program, file) if program else list(syntax_faults(file))
    return 1, [Finding(name, CHECKER, "opbouw", "", fault) for fault in faults]


def _by_program(program: str, file: Path) -> list[str]:
    try:
        done = subprocess.run(
            [program, "--check", str(file)], capture_output=True, stdin=subprocess.DEVNULL, timeout=SECONDS
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        return [f"qpdf kwam niet tot een oordeel: {error}"]
    if done.returncode == 0:
        return []
    said = done.stderr.decode("utf-8", "replace").splitlines()
    lines = [line.removeprefix(f"{file}: ").removeprefix("WARNING: ").strip() for line in said]
    return [line for line in lines if line] or [f"qpdf eindigde met {done.returncode}"]
