/**
 * Keeps the reader's place while the page changes: the blocks in view, from the top down, of which the first that is
 * still there afterwards goes back to the same height. The browser's own anchoring is off (pagina.css): it would come
 * on top of this one, and not every browser has it.
 */

const STEP = 48;
const ENOUGH = 8;
const QUIET = 150;

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

/** From now on, keeps what is in view there when the window becomes wider or narrower and all lines break elsewhere. */
export function holdOnResize() {
  let back = () => {};
  let width = innerWidth;
  let timer = 0;
  const remember = () => {
    clearTimeout(timer);
    timer = setTimeout(() => (back = hold(visible())), QUIET);
  };
  addEventListener("scroll", remember, { passive: true });
  document.addEventListener("voorbeeld:bijgewerkt", remember);
  addEventListener("resize", () => {
    if (innerWidth !== width) back();
    width = innerWidth;
  });
}

/** The first blocks in view, from the top down. */
export function visible() {
  const text = (document.querySelector(".tekst") ?? document.querySelector("main") ?? document.body).getBoundingClientRect();
  const middle = Math.min(text.left + text.width / 2, innerWidth - 1);
  const found = new Set();
  for (let y = 1; y < innerHeight && found.size < ENOUGH; y += STEP) {
    const block = document.elementFromPoint(middle, y)?.closest("main [data-bron], main p, main li, main tr, main h2");
    if (block) found.add(block);
  }
  return [...found];
}

/** The id of the part of the document that is at the top of the view: the nearest id at or before it; or "". */
export function idInView() {
  const [first] = visible();
  if (!first || scrollY === 0) return "";
  let best = "";
  for (const element of document.querySelectorAll("main [id]:not(del, ins)")) {
    const place = first.compareDocumentPosition(element);
    if (element !== first && place & Node.DOCUMENT_POSITION_FOLLOWING && !first.contains(element)) break;
    best = element.id;
  }
  return best;
}
