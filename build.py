#!/usr/bin/env python3
"""Start halfjaarbericht from a bare checkout: `python3 build.py [verb ...]`.

First use makes `.venv` beside this file (halfjaarbericht/bootstrap.py); every next use only compares a stamp
with the lock and hands over. Keep the syntax readable for Python 3.6: an old Python must get to the message.
"""

import os
import sys

MINIMUM = (3, 11)
CANNOT_START = 2  # not the content (1), not our bug (3): something on this machine


def refuse_old_python() -> None:
    """Stop with a sentence, and the name of a newer Python when there is one on the PATH."""
    from shutil import which

    newer = [name for name in ("python3.12", "python3.11", "python3.13") if which(name)]
    hint = " Probeer: {} build.py".format(newer[0]) if newer else ""
    wanted, found = ".".join(map(str, MINIMUM)), sys.version.split()[0]
    sys.stderr.write("Python {} of nieuwer is nodig; dit is {}.{}\n".format(wanted, found, hint))
    sys.exit(CANNOT_START)


if sys.version_info < MINIMUM:
    refuse_old_python()

ROOT = os.path.dirname(os.path.realpath(__file__))
WINDOWS = os.name == "nt"
PYTHON = os.path.join(ROOT, ".venv", "Scripts" if WINDOWS else "bin", "python.exe" if WINDOWS else "python")
FOR_USE, FOR_TESTS = "requirements.lock", "requirements-test.lock"


def expected_stamp(lock: str) -> str:
    """What the stamp of `lock` must say: which interpreter, where, and the lock itself, word for word.

    Comparing text needs no hashing, hence no import that would slow down every start.
    """
    with open(os.path.join(ROOT, lock), encoding="utf-8") as file:
        pins = file.read()
    return "{}.{}\n{}\n{}\n{}".format(*sys.version_info[:2], ROOT, os.path.realpath(PYTHON), pins)


def stamp_path(lock: str) -> str:
    return os.path.join(ROOT, ".venv", lock + ".klaar")


def is_ready(lock: str) -> bool:
    """True when `.venv` was completed for this lock, this place and a Python that is still there."""
    try:
        with open(stamp_path(lock), encoding="utf-8") as file:
            return file.read() == expected_stamp(lock) and os.access(PYTHON, os.X_OK)
    except (OSError, UnicodeDecodeError):
        return False


def with_verb(args: "list[str]") -> "list[str]":
    """No verb means build: `build.py`, `build.py 2022-2` and `build.py --format pdf` all build."""
    if not args:
        return ["build"]
    if args[0] in ("-h", "--help", "--version"):
        return args
    is_edition = args[0][:4].isdigit() and args[0][4:5] == "-"
    return ["build", *args] if args[0].startswith("-") or is_edition else args


def hand_over(args: "list[str]") -> int:
    """Become the package's own command. -P keeps modules in the current directory out of its imports."""
    command = [PYTHON, "-P", "-m", "halfjaarbericht", *args]
    env = {key: value for key, value in os.environ.items() if key not in ("PYTHONHOME", "PYTHONPATH")}
    if not WINDOWS:
        os.execve(PYTHON, command, env)
    import subprocess

    return subprocess.call(command, env=env)


def leave_own_venv() -> None:
    """Started with the Python of `.venv` itself (an activated environment): that one cannot remake its own floor."""
    inside = os.path.realpath(sys.prefix) == os.path.realpath(os.path.join(ROOT, ".venv"))
    base = getattr(sys, "_base_executable", sys.executable)
    if inside and base != sys.executable:
        os.execv(base, [base, os.path.realpath(__file__), *sys.argv[1:]])


def write_stamp(lock: str) -> None:
    with open(stamp_path(lock) + ".nieuw", "w", encoding="utf-8") as file:
        file.write(expected_stamp(lock))
    os.replace(stamp_path(lock) + ".nieuw", stamp_path(lock))


def set_up(lock: str) -> None:
    """Make the environment good for `lock`. The stamp comes last, so an interrupted set-up starts over."""
    from pathlib import Path

    sys.path.insert(0, ROOT)
    from halfjaarbericht import bootstrap

    with bootstrap.only_one(Path(ROOT), say):
        if not is_ready(FOR_USE):
            bootstrap.see_to_system(say)
            bootstrap.make_venv(Path(ROOT), Path(PYTHON), say)
        elif is_ready(lock):
            return  # the run that held the lock before this one did the work
        bootstrap.install(Path(PYTHON), Path(ROOT, lock), say)
        for name in {FOR_USE, lock}:  # the test lock holds all of the other one
            write_stamp(name)
        say("De omgeving is klaar.")


def say(line: str) -> None:
    sys.stderr.write(line + "\n")
    sys.stderr.flush()


def main() -> int:
    args = with_verb(sys.argv[1:])
    lock = FOR_TESTS if args[0] == "test" else FOR_USE
    if not (is_ready(FOR_USE) and is_ready(lock)):
        leave_own_venv()
        try:
            set_up(lock)
        except KeyboardInterrupt:
            say("Afgebroken; de volgende keer begint het inrichten opnieuw.")
            return 130
        except OSError as error:
            say("De omgeving kon niet worden gemaakt: {}".format(error))
            return CANNOT_START
        except RuntimeError as error:  # bootstrap.SetupError: a message for a person
            say(str(error))
            return CANNOT_START
    return hand_over(args)


if __name__ == "__main__":
    sys.exit(main())
