// Rows that are ticked: data-tick on each box (Shift-click ticks a range), data-tick-all on the one for all,
// data-needs-ticks on buttons that act on them.

let last = null;

const boxesOf = (element) => [...(element.closest("form")?.querySelectorAll("[data-tick]") ?? [])];

function refresh(form) {
  if (!form) return;
  const boxes = boxesOf(form);
  const ticked = boxes.filter((box) => box.checked).length;
  const all = form.querySelector("[data-tick-all]");
  if (all) {
    all.checked = boxes.length > 0 && ticked === boxes.length;
    all.indeterminate = ticked > 0 && ticked < boxes.length;
  }
  for (const button of form.querySelectorAll("[data-needs-ticks]")) button.disabled = ticked === 0;
}

document.addEventListener("click", (event) => {
  const box = event.target;
  if (box.matches("[data-tick-all]")) for (const each of boxesOf(box)) each.checked = box.checked;
  else if (box.matches("[data-tick]")) {
    const boxes = boxesOf(box);
    if (event.shiftKey && boxes.includes(last)) {
      const [from, to] = [boxes.indexOf(last), boxes.indexOf(box)].sort((a, b) => a - b);
      for (const each of boxes.slice(from, to + 1)) each.checked = box.checked;
    }
    last = box;
  } else return;
  refresh(box.form);
});

const refreshAll = () => document.querySelectorAll("form:has([data-needs-ticks])").forEach(refresh);
document.addEventListener("htmx:afterSettle", refreshAll);
refreshAll();
