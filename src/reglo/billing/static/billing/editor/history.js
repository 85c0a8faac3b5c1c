// What was done to lines can be taken back: the rows as they stood before each act, with what was typed in them.

const MOST = 50;

export class History {
  #states = [];
  #typed = false;

  constructor(lines, { onUndo }) {
    this.lines = lines;
    this.onUndo = onUndo;
    this.bar = document.getElementById("undo");
    this.bar.querySelector("[data-undo]").addEventListener("click", () => this.undo());
    lines.table.addEventListener("input", () => (this.#typed = true));
  }

  /** Remember the rows as they stand, before something is done to them. */
  remember() {
    this.#states.push(this.lines.rows.map((row) => [row, fieldsOf(row).map((field) => field.value)]));
    if (this.#states.length > MOST) this.#states.shift();
    this.#typed = false;
  }

  /** Forget the last state, since nothing came of the act. */
  forget() {
    this.#states.pop();
  }

  /** Whether Ctrl-Z takes back an act on lines; after typing it belongs to the browser. */
  get isNext() {
    return this.#states.length > 0 && !this.#typed;
  }

  offer(sentence) {
    document.getElementById("undo-text").textContent = sentence;
    this.bar.hidden = false;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => (this.bar.hidden = true), 10_000);
  }

  undo() {
    const state = this.#states.pop();
    this.bar.hidden = true;
    if (!state) return;
    this.lines.rows.forEach((row) => row.remove());
    for (const [row, values] of state) {
      this.lines.table.append(row);
      fieldsOf(row).forEach((field, index) => (field.value = values[index]));
    }
    this.lines.renumber();
    this.onUndo();
  }
}

function fieldsOf(row) {
  return [...row.querySelectorAll("input, select, textarea")];
}
