/**
 * Keys of one letter. They do nothing while somebody types or chooses from a list, nor with Ctrl, Alt or Meta, and
 * can be switched off as a whole (WCAG 2.2, 2.1.4): speech input may otherwise press them by accident.
 */

const SETTING = "meekijken.toetsen";
const TYPING = "input, select, textarea, [contenteditable], dialog[open] *";

/** Whether keys of one letter are on; the choice is remembered by the browser. */
export function enabled() {
  try {
    return localStorage.getItem(SETTING) !== "uit";
  } catch {
    return true;
  }
}

/** Remembers the choice; a browser that keeps nothing forgets it with the page. */
export function enable(on) {
  try {
    localStorage.setItem(SETTING, on ? "aan" : "uit");
  } catch {
    // Private windows may refuse to store; the keys then stay as they were.
  }
}

/** The letter that was pressed as a command, or "" when it was not meant as one. */
export function command(event) {
  if (event.defaultPrevented || event.ctrlKey || event.altKey || event.metaKey || event.isComposing) return "";
  if (event.target.closest?.(TYPING)) return "";
  if (event.key === "Escape") return document.querySelector(":popover-open") ? "" : "Escape";
  return event.key.length === 1 && event.key !== " " && enabled() ? event.key : "";
}
