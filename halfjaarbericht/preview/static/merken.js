/**
 * Warnings at their place in the page: a small button in the margin of the block, and the message when it is pressed.
 * A button stands inside its block, so that it is met there with the keyboard and by a screen reader. Before a swap all
 * of them are taken away, after it they are put back.
 */

import { editorLink, findBlock, shortPlace } from "./bron.js";
import { layer } from "./laag.js";

/** Where inside a block a button may stand. */
const HOSTS = [
  ["table", "caption, th, td"],
  ["thead, tbody, tfoot, tr", "th, td"],
  ["ul, ol", "li"],
  ["dl, dl > div", "dt"],
  ["section, div, figure, nav", "h1, h2, h3, h4, h5, h6, figcaption, p"],
];

/** Shows the warnings of `state` that belong to document `stem`. */
export function mark(state, stem) {
  const found = new Map();
  for (const problem of state.problemen) {
    if (problem.ernst !== "waarschuwing" || !problem.bron || (problem.stem && problem.stem !== stem)) continue;
    const block = findBlock(problem.bron);
    if (block) found.set(block, [...(found.get(block) ?? []), problem]);
  }
  let number = 0;
  for (const [block, problems] of found) add(block, problems, (number += 1), state);
}

/** Takes the buttons away; returns a function that gives back the focus and the open message when there was one. */
export function unmark() {
  const focused = document.activeElement?.closest?.(".vb-merk, .vb-bericht")?.dataset.plek;
  const opened = document.querySelector(".vb-bericht:popover-open")?.dataset.plek;
  for (const own of document.querySelectorAll(".vb-merk, .vb-bericht")) own.remove();
  return () => {
    if (opened) at(".vb-bericht", opened)?.showPopover();
    if (focused) at(".vb-merk", focused)?.focus({ preventScroll: true });
  };
}

function at(selector, place) {
  return [...document.querySelectorAll(selector)].find((own) => own.dataset.plek === place);
}

function add(block, problems, number, state) {
  const message = messageOf(problems, state);
  message.id = `vb-bericht-${number}`;
  const button = document.createElement("button");
  Object.assign(button, { type: "button", className: "vb-merk", popoverTargetElement: message });
  const words = problems.map((problem) => problem.bericht).join("; ");
  button.setAttribute("aria-label", `Waarschuwing: ${words}`);
  button.dataset.plek = message.dataset.plek = problems[0].bron;
  message.addEventListener("beforetoggle", () => place(message, button));
  layer().append(message);
  hostOf(block).prepend(button);
}

function hostOf(block) {
  for (const [kind, inside] of HOSTS) {
    if (block.matches(kind)) return block.querySelector(inside) ?? block;
  }
  return block;
}

function messageOf(problems, state) {
  const message = Object.assign(document.createElement("div"), { className: "vb-bericht", popover: "auto" });
  for (const problem of problems) {
    const text = Object.assign(document.createElement("p"), { textContent: problem.bericht });
    message.append(text);
    if (problem.hint) message.append(Object.assign(document.createElement("p"), { textContent: problem.hint }));
    const href = problem.open || editorLink(problem.bron, state);
    const link = Object.assign(document.createElement("a"), { textContent: shortPlace(problem.bron), target: "_top" });
    if (href) link.href = href;
    message.append(link);
  }
  return message;
}

function place(message, button) {
  const box = button.getBoundingClientRect();
  message.style.left = `${Math.max(8, Math.min(box.left, innerWidth - 340))}px`;
  message.style.top = `${box.bottom + 4}px`;
}
