/**
 * Keeps the reader's place while the page changes: the blocks in view, from the top down, of which the first that is
 * still there afterwards goes back to the same height. The browser's own anchoring is off (pagina.css): it would come
 * on top of this one, and not every browser has it.
 */

const STEP = 48;
const ENOUGH = 8;
const QUIET = 150;

/** The blocks in view as they were last looked for, and where the page stood then. */
let known = null;

/** Remembers the height of `blocks`; the function it returns brings the first that is left back to it. At the very top
 * of the page the top stays in view. */
export function hold(blocks) {
  if (scrollY === 0) return () => {};
  const anchors = blocks.map((block) => [block, block.getBoundingClientRect().top]);
  return () => {
    const [block, top] = anchors.find(([candidate]) => candidate.isConnected) ?? [];
    if (!block) return;
    const moved = block.getBoundingClientRect().top - top;
    if (Math.abs(moved) >= 1) scrollBy({ top: moved, behavior: "instant" });
  };
}

/**
 * From now on, keeps what is in view there when the window becomes wider or narrower and all lines break elsewhere; and
 * looks for it in quiet moments, so that it is known when the page changes.
 */
export function holdOnResize() {
  let back = () => {};
  let width = innerWidth;
  let timer = 0;
  const remember = () => {
    clearTimeout(timer);
    timer = setTimeout(() => (back = hold(visible())), QUIET);
  };
  const forget = () => {
    known = null;
    remember();
  };
  addEventListener("scroll", remember, { passive: true });
  document.addEventListener("voorbeeld:bijgewerkt", forget);
  document.fonts.addEventListener("loadingdone", forget);
  const everything = { subtree: true, childList: true, characterData: true, attributes: true };
  new MutationObserver(forget).observe(document.body, everything);
  remember();
  addEventListener("resize", () => {
    if (innerWidth !== width) back();
    width = innerWidth;
  });
}

/** The first blocks in view, from the top down. Looking takes some milliseconds, so it is done once for each view. */
export function visible() {
  const view = [scrollX, scrollY, innerWidth, innerHeight].join();
  if (known?.view !== view) known = { view, blocks: lookedFor() };
  return known.blocks;
}

function lookedFor() {
  const text = (document.querySelector(".tekst") ?? document.querySelector("main") ?? document.body).getBoundingClientRect();
  const middle = Math.min(text.left + text.width / 2, innerWidth - 1);
  const found = new Set();
  for (let y = 1; y < innerHeight && found.size < ENOUGH; y += STEP) {
    const block = document.elementFromPoint(middle, y)?.closest("main [data-bron], main p, main li, main tr, main h2");
    if (block) found.add(block);
  }
  return [...found];
}

/**
 * The ids of the parts of the document at or before the top of the view, the nearest first. More than one, because not
 * every part of the page is one in print: the call of a note is not.
 */
export function idsInView() {
  const [first] = visible();
  if (!first || scrollY === 0) return [];
  const found = [];
  for (const element of document.querySelectorAll("main [id]:not(del, ins, mark)")) {
    const place = first.compareDocumentPosition(element);
    if (element !== first && place & Node.DOCUMENT_POSITION_FOLLOWING && !first.contains(element)) break;
    found.push(element.id);
  }
  return found.reverse();
}
