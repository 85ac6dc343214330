// All messages: a section for each layout, in it a card for each persona.
"use strict";

const grid = (() => {
  const root = document.querySelector("[data-grid]");
  const visibility = new Visibility();
  const cards = new Map(); // by key of the message
  const sections = [];

  /// A card: subject and preheader, and the message under them, at one width or at all.
  class Card {
    constructor(message) {
      this.message = message;
      this.frames = [];
      this.link = element("a", { href: state.link({ message: message.key }), "data-open": message.key },
        phrase("span", {}, message.subject ?? "No message"));
      this.badge = element("span", { class: "badge", hidden: true });
      this.preview = element("div", { class: "preview" });
      const { findings } = message;
      this.node = element("li", { class: "card" },
        element("p", { class: "card-persona" },
          phrase("span", { class: "name" }, message.persona.title),
          this.badge,
          message.isRendered && findings.length
            ? element("span", { class: "badge" }, counted(findings.length, "finding")) : null),
        element("h3", { class: "card-subject" }, this.link),
        phrase("p", { class: "card-preheader" }, message.preheader ?? ""),
        this.preview);
      if (message.isRendered) {
        this.preview.setAttribute("aria-hidden", "true");
        visibility.watch(this.node, this);
      } else {
        this.node.classList.add("failed");
        this.preview.append(failurePanel(message));
      }
    }

    show() {
      this.isShown = true;
      const widths = state.gridWidth === "all" ? contents.widths : [state.gridWidth];
      const tooWide = new Set();
      this.frames = widths.map((width) => new Frame(
        element("div", { class: "paper", style: `--width: ${width}`, "data-width": width }), this.message, width, {
          isThumbnail: true,
          onMeasure: (size) => {
            if (size.width > width) tooWide.add(width);
            else tooWide.delete(width);
            this.badge.hidden = tooWide.size === 0;
            this.badge.textContent = "too wide for " + [...tooWide].sort((a, b) => a - b).join(", ");
          },
        }));
      this.preview.replaceChildren(...this.frames.map((frame) => frame.host));
      for (const frame of this.frames) frame.show();
    }

    hide() {
      this.isShown = false;
      for (const frame of this.frames) frame.hide();
      this.frames = [];
      this.preview.replaceChildren();
    }
  }

  function failurePanel(message) {
    const { findings } = message;
    return element("div", { class: "failure" },
      phrase("p", { class: "failure-reason" }, failureOf(message)),
      element("ul", {}, findings.slice(0, 4).map((finding) => element("li", {},
        phrase("span", {}, finding.message), element("span", { class: "place" }, placeOf(finding))))),
      findings.length > 4 ? element("p", {}, `and ${findings.length - 4} more`) : null);
  }

  /// The layout's heading, its findings in full, and its cards.
  function section(layout, position) {
    const id = `layout-${position}`;
    const made = layout.messages.map((message) => {
      const card = new Card(message);
      cards.set(message.key, card);
      return card;
    });
    const count = element("span", { class: "section-count" });
    const node = element("section", { class: "layout", "aria-labelledby": id },
      element("header", { class: "layout-head" },
        phrase("h2", { id }, layout.name),
        layout.isBroken ? element("span", { class: "badge error" }, "does not compile") : count,
        layout.summary ? phrase("p", {}, layout.summary) : null),
      findingList(layout.findings),
      layout.isBroken ? null : element("ul", { class: "cards" }, made.map((card) => card.node)));
    sections.push({ layout, node, count, cards: made });
    return node;
  }

  /// The persona in the filter introduces itself above its messages.
  const introduction = element("section", { class: "introduction", hidden: true });

  function introduce(current) {
    const persona = contents.personas.find((persona) => persona.id === current.persona);
    introduction.hidden = !persona;
    if (!persona) return;
    introduction.replaceChildren(
      phrase("h2", {}, persona.title),
      persona.notes ? phrase("p", {}, persona.notes) : "",
      persona.tags.length
        ? element("p", { class: "tags" }, persona.tags.map((tag) => phrase("span", { class: "tag" }, tag)))
        : "",
      findingList(persona.findings) ?? "");
  }

  const empty = element("p", { class: "empty", hidden: true },
    ...(contents.messages.length
      ? ["No message passes these filters. ", element("a", { href: "#" }, "Show all")]
      : ["Nothing to show yet: a message takes a layout and a persona."]));

  function build() {
    const general = findingList(contents.findings);
    root.append(
      general ? element("section", { class: "general", "aria-label": "Findings of the project" }, general) : "",
      introduction,
      ...contents.layouts.map(section),
      empty);
    new ResizeObserver(rescale).observe(root);
  }

  /// Fits the frames, which are as wide as their client, to the cards.
  function rescale() {
    const width = state.gridWidth;
    root.classList.toggle("all-widths", width === "all");
    const preview = [...cards.values()].find((card) => card.preview.offsetWidth)?.preview;
    if (!preview) return;
    const room = preview.clientWidth;
    let scale;
    if (width === "all") {
      const gaps = 16 * (contents.widths.length + 1);
      const sum = contents.widths.reduce((sum, width) => sum + width, 0);
      scale = Math.min(1, Math.max(0.34, (room - gaps) / sum));
    } else {
      scale = Math.min(1, room / width);
    }
    root.style.setProperty("--scale", scale.toFixed(4));
  }

  /// Applies filters and settings. Returns the messages that are left.
  function update(current, previous) {
    const messages = filteredMessages(current);
    const left = new Set(messages);
    for (const { layout, node, count, cards } of sections) {
      let visible = 0;
      for (const card of cards) {
        const isVisible = left.has(card.message);
        card.node.hidden = !isVisible;
        if (isVisible) visible += 1;
      }
      count.textContent = visible === cards.length ? visible : `${visible} of ${cards.length}`;
      node.hidden = visible === 0 && !showsFindings(layout, current);
    }
    introduce(current);
    empty.hidden = sections.some(({ node }) => !node.hidden);
    rescale();
    if (previous && current.width + current.images !== previous.width + previous.images) {
      for (const card of cards.values()) if (card.isShown) { card.hide(); card.show(); }
    } else if (previous && current.scheme !== previous.scheme) {
      for (const card of cards.values()) for (const frame of card.frames) frame.applyScheme();
    }
    return messages;
  }

  /// Moves the focus to the next (1) or previous (-1) card.
  function move(step) {
    const links = [...cards.values()].filter((card) => card.node.offsetParent).map((card) => card.link);
    if (!links.length) return;
    const position = links.indexOf(document.activeElement);
    const start = position < 0 ? (step > 0 ? -1 : links.length) : position;
    const next = links[Math.min(Math.max(start + step, 0), links.length - 1)];
    focusCard(next);
  }

  function focusCard(link) {
    link.focus({ preventScroll: true });
    link.closest(".card").scrollIntoView({ block: "nearest" });
  }

  return {
    root, build, update, move,
    focus(key) {
      const card = cards.get(key);
      if (card?.node.offsetParent) focusCard(card.link);
    },
  };
})();
