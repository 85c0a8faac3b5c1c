// The editor of documents: lines as in a spreadsheet, saved and answered as one types.

import { dragRows } from "./drag.js";
import { History } from "./history.js";
import { listenToKeys, stand } from "./keys.js";
import { Lines, choose, grow } from "./lines.js";
import { Listbox, fragment } from "./listbox.js";
import { Live } from "./live.js";
import { askBeforeIssuing } from "./issue.js";
import { cellsOf, fill } from "./paste.js";
import { Preview } from "./preview.js";

const form = document.getElementById("editor");
const table = form.querySelector("[data-lines]");
const announcer = document.getElementById("announcer");
const text = form.dataset;

const announce = (sentence) => (announcer.textContent = sentence);

const lines = new Lines(table);
const preview = new Preview(form);
const live = new Live(form, {
  beforeSend: () => lines.renumber(),
  onAnswer(told) {
    lines.showAmounts(JSON.parse(told.dataset.amounts));
    announce(told.dataset.summary);
    preview.refresh();
  },
  onStale(html, body) {
    const place = document.getElementById("editor-problem");
    place.innerHTML = html;
    place.querySelector("[data-keep-mine]")?.addEventListener("click", (event) => keepMine(event, body));
    place.querySelector("[data-take-theirs]").addEventListener("click", () => live.drop());
    place.firstElementChild.focus();
  },
});
const history = new History(lines, {
  onUndo() {
    announce(text.textUndone);
    live.touch();
  },
});

// What is done with lines

const acts = {
  insert: (row) => change(() => stand(lines.cell(lines.add(row), "name"))),
  next: (row) => change(() => stand(lines.cell(lines.add(row), "name"))),
  duplicate: (row) => row.matches("[data-line]") && change(() => stand(lines.cell(lines.duplicate(row), "name"))),
  up: (row) => shift(row, -1),
  down: (row) => shift(row, 1),
  group: (row) => change(() => stand(lines.cell(lines.addGroup(row), "name"))),
  more: (row) => row.matches("[data-line]") && lines.openMore(row),
  remove(row) {
    change(() => stand(lines.cell(lines.remove(row), "name")));
    history.offer(text.textRemoved);
    announce(text.textRemoved);
  },
};

function change(act) {
  history.remember();
  act();
  live.touch();
}

function shift(row, step) {
  history.remember();
  if (!lines.move(row, step)) return history.forget();
  announce(text.textMoved.replace("%s", lines.rows.indexOf(row) + 1));
  live.touch();
}

const products = new Listbox(document.getElementById("product-options"), {
  least: 2,
  search: (typed) => fragment(`${text.products}?${new URLSearchParams({ q: typed })}`),
  take(option, input) {
    const row = lines.rowOf(input);
    const { id, name, reference, description, unit, vat, nature, price } = option.dataset;
    input.value = name;
    put(row, { product_id: id, reference, description, nature });
    if (unit) choose(lines.cell(row, "unit"), unit);
    if (vat) choose(lines.cell(row, "vat"), vat);
    if (price && !lines.cell(row, "price").name.endsWith("_with_vat")) lines.cell(row, "price").value = shownFigure(price);
    live.touch();
    stand(lines.cell(row, "quantity"));
  },
});

function put(row, values) {
  for (const [name, value] of Object.entries(values)) {
    const field = lines.field(row, name);
    if (!field || value === undefined) continue;
    field.value = value;
    if (field.matches("textarea")) grow(field);
  }
}

/** A figure of the data as one types it in the language of the page. */
function shownFigure(figure) {
  return document.documentElement.lang.startsWith("en") ? figure : figure.replace(".", ",");
}

listenToKeys(lines, { listbox: products, acts, history, leaveEnd: () => form.querySelector("[data-add-line]").focus() });

table.addEventListener("input", (event) => {
  const field = event.target;
  if (field.matches("textarea")) grow(field);
  if (field.dataset.cell === "name" && field.role === "combobox") {
    products.ask(field);
    lines.rowOf(field).querySelector("[data-product]").value = "";
  }
});

table.addEventListener("focusin", ({ target }) => target.matches("input[data-cell]") && target.select());
table.addEventListener("focusout", () => products.close());

table.addEventListener("paste", (event) => {
  const field = event.target;
  const cells = field.dataset?.cell && cellsOf(event.clipboardData.getData("text/plain"));
  const row = lines.rowOf(field);
  if (!cells || !row.matches("[data-line]")) return;
  event.preventDefault();
  products.close();
  let count = 0;
  change(() => (count = fill(lines, row, field.dataset.cell, cells)));
  lines.showReductions(reductions.ariaPressed === "true");
  history.offer(text.textPasted.replace("%s", count));
  announce(text.textPasted.replace("%s", count));
});

dragRows(lines, {
  onStart: () => history.remember(),
  onEnd(isMoved, row) {
    if (!isMoved) return history.forget();
    announce(text.textMoved.replace("%s", lines.rows.indexOf(row) + 1));
    live.touch();
  },
});

// The menu of a line

const menu = document.getElementById("line-menu");
let menuButton = null;

table.addEventListener("click", (event) => {
  const button = event.target.closest("[data-line-menu]");
  if (button) openMenu(button);
  const heading = event.target.closest("[data-ungroup]");
  if (heading) acts.remove(lines.rowOf(heading));
});

function openMenu(button) {
  menuButton = button;
  const { right, bottom } = button.getBoundingClientRect();
  menu.showPopover();
  menu.style.left = `${Math.max(8, right - menu.offsetWidth)}px`;
  menu.style.top = `${Math.min(bottom + 4, innerHeight - menu.offsetHeight - 8)}px`;
  menu.querySelector("button").focus();
}

menu.addEventListener("toggle", (event) => menuButton?.setAttribute("aria-expanded", String(event.newState === "open")));
menu.addEventListener("click", (event) => {
  const chosen = event.target.closest("[data-do]");
  if (!chosen) return;
  menu.hidePopover();
  acts[chosen.dataset.do](lines.rowOf(menuButton));
});
menu.addEventListener("keydown", (event) => {
  const items = [...menu.querySelectorAll("[role=menuitem]")];
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (step) {
    event.preventDefault();
    items.at((items.indexOf(document.activeElement) + step) % items.length).focus();
  } else if (event.key === "Escape" || event.key === "Tab") {
    event.preventDefault();
    menu.hidePopover();
    menuButton.focus();
  }
});

// The form around the lines

form.addEventListener("input", () => live.touch());
form.addEventListener("change", (event) => {
  if (event.target.matches("[data-prices]")) lines.namePrices(event.target.value === "price_with_vat");
  live.touch();
});
form.addEventListener("submit", async (event) => {
  event.preventDefault();
  if (event.submitter?.matches("[data-issue]")) return askBeforeIssuing(live, event.submitter.dataset.issue);
  await live.flush();
});
form.addEventListener("keydown", (event) => {
  // Enter in a field of its own never submits the form: it is saved anyway.
  if (event.key === "Enter" && event.target.matches("input:not([data-cell])") && !event.defaultPrevented) event.preventDefault();
});
document.addEventListener("keydown", (event) => {
  if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "s") {
    event.preventDefault();
    live.touch();
    live.flush();
  }
});

form.querySelector("[data-add-line]").addEventListener("click", () => change(() => stand(lines.cell(lines.add(), "name"))));
form.querySelector("[data-add-group]").addEventListener("click", () =>
  change(() => {
    const last = lines.lines.at(-1);
    stand(lines.cell(lines.addGroup(last && lines.isBlank(last) ? last : null), "name"));
    if (!last || !lines.isBlank(last)) lines.add();
  }),
);
const reductions = form.querySelector("[data-reductions]");
reductions.addEventListener("click", () => {
  reductions.ariaPressed = String(lines.showReductions(reductions.ariaPressed !== "true"));
});
form.querySelector("[data-keys]").addEventListener("click", () => document.getElementById("keys-dialog").showModal());
document.querySelectorAll("[data-leaves]").forEach((each) => each.addEventListener("submit", () => live.drop()));

for (const fold of form.querySelectorAll("[data-fold]")) {
  const key = `reglo:fold:${fold.dataset.fold}`;
  if (localStorage.getItem(key) === "open") fold.open = true;
  fold.addEventListener("toggle", () => localStorage.setItem(key, fold.open ? "open" : "closed"));
}

/** Further rows of allowances, deposits and references come when the last one is used. */
for (const rows of form.querySelectorAll("[data-rows]")) {
  rows.addEventListener("input", () => {
    const last = [...rows.querySelectorAll("[data-row]")].at(-1);
    if (![...last.querySelectorAll("input")].some((field) => field.value)) return;
    const copy = last.cloneNode(true);
    const place = rows.querySelectorAll("[data-row]").length;
    for (const each of copy.querySelectorAll("[id], [for]")) {
      for (const attribute of ["id", "for", "name"]) {
        const value = each.getAttribute(attribute);
        if (value) each.setAttribute(attribute, value.replace(/(\[|-)\d+(\]|-)/, `$1${place}$2`));
      }
      if ("value" in each) each.value = "";
    }
    last.after(copy);
  });
}

// What is missing leads to its field

document.addEventListener("click", (event) => {
  const link = event.target.closest("[data-focus]");
  if (!link) return;
  const field = nearest(link.dataset.focus);
  if (!field) return;
  event.preventDefault();
  show(field);
});

/** The field with this id, or the one whose id begins most like it. */
function nearest(id) {
  for (let begin = id; begin.startsWith("f-"); begin = begin.replace(/-[^-]*$/, "")) {
    const found = document.getElementById(begin) ?? document.querySelector(`[id^="${CSS.escape(begin)}-"]:is(input, select, textarea)`);
    if (found) return found;
    if (!begin.includes("-", 2)) break;
  }
  return document.getElementById(id);
}

function show(field) {
  const fold = field.closest("details");
  if (fold) fold.open = true;
  if (field.matches('[data-cell="reduction"]')) lines.showReductions(true);
  if (field.closest("[data-line-more]")) lines.rowOf(field).classList.add("is-open");
  const seen = field.checkVisibility() ? field : field.closest("section, div").querySelector("input, select, textarea");
  (seen?.checkVisibility() ? seen : field.closest(".terms-choice")?.querySelector("[name=terms_are]"))?.focus();
  (seen ?? field).scrollIntoView({ block: "center", behavior: matchMedia("(prefers-reduced-motion: reduce)").matches ? "auto" : "smooth" });
}

// The customer

const customerField = form.querySelector("[data-customer-search]");
const customerDialog = document.getElementById("customer-dialog");
const customers = new Listbox(document.getElementById("customer-options"), {
  search: (typed) => fragment(`${text.customers}?${new URLSearchParams({ q: typed })}`),
  take: (option) => ("new" in option.dataset ? newCustomer() : takeCustomer(option)),
});

customerField.addEventListener("input", (event) => {
  event.stopPropagation();
  customers.ask(customerField);
});
customerField.addEventListener("focus", () => {
  customerField.select();
  customers.ask(customerField, "");
});
customerField.addEventListener("keydown", (event) => customers.key(event));
customerField.addEventListener("change", (event) => event.stopPropagation());
customerField.addEventListener("blur", () => {
  customers.close();
  customerField.value = customerField.dataset.chosen ?? customerField.defaultValue;
});

async function takeCustomer(option) {
  const { id, label, address, siren } = option.dataset;
  form.querySelector("[data-customer]").value = id;
  customerField.value = customerField.dataset.chosen = label;
  form.querySelector("[data-customer-about]").textContent = [address.trim(), siren].filter(Boolean).join(" · ");
  live.touch();
  if (await live.flush()) await renewTerms();
  stand(lines.cell(lines.lines[0], "name"));
}

/** The usual terms are those of the customer that was chosen. */
async function renewTerms() {
  const page = new DOMParser().parseFromString(await fragment(location.href), "text/html");
  for (const part of [".terms-words", ".page-title"]) document.querySelector(part).replaceChildren(...page.querySelector(part).childNodes);
  const label = "input[value=usual] + .form-check-label";
  form.querySelector(label).replaceChildren(...page.querySelector(label).childNodes);
}

function newCustomer() {
  const body = customerDialog.querySelector("[data-body]");
  body.replaceChildren(document.querySelector("[data-new-customer-form]").content.cloneNode(true));
  const typed = customerField.value.trim();
  body.querySelector("[name=name]").value = typed === (customerField.dataset.chosen ?? customerField.defaultValue) ? "" : typed;
  customerDialog.showModal();
}

customerDialog.addEventListener("click", (event) => event.target.closest("[data-close]") && customerDialog.close());
customerDialog.addEventListener("submit", async (event) => {
  event.preventDefault();
  const answer = await fetch(text.customers, { method: "POST", body: new URLSearchParams(new FormData(event.target)), headers: { "HX-Request": "true" } });
  const html = await answer.text();
  if (answer.status !== 201) {
    customerDialog.querySelector("[data-body]").innerHTML = html;
    customerDialog.querySelector(".is-invalid, .alert")?.focus();
    return;
  }
  customerDialog.close();
  const option = document.createElement("ul");
  option.innerHTML = html;
  await takeCustomer(option.firstElementChild);
});

// Two people on one document

function keepMine(event, body) {
  event.preventDefault();
  const copy = document.createElement("form");
  copy.method = "post";
  copy.action = event.currentTarget.getAttribute("formaction");
  body.set("csrfmiddlewaretoken", form.elements.csrfmiddlewaretoken.value);
  for (const [name, value] of body) {
    const field = document.createElement("input");
    field.type = "hidden";
    field.name = name;
    field.value = value;
    copy.append(field);
  }
  document.body.append(copy);
  live.drop();
  copy.submit();
}

const first = document.querySelector("#answer .answer");
lines.showAmounts(JSON.parse(first.dataset.amounts));
form.dataset.ready = "";
live.recover();
