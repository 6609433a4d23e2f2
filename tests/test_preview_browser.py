"""The preview as somebody who writes sees it, in a real browser: saving, mistakes, and the way back to the source."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect

from tests.meekijkbrowser import BRIEF, EDITION, KORT, SHORT, Preview, Tab, tab, until

pytestmark = pytest.mark.traag


@pytest.fixture
def look(browser: Browser, preview: Preview) -> Iterator[Tab]:
    with tab(browser, preview) as found:
        yield found.go()


# --- saving -----------------------------------------------------------------------------------------------------

# The reader is halfway: a table is folded out, a link has the focus, a few words are selected.
READING = """() => {
  const details = document.querySelectorAll('details.gegevens')[1];
  details.open = true;
  details.scrollIntoView({ block: 'start', behavior: 'instant' });
  details.querySelector('a').focus({ preventScroll: true });
  const text = details.querySelector('caption .bijschrift').firstChild;
  getSelection().setBaseAndExtent(text, 2, text, 9);
  window.reading = { details, link: document.activeElement, top: details.getBoundingClientRect().top };
  return scrollY;
}"""
STILL = """() => ({
  open: reading.details.isConnected && reading.details.open,
  focus: document.activeElement === reading.link,
  selected: String(getSelection()),
  moved: Math.abs(reading.details.getBoundingClientRect().top - reading.top),
})"""


def test_saving_shows_the_new_text_and_leaves_the_reader_in_peace(look: Tab) -> None:
    assert look.ask(READING) > 500
    selected = look.ask(STILL)["selected"]
    assert len(selected) == 7
    added = "Deze zin is erbij gekomen. " * 60
    look.preview.change(KORT, "tekst: Kort antwoord.", f"tekst: Kort antwoord. {added}")
    expect(look.frame.get_by_text("Deze zin is erbij gekomen.")).to_have_count(1)
    look.settle()
    still = look.ask(STILL)
    assert still.pop("moved") < 1
    assert still == {"open": True, "focus": True, "selected": selected}
    assert look.equals_fresh_page()
    expect(look.page.locator("#melding")).to_have_text("Bijgewerkt: 1 blok gewijzigd.")


def test_the_way_to_a_change_out_of_view(look: Tab) -> None:
    look.ask("scrollTo({ top: document.body.scrollHeight, behavior: 'instant' })")
    way = look.page.locator("#knop-wijziging")
    expect(way).to_be_hidden()
    look.preview.change(KORT, "Kort antwoord.", "Kort en nieuw antwoord.")
    expect(way).to_be_visible()
    way.click()
    expect(look.frame.get_by_text("Kort en nieuw antwoord.")).to_be_in_viewport()
    expect(way).to_be_hidden()


def test_a_button_more_in_the_toolbar_does_not_move_the_text(look: Tab) -> None:
    """The toolbar may get a line more."""
    look.page.set_viewport_size({"width": 1100, "height": 700})
    look.ask("scrollTo({ top: 1500, behavior: 'instant' })")
    where = "document.getElementById('pagina').getBoundingClientRect().top"
    height, scrolled = look.page.evaluate(where), look.ask("scrollY")
    look.preview.change(KORT, "Kort antwoord.", "Nog te schrijven, het antwoord.")
    expect(look.page.locator("#knop-wijziging")).to_be_visible()
    expect(look.page.locator("#knop-plekken")).to_be_visible()
    lower = look.page.evaluate(where) - height
    assert lower > 20
    assert abs(look.ask("scrollY") - scrolled - lower) < 1


def test_only_what_changed_is_replaced(look: Tab) -> None:
    look.ask("() => { window.before = [...document.querySelectorAll('main *')] }")
    look.preview.change(BRIEF, "id: brief\n", "# een regel erbij, zodat alle plaatsen eronder opschuiven\nid: brief\n")
    look.preview.change(KORT, "titel: Grafieken", "titel: Grafieken en meer")
    expect(look.frame.locator("h2", has_text="Grafieken en meer")).to_have_count(1)
    assert look.ask("before.every((element) => element.isConnected)")
    assert look.equals_fresh_page()


def test_another_title_is_swapped_and_told_to_machines(look: Tab) -> None:
    """What the page tells of itself to machines stands in a script element, but starts nothing."""
    told = "JSON.stringify(JSON.parse(document.querySelector('script[type=\"application/ld+json\"]').textContent))"
    assert "Heel andere titel" not in look.ask(told)
    look.ask("() => { window.same = true }")
    look.preview.change(KORT, "Korte bijlage over de", "Heel andere titel van de")
    expect(look.frame.locator("h1")).to_have_text("Heel andere titel van de rest")
    look.settle()
    assert look.ask("window.same")
    assert "Heel andere titel" in look.ask(told)
    look.preview.restore()
    expect(look.frame.locator("h1")).to_have_text("Korte bijlage over de rest")


def test_a_burst_of_saves_ends_in_the_last_with_one_request_at_a_time(look: Tab) -> None:
    under_way: set[object] = set()
    most = 0

    def begins(request: object) -> None:
        nonlocal most
        under_way.add(request)
        most = max(most, len(under_way))

    look.page.on("request", lambda request: begins(request) if "/pagina/" in request.url else None)
    look.page.on("requestfinished", lambda request: under_way.discard(request))
    look.page.on("requestfailed", lambda request: under_way.discard(request))
    last = "Kort antwoord."
    for number in range(30):
        last, old = f"Antwoord nummer {number}.", last
        look.preview.change(KORT, old, last)
    expect(look.frame.get_by_text(last)).to_have_count(1)
    look.settle()
    assert look.equals_fresh_page()
    assert most == 1


def test_a_style_is_replaced_in_the_page(look: Tab) -> None:
    look.ask(READING)
    assert look.ask("getComputedStyle(document.querySelector('h2')).color") == "rgb(21, 66, 115)"
    look.preview.change("styles/tokens.css", "--lintblauw: #154273;", "--lintblauw: #731542;")
    until(lambda: look.ask("getComputedStyle(document.querySelector('h2')).color") == "rgb(115, 21, 66)", "the style")
    assert look.ask("reading.details.open && document.activeElement === reading.link")
    look.preview.restore()
    until(lambda: look.ask("getComputedStyle(document.querySelector('h2')).color") == "rgb(21, 66, 115)", "the old one")


def test_changed_blocks_light_up_unless_one_wants_no_motion(browser: Browser, preview: Preview) -> None:
    lit = "() => document.getAnimations().map((one) => one.effect.target.textContent)"
    with tab(browser, preview) as moving, tab(browser, preview, reduced_motion="reduce") as still:
        for one in (moving, still):
            one.go()
            # An animation that has ended is no longer told; so each is held at its start.
            one.ask(
                "() => { const run = Element.prototype.animate; window.lit = 0;"
                "Element.prototype.animate = function (...a) { window.lit += 1; return run.apply(this, a); } }"
            )
        preview.change(KORT, "Kort antwoord.", "Ander antwoord.")
        for one in (moving, still):
            expect(one.frame.get_by_text("Ander antwoord.")).to_have_count(1)
            one.settle()
        assert (moving.ask("lit"), still.ask("lit")) == (1, 0)
        assert still.ask(lit) == []


def test_a_page_opened_by_itself_follows_too(browser: Browser, preview: Preview) -> None:
    with tab(browser, preview) as found:
        found.page.goto(f"{preview.address}pagina/{EDITION}/{SHORT}.html")
        preview.change(KORT, "Kort antwoord.", "Ander antwoord.")
        expect(found.page.get_by_text("Ander antwoord.")).to_have_count(1)


# Keeps the connections of the shell, and can make it believe that nobody looks.
WATCHING = """
  window.streams = [];
  window.EventSource = class extends EventSource { constructor(...a) { super(...a); streams.push(this); } };
  window.hide = (hidden) => {
    Object.defineProperty(document, 'hidden', { value: hidden, configurable: true });
    document.dispatchEvent(new Event('visibilitychange'));
  };
"""
OPEN = "streams.filter((stream) => stream.readyState !== EventSource.CLOSED).length"


def test_a_tab_that_nobody_sees_lets_its_connection_go_and_still_keeps_count(
    browser: Browser, preview: Preview
) -> None:
    """A browser opens six connections to a server at most: forgotten tabs must not use them up."""
    with tab(browser, preview) as look:
        look.page.add_init_script(WATCHING)
        look.go()
        assert look.page.evaluate(OPEN) == 1
        assert look.ask(OPEN) == 0  # the page in the frame needs none of its own
        look.page.evaluate("hide(true)")
        preview.change(KORT, "tekst: Kort antwoord.", "tekts: Kort antwoord.")
        expect(look.page).to_have_title(re.compile(r"^\(\d+\) "))
        assert look.page.evaluate(OPEN) == 0
        look.page.evaluate("hide(false)")
        assert look.page.evaluate(OPEN) == 1
        preview.restore()
        expect(look.page).to_have_title(re.compile(r"^Bijlage"))


# --- mistakes ---------------------------------------------------------------------------------------------------


def test_a_mistake_leaves_the_last_good_page_and_goes_when_mended(look: Tab) -> None:
    page = look.page
    name = page.title()
    assert name.endswith("– meekijken") and not name.startswith("(")
    look.ask("scrollTo({ top: 400, behavior: 'instant' })")
    look.preview.change(KORT, "tekst: Kort antwoord.", "tekts: Kort antwoord.")
    panel = page.locator("#paneel")
    expect(panel).to_be_visible()
    expect(panel.locator(".bericht").first).to_contain_text("onbekend veld 'tekts'")
    expect(panel.locator(".hint").first).to_have_text("bedoelde u 'tekst'?")
    expect(panel.locator("pre").first).to_contain_text("tekts: Kort antwoord.")
    expect(panel.locator("pre").first).to_contain_text("^^^^^")
    link = panel.locator("a.plek").first
    expect(link).to_have_attribute("href", re.compile(r"^vscode://file/.*kort\.yaml:\d+:\d+$"))
    expect(page.locator("#standtekst")).to_contain_text("laatste goede versie")
    expect(look.frame.get_by_text("Kort antwoord.")).to_have_count(1)
    number = len(look.preview.pressing())
    expect(page).to_have_title(f"({number}) {name}")
    expect(page.locator("#tel-problemen")).to_have_text(str(number))
    expect(page.locator("#melding")).to_contain_text("De laatste goede versie blijft staan.")
    expect(page.locator("#icoon")).to_have_attribute("href", "/statisch/icoon-fout.svg")

    look.preview.restore()
    expect(panel).to_be_hidden()
    expect(page).to_have_title(name)
    expect(page.locator("#standtekst")).to_contain_text("bijgewerkt")
    expect(page.locator("#icoon")).to_have_attribute("href", "/statisch/icoon.svg")
    assert look.ask("scrollY") == 400  # what the panel moved aside came back
    assert look.equals_fresh_page()


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        (KORT, "secties:", "secties: ["),
        (f"content/{EDITION}/data/eenheden.csv", "Noord", "Noord;1;2;3;4;5;6;7"),
    ],
    ids=["yaml", "csv"],
)
def test_each_kind_of_broken_file_is_told_beside_the_page(look: Tab, file: str, old: str, new: str) -> None:
    look.preview.change(file, old, new)
    expect(look.page.locator("#paneel .probleem.fout").first).to_be_visible()
    expect(look.frame.locator("h1")).to_have_text("Korte bijlage over de rest")
    look.preview.restore()
    expect(look.page.locator("#paneel")).to_be_hidden()


def test_a_mistake_leads_to_its_place_in_the_last_good_page(look: Tab) -> None:
    look.preview.change(KORT, "    titel: Grafieken", "    titel: Grafieken\n    titul: Grafieken")
    problem = look.page.locator("#paneel .probleem.fout", has_text="titul")
    problem.get_by_role("button", name="Toon in de pagina").click()
    expect(look.frame.locator("h2", has_text="Grafieken")).to_be_focused()
    expect(look.frame.locator("h2", has_text="Grafieken")).to_be_in_viewport()


def test_many_problems_leave_room_for_the_page_and_can_all_be_reached(look: Tab) -> None:
    wrong = "".join(f"onzin{number}: waarde\n" for number in range(60))
    look.preview.change(KORT, "id: kort\n", f"{wrong}id: kort\n")
    items = look.page.locator("#paneel .probleem.fout")
    expect(items).to_have_count(60)
    frame = look.page.locator("#pagina").bounding_box()
    assert frame and frame["height"] > 400
    look.page.locator("#paneellijst").focus()
    look.page.keyboard.press("End")
    expect(items.last).to_be_in_viewport()


def test_a_panel_that_somebody_opened_stays_open(look: Tab) -> None:
    look.page.locator("#knop-problemen").click()
    look.preview.change(KORT, "tekst: Kort antwoord.", "tekts: Kort antwoord.")
    expect(look.page.locator("#paneel .probleem.fout").first).to_be_visible()
    look.preview.restore()
    expect(look.page.locator("#paneel .leeg")).to_have_text("Er zijn geen fouten of waarschuwingen.")


def test_a_warning_stands_at_its_place(look: Tab) -> None:
    look.preview.change(KORT, "Kort antwoord.", "Kort antwoord aan 137 mensen.")
    mark = look.frame.get_by_role("button", name=re.compile("^Waarschuwing: .*137"))
    expect(mark).to_have_count(1)
    paragraph = look.frame.locator("p", has_text="Kort antwoord aan 137 mensen.")
    assert paragraph.locator("button.vb-merk").count() == 1
    assert paragraph.inner_text().startswith("Kort antwoord")  # the mark adds no words
    expect(look.page).to_have_title(re.compile(r"^\(1\) "))
    mark.focus()
    look.page.keyboard.press("Enter")
    message = look.frame.locator(".vb-bericht:popover-open")
    expect(message).to_contain_text("137")
    expect(message.locator("a")).to_have_attribute("href", re.compile(r"kort\.yaml:\d+:\d+$"))
    look.page.keyboard.press("Escape")
    expect(message).to_have_count(0)
    assert look.equals_fresh_page()
    look.preview.restore()
    expect(look.frame.locator(".vb-merk")).to_have_count(0)


def test_the_focus_stays_on_a_warning_while_the_page_changes(look: Tab) -> None:
    look.preview.change(KORT, "Kort antwoord.", "Kort antwoord aan 137 mensen.")
    mark = look.frame.locator(".vb-merk")
    mark.focus()
    look.preview.change(KORT, "titel: Grafieken", "titel: Grafieken en meer")
    expect(look.frame.locator("h2", has_text="Grafieken en meer")).to_have_count(1)
    look.settle()
    expect(mark).to_be_focused()


def test_a_server_that_ends_is_told_and_one_that_comes_back_is_found(browser: Browser, preview: Preview) -> None:
    with tab(browser, preview) as look:
        look.go()
        preview.stop()
        try:
            expect(look.page.locator("#standtekst")).to_have_text("verbinding weg, opnieuw proberen…")
            expect(look.frame.get_by_text("Kort antwoord.")).to_have_count(1)
            preview.change(KORT, "Kort antwoord.", "Later antwoord.")
        finally:
            preview.start_again()
        expect(look.frame.get_by_text("Later antwoord.")).to_have_count(1)
        expect(look.page.locator("#standtekst")).to_contain_text("bijgewerkt")
        look.complaints.clear()  # the browser told that the server was away


# --- from page to source ----------------------------------------------------------------------------------------

# The editor is not here: what would have been opened is written down.
OPENING = """() => {
  window.opening = [];
  addEventListener('click', (event) => {
    const link = event.target.closest('a[href^=vscode]');
    if (link) { event.preventDefault(); window.opening.push(link.getAttribute('href')); }
  });
}"""


def line_of(preview: Preview, file: str, text: str) -> int:
    lines = (preview.root / file).read_text(encoding="utf-8").splitlines()
    return next(number for number, line in enumerate(lines, 1) if text in line)


def test_a_click_on_a_block_opens_its_source(look: Tab) -> None:
    look.ask(OPENING)
    paragraph = look.frame.get_by_text("Kort antwoord.")
    paragraph.click(position={"x": 5, "y": 5})
    assert look.ask("opening") == []
    look.page.locator("#knop-bron").click()
    expect(look.page.locator("#aanwijzing")).to_be_visible()
    paragraph.hover()
    line = line_of(look.preview, KORT, "Kort antwoord.")
    expect(look.frame.locator(".vb-plek")).to_have_text(f"kort.yaml:{line}")
    paragraph.locator("a").first.click()  # in this mode a link in the text opens the source as well
    [opened] = look.ask("opening")
    assert re.fullmatch(rf"vscode://file/.*/kort\.yaml:{line}:\d+", opened)
    look.page.keyboard.press("Escape")
    expect(look.frame.locator(".vb-plek")).to_be_hidden()
    paragraph.click(modifiers=["Alt"], position={"x": 5, "y": 5})
    assert look.ask("opening") == [opened, opened]


def test_places_follow_lines_that_shift(look: Tab) -> None:
    look.page.locator("#knop-bron").click()
    line = line_of(look.preview, KORT, "Kort antwoord.")
    look.preview.change(KORT, "id: kort\n", "# een\n# twee\n# drie\nid: kort\n")
    until(lambda: look.preview.state()["versie"] > 1, "the rebuild")

    def shown() -> str:
        look.settle()
        look.frame.locator("h1").hover()
        look.frame.get_by_text("Kort antwoord.").hover()
        return look.frame.locator(".vb-plek").inner_text()

    until(lambda: shown() == f"kort.yaml:{line + 3}", "the new line")


def test_walking_from_block_to_block_with_the_keyboard(look: Tab) -> None:
    look.ask(OPENING)
    look.page.locator("#pagina").focus()
    look.page.keyboard.press("b")
    label = look.frame.locator(".vb-plek")
    seen = []
    for key in ("j", "j", "ArrowDown", "k", "ArrowUp"):
        look.page.keyboard.press(key)
        expect(label).to_be_focused()
        seen.append(label.get_attribute("aria-label"))
    assert len(set(seen[:3])) == 3
    assert seen[3:] == [seen[1], seen[0]]
    assert all(re.search(r"\.yaml:\d+, openen in de editor: \S", name or "") for name in seen)
    look.page.keyboard.press("Enter")
    assert len(look.ask("opening")) == 1
    look.page.keyboard.press("Escape")
    expect(label).to_be_hidden()
    expect(look.page.locator("#knop-bron")).to_have_attribute("aria-pressed", "false")


def test_a_number_leads_to_its_provenance_inside_the_shell(look: Tab) -> None:
    look.go("brief")
    number = look.frame.locator("a.herkomst").first
    target = number.get_attribute("href")
    number.focus()
    look.page.keyboard.press("Enter")
    expect(look.page).to_have_url(f"{look.preview.address}{EDITION}/{target.replace('.html', '')}")
    expect(look.page.locator("#stuk")).to_have_value("cijfers")
    expect(look.page).to_have_title(re.compile("Cijfers en hun herkomst"))
    look.page.go_back()
    expect(look.page).to_have_url(re.compile(r"/brief$"))
    expect(look.page.locator("#stuk")).to_have_value("brief")


def test_choosing_another_document(look: Tab) -> None:
    look.page.locator("#stuk").select_option("brief")
    expect(look.page).to_have_url(re.compile(rf"/{EDITION}/brief$"))
    expect(look.page).to_have_title(re.compile("Brief|Kamerbrief|halfjaarbericht"))
    look.preview.change(BRIEF, "Een regel met een harde", "Een nieuwe regel met een harde")
    expect(look.frame.get_by_text("Een nieuwe regel met een harde")).to_have_count(1)


def test_a_link_to_elsewhere_gets_a_tab_of_its_own(look: Tab) -> None:
    look.go("brief")
    with look.page.expect_popup() as popup:
        look.frame.locator("a.extern").first.click()
    popup.value.close()
    expect(look.page).to_have_url(re.compile(r"/brief$"))
    assert all("voorbeeld.nl" in url or "officielebekendmakingen" in url for url in look.elsewhere)
    look.elsewhere.clear()


def test_open_places_are_walked_across_documents(look: Tab) -> None:
    look.preview.change(KORT, "Kort antwoord.", "Nog te schrijven, het korte antwoord.")
    look.preview.change(BRIEF, "Een regel met een harde", "Nog te schrijven, een regel met een harde")
    expect(look.page.locator("#tel-plekken")).to_have_text("2")
    stems = [place["stem"] for place in look.preview.state()["open_plekken"]]
    assert stems == ["brief", SHORT]
    for key, stem, text in (("o", "brief", "een regel"), ("o", SHORT, "het korte"), ("O", "brief", "een regel")):
        look.page.keyboard.press(key)
        expect(look.page).to_have_url(re.compile(rf"/{EDITION}/{stem}$"))
        expect(look.frame.get_by_text(f"Nog te schrijven, {text}")).to_be_focused()
        expect(look.frame.get_by_text(f"Nog te schrijven, {text}")).to_be_in_viewport()
