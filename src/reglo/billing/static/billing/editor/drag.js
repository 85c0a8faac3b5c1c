// Rows are dragged by their handle, with mouse, pen or finger. By keyboard it is Alt and an arrow.

export function dragRows(lines, { onStart, onEnd }) {
  let dragged = null;
  let isMoved = false;

  lines.table.addEventListener("pointerdown", (event) => {
    const handle = event.target.closest("[data-handle]");
    if (!handle || event.button > 0) return;
    event.preventDefault();
    dragged = lines.rowOf(handle);
    isMoved = false;
    handle.setPointerCapture(event.pointerId);
    dragged.classList.add("is-dragged");
    onStart();
  });

  lines.table.addEventListener("pointermove", (event) => {
    if (!dragged) return;
    const other = lines.rows.find((row) => row !== dragged && isWithin(row, event.clientY));
    if (!other) return;
    const { top, height } = other.getBoundingClientRect();
    const goesBefore = event.clientY < top + height / 2;
    if (goesBefore ? other.previousElementSibling === dragged : other.nextElementSibling === dragged) return;
    if (goesBefore) other.before(dragged);
    else other.after(dragged);
    isMoved = true;
  });

  const end = () => {
    if (!dragged) return;
    dragged.classList.remove("is-dragged");
    lines.renumber();
    onEnd(isMoved, dragged);
    dragged = null;
  };
  lines.table.addEventListener("pointerup", end);
  lines.table.addEventListener("pointercancel", end);
}

function isWithin(row, y) {
  const { top, bottom } = row.getBoundingClientRect();
  return y >= top && y <= bottom;
}
