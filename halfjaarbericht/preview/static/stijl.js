/** The style, data and scripts in the head of the page, when the page is swapped. */

const DATA_TYPE = '[type="application/ld+json"]';
const DATA = `script${DATA_TYPE}`;
const initial = keyOf([...document.head.querySelectorAll("style")].map((style) => [style.media, style.textContent]));
let current = initial;

/**
 * Takes the inlined styles out of the text of a page, before it is parsed: the policy of the page knows the hash of
 * the styles it came with, and even a document that is never shown may not have others. Returns [rest, styles].
 */
export function takeStyles(html) {
  const end = html.indexOf("</head>");
  const styles = [];
  const head = html.slice(0, end).replace(/<style([^>]*)>([^]*?)<\/style>/g, (_, attributes, text) => {
    styles.push([/media="([^"]*)"/.exec(attributes)?.[1] ?? "", text]);
    return "";
  });
  return [head + html.slice(end), styles];
}

/** Takes over other styles than those that are there. A constructed sheet is script's own work, which is allowed. */
export function applyStyles(styles) {
  const wanted = keyOf(styles);
  if (wanted === current) return;
  current = wanted;
  const own = wanted === initial;
  for (const element of document.head.querySelectorAll("style")) element.disabled = !own;
  document.adoptedStyleSheets = own ? [] : styles.map(sheetOf);
}

/** Takes over what the page tells of itself to machines: text in a script element, which starts nothing. */
export function applyData(fresh) {
  const live = [...document.querySelectorAll(DATA)];
  const news = [...fresh.querySelectorAll(DATA)];
  for (const [index, element] of news.entries()) {
    if (!live[index]) document.head.append(document.adoptNode(element));
    else if (live[index].textContent !== element.textContent) live[index].textContent = element.textContent;
  }
  for (const element of live.slice(news.length)) element.remove();
}

/** Whether the page has other scripts now: those only start with the page itself. */
export function scriptsDiffer(fresh) {
  return scriptsOf(fresh) !== scriptsOf(document);
}

function keyOf(styles) {
  return JSON.stringify(styles);
}

function sheetOf([media, text]) {
  const sheet = new CSSStyleSheet({ media });
  sheet.replaceSync(text);
  return sheet;
}

function scriptsOf(doc) {
  return [...doc.querySelectorAll(`script:not(${DATA_TYPE})`)].map((script) => script.getAttribute("src") + script.text).join("\n");
}
