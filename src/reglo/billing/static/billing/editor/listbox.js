// A field with a list of what was found under it (combobox): arrows choose, Enter takes, Escape closes.

const WAIT = 150;

export class Listbox {
  #found = 0;

  /** search(text): HTML of the options; take(option, input): what choosing does. */
  constructor(list, { search, take, least = 0 }) {
    Object.assign(this, { list, search, take, least, input: null });
    list.addEventListener("pointerdown", (event) => event.preventDefault());
    list.addEventListener("click", (event) => this.#take(event.target.closest('[role="option"]')));
  }

  get isOpen() {
    return this.list.matches(":popover-open");
  }

  get options() {
    return [...this.list.querySelectorAll('[role="option"]')];
  }

  /** Search what stands in `input`, once it has rested for a moment. */
  ask(input, text = input.value.trim()) {
    clearTimeout(this.timer);
    if (text.length < this.least) return this.close();
    const asked = ++this.#found;
    this.timer = setTimeout(async () => {
      const html = await this.search(text).catch(() => "");
      if (asked !== this.#found || document.activeElement !== input) return;
      this.input = input;
      this.list.innerHTML = html;
      if (this.options.length) this.#open();
      else this.close();
    }, WAIT);
  }

  /** Handle a key while the list is open; whether it was one of ours. */
  key(event) {
    if (!this.isOpen) return false;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) this.#point(step);
    else if (event.key === "Enter" && this.active) this.#take(this.active);
    else if (event.key === "Escape") this.close();
    else if (event.key === "Tab" || event.key === "Enter") return this.close();
    else return false;
    event.preventDefault();
    event.stopPropagation();
    return true;
  }

  close() {
    clearTimeout(this.timer);
    this.#found += 1;
    if (this.isOpen) this.list.hidePopover();
    this.input?.setAttribute("aria-expanded", "false");
    this.input?.removeAttribute("aria-activedescendant");
    this.active = null;
    return false;
  }

  #open() {
    this.active = null;
    const { left, bottom, width } = this.input.getBoundingClientRect();
    this.list.style.left = `${Math.max(8, left)}px`;
    this.list.style.top = `${bottom + 2}px`;
    this.list.style.minWidth = `${Math.min(width, innerWidth - 16)}px`;
    if (!this.isOpen) this.list.showPopover();
    this.input.setAttribute("aria-expanded", "true");
  }

  #point(step) {
    const options = this.options;
    const place = options.indexOf(this.active) + step;
    this.active?.setAttribute("aria-selected", "false");
    this.active = options.at(place < 0 ? -1 : place % options.length);
    this.active.id ||= `${this.list.id}-${options.indexOf(this.active)}`;
    this.active.setAttribute("aria-selected", "true");
    this.active.scrollIntoView({ block: "nearest" });
    this.input.setAttribute("aria-activedescendant", this.active.id);
  }

  #take(option) {
    if (!option) return;
    const input = this.input;
    this.close();
    this.take(option, input);
  }
}

/** The text of a fragment of the site. Throws where the answer is none. */
export async function fragment(url, options = {}) {
  const answer = await fetch(url, { ...options, headers: { "HX-Request": "true", ...options.headers } });
  if (!answer.ok) throw new Error(`${answer.status}`);
  return answer.text();
}
