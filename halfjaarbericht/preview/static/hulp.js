/** The help: what the keys do, and whether they are on. */

import { $ } from "./maak.js";
import { enable, enabled } from "./toetsen.js";

$("toetsen-aan").addEventListener("change", (event) => enable(event.target.checked));

export function openHelp() {
  $("toetsen-aan").checked = enabled();
  $("hulp").showModal();
}
