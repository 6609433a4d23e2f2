/** The shell: follows the edition, keeps the toolbar, the panel and the PDF in step with the page in the frame. */

import { openHelp } from "./hulp.js";
import { changeList, errors, openList, placedChanges, pressing, problemList, problemWords } from "./lijsten.js";
import { $, count, make } from "./maak.js";
import { Panel } from "./paneel.js";
import { PdfPane } from "./pdf.js";
import { Round } from "./rondgang.js";
import { follow } from "./stand.js";
import { command } from "./toetsen.js";
import { drawChoices, drawCounts, drawStatus, drawTitle, say } from "./werkbalk.js";

const frame = $("pagina");
const panel = new Panel(keepStill);
const pdf = new PdfPane(() => page?.idsInView() ?? []);

let [, edition, stem] = location.pathname.split("/").map(decodeURIComponent);
let state = null;
let page = null;
let unfollow = () => {};
let following = "";
let connected = false;
let fetched = true;
let goodTime = "";
let openedByItself = false;
let review = true;

// --- the state ---

function refollow() {
  const key = `${edition} ${stem} ${pdf.open}`;
  if (key === following) return;
  following = key;
  unfollow();
  unfollow = follow(edition, { stem, pdf: pdf.open }, receive, (is) => {
    connected = is;
    draw();
  });
}

function receive(next) {
  const before = state;
  state = next;
  fetched = true;
  if (state.goed) goodTime = state.gemaakt ?? clock();
  page?.receive(state);
  reviewIfAsked();
  keepStill(() => {
    drawChoices(state, edition, stem);
    drawCounts(state);
  });
  panelByItself(before);
  panel.refresh();
  pdf.refresh(edition, ownDocument());
  draw();
  tell(before);
}

function ownDocument() {
  const own = state?.documenten.find((one) => one.stem === stem);
  return own && ["brief", "bijlage"].includes(own.soort ?? "brief") ? own : null;
}

function reviewIfAsked() {
  if (state.tegen && review && page?.editie && !page.review) page.setReview(true);
}

/** Errors open the panel by themselves and close it again; a panel that somebody opened stays. */
function panelByItself(before) {
  const wrong = errors(state).length;
  const were = before ? errors(before).length : 0;
  if (wrong && !were && panel.open !== "problemen") {
    panel.show("problemen");
    openedByItself = true;
  } else if (!wrong && were && openedByItself) {
    openedByItself = false;
    if (panel.open === "problemen") panel.close(panelHasFocus());
  }
}

/** Does what makes the toolbar or the panel higher or lower, and lets the text of the page stay where it is on screen. */
function keepStill(action) {
  const before = frame.getBoundingClientRect().top;
  action();
  const moved = frame.getBoundingClientRect().top - before;
  const inside = frame.contentWindow;
  if (moved && inside.scrollY > 0) inside.scrollBy({ top: moved, behavior: "instant" });
}

function panelHasFocus() {
  return $("paneel").contains(document.activeElement);
}

function clock() {
  return new Date().toLocaleTimeString("nl-NL");
}

function draw() {
  drawStatus({ connected, state, fetched, goodTime });
  drawTitle(state, page?.title);
}

/** Says what happened to who does not see it, and only that. */
function tell(before) {
  const [wrong, were] = [errors(state).length, before ? errors(before).length : 0];
  if (wrong && wrong !== were) say(`${count(wrong, "fout", "fouten")}. De laatste goede versie blijft staan.`);
  else if (!wrong && were) say("Geen fouten meer. De pagina is bij.");
}

// --- the lists in the panel ---

panel.add("problemen", $("knop-problemen"), "Problemen", () => ({
  key: JSON.stringify(state?.problemen),
  line: state ? problemWords(state) + (state.goed ? "" : "; u ziet de laatste goede versie") : "",
  content: state ? problemList(state, (problem) => goTo(problem.stem, (on) => on.goToPlace(problem.bron))) : "",
}));
panel.add("plekken", $("knop-plekken"), "Open plekken", () => ({
  key: JSON.stringify(state.open_plekken),
  line: count(state.open_plekken.length, "plek nog te schrijven", "plekken nog te schrijven"),
  content: openList(state, (index) => openPlaces.go(index)),
}));
panel.add("wijzigingen", $("knop-wijzigingen"), "Wijzigingen", () => ({
  key: JSON.stringify([state.tegen, review]),
  line: `ten opzichte van ${state.tegen?.naam}`,
  content: make("div", {}, reviewSwitch(), changeList(state, (index) => changes.go(index))),
}));

function reviewSwitch() {
  const box = make("input", { type: "checkbox", checked: review, onchange: () => setReview(box.checked) });
  return make("label", { className: "vink" }, box, " In de pagina markeren");
}

function setReview(on) {
  review = on;
  return page?.setReview(on);
}

/** Shows document `wanted`, when it is another first loads it, and then does `then(page)`. */
function goTo(wanted, then) {
  if (!wanted || wanted === stem) {
    if (page) then(page);
    frame.contentWindow.focus();
    return;
  }
  afterwards = then;
  choose(wanted);
}

let afterwards = null;

const openPlaces = new Round(
  () => state?.open_plekken ?? [],
  (open, which) => {
    say(`Open plek ${which}: ${open.tekst}`);
    goTo(open.stem, (on) => on.goToPlace(open.bron));
  },
);
const changes = new Round(
  () => placedChanges(state),
  async (change, which) => {
    if (!review) await setReview(true);
    say(`Wijziging ${which}: ${change.wat}`);
    goTo(change.stem, (on) => on.goToId(change.anker) || on.goToPlace(change.bron));
  },
);

// --- the page in the frame ---

function choose(wanted, of = edition) {
  const query = state?.tegen && review ? "?tegen=1" : "";
  frame.contentWindow.location.assign(`/pagina/${of}/${wanted}.html${query}`);
}

/** A page that starts in the frame makes itself known here; it may be another document or edition than before. */
function welcome(next) {
  page = next;
  const inside = frame.contentWindow;
  stem = page.stem ?? stem;
  if (page.editie && page.editie !== edition) [edition, state] = [page.editie, null];
  followFrame(inside);
  refollow();
  if (state) receive(state);
  page.sourceMode = sourceOn();
  draw();
  if (!state) return;
  const then = afterwards;
  afterwards = null;
  // Before the page is complete its height is not, and the browser may take the focus away again.
  if (then) inside.addEventListener("load", () => goTo(stem, then), { once: true });
}

function followFrame(inside) {
  const address = () => {
    if (page.editie) history.replaceState(null, "", `/${edition}/${stem}${inside.location.hash}`);
  };
  address();
  inside.addEventListener("hashchange", address);
  inside.document.addEventListener("voorbeeld:bijgewerkt", updated);
  inside.addEventListener("scroll", drawWay, { passive: true });
  inside.addEventListener("pagehide", () => (page = null));
  frame.title = `Pagina: ${page.title}`;
}

function updated({ detail }) {
  draw();
  drawWay();
  if (detail.gewijzigd) say(`Bijgewerkt: ${count(detail.gewijzigd, "blok", "blokken")} gewijzigd.`);
  else if (detail.vervallen) say("Bijgewerkt: er is iets vervallen.");
}

function drawWay() {
  const away = Boolean(page?.changeOutOfView);
  // One button more may be one line more.
  if ($("knop-wijziging").hidden === away) keepStill(() => ($("knop-wijziging").hidden = !away));
}

function sourceOn() {
  return $("knop-bron").getAttribute("aria-pressed") === "true";
}

function setSource(on) {
  if (page) page.sourceMode = on;
  $("knop-bron").setAttribute("aria-pressed", String(on));
  keepStill(() => ($("aanwijzing").hidden = !on));
}

function setPdf(open) {
  pdf.open = open;
  refollow();
}

/** A link to a PDF in the page: that document, with its PDF beside it; false when it is not one that we make. */
function showPdf(path) {
  const wanted = path.slice(path.lastIndexOf("/") + 1, -".pdf".length);
  if (!state?.documenten.some((one) => one.stem === wanted)) return false;
  if (wanted !== stem) choose(wanted);
  setPdf(true);
  return true;
}

// --- keys and buttons ---

const keys = {
  f: () => panel.toggle("problemen"),
  d: () => setPdf(!pdf.open),
  b: () => setSource(!sourceOn()),
  o: () => openPlaces.next(),
  O: () => openPlaces.previous(),
  n: () => changes.next(),
  p: () => changes.previous(),
  w: () => page?.goToChange(),
  t: () => $("editie").focus(),
  "?": () => openHelp(),
  Escape: () => {
    if (sourceOn()) setSource(false);
    else if (panel.open) panel.close(panelHasFocus());
  },
};

function press(key, event) {
  if (!Object.hasOwn(keys, key)) return;
  event.preventDefault();
  keys[key]();
}

$("knop-pdf").addEventListener("click", keys.d);
$("knop-bron").addEventListener("click", keys.b);
$("knop-hulp").addEventListener("click", openHelp);
$("knop-wijziging").addEventListener("click", () => {
  page?.goToChange();
  frame.contentWindow.focus();
});
$("stuk").addEventListener("change", (event) => choose(event.target.value));
$("editie").addEventListener("change", (event) => choose("index", event.target.value));
document.addEventListener("keydown", (event) => {
  const key = command(event);
  if (key) press(key, event);
});

window.schil = {
  welcome,
  press,
  showPdf,
  missed() {
    fetched = false;
    draw();
  },
};
frame.src = `/pagina/${edition}/${stem}.html${location.hash}`;
refollow();
