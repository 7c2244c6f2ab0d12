"use strict";
// What the page shows now. It is kept in the address behind the #, so that a link shows the same.

const initial = { place: "", text: "", kind: "", danger: "", step: "", outcomes: "", view: "unified" };

/** @typedef {typeof initial} State */

/** @type {State} */
let state = { ...initial };

/** @type {((before: State) => void)[]} */
const listeners = [];

/** Reads the state from the address. What it does not know, it leaves out. */
function readState() {
  const found = { ...initial };
  for (const [key, value] of new URLSearchParams(location.hash.slice(1))) {
    if (key in found) found[/** @type {keyof State} */ (key)] = value;
  }
  return found;
}

/**
 * Changes the state, the address, and what is shown.
 * @param {Partial<State>} changed
 */
function setState(changed) {
  const parameters = new URLSearchParams();
  for (const [key, value] of Object.entries({ ...state, ...changed })) {
    if (value !== initial[/** @type {keyof State} */ (key)]) parameters.set(key, value);
  }
  history.replaceState(null, "", "#" + parameters);
  showState();
}

/** Shows what the address says. */
function showState() {
  const before = state;
  state = readState();
  for (const listener of listeners) listener(before);
}

/** The outcomes that are chosen; none means all. */
function chosenOutcomes() {
  return state.outcomes ? state.outcomes.split(",") : [];
}

/**
 * Tells whether a change is shown.
 * @param {Entry} entry
 */
function isShown(entry) {
  const { change, section } = entry;
  const outcomes = chosenOutcomes();
  return section.scopes.some((scope) => holds(state.place, scope)) &&
    (!state.kind || change.kind === state.kind) &&
    (!state.step || change.step === state.step) &&
    (!outcomes.length || outcomes.includes(change.outcome)) &&
    (!state.danger || (state.danger === "any" ? (change.dangers || []).length > 0 : (change.dangers || []).includes(state.danger))) &&
    state.text.toLowerCase().split(/\s+/).every((word) => wordsOf(entry).includes(word));
}
