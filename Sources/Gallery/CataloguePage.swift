/// A page of the catalogue: `Assets/catalogue.html` with its marks replaced.
///
/// `root` is the way from the page's folder to the catalogue's, `""` or `"../"`; `current` is the block
/// that the page is about, nil on the index; `main` is the page's own HTML.
func cataloguePage(
  _ contents: CatalogueContents,
  title: String,
  root: String,
  current: String? = nil,
  main: String
) -> [UInt8] {
  let marks = [
    "title": escaped(title),
    "root": root,
    "bar": bar(contents, root: root, isIndex: current == nil),
    "blocks": blockList(contents, root: root, current: current),
    "main": main,
  ]
  let open = Array("<!-- ".utf8)
  let close = Array(" -->".utf8)
  var rest = PackageResources.catalogue_html[...]
  var page: [UInt8] = []
  while let start = rest.firstRange(of: open),
    let end = rest[start.upperBound...].firstRange(of: close)
  {
    page += rest[..<start.lowerBound]
    let name = String(decoding: rest[start.upperBound..<end.lowerBound], as: UTF8.self)
    if let text = marks[name] {
      page += text.utf8
    } else {
      page += rest[start.lowerBound..<end.upperBound]
    }
    rest = rest[end.upperBound...]
  }
  return page + rest
}

/// The page with every block.
func catalogueIndexPage(_ contents: CatalogueContents) -> [UInt8] {
  var main = """
    <div class="lede">
    <h2>Blocks</h2>
    <p>What the letters of \(escaped(contents.title)) are built from.</p>
    </div>

    """
  if contents.blocks.isEmpty {
    main += """
      <p class="empty">There are no blocks yet. <code>letterpress new block NAME</code> makes one.</p>

      """
  } else {
    main += "<div class=\"cards\">\n" + contents.blocks.map(card).joined() + "</div>\n"
  }
  return cataloguePage(contents, title: "Blocks · \(contents.title)", root: "", main: main)
}

private func bar(_ contents: CatalogueContents, root: String, isIndex: Bool) -> String {
  var bar = """
    <h1 class="title"><a href="\(root)index.html">\(escaped(contents.title))</a></h1>
    <div class="controls">

    """
  if !isIndex {
    bar += "<a class=\"quiet all-blocks\" href=\"\(root)index.html\">All blocks</a>\n"
  }
  if let gallery = contents.galleryPage {
    bar += "<a class=\"quiet\" href=\"\(escaped(root + gallery))\">Gallery</a>\n"
  }
  return bar + "</div>"
}

private func blockList(_ contents: CatalogueContents, root: String, current: String?) -> String {
  let items = contents.blocks.map { block in
    let mark = block.name == current ? " aria-current=\"page\"" : ""
    let name = escaped(block.name)
    return """
      <li><a href="\(root)pages/\(fileName(for: block.name)).html"\(mark)>\
      <span class="label">\(name)</span>\(dot(for: block))</a></li>

      """
  }
  return "<section>\n<h2>Blocks</h2>\n<ul>\n" + items.joined() + "</ul>\n</section>"
}

private func dot(for block: CatalogueBlock) -> String {
  if block.isBroken { return "<span class=\"dot\" title=\"Has errors\"></span>" }
  return block.findings.isEmpty ? "" : "<span class=\"dot warning\" title=\"Has warnings\"></span>"
}

private func card(_ block: CatalogueBlock) -> String {
  let facts = [
    count(block.parameters.count, "parameter"), count(block.slots.count, "slot"),
    count(block.layouts.count, "layout"),
  ]
  var preview = "<p class=\"nothing\">No example</p>"
  for (index, example) in block.examples.enumerated() {
    guard case .rendered(let html) = example.outcome else { continue }
    preview = frame(html, width: 600, title: "Example \(index + 1)", isThumbnail: true)
    break
  }
  let badge = block.isBroken ? "<span class=\"badge error\">Has errors</span>" : ""
  return """
    <article class="card">
    <h3 class="card-subject"><a href="pages/\(fileName(for: block.name)).html">\
    <span>\(escaped(block.name))</span></a>\(badge)</h3>
    <p class="card-preheader">\(escaped(block.summary))</p>
    <p class="card-facts">\(facts.compactMap(\.self).joined(separator: " · "))</p>
    <div class="preview">\(preview)</div>
    </article>

    """
}

private func count(_ number: Int, _ noun: String) -> String? {
  number == 0 ? nil : number == 1 ? "1 \(noun)" : "\(number) \(noun)s"
}

/// A message in a frame of an exact width, in which no script runs.
///
/// The same origin gives a message nothing, as no script of its own runs; it lets the page measure its
/// height.
func frame(_ html: [UInt8], width: Int, title: String, isThumbnail: Bool = false) -> String {
  let text = escaped(String(decoding: html, as: UTF8.self))
  let reach = isThumbnail ? " tabindex=\"-1\" aria-hidden=\"true\" loading=\"lazy\"" : ""
  return """
    <div class="paper" style="--width:\(width)"><iframe sandbox="allow-same-origin" scrolling="no" \
    width="\(width)" style="width:\(width)px" title="\(escaped(title))"\(reach) \
    srcdoc="\(text)"></iframe></div>
    """
}

extension CatalogueBlock {
  var isBroken: Bool { findings.contains { $0.severity == .error } }
}
