/** What the toolbar and the tab say of the state. */

import { errors, pressing } from "./lijsten.js";
import { $, make } from "./maak.js";

/** The line that tells whether one sees the newest version, and else why not. */
export function drawStatus(now) {
  const [kind, words] = status(now);
  $("stand").dataset.staat = kind;
  $("standtekst").textContent = words;
}

function status({ connected, state, fetched, goodTime }) {
  if (!connected) return ["weg", state ? "verbinding weg, opnieuw proberen…" : "verbinden…"];
  if (!state || state.bezig) return ["wacht", "bezig…"];
  if (!fetched) return ["fout", "pagina niet opgehaald"];
  if (!state.goed) return ["fout", goodTime ? `laatste goede versie van ${goodTime}` : "laatste goede versie"];
  return ["goed", `bijgewerkt ${goodTime}`];
}

/** "(2) Brief – meekijken" in the tab, and a dot on its icon when something is wrong. */
export function drawTitle(state, page) {
  const number = state ? pressing(state).length : 0;
  const name = page || state?.titel || "";
  document.title = `${number ? `(${number}) ` : ""}${name ? `${name} – ` : ""}meekijken`;
  $("icoon").href = state && errors(state).length ? "/statisch/icoon-fout.svg" : "/statisch/icoon.svg";
}

/** The numbers on the buttons. A button whose list can only be empty is not there. */
export function drawCounts(state) {
  const number = pressing(state).length;
  $("tel-problemen").textContent = number;
  $("knop-problemen").dataset.ernst = errors(state).length ? "fout" : number ? "waarschuwing" : "";
  $("tel-plekken").textContent = state.open_plekken.length;
  $("knop-plekken").hidden = !state.open_plekken.length && $("knop-plekken").getAttribute("aria-expanded") === "false";
  $("tel-wijzigingen").textContent = state.tegen?.lijst?.length ?? 0;
  $("knop-wijzigingen").hidden = !state.tegen;
}

/** The editions and the documents of this one to choose from. */
export function drawChoices(state, edition, stem) {
  options($("editie"), state.edities.map((name) => [name, name]), edition);
  options($("stuk"), state.documenten.map((one) => [one.stem, one.titel]), stem);
}

function options(select, wanted, chosen) {
  const key = JSON.stringify(wanted);
  if (select.dataset.sleutel !== key) {
    select.dataset.sleutel = key;
    select.replaceChildren(...wanted.map(([value, text]) => make("option", { value }, text)));
  }
  if (select.value !== chosen) select.value = chosen;
}

/** Has a screen reader say something once it has a moment; the same words twice are said twice. */
export function say(words) {
  $("melding").textContent = $("melding").textContent === words ? `${words}\u00a0` : words;
}
