public import LetterpressDiagnostics
import LetterpressLiquid
import LetterpressMarkup
import LetterpressSchema
import LetterpressTyping

/// What there is to say about a block: its contract, how it looks, and where it is used.
public struct BlockDescription: Sendable {
  /// A value that a use of the block gives.
  public struct Parameter: Sendable {
    /// The attribute's name.
    public let name: String
    /// As the block declares it: `Product[]`, `light | dark`.
    public let type: String
    /// What it is where a use leaves it out; nil where there is no default.
    public let defaultText: String?
    /// Whether every use has to give it.
    public let isRequired: Bool
    /// What it means; empty where the block does not say.
    public let summary: String
  }

  /// A place for the content of whoever uses the block.
  public struct Slot: Sendable {
    /// Empty of the default slot.
    public let name: String
    /// What belongs there; empty where the block does not say.
    public let summary: String
  }

  /// The block in use.
  public struct Example: Sendable {
    /// The element that a layout would write.
    public let usage: String
    /// The persona whose profile the arguments are read from; nil where none is.
    public let persona: String?
    /// What it looks like.
    public let outcome: Outcome
  }

  /// What came of an example.
  public enum Outcome: Sendable {
    /// A whole message, as HTML, with nothing but the block in it.
    case rendered([UInt8])
    /// One sentence on why there is nothing to see.
    case failed(String)
  }

  /// A layout or a block that contains the block.
  public struct User: Sendable, Hashable {
    /// Its name.
    public let name: String
    /// Whether the block's element stands in its own file, as against in a block that it uses.
    public let isDirect: Bool
  }

  /// The element's name.
  public let name: String
  /// One sentence on what it is for.
  public let summary: String
  /// In the order of the file.
  public let parameters: [Parameter]
  /// In the order of the file.
  public let slots: [Slot]
  /// In the order of the file.
  public let examples: [Example]
  /// The text of its file.
  public let source: String
  /// By name.
  public let layouts: [User]
  /// By name.
  public let blocks: [User]
  /// What is wrong in its file.
  public let diagnostics: [Diagnostic]
}

extension ProjectCompiler {
  /// Describes the project's blocks, those that could not be read included, by name.
  ///
  /// - Returns: The descriptions, with all examples rendered.
  public func describeBlocks() -> [BlockDescription] {
    let found = Dictionary(grouping: projectDiagnostics) {
      sources[$0.primary.range.file].path
    }
    let users = BlockUsers(loaded, names: Set(loaded.input.blocks.names))
    let broken = brokenBlocks
    return blockFiles.map { name, path in
      let block = loaded.input.blocks[name]
      return BlockDescription(
        name: name,
        summary: block?.summary ?? "",
        parameters: block.map(parameters) ?? [],
        slots: block?.slots.map { .init(name: $0.name, summary: $0.summary) } ?? [],
        examples: block.map { block in
          examples(of: block, broken: broken).map { describe($0, of: block) }
        } ?? [],
        source: sources.files.first { $0.path == path }
          .map { String(decoding: $0.bytes, as: UTF8.self) } ?? "",
        layouts: users.layouts(of: name),
        blocks: users.blocks(of: name),
        diagnostics: (found[path] ?? []).sortedForDisplay(in: sources)
      )
    }
  }

  /// The names and paths of the blocks that were read, by name.
  private var blockFiles: [(name: String, path: String)] {
    let (folder, ending) = ("blocks/", ".mjml")
    return sources.files.map(\.path)
      .filter { $0.hasPrefix(folder) && $0.hasSuffix(ending) }
      .map { (name: String($0.dropFirst(folder.count).dropLast(ending.count)), path: $0) }
      .filter { !$0.name.isEmpty && !$0.name.contains("/") }
      .sorted { $0.name < $1.name }
  }

  private func parameters(of block: BlockDeclaration) -> [BlockDescription.Parameter] {
    var defaults: [SourceRange: String] = [:]
    for case .element(let child) in block.root.children {
      defaults[child.range] = child.attribute("default").map {
        sources.text($0.value).decodingEntities
      }
    }
    return block.parameters.map {
      BlockDescription.Parameter(
        name: $0.name,
        type: $0.typeName,
        defaultText: defaults[$0.range],
        isRequired: !$0.isOptional,
        summary: $0.summary
      )
    }
  }

  private func describe(
    _ example: CompiledExample,
    of block: BlockDeclaration
  ) -> BlockDescription.Example {
    BlockDescription.Example(
      usage: usage(example.element, of: block.name),
      persona: example.persona,
      outcome: render(example)
    )
  }

  private func render(_ example: CompiledExample) -> BlockDescription.Outcome {
    guard let email = example.email else {
      return .failed("the block, or what it is given here, has errors")
    }
    do {
      let recipient =
        try example.persona.map { try self.recipient(persona: $0) }
        ?? Recipient(record: Record(), now: nil)
      return .rendered(try email.render(recipient).html)
    } catch let failure as RenderFailure {
      return .failed(failure.diagnostic.message)
    } catch {
      return .failed("the persona '\(example.persona ?? "")' does not conform to the schema")
    }
  }

  /// `<lp-example …>` as the element that it shows, its lines moved to the left as far as they go.
  private func usage(_ element: Element, of name: String) -> String {
    let bytes = sources[element.range.file].bytes
    var text = "<" + name
    let end = element.endTag.isEmpty ? element.range.end : element.endTag.start
    text += String(decoding: bytes[element.nameRange.end..<end], as: UTF8.self)
    if !element.endTag.isEmpty { text += "</\(name)>" }
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    let margin =
      lines.dropFirst().filter { !$0.allSatisfy(\.isWhitespace) }
      .map { $0.prefix { $0 == " " }.count }.min() ?? 0
    return ([lines[0]] + lines.dropFirst().map { $0.dropFirst(min(margin, $0.count)) })
      .joined(separator: "\n")
  }
}
