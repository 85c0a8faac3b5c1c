// Before a document is issued, a dialog says exactly what will happen.

import { fragment } from "./listbox.js";

const dialog = document.getElementById("issue-dialog");

/** Save, then ask. What is issued is what was saved. */
export async function askBeforeIssuing(live, url) {
  if (!(await live.flush())) return;
  dialog.innerHTML = await fragment(url);
  dialog.showModal();
}

dialog.addEventListener("click", (event) => {
  if (!event.target.closest("[data-close]")) return;
  event.preventDefault();
  dialog.close();
});
dialog.addEventListener("submit", (event) => {
  const button = event.target.querySelector("[data-once]");
  if (button.ariaDisabled === "true") event.preventDefault();
  button.ariaDisabled = "true";
});
