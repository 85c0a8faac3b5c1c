// A block of cells pasted from a spreadsheet: which column is what, and the rows that it fills.

import { choose, grow } from "./lines.js";

const WORDS = {
  name: /^(d[eé]signation|description|libell[eé]|article|produit|prestation|item|name|product)/i,
  quantity: /^(quantit[eéy]|qt[eéy]|nombre|nb)/i,
  unit: /^(unit[eé]?s?|u\.?)$/i,
  price: /^(prix|p\.?\s?u|tarif|price|unit price|rate)/i,
  vat: /^(tva|vat|taux|tax)/i,
  reduction: /^(remise|rabais|discount|allowance)/i,
};
const ORDER = ["name", "quantity", "unit", "price", "vat", "reduction"];
const FIGURE = /^[-+−(]?\s*[\d\s\u00a0\u202f.,'’]+\)?\s*[€%]?$/;

/** The cells of a block, or null for text that is none. Cells in quotes may hold line breaks. */
export function cellsOf(text) {
  if (!/[\t\n]/.test(text.replace(/[\r\n]+$/, ""))) return null;
  const rows = [[""]];
  let isQuoted = false;
  for (let place = 0; place < text.length; place += 1) {
    const sign = text[place];
    const row = rows.at(-1);
    if (sign === '"' && isQuoted && text[place + 1] === '"') row[row.length - 1] += text[++place];
    else if (sign === '"' && (isQuoted || row.at(-1) === "")) isQuoted = !isQuoted;
    else if (sign === "\t" && !isQuoted) row.push("");
    else if (sign === "\n" && !isQuoted) rows.push([""]);
    else if (sign !== "\r") row[row.length - 1] += sign;
  }
  return rows.map((row) => row.map((cell) => cell.trim())).filter((row) => row.some(Boolean));
}

/** For each column of a block what it is (null: nothing of ours), and whether its first row is a head. */
export function columnsOf(cells, first, vatRates) {
  const named = cells[0].map((cell) => ORDER.find((name) => WORDS[name].test(cell)) ?? null);
  if (first === "name" && named.filter(Boolean).length > 1 && !cells[0].some((cell) => /\d/.test(cell))) return { columns: named, hasHead: true };
  const columns = [];
  let next = ORDER.indexOf(first);
  for (let column = 0; column < Math.max(...cells.map((row) => row.length)); column += 1) {
    const values = cells.map((row) => row[column] ?? "").filter(Boolean);
    while (next < ORDER.length && !fits(ORDER[next], values, vatRates)) next += 1;
    columns.push(ORDER[next] ?? null);
    if (next < ORDER.length) next += 1;
    else next = ORDER.length;
  }
  return { columns, hasHead: false };
}

function fits(name, values, vatRates) {
  const areFigures = values.every((value) => FIGURE.test(value));
  if (name === "unit") return !values.length || !areFigures;
  if (name === "vat") return values.every((value) => vatRates.has(value.replace(/[\s%\u00a0\u202f]/g, "").replace(",", ".")) || !FIGURE.test(value));
  if (name === "reduction") return values.every((value) => value.includes("%"));
  return name === "name" || areFigures;
}

/** Fill rows from `row` on with a block, adding lines as needed; how many were filled. */
export function fill(lines, row, column, cells) {
  const vatRates = new Set([...lines.cell(row, "vat").options].map((each) => each.value));
  const { columns, hasHead } = columnsOf(cells, column, vatRates);
  const filled = hasHead ? cells.slice(1) : cells;
  let here = row;
  filled.forEach((values, number) => {
    if (number > 0) here = nextLine(here) ?? lines.add();
    columns.forEach((name, place) => {
      if (name && values[place]) put(lines.cell(here, name), values[place]);
    });
  });
  lines.renumber();
  return filled.length;
}

function put(field, value) {
  if (field.matches("select")) choose(field, value);
  else field.value = value.replace(/\s*\n\s*/g, " ");
  if (field.matches("textarea")) grow(field);
}

function nextLine(row) {
  let next = row.nextElementSibling;
  while (next && !next.matches("[data-line]")) next = next.nextElementSibling;
  return next;
}
