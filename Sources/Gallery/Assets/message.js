// One message, at all client widths side by side.
"use strict";

const messageView = (() => {
  const root = document.querySelector("[data-message]");
  const strip = element("div", { class: "strip", role: "group", "aria-label": "The message at each client width", tabindex: 0 });
  let shown; // the message
  let columns = [];
  let neighbours = {};

  function close() {
    for (const column of columns) column.frame.hide();
    columns = [];
    shown = undefined;
    root.hidden = true;
  }

  /// Shows a message that stands among `messages`, those under the filters.
  function open(message, messages) {
    for (const column of columns) column.frame.hide();
    columns = [];
    shown = message;
    const position = messages.indexOf(message);
    neighbours = { previous: messages[position - 1], next: messages[position + 1] };
    root.hidden = false;
    root.replaceChildren(
      bar(message, messages, position),
      head(message),
      message.isRendered ? preview(message) : failure(message));
    if (!message.isRendered) return;
    showColumns();
    if (neighbours.next?.isRendered) messageParts.load(neighbours.next.key).catch(() => {});
  }

  function step(name, neighbour, keys) {
    const arrow = name === "Previous" ? "←" : "→";
    if (!neighbour) return element("span", { class: "quiet step", "aria-disabled": "true" }, arrow);
    return element("a", {
      class: "quiet step", href: state.link({ message: neighbour.key }), "data-open": neighbour.key,
      "aria-label": `${name} message`, title: `${name} message (${keys})`,
    }, arrow);
  }

  function bar(message, messages, position) {
    const place = position < 0 ? "not under the filters"
      : `${(position + 1).toLocaleString("en")} of ${messages.length.toLocaleString("en")}`;
    return element("nav", { class: "message-bar", "aria-label": "Messages" },
      element("a", { class: "quiet", href: state.link({ message: "" }), title: "All messages (Esc)" }, "All messages"),
      element("span", { class: "pickers" },
        picker("Layout", message.layout, contents.layouts.filter((layout) => !layout.isBroken),
          (layout) => layout.name, (layout) => find(layout, message.persona)),
        " for ",
        picker("Persona", message.persona, contents.personas,
          (persona) => persona.title, (persona) => find(message.layout, persona))),
      element("span", { class: "position" }, place),
      step("Previous", neighbours.previous, "k"),
      step("Next", neighbours.next, "j"));
  }

  function find(layout, persona) {
    return contents.messages.find((other) => other.layout === layout && other.persona === persona);
  }

  /// A menu that leads to the same persona's message of another layout, or the other way round.
  function picker(label, chosen, options, titleOf, messageOf) {
    return element("select", {
      class: "quiet", "aria-label": label,
      onchange: (event) => state.change({ message: messageOf(options[event.target.value]).key }, { step: true }),
    }, options.map((option, position) =>
      element("option", { value: position, selected: option === chosen }, titleOf(option))));
  }

  function head(message) {
    const { persona } = message;
    return element("header", { class: "message-head" },
      element("div", { class: "envelope" },
        phrase("h2", { tabindex: -1 }, message.subject ?? failureOf(message)),
        message.preheader ? phrase("p", { class: "preheader" }, message.preheader) : null,
        message.from ? element("p", { class: "from" }, "From ", phrase("span", {}, message.from)) : null),
      element("div", { class: "persona" },
        persona.notes ? phrase("p", {}, persona.notes) : null,
        persona.tags.length
          ? element("p", { class: "tags" }, persona.tags.map((tag) => phrase("span", { class: "tag" }, tag)))
          : null));
  }

  /// Everything that is wrong on the way to a message, the layout's warnings included.
  function allFindings(message) {
    return [...message.findings, ...message.layout.findings];
  }

  function failure(message) {
    return element("div", { class: "message-findings" },
      findingList(allFindings(message)));
  }

  function preview(message) {
    const findings = findingList(allFindings(message));
    return element("div", {},
      findings ? element("div", { class: "message-findings" }, findings) : null,
      element("div", { class: "facts" },
        facts(message),
        element("div", { class: "segments", role: "group", "aria-label": "Size" },
          sizeButton("fit", "Fit"), sizeButton("full", "100%"))),
      strip);
  }

  function sizeButton(size, label) {
    return element("button", {
      type: "button", "data-size": size, title: `${label} (f)`,
      onclick: () => state.change({ size }),
    }, label);
  }

  /// Gmail cuts a message after this many bytes of HTML and hides the rest behind a link.
  const clippingLimit = 102 * 1024;

  function facts(message) {
    const size = `${(message.bytes / 1024).toLocaleString("en", { maximumFractionDigits: 1 })} KB`;
    const text = element("pre", { class: "plain-text", dir: "auto" });
    const links = element("ol", { class: "links" });
    return [
      element("span", { class: message.bytes > clippingLimit ? "badge" : "fact" },
        message.bytes > clippingLimit ? `${size}: Gmail clips messages above 102 KB` : size),
      element("details", { class: "links-details", hidden: true },
        element("summary", {}, "Links"), links),
      message.hasPlainText
        ? element("details", {
          ontoggle: async () => { text.textContent = (await messageParts.load(message.key)).text; },
        }, element("summary", {}, "Plain text"), text)
        : null,
      element("a", { href: `messages/${message.key}.html`, target: "_blank", rel: "noopener" }, "Open the HTML"),
    ];
  }

  function showColumns() {
    const widths = state.current.only ? [Number(state.current.only)] : contents.widths;
    columns = widths.map((width) => {
      const caption = element("figcaption", {}, element("strong", {}, width), " px");
      const size = element("span", { class: "measure" });
      const paper = element("div", { class: "paper", style: `--width: ${width}` });
      caption.append(size);
      const frame = new Frame(paper, shown, width, {
        onMeasure: (content) => {
          const tooWide = content.width > width;
          size.className = tooWide ? "badge" : "measure";
          size.textContent = tooWide ? `content is ${content.width} px wide`
            : `${content.height.toLocaleString("en")} px high`;
          paper.style.setProperty("--height", frame.iframe.offsetHeight);
          listLinks(content.document);
        },
      });
      return { width, frame, node: element("figure", { class: "column" }, caption, paper) };
    });
    strip.replaceChildren(...columns.map((column) => column.node));
    rescale();
    for (const column of columns) column.frame.show();
  }

  /// Lists where the message leads; the frames themselves lead nowhere.
  function listLinks(content) {
    const details = root.querySelector(".links-details");
    const links = [...content.querySelectorAll("a[href], area[href]")];
    if (!details || !links.length || !details.hidden) return;
    details.hidden = false;
    details.querySelector("summary").textContent = counted(links.length, "link");
    details.querySelector("ol").replaceChildren(...links.map((link) => {
      const target = link.getAttribute("href");
      const text = link.textContent.trim() || link.querySelector("img[alt]")?.alt
        || (link.querySelector("img") ? "(picture)" : "(no text)");
      const leads = /^(https?|mailto|tel):/i.test(target);
      return element("li", {}, phrase("span", {}, text), " ",
        leads ? element("a", { href: target, target: "_blank", rel: "noopener noreferrer" }, target)
          : element("code", {}, target));
    }));
  }

  /// Full size, or as large as all columns fit.
  function rescale() {
    if (!shown) return;
    const size = state.current.size || (innerWidth >= 900 ? "fit" : "full");
    const gaps = 24 * (columns.length - 1);
    const sum = columns.reduce((sum, column) => sum + column.width, 0);
    const style = getComputedStyle(strip);
    const room = strip.clientWidth - parseFloat(style.paddingLeft) - parseFloat(style.paddingRight);
    const scale = size === "fit" ? Math.min(1, Math.max(0.2, (room - gaps) / sum)) : 1;
    strip.style.setProperty("--scale", scale.toFixed(4));
    for (const button of root.querySelectorAll("[data-size]")) {
      button.setAttribute("aria-pressed", String(button.dataset.size === size));
    }
  }

  new ResizeObserver(rescale).observe(strip);

  /// Applies a change of settings to the open message.
  function update(current, previous) {
    if (current.only + current.images !== previous.only + previous.images) {
      for (const column of columns) column.frame.hide();
      if (shown.isRendered) showColumns();
    } else if (current.scheme !== previous.scheme) {
      for (const column of columns) column.frame.applyScheme();
    }
    rescale();
  }

  return {
    root, open, close, update,
    get shown() { return shown; },
    get neighbours() { return neighbours; },
    toggleSize() {
      const fits = root.querySelector('[data-size="fit"]')?.getAttribute("aria-pressed") === "true";
      state.change({ size: fits ? "full" : "fit" });
    },
  };
})();
