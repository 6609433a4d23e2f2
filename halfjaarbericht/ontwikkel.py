"""Checks for developers: style, types and tests, in that order, as `halfjaarbericht test` runs them."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from halfjaarbericht import webtools

# The quickest first. Tests last, so that their summary closes the output.
CHECKS: tuple[tuple[str, ...], ...] = (
    ("ruff", "check", "."),
    ("mypy",),
    ("pytest", "-n", "auto", "--dist", "loadfile"),
)


def run_tests(root: Path, args: Sequence[str]) -> int:
    """Run every check in `root`, also after one has failed; with `args` only pytest with those arguments.

    Returns the highest exit code, 0 when all is well. Tools come from the running Python's environment; those for web
    pages are set up first, and where that fails the tests that need them are skipped (tests/webhulp.py).
    """
    webtools.set_up(root, lambda line: print(line, file=sys.stderr, flush=True))
    checks = [("pytest", *args)] if args else CHECKS
    return max(_run(root, check) for check in checks)


def _run(root: Path, check: Sequence[str]) -> int:
    print(f"== {' '.join(check)}", flush=True)
    # -P: a module in `root` (build.py, for one) must not stand in for a tool's own import.
    code = subprocess.run([sys.executable, "-P", "-m", *check], cwd=root).returncode
    # A tool ended by a signal has a negative code, which must not pass for the lowest.
    return abs(code)
