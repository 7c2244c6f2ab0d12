"use strict";
// The changes: what is chosen of them, and the list.

/** How many changes the list shows at once; up to how many, they are open from the start. */
const manyChanges = 100;
const fewChanges = 12;

/** How many changes are asked for. */
let wanted = manyChanges;

/** Changes that the user has opened or closed, by their numbers. */
const opened = new Map();

/**
 * Fills a select with names, each with how many changes it stands for.
 * @param {string} id
 * @param {string[]} names one for each change that has it
 * @param {[string, string][]} first what stands before them: value and text
 */
function fillSelect(id, names, first) {
  /** @type {Map<string, number>} */
  const counts = new Map();
  for (const name of names) counts.set(name, (counts.get(name) || 0) + 1);
  byId(id, HTMLSelectElement).append(
    ...first.map(([value, text]) => el("option", { value }, text)),
    ...[...counts.keys()].sort().map((name) => el("option", { value: name }, name + " (" + counts.get(name) + ")")));
}

/** Fills the filters with what there is. */
function showFilters() {
  const dangerous = changes.filter(({ change }) => (change.dangers || []).length > 0);
  fillSelect("kind", changes.map(({ change }) => change.kind), [["", "all"]]);
  fillSelect("danger", dangerous.flatMap(({ change }) => [...new Set(change.dangers)]), [["", "all changes"], ["any", "any danger"]]);
  fillSelect("step", changes.map(({ change }) => change.step), [["", "all"]]);
  const there = report.outcomes.filter((outcome) => changes.some(({ change }) => change.outcome === outcome));
  byId("outcomes", HTMLElement).append(...there.map((outcome) =>
    el("button", { type: "button", class: outcome.toLowerCase(), "data-outcome": outcome, onclick: () => toggleOutcome(outcome) }, outcome)));
}

/** @param {string} outcome */
function toggleOutcome(outcome) {
  const chosen = chosenOutcomes();
  const now = chosen.includes(outcome) ? chosen.filter((other) => other !== outcome) : [...chosen, outcome];
  setState({ outcomes: now.join(",") });
}

/** Makes the filters show what is chosen. */
function markFilters() {
  for (const id of /** @type {("text" | "kind" | "danger" | "step")[]} */ (["text", "kind", "danger", "step"])) {
    const field = byId(id, HTMLElement);
    if ((field instanceof HTMLInputElement || field instanceof HTMLSelectElement) && field.value !== state[id]) field.value = state[id];
  }
  for (const button of byId("outcomes", HTMLElement).querySelectorAll("button")) {
    button.setAttribute("aria-pressed", String(chosenOutcomes().includes(button.dataset.outcome || "")));
  }
  byId("unified", HTMLElement).setAttribute("aria-pressed", String(state.view !== "split"));
  byId("split", HTMLElement).setAttribute("aria-pressed", String(state.view === "split"));
}

/** Shows the list. */
function showChanges() {
  const shown = changes.filter(isShown);
  const open = shown.length <= fewChanges;
  const list = byId("list", HTMLElement);
  list.replaceChildren();
  /** @type {Section | undefined} */
  let section;
  for (const entry of shown.slice(0, wanted)) {
    if (entry.section !== section) {
      section = entry.section;
      list.append(sectionTitle(section));
    }
    list.append(changeItem(entry, opened.get(entry.id) ?? open));
  }
  const more = byId("more", HTMLButtonElement);
  more.hidden = shown.length <= wanted;
  more.textContent = "Show " + Math.min(manyChanges, shown.length - wanted).toLocaleString("en") + " more";
  byId("status", HTMLElement).textContent = statusText(shown);
}

/** @param {Entry[]} shown */
function statusText(shown) {
  const all = changes.filter(({ section }) => section.scopes.some((scope) => holds(state.place, scope)));
  const objects = shown.reduce((n, { section }) => n + section.scopes.filter((scope) => holds(state.place, scope)).length, 0);
  const some = shown.length === all.length ? "" : shown.length.toLocaleString("en") + " of ";
  return some + number(all.length, "change") + ", " + number(objects, "object") + (state.place ? ", in " + state.place : "");
}

/** @param {Section} section */
function sectionTitle(section) {
  const one = section.scopes.find((scope) => state.place.includes("/") && holds(state.place, scope));
  const others = section.scopes.length - 1;
  const title = one ? placeOf(one) : placesText(section.scopes);
  if (!others) return el("h3", {}, title);
  return el("h3", {}, title + " ", el("span", { class: "note" }, one ? "and the same in " + number(others, "more cluster") : "the same in each"));
}

/**
 * A change, folded or not. What is inside is made when it is opened.
 * @param {Entry} entry
 * @param {boolean} open
 */
function changeItem({ id, change }, open) {
  const name = (change.namespace ? change.namespace + "/" : "") + change.name;
  const item = el("details", {
    class: "change", "data-id": id,
    ontoggle: () => {
      if (item.open) openChange(item, change);
    },
  },
  el("summary", { onclick: () => { opened.set(id, !item.open); } },
    badge(change.outcome), el("span", { class: "kind" }, change.kind), el("span", { class: "name" }, named(name, state.place)),
    change.place === "cluster" ? el("span", { class: "note" }, "in the cluster") : null,
    ...[...new Set(change.dangers)].map((rule) => el("span", { class: "danger-count" }, "⚠ " + rule))));
  if (open) {
    item.open = true;
    openChange(item, change);
  }
  return item;
}

/**
 * Fills an open change, once.
 * @param {HTMLDetailsElement} item
 * @param {Change} change
 */
function openChange(item, change) {
  if (item.childElementCount > 1) return;
  const dangers = (change.messages || []).map((message, i) =>
    el("li", {}, el("strong", {}, (change.dangers || [])[i]), ": " + named(message, state.place)));
  item.append(el("div", { class: "body" },
    el("p", { class: "note" }, "Step ", el("code", {}, change.step), ", folder ", el("code", {}, named(change.folder, state.place))),
    change.why ? el("p", {}, because(change)) : null,
    dangers.length ? el("ul", { class: "messages" }, ...dangers) : null,
    ...effects(change),
    change.varies ? el("p", { class: "note" }, change.fields ? "Only the fields: the rest of the object is not the same in every cluster."
      : "<varies> is what is not the same in every cluster.") : null,
    change.omitted
      ? el("p", { class: "note" }, "The page has no room for this object: it is in the folder above.")
      : linesTable(change, state.place, state.view === "split")));
}

/**
 * A reason, and where it is written.
 * @param {{why?: string, source?: string}} known
 */
function because(known) {
  return named(known.why || "", state.place) + (known.source ? " (" + known.source + ")" : "");
}

/**
 * What the fields bring about, where more is known than that they change. What is true of several is said once.
 * @param {Change} change
 */
function effects(change) {
  const fields = (change.fields || []).filter((field) => field.why || field.outcome !== change.outcome);
  /** @type {Map<string, Field[]>} */
  const same = new Map();
  for (const field of fields) {
    const key = field.outcome + " " + because(field);
    same.set(key, [...(same.get(key) || []), field]);
  }
  if (fields.length === 0) return [];
  return [el("ul", { class: "effects" }, ...[...same.values()].map((group) =>
    el("li", {}, badge(group[0].outcome), " ",
      ...group.slice(0, 3).flatMap((field, i) => [i ? ", " : null, el("code", {}, named(field.path, state.place))]),
      group.length > 3 ? " and " + number(group.length - 3, "other field") : "", group[0].why ? ": " + because(group[0]) : "")))];
}
