// data-shortcut="g i" on a link or button: keys that follow it. "?" lists them, "/" goes to the search.

const help = document.getElementById("shortcuts");
const PATIENCE = 1200; // milliseconds between two keys
let typed = [];
let typedAt = 0;

const isWriting = (element) => element.matches("input, textarea, select, [contenteditable]") || document.querySelector("dialog[open]");
const holders = () => [...document.querySelectorAll("[data-shortcut]")].filter((each) => each.dataset.shortcut);

function follow(keys) {
  const found = holders().find((each) => each.dataset.shortcut === keys);
  found?.click();
  return Boolean(found);
}

function showHelp() {
  const list = help.querySelector("dl");
  list.replaceChildren(
    ...[...list.querySelectorAll("[data-fixed]")],
    ...holders().flatMap((each) => {
      const term = document.createElement("dt");
      for (const key of each.dataset.shortcut.split(" ")) {
        const kbd = document.createElement("kbd");
        kbd.textContent = key;
        term.append(kbd, " ");
      }
      const meaning = document.createElement("dd");
      meaning.textContent = each.ariaLabel || each.textContent.trim();
      return [term, meaning];
    }),
  );
  help.showModal();
}

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || isWriting(event.target)) return;
  if (event.key === "?") return showHelp();
  if (event.key === "/") {
    const search = document.getElementById("search");
    if (search) {
      event.preventDefault();
      search.focus();
    }
    return;
  }
  if (event.timeStamp - typedAt > PATIENCE) typed = [];
  typed = [...typed, event.key].slice(-2);
  typedAt = event.timeStamp;
  if (follow(typed.join(" ")) || follow(event.key)) typed = [];
});
