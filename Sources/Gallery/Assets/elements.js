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

/// A picture of 20 by 20, drawn in lines of the text's colour.
function icon(...paths) {
  const drawing = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  drawing.setAttribute("viewBox", "0 0 20 20");
  drawing.setAttribute("aria-hidden", "true");
  for (const path of paths) {
    const line = document.createElementNS("http://www.w3.org/2000/svg", "path");
    line.setAttribute("d", path);
    drawing.append(line);
  }
  return drawing;
}

const icons = {
  scheme: {
    "": ["M10 3a7 7 0 1 0 0 14 7 7 0 0 0 0-14Z", "M10 3v14M10 5.6a4.4 4.4 0 0 1 0 8.8M10 8.4a1.6 1.6 0 0 1 0 3.2"],
    light: ["M10 6.5a3.5 3.5 0 1 0 0 7 3.5 3.5 0 0 0 0-7Z",
      "M10 1.8v1.7M10 16.5v1.7M1.8 10h1.7M16.5 10h1.7M4.2 4.2l1.2 1.2M14.6 14.6l1.2 1.2M15.8 4.2l-1.2 1.2M5.4 14.6l-1.2 1.2"],
    dark: ["M16.5 12.2A7 7 0 0 1 7.8 3.5a7 7 0 1 0 8.7 8.7Z"],
  },
  images: ["M3 4.5h14v11H3z", "m3 13 4-3.5 3.2 2.8 2.3-2 4.5 3.7", "M13 7.6v.1"],
  off: ["M2.5 2.5l15 15"],
};

/// "1 message", "2 messages".
function counted(number, noun) {
  return `${number.toLocaleString("en")} ${noun}${number === 1 ? "" : "s"}`;
}

/// Why there is no message: the reason in one sentence.
function failureOf(message) {
  if (message.failure) return message.failure;
  return `${message.persona.title} does not conform to the schema`;
}
