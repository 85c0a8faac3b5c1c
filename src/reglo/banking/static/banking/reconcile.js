// Reconciling by keyboard: j and k or the arrows go through the lines, Enter accepts, a figure takes that candidate,
// s searches, x sets aside, u takes the last decision back. The page works without this, by links and forms.

const lines = [...document.querySelectorAll("[data-lines] a")];
const pane = document.getElementById("pane");
const current = lines.findIndex((each) => each.matches("[aria-current]"));

const isWriting = (element) => element.matches("input, textarea, select, [contenteditable]") || document.querySelector("dialog[open]");

function go(step) {
  const next = lines[current + step];
  if (next) next.click();
  return Boolean(next);
}

function press(selector, place = 0) {
  const found = [...document.querySelectorAll(selector)][place];
  found?.click();
  return Boolean(found);
}

function search() {
  const field = pane?.querySelector("[data-search]");
  field?.focus();
  field?.select();
  return Boolean(field);
}

function setAside() {
  const details = pane?.querySelector("[data-aside]");
  if (!details) return false;
  details.open = true;
  details.querySelector("select").focus();
  return true;
}

const undo = () => press("[data-undo-line]") || press(".toasts form button");

const KEYS = {
  j: () => go(1),
  ArrowDown: () => go(1),
  k: () => go(-1),
  ArrowUp: () => go(-1),
  s: search,
  x: setAside,
  u: undo,
};

const PATIENCE = 1200; // milliseconds in which a key after "g" belongs to the menu
let leaderAt = -PATIENCE;

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || isWriting(event.target)) return;
  if (event.timeStamp - leaderAt < PATIENCE) return;
  if (event.key === "g") leaderAt = event.timeStamp;
  let isDone = false;
  if (event.key === "Enter") {
    // On a link or button that is not a line of the list, Enter means that.
    if (event.target.matches("a, button, summary") && !event.target.closest("[data-lines]")) return;
    isDone = press("#pane [data-accept]");
  } else if (/^[1-9]$/.test(event.key)) isDone = press("#pane [data-accept]", Number(event.key) - 1);
  else isDone = KEYS[event.key]?.() ?? false;
  if (isDone) {
    event.preventDefault();
    event.stopImmediatePropagation();
  }
}, true);

// The line that is looked at stays in sight, and the keyboard goes on from it.

const isNarrow = matchMedia("(max-width: 61.99rem)").matches;

if (isNarrow && new URLSearchParams(location.search).has("line")) pane?.scrollIntoView();
else if (current >= 0) {
  lines[current].scrollIntoView({ block: "nearest" });
  if (!pane?.querySelector("[data-search]")?.value) lines[current].focus({ preventScroll: true });
}

// What is left of a split, as one types.

const split = pane?.querySelector("[data-split]");

function cents(text) {
  const figure = text.replace(/[\s\u00a0\u202f€]/g, "").replace(",", ".");
  return /^\d+(\.\d{1,2})?$/.test(figure) ? Math.round(Number(figure) * 100) : 0;
}

function showLeft() {
  const whole = Math.abs(Number(split.dataset.split));
  let used = 0;
  for (const field of split.querySelectorAll(".bank-part")) {
    const box = field.closest("tr").querySelector("[type=checkbox]");
    used += field.value.trim() ? cents(field.value) : box.checked ? Number(box.dataset.open) : 0;
  }
  const told = split.querySelector("[data-left]");
  told.textContent = ((whole - used) / 100).toLocaleString(document.documentElement.lang, { minimumFractionDigits: 2 });
  told.parentElement.classList.toggle("is-off", used > whole);
  told.parentElement.hidden = used === 0;
}

if (split?.querySelector("[data-left]")) {
  split.addEventListener("input", showLeft);
  showLeft();
}
