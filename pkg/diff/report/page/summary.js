"use strict";
// What stands above the changes: places, counts, problems, dangers and causes.

/** How many items of a list are shown before one asks for the rest. */
const manyItems = 20;

/** Shows the headline and what could not be compared, which nothing changes any more. */
function showHead() {
  document.title = "gen diff: " + report.headline;
  byId("headline", HTMLElement).textContent = byId("headline", HTMLElement).title = report.headline;
  byId("price", HTMLElement).textContent = report.price || "";
  if (report.hint) byId("problems", HTMLElement).append(el("p", { class: "problem" }, report.hint));
  if (report.hub) byId("problems", HTMLElement).append(el("p", { class: "problem" }, report.hub.message));
  byId("problems", HTMLElement).append(...report.problems.map((problem) =>
    el("p", { class: "problem" }, el("strong", {}, "Not compared"), " " + problem.side + ": " + problem.message)));
}

/** How many dangers there are in each place, those of an environment and of everything counted once. */
function dangersByPlace() {
  /** @type {Map<string, number>} */
  const counts = new Map();
  for (const danger of report.dangers) {
    const places = new Set(danger.scopes.flatMap((scope) => ["", scope.environment || "hub", placeOf(scope)]));
    for (const place of places) counts.set(place, (counts.get(place) || 0) + 1);
  }
  return counts;
}

/** Fills the list of places: everything, and each environment with its clusters. */
function showPlaces() {
  const dangers = dangersByPlace();
  /** @param {string} place @param {string} label @param {Count[]} counts @param {boolean} isProtected */
  const placeRow = (place, label, counts, isProtected) => placeItem(place, label, total(counts), dangers.get(place) || 0, isProtected);
  const rows = [placeRow("", "Everything", report.summary, false)];
  for (const environment of new Set(report.summary.map((count) => count.environment || "hub"))) {
    const counts = report.summary.filter((count) => holds(environment, count));
    rows.push(placeRow(environment, environment, counts, counts.some((count) => count.protected)));
    rows.push(...counts.filter((count) => count.cluster).map((count) => placeRow(placeOf(count), count.cluster || "", [count], false)));
  }
  byId("places", HTMLElement).append(...rows);
}

/**
 * A place that can be chosen.
 * @param {string} place
 * @param {string} label
 * @param {{outcomes: Record<string, number>, objects: number}} sum
 * @param {number} dangers
 * @param {boolean} isProtected
 */
function placeItem(place, label, sum, dangers, isProtected) {
  const level = place.includes("/") ? "cluster" : "environment";
  return el("li", { class: level, "data-place": place },
    el("button", { type: "button", onclick: () => setState({ place, step: "" }), title: label + ": " + outcomesText(sum.outcomes) },
      el("span", { class: "name" }, label, isProtected ? el("span", { class: "protected" }, "protected") : null),
      dangers ? el("span", { class: "danger-count", title: number(dangers, "danger") }, "⚠ " + dangers) : null,
      el("span", { class: "count " + worst(sum.outcomes).toLowerCase() }, String(sum.objects))));
}

/** Marks the place that is chosen, and hides those that the text field does not name. */
function markPlaces() {
  const words = byId("find-place", HTMLInputElement).value.toLowerCase();
  for (const row of byId("places", HTMLElement).children) {
    const place = row.getAttribute("data-place") || "";
    row.toggleAttribute("hidden", !place.toLowerCase().includes(words));
    row.firstElementChild?.setAttribute("aria-current", String(place === state.place));
  }
}

/** Shows how much happens in the chosen place. */
function showCounts() {
  const sum = total(report.summary.filter((count) => holds(state.place, count)));
  byId("summary-title", HTMLElement).textContent = state.place ? "Summary of " + state.place : "Summary";
  byId("counts", HTMLElement).replaceChildren(...report.outcomes.filter((outcome) => sum.outcomes[outcome]).map((outcome) =>
    el("button", { type: "button", class: "tile " + outcome.toLowerCase(), title: "Show only these", onclick: () => showOnly({ outcomes: outcome }) },
      el("strong", {}, sum.outcomes[outcome].toLocaleString("en")), " " + outcome)));
}

/**
 * Shows only some of the changes of the place, and goes there.
 * @param {Partial<State>} filters
 */
function showOnly(filters) {
  setState({ ...initial, place: state.place, view: state.view, ...filters });
  byId("changes", HTMLElement).scrollIntoView();
}

/** Shows the dangers of the chosen place, by their rules. */
function showDangers() {
  const dangers = report.dangers.filter((danger) => danger.scopes.some((scope) => holds(state.place, scope)));
  byId("dangers", HTMLElement).hidden = dangers.length === 0;
  byId("danger-list", HTMLElement).replaceChildren(...report.rules.flatMap((rule) => {
    const found = dangers.filter((danger) => danger.rule === rule.name);
    return found.length ? [ruleItem(rule, found)] : [];
  }));
}

/**
 * A rule and what it found.
 * @param {Rule} rule
 * @param {Danger[]} found
 */
function ruleItem(rule, found) {
  const list = el("ul");
  listItems(list, found, dangerItem);
  const button = el("button", {
    type: "button", class: "rule", disabled: found.every((danger) => !danger.objects), onclick: () => showOnly({ danger: rule.name }),
  }, rule.name);
  return el("li", {}, button, el("span", { class: "note" }, rule.doc + ". " + rule.why), list);
}

/** @param {Danger} danger */
function dangerItem(danger) {
  const objects = (danger.objects || []).map((name) => named(name, state.place));
  const where = objects.slice(0, 5).join(", ") + (objects.length > 5 ? " and " + (objects.length - 5) + " more" : "");
  return el("li", {},
    el("span", {}, named(danger.message, state.place)),
    el("span", { class: "note" }, placesText(danger.scopes), where ? ": " + where : "", danger.field ? ", " + danger.field : ""));
}

/** Shows the lines that people wrote and that changed something in the chosen place. */
function showCauses() {
  const causes = report.causes.filter((cause) => !state.place || cause.scopes.some((scope) => holds(state.place, scope)));
  byId("causes", HTMLElement).hidden = causes.length === 0;
  listItems(byId("cause-list", HTMLElement), causes, (cause) => {
    const line = cause.afterLine || cause.beforeLine;
    return el("li", {},
      el("code", {}, cause.file + (line ? ":" + line : "")), " ",
      cause.path ? el("code", {}, cause.path) : null, " ",
      ...transition(cause.before, cause.after),
      el("span", { class: "note" }, cause.scopes.length ? placesText(cause.scopes) : "no object changes"));
  });
}

/**
 * A value that leaves room for others.
 * @param {string} value
 */
function cut(value) {
  return value.length > 160 ? value.slice(0, 160) + "…" : value;
}

/**
 * What something was and is.
 * @param {string | undefined} before
 * @param {string | undefined} after
 */
function transition(before, after) {
  return [
    before === undefined ? null : el("del", {}, cut(before)), before !== undefined && after !== undefined ? " → " : null,
    after === undefined ? null : el("ins", {}, cut(after)),
  ];
}

/**
 * Fills a list with the first items, and with a button for the others if there are many.
 * @template T
 * @param {HTMLElement} list
 * @param {T[]} items
 * @param {(item: T) => HTMLElement} make
 */
function listItems(list, items, make) {
  list.replaceChildren(...items.slice(0, manyItems).map(make));
  const rest = items.slice(manyItems);
  if (rest.length === 0) return;
  const more = el("li", {}, el("button", {
    type: "button", onclick: () => { more.replaceWith(...rest.map(make)); },
  }, "Show " + rest.length.toLocaleString("en") + " more"));
  list.append(more);
}
