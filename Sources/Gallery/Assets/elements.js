// Small pieces of the page. All text reaches the document as text, never as markup.
"use strict";

/// An element with attributes, listeners (`onclick`) and children (nodes, or strings as text).
function element(name, attributes = {}, ...children) {
  const node = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (value === undefined || value === null || value === false) continue;
    if (key.startsWith("on")) node.addEventListener(key.slice(2), value);
    else node.setAttribute(key, value === true ? "" : value);
  }
  node.append(...children.flat().filter((child) => child !== undefined && child !== null));
  return node;
}

/// Text of a project, which may run from right to left.
function phrase(name, attributes, text) {
  return element(name, { dir: "auto", ...attributes }, text);
}

/// `layouts/welcome.mjml:12:3`, with the JSON Pointer where there is one.
function placeOf(finding) {
  const place = `${finding.file}:${finding.line}:${finding.column}`;
  return finding.pointer === undefined ? place : `${place} · ${finding.pointer || "/"}`;
}

/// A finding in full: message, place and code frame.
function findingItem(finding) {
  return element("li", { class: `finding ${finding.severity}` },
    element("p", { class: "finding-message" },
      element("span", { class: "mark" }, finding.severity), " ",
      phrase("span", {}, finding.message), " ",
      element("code", { class: "finding-id" }, finding.id)),
    element("p", { class: "place" }, placeOf(finding)),
    finding.frame
      ? element("pre", { tabindex: 0, role: "group", "aria-label": "Source" }, finding.frame)
      : null);
}

/// Findings in full, or nothing where there are none.
function findingList(findings) {
  return findings.length ? element("ul", { class: "findings" }, findings.map(findingItem)) : null;
}

/// "1 message", "2 messages".
function counted(number, noun) {
  return `${number.toLocaleString("en")} ${noun}${number === 1 ? "" : "s"}`;
}

/// Why there is no message: the reason in one sentence.
function failureOf(message) {
  if (message.failure) return message.failure;
  return `${message.persona.title} does not conform to the schema`;
}
