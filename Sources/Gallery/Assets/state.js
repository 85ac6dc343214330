// What is shown and how: it all lives in the URL's fragment, so that a link shows what I see.
"use strict";

const state = (() => {
  const defaults = {
    layout: "", persona: "", tag: "", findings: "", q: "", // filters
    width: "", // of the grid: one of the widths, or "all"
    only: "", // of the open message: one of the widths; all if empty
    size: "", // of the open message: "fit" or "full"; by the window if empty
    scheme: "", // of messages: "light" or "dark"; the system's if empty
    images: "", // of messages: "off"
    message: "", // the key of the open message
  };
  const listeners = [];
  let current = read();

  function read() {
    const values = { ...defaults };
    for (const [key, value] of new URLSearchParams(location.hash.slice(1))) {
      if (key in defaults) values[key] = value;
    }
    return complete(values);
  }

  /// Drops what does not exist (any more) and adds what follows from the rest.
  function complete(values) {
    const widths = contents.widths.map(String);
    if (values.message && !contents.messageByKey.has(values.message)) values.message = "";
    if (values.width !== "all" && !widths.includes(values.width)) values.width = "";
    if (!widths.includes(values.only)) values.only = "";
    values.terms = values.q.toLocaleLowerCase().split(/\s+/).filter(Boolean);
    return values;
  }

  /// The fragment for the current state with some changes; defaults are left out.
  function link(changes = {}) {
    const parameters = new URLSearchParams();
    const values = { ...current, ...changes };
    for (const key of Object.keys(defaults)) {
      if (values[key] !== defaults[key]) parameters.set(key, values[key]);
    }
    return "#" + parameters.toString().replaceAll("%2F", "/").replaceAll("%7E", "~");
  }

  /// Changes the state and the URL. A `step` is one that the Back button undoes.
  function change(changes, { step = false } = {}) {
    history[step ? "pushState" : "replaceState"](null, "", link(changes));
    refresh();
  }

  function refresh() {
    const previous = current;
    current = read();
    for (const listener of listeners) listener(current, previous);
  }

  addEventListener("popstate", refresh);
  addEventListener("hashchange", refresh);

  return {
    link,
    change,
    get current() { return current; },
    /// The width at which the grid shows messages: a number, or "all".
    get gridWidth() {
      if (current.width) return current.width === "all" ? "all" : Number(current.width);
      return contents.widths.find((width) => width >= 375) ?? contents.widths[0];
    },
    onChange(listener) { listeners.push(listener); },
  };
})();
