/**
 * The parts of the page that the news itself brings, when all of a save is within a few: then nothing has to be fetched,
 * and a whole annex is not read and compared again.
 */

const PARTS = "section, nav";

/**
 * Finds what is to be swapped: pairs [live, fresh], or null when that cannot be told for certain. The server counts
 * elements in the text of the page; when the browser counts the same, no mistake in the markup has moved them.
 */
export function partsOf({ aantal, delen }) {
  const live = document.querySelectorAll(PARTS);
  if (live.length !== aantal) return null;
  const pairs = delen.map(({ nummer, html }) => [live[nummer], elementOf(html)]);
  return pairs.every(([old, fresh]) => fresh?.nodeName === old.nodeName) ? pairs : null;
}

/** The one element that a text holds; null when it holds something else, or more than text and markup. */
function elementOf(html) {
  const { body } = new DOMParser().parseFromString(`<!DOCTYPE html>${html}`, "text/html");
  const [element, ...others] = body.childNodes;
  const alone = !others.length && element instanceof Element && element.matches(PARTS);
  return alone && !element.querySelector("script, style") ? element : null;
}
