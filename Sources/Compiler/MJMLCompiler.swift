public import LetterpressDiagnostics
import LetterpressMJML
import LetterpressMarkup
import LetterpressProgram
import LetterpressTyping

/// MJML to HTML, as the `mjml` command does it: no project, no types, Liquid kept as it stands.
public struct MJMLCompiler: Sendable {
  /// What becomes of findings about elements and attributes, as in MJML.
  public enum Validation: String, Sendable, CaseIterable {
    /// They are warnings, and HTML is made all the same.
    case soft
    /// They are errors: no HTML.
    case strict
    /// They are not looked for.
    case skip
  }

  /// The white space of the HTML; what clients show is the same in all three.
  public enum Spacing: String, Sendable, CaseIterable {
    /// As it is made.
    case plain
    /// As little as possible.
    case minified
    /// Lines and indentation, for people.
    case beautified
  }

  /// A web font: its name, and the style sheet that loads it.
  public struct WebFont: Sendable {
    /// As it stands in a `font-family`.
    public var name: String
    /// The address of the style sheet.
    public var url: String

    /// Makes a font.
    public init(name: String, url: String) {
      self.name = name
      self.url = url
    }
  }

  /// What came of one file.
  public struct Result: Sendable {
    /// The document; nil where an error was found.
    public var html: [UInt8]?
    /// Everything found, in the order in which it is shown.
    public var diagnostics: [Diagnostic]
    /// The files that the findings are in.
    public var sources: SourceSet
  }

  /// What to do about elements and attributes that MJML does not know.
  public var validation: Validation
  /// Whether `mj-include` is followed; if not, it is left out, as MJML 5 does by default.
  public var followsIncludes: Bool
  /// The white space of the HTML.
  public var spacing: Spacing = .plain
  /// Whether the rules for wide screens are repeated for paper.
  public var supportsPrinters = false
  /// Whether comments are kept; those for Outlook always are.
  ///
  /// Without them comments between elements are gone before anything is laid out; minified HTML has none in
  /// texts either.
  public var keepsComments = true
  /// The web fonts that are loaded where they are used, without an `mj-font`; nil for MJML's own five.
  public var fonts: [WebFont]?
  /// Folders outside of a template's own that its includes may read.
  public var includeFolders: [String] = []

  /// The RELAX NG grammar of MJML's elements and ours, in XML syntax.
  public static var grammar: String { SourceLoader.Gate.mjmlGrammar.text }

  /// Makes a compiler.
  public init(validation: Validation = .soft, followsIncludes: Bool = true) {
    self.validation = validation
    self.followsIncludes = followsIncludes
  }

  /// Compiles a template.
  ///
  /// - Parameters:
  ///   - bytes: The template.
  ///   - path: The name to show in findings.
  ///   - folder: The folder that includes are read from, and never left.
  ///   - sources: Files that were read before, for findings of several templates in one report.
  /// - Returns: The HTML and what was found.
  public func compile(
    _ bytes: [UInt8],
    path: String,
    folder: String,
    sources: SourceSet = SourceSet()
  ) -> Result {
    var sources = sources
    let id = sources.add(SourceFile(path: path, bytes: bytes))
    var loader = SourceLoader(
      root: FileAccess.realPath(folder) ?? folder,
      includeRoots: includeFolders.compactMap(FileAccess.realPath),
      limits: ProjectLimits(),
      sources: sources,
      gate: .mjml(validation.level)
    )
    let parsed = loader.parse(id)
    var diagnostics = parsed.diagnostics
    var html: [UInt8]?
    if var document = parsed.document {
      if followsIncludes {
        let name = path.split(separator: "/").last.map(String.init) ?? path
        var expander = IncludeExpander(of: name)
        document = expander.expand(document, with: &loader)
        diagnostics += expander.locatedDiagnostics
      }
      if !keepsComments { document.nodes = document.nodes.withoutComments(in: loader.sources) }
      if let root = document.rootWithoutBody { diagnostics.append(.missingBody(root)) }
      if let root = document.root {
        let laidOut = LaidOutMail(
          [.element(TypedElement(verbatim: root))],
          sources: loader.sources,
          repeatsRulesForPrint: supportsPrinters,
          fonts: fonts?.map { (name: $0.name, url: $0.url) }
        )
        diagnostics += laidOut.diagnostics
        html = laidOut.html.staticBytes
      }
    }
    html = diagnostics.hasErrors ? nil : html.map(spaced)
    return Result(
      html: html,
      diagnostics: diagnostics.sortedForDisplay(in: loader.sources),
      sources: loader.sources
    )
  }
}

extension MJMLCompiler.Validation {
  fileprivate var level: ValidationLevel {
    switch self {
    case .soft: .soft
    case .strict: .strict
    case .skip: .skip
    }
  }
}

extension MJMLCompiler {
  private func spaced(_ html: [UInt8]) -> [UInt8] {
    switch spacing {
    case .plain: html
    case .minified: HTMLMinifier.minify(keepsComments ? html : HTMLMinifier.removeComments(html))
    case .beautified: HTMLBeautifier.beautify(html)
    }
  }
}

extension [MarkupNode] {
  /// Without the comments among them and within them, but for those for Outlook; `mj-text` and its like keep
  /// their content.
  fileprivate func withoutComments(in sources: SourceSet) -> [MarkupNode] {
    compactMap { node in
      switch node {
      case .comment(let range):
        return sources.text(range).isForOutlook ? node : nil
      case .element(let element):
        guard !element.children.isEmpty else { return node }
        let children = element.children.withoutComments(in: sources)
        return .element(element.replacing(children: children))
      case .liquid, .text: return node
      }
    }
  }
}

extension String {
  /// Whether it is `<!--[if …` or `<!--<![endif]-->`.
  fileprivate var isForOutlook: Bool {
    utf8.starts(with: "<!--[if".utf8) || utf8.starts(with: "<!--<![endif]".utf8)
  }
}

extension [HTMLNode] {
  /// The bytes of a document that has no holes.
  fileprivate var staticBytes: [UInt8] {
    if count == 1, case .bytes(let text) = self[0] { return text }
    var bytes: [UInt8] = []
    for node in self {
      guard case .bytes(let text) = node else {
        preconditionFailure("a tree whose Liquid is text has no holes")
      }
      bytes += text
    }
    return bytes
  }
}
