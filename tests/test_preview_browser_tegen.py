"""Review mode in a browser: what changed since a git revision is marked, listed and walked with n and p."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.meekijkbrowser import BRIEF, KORT, SHORT, Preview, copy_project, start, tab
from tests.webhulp import axe, axe_script

pytestmark = pytest.mark.traag


def git(root: Path, *arguments: str) -> None:
    """Run git in `root`, with nothing of this machine's own settings."""
    settings = ("-c", "user.name=Tester", "-c", "user.email=tester@voorbeeld.nl", "-c", "init.defaultBranch=hoofd")
    subprocess.run(["git", *settings, *arguments], cwd=root, check=True, capture_output=True)


@pytest.fixture(scope="module")
def preview(tmp_path_factory: pytest.TempPathFactory, browser: Browser) -> Iterator[Preview]:
    root = tmp_path_factory.mktemp("tegen")
    copy_project(root)
    git(root, "init", "-q")
    git(root, "add", "content", "styles")
    git(root, "commit", "-q", "-m", "zoals het was")
    running = start(root, "--against", "HEAD")
    yield running
    running.stop()


def test_changes_are_marked_listed_and_walked(browser: Browser, preview: Preview) -> None:
    with tab(browser, preview) as look:
        look.page.add_init_script(axe_script())
        look.go()
        count = look.page.locator("#tel-wijzigingen")
        expect(count).to_have_text("0")
        preview.change(KORT, "Kort antwoord.", "Kort en krachtig antwoord.")
        preview.change(BRIEF, "Een regel met een harde", "Een nieuwe regel met een harde")
        expect(count).to_have_text("2")
        expect(look.frame.locator("ins.vb-nieuw")).to_have_text("en krachtig")
        expect(look.frame.locator("del.vb-oud")).to_contain_text("Kort antwoord.")
        # Not by colour alone (WCAG 2.2, 1.4.1).
        line = "(element) => getComputedStyle(element).textDecorationLine"
        assert look.frame.locator("ins.vb-nieuw").evaluate(line) == "underline"
        assert look.frame.locator("del.vb-oud").evaluate(line) == "line-through"

        look.page.locator("#knop-wijzigingen").click()
        listed = look.page.locator("#paneel .wijziging")
        expect(listed).to_have_count(2)
        assert axe(look.page)[0] == []
        look.page.keyboard.press("Escape")

        for key, stem in (("n", "brief"), ("n", SHORT), ("p", "brief")):
            look.page.keyboard.press(key)
            expect(look.page).to_have_url(re.compile(f"/{stem}$"))
            expect(look.frame.locator("del.vb-oud, ins.vb-nieuw").first).to_be_in_viewport()

        look.page.locator("#knop-wijzigingen").click()
        look.page.get_by_label("In de pagina markeren").uncheck()
        expect(look.frame.locator("del.vb-oud, ins.vb-nieuw")).to_have_count(0)
        assert look.equals_fresh_page()
