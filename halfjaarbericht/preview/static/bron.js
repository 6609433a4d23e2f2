/**
 * Which block of the page comes from which place in the content. The server writes the place as data-bron; here the
 * value moves out of the page into memory and the attribute stays behind empty. A line that is added in a file moves
 * every place below it, and blocks whose text is the same would else count as different.
 */

const places = new WeakMap();

/** Takes the places out of `doc`, in the order of the document. */
export function takePlaces(doc) {
  return [...doc.querySelectorAll("[data-bron]")].map((block) => {
    const place = block.getAttribute("data-bron");
    block.setAttribute("data-bron", "");
    return place;
  });
}

/** Gives the blocks of the live page, or of `part` of it, their places; false when there are more or fewer than blocks. */
export function givePlaces(values, part = document) {
  const found = [...part.querySelectorAll("[data-bron]")];
  if (part !== document && part.hasAttribute("data-bron")) found.unshift(part);
  for (const [index, block] of found.entries()) places.set(block, values[index] ?? "");
  return found.length === values.length;
}

/** All blocks with a place, in the order of the page. */
export function blocks() {
  return [...document.querySelectorAll("[data-bron]")];
}

/** The place of a block: "content/2025-1/brief.yaml:31:3", or "". */
export function placeOf(block) {
  return places.get(block) ?? "";
}

/** A place in its parts: file, line and column; line 0 when there is none. */
export function parsePlace(place) {
  const [, file, line, column] = /^(.*?)(?::(\d+))?(?::(\d+))?$/.exec(place);
  return { file, line: Number(line ?? 0), column: Number(column ?? 1) };
}

/** A place as a person says it: "brief.yaml:31". */
export function shortPlace(place) {
  const { file, line } = parsePlace(place);
  const name = file.slice(file.lastIndexOf("/") + 1);
  return line ? `${name}:${line}` : name;
}

/** The block at a place; else the nearest one before it in the same file; else null. */
export function findBlock(place) {
  const wanted = parsePlace(place);
  let best = null;
  let bestLine = -1;
  for (const block of blocks()) {
    const own = placeOf(block);
    if (own === place && !isOld(block)) return block;
    const { file, line } = parsePlace(own);
    if (file === wanted.file && line <= wanted.line && line > bestLine) [best, bestLine] = [block, line];
  }
  return best;
}

/** Whether a block only shows what stood there before, in review mode: it has the place of what came instead. */
function isOld(block) {
  const old = block.querySelector(":scope > del.vb-oud");
  return old !== null && old.textContent.trim() === block.textContent.trim();
}

/** The link that opens a place in the editor, from the server's template; "" without a template. */
export function editorLink(place, { bron_sjabloon: template, basis }) {
  if (!template || !place) return "";
  const { file, line, column } = parsePlace(place);
  const path = `${basis}/${file}`.split("/").map(encoded).join("/");
  return template.replace("{pad}", () => path).replace("{regel}", line || 1).replace("{kolom}", column);
}

/** A part of a path as it may stand in an address; the colon after a drive stays. */
function encoded(part) {
  return encodeURIComponent(part).replaceAll("%3A", ":");
}
