/**
 * The PDF beside the page, in the browser's own viewer, at the page of the block in view. A new PDF loads behind the
 * one that is shown and takes its place when it is there. The line above it always says of which version it is, and which
 * pages are newer than the rest.
 */

import { $, count, make } from "./maak.js";

const AT_LATEST = 2000;
const WORDS = {
  geen: "Er is nog geen PDF.",
  wacht: "PDF wordt gemaakt…",
  bezig: "PDF wordt gemaakt…",
  actueel: "PDF is bijgewerkt",
  fout: "De PDF kon niet worden gemaakt: zie de problemen.",
};

export class PdfPane {
  #shown = "";
  #frame = null;
  #edition = "";
  #document = null;

  /** `idsInView()` tells which part of the page is in view, and what comes before it. */
  constructor(idsInView) {
    this.idsInView = idsInView;
    $("pdf-plek").addEventListener("click", () => this.#load(true));
  }

  get open() {
    return !$("pdf").hidden;
  }

  set open(open) {
    // Asked before the page gets narrower: until it is back in its place, something else is in view.
    const ids = open ? this.idsInView() : [];
    $("pdf").hidden = !open;
    document.body.classList.toggle("met-pdf", open);
    $("knop-pdf").setAttribute("aria-pressed", String(open));
    if (open) this.refresh(this.#edition, this.#document, ids);
    else this.#clear();
  }

  /** Takes in what the state says of the document that is shown; null when it has no PDF. `ids` are in view. */
  refresh(edition, own, ids) {
    const other = own?.stem !== this.#document?.stem || edition !== this.#edition;
    [this.#edition, this.#document] = [edition, own];
    if (!this.open) return;
    if (other) this.#clear();
    $("pdfstand").textContent = lineOf(own);
    $("pdfstand").dataset.staat = own?.pdf.staat ?? "geen";
    $("pdf-plek").hidden = $("pdf-los").hidden = !own?.pdf.versie;
    if (own?.pdf.versie) this.#load(false, ids);
  }

  #clear() {
    $("pdfvak").replaceChildren();
    [this.#shown, this.#frame] = ["", null];
  }

  async #load(again, ids = this.idsInView()) {
    const { stem, pdf } = this.#document;
    const base = `/pdf/${this.#edition}/${stem}`;
    const wanted = `${base}.pdf?versie=${pdf.versie}&beeld=${pdf.beeld}`;
    $("pdf-los").href = wanted;
    if (this.#shown === wanted && !again) return;
    this.#shown = wanted;
    if (navigator.pdfViewerEnabled === false) {
      $("pdfvak").replaceChildren(make("p", { className: "leeg" }, "Deze browser toont geen PDF in de pagina. Open hem apart."));
      return;
    }
    const page = await pageOf(`${base}.paginas.json`, ids);
    if (this.#shown === wanted) this.#put(`${wanted}#page=${page}&navpanes=0&view=FitH`, this.#document.titel);
  }

  #put(address, title) {
    const next = make("iframe", { title: `PDF: ${title}`, src: address, className: this.#frame ? "komt" : "" });
    const old = this.#frame;
    this.#frame = next;
    const show = () => {
      if (this.#frame !== next) return;
      next.className = "";
      for (const frame of [...$("pdfvak").children]) if (frame !== next) frame.remove();
    };
    next.addEventListener("load", show);
    // WebKitGTK never says that a PDF is there; the older one may not stay.
    setTimeout(show, AT_LATEST);
    $("pdfvak").append(next);
    if (!old) for (const rest of [...$("pdfvak").children]) if (rest !== next) rest.remove();
  }
}

function lineOf(own) {
  if (!own) return "Van dit overzicht wordt geen PDF gemaakt.";
  const { staat, paginas, proef, vers, verouderd_versie: older } = own.pdf;
  const newer = vers.length ? `; ${pagesOf(vers).toLowerCase()} nieuwer` : "";
  if (staat === "deels") return `${pagesOf(vers)} bijgewerkt; de andere bladzijden volgen.`;
  if (staat === "actueel") {
    const size = paginas ? `: ${count(paginas, "bladzijde", "bladzijden")}` : "";
    return `${WORDS.actueel}${size}${proef ? " (proefdruk)" : ""}`;
  }
  if (staat === "bezig" || staat === "wacht") return older ? `${WORDS.bezig} Hieronder de eerdere versie${newer}.` : WORDS.bezig;
  return staat === "verouderd" ? `PDF is van een eerdere versie${newer}.` : WORDS[staat] ?? "";
}

/** [3, 4, 5, 9] as "Bladzijden 3-5 en 9 zijn". */
function pagesOf(numbers) {
  const runs = [];
  for (const number of numbers) {
    const last = runs.at(-1);
    if (last && last[1] === number - 1) last[1] = number;
    else runs.push([number, number]);
  }
  const texts = runs.map(([first, last]) => (first === last ? `${first}` : `${first}-${last}`));
  const text = texts.length > 1 ? `${texts.slice(0, -1).join(", ")} en ${texts.at(-1)}` : texts[0];
  return numbers.length > 1 ? `Bladzijden ${text} zijn` : `Bladzijde ${text} is`;
}

/** The page on which the first of these parts stands that is known there; 1 when none is. */
async function pageOf(address, ids) {
  if (!ids.length) return 1;
  try {
    const answer = await fetch(address);
    const { paginas } = answer.ok ? await answer.json() : { paginas: {} };
    return ids.map((id) => paginas[id]).find(Boolean) ?? 1;
  } catch {
    return 1;
  }
}
