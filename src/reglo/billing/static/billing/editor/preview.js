// The page of the document beside its form, drawn again when what it says has changed.

import { fragment } from "./listbox.js";

const WAIT = 400;

export class Preview {
  #isDrawing = false;
  #isStale = true;

  constructor(form) {
    this.url = form.dataset.preview;
    this.fold = form.querySelector("[data-preview-fold]");
    this.place = document.getElementById("preview");
    this.fold.addEventListener("toggle", () => this.fold.open && this.#isStale && this.#draw());
    // Open at the first visit, where there is room for it.
    if (!localStorage.getItem("reglo:fold:preview") && matchMedia("(min-width: 75rem)").matches) this.fold.open = true;
  }

  refresh() {
    this.#isStale = true;
    clearTimeout(this.timer);
    if (this.fold.open) this.timer = setTimeout(() => this.#draw(), WAIT);
  }

  async #draw() {
    if (this.#isDrawing) return;
    this.#isDrawing = true;
    this.#isStale = false;
    this.place.ariaBusy = "true";
    const html = await fragment(this.url).catch(() => null);
    if (html !== null) this.place.innerHTML = html;
    this.place.ariaBusy = "false";
    this.#isDrawing = false;
    if (this.#isStale) this.refresh();
  }
}
