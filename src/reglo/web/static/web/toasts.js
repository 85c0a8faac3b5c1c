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

/** Show a sentence for a while; level "error" for what did not work. */
export function showToast(message, level = "info") {
  const toast = document.getElementById("toast").content.firstElementChild.cloneNode(true);
  toast.className = `toast toast-${level}`;
  toast.querySelector("p").textContent = message;
  place.append(toast);
  settle(toast);
}

const fail = () => showToast(place.dataset.failed, "error");

document.addEventListener("toast", (event) => showToast(event.detail.message, event.detail.level));
document.addEventListener("htmx:sendError", fail);
document.addEventListener("htmx:responseError", (event) => {
  if (!event.detail.xhr.getResponseHeader("HX-Trigger")) fail();
});
for (const toast of place.children) settle(toast);
