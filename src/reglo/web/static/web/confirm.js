// data-confirm="what will happen" on a submit button: asks first, in a dialog.

const dialog = document.getElementById("confirm");
const agreed = new WeakSet();

/** Ask whether to go on; resolves to true where the person agrees. */
export function ask(sentence, act) {
  dialog.querySelector("[data-sentence]").textContent = sentence;
  dialog.querySelector("[data-agree]").textContent = act;
  dialog.returnValue = "";
  dialog.showModal();
  return new Promise((resolve) => {
    dialog.addEventListener("close", () => resolve(dialog.returnValue === "agree"), { once: true });
  });
}

document.addEventListener(
  "submit",
  async (event) => {
    const button = event.submitter;
    if (!button?.dataset.confirm) return;
    if (agreed.delete(button)) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    if (await ask(button.dataset.confirm, button.textContent.trim() || button.ariaLabel)) {
      agreed.add(button);
      event.target.requestSubmit(button);
    }
  },
  true,
);

document.addEventListener("htmx:confirm", async (event) => {
  const asked = event.detail.elt;
  if (asked.form || !asked.dataset.confirm) return; // buttons of forms are asked about when they submit
  event.preventDefault();
  if (await ask(asked.dataset.confirm, asked.textContent.trim())) event.detail.issueRequest(true);
});
