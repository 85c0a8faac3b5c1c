// A slider below each field with data-slider="least most step"; both move together. Without it one types.

const comma = document.documentElement.lang === "fr" ? "," : ".";

/** The number that a field shows; 0 for none. */
function read(field) {
  return Number.parseFloat(field.value.replace(",", ".").replace("\u2212", "-")) || 0;
}

/** A slider for `field`, labelled as it is. */
function slider(field) {
  const [min, max, step] = field.dataset.slider.split(" ");
  const range = document.createElement("input");
  Object.assign(range, { type: "range", className: "slider", min, max, step, value: read(field) });
  range.setAttribute("aria-label", field.labels[0]?.firstChild?.textContent.trim() ?? field.name);
  range.addEventListener("input", () => {
    const shown = String(Number(range.value)).replace(".", comma);
    const isEmpty = Number(range.value) === 0 && !field.required && field.name !== "price_percent";
    field.value = isEmpty ? "" : shown + (field.dataset.suffix ?? "");
  });
  field.addEventListener("input", () => {
    range.value = read(field);
  });
  field.after(range);
}

for (const field of document.querySelectorAll("[data-slider]")) slider(field);
