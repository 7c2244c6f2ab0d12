"use strict";
// The delivery of what changes, drawn as a graph: a box for each step, a line for each that waits for another.

const box = { width: 112, height: 58, gap: 14, row: 78, indent: 30 };

/** How many chains are drawn; a fleet has a handful of different ones. */
const manyChains = 12;

/**
 * Chains with the same steps are drawn once, with their changes added up.
 * @param {Chain[]} chains
 * @returns {Chain[]}
 */
function byShape(chains) {
  /** @type {Map<string, Chain>} */
  const shapes = new Map();
  for (const chain of chains) {
    const scopes = chain.scopes.filter((scope) => holds(state.place, scope));
    if (!scopes.length) continue;
    const shape = JSON.stringify(chain.steps.map((step) => [step.name, step.after, step.change, step.place]));
    const steps = chain.steps.map((step) => times(step, scopes.length));
    const known = shapes.get(shape);
    if (known) {
      known.scopes.push(...scopes);
      known.steps = known.steps.map((step, i) => ({ ...step, ...total([step, steps[i]]) }));
    } else {
      shapes.set(shape, { scopes: [...scopes], steps });
    }
  }
  return [...shapes.values()];
}

/**
 * A step of several clusters that are the same.
 * @param {Step} step
 * @param {number} n
 * @returns {Step}
 */
function times(step, n) {
  const outcomes = Object.fromEntries(Object.entries(step.outcomes).map(([outcome, count]) => [outcome, count * n]));
  return { ...step, outcomes, dangers: step.dangers * n };
}

/** Draws the chains of the chosen place, those of each environment below its root. */
function showChains() {
  const [environment] = state.place.split("/");
  const roots = report.chains.filter((chain) => !chain.scopes[0].cluster && (!state.place || placeOf(chain.scopes[0]) === environment));
  byId("chain", HTMLElement).hidden = roots.length === 0;
  byId("graph", HTMLElement).replaceChildren(...roots.flatMap((root) => {
    const place = placeOf(root.scopes[0]);
    const chains = byShape(report.chains.filter((chain) => chain.scopes[0].cluster && chain.scopes[0].environment === place));
    const left = chains.length - manyChains;
    return [
      el("h3", {}, place, root.source ? el("span", { class: "note" }, root.source) : null),
      el("div", { class: "drawing", tabindex: 0, role: "group", "aria-label": "Delivery of " + place }, drawing(place, root, chains.slice(0, manyChains))),
      left > 0 ? el("p", { class: "note" }, number(left, "more chain") + ": choose a cluster to see its own.") : null,
    ].filter((node) => node !== null);
  }));
}

/**
 * The drawing of an environment.
 * @param {string} place
 * @param {Chain} root
 * @param {Chain[]} chains
 */
function drawing(place, root, chains) {
  /** @type {SVGElement[]} */
  const parts = [];
  const top = layer(root.steps, place, 0, 0, parts);
  const from = { x: top.lastX + box.width / 2, y: box.height };
  let y = top.height;
  let width = top.width;
  for (const chain of chains) {
    const label = chain.scopes.length === 1 ? placeOf(chain.scopes[0]) : number(chain.scopes.length, "cluster");
    parts.push(svg("text", { x: box.indent, y: y + 10, class: "label" }, label));
    const row = layer(chain.steps, chain.scopes.length === 1 ? placeOf(chain.scopes[0]) : place, box.indent, y + 20, parts);
    const d = ["M", from.x, from.y, "V", top.height - 8, "H", 12, "V", y + 20 + box.height / 2, "H", box.indent - 2].join(" ");
    parts.unshift(svg("path", { class: "edge", d, "marker-end": "url(#arrow)" }));
    y += row.height + 24;
    width = Math.max(width, box.indent + row.width);
  }
  return svg("svg", { width, height: y, viewBox: "0 0 " + width + " " + y },
    svg("defs", {}, svg("marker", { id: "arrow", viewBox: "0 0 8 8", refX: 7, refY: 4, markerWidth: 7, markerHeight: 7, orient: "auto" },
      svg("path", { d: "M0 0 L8 4 L0 8 z" }))),
    ...parts);
}

/**
 * Places steps in columns, each behind all that it waits for, and adds them and their lines to the drawing.
 * @param {Step[]} steps
 * @param {string} place
 * @param {number} x
 * @param {number} y
 * @param {SVGElement[]} parts
 */
function layer(steps, place, x, y, parts) {
  const columns = columnsOf(steps);
  /** @type {Map<number, number>} */
  const used = new Map();
  const spots = new Map(steps.map((step) => {
    const column = columns.get(step.name) || 0;
    const lane = used.get(column) || 0;
    used.set(column, lane + 1);
    return [step.name, { x: x + column * (box.width + box.gap), y: y + lane * box.row }];
  }));
  for (const step of steps) {
    const to = spots.get(step.name);
    for (const name of waits(step, steps)) {
      const from = spots.get(name);
      if (from && to) parts.push(edge(from, to));
    }
    if (to) parts.push(stepBox(step, place, to));
  }
  const last = Math.max(...columns.values());
  return { width: (last + 1) * (box.width + box.gap), height: Math.max(...used.values()) * box.row, lastX: x + last * (box.width + box.gap) };
}

/**
 * What a step waits for: what it says, or the first step, which brings it.
 * @param {Step} step
 * @param {Step[]} steps
 */
function waits(step, steps) {
  const known = (step.after || []).filter((name) => steps.some((other) => other.name === name));
  if (known.length || step === steps[0]) return known;
  return [steps[0].name];
}

/**
 * The column of each step: one more than that of the last that it waits for. A circle, which Flux refuses, ends.
 * @param {Step[]} steps
 */
function columnsOf(steps) {
  const columns = new Map(steps.map((step) => [step.name, 0]));
  for (let round = 0; round < steps.length; round++) {
    for (const step of steps) {
      columns.set(step.name, Math.min(steps.length, Math.max(0, ...waits(step, steps).map((name) => (columns.get(name) || 0) + 1))));
    }
  }
  return columns;
}

/**
 * A name that fits into a box.
 * @param {string} name
 */
function shortened(name) {
  return name.length > 14 ? name.slice(0, 13) + "…" : name;
}

/**
 * @param {{x: number, y: number}} from
 * @param {{x: number, y: number}} to
 */
function edge(from, to) {
  const [x1, y1, x2, y2] = [from.x + box.width, from.y + box.height / 2, to.x - 2, to.y + box.height / 2];
  const half = (x1 + x2) / 2;
  return svg("path", { class: "edge", d: ["M", x1, y1, "C", half, y1, half, y2, x2, y2].join(" "), "marker-end": "url(#arrow)" });
}

/**
 * A step: its name, where it applies things, and what changes.
 * @param {Step} step
 * @param {string} place
 * @param {{x: number, y: number}} spot
 */
function stepBox(step, place, spot) {
  const sum = total([step]);
  const label = shortened(({ added: "+ ", removed: "− ", changed: "~ " }[step.change || ""] || "") + step.name);
  const where = step.place === "cluster" ? "in the cluster" : "on the hub";
  const dangers = sum.dangers ? " ⚠ " + sum.dangers.toLocaleString("en") : "";
  const long = sum.objects ? number(sum.objects, "change") + dangers : "no changes";
  const what = long.length > 16 ? sum.objects.toLocaleString("en") + dangers : long;
  const details = [step.change ? "itself " + step.change : "", outcomesText(step.outcomes), sum.dangers ? number(sum.dangers, "danger") : ""].filter(Boolean).join(", ");
  const choose = () => showOnly({ place, step: step.name });
  return svg("g", {
    class: ["step", worst(step.outcomes).toLowerCase(), step.change || "", sum.objects ? "" : "quiet"].join(" "),
    transform: "translate(" + spot.x + " " + spot.y + ")", role: "button", tabindex: sum.objects ? 0 : null,
    "aria-label": [label, where, what, details].filter(Boolean).join(" "),
    "aria-disabled": sum.objects ? null : "true", "data-step": step.name,
    onclick: sum.objects ? choose : null,
    onkeydown: sum.objects ? (/** @type {KeyboardEvent} */ event) => {
      if (event.key !== "Enter" && event.key !== " ") return;
      event.preventDefault();
      choose();
    } : null,
  },
  svg("title", {}, [step.name + ", " + named(step.folder, place), details].filter(Boolean).join(": ")),
  svg("rect", { width: box.width, height: box.height, rx: 6 }),
  svg("text", { x: 8, y: 18, class: "name" }, label), " ",
  svg("text", { x: 8, y: 33, class: "where" }, where), " ",
  svg("text", { x: 8, y: 49, class: "what" }, what),
  );
}
