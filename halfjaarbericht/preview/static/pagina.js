/**
 * The script in the page itself. It hears the state from the shell around it (or follows it alone when the page was
 * opened by itself), fetches the page again when it changed, and swaps in what differs.
 */

import { hold, holdOnResize, idsInView, visible } from "./anker.js";
import { findBlock, givePlaces, takePlaces } from "./bron.js";
import { SourceMode } from "./bronmodus.js";
import { partsOf } from "./deel.js";
import { flash, goTo } from "./laag.js";
import { mark, unmark } from "./merken.js";
import { follow } from "./stand.js";
import { applyData, applyStyles, scriptsDiffer, takeStyles } from "./stijl.js";
import { command } from "./toetsen.js";
import { OWN, swap, syncAttributes } from "./wissel.js";

const LATER = 500;
const root = document.documentElement;
const shell = parent !== window ? parent.schil : null;
const { editie, stem, versie, sleutel } = JSON.parse(document.querySelector("meta[name=voorbeeld]")?.content || "{}");

let state = null;
let address = location.pathname + location.search;
/** What stands here: the key of the page, and where it came from. */
let shown = `${sleutel} ${address}`;
/** The warnings that are marked in the page. */
let marked = "[]";
let busy = false;
let lastChanged = [];

givePlaces(takePlaces(document));
root.dataset.vbVersie = versie ?? 0;
const source = new SourceMode();
holdOnResize();

function ownDocument() {
  return state.documenten.find((one) => one.stem === stem);
}

/** What should be on the page: the key of the document, and the changes when they are marked. */
function wanted() {
  const own = ownDocument();
  const changes = page.review ? ` ${JSON.stringify(state.tegen)}` : "";
  return own ? `${own.sleutel} ${address}${changes}` : shown;
}

/** Takes a new state in; a burst of them ends in the newest page, with one fetch at a time. */
async function receive(next) {
  state = next;
  source.state = state;
  if (busy) return;
  busy = true;
  try {
    while (shown !== wanted()) await renew();
    if (marked !== marksOf(state)) remark();
    root.dataset.vbVersie = state.versie;
  } catch (error) {
    // What is fetched for a page that one leaves is broken off; then there is no later.
    setTimeout(() => shown !== wanted() && complain(error), LATER);
  } finally {
    busy = false;
  }
}

function complain(error) {
  console.warn("De pagina kon niet worden opgehaald.", error);
  shell?.missed();
}

async function renew() {
  const [goal, version] = [wanted(), state.versie];
  const result = partsChanged() ?? (await allChanged());
  shown = goal;
  if (!result) return;
  root.dataset.vbVersie = version;
  const { changed, removed } = result;
  lastChanged = [...changed].filter((block) => block.isConnected && !block.closest(`.${OWN}`)).sort(inOrder);
  flash(lastChanged.slice(0, 200));
  const detail = { versie: version, gewijzigd: changed.size, vervallen: removed };
  document.dispatchEvent(new CustomEvent("voorbeeld:bijgewerkt", { detail }));
}

/** Swaps the parts that the news brings; null when it brings none that fit what stands here. */
function partsChanged() {
  const news = ownDocument()?.veranderd;
  if (!news || page.review || shown !== `${news.basis} ${address}`) return null;
  const pairs = partsOf(news);
  return pairs && replace(visible(), () => joined(pairs.map(([live, fresh]) => swapPlaced(live, fresh))));
}

/** What several swaps did, as one. */
function joined(results) {
  const changed = new Set(results.flatMap((result) => [...result.changed]));
  return { changed, removed: results.reduce((sum, result) => sum + result.removed, 0) };
}

/** Fetches the page and swaps all that differs; null when the page has to be loaded anew. */
async function allChanged() {
  const coming = fetch(address);
  const seen = visible(); // while the answer is on its way: looking for what is in view takes some milliseconds
  const answer = await coming;
  if (!answer.ok && answer.status !== 503) throw new Error(`${answer.status} ${answer.url}`);
  const [html, styles] = takeStyles(await answer.text());
  const fresh = new DOMParser().parseFromString(html, "text/html");
  if (scriptsDiffer(fresh)) {
    location.reload();
    return null;
  }
  return replace(seen, () => {
    document.title = fresh.title;
    syncAttributes(root, fresh.documentElement);
    applyStyles(styles);
    applyData(fresh);
    return swapPlaced(document.body, fresh.body);
  });
}

/** Makes a part of the page equal to a fresh one, which may also stand in other places of the content. */
function swapPlaced(live, fresh) {
  const places = takePlaces(fresh.ownerDocument);
  const result = swap(live, fresh);
  givePlaces(places, live);
  return result;
}

/** Does `work`, which changes the page, with focus and selection where they were and what was `seen` in its place. */
function replace(seen, work) {
  const back = hold(seen);
  const focused = focusPath();
  const remember = unmark();
  const result = work();
  mark(state, stem);
  marked = marksOf(state);
  remember();
  back();
  refocus(focused);
  source.refresh();
  return result;
}

function marksOf({ problemen }) {
  return JSON.stringify(problemen.filter((problem) => problem.ernst === "waarschuwing"));
}

function remark() {
  const remember = unmark();
  mark(state, stem);
  marked = marksOf(state);
  remember();
}

/** What has the focus, and how to find its like again when it is replaced. */
function focusPath() {
  const active = document.activeElement;
  if (!active || active === document.body || active.closest(`.${OWN}, .vb-merk`)) return null;
  return { active, id: active.id, block: active.closest("[id]")?.id };
}

function refocus(path) {
  if (!path || path.active.isConnected) return;
  const next = document.getElementById(path.id) ?? document.getElementById(path.block);
  next?.focus({ preventScroll: true });
}

function inOrder(one, other) {
  return one.compareDocumentPosition(other) & Node.DOCUMENT_POSITION_FOLLOWING ? -1 : 1;
}

function inView(block) {
  const box = block.getBoundingClientRect();
  return box.bottom > 0 && box.top < innerHeight;
}

/** What the shell may ask of the page. */
const page = {
  stem,
  editie,
  receive,
  idsInView,
  get title() {
    return document.title.split(" | ")[0];
  },
  get sourceMode() {
    return source.on;
  },
  set sourceMode(on) {
    source.on = on;
  },
  walk: (step) => source.walk(step),
  /** To the block at a place of the content; false when this page has none of that file. */
  goToPlace(place) {
    const block = findBlock(place);
    if (block) goTo(block);
    return block !== null;
  },
  goToId(id) {
    const block = document.getElementById(id);
    if (block) goTo(block);
    return block !== null;
  },
  /** Whether the last change lies outside the view. */
  get changeOutOfView() {
    return lastChanged.some((block) => block.isConnected) && !lastChanged.some((block) => block.isConnected && inView(block));
  },
  goToChange() {
    const block = lastChanged.find((one) => one.isConnected);
    if (block) goTo(block);
  },
  /** Shows the page with or without the marks of review mode. */
  async setReview(on) {
    address = location.pathname + (on ? "?tegen=1" : "");
    history.replaceState(history.state, "", address + location.hash);
    if (state) await receive(state);
  },
  get review() {
    return address.endsWith("?tegen=1");
  },
};

/** A link to elsewhere opens a tab of its own (the frame shows only this project); a PDF of ours opens beside the page. */
function onClick(event) {
  const link = event.target.closest("a[href]");
  if (!link || event.defaultPrevented || event.button !== 0 || event.ctrlKey || event.metaKey || event.shiftKey) return;
  if (/^https?:$/.test(link.protocol) && link.origin !== location.origin) {
    event.preventDefault();
    open(link.href, "_blank", "noopener");
  } else if (shell && link.origin === location.origin && link.pathname.endsWith(".pdf")) {
    event.preventDefault();
    if (!shell.showPdf(link.pathname)) open(link.href, "_blank", "noopener");
  }
}

function onKey(event) {
  const key = command(event);
  if (!key) return;
  const walking = source.on && { j: 1, k: -1 }[key];
  if (walking) source.walk(walking);
  else if (shell) shell.press(key, event);
  else if (key === "b") source.on = !source.on;
  else if (key === "Escape") source.on = false;
}

function onArrow(event) {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (!source.on || !step || !event.target.closest(".vb-plek")) return;
  event.preventDefault();
  source.walk(step);
}

window.voorbeeld = page;
document.addEventListener("click", onClick);
document.addEventListener("keydown", onKey);
document.addEventListener("keydown", onArrow);
if (shell) shell.welcome(page);
else if (editie) follow(editie, { stem, pdf: false }, receive, () => {});
