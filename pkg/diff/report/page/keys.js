"use strict";
// Everything can be done by keyboard: with Tab and Enter, and the frequent things with a single key.

/** @type {[string, string, () => void][]} key, what it does, how */
const shortcuts = [
  ["/", "find in the changes", () => focusOn(byId("text", HTMLElement))],
  ["f", "find a cluster", () => focusOn(byId("find-place", HTMLElement))],
  ["j", "next change", () => step(1, ".change > summary")],
  ["k", "previous change", () => step(-1, ".change > summary")],
  ["d", "next change with a danger", () => step(1, ".change > summary:has(.danger-count)")],
  ["e", "expand all", () => openAll(true)],
  ["c", "collapse all", () => openAll(false)],
  ["v", "unified or side by side", () => setState({ view: state.view === "split" ? "unified" : "split" })],
  ["x", "clear the filters", () => clearFilters()],
  ["t", "light or dark", () => nextTheme()],
  ["?", "show this", () => byId("help", HTMLDialogElement).showModal()],
];

/** @param {HTMLElement} element */
function focusOn(element) {
  element.focus();
  element.scrollIntoView({ block: "nearest" });
}

/**
 * Goes to the next or the previous element of some kind, from the one that has the focus.
 * @param {number} direction
 * @param {string} selector
 */
function step(direction, selector) {
  /** @type {HTMLElement[]} */
  const all = [...byId("list", HTMLElement).querySelectorAll(selector)].filter((one) => one instanceof HTMLElement);
  const now = document.activeElement?.closest(".change");
  /** @param {HTMLElement} one */
  const isBeyond = (one) => {
    if (!now) return true;
    const place = now.compareDocumentPosition(one);
    return one.parentElement !== now && Boolean(place & (direction > 0 ? Node.DOCUMENT_POSITION_FOLLOWING : Node.DOCUMENT_POSITION_PRECEDING));
  };
  const next = direction > 0 ? all.find(isBeyond) : all.findLast(isBeyond);
  if (next) focusOn(next);
}

/** @param {boolean} open */
function openAll(open) {
  for (const item of byId("list", HTMLElement).querySelectorAll("details")) {
    item.open = open;
    opened.set(Number(item.dataset.id), open);
  }
}

function clearFilters() {
  setState({ ...initial, view: state.view });
}

/** Listens to single keys, unless one is typing or they are switched off. */
function listenToKeys() {
  const help = byId("help-keys", HTMLElement);
  for (const [key, what] of shortcuts) help.append(el("dt", {}, el("kbd", {}, key)), el("dd", {}, what));
  document.addEventListener("keydown", (event) => {
    const typing = event.target instanceof HTMLInputElement && event.target.type === "search" || event.target instanceof HTMLSelectElement;
    if (event.key === "Escape" && typing) document.getElementById("changes")?.focus({ preventScroll: true });
    if (typing || event.ctrlKey || event.metaKey || event.altKey || byId("help", HTMLDialogElement).open) return;
    const shortcut = shortcuts.find(([key]) => key === event.key);
    if (!shortcut || (!byId("shortcuts", HTMLInputElement).checked && event.key !== "?")) return;
    event.preventDefault();
    shortcut[2]();
  });
}
