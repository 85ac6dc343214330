import LetterpressDiagnostics
import LetterpressSchema

/// What may reach URLs and headers, as far as the elements tell; raw HTML is looked at once its contexts are
/// known.
extension Checker {
  enum Sink {
    /// The attribute.
    case url(String)
    /// What writes it, for messages.
    case header(String)
  }

  /// Reports personal fields that the manifest does not allow there.
  func reportPersonalData(in nodes: [TypedNode], reaching sink: Sink) {
    forEachOutput(in: nodes) { expression in
      let forbidden = expression.personalSources.filter { !isAllowed($0) }
      guard !forbidden.isEmpty else { return }
      guard let argument = argument(behind: expression, holding: forbidden) else {
        return report(.personalData(forbidden, reaching: sink, at: expression.range))
      }
      guard !isProbing else { return }
      reportAlways(
        .personalData(
          forbidden,
          reaching: sink,
          at: argument.range,
          through: Diagnostic.Label(expression.range, "reaches it here")
        )
      )
    }
  }

  /// The outermost argument that brings personal data into the blocks in expansion.
  ///
  /// What a block reads from the fields of its parameters was told when it was checked by itself.
  private func argument(
    behind expression: TypedExpression,
    holding sources: [String]
  ) -> TypedExpression? {
    var argument: TypedExpression?
    var next = expression.firstVariable
    while let variable = next, let value = boundArguments[variable],
      !personalParameters.contains(variable), sources.allSatisfy(value.personalSources.contains)
    {
      argument = value
      next = value.firstVariable
    }
    return argument
  }

  private func isAllowed(_ path: String) -> Bool {
    input.allowedPersonalFields.contains(path)
      || input.allowedPersonalFields.contains("profile." + path)
  }

  // MARK: Whole URLs

  /// How far a URL is when a hole comes.
  private enum Progress: Comparable {
    /// Nothing yet: the hole decides about the scheme.
    case start
    /// Within scheme and host.
    case host
    /// Behind the host: anything goes, percent-encoded by its place.
    case path
  }

  /// A hole that makes up the whole URL, or its scheme or host, has to be a uri (LANGUAGE.md, D07).
  func checkURL(_ nodes: [TypedNode]) { _ = checkURL(nodes, from: .start) }

  private func checkURL(_ nodes: [TypedNode], from start: Progress) -> Progress {
    var progress = start
    for node in nodes {
      switch node {
      case .text(let range): progress = advanced(progress, by: sources.text(range))
      case .output(let expression): progress = checkHole(expression, at: progress)
      case .branch(let branch):
        let ends =
          branch.alternatives.map { checkURL($0.body, from: progress) }
          + [checkURL(branch.otherwise, from: progress)]
        progress = ends.min() ?? progress
      case .loop(let loop):
        progress = min(
          checkURL(loop.body, from: progress),
          checkURL(loop.otherwise, from: progress)
        )
      case .scope(let scope): progress = checkURL(scope.body, from: progress)
      case .statement(.cycle(_, let values)):
        progress = values.map { checkHole($0, at: progress) }.min() ?? progress
      case .element, .comment, .raw, .literal, .statement: break
      }
    }
    return progress
  }

  private func checkHole(_ expression: TypedExpression, at progress: Progress) -> Progress {
    if progress == .path || expression.type.isOpaque { return .path }
    if let values = expression.finiteValues {
      let texts = values.map(\.printed)
      if progress == .start, texts.allSatisfy({ $0.isURLReference || $0.isEmpty }) { return .path }
      if progress == .host, texts.allSatisfy(\.isHostName) { return .host }
    }
    switch expression.type {
    case .string(let facts) where facts.format == .uri && progress == .start: return .path
    default: break
    }
    report(
      .notAURI(
        expression,
        type: expression.type.noun(in: types),
        decidesHost: progress == .host,
        written: text(expression.range)
      )
    )
    return .path
  }

  private func advanced(_ progress: Progress, by text: String) -> Progress {
    guard progress != .path else { return .path }
    let bytes = Array(text.utf8)
    var rest = bytes[...]
    if progress == .start {
      rest = rest.drop { $0 == 0x20 || (0x09...0x0D).contains($0) }
      guard let first = rest.first else { return .start }
      // A relative URL, an anchor, a query: no scheme can follow.
      if [UInt8(ascii: "/"), UInt8(ascii: "#"), UInt8(ascii: "?")].contains(first) {
        return rest.starts(with: Array("//".utf8)) ? .host : .path
      }
      guard let colon = rest.firstIndex(of: UInt8(ascii: ":")) else {
        // `page.html`: a path, once a slash shows that it is no scheme.
        return rest.contains(UInt8(ascii: "/")) || rest.contains(UInt8(ascii: "?")) ? .path : .host
      }
      rest = rest[(colon + 1)...]
      // `mailto:`, `tel:` have no host.
      guard rest.starts(with: Array("//".utf8)) else { return .path }
      rest = rest.dropFirst(2)
    }
    let ends = [UInt8(ascii: "/"), UInt8(ascii: "?"), UInt8(ascii: "#")]
    return rest.contains(where: { ends.contains($0) }) ? .path : .host
  }
}

extension ValueType {
  /// Whether it is text of no format: a URL perhaps, which is seen when a value comes.
  package var mayBeURI: Bool {
    switch self {
    case .optional(let type): type.mayBeURI
    case .string(let facts): facts.format == nil
    default: false
    }
  }
}

extension String {
  /// Letters, digits, dots and hyphens.
  fileprivate var isHostName: Bool {
    utf8.allSatisfy { byte in
      byte == UInt8(ascii: ".") || byte == UInt8(ascii: "-")
        || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
        || (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
    }
  }
}
