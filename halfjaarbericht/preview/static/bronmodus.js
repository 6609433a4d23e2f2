/**
 * From the page to its source: a frame around the block under the pointer or the keyboard, with a label that names
 * file and line and is the link that opens them. The label is a real link and takes the focus, so a screen reader
 * says where one is and Enter needs no code.
 */

import { blocks, editorLink, placeOf, shortPlace } from "./bron.js";
import { layer } from "./laag.js";

/** Cells stay out of a walk with the keyboard: a table would take a hundred steps. */
const WALKED = ":not(td, th, tr)";

export class SourceMode {
  #on = false;
  #block = null;
  #frame = Object.assign(document.createElement("div"), { className: "vb-kader", hidden: true });
  #label = Object.assign(document.createElement("a"), { className: "vb-plek", hidden: true, target: "_top" });
  #state = {};

  constructor() {
    layer().append(this.#frame, this.#label);
    document.addEventListener("pointerover", (event) => this.#hover(event));
    document.addEventListener("click", (event) => this.#click(event), true);
    new ResizeObserver(() => this.refresh()).observe(document.body);
  }

  /** What the editor's links are made of: the newest state. */
  set state(state) {
    this.#state = state;
    this.refresh();
  }

  get on() {
    return this.#on;
  }

  set on(on) {
    this.#on = on;
    document.documentElement.toggleAttribute("data-vb-bron", on);
    if (!on) this.#show(null);
  }

  /** To the next (1) or previous (-1) block from where one is, or from the top of the view. */
  walk(step) {
    const all = blocks().filter((block) => block.matches(WALKED) && block.getClientRects().length > 0);
    const next = all[this.#target(all, step)];
    if (next) this.focus(next);
  }

  #target(all, step) {
    const at = all.indexOf(this.#block);
    if (at >= 0) return at + step;
    return all.findIndex((block) => block.getBoundingClientRect().top >= 0);
  }

  /** Brings a block into view with its label, and gives the label the focus. */
  focus(block) {
    block.scrollIntoView({ block: "nearest", behavior: "instant" });
    this.#show(block);
    this.#label.focus({ preventScroll: true });
  }

  /** Puts frame and label in place again after the page changed. */
  refresh() {
    if (this.#block && !this.#block.isConnected) this.#show(null);
    else if (this.#block) this.#show(this.#block);
  }

  #hover({ target }) {
    if (!this.#on || target.closest(".vb-laag")) return;
    const block = target.closest("[data-bron]");
    if (block && block !== this.#block) this.#show(block);
  }

  #click(event) {
    if (!(this.#on || event.altKey) || event.target.closest(".vb-laag, .vb-merk")) return;
    const block = event.target.closest("[data-bron]");
    if (!block) return;
    event.preventDefault();
    event.stopPropagation();
    this.#show(block);
    this.#label.click();
  }

  #show(block) {
    this.#block = block;
    this.#frame.hidden = this.#label.hidden = !block;
    if (!block) return;
    const place = placeOf(block);
    const box = block.getBoundingClientRect();
    put(this.#frame, box.left + scrollX, box.top + scrollY, box.width, box.height);
    this.#label.textContent = shortPlace(place);
    this.#label.setAttribute("aria-label", `${shortPlace(place)}, openen in de editor: ${beginning(block)}`);
    const link = editorLink(place, this.#state);
    if (link) this.#label.href = link;
    else this.#label.removeAttribute("href");
    this.#label.tabIndex = 0;
    const top = box.top + scrollY - this.#label.offsetHeight;
    const right = document.documentElement.clientWidth - this.#label.offsetWidth;
    put(this.#label, Math.max(0, Math.min(box.left + scrollX, right)), top >= scrollY ? top : scrollY);
  }
}

function put(element, left, top, width, height) {
  element.style.left = `${left}px`;
  element.style.top = `${top}px`;
  if (width !== undefined) element.style.width = `${width}px`;
  if (height !== undefined) element.style.height = `${height}px`;
}

function beginning(block) {
  const words = block.textContent.trim().split(/\s+/);
  return words.slice(0, 8).join(" ") + (words.length > 8 ? " …" : "");
}
