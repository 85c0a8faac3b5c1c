// The lines of the document as rows of a table: their places, groups, and what is done with them.
//
// Every row is a <tbody>. A field is named by its place in the content (lines[0].price); rows that say nothing have the
// places after all others, since the server leaves them out.

const SAYS_SOMETHING = ["name", "description", "price", "price_with_vat", "product_id", "reference"];
export const COLUMNS = ["name", "quantity", "unit", "price", "vat", "reduction"];

export class Lines {
  constructor(table) {
    this.table = table;
    this.lineTemplate = document.querySelector("[data-line-template]");
    this.groupTemplate = document.querySelector("[data-group-template]");
    this.#headGroups();
    this.renumber();
    this.showReductions(false);
    this.table.querySelectorAll("textarea").forEach(grow);
  }

  get rows() {
    return [...this.table.tBodies];
  }

  get lines() {
    return this.rows.filter((row) => row.matches("[data-line]"));
  }

  rowOf(element) {
    return element.closest("tbody");
  }

  field(row, name) {
    return row.querySelector(`[name$="].${name}"]`);
  }

  cell(row, column) {
    return row?.querySelector(`[data-cell="${column}"]`);
  }

  isBlank(row) {
    return !SAYS_SOMETHING.some((name) => this.field(row, name)?.value.trim());
  }

  /** Give each row its place again, after rows came, went or moved. */
  renumber() {
    let shown = 0;
    let filled = 0;
    const lines = this.lines;
    let blank = lines.filter((row) => !this.isBlank(row)).length;
    for (const row of lines) {
      setPlace(row, this.isBlank(row) ? blank++ : filled++);
      row.querySelector("[data-number]").textContent = ++shown;
    }
    this.#tellGroups();
  }

  /** A new row after `row` (at the end without one), taxed and grouped as the one before it. */
  add(row = this.rows.at(-1)) {
    const fresh = this.lineTemplate.content.firstElementChild.cloneNode(true);
    if (row) row.after(fresh);
    else this.table.append(fresh);
    const before = previousLine(fresh);
    if (before) for (const column of ["unit", "vat"]) choose(this.cell(fresh, column), this.cell(before, column).value);
    const price = before && this.cell(before, "price");
    if (price) this.#namePrice(this.cell(fresh, "price"), price.name.endsWith("price_with_vat"));
    this.renumber();
    return fresh;
  }

  duplicate(row) {
    const copy = row.cloneNode(true);
    const sources = row.querySelectorAll("select");
    copy.querySelectorAll("select").forEach((select, index) => (select.value = sources[index].value));
    row.after(copy);
    copy.dataset.place = "copy";
    this.renumber();
    return copy;
  }

  /** Take a row out; the row that is to be stood in then. An empty table keeps a row to type into. */
  remove(row) {
    const next = row.nextElementSibling?.matches("tbody") ? row.nextElementSibling : row.previousElementSibling;
    row.remove();
    if (!this.lines.length) this.add();
    this.renumber();
    return next?.matches("tbody") ? next : this.lines[0];
  }

  /** Put a row one place up (-1) or down (+1); whether it moved. */
  move(row, step) {
    const other = step < 0 ? row.previousElementSibling : row.nextElementSibling;
    if (!other?.matches("tbody")) return false;
    const focused = row.contains(document.activeElement) ? document.activeElement : null;
    if (step < 0) other.before(row);
    else other.after(row);
    focused?.focus();
    this.renumber();
    return true;
  }

  /** A heading before a row (at the end without one). */
  addGroup(before) {
    const heading = this.#heading(before);
    this.renumber();
    return heading;
  }

  /** Show the amounts that the server worked out. */
  showAmounts({ lines, groups }) {
    for (const row of this.lines) row.querySelector("[data-net]").textContent = lines[Number(row.dataset.place)] ?? "";
    const left = [...groups];
    for (const heading of this.table.querySelectorAll("[data-group]")) {
      const name = this.cell(heading, "name").value.trim();
      const place = name ? left.findIndex(([group]) => group === name) : -1;
      heading.querySelector("[data-net]").textContent = place < 0 ? "" : left.splice(place, 1)[0][1];
    }
  }

  /** All unit prices are without tax, or all with it. */
  namePrices(withVat) {
    for (const row of this.lines) this.#namePrice(this.cell(row, "price"), withVat);
  }

  /** Show the column of allowances; it stays where a line has one. Says whether it is seen. */
  showReductions(isWanted) {
    const isUsed = this.lines.some((row) => this.cell(row, "reduction").value.trim());
    this.table.classList.toggle("has-no-reductions", !isUsed && !isWanted);
    return isUsed || isWanted;
  }

  openMore(row, isOpen = !row.classList.contains("is-open")) {
    row.classList.toggle("is-open", isOpen);
    if (isOpen) row.querySelector(".cell-description").focus();
  }

  #namePrice(input, withVat) {
    const wanted = withVat ? "price_with_vat" : "price";
    input.name = input.name.replace(/price(_with_vat)?$/, wanted);
    input.id = input.id.replace(/price(_with_vat)?$/, wanted);
  }

  /** Put a heading where the group changes. */
  #headGroups() {
    let group = "";
    for (const row of this.lines) {
      const own = row.querySelector("[data-group-of]").value.trim();
      if (own !== group && !(this.isBlank(row) && !own)) {
        this.cell(this.#heading(row), "name").value = own;
        group = own;
      }
    }
  }

  #heading(before) {
    const heading = this.groupTemplate.content.firstElementChild.cloneNode(true);
    if (before) before.before(heading);
    else this.table.append(heading);
    return heading;
  }

  /** Each line says which group it stands in: that of the heading above it. */
  #tellGroups() {
    let group = "";
    for (const row of this.rows) {
      if (row.matches("[data-group]")) group = this.cell(row, "name").value.trim();
      else row.querySelector("[data-group-of]").value = group;
      row.classList.toggle("is-grouped", Boolean(group) && row.matches("[data-line]"));
    }
  }
}

/** Choose an option of a select by value or by what it says; a new one where there is none, for the server to judge. */
export function choose(select, wanted) {
  const plain = (text) => text.toLowerCase().normalize("NFKD").replace(/[\s%\u0300-\u036f]/g, "").replace(",", ".").replace(/s$/, "");
  const known = [...select.options].find((each) => each.value === wanted || plain(each.text) === plain(wanted));
  if (known) select.value = known.value;
  else if (wanted) select.add(new Option(wanted, wanted, true, true));
}

/** Make a text as high as what it says. */
export function grow(text) {
  text.rows = Math.min(12, Math.max(1, text.value.split("\n").length));
}

function previousLine(row) {
  let before = row.previousElementSibling;
  while (before && !before.matches("[data-line]")) before = before.previousElementSibling;
  return before;
}

function setPlace(row, place) {
  if (row.dataset.place === String(place)) return;
  row.dataset.place = place;
  for (const each of row.querySelectorAll("[name], [id], [for], [aria-labelledby], [aria-describedby]")) {
    for (const attribute of ["name", "id", "for", "aria-labelledby", "aria-describedby"]) {
      const value = each.getAttribute(attribute);
      if (value) each.setAttribute(attribute, placed(value, place));
    }
  }
}

function placed(text, place) {
  return text.replace(/^lines\[\w+\]/, `lines[${place}]`).replace(/f-lines-[^-\s]+/g, `f-lines-${place}`);
}
