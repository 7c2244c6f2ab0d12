"use strict";
// An object line by line: unified, or what was beside what is.

/** How many lines around a difference are shown at first. */
const context = 3;

/** @typedef {{mark: string, text: string}} Line */

/**
 * The lines of a change, of which each has a mark in front.
 * @param {Change} change
 * @param {string} place
 * @returns {Line[]}
 */
function linesOf(change, place) {
  return named(change.lines || "", place).split("\n").map((line) => ({ mark: line.slice(0, 1), text: line.slice(1) }));
}

/**
 * Groups lines: runs that differ, and runs that are the same in both.
 * @param {Line[]} lines
 * @returns {{same: boolean, before: string[], after: string[]}[]}
 */
function runsOf(lines) {
  /** @type {{same: boolean, before: string[], after: string[]}[]} */
  const runs = [];
  for (const { mark, text } of lines) {
    const same = mark === " ";
    let run = runs[runs.length - 1];
    if (!run || run.same !== same) runs.push(run = { same, before: [], after: [] });
    if (mark !== "+") run.before.push(text);
    if (mark !== "-") run.after.push(text);
  }
  return runs;
}

/**
 * The lines of a change as a table.
 * @param {Change} change
 * @param {string} place
 * @param {boolean} sides whether what was and what is stand side by side
 */
function linesTable(change, place, sides) {
  const runs = runsOf(linesOf(change, place));
  const split = sides && runs.some((run) => run.same || (run.before.length > 0 && run.after.length > 0));
  const body = el("tbody");
  runs.forEach((run, i) => {
    const rows = run.same ? run.after.map((text) => sameRow(text, split)) : changedRows(run, split);
    body.append(...(run.same ? fold(rows, i === 0, i === runs.length - 1) : rows));
  });
  const columns = (split ? ["mark", "", "mark", ""] : ["mark", ""]).map((name) => el("col", { class: name }));
  return el("div", { class: "lines", tabindex: 0, role: "group", "aria-label": change.kind + " " + named(change.name, place) + ", line by line" },
    el("table", {}, el("colgroup", {}, ...columns), body));
}

/**
 * @param {string} text
 * @param {boolean} split
 */
function sameRow(text, split) {
  return el("tr", {}, ...sideCells(" ", [text]), ...(split ? sideCells(" ", [text]) : []));
}

/**
 * The rows of a run that differs.
 * @param {{before: string[], after: string[]}} run
 * @param {boolean} split
 */
function changedRows(run, split) {
  const n = Math.max(run.before.length, run.after.length);
  const pairs = Array.from({ length: n }, (_, i) => ({ before: run.before[i], after: run.after[i] }));
  const marked = pairs.map(({ before, after }) => before === undefined || after === undefined ? [[before], [after]] : apart(before, after));
  if (split) {
    return marked.map(([before, after]) => el("tr", {}, ...sideCells("-", before), ...sideCells("+", after)));
  }
  /** @param {string} mark @param {(string | undefined)[]} parts */
  const row = (mark, parts) => parts[0] === undefined ? [] : [el("tr", {}, ...sideCells(mark, parts))];
  return [...marked.flatMap(([before]) => row("-", before)), ...marked.flatMap(([, after]) => row("+", after))];
}

/**
 * Divides two lines into what they begin with both, the words that differ, and what they end with both. If they have
 * little in common, each is one part.
 * @param {string} before
 * @param {string} after
 */
function apart(before, after) {
  const [b, a] = [before, after].map((text) => text.match(/\w+|\W/gu) || []);
  const short = Math.min(b.length, a.length);
  let start = 0;
  while (start < short && b[start] === a[start]) start++;
  let end = 0;
  while (end < short - start && b[b.length - 1 - end] === a[a.length - 1 - end]) end++;
  if (b.slice(0, start).join("").trim() === "") return [[before], [after]];
  return [b, a].map((words) => [words.slice(0, start), words.slice(start, words.length - end), words.slice(words.length - end)].map((part) => part.join("")));
}

/**
 * The two cells of a line: its mark and its text, of which the middle one of three parts differs.
 * @param {string} mark
 * @param {(string | undefined)[]} parts
 */
function sideCells(mark, parts) {
  if (parts[0] === undefined) return [el("td", { class: "mark none" }), el("td", { class: "none" })];
  const kind = { "-": "before", "+": "after" }[mark] || "same";
  const [start, middle, end] = parts;
  const text = parts.length === 3 && middle ? [start, el("mark", {}, middle), end || ""] : [parts.join("")];
  return [el("td", { class: "mark " + kind }, mark.trim()), el("td", { class: kind }, ...text)];
}

/**
 * Hides the rows of a run that are far from a difference, behind a button.
 * @param {HTMLTableRowElement[]} rows
 * @param {boolean} first whether no difference is above
 * @param {boolean} last whether none is below
 */
function fold(rows, first, last) {
  const head = first ? 0 : context;
  const tail = last ? 0 : context;
  const hidden = rows.slice(head, rows.length - tail);
  if (hidden.length < 2) return rows;
  const button = el("button", { type: "button" }, "Show " + number(hidden.length, "line"));
  const row = el("tr", { class: "fold" }, el("td", { colspan: 4 }, button));
  button.addEventListener("click", () => row.replaceWith(...hidden));
  return [...rows.slice(0, head), row, ...rows.slice(rows.length - tail)];
}
