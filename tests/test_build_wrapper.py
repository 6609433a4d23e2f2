"""build.py and the lock files: what must hold before the package itself can start."""

from __future__ import annotations

import ast
import importlib.util
import os
import re
import shutil
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path
from types import ModuleType

import pytest

from halfjaarbericht import bootstrap, native

ROOT = Path(__file__).parents[1]
LOCKS = ("requirements.lock", "requirements-test.lock")


def load_wrapper(root: Path) -> ModuleType:
    """The build.py of `root` as a module, so that it believes to live there."""
    spec = importlib.util.spec_from_file_location("wrapper_under_test", root / "build.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(autouse=True)
def own_import_path(monkeypatch: pytest.MonkeyPatch) -> None:
    """The wrapper puts its root first on the path; the process of a later test must not look there."""
    monkeypatch.setattr(sys, "path", list(sys.path))


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project with a space and an accent in its path, and a package that only tells how it was called."""
    root = tmp_path / "half jaar één"
    package = root / "halfjaarbericht"
    package.mkdir(parents=True)
    shutil.copy(ROOT / "build.py", root)
    for name in ("__init__", "bootstrap", "native"):
        shutil.copy(ROOT / "halfjaarbericht" / f"{name}.py", package)
    (package / "__main__.py").write_text("import sys\nprint(sys.argv[1:], sys.prefix)\nsys.exit(7)\n")
    for lock in LOCKS:
        (root / lock).write_text("")  # nothing to fetch: pip is satisfied at once
    return root


def run(root: Path, *args: str, cwd: Path | None = None) -> subprocess.CompletedProcess[str]:
    """build.py in a bare environment, as on a machine where nobody set anything."""
    env = {"PATH": "/usr/bin:/bin", "HOME": str(root), "PIP_CONFIG_FILE": os.devnull, "PIP_USER": "1"}
    command = [sys.executable, str(root / "build.py"), *args]
    return subprocess.run(command, cwd=cwd or root, env=env, capture_output=True, text=True, encoding="utf-8")


def test_first_run_sets_up_and_second_run_only_hands_over(project: Path, tmp_path: Path) -> None:
    first = run(project, "check", "2022-2", cwd=tmp_path)
    assert (first.returncode, first.stdout) == (7, f"['check', '2022-2'] {project / '.venv'}\n"), first.stderr
    assert first.stderr.splitlines()[-1] == "De omgeving is klaar."

    (project / "halfjaarbericht/bootstrap.py").write_text("raise AssertionError('set-up was started again')\n")
    second = run(project, "check", "2022-2", cwd=tmp_path)
    assert (second.returncode, second.stdout, second.stderr) == (7, first.stdout, "")


def ready(root: Path) -> ModuleType:
    """A wrapper whose environment counts as complete, without the work of making one."""
    wrapper = load_wrapper(root)
    Path(wrapper.PYTHON).parent.mkdir(parents=True)
    Path(wrapper.PYTHON).symlink_to(sys.executable)
    for lock in LOCKS:
        wrapper.write_stamp(lock)
        assert wrapper.is_ready(lock)
    return wrapper


def test_stamp_fails_when_the_lock_changes(project: Path) -> None:
    wrapper = ready(project)
    (project / "requirements.lock").write_text("a==1\n")
    assert not wrapper.is_ready("requirements.lock")
    assert wrapper.is_ready("requirements-test.lock")


def test_stamp_fails_when_the_interpreter_is_another_or_gone(
    project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    wrapper = ready(project)
    with monkeypatch.context() as other:
        other.setattr(sys, "version_info", (3, 99, 0))
        assert not wrapper.is_ready("requirements.lock")
    Path(wrapper.PYTHON).unlink()
    assert not wrapper.is_ready("requirements.lock")
    Path(wrapper.PYTHON).symlink_to(tmp_path / "gone")
    wrapper.write_stamp("requirements.lock")
    assert not wrapper.is_ready("requirements.lock")


def test_stamp_fails_when_missing_or_garbled(project: Path) -> None:
    wrapper = ready(project)
    stamp = Path(wrapper.stamp_path("requirements.lock"))
    stamp.write_bytes(b"\xff\xfe")
    assert not wrapper.is_ready("requirements.lock")
    stamp.unlink()
    assert not wrapper.is_ready("requirements.lock")


def test_stamp_fails_when_the_folder_moved(project: Path) -> None:
    ready(project)
    moved = project.rename(project.with_name("elders"))
    assert not load_wrapper(moved).is_ready("requirements.lock")


def test_failed_install_leaves_no_stamp(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    config = project / "pip.conf"
    config.write_text("[global]\nno-index = true\n")
    monkeypatch.setenv("PIP_CONFIG_FILE", str(config))
    monkeypatch.setattr(bootstrap, "make_venv", lambda root, python, say: (root / ".venv").mkdir())
    (project / "requirements.lock").write_text("bestaat-niet==1 --hash=sha256:" + "0" * 64 + "\n")
    wrapper = load_wrapper(project)
    wrapper.PYTHON = sys.executable  # a pip that works, and has nowhere to find that package
    with pytest.raises(bootstrap.SetupError, match=r"(?s)konden niet worden geïnstalleerd.*bestaat-niet"):
        wrapper.set_up("requirements.lock")
    assert not wrapper.is_ready("requirements.lock")


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("", "build"),
        ("2022-2", "build 2022-2"),
        ("--format pdf", "build --format pdf"),
        ("check 2022-2", "check 2022-2"),
        ("buidl", "buidl"),
        ("--help", "--help"),
        ("--version", "--version"),
    ],
)
def test_no_verb_means_build(typed: str, meant: str) -> None:
    assert load_wrapper(ROOT).with_verb(typed.split()) == meant.split()


def test_wrapper_can_be_read_by_old_python() -> None:
    source = (ROOT / "build.py").read_text(encoding="utf-8")
    ast.parse(source, feature_version=(3, 6))


def test_old_python_gets_a_sentence(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(sys, "version_info", (3, 8, 10))
    monkeypatch.setattr(sys, "version", "3.8.10 (default)")
    with pytest.raises(SystemExit) as stop:
        load_wrapper(ROOT)
    assert stop.value.code == 2
    assert capsys.readouterr().err.startswith("Python 3.11 of nieuwer is nodig; dit is 3.8.10")


def stop_text(monkeypatch: pytest.MonkeyPatch, programs: tuple[str, ...], lacks: str) -> str:
    """What a user without rights is told when `lacks` cannot be loaded and only `programs` exist."""
    gone = [library for library in native.LIBRARIES if library.linux.startswith(lacks)]
    monkeypatch.setattr(native, "missing", lambda: gone)
    monkeypatch.setattr(native, "is_root", lambda: False)
    monkeypatch.setattr(shutil, "which", lambda name: name if name in programs else None)
    with pytest.raises(bootstrap.SetupError) as stop:
        bootstrap.see_to_system(print)
    return str(stop.value)


@pytest.mark.parametrize(
    ("program", "command"),
    [
        ("apt-get", "    sudo apt-get install -y libpango-1.0-0 libpangoft2-1.0-0"),
        ("dnf", "    sudo dnf install -y pango harfbuzz"),
        ("brew", "    brew install pango"),
    ],
)
def test_missing_libraries_stop_with_the_command(monkeypatch: pytest.MonkeyPatch, program: str, command: str) -> None:
    text = stop_text(monkeypatch, (program,), "libpango")
    assert text.startswith("Op dit systeem ontbreekt: libpango-1.0-0, libpangoft2-1.0-0.")
    assert command in text.splitlines()


def test_the_command_brings_the_optional_library_too(monkeypatch: pytest.MonkeyPatch) -> None:
    text = stop_text(monkeypatch, ("apt-get",), "lib")
    assert "ontbreekt: libpango-1.0-0, libpangoft2-1.0-0." in text
    assert text.endswith("sudo apt-get install -y libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0")


def test_missing_libraries_elsewhere_point_at_the_manual(monkeypatch: pytest.MonkeyPatch) -> None:
    assert "Zie de installatiepagina van WeasyPrint" in stop_text(monkeypatch, (), "libfontconfig")


def test_missing_venv_module_names_its_package(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None if name == "ensurepip" else object())
    package = f"python{sys.version_info[0]}.{sys.version_info[1]}-venv"
    assert f"sudo apt-get install -y {package}" in stop_text(monkeypatch, ("apt-get",), "niets")


def test_optional_library_is_only_a_hint(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(native, "missing", lambda: [lib for lib in native.LIBRARIES if lib.optional])
    monkeypatch.setattr(bootstrap, "may_use_apt", lambda: False)
    bootstrap.see_to_system(print)
    assert "libharfbuzz-subset0" in capsys.readouterr().out


def test_apt_renews_its_lists_only_when_needed(monkeypatch: pytest.MonkeyPatch) -> None:
    calls: list[str] = []
    answers = {"update": 0, "install": 100}

    def apt(arguments: list[str]) -> tuple[int, str]:
        calls.append(arguments[0])
        return answers[arguments[0]], "E: Unable to locate package"

    monkeypatch.setattr(bootstrap, "_apt", apt)
    assert "Unable to locate" in bootstrap.apt_install(["libpango-1.0-0"], lambda line: None)
    assert calls == ["install", "update", "install"]
    calls.clear()
    answers["install"] = 0
    assert bootstrap.apt_install(["libpango-1.0-0"], lambda line: None) == ""
    assert calls == ["install"]


def pins(lock: str) -> dict[str, str]:
    text = (ROOT / lock).read_text(encoding="utf-8")
    return dict(re.findall(r"^([a-z0-9-]+)==(\S+)", text, re.M))


def test_test_lock_holds_all_of_the_other() -> None:
    assert pins(LOCKS[0]).items() <= pins(LOCKS[1]).items()


def test_locks_name_no_host_and_hash_every_pin() -> None:
    for lock in LOCKS:
        lines = (ROOT / lock).read_text(encoding="utf-8").splitlines()
        assert not [line for line in lines if "/" in line or line.startswith(("-", "#"))]
        for line, following in zip(lines, [*lines[1:], ""], strict=True):
            if not line.startswith(" "):
                assert re.match(r" +--hash=sha256:[0-9a-f]{64}( \\)?$", following), line


def test_locks_follow_pyproject() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    wanted = {LOCKS[0]: project["dependencies"], LOCKS[1]: project["optional-dependencies"]["test"]}
    for lock, requirements in wanted.items():
        found = pins(lock)
        for requirement in requirements:
            name, operator, version = re.split(r"(==|>=)", requirement.lower())
            assert found[name] == version if operator == "==" else name in found, requirement


def test_wheel_carries_templates_styles_and_command(tmp_path: Path) -> None:
    command = [sys.executable, "-P", "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path)]
    built = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    assert built.returncode == 0, built.stderr
    (wheel,) = tmp_path.glob("halfjaarbericht-*.whl")
    with zipfile.ZipFile(wheel) as archive:
        names = archive.namelist()
        entry = next(name for name in names if name.endswith("entry_points.txt"))
        assert b"halfjaarbericht = halfjaarbericht.cli:main" in archive.read(entry)
    for folder in ("templates", "styles"):
        ours = {path.relative_to(ROOT).as_posix() for path in (ROOT / folder).rglob("*") if path.is_file()}
        assert {f"halfjaarbericht/{name}" for name in ours} <= set(names)
    assert "halfjaarbericht/waardelijsten/tooi.json" in names
    shell = {path.name for path in (ROOT / "halfjaarbericht/preview/static").iterdir()}
    assert {"schil.html", "schil.js", "schil.css", "pagina.js", "pagina.css"} <= shell
    assert {f"halfjaarbericht/preview/static/{name}" for name in shell} <= set(names)
    assert not [name for name in names if name.startswith(("content/", "tests/", "build.py"))]
