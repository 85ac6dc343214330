// The page: header, filters and keys, and the change between all messages and one.
"use strict";

const page = {
  filters: document.querySelector("[data-filters]"),
  search: document.querySelector("[data-search]"),
  widths: document.querySelector("[data-widths]"),
  scheme: document.querySelector("[data-scheme]"),
  images: document.querySelector("[data-images]"),
  count: document.querySelector("[data-count]"),
  keys: document.querySelector("[data-keys]"),
  filtersButton: document.querySelector("[data-toggle-filters]"),
};
let scrollOfGrid = 0;

// Filters: one list of links each, as a link can be opened in a tab and sent to a colleague.

function facet(name, title, options) {
  if (!options.length) return "";
  return element("section", {},
    element("h2", {}, title),
    element("ul", { class: name === "tag" ? "tag-list" : "" }, options.map((option) =>
      element("li", {}, element("a", { href: "#", "data-facet": name, "data-value": option.value },
        phrase("span", { class: "label", title: option.label }, option.label),
        option.count ? element("span", { class: "section-count" }, option.count) : null,
        option.mark ? element("span", { class: option.isWarning ? "dot warning" : "dot", title: option.mark },
          element("span", { class: "unseen" }, option.mark)) : null)))));
}

function buildFilters() {
  const places = contents.placesWithFindings;
  page.filters.append(
    places ? facet("findings", "Show", [{ value: "1", label: "Only with findings", count: places }]) : "",
    facet("layout", "Layouts", contents.layouts.map((layout) => ({
      value: layout.name, label: layout.name,
      mark: layout.isBroken ? "does not compile" : layout.findings.length ? counted(layout.findings.length, "warning") : "",
      isWarning: !layout.isBroken,
    }))),
    facet("tag", "Tags", contents.tags.map((tag) => ({ value: tag, label: tag }))),
    facet("persona", "Personas", contents.personas.map((persona) => ({
      value: persona.id, label: persona.title, mark: persona.isRejected ? "does not conform to the schema" : "",
    }))),
    contents.blocksPage ? element("p", { class: "elsewhere" }, element("a", { href: contents.blocksPage }, "Blocks")) : "");
}

function updateFilters(current) {
  for (const link of page.filters.querySelectorAll("[data-facet]")) {
    const { facet, value } = link.dataset;
    const isActive = current[facet] === value;
    link.toggleAttribute("aria-current", isActive);
    if (isActive) link.setAttribute("aria-current", "true");
    link.href = state.link({ [facet]: isActive ? "" : value, message: "" });
  }
  const active = ["layout", "persona", "tag", "findings"].filter((name) => current[name]).length;
  page.filtersButton.textContent = active ? `Filters (${active})` : "Filters";
}

// Controls.

function buildControls() {
  const options = [...contents.widths.map((width) => ({ value: String(width), label: String(width) })), { value: "all", label: "All" }];
  page.widths.append(...options.map(({ value, label }, position) => element("button", {
    type: "button", "data-width": value,
    title: value === "all" ? "All widths (0)" : `${label} pixels (${position + 1})`,
    onclick: () => chooseWidth(value),
  }, label)));
}

function chooseWidth(value) {
  if (state.current.message) state.change({ only: value === "all" ? "" : value });
  else state.change({ width: value });
}

function updateControls(current) {
  const chosen = current.message ? current.only || "all" : String(state.gridWidth);
  for (const button of page.widths.children) {
    button.setAttribute("aria-pressed", String(button.dataset.width === chosen));
  }
  const scheme = { "": "Auto", light: "Light", dark: "Dark" }[current.scheme] ?? "Auto";
  page.scheme.replaceChildren(icon(...(icons.scheme[current.scheme] ?? icons.scheme[""])), element("span", {}, scheme));
  page.scheme.setAttribute("aria-label", `Colour scheme of messages: ${scheme}`);
  page.scheme.title = "Messages in dark mode, light mode, or as the system (d)";
  const hasImages = current.images !== "off";
  page.images.setAttribute("aria-pressed", String(hasImages));
  page.images.replaceChildren(icon(...icons.images, ...(hasImages ? [] : icons.off)), element("span", {}, "Images"));
  if (page.search !== document.activeElement) page.search.value = current.q;
}

function cycleScheme() {
  const next = { "": "dark", dark: "light", light: "" }[state.current.scheme] ?? "";
  state.change({ scheme: next });
}

function toggleImages() {
  state.change({ images: state.current.images === "off" ? "" : "off" });
}

// All messages, or one.

function update(current, previous) {
  const messages = grid.update(current, previous);
  updateFilters(current);
  updateControls(current);
  const total = contents.messages.length;
  const failed = messages.filter((message) => !message.isRendered).length;
  const broken = contents.layouts.filter((layout) => layout.isBroken).length;
  page.count.textContent = [
    messages.length === total ? counted(total, "message")
      : `${messages.length.toLocaleString("en")} of ${counted(total, "message")}`,
    failed ? `${failed.toLocaleString("en")} not rendered` : "",
    broken ? `${counted(broken, "layout")} with errors` : "",
  ].filter(Boolean).join(" · ");
  const message = contents.messageByKey.get(current.message);
  if (message && message === messageView.shown && previous) {
    messageView.update(current, previous);
  } else if (message) {
    if (!messageView.shown) scrollOfGrid = scrollY;
    document.body.classList.add("one-message");
    grid.root.hidden = true;
    messageView.open(message, messages);
    document.title = `${message.subject ?? failureOf(message)} · ${contents.title}`;
    scrollTo(0, 0);
    messageView.root.querySelector("h2").focus({ preventScroll: true });
  } else {
    const closed = messageView.shown;
    messageView.close();
    document.body.classList.remove("one-message");
    grid.root.hidden = false;
    document.title = contents.title;
    if (closed) {
      grid.update(current);
      scrollTo(0, scrollOfGrid);
      grid.focus(closed.key);
    }
  }
}

function openMessage(key) {
  state.change({ message: key }, { step: true });
}

function closeMessage() {
  if (state.current.message) state.change({ message: "" }, { step: true });
}

document.addEventListener("click", (event) => {
  if (event.defaultPrevented || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
  const link = event.target.closest("a");
  if (!link) return;
  if (link.dataset.open !== undefined) openMessage(link.dataset.open);
  else if (link.dataset.skip !== undefined) document.getElementById("main").focus();
  else if (link.dataset.facet !== undefined) {
    history.pushState(null, "", link.getAttribute("href"));
    dispatchEvent(new PopStateEvent("popstate"));
    showFilters(false);
    scrollTo(0, 0);
  } else return;
  event.preventDefault();
});

function showFilters(isShown) {
  document.body.classList.toggle("filters-open", isShown);
  page.filtersButton.setAttribute("aria-expanded", String(isShown));
}

page.filtersButton.addEventListener("click", () => showFilters(!document.body.classList.contains("filters-open")));
page.search.addEventListener("input", () => state.change({ q: page.search.value, message: "" }));
page.scheme.addEventListener("click", cycleScheme);
page.images.addEventListener("click", toggleImages);
document.querySelector("[data-help]").addEventListener("click", () => page.keys.showModal());

// Keys.

function go(step) {
  if (!state.current.message) return grid.move(step);
  const neighbour = step > 0 ? messageView.neighbours.next : messageView.neighbours.previous;
  if (neighbour) openMessage(neighbour.key);
}

const keys = {
  j: () => go(1),
  k: () => go(-1),
  ArrowRight: () => go(1),
  ArrowLeft: () => go(-1),
  f: () => state.current.message && messageView.toggleSize(),
  d: cycleScheme,
  i: toggleImages,
  "/": () => { page.search.focus(); page.search.select(); },
  "?": () => page.keys.showModal(),
  0: () => chooseWidth("all"),
  Escape: () => (document.body.classList.contains("filters-open") ? showFilters(false) : closeMessage()),
};
for (const [position, width] of contents.widths.slice(0, 9).entries()) {
  keys[position + 1] = () => chooseWidth(String(width));
}

document.addEventListener("keydown", (event) => {
  if (event.metaKey || event.ctrlKey || event.altKey || page.keys.open) return;
  if (event.target.closest("select")) return;
  if (event.target === page.search) {
    if (event.key === "Escape" || event.key === "Enter") page.search.blur();
    return;
  }
  // Arrows scroll what can be scrolled sideways.
  if (event.key.startsWith("Arrow") && event.target.closest(".strip, pre")) return;
  const action = keys[event.key];
  if (!action) return;
  event.preventDefault();
  action();
});

for (const home of document.querySelectorAll("[data-home]")) home.textContent ||= contents.title;
document.title = contents.title;
buildFilters();
buildControls();
grid.build();
state.onChange(update);
update(state.current);
