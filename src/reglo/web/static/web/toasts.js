// Messages at the corner. They leave by themselves, unless they offer to take something back.
// The server adds one to an htmx answer with the header HX-Trigger: {"toast": {"message": "…"}}.

const place = document.getElementById("toasts");
const STAY = 8000; // milliseconds

function settle(toast) {
  const close = toast.querySelector("[data-toast-close]");
  close.hidden = false;
  close.addEventListener("click", () => toast.remove());
  if (!toast.querySelector("form")) leave(toast);
}

function leave(toast) {
  setTimeout(() => (toast.matches(":hover, :focus-within") ? leave(toast) : toast.remove()), STAY);
}

/** Show a sentence for a while. */
export function showToast(message) {
  const toast = document.getElementById("toast").content.firstElementChild.cloneNode(true);
  toast.querySelector("p").textContent = message;
  place.append(toast);
  settle(toast);
}

document.addEventListener("toast", (event) => showToast(event.detail.message));
for (const toast of place.children) settle(toast);
