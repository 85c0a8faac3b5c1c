// The keyboard in the lines, as in a spreadsheet.

import { COLUMNS } from "./lines.js";

/** acts: insert, duplicate, up, down, remove, more, next; each takes the row. */
export function listenToKeys(lines, { listbox, acts, history, leaveEnd }) {
  lines.table.addEventListener("keydown", (event) => {
    const field = event.target;
    const row = lines.rowOf(field);
    if (!row || event.isComposing || listbox.key(event)) return;
    const act = actOf(event, field);
    if (act === "undo" && !history.isNext) return;
    if (act) {
      event.preventDefault();
      if (act === "undo") history.undo();
      else acts[act](row);
      return;
    }
    if (event.altKey || event.ctrlKey || event.metaKey || event.shiftKey || !field.dataset.cell) return;
    const goal = goalOf(event, field, row, lines);
    if (goal === undefined) return;
    event.preventDefault();
    if (goal) stand(goal);
    else if (event.key === "Enter") enterAtEnd(row, lines, acts, leaveEnd);
  });
}

function actOf(event, field) {
  const ctrl = event.ctrlKey || event.metaKey;
  if (event.altKey && event.key === "ArrowUp") return "up";
  if (event.altKey && event.key === "ArrowDown") return "down";
  if (ctrl && event.key === "Enter") return "insert";
  if (ctrl && event.key.toLowerCase() === "d") return "duplicate";
  if (ctrl && event.key === "Delete") return "remove";
  if (ctrl && !event.shiftKey && event.key.toLowerCase() === "z") return "undo";
  if (event.shiftKey && event.key === "Enter" && field.dataset.cell) return "more";
  return null;
}

/** The cell to go to: null where there is none beyond the edge, undefined where the key is the browser's. */
function goalOf(event, field, row, lines) {
  const isChoice = field.matches("select");
  const { selectionStart: start, selectionEnd: end } = isChoice ? { selectionStart: 0, selectionEnd: 0 } : field;
  switch (event.key) {
    case "Enter":
      return below(row, field, lines, 1);
    case "ArrowDown":
      return isChoice ? undefined : (below(row, field, lines, 1) ?? undefined);
    case "ArrowUp":
      return isChoice ? undefined : (below(row, field, lines, -1) ?? undefined);
    case "ArrowLeft":
      return start === 0 || isChoice ? (beside(row, field, lines, -1) ?? undefined) : undefined;
    case "ArrowRight":
      return isChoice || end === field.value.length ? (beside(row, field, lines, 1) ?? undefined) : undefined;
    default:
      return undefined;
  }
}

function below(row, field, lines, step) {
  const rows = lines.rows;
  const other = rows[rows.indexOf(row) + step];
  return other ? (lines.cell(other, field.dataset.cell) ?? lines.cell(other, "name")) : null;
}

function beside(row, field, lines, step) {
  const next = lines.cell(row, COLUMNS[COLUMNS.indexOf(field.dataset.cell) + step]);
  return next?.checkVisibility() ? next : null;
}

function enterAtEnd(row, lines, acts, leaveEnd) {
  if (row.matches("[data-line]") && lines.isBlank(row)) leaveEnd();
  else acts.next(row);
}

/** Stand in a cell, with what it says chosen, so that typing replaces it. */
export function stand(field) {
  field.focus();
  if (field.matches("input")) field.select();
}
