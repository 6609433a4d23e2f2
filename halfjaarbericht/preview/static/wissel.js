/**
 * Makes a live tree equal to a freshly parsed one and keeps every node that can stay: what has focus, is selected, is
 * scrolled or is folded out stays so. Comparing is left to isEqualNode, which the browser does natively: only
 * branches that differ are walked.
 */

const BLOCK = "p, li, h1, h2, h3, h4, h5, h6, td, th, caption, figcaption, figure, blockquote, summary, dt, dd";

/** Where a number of the program stands: another number is no change of text. */
const NUMBERING = ".nootverwijzing, .terug, .nummer";

/** What the preview itself puts in the page; never part of the comparison. */
export const OWN = "vb-laag";

/** State that belongs to the reader, not to the document. */
const KEPT = new Set(["open", "data-vb-versie", "data-vb-bron"]);

/**
 * Makes `live` equal to `fresh`; nodes of `fresh` may move into the live document.
 * Returns {changed, removed}: a Set of the blocks whose text changed or is new, and how many nodes went.
 */
export function swap(live, fresh) {
  const result = { changed: new Set(), removed: 0 };
  morph(live, fresh, result);
  return result;
}

/** Copies attributes; those of the reader's own state are left alone. */
export function syncAttributes(live, fresh) {
  for (const { name } of [...live.attributes]) {
    if (!fresh.hasAttribute(name) && !isKept(live, name)) live.removeAttribute(name);
  }
  for (const { name, value } of fresh.attributes) {
    if (live.getAttribute(name) !== value && !isKept(live, name)) live.setAttribute(name, value);
  }
}

/** A block that was made focusable to bring the reader there would lose the focus with its tabindex. */
function isKept(live, name) {
  return KEPT.has(name) || (name === "tabindex" && live === document.activeElement);
}

function morph(live, fresh, result) {
  if (live.isEqualNode(fresh)) return;
  if (live.nodeType !== Node.ELEMENT_NODE) {
    patchText(live, fresh.data);
    if (!live.parentElement.closest(NUMBERING)) note(live.parentElement, result);
    return;
  }
  syncAttributes(live, fresh);
  morphChildren(live, fresh, result);
}

/** Replaces only the part of a text that differs, so that a selection elsewhere in it stays. */
function patchText(node, text) {
  const old = node.data;
  const shortest = Math.min(old.length, text.length);
  let start = 0;
  while (start < shortest && old[start] === text[start]) start += 1;
  let end = 0;
  while (end < shortest - start && old[old.length - 1 - end] === text[text.length - 1 - end]) end += 1;
  node.replaceData(start, old.length - start - end, text.slice(start, text.length - end));
}

function morphChildren(live, fresh, result) {
  const own = [...live.children].find((child) => child.classList.contains(OWN)) ?? null;
  const olds = [...live.childNodes].filter((node) => node !== own);
  const news = [...fresh.childNodes];
  const [start, oldEnd, newEnd] = differing(olds, news);
  const middle = olds.slice(start, oldEnd);
  const wanted = news.slice(start, newEnd);
  const partner = pair(middle, wanted);
  const kept = new Set(partner);
  for (const [index, node] of middle.entries()) {
    if (!kept.has(index)) remove(node, result);
  }
  let next = olds[oldEnd] ?? own;
  for (let index = wanted.length - 1; index >= 0; index -= 1) {
    const old = middle[partner[index]];
    if (old) morph(old, wanted[index], result);
    else insert(live, wanted[index], next, result);
    next = old ?? wanted[index];
  }
}

/** The part in the middle where two lists differ: [first, end in olds, end in news]. */
function differing(olds, news) {
  const shortest = Math.min(olds.length, news.length);
  let start = 0;
  while (start < shortest && olds[start].isEqualNode(news[start])) start += 1;
  let oldEnd = olds.length;
  let newEnd = news.length;
  while (oldEnd > start && newEnd > start && olds[oldEnd - 1].isEqualNode(news[newEnd - 1])) {
    oldEnd -= 1;
    newEnd -= 1;
  }
  return [start, oldEnd, newEnd];
}

function remove(node, result) {
  node.remove();
  if (!isBlank(node)) result.removed += 1;
}

function insert(parent, node, next, result) {
  parent.insertBefore(document.adoptNode(node), next);
  if (!isBlank(node)) note(node.nodeType === Node.ELEMENT_NODE ? node : parent, result);
}

function isBlank(node) {
  return node.nodeType !== Node.ELEMENT_NODE && node.data.trim() === "";
}

function note(element, result) {
  result.changed.add(element.closest(BLOCK) ?? element);
}

/** For each new node the index of the old node that it continues, or undefined; indexes only go up. */
function pair(olds, news) {
  const partner = new Array(news.length);
  link(olds, news, [0, olds.length, 0, news.length], [sameText, sameStart, sameName, null], partner);
  return partner;
}

/** What a node says, whatever its number or id has become. */
function sameText(node) {
  return `${node.nodeName}|${node.textContent}`;
}

/** What a node begins with: a note with its own words, after which the way back names its number. */
function sameStart(node) {
  const first = node.firstElementChild;
  if (!first || first.matches(NUMBERING)) return null;
  return `${node.nodeName}|${first.nodeName}|${first.textContent}`;
}

/** What a node is called: its id, or for a section that of its heading. */
function sameName(node) {
  const id = node.id || node.firstElementChild?.id;
  return id ? `${node.nodeName}#${id}` : null;
}

/** Links by the first key, and what lies between by the keys that follow; last of all by kind and order. */
function link(olds, news, [oldFrom, oldTo, newFrom, newTo], [key, ...others], partner) {
  if (oldFrom === oldTo || newFrom === newTo) return;
  if (!key) {
    linkInOrder(olds, news, [oldFrom, oldTo, newFrom, newTo], partner);
    return;
  }
  let [oldAt, newAt] = [oldFrom, newFrom];
  for (const [old, fresh] of commonOnes(olds, news, [oldFrom, oldTo, newFrom, newTo], key)) {
    partner[fresh] = old;
    link(olds, news, [oldAt, old, newAt, fresh], others, partner);
    [oldAt, newAt] = [old + 1, fresh + 1];
  }
  link(olds, news, [oldAt, oldTo, newAt, newTo], others, partner);
}

function linkInOrder(olds, news, [oldFrom, oldTo, newFrom, newTo], partner) {
  let at = oldFrom;
  for (let fresh = newFrom; fresh < newTo; fresh += 1) {
    const old = olds.findIndex((node, index) => index >= at && index < oldTo && node.nodeName === news[fresh].nodeName);
    if (old < 0) continue;
    partner[fresh] = old;
    at = old + 1;
  }
}

/** Pairs of indexes whose key occurs once on both sides, as many as go up together (patience difference). */
function commonOnes(olds, news, [oldFrom, oldTo, newFrom, newTo], key) {
  const old = uniqueKeys(olds, oldFrom, oldTo, key);
  const fresh = uniqueKeys(news, newFrom, newTo, key);
  const pairs = [];
  for (const [name, index] of fresh) {
    if (index >= 0 && old.get(name) >= 0) pairs.push([old.get(name), index]);
  }
  return longestRise(pairs);
}

function uniqueKeys(nodes, from, to, key) {
  const found = new Map();
  for (let index = from; index < to; index += 1) {
    const name = isBlank(nodes[index]) ? null : key(nodes[index]);
    if (name !== null) found.set(name, found.has(name) ? -1 : index);
  }
  return found;
}

/** The longest part of `pairs` (sorted by their second) whose firsts go up. */
function longestRise(pairs) {
  const ends = [];
  const before = pairs.map(() => -1);
  for (const [index, [value]] of pairs.entries()) {
    let low = 0;
    let high = ends.length;
    while (low < high) {
      const half = (low + high) >> 1;
      if (pairs[ends[half]][0] < value) low = half + 1;
      else high = half;
    }
    before[index] = low > 0 ? ends[low - 1] : -1;
    ends[low] = index;
  }
  const rise = [];
  for (let index = ends.at(-1) ?? -1; index >= 0; index = before[index]) rise.unshift(pairs[index]);
  return rise;
}
