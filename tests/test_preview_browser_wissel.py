"""The swap by itself, in a browser but without a server: whatever changed, the live tree becomes the new one, and what
did not change stays the same node."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path, PurePosixPath

import pytest
from playwright.sync_api import Browser, Page, Route

from halfjaarbericht.preview.editor import make_editor
from tests.webhulp import opened

STATIC = Path(__file__).parent.parent / "halfjaarbericht" / "preview" / "static"
ADDRESS = "http://wissel.invalid/"


@pytest.fixture(scope="module")
def page(browser: Browser) -> Iterator[Page]:
    def serve(route: Route) -> None:
        name = route.request.url.removeprefix(ADDRESS)
        if name.endswith(".js"):
            route.fulfill(path=STATIC / name, content_type="text/javascript")
        else:
            route.fulfill(body="<!DOCTYPE html><title>Wissel</title><body>", content_type="text/html")

    with opened(browser) as found:
        found.route(f"{ADDRESS}**", serve)
        found.goto(ADDRESS)
        found.evaluate("import('/wissel.js').then((module) => { window.wissel = module; })")
        yield found


# Trees like those of a page, and changes like those of a writer: text, blocks in and out, moved, renumbered.
RANDOM = """([seed, rounds]) => {
  let state = seed;
  const below = (limit) => {
    state = (state * 1103515245 + 12345) & 0x7fffffff;
    return (state >> 8) % limit;
  };
  const pick = (items) => items[below(items.length)];
  const some = ['een', 'twee', 'drie', 'vier', 'vijf'];
  const words = () => Array.from({ length: 1 + below(6) }, () => pick(some)).join(' ');
  let number = 0;
  const grow = (depth) => {
    const name = depth > 3 ? 'p' : pick(['section', 'p', 'p', 'ul', 'details', 'h2', 'svg']);
    const element = name === 'svg' ? document.createElementNS('http://www.w3.org/2000/svg', 'svg')
      : document.createElement(name);
    if (below(3) === 0) element.setAttribute('id', `n_${(number += 1)}`);
    if (name === 'p' || name === 'h2') {
      element.append(words());
      if (below(2)) element.append(Object.assign(document.createElement('a'), { href: '#' + words() }), ' ' + words());
    } else if (name !== 'svg') {
      for (let child = 1 + below(5); child > 0; child -= 1) element.append(grow(depth + 1), '\\n');
    }
    return element;
  };
  const all = (root) => [...root.querySelectorAll('*')];
  const text = (node) => [...node.childNodes].find((child) => child.nodeType === 3);
  const changes = [
    (root) => { const node = text(pick(all(root))); if (node) node.data = words(); },
    (root) => pick(all(root)).remove(),
    (root) => pick(all(root)).after(grow(2)),
    (root) => { const [one, other] = [pick(all(root)), pick(all(root))]; if (!one.contains(other)) other.before(one); },
    (root) => pick(all(root)).setAttribute('class', words()),
    (root) => pick(all(root)).removeAttribute('id'),
    (root) => all(root).forEach((node) => { if (node.id) node.id = `n_${1 + Number(node.id.slice(2))}`; }),
    (root) => { const node = pick(all(root)); node.replaceWith(grow(2)); },
    (root) => { const node = pick(all(root)); node.before(node.cloneNode(true)); },
    (root) => pick(all(root)).append(document.createComment(words())),
  ];
  const wrong = [];
  for (let round = 0; round < rounds; round += 1) {
    const live = document.createElement('main');
    for (let child = 0; child < 12; child += 1) live.append(grow(0), '\\n');
    document.body.replaceChildren(live);
    const fresh = live.cloneNode(true);
    for (let times = 1 + below(6); times > 0; times -= 1) if (all(fresh).length) pick(changes)(fresh);
    const wanted = fresh.cloneNode(true);
    wissel.swap(live, fresh);
    if (!live.isEqualNode(wanted)) wrong.push(`${round}: ${live.outerHTML} is not ${wanted.outerHTML}`);
  }
  return wrong;
}"""


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_the_live_tree_becomes_the_new_one(page: Page, seed: int) -> None:
    assert page.evaluate(RANDOM, [seed, 200]) == []


# What a change leaves in place: [old, new, how many elements of the old tree are still there, blocks told as changed].
KEEPING = """([old, fresh]) => {
  document.body.innerHTML = old;
  const before = [...document.body.querySelectorAll('*')];
  const template = document.createElement('body');
  template.innerHTML = fresh;
  const { changed, removed } = wissel.swap(document.body, template);
  const told = [...changed].map((block) => block.textContent).sort();
  return [before.filter((element) => element.isConnected).length, told, removed];
}"""


@pytest.mark.parametrize(
    ("old", "new", "kept", "changed", "removed"),
    [
        ("<p>een</p><p>twee</p>", "<p>een</p><p>nieuw</p><p>twee</p>", 2, ["nieuw"], 0),
        ("<p>een</p><p>twee</p>", "<p>een</p><p>twee!</p>", 2, ["twee!"], 0),
        ("<p>een</p><p>twee</p><p>drie</p>", "<p>een</p><p>drie</p>", 2, [], 1),
        # A note is inserted, and all after it get another number: only the new one counts as changed.
        (
            "<ol><li id=noot_1><p>A</p></li><li id=noot_2><p>B</p></li></ol>",
            "<ol><li id=noot_1><p>A</p></li><li id=noot_2><p>nieuw</p></li><li id=noot_3><p>B</p></li></ol>",
            5,
            ["nieuw"],
            0,
        ),
        # The way back names the number too; another number is no change of text, a call that is new is.
        (
            "<p>a<sup class=nootverwijzing>1</sup></p><ol><li id=noot_1><p>A</p><p class=terug>naar 1</p></li></ol>",
            "<p>n<sup class=nootverwijzing>1</sup>a<sup class=nootverwijzing>2</sup></p>"
            "<ol><li id=noot_1><p>nieuw</p><p class=terug>naar 1</p></li>"
            "<li id=noot_2><p>A</p><p class=terug>naar 2</p></li></ol>",
            6,
            ["n1a2", "nieuwnaar 1"],
            0,
        ),
        ("<h2><span class=nummer>1</span> Kop</h2>", "<h2><span class=nummer>2</span> Kop</h2>", 2, [], 0),
        # A section is known by the id of its heading; the other one is the only partner that is left for the first.
        (
            "<section><h2 id=a>A</h2><p>een</p></section><section><h2 id=b>B</h2><p>twee</p></section>",
            "<section><h2 id=n>N</h2></section><section><h2 id=b>B</h2><p>anders</p></section>",
            5,
            ["N", "anders"],
            1,
        ),
        # Two that look the same and one that goes.
        ("<p>een</p><p>een</p><p>twee</p>", "<p>een</p><p>twee</p>", 2, [], 1),
        # An attribute is no change of text.
        ("<p><a href=#noot_1>1</a></p>", "<p><a href=#noot_2>1</a></p>", 2, [], 0),
        ("<table><tr><td>1</td><td>2</td></tr></table>", "<table><tr><td>1</td><td>3</td></tr></table>", 5, ["3"], 0),
    ],
)
def test_what_did_not_change_stays(page: Page, old: str, new: str, kept: int, changed: list[str], removed: int) -> None:
    assert page.evaluate(KEEPING, [old, new]) == [kept, changed, removed]


@pytest.mark.parametrize("name", ["a.yaml", "een map/100% & $& #1?.yaml", "é/a+b=c;d@e.yaml"])
@pytest.mark.parametrize("base", ["/werk", "C:/werk"])
def test_the_page_and_the_server_make_the_same_link(page: Page, name: str, base: str) -> None:
    editor = make_editor("vscode", PurePosixPath(base))  # type: ignore[arg-type]
    script = "async ([...given]) => (await import('/bron.js')).editorLink(...given)"
    state = {"bron_sjabloon": editor.template, "basis": base}
    assert page.evaluate(script, [f"{name}:31:3", state]) == editor.link(name, 31, 3)


def test_a_selection_outlives_a_change_in_the_same_sentence(page: Page) -> None:
    script = """() => {
      document.body.innerHTML = '<p>De politie heeft meer agenten dan vorig jaar.</p>';
      const text = document.querySelector('p').firstChild;
      getSelection().setBaseAndExtent(text, 3, text, 10);
      const fresh = document.createElement('body');
      fresh.innerHTML = '<p>De politie heeft veel minder agenten dan vorig jaar.</p>';
      wissel.swap(document.body, fresh);
      return [String(getSelection()), document.body.textContent];
    }"""
    assert page.evaluate(script) == ["politie", "De politie heeft veel minder agenten dan vorig jaar."]


def test_a_block_that_the_reader_was_brought_to_keeps_the_focus(page: Page) -> None:
    script = """() => {
      document.body.innerHTML = '<p>een</p><p tabindex="-1">twee</p>';
      const block = document.querySelectorAll('p')[1];
      block.focus();
      const fresh = document.createElement('body');
      fresh.innerHTML = '<p>een en een half</p><p>nog twee</p>';
      wissel.swap(document.body, fresh);
      return [document.activeElement === block, block.textContent];
    }"""
    assert page.evaluate(script) == [True, "nog twee"]


def test_what_the_preview_put_in_the_page_stays_at_the_end(page: Page) -> None:
    script = """() => {
      document.body.innerHTML = '<p>een</p><aside class="vb-laag">eigen</aside>';
      const fresh = document.createElement('body');
      fresh.innerHTML = '<p>twee</p><p>drie</p>';
      wissel.swap(document.body, fresh);
      return document.body.innerHTML;
    }"""
    assert page.evaluate(script) == '<p>twee</p><p>drie</p><aside class="vb-laag">eigen</aside>'
