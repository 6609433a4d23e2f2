/** The one panel under the toolbar. It shows one list at a time, and each list has a button that opens it. */

import { $ } from "./maak.js";

export class Panel {
  #kinds = new Map();
  #open = "";
  #drawn = "";

  /** `keepStill(action)` runs what makes the panel higher or lower. */
  constructor(keepStill) {
    this.keepStill = keepStill;
    $("paneel-dicht").addEventListener("click", () => this.close(true));
    new ResizeObserver(() => this.#scrollers()).observe($("paneellijst"));
  }

  /** A list: `button` opens it, `head` is its title, `draw()` gives {key, line, content}; key tells when it differs. */
  add(kind, button, head, draw) {
    this.#kinds.set(kind, { button, head, draw });
    button.addEventListener("click", () => this.toggle(kind));
  }

  get open() {
    return this.#open;
  }

  toggle(kind) {
    if (this.#open === kind) this.close(true);
    else this.show(kind, true);
  }

  /** Opens the list of `kind`; with `focus` the keyboard goes there. */
  show(kind, focus = false) {
    this.#open = kind;
    this.#drawn = "";
    this.refresh();
    if (focus) $("paneelkop").focus();
  }

  close(focus = false) {
    const { button } = this.#kinds.get(this.#open) ?? {};
    this.#open = "";
    this.refresh();
    if (focus) button?.focus();
  }

  /** Draws again when what is listed has changed, and keeps scroll and focus as far as they still exist. */
  refresh() {
    this.keepStill(() => this.#refresh());
  }

  #refresh() {
    for (const [kind, { button }] of this.#kinds) button.setAttribute("aria-expanded", String(kind === this.#open));
    $("paneel").hidden = !this.#open;
    $("paneel").dataset.soort = this.#open;
    if (!this.#open) return;
    const { head, draw } = this.#kinds.get(this.#open);
    const { key, line, content } = draw();
    if (key === this.#drawn) return;
    this.#drawn = key;
    $("paneelkop").textContent = head;
    $("paneelregel").textContent = line;
    this.#replace(content);
  }

  #replace(content) {
    const list = $("paneellijst");
    const reachable = () => [...list.querySelectorAll("a, button, summary")];
    const focused = reachable().indexOf(document.activeElement);
    const unfolded = list.querySelector("details[open]") !== null;
    const { scrollTop } = list;
    list.replaceChildren(content);
    list.scrollTop = scrollTop;
    const details = list.querySelector("details");
    if (details) details.open = unfolded;
    if (focused >= 0) (reachable()[focused] ?? $("paneelkop")).focus({ preventScroll: true });
    this.#scrollers();
  }

  /** What scrolls sideways must be reachable with the keyboard; what does not, need not be in the way. */
  #scrollers() {
    for (const pre of $("paneellijst").querySelectorAll("pre")) {
      if (pre.scrollWidth > pre.clientWidth) pre.tabIndex = 0;
      else pre.removeAttribute("tabindex");
    }
  }
}
