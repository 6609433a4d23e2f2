/** Elements in one expression; text never becomes markup. */

/** An element `tag` with properties (names with a hyphen become attributes) and children: nodes, texts, or nothing. */
export function make(tag, properties = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (name.includes("-") || name === "role") element.setAttribute(name, value);
    else element[name] = value;
  }
  element.append(...children.filter((child) => child !== null && child !== undefined && child !== ""));
  return element;
}

/** "1 fout", "2 fouten". */
export function count(number, one, more) {
  return `${number} ${number === 1 ? one : more}`;
}

export const $ = (id) => document.getElementById(id);
