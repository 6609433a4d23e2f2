/** The one element in which the preview keeps its own things in the page, and moving the reader to a block. */

import { OWN } from "./wissel.js";

/** The layer at the end of the body; made when first asked for, and never compared with the document. */
export function layer() {
  let found = document.querySelector(`body > .${OWN}`);
  if (!found) {
    found = Object.assign(document.createElement("aside"), { className: OWN });
    found.setAttribute("aria-label", "Bij dit voorbeeld");
    document.body.append(found);
  }
  return found;
}

/** Brings a block to the middle of the view, gives it the focus for the time being and lights it up. */
export function goTo(block) {
  for (let box = block.closest("details"); box; box = box.parentElement.closest("details")) box.open = true;
  block.scrollIntoView({ block: "center", behavior: "instant" });
  if (block.tabIndex < 0) {
    block.setAttribute("tabindex", "-1");
    block.addEventListener("blur", () => block.removeAttribute("tabindex"), { once: true });
  }
  block.focus({ preventScroll: true });
  flash([block]);
}

/** Lights blocks up for a moment. An animation leaves no trace in the page; there is none with reduced motion. */
export function flash(blocks) {
  if (matchMedia("(prefers-reduced-motion: reduce)").matches) return;
  const colour = getComputedStyle(document.documentElement).getPropertyValue("--vb-oplichten");
  for (const block of blocks) {
    block.animate([{ backgroundColor: colour }, { backgroundColor: "transparent" }], { duration: 1600, easing: "ease-in" });
  }
}
