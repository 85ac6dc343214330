// Messages in frames. A frame lives while it can be seen: a thousand messages cost what ten do.
"use strict";

/// Loads the parts of messages, `{ html, text }`.
const messageParts = (() => {
  const kept = new Map(); // the last few, oldest first
  const waiting = new Map();
  const limit = 60;

  // Each `messages/….js` calls this: a page opened from disk may not read its neighbours.
  window.letterpressMessage = (key, parts) => {
    kept.delete(key);
    kept.set(key, parts);
    if (kept.size > limit) kept.delete(kept.keys().next().value);
    waiting.get(key)?.resolve(parts);
  };

  function load(key) {
    if (kept.has(key)) return Promise.resolve(kept.get(key));
    if (waiting.has(key)) return waiting.get(key).promise;
    const script = element("script", { src: `messages/${key}.js` });
    const entry = {};
    entry.promise = new Promise((resolve, reject) => {
      Object.assign(entry, { resolve, reject });
    }).finally(() => {
      waiting.delete(key);
      script.remove();
    });
    waiting.set(key, entry);
    script.addEventListener("error", () => entry.reject(new Error(`messages/${key}.js is missing`)));
    document.head.append(script);
    return entry.promise;
  }

  return { load };
})();

/// One message at one width. The host element keeps its size while the frame comes and goes.
class Frame {
  /// - `host`: the element that holds the frame.
  /// - `options.isThumbnail`: shows the top of the message and takes no pointer.
  /// - `options.onMeasure`: called with `{ document, width, height }` when the content's size changes.
  constructor(host, message, width, { isThumbnail = false, onMeasure = () => {} } = {}) {
    Object.assign(this, { host, message, width, isThumbnail, onMeasure });
  }

  async show() {
    if (this.isWanted) return;
    this.isWanted = true;
    let parts;
    try {
      parts = await messageParts.load(this.message.key);
    } catch (error) {
      this.host.replaceChildren(element("p", { class: "lost" }, error.message));
      return;
    }
    if (!this.isWanted) return;
    // No scripts, forms, pop-ups or navigation of this page. The same origin gives a message
    // nothing, as no script of its own runs; it lets this page measure its height.
    this.iframe = element("iframe", {
      sandbox: "allow-same-origin",
      scrolling: "no",
      title: `${this.message.layout.name} for ${this.message.persona.title} at ${this.width} pixels`,
      tabindex: this.isThumbnail ? -1 : undefined,
    });
    this.iframe.style.width = this.width + "px";
    this.applyScheme();
    const { html, imports } = withoutWaiting(parts.html);
    this.imports = imports;
    this.iframe.srcdoc = state.current.images === "off" ? withoutRemote(html) : html;
    this.host.replaceChildren(this.iframe);
    this.attach(this.iframe);
  }

  hide() {
    this.isWanted = false;
    this.observer?.disconnect();
    this.iframe?.remove();
    this.iframe = undefined;
  }

  /// The frame's colour scheme is what `prefers-color-scheme` answers inside it, in most browsers.
  applyScheme() {
    if (!this.iframe) return;
    this.iframe.style.colorScheme = state.current.scheme || "";
    answerSchemeQueries(this.iframe, state.current.scheme);
  }

  /// Follows the content as soon as it is there: its pictures may take long, or for ever.
  attach(iframe) {
    if (iframe !== this.iframe) return;
    const content = iframe.contentDocument;
    if (content?.URL !== "about:srcdoc" || content.readyState === "loading") {
      requestAnimationFrame(() => this.attach(iframe));
      return;
    }
    if (!content.body) return;
    loadStyles(content, this.imports);
    answerSchemeQueries(iframe, state.current.scheme);
    content.addEventListener("click", (event) => {
      if (event.target.closest?.("a, area")) event.preventDefault();
    });
    // A message as high as its frame plus a bit would grow for ever: it gets so many rounds.
    let rounds = 100;
    this.observer = new ResizeObserver(() => {
      if (--rounds > 0) this.measure(content);
    });
    this.observer.observe(content.documentElement);
    this.observer.observe(content.body);
    this.measure(content);
  }

  measure(content) {
    const root = content.documentElement;
    if (!root || !content.body) return;
    if (!this.isThumbnail) {
      const height = Math.max(root.scrollHeight, content.body.scrollHeight);
      this.iframe.style.height = Math.min(height, 30000) + "px";
    }
    this.onMeasure({
      document: content,
      width: Math.max(root.scrollWidth, content.body.scrollWidth),
      height: Math.max(root.offsetHeight, content.body.offsetHeight),
    });
  }
}

/// The HTML with its remote style sheets, mostly web fonts, set aside: a browser shows nothing
/// before it has them, which without a network takes for ever. `loadStyles` brings them in.
function withoutWaiting(html) {
  const imports = [];
  const later = html
    .replace(/<link\b[^>]*>/gi, (tag) => tag.replace(/\brel\s*=\s*["']?stylesheet\b["']?/i, 'rel="later"'))
    .replace(/<style\b[^>]*>[^]*?<\/style/gi, (style) =>
      style.replace(/@import\s+(?:url\(\s*)?["']?([^"')\s;]+)["']?\s*\)?[^;]*;/gi, (rule, url) => {
        imports.push(url);
        return "";
      }));
  return { html: later, imports };
}

/// Loads the style sheets that `withoutWaiting` has set aside; the message is seen meanwhile.
function loadStyles(content, imports) {
  const links = [...content.querySelectorAll("link[rel=later]")];
  const known = new Set(links.map((link) => link.getAttribute("href")));
  for (const link of links) link.rel = "stylesheet";
  for (const url of imports) {
    if (known.has(url)) continue;
    const link = content.createElement("link");
    link.rel = "stylesheet";
    link.href = url;
    content.head.append(link);
  }
}

/// The media queries that `answerSchemeQueries` has rewritten, as they were.
const originalMedia = new WeakMap();

/// Writes the answer into the message's own media queries, where the browser answers by the system
/// and not by the frame. Without a scheme, all queries are as the message has them.
function answerSchemeQueries(iframe, scheme) {
  const content = iframe.contentDocument;
  if (!content?.body) return;
  const isAnswered = !scheme
    || iframe.contentWindow.matchMedia(`(prefers-color-scheme: ${scheme})`).matches;
  const open = [...content.styleSheets];
  while (open.length) {
    const rules = open.pop();
    if (rules.media) {
      const original = originalMedia.get(rules) ?? rules.media.mediaText;
      const text = isAnswered ? original
        : original.replace(/\(\s*prefers-color-scheme\s*:\s*(light|dark)\s*\)/gi, (_, asked) =>
          asked.toLowerCase() === scheme ? "(min-width: 0px)" : "(max-width: 0px)");
      if (text !== rules.media.mediaText) {
        originalMedia.set(rules, original);
        rules.media.mediaText = text;
      }
    }
    try {
      open.push(...[...rules.cssRules].filter((rule) => rule.cssRules));
    } catch {
      // A style sheet of another origin, as of web fonts, does not show its rules.
    }
  }
}

/// The HTML with a policy at the head that refuses pictures and web fonts, as a client does that
/// blocks them.
function withoutRemote(html) {
  const policy = `<meta http-equiv="Content-Security-Policy" content="img-src data:; style-src 'unsafe-inline'; font-src data:">`;
  const head = /<head(\s[^>]*)?>/i.exec(html);
  if (!head) return policy + html;
  const end = head.index + head[0].length;
  return html.slice(0, end) + policy + html.slice(end);
}

/// Calls `show()` and `hide()` of things as their elements come near the window and leave it.
class Visibility {
  constructor() {
    this.things = new Map();
    this.timers = new Map();
    this.observer = new IntersectionObserver((entries) => {
      for (const entry of entries) {
        const node = entry.target;
        clearTimeout(this.timers.get(node));
        this.timers.delete(node);
        if (entry.isIntersecting) {
          // Whoever scrolls past does not want it loaded.
          this.timers.set(node, setTimeout(() => this.things.get(node)?.show(), 60));
        } else {
          this.things.get(node)?.hide();
        }
      }
    }, { rootMargin: "240px 0px" });
  }

  watch(node, thing) {
    this.things.set(node, thing);
    this.observer.observe(node);
  }

  /// Hides everything and forgets it.
  clear() {
    this.observer.disconnect();
    for (const timer of this.timers.values()) clearTimeout(timer);
    for (const thing of this.things.values()) thing.hide();
    this.timers.clear();
    this.things.clear();
  }
}
