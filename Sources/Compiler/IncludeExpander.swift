import LetterpressDiagnostics
import LetterpressMarkup

/// Puts included files in the place of their `mj-include`.
///
///     <mj-include path="parts/header.mjml"/>               its elements, its head into this head
///     <mj-include path="brand.css" type="css"/>            an mj-style at the end of its file's head
///     <mj-include path="legal.html" type="html"/>          an mj-raw
///
/// The elements keep the places of the file they stand in, so findings stand there too.
struct IncludeExpander {
  private(set) var diagnostics: [Diagnostic] = []
  /// How each included file was reached first, for the stack of its findings.
  private(set) var frames: [SourceFile.ID: Diagnostic.Frame] = [:]
  /// What the includes of the file that is being expanded bring for its head.
  private var headAdditions: [MarkupNode] = []
  /// The style sheets among them: they stand behind everything else.
  private var styles: [MarkupNode] = []
  /// The files that are being expanded now, outermost first, relative to the root.
  private var chain: [String]
  private var bytes = 0
  private var includes = 0
  /// How often each file has been included.
  private var inclusions: [SourceFile.ID: Int] = [:]
  /// Elements that are open, over all files.
  private var depth = 0
  /// Whether it was said that they are too many.
  private var isTooDeep = false

  /// An expander for one file, by its path relative to the root.
  init(of path: String) { chain = [path] }

  /// What was found, with the includes through which it was reached.
  var locatedDiagnostics: [Diagnostic] {
    diagnostics.map { $0.reached(through: frames) }
  }

  /// The document with all includes in place.
  mutating func expand(_ document: Document, with loader: inout SourceLoader) -> Document {
    bytes = loader.sources[document.file].bytes.count
    guard document.nodes.containInclude else { return document }
    var document = document
    document.nodes = expand(document.nodes, within: "", with: &loader)
    headAdditions += styles
    if !headAdditions.isEmpty { addToHead(of: &document) }
    return document
  }

  /// `isHead`: the nodes are the children of the file's own head, so that what includes bring for it comes
  /// in place.
  private mutating func expand(
    _ nodes: [MarkupNode],
    within parent: String,
    isHead: Bool = false,
    with loader: inout SourceLoader
  ) -> [MarkupNode] {
    var result: [MarkupNode] = []
    result.reserveCapacity(nodes.count)
    let earlier = headAdditions.count
    for node in nodes {
      defer {
        if isHead, headAdditions.count > earlier {
          result += headAdditions[earlier...]
          headAdditions.removeSubrange(earlier...)
        }
      }
      guard case .element(let element) = node else {
        result.append(node)
        continue
      }
      if element.name == "mj-include" {
        result += included(by: element, within: parent, with: &loader)
      } else {
        guard !element.children.isEmpty else {
          result.append(node)
          continue
        }
        depth += 1
        let children = expand(
          element.children,
          within: element.name,
          isHead: element.name == "mj-head",
          with: &loader
        )
        depth -= 1
        result.append(.element(element.replacing(children: children)))
      }
    }
    return result
  }

  // MARK: - One include

  private mutating func included(
    by element: Element,
    within parent: String,
    with loader: inout SourceLoader
  ) -> [MarkupNode] {
    guard let attribute = element.attribute("path") else {
      diagnostics.append(
        .includeUnreadable("", reason: "it names no path", at: element.startTag)
      )
      return []
    }
    let range = attribute.value
    let written = loader.sources.text(range)
    if written.utf8.contains(UInt8(ascii: "{")), written.contains("{{") || written.contains("{%") {
      diagnostics.append(.includeWithLiquid(written, at: range))
      return []
    }
    includes += 1
    guard includes <= loader.limits.includes, chain.count <= loader.limits.includeDepth else {
      diagnostics.append(
        .includeLimit(
          "more than \(loader.limits.includeDepth) includes within each other, or "
            + "\(loader.limits.includes) in all",
          at: range
        )
      )
      return []
    }
    do {
      let from = folder(of: chain[chain.count - 1])
      let mayClimb = loader.includeRoots.count > 1
      let literal = try IncludePath.resolveLiteral(written, in: from, mayClimb: mayClimb)
      let path =
        written.utf8.contains(UInt8(ascii: "%")) && !loader.hasFile(literal)
        ? try IncludePath.resolve(written, in: from, mayClimb: mayClimb) : literal
      if path.isEmpty { throw IncludePath.Refusal.malformed("it is a folder") }
      if let start = chain.firstIndex(of: path) {
        diagnostics.append(.includeCycle(path, chain: chain[start...] + [path], at: range))
        return []
      }
      return try content(of: path, by: element, at: range, within: parent, with: &loader)
    } catch let refusal as IncludePath.Refusal {
      diagnostics.append(.includeDenied(written, reason: refusal.description, at: range))
    } catch FileAccess.Failure.outside {
      diagnostics.append(
        .includeDenied(written, reason: FileAccess.Failure.outside.description, at: range)
      )
    } catch FileAccess.Failure.notFound {
      let near = nearestFile(to: written, with: loader)
      diagnostics.append(.includeNotFound(written, suggestion: near, at: range))
    } catch let failure as FileAccess.Failure {
      diagnostics.append(.includeUnreadable(written, reason: failure.description, at: range))
    } catch {
      preconditionFailure("an include fails in no other way: \(error)")
    }
    return []
  }

  /// What an include may have meant that names no file: one in the folder that it names, or beside the file
  /// that includes it.
  private func nearestFile(to written: String, with loader: SourceLoader) -> String? {
    let here = folder(of: chain[chain.count - 1])
    let name = written.split(separator: "/").last.map(String.init) ?? written
    /// Without what is being expanded, which would include itself.
    func names(beside path: String) -> [String] {
      let folder = folder(of: path)
      return loader.neighbours(of: path).filter {
        !chain.contains(folder.isEmpty ? $0 : folder + "/" + $0)
      }
    }
    let beside = names(beside: here + "/" + name)
    if written != name, beside.contains(name) { return name }
    let mayClimb = loader.includeRoots.count > 1
    let named = try? IncludePath.resolveLiteral(written, in: here, mayClimb: mayClimb)
    let there = (named.map(names(beside:)) ?? []).filter { $0 != name }
    if let near = suggestion(for: name, among: there) { return written.dropLast(name.count) + near }
    return written == name ? nil : suggestion(for: name, among: beside)
  }

  private mutating func content(
    of path: String,
    by element: Element,
    at range: SourceRange,
    within parent: String,
    with loader: inout SourceLoader
  ) throws -> [MarkupNode] {
    let type = element.attribute("type").map { loader.sources.text($0.value) } ?? "mjml"
    if type == "css" || type == "html" {
      let id = try loader.read(path)
      guard countBytes(of: id, at: range, in: loader) else { return [] }
      frames[id] = Diagnostic.Frame("included here", range)
      let whole = SourceRange(file: id, start: 0, end: loader.sources[id].bytes.count)
      if type == "html" { return [.element(raw(whole, by: element))] }
      styles.append(.element(style(whole, by: element)))
      return []
    }
    let parsed = try loader.parseIncluded(path, within: parent)
    guard countBytes(of: parsed.id, at: range, in: loader) else { return [] }
    if frames[parsed.id] == nil { frames[parsed.id] = Diagnostic.Frame("included here", range) }
    diagnostics += parsed.diagnostics
    guard let document = parsed.document else { return [] }
    // Each file keeps to the limit by itself; what is stacked up of them must keep to it, too.
    guard depth + document.depth <= loader.limits.elementDepth else {
      if !isTooDeep {
        let limit = loader.limits.elementDepth
        diagnostics.append(
          .includeLimit(
            "with its includes the template nests elements more than \(limit) deep",
            at: range
          )
        )
      }
      isTooDeep = true
      return []
    }
    chain.append(path)
    defer { chain.removeLast() }
    let outer = (headAdditions, styles)
    (headAdditions, styles) = ([], [])
    let inclusion = inclusions[parsed.id, default: 0]
    inclusions[parsed.id] = inclusion + 1
    let nodes = expand(document.nodes, within: parent, with: &loader)
    let (head, body) = parsed.isWholeDocument ? parts(of: nodes) : ([], nodes)
    let brought = head + headAdditions + styles
    (headAdditions, styles) = outer
    headAdditions += brought
    return inclusion == 0 ? body : body.map { $0.replacing(inclusion: inclusion, of: parsed.id) }
  }

  /// Of a whole mail: its head's children for ours, its body's for this place.
  private func parts(of nodes: [MarkupNode]) -> (head: [MarkupNode], body: [MarkupNode]) {
    var head: [MarkupNode] = []
    var body: [MarkupNode] = []
    for case .element(let mjml) in nodes {
      for child in mjml.children {
        guard case .element(let part) = child else {
          body.append(child)
          continue
        }
        if part.name == "mj-head" {
          head += part.children
        } else {
          body += part.name == "mj-body" ? part.children : [child]
        }
      }
    }
    return (head, body)
  }

  private mutating func countBytes(
    of id: SourceFile.ID,
    at range: SourceRange,
    in loader: SourceLoader
  ) -> Bool {
    bytes += loader.sources[id].bytes.count
    if bytes <= loader.limits.includedSource { return true }
    diagnostics.append(
      .includeLimit(
        "with its includes the template is larger than \(loader.limits.includedSource) bytes",
        at: range
      )
    )
    return false
  }

  // MARK: - Elements that no file holds

  private func raw(_ content: SourceRange, by include: Element) -> Element {
    Element(
      name: "mj-raw",
      nameRange: include.nameRange,
      attributes: [],
      children: [],
      content: content,
      range: include.range,
      startTag: include.startTag,
      endTag: include.endTag
    )
  }

  private func style(_ content: SourceRange, by include: Element) -> Element {
    let inline = include.attribute("css-inline").map {
      Attribute(name: "inline", nameRange: $0.nameRange, value: $0.value, hasValue: $0.hasValue)
    }
    return Element(
      name: "mj-style",
      nameRange: include.nameRange,
      attributes: inline.map { [$0] } ?? [],
      children: [],
      content: content,
      range: include.range,
      startTag: include.startTag,
      endTag: include.endTag
    )
  }

  /// MJML appends what includes bring for the head; where there is none, it makes one.
  private func addToHead(of document: inout Document) {
    for index in document.nodes.indices {
      guard case .element(let mjml) = document.nodes[index] else { continue }
      var children = mjml.children
      let head = children.firstIndex {
        if case .element(let child) = $0 { return child.name == "mj-head" }
        return false
      }
      if let head, case .element(let element) = children[head] {
        children[head] = .element(
          element.replacing(children: element.children + headAdditions)
        )
      } else {
        let place = mjml.startTag.endPoint
        let element = Element(
          name: "mj-head",
          nameRange: place,
          attributes: [],
          children: headAdditions,
          content: nil,
          range: place,
          startTag: place,
          endTag: place
        )
        children.insert(.element(element), at: 0)
      }
      document.nodes[index] = .element(mjml.replacing(children: children))
      return
    }
  }

  private func folder(of path: String) -> String {
    path.lastIndex(of: "/").map { String(path[..<$0]) } ?? ""
  }
}

extension Diagnostic {
  /// The finding with the includes that lead to its file, innermost first.
  func reached(through frames: [SourceFile.ID: Frame]) -> Diagnostic {
    var diagnostic = self
    var file = primary.range.file
    var seen: Set<SourceFile.ID> = []
    while let frame = frames[file], seen.insert(file).inserted {
      if !diagnostic.stack.contains(frame) { diagnostic.stack.append(frame) }
      file = frame.range.file
    }
    return diagnostic
  }
}

extension Document {
  /// How many elements are open at its deepest place.
  fileprivate var depth: Int {
    var deepest = 0
    var open = nodes.map { ($0, 1) }
    while let (node, depth) = open.popLast() {
      guard case .element(let element) = node else { continue }
      deepest = max(deepest, depth)
      open += element.children.map { ($0, depth + 1) }
    }
    return deepest
  }

  /// The `mjml` element, where it has no body: MJML refuses that.
  var rootWithoutBody: Element? {
    guard let root, root.name == "mjml" else { return nil }
    let hasBody = root.children.contains {
      if case .element(let child) = $0 { return child.name == "mj-body" }
      return false
    }
    return hasBody ? nil : root
  }
}

extension MarkupNode {
  /// The same as another copy of that file has it; what the file includes itself has a number of its own.
  fileprivate func replacing(inclusion: Int, of file: SourceFile.ID) -> MarkupNode {
    guard case .element(let element) = self, element.range.file == file else { return self }
    return .element(element.replacing(inclusion: inclusion))
  }
}

extension [MarkupNode] {
  /// Whether an `mj-include` stands among them or within them; most documents have none.
  fileprivate var containInclude: Bool {
    contains { node in
      guard case .element(let element) = node else { return false }
      return element.name == "mj-include" || element.children.containInclude
    }
  }
}
