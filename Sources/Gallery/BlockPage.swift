/// The page about one block: how it looks first, then its contract, its uses and its source.
func blockPage(_ block: CatalogueBlock, of contents: CatalogueContents) -> [UInt8] {
  let main = [
    """
    <div class="lede">
    <h2><span class="angle">&lt;</span>\(escaped(block.name))<span class="angle">&gt;</span></h2>
    <p>\(escaped(block.summary))</p>
    </div>

    """,
    findings(block.findings),
    examples(of: block),
    parameters(of: block),
    slots(of: block),
    users(of: block, in: contents),
    source(of: block),
  ]
  return cataloguePage(
    contents,
    title: "\(block.name) · \(contents.title)",
    root: "../",
    current: block.name,
    main: main.joined()
  )
}

private func section(_ title: String, _ content: String, class name: String) -> String {
  "<section class=\"part \(name)\">\n<h3>\(title)</h3>\n\(content)</section>\n"
}

private func findings(_ findings: [GalleryFinding]) -> String {
  if findings.isEmpty { return "" }
  let items = findings.map { finding in
    let frame = finding.frame.map { "<pre tabindex=\"0\">\(escaped($0))</pre>" } ?? ""
    let place = "\(finding.file):\(finding.line):\(finding.column)"
    return """
      <li class="finding \(finding.severity.rawValue)">
      <p class="finding-message"><span class="mark">\(finding.severity.rawValue)</span> \
      \(escaped(finding.message)) <code class="finding-id">\(escaped(finding.id))</code></p>
      <p class="place">\(escaped(place))</p>
      \(frame)</li>

      """
  }
  return "<ul class=\"findings\">\n" + items.joined() + "</ul>\n"
}

private func examples(of block: CatalogueBlock) -> String {
  if block.examples.isEmpty {
    return section(
      "Examples",
      "<p class=\"hint\">None yet: <code>&lt;lp-example …/&gt;</code> in the block shows one.</p>\n",
      class: "examples"
    )
  }
  let items = block.examples.enumerated().map { index, example in
    let number = "Example \(index + 1)"
    let persona = example.persona.map {
      "<span class=\"hint\">with \(escaped($0))’s profile</span>"
    }
    var alone = ""
    let result: String
    switch example.outcome {
    case .rendered(let html):
      alone = "<a href=\"../examples/\(exampleKey(index, of: block)).html\">Open alone</a>"
      let columns = CatalogueWriter.widths.map { width in
        """
        <figure class="column"><figcaption><strong>\(width)</strong> px</figcaption>\
        \(frame(html, width: width, title: "\(number) at \(width) pixels"))</figure>

        """
      }
      result = """
        <div class="strip" tabindex="0" role="group" aria-label="\(number)">
        \(columns.joined())</div>
        """
    case .failed(let reason): result = "<p class=\"reason\">Nothing to see: \(escaped(reason))</p>"
    }
    return """
      <article class="example">
      <header><h4>\(number)</h4>\(persona ?? "")\(alone)</header>
      <pre class="usage" tabindex="0"><code>\(escaped(example.usage))</code></pre>
      \(result)
      </article>

      """
  }
  return section("Examples", items.joined(), class: "examples")
}

private func parameters(of block: CatalogueBlock) -> String {
  if block.parameters.isEmpty {
    return section("Parameters", "<p class=\"hint\">It takes none.</p>\n", class: "parameters")
  }
  // A column that nobody has filled tells nothing.
  let hasMeanings = block.parameters.contains { !$0.summary.isEmpty }
  let rows = block.parameters.map { parameter in
    let fallback: String =
      if let text = parameter.defaultText {
        text.isEmpty ? "<span class=\"hint\">empty</span>" : "<code>\(escaped(text))</code>"
      } else {
        parameter.isRequired
          ? "<span class=\"badge required\">required</span>" : "<span class=\"hint\">nil</span>"
      }
    return """
      <tr><th scope="row"><code>\(escaped(parameter.name))</code></th>\
      <td>\(type(parameter.type))</td><td class="fallback">\(fallback)</td>\
      \(meaning(parameter.summary, if: hasMeanings))</tr>

      """
  }
  return section(
    "Parameters",
    """
    <table>
    <thead><tr><th scope="col">Name</th><th scope="col">Type</th><th scope="col">Default</th>\
    \(hasMeanings ? "<th scope=\"col\">Meaning</th>" : "")</tr></thead>
    <tbody>
    \(rows.joined())</tbody>
    </table>

    """,
    class: "parameters"
  )
}

private func meaning(_ summary: String, if isShown: Bool) -> String {
  isShown ? "<td class=\"meaning\">\(escaped(summary))</td>" : ""
}

/// The words to choose from, each by itself; any other type as it is.
private func type(_ text: String) -> String {
  text.split(separator: "|").map { "<code>\(escaped(withoutSpaces($0)))</code>" }
    .joined(separator: " <span class=\"or\">or</span> ")
}

private func withoutSpaces(_ text: Substring) -> String {
  var text = text
  while text.first == " " { text.removeFirst() }
  while text.last == " " { text.removeLast() }
  return String(text)
}

private func slots(of block: CatalogueBlock) -> String {
  if block.slots.isEmpty { return "" }
  let hasMeanings = block.slots.contains { !$0.summary.isEmpty }
  let rows = block.slots.map { slot in
    let name =
      slot.name.isEmpty
      ? "<span class=\"hint\">default</span>" : "<code>\(escaped(slot.name))</code>"
    let filling =
      slot.name.isEmpty
      ? "what stands between the block’s tags"
      : "<code>&lt;lp-fill slot=&quot;\(escaped(slot.name))&quot;&gt;</code>"
    return """
      <tr><th scope="row">\(name)</th><td>\(filling)</td>\
      \(meaning(slot.summary, if: hasMeanings))</tr>

      """
  }
  return section(
    "Slots",
    """
    <table>
    <thead><tr><th scope="col">Name</th><th scope="col">Filled by</th>\
    \(hasMeanings ? "<th scope=\"col\">Meaning</th>" : "")</tr></thead>
    <tbody>
    \(rows.joined())</tbody>
    </table>

    """,
    class: "slots"
  )
}

private func users(of block: CatalogueBlock, in contents: CatalogueContents) -> String {
  if block.layouts.isEmpty && block.blocks.isEmpty {
    return section("Used in", "<p class=\"hint\">Nothing uses it.</p>\n", class: "users")
  }
  func through(_ user: CatalogueBlock.User) -> String {
    user.isDirect ? "" : " <span class=\"hint\">through another block</span>"
  }
  var rows = ""
  if !block.layouts.isEmpty {
    let names = block.layouts.map { "<li><code>\(escaped($0.name))</code>\(through($0))</li>" }
    rows += "<div><dt>Layouts</dt><dd><ul>\(names.joined())</ul></dd></div>\n"
  }
  if !block.blocks.isEmpty {
    let names = block.blocks.map {
      "<li><a href=\"\(fileName(for: $0.name)).html\"><code>\(escaped($0.name))</code></a>"
        + "\(through($0))</li>"
    }
    rows += "<div><dt>Blocks</dt><dd><ul>\(names.joined())</ul></dd></div>\n"
  }
  return section("Used in", "<dl>\n\(rows)</dl>\n", class: "users")
}

private func source(of block: CatalogueBlock) -> String {
  section(
    "Source",
    """
    <p class="place">blocks/\(escaped(block.name)).mjml</p>
    <pre class="source" tabindex="0"><code>\(escaped(block.source))</code></pre>

    """,
    class: "source-part"
  )
}
