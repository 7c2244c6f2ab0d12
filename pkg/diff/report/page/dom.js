"use strict";
// Making elements. Texts are only ever set as texts, so that nothing in a report becomes markup.

/**
 * A text with what does not show, but turns the direction of text around, written as an escape, as in the other formats.
 * @param {string} text
 */
function visible(text) {
  return text.replace(/(?![\n\t])[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, (char) => "\\u" + (char.codePointAt(0) || 0).toString(16).padStart(4, "0"));
}

/**
 * The element with an id, which index.html has.
 * @template {HTMLElement} T
 * @param {string} id
 * @param {new () => T} type
 * @returns {T}
 */
function byId(id, type) {
  const found = document.getElementById(id);
  if (!(found instanceof type)) throw new Error("no " + type.name + " #" + id);
  return found;
}

/**
 * Sets attributes and adds children. An attribute that is false, null or undefined is left out.
 * @template {Element} T
 * @param {T} element
 * @param {Record<string, any>} attributes of which those that begin with "on" are called when it happens
 * @param {(Node | string | null)[]} children
 * @returns {T}
 */
function fill(element, attributes, children) {
  for (const [name, value] of Object.entries(attributes)) {
    if (value === false || value === null || value === undefined) continue;
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else element.setAttribute(name, value === true ? "" : String(value));
  }
  element.append(...children.filter((child) => child !== null).map((child) => typeof child === "string" ? visible(child) : child));
  return element;
}

/**
 * Makes an element.
 * @template {keyof HTMLElementTagNameMap} K
 * @param {K} tag
 * @param {Record<string, any>} [attributes]
 * @param {...(Node | string | null)} children
 * @returns {HTMLElementTagNameMap[K]}
 */
function el(tag, attributes = {}, ...children) {
  return fill(document.createElement(tag), attributes, children);
}

/**
 * Makes an element of a drawing.
 * @template {keyof SVGElementTagNameMap} K
 * @param {K} tag
 * @param {Record<string, any>} [attributes]
 * @param {...(Node | string | null)} children
 * @returns {SVGElementTagNameMap[K]}
 */
function svg(tag, attributes = {}, ...children) {
  return fill(document.createElementNS("http://www.w3.org/2000/svg", tag), attributes, children);
}

/**
 * A number and its noun.
 * @param {number} n
 * @param {string} noun
 */
function number(n, noun) {
  return n.toLocaleString("en") + " " + noun + (n === 1 ? "" : "s");
}

/**
 * What happens, as a word with its colour.
 * @param {string} outcome
 * @param {string} [before] stands in front of the word
 */
function badge(outcome, before = "") {
  return el("span", { class: "badge " + outcome.toLowerCase() }, before + outcome);
}
