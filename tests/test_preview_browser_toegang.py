"""The preview for everybody: axe-core, small screens, the keyboard alone, forced colours, keys of one letter."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.meekijkbrowser import BRIEF, EDITION, KORT, Preview, Tab, tab, until
from tests.webhulp import NARROW, WIDE, axe, axe_script, html_validate, nu_checker, told

pytestmark = pytest.mark.traag

SHELL = Path(__file__).parent.parent / "halfjaarbericht" / "preview" / "static" / "schil.html"
BROKEN = ("tekst: Kort antwoord.", "tekts: Kort antwoord.")
WARNED = ("Kort antwoord.", "Kort antwoord aan 137 mensen. Nog te schrijven, de rest.")


# --- what the checkers say --------------------------------------------------------------------------------------

_TOO_WIDE = "() => document.documentElement.scrollWidth > document.documentElement.clientWidth"


def assert_good(look: Tab, where: str) -> None:
    """axe-core finds nothing in the shell and in the page in its frame, and nothing sticks out sideways."""
    wrong, _ = axe(look.page)
    assert not wrong, f"{where}: {told(wrong)}"
    assert not look.page.evaluate(_TOO_WIDE), where
    if look.page.locator("#pagina").is_visible():
        assert not look.ask(_TOO_WIDE), where


@pytest.mark.parametrize(("width", "scheme"), [(WIDE, "light"), (NARROW, "dark")])
def test_axe_and_width_in_every_state(browser: Browser, preview: Preview, width: int, scheme: str) -> None:
    with tab(browser, preview, width, color_scheme=scheme, reduced_motion="reduce") as look:
        look.page.add_init_script(axe_script())
        assert_good(look.go(), "at rest")

        look.page.locator("#knop-bron").click()
        look.frame.get_by_text("Kort antwoord.").hover()
        expect(look.frame.locator(".vb-plek")).to_be_visible()
        assert_good(look, "with the source shown")
        look.page.locator("#knop-bron").click()

        preview.change(KORT, *WARNED)
        look.frame.locator(".vb-merk").click()
        expect(look.frame.locator(".vb-bericht")).to_be_visible()
        assert_good(look, "with a warning open in the page")
        look.page.keyboard.press("Escape")
        look.page.locator("#knop-plekken").click()
        expect(look.page.locator("#paneel .plekken")).to_be_visible()
        assert_good(look, "with the open places listed")
        look.page.locator("#paneel-dicht").click()
        preview.restore()

        preview.change(KORT, *BROKEN)
        expect(look.page.locator("#paneel .probleem.fout").first).to_be_visible()
        assert_good(look, "with the panel of problems open")
        preview.restore()
        look.page.locator("#knop-problemen").click()
        look.page.locator("#paneel summary").click()
        assert_good(look, "with what is on record unfolded")
        look.page.locator("#paneel-dicht").click()

        look.page.locator("#knop-hulp").click()
        assert_good(look, "with the help open")
        look.page.keyboard.press("Escape")

        look.page.locator("#stuk").select_option("cijfers")
        expect(look.frame.locator("h1")).to_contain_text("herkomst")
        look.settle()
        assert_good(look, "with the register of numbers")


def test_the_shell_is_valid_html() -> None:
    # A hash for what the same server gives would only have to be kept up.
    findings = [f for f in (*html_validate([SHELL]), *nu_checker([SHELL])) if f.rule != "require-sri"]
    assert not findings, told(findings)


def test_low_windows_leave_a_whole_view_for_the_page(browser: Browser, preview: Preview) -> None:
    """1280 by 1024 pixels at 400 per cent (WCAG 2.2, 1.4.10)."""
    with tab(browser, preview, NARROW, 256) as look:
        look.go()
        frame = look.page.locator("#pagina").bounding_box()
        assert frame and frame["height"] >= 256


def test_toggles_differ_in_forced_colours(browser: Browser, preview: Preview) -> None:
    with tab(browser, preview, forced_colors="active") as look:
        look.go()
        colour = "(button) => getComputedStyle(button).backgroundColor"
        button = look.page.locator("#knop-bron")
        off = button.evaluate(colour)
        button.click()
        assert button.evaluate(colour) != off


def test_everything_that_can_be_pressed_is_large_enough(browser: Browser, preview: Preview) -> None:
    """24 CSS pixels in both directions (WCAG 2.2, 2.5.8)."""
    with tab(browser, preview) as look:
        look.go()
        preview.change(KORT, *BROKEN)
        expect(look.page.locator("#paneel .probleem.fout").first).to_be_visible()
        for control in look.page.locator("button:visible, select:visible, a:visible, summary:visible").all():
            box = control.bounding_box()
            assert box and min(box["width"], box["height"]) >= 24, control.evaluate("(element) => element.outerHTML")


# --- the keyboard -----------------------------------------------------------------------------------------------


def test_the_keyboard_reaches_the_toolbar_the_page_and_what_is_behind_it(browser: Browser, preview: Preview) -> None:
    with tab(browser, preview) as look:
        look.go()
        seen = []
        for _ in range(6):
            look.page.keyboard.press("Tab")
            seen.append(look.focused())
            outline = look.page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
            assert outline == "solid" or seen[-1] == "pagina", seen
        assert seen == ["editie", "stuk", "knop-problemen", "knop-bron", "knop-pdf", "knop-hulp"]
        look.page.keyboard.press("Tab")
        assert look.focused() == "pagina"
        expect(look.frame.locator(".sprong")).to_be_focused()
        look.page.keyboard.press("Shift+Tab")
        assert look.focused() == "knop-hulp"  # no trap


def test_the_panel_by_keyboard(browser: Browser, preview: Preview) -> None:
    with tab(browser, preview) as look:
        look.go()
        look.page.keyboard.press("f")
        assert look.focused() == "paneelkop"
        expect(look.page.locator("#knop-problemen")).to_have_attribute("aria-expanded", "true")
        look.page.keyboard.press("Escape")
        assert look.focused() == "knop-problemen"
        expect(look.page.locator("#paneel")).to_be_hidden()


def test_a_problem_leads_to_its_place_in_the_page(browser: Browser, preview: Preview) -> None:
    with tab(browser, preview) as look:
        look.go("brief")
        preview.change(KORT, *WARNED)
        look.page.keyboard.press("f")
        look.page.get_by_role("button", name="Toon in de pagina").first.press("Enter")
        expect(look.page).to_have_url(re.compile(r"/bijlage-3a-kort$"))
        expect(look.frame.locator("p", has_text="137 mensen")).to_be_focused()


def test_the_focus_in_the_panel_survives_other_problems(browser: Browser, preview: Preview) -> None:
    with tab(browser, preview) as look:
        look.go()
        preview.change(KORT, *BROKEN)
        link = look.page.locator("#paneel a.plek").first
        link.focus()
        preview.change(KORT, "id: kort\n", "id: kort\nonzin: 1\n")
        expect(look.page.locator("#paneel .probleem.fout")).to_have_count(2)
        expect(link).to_be_focused()


def test_help_takes_the_focus_and_gives_it_back(browser: Browser, preview: Preview) -> None:
    with tab(browser, preview) as look:
        look.go()
        look.page.locator("#knop-hulp").focus()
        look.page.keyboard.press("?")
        assert look.focused() == "hulpkop"
        look.page.keyboard.press("Escape")
        assert look.focused() == "knop-hulp"


def test_keys_do_nothing_in_a_list_of_choices_or_with_a_modifier(browser: Browser, preview: Preview) -> None:
    with tab(browser, preview) as look:
        look.go()
        look.page.locator("#stuk").focus()
        look.page.keyboard.press("f")
        look.page.locator("#knop-hulp").focus()
        for chord in ("Control+b", "Alt+b"):
            look.page.keyboard.press(chord)
        expect(look.page.locator("#paneel")).to_be_hidden()
        expect(look.page.locator("#knop-bron")).to_have_attribute("aria-pressed", "false")


def test_keys_of_one_letter_can_be_switched_off_for_good(browser: Browser, preview: Preview) -> None:
    """WCAG 2.2, 2.1.4."""
    with tab(browser, preview) as look:
        look.go()
        look.page.locator("#knop-hulp").click()
        look.page.get_by_label("Sneltoetsen van één letter gebruiken").uncheck()
        look.page.keyboard.press("Escape")
        look.go()
        for where in (look.page.locator("#knop-hulp"), look.page.locator("#pagina")):
            where.focus()
            look.page.keyboard.press("b")
            expect(look.page.locator("#knop-bron")).to_have_attribute("aria-pressed", "false")
        look.page.locator("#knop-bron").click()
        look.page.keyboard.press("Escape")  # no letter: this one stays
        expect(look.page.locator("#knop-bron")).to_have_attribute("aria-pressed", "false")


# --- the PDF beside the page ------------------------------------------------------------------------------------


def pdf_address(look: Tab) -> str:
    """The address of the PDF that is shown, "" while there is none."""
    script = "document.querySelector('#pdfvak iframe:not(.komt)')?.getAttribute('src') ?? ''"
    return str(look.page.evaluate(script))


def test_the_pdf_beside_the_page_follows_and_says_of_which_version_it_is(browser: Browser, preview: Preview) -> None:
    with tab(browser, preview) as look:
        look.page.add_init_script(axe_script())
        look.go("bijlage-2-zaken")
        look.ask("document.querySelectorAll('main h3')[3].scrollIntoView({ behavior: 'instant' })")
        part = look.ask("voorbeeld.idsInView()[0]")
        assert part
        # The lines break elsewhere when the page gets half of the window; what one was reading stays.
        top = "() => document.getElementById(voorbeeld.idsInView()[0]).getBoundingClientRect().top"
        before = look.ask(top)
        look.ask("new Promise((done) => setTimeout(done, 300))")
        look.page.locator("#knop-pdf").click()
        line = look.page.locator("#pdfstand")
        expect(line).to_have_text(re.compile(r"^PDF is bijgewerkt: \d+ bladzijden?$"))
        until(lambda: pdf_address(look), "the PDF")
        assert look.ask("voorbeeld.idsInView()[0]") == part
        assert abs(look.ask(top) - before) < 1
        pages = look.page.evaluate(f"fetch('/pdf/{EDITION}/bijlage-2-zaken.paginas.json').then((a) => a.json())")
        assert f"#page={pages['paginas'][part]}&" in pdf_address(look)
        assert axe(look.page)[0] == []

        first = pdf_address(look)
        preview.change(f"content/{EDITION}/bijlagen/zaken/0-inleiding.yaml", "tekst: ", "tekst: Nieuw. ")
        until(lambda: pdf_address(look) not in ("", first), "the next PDF")
        expect(line).to_have_text(re.compile(r"^PDF is bijgewerkt"))

        preview.change(KORT, *BROKEN)
        expect(look.page.locator("#paneel .probleem.fout").first).to_be_visible()
        preview.restore()
        look.settle()  # a page that is left while it is fetched complains
        look.page.locator("#stuk").select_option("cijfers")
        expect(line).to_have_text("Van dit overzicht wordt geen PDF gemaakt.")
        look.page.keyboard.press("d")
        expect(look.page.locator("#pdf")).to_be_hidden()


def test_the_pdf_opens_at_what_was_in_view_also_where_print_has_no_such_place(
    browser: Browser, preview: Preview
) -> None:
    """The call of a note has an id on screen and none in print; then what comes before it tells the page."""
    with tab(browser, preview) as look:
        look.go("bijlage-2-zaken")
        look.page.keyboard.press("d")
        line = look.page.locator("#pdfstand")
        expect(line).to_have_text(re.compile(r"^PDF is bijgewerkt"))
        pages = look.page.evaluate(f"fetch('/pdf/{EDITION}/bijlage-2-zaken.paginas.json').then((a) => a.json())")
        look.page.keyboard.press("d")
        calls = look.frame.locator("main [id^=aanroep_]")
        calls.last.evaluate("(call) => call.scrollIntoView({ block: 'start', behavior: 'instant' })")
        ids = look.ask("voorbeeld.idsInView()")
        known = [pages["paginas"][one] for one in ids if one in pages["paginas"]]
        assert ids[0] not in pages["paginas"]
        assert known[0] > 1
        # At once: while the page is getting narrower, something else is in view.
        look.page.keyboard.press("d")
        until(lambda: pdf_address(look), "the PDF")
        assert f"#page={known[0]}&" in pdf_address(look)


def test_a_viewer_that_never_says_it_is_there_shows_the_new_pdf_all_the_same(
    browser: Browser, preview: Preview
) -> None:
    """WebKitGTK sends no `load` for a PDF in a frame."""
    deaf = """
      const add = HTMLIFrameElement.prototype.addEventListener;
      HTMLIFrameElement.prototype.addEventListener = function (kind, ...rest) {
        if (kind !== 'load') add.call(this, kind, ...rest);
      };
    """
    with tab(browser, preview) as look:
        look.page.add_init_script(deaf)
        look.go("brief")
        look.page.locator("#knop-pdf").click()
        until(lambda: pdf_address(look), "the PDF")
        first = pdf_address(look)
        preview.change(BRIEF, "Een regel met een harde", "Een nieuwe regel met een harde")
        until(lambda: pdf_address(look) not in ("", first), "the next PDF")
        until(lambda: look.page.locator("#pdfvak iframe").count() == 1, "the older PDF to go")


def test_a_link_to_the_pdf_of_somebody_else_gets_a_tab_of_its_own(browser: Browser, preview: Preview) -> None:
    with tab(browser, preview) as look:
        look.go("index")
        link = look.frame.locator("a[href$='.pdf']").first
        address = str(link.evaluate("(link) => link.href"))
        with look.page.expect_popup() as popup:
            link.click()
        popup.value.close()
        expect(look.page).to_have_url(re.compile("/index$"))
        expect(look.page.locator("#pdf")).to_be_hidden()
        assert look.page.request.get(address).headers["content-type"] == "application/pdf"


def test_on_a_small_screen_the_pdf_takes_the_place_of_the_page(browser: Browser, preview: Preview) -> None:
    with tab(browser, preview, NARROW, 640) as look:
        look.page.add_init_script(axe_script())
        look.go("brief")
        look.ask("scrollTo({ top: 300, behavior: 'instant' })")
        look.page.locator("#knop-pdf").click()
        expect(look.page.locator("#pdfstand")).to_have_text(re.compile("^PDF is bijgewerkt"))
        expect(look.page.locator("#pagina")).to_be_hidden()
        assert_good(look, "with the PDF")
        look.page.locator("#knop-pdf").click()
        expect(look.page.locator("#pagina")).to_be_visible()
        assert look.ask("scrollY") == 300


def test_without_a_viewer_there_is_a_link(browser: Browser, preview: Preview) -> None:
    with tab(browser, preview) as look:
        look.page.add_init_script("Object.defineProperty(Navigator.prototype, 'pdfViewerEnabled', { value: false })")
        look.go("brief")
        look.page.locator("#knop-pdf").click()
        expect(look.page.locator("#pdfvak .leeg")).to_be_visible()
        expect(look.page.locator("#pdf-los")).to_have_attribute("href", re.compile(r"/pdf/.*\.pdf\?versie=\d+"))
