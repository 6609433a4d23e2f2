/** What the panel lists: problems, open places, changes. Each is a function of the state that gives an element. */

import { count, make } from "./maak.js";

/** The problems that ask for something: all but the deviations that are on record. */
export function pressing(state) {
  return state.problemen.filter((problem) => problem.ernst !== "aanvaard");
}

export function errors(state) {
  return state.problemen.filter((problem) => problem.ernst === "fout");
}

/** "2 fouten en 1 waarschuwing", "geen problemen". */
export function problemWords(state) {
  const wrong = errors(state).length;
  const warned = pressing(state).length - wrong;
  const words = [];
  if (wrong) words.push(count(wrong, "fout", "fouten"));
  if (warned) words.push(count(warned, "waarschuwing", "waarschuwingen"));
  return words.join(" en ") || "geen problemen";
}

/** Errors and warnings, and folded up below them what is on record. `go(problem)` shows its place in the page. */
export function problemList(state, go) {
  const accepted = state.problemen.filter((problem) => problem.ernst === "aanvaard");
  const list = make("div");
  const urgent = pressing(state);
  if (urgent.length) list.append(make("ul", { className: "problemen" }, ...urgent.map((one) => problemItem(one, go))));
  else list.append(make("p", { className: "leeg" }, "Er zijn geen fouten of waarschuwingen."));
  if (accepted.length) {
    const summary = make("summary", {}, count(accepted.length, "aanvaarde afwijking", "aanvaarde afwijkingen"));
    const items = make("ul", { className: "problemen" }, ...accepted.map((one) => problemItem(one, go)));
    list.append(make("details", { className: "aanvaard" }, summary, items));
  }
  return list;
}

const KINDS = { fout: "Fout", waarschuwing: "Waarschuwing", aanvaard: "Aanvaard" };

function problemItem(problem, go) {
  const where = problem.regel ? `${problem.bestand}:${problem.regel}:${problem.kolom}` : problem.bestand;
  const place = problem.open
    ? make("a", { href: problem.open, className: "plek" }, where)
    : make("span", { className: "plek" }, where);
  const show = problem.stem && problem.bron
    ? make("button", { type: "button", onclick: () => go(problem) }, "Toon in de pagina")
    : null;
  return make(
    "li",
    { className: `probleem ${problem.ernst}` },
    make("p", { className: "bericht" }, make("span", { className: "ernst" }, KINDS[problem.ernst]), ` ${problem.bericht}`),
    problem.uittreksel ? make("pre", { className: "uittreksel" }, make("code", {}, problem.uittreksel)) : null,
    problem.hint ? make("p", { className: "hint" }, problem.hint) : null,
    make("p", { className: "waar" }, place, make("span", { className: "code" }, problem.code), show),
  );
}

/** The open places, in the order of the documents; `go(index)` goes there. */
export function openList(state, go) {
  const title = (stem) => state.documenten.find((one) => one.stem === stem)?.titel ?? stem;
  const items = state.open_plekken.map((open, index) =>
    make(
      "li",
      {},
      make("button", { type: "button", className: "regel", onclick: () => go(index) }, open.tekst || "nog te schrijven"),
      make("span", { className: "zacht" }, ` ${title(open.stem)}, ${open.bron}`),
    ),
  );
  if (!items.length) return make("p", { className: "leeg" }, "Er staan geen open plekken meer in de stukken.");
  return make("ol", { className: "plekken" }, ...items);
}

/** The changes that can be pointed at in a page. */
export function placedChanges(state) {
  return (state?.tegen?.lijst ?? []).filter((change) => change.anker || change.bron);
}

/** The changes since the version that is compared with; `go(index)` goes there. */
export function changeList(state, go) {
  const placed = placedChanges(state);
  const items = (state.tegen?.lijst ?? []).map((change) => {
    const head = `${change.wat}: ${change.waar || change.kop || change.stem}`;
    return make(
      "li",
      { className: "wijziging" },
      placed.includes(change)
        ? make("button", { type: "button", className: "regel", onclick: () => go(placed.indexOf(change)) }, head)
        : make("span", { className: "regel" }, head),
      change.oud ? make("p", { className: "oud" }, make("del", {}, change.oud)) : null,
      change.nieuw ? make("p", { className: "nieuw" }, make("ins", {}, change.nieuw)) : null,
    );
  });
  if (!items.length) return make("p", { className: "leeg" }, state.tegen?.fout || "Er is niets gewijzigd.");
  return make("ol", { className: "wijzigingen" }, ...items);
}
