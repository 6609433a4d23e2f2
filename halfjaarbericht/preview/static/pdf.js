/**
 * The PDF beside the page, in the browser's own viewer, at the page of the block in view. A new PDF loads behind the
 * one that is shown and takes its place when it is there. The line above it always says of which version it is.
 */

import { $, count, make } from "./maak.js";

const WORDS = {
  geen: "Er is nog geen PDF.",
  wacht: "PDF wordt gemaakt…",
  bezig: "PDF wordt gemaakt…",
  actueel: "PDF is bijgewerkt",
  verouderd: "PDF is van een eerdere versie.",
  fout: "De PDF kon niet worden gemaakt: zie de problemen.",
};

export class PdfPane {
  #shown = "";
  #frame = null;
  #edition = "";
  #document = null;

  /** `idInView()` tells which part of the page is in view. */
  constructor(idInView) {
    this.idInView = idInView;
    $("pdf-plek").addEventListener("click", () => this.#load(true));
  }

  get open() {
    return !$("pdf").hidden;
  }

  set open(open) {
    $("pdf").hidden = !open;
    document.body.classList.toggle("met-pdf", open);
    $("knop-pdf").setAttribute("aria-pressed", String(open));
    if (open) this.refresh(this.#edition, this.#document);
    else this.#clear();
  }

  /** Takes in what the state says of the document that is shown; null when it has no PDF. */
  refresh(edition, own) {
    const other = own?.stem !== this.#document?.stem || edition !== this.#edition;
    [this.#edition, this.#document] = [edition, own];
    if (!this.open) return;
    if (other) this.#clear();
    $("pdfstand").textContent = lineOf(own);
    $("pdfstand").dataset.staat = own?.pdf.staat ?? "geen";
    $("pdf-plek").hidden = $("pdf-los").hidden = !own?.pdf.versie;
    if (own?.pdf.versie) this.#load(false);
  }

  #clear() {
    $("pdfvak").replaceChildren();
    [this.#shown, this.#frame] = ["", null];
  }

  async #load(again) {
    const { stem, pdf } = this.#document;
    const base = `/pdf/${this.#edition}/${stem}`;
    const wanted = `${base}.pdf?versie=${pdf.versie}`;
    $("pdf-los").href = wanted;
    if (this.#shown === wanted && !again) return;
    this.#shown = wanted;
    if (navigator.pdfViewerEnabled === false) {
      $("pdfvak").replaceChildren(make("p", { className: "leeg" }, "Deze browser toont geen PDF in de pagina. Open hem apart."));
      return;
    }
    const page = await pageOf(`${base}.paginas.json`, this.idInView());
    if (this.#shown === wanted) this.#put(`${wanted}#page=${page}&navpanes=0&view=FitH`, this.#document.titel);
  }

  #put(address, title) {
    const next = make("iframe", { title: `PDF: ${title}`, src: address, className: this.#frame ? "komt" : "" });
    const old = this.#frame;
    this.#frame = next;
    next.addEventListener("load", () => {
      if (this.#frame !== next) return;
      next.className = "";
      for (const frame of [...$("pdfvak").children]) if (frame !== next) frame.remove();
    });
    $("pdfvak").append(next);
    if (!old) for (const rest of [...$("pdfvak").children]) if (rest !== next) rest.remove();
  }
}

function lineOf(own) {
  if (!own) return "Van dit overzicht wordt geen PDF gemaakt.";
  const { staat, paginas, verouderd_versie: older } = own.pdf;
  if (staat === "actueel") return `${WORDS.actueel}${paginas ? `: ${count(paginas, "bladzijde", "bladzijden")}` : "."}`;
  if (staat === "bezig" || staat === "wacht") return older ? `${WORDS.bezig} Hieronder de eerdere versie.` : WORDS.bezig;
  return WORDS[staat] ?? "";
}

/** The page on which the part with this id stands; 1 when nobody knows. */
async function pageOf(address, id) {
  if (!id) return 1;
  try {
    const answer = await fetch(address);
    return answer.ok ? ((await answer.json()).paginas[id] ?? 1) : 1;
  } catch {
    return 1;
  }
}
