"use strict";
// What happens when, top to bottom.

const themes = ["auto", "light", "dark"];

/** The theme that the user has chosen; a browser may keep nothing for a page that is a file. */
function savedTheme() {
  try {
    return localStorage.getItem("gen-diff-theme") || "auto";
  } catch {
    return "auto";
  }
}

/** @param {string} theme */
function showTheme(theme) {
  document.documentElement.dataset.theme = theme;
  byId("theme", HTMLElement).textContent = "Theme: " + theme;
}

function nextTheme() {
  const theme = themes[(themes.indexOf(document.documentElement.dataset.theme || "auto") + 1) % themes.length];
  showTheme(theme);
  try {
    localStorage.setItem("gen-diff-theme", theme);
  } catch { /* then it holds until the page is closed */ }
}

/** Connects the controls with what they change. */
function listen() {
  byId("theme", HTMLElement).addEventListener("click", nextTheme);
  byId("keys", HTMLElement).addEventListener("click", () => byId("help", HTMLDialogElement).showModal());
  byId("find-place", HTMLElement).addEventListener("input", markPlaces);
  byId("filters", HTMLElement).addEventListener("submit", (event) => event.preventDefault());
  for (const id of ["text", "kind", "danger", "step"]) {
    byId(id, HTMLElement).addEventListener("input", (event) => {
      if (event.target instanceof HTMLInputElement || event.target instanceof HTMLSelectElement) setState({ [id]: event.target.value });
    });
  }
  for (const view of ["unified", "split"]) byId(view, HTMLElement).addEventListener("click", () => setState({ view }));
  byId("expand", HTMLElement).addEventListener("click", () => openAll(true));
  byId("collapse", HTMLElement).addEventListener("click", () => openAll(false));
  byId("clear", HTMLElement).addEventListener("click", clearFilters);
  byId("more", HTMLElement).addEventListener("click", () => {
    wanted += manyChanges;
    showChanges();
  });
  addEventListener("hashchange", showState);
}

showTheme(savedTheme());
showHead();
showPlaces();
showFilters();
listeners.push((before) => {
  const { view, ...filters } = before;
  if (JSON.stringify({ ...state, view: undefined }) !== JSON.stringify({ ...filters, view: undefined })) wanted = manyChanges;
});
listeners.push(markPlaces, showCounts, showDangers, showCauses, showChains, markFilters, showChanges);
listen();
listenToKeys();
showState();
