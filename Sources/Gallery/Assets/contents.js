// What the gallery shows, read from the page, with what searching and filtering need.
"use strict";

const contents = JSON.parse(document.getElementById("contents").textContent);

for (const [position, layout] of contents.layouts.entries()) {
  layout.messages = contents.messages.filter((message) => message.layout === position);
}

for (const persona of contents.personas) {
  persona.words = [persona.id, persona.title, persona.notes, ...persona.tags].join("\n");
}

for (const message of contents.messages) {
  message.layout = contents.layouts[message.layout];
  message.persona = contents.personas[message.persona];
  message.isRendered = message.subject !== undefined;
  message.findings = [...message.persona.findings, ...(message.findings ?? [])];
  message.hasFindings = message.findings.length > 0 || !message.isRendered;
  message.words = [
    message.layout.name,
    message.persona.words,
    message.subject,
    message.preheader,
    message.from,
  ].join("\n").toLocaleLowerCase();
}

contents.tags = [...new Set(contents.personas.flatMap((persona) => persona.tags))].sort();
contents.placesWithFindings =
  contents.messages.filter((message) => message.hasFindings).length +
  contents.layouts.filter((layout) => layout.findings.length).length;
contents.messageByKey = new Map(contents.messages.map((message) => [message.key, message]));

/// Whether a message, or a layout without messages, stays under the filters of a state.
function passes({ layout, persona, words, hasFindings }, state) {
  return (
    (!state.layout || layout.name === state.layout) &&
    (!state.persona || persona?.id === state.persona) &&
    (!state.tag || persona?.tags.includes(state.tag)) &&
    (!state.findings || hasFindings) &&
    state.terms.every((term) => words.includes(term))
  );
}

/// The messages under the filters of a state, in the order of the page.
function filteredMessages(state) {
  return contents.messages.filter((message) => passes(message, state));
}

/// Whether what the compiler said about a layout is shown even where none of its messages is.
function showsFindings(layout, state) {
  if (!layout.findings.length || !(layout.isBroken || state.findings)) return false;
  const words = (layout.name + "\n" + (layout.summary ?? "")).toLocaleLowerCase();
  // They concern every persona, so that filters by persona and tag cannot speak of them.
  return passes({ layout, words, hasFindings: true }, { ...state, persona: "", tag: "" });
}
