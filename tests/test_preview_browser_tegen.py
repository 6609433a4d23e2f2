"""Review mode in a browser: what changed since a git revision is marked, listed and walked with n and p."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.meekijkbrowser import BRIEF, EDITION, KORT, SHORT, Preview, copy_project, start, tab, until
from tests.webhulp import axe, axe_script

pytestmark = pytest.mark.traag
ZAKEN = "bijlage-2-zaken"


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


def test_every_change_in_the_list_leads_to_its_mark(browser: Browser, preview: Preview) -> None:
    preview.restore()
    with tab(browser, preview) as look:
        look.page.add_init_script(axe_script())
        look.go(ZAKEN)
        expect(look.page.locator("#tel-wijzigingen")).to_have_text("0")
        folder = f"content/{EDITION}"
        preview.change(f"{folder}/editie.yaml", 'kenmerk: "0071234"', 'kenmerk: "0071299"')
        preview.change(f"{folder}/bijlagen/zaken/deel/1a-motie.yaml", "status: afgedaan", "status: open")
        preview.change(f"{folder}/bijlagen/zaken/2-tekst.yaml", "bijschrift: Afspraken", "bijschrift: Alle afspraken")
        preview.change(f"{folder}/bijlagen/zaken/2-tekst.yaml", "titel: Onder de tekst", "titel: Onder deze tekst")
        preview.change(f"{folder}/data/eenheden.csv", "Zuid,6000,6100", "Zuid,6000,6150")
        until(
            lambda: _places(preview) >= {"Ons", "Stand", "kop", "bijschrift", "overzicht", "rij", "beschrijving"}, "all"
        )
        look.settle()
        expect(look.frame.locator("tbody td del.vb-oud").first).to_have_text("6.100")

        told = preview.state()["tegen"]["lijst"]
        assert all(item["anker"] for item in told)
        look.page.locator("#knop-wijzigingen").click()
        listed = look.page.locator("#paneel .wijziging button")
        expect(listed).to_have_count(len(told))
        for index, item in enumerate(told):
            if item["stem"] == ZAKEN or "gegevens" in item["waar"]:
                listed.nth(index).click()
                expect(look.page).to_have_url(re.compile(f"/{item['stem']}(#.*)?$"))
                expect(look.frame.locator(f"#{item['anker']}")).to_be_in_viewport()
        assert axe(look.page)[0] == []


def _places(preview: Preview) -> set[str]:
    """The words that say where changes are."""
    return {word for item in preview.state()["tegen"]["lijst"] for word in re.findall(r"\w+", item["waar"])}


def test_an_open_place_is_the_new_text_and_not_what_stood_there(browser: Browser, preview: Preview) -> None:
    with tab(browser, preview) as look:
        look.go()
        preview.change(KORT, "tekst: Kort", "tekst: Nog te schrijven, iets over 137 mensen. Kort")
        expect(look.frame.locator("ins.vb-nieuw", has_text="Nog te schrijven").first).to_be_visible()
        expect(look.frame.locator("p:has(> .vb-merk)")).to_contain_text("137 mensen")
        look.page.keyboard.press("o")
        expect(look.frame.locator("p", has_text="Nog te schrijven")).to_be_focused()
