"""What all tests share: the option that rewrites expected outcomes, and how properties are tried."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings

if TYPE_CHECKING:
    from playwright.sync_api import Browser

    from tests.editiehulp import Built
    from tests.meekijkbrowser import Preview

# No time limit per example and the same examples every run: a busy machine must not make a test fail.
settings.register_profile("halfjaarbericht", deadline=None, derandomize=True, database=None)
settings.load_profile("halfjaarbericht")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--update",
        action="store_true",
        help="write what comes out now as the expected outcome; review the difference before you keep it",
    )


def pytest_configure(config: pytest.Config) -> None:
    # Workers that rewrite the same file at once would undo each other's work.
    if config.getoption("--update") and "PYTEST_XDIST_WORKER" in os.environ:
        raise pytest.UsageError("--update does not go together with -n: rewrite in one process")


@pytest.fixture
def update(request: pytest.FixtureRequest) -> bool:
    """Whether expected outcomes are to be rewritten."""
    return bool(request.config.getoption("--update"))


@pytest.fixture(scope="session")
def real(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """Every real edition, built once for each process that asks for it."""
    from tests.editiehulp import CONTENT, build_folder, good_editions

    return build_folder(CONTENT, good_editions(), tmp_path_factory.mktemp("echt"))


@pytest.fixture(scope="session")
def example(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """The example edition that uses everything, built once with its bundle."""
    from tests.editiehulp import EXAMPLE, build_folder

    return build_folder(EXAMPLE, ("2030-1",), tmp_path_factory.mktemp("voorbeeld"), bundle=True)


@pytest.fixture(scope="session")
def web_pages(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, ...]:
    """Every HTML page of every edition and of the example, built once for each process that asks for it."""
    from tests.webhulp import build_pages

    return build_pages(tmp_path_factory.mktemp("web"))


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One Chromium for all tests of a process; skips, or fails in CI, where there is none."""
    from tests.webhulp import launched

    with launched() as found:
        yield found


@pytest.fixture(scope="session")
def running_preview(tmp_path_factory: pytest.TempPathFactory, browser: Browser) -> Iterator[Preview]:
    """One preview of a copy of the example edition for all browser tests of a process; they leave it as it was."""
    from tests.meekijkbrowser import copy_project, start

    root = tmp_path_factory.mktemp("meekijken")
    copy_project(root)
    preview = start(root)
    yield preview
    preview.stop()


@pytest.fixture
def preview(running_preview: Preview) -> Iterator[Preview]:
    """The running preview, put back as it was after the test."""
    yield running_preview
    running_preview.restore()
