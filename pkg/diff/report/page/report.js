"use strict";
// The report, and the few questions that the rest of the page asks of it.

/**
 * @typedef {{environment?: string, cluster?: string}} Scope
 * @typedef {Scope & {protected: boolean, added: number, changed: number, removed: number, dangers: number,
 *   outcomes: Record<string, number>}} Count
 * @typedef {{file: string, path?: string, beforeLine?: number, afterLine?: number, before?: string, after?: string,
 *   scopes: Scope[]}} Cause
 * @typedef {{rule: string, message: string, objects?: string[], field?: string, scopes: Scope[]}} Danger
 * @typedef {{name: string, doc: string, why: string}} Rule
 * @typedef {{path: string, outcome: string, before?: any, after?: any, order?: boolean, why?: string, source?: string}} Field
 * @typedef {{outcome: string, group: string, kind: string, namespace?: string, name: string, place: string, folder: string,
 *   change: string, why?: string, source?: string, fields?: Field[], dangers?: string[], messages?: string[], step: string,
 *   lines?: string, varies?: boolean, omitted?: boolean}} Change
 * @typedef {{scopes: Scope[], changes: Change[]}} Section
 * @typedef {{name: string, folder: string, place: string, after?: string[], change?: string,
 *   outcomes: Record<string, number>, dangers: number}} Step
 * @typedef {{scopes: Scope[], source?: string, steps: Step[]}} Chain
 * @typedef {{from: string, to: string, headline: string, hint?: string, price?: string, hub?: {message: string}, outcomes: string[], summary: Count[], causes: Cause[],
 *   dangers: Danger[], rules: Rule[], chains: Chain[], sections: Section[],
 *   problems: {side: string, message: string}[]}} Differences
 */

/** @type {Differences} */
const report = {
  from: "", to: "", headline: "no report", outcomes: [], summary: [], causes: [], dangers: [], rules: [], chains: [],
  sections: [], problems: [],
  ...JSON.parse(byId("report", HTMLScriptElement).text),
};

/** Stand for the names of each cluster and of its environment in what several clusters share. */
const clusterPlaceholder = "<cluster>", environmentPlaceholder = "<environment>";

/** All changes, each with its section and a number of its own. */
const changes = report.sections.flatMap((section) => section.changes.map((change) => ({ section, change, id: 0, words: "" })));
changes.forEach((entry, i) => { entry.id = i; });

/** @typedef {typeof changes[number]} Entry */

/**
 * What a scope is called: environment/cluster, the environment, or "hub".
 * @param {Scope} scope
 */
function placeOf(scope) {
  if (scope.cluster) return scope.environment + "/" + scope.cluster;
  return scope.environment || "hub";
}

/**
 * Tells whether a place, which is "" for everything, holds a scope. An environment holds its clusters.
 * @param {string} place
 * @param {Scope} scope
 */
function holds(place, scope) {
  return place === "" || place === placeOf(scope) || (place !== "hub" && !place.includes("/") && place === scope.environment);
}

/**
 * Names scopes: a few by name, many by number.
 * @param {Scope[]} scopes
 */
function placesText(scopes) {
  if (scopes.length <= 5) return scopes.map(placeOf).join(", ");
  const what = scopes.every((scope) => scope.cluster) ? " clusters: " : " places: ";
  return scopes.length.toLocaleString("en") + what + scopes.slice(0, 3).map(placeOf).join(", ") + " … " +
    placeOf(scopes[scopes.length - 1]);
}

/**
 * A text with the names of the chosen cluster and its environment where the placeholders stand.
 * @param {string} text
 * @param {string} place
 */
function named(text, place) {
  const [environment, cluster] = place.split("/");
  return cluster ? text.replaceAll(clusterPlaceholder, cluster).replaceAll(environmentPlaceholder, environment) : text;
}

/**
 * The worst thing that happens, or "" if nothing does.
 * @param {Record<string, number>} outcomes
 */
function worst(outcomes) {
  return report.outcomes.find((outcome) => outcomes[outcome]) || "";
}

/**
 * Adds up what happens, and dangers.
 * @param {{outcomes: Record<string, number>, dangers: number}[]} counts
 */
function total(counts) {
  const sum = { outcomes: /** @type {Record<string, number>} */ ({}), dangers: 0, objects: 0 };
  for (const count of counts) {
    sum.dangers += count.dangers;
    for (const [outcome, n] of Object.entries(count.outcomes)) {
      sum.outcomes[outcome] = (sum.outcomes[outcome] || 0) + n;
      sum.objects += n;
    }
  }
  return sum;
}

/**
 * What happens in words, the worst first.
 * @param {Record<string, number>} outcomes
 */
function outcomesText(outcomes) {
  return report.outcomes.filter((outcome) => outcomes[outcome]).map((outcome) => outcomes[outcome] + " " + outcome).join(", ");
}

/**
 * A value in a line: texts as they are unless they could be something else, everything else as JSON.
 * @param {any} value
 */
function valueText(value) {
  if (typeof value !== "string") return JSON.stringify(value);
  return /^$|[\n\t]|^[\d.]+$|^(true|false|null)$/.test(value) ? JSON.stringify(value) : value;
}

/**
 * The words that a change is found by, in small letters.
 * @param {Entry} entry
 */
function wordsOf(entry) {
  if (!entry.words) {
    const { change, section } = entry;
    const fields = (change.fields || []).flatMap((f) => [f.path, valueText(f.before ?? ""), valueText(f.after ?? "")]);
    entry.words = [
      change.outcome, change.kind, (change.namespace || "") + "/" + change.name, change.folder, change.why || "",
      ...fields, ...(change.messages || []), ...section.scopes.map(placeOf), change.lines || "",
    ].join("\n").toLowerCase();
  }
  return entry.words;
}
