// What is typed goes to the server a moment later: it is saved, and the answer says what it comes to. Figures come from
// the server only. Without connection what was typed stays in this browser.

const WAIT = 300;
const RETRY = 5000;

export class Live {
  #state = "saved";
  #sending = null;
  #isWaiting = false;
  #isGoing = false;
  #typedMeanwhile = false;

  constructor(form, { beforeSend, onAnswer, onStale }) {
    Object.assign(this, { form, beforeSend, onAnswer, onStale });
    this.indicator = document.getElementById("save-state");
    this.answer = document.getElementById("answer");
    this.key = `reglo:editor:${form.dataset.key}`;
    addEventListener("online", () => this.#state === "offline" && this.send());
    addEventListener("beforeunload", (event) => {
      if (this.#state === "saved" || this.isLeaving) return;
      this.#isGoing = true;
      this.#keepHere();
      event.preventDefault();
    });
  }

  get isSaved() {
    return this.#state === "saved";
  }

  /** Something was typed. */
  touch() {
    if (this.#state === "stale") return;
    this.#isGoing = false;
    this.#show("typed");
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.send(), WAIT);
  }

  /** Save now, if there is something to save; whether all is saved then. */
  async flush() {
    clearTimeout(this.timer);
    if (this.#sending) await this.#sending;
    if (!this.isSaved) await this.send();
    return this.isSaved;
  }

  /** Send what stands in the form. One call is under way at a time; what is typed meanwhile goes with the next. */
  async send() {
    if (this.#state === "stale") return;
    if (this.#sending) {
      this.#isWaiting = true;
      return this.#sending;
    }
    this.#sending = this.#post(this.body());
    await this.#sending;
    this.#sending = null;
    if (this.#isWaiting) {
      this.#isWaiting = false;
      await this.send();
    }
  }

  /** The fields that say something, as they are posted. */
  body() {
    this.beforeSend();
    const body = new URLSearchParams();
    for (const [name, value] of new FormData(this.form)) if (value !== "" || !name.includes("[")) body.append(name, value);
    return body;
  }

  /** Save what an earlier visit could not, kept in this browser. */
  async recover() {
    const kept = localStorage.getItem(this.key);
    if (!kept) return;
    const body = new URLSearchParams(kept);
    body.set("csrfmiddlewaretoken", this.form.elements.csrfmiddlewaretoken.value);
    await this.#post(body);
    if (!this.isSaved) return;
    this.isLeaving = true;
    location.reload();
  }

  async #post(body) {
    this.#show("saving");
    this.#typedMeanwhile = false;
    let answer;
    try {
      answer = await fetch(this.form.dataset.live, {
        method: "POST",
        body: JSON.stringify(Object.fromEntries(body)),
        redirect: "manual",
        headers: {
          "Content-Type": "application/json",
          "HX-Request": "true",
          "X-CSRFToken": this.form.elements.csrfmiddlewaretoken.value,
        },
      });
    } catch {
      return this.#keepFor("offline");
    }
    if (answer.type === "opaqueredirect" || answer.status === 403) return this.#keepFor("session");
    const html = await answer.text();
    if (answer.status === 409) {
      this.#keepHere(body);
      this.#show("stale");
      return this.onStale(html, body);
    }
    if (answer.status !== 200 && answer.status !== 422) return this.#keepFor("offline");
    this.#take(html, answer.status === 200);
  }

  #take(html, isSaved) {
    const fresh = document.createElement("template");
    fresh.innerHTML = html;
    const told = fresh.content.querySelector(".answer");
    this.form.elements.version.value = told.dataset.version;
    // A page that is being left keeps what it sent: the next one may have been drawn before that was saved.
    if (isSaved && !this.#isGoing) localStorage.removeItem(this.key);
    if (isSaved && !this.#typedMeanwhile) this.#show("saved", told.dataset.savedAt);
    else if (!isSaved) this.#show("refused", told.querySelector(".alert")?.textContent.trim());
    this.#swap(told);
    this.onAnswer(told);
  }

  /** Put the new answer in the place of the old one; who stood on a link of it still does. */
  #swap(told) {
    if (this.answer.firstElementChild?.outerHTML === told.outerHTML) return;
    const stood = this.answer.contains(document.activeElement) ? document.activeElement.getAttribute("href") : null;
    this.answer.replaceChildren(told);
    if (stood !== null) this.answer.querySelector(`a[href="${CSS.escape(stood)}"], .issue`)?.focus();
  }

  #keepFor(state) {
    this.#keepHere();
    this.#show(state);
    if (state === "offline") this.timer = setTimeout(() => this.send(), RETRY);
  }

  #keepHere(body = this.body()) {
    const kept = new URLSearchParams(body);
    kept.delete("csrfmiddlewaretoken");
    try {
      localStorage.setItem(this.key, kept.toString());
    } catch {
      // A full or forbidden storage: the text still stands in the form.
    }
  }

  #show(state, about = "") {
    if (state === "typed" && this.#sending) this.#typedMeanwhile = true;
    this.#state = state;
    this.indicator.dataset.state = state;
    const said = this.form.dataset[{ stale: "textRefused" }[state] ?? `text${state[0].toUpperCase()}${state.slice(1)}`];
    const sentence = said.replace("%s", about);
    const text = this.indicator.querySelector("[data-save-text]");
    if (text && text.textContent !== sentence) text.textContent = sentence.replace(/[:\s]+$/, "");
  }

  /** Forget what is kept in this browser, since it went elsewhere. */
  drop() {
    localStorage.removeItem(this.key);
    this.isLeaving = true;
  }
}
