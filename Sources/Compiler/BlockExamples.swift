import LetterpressDiagnostics
import LetterpressLiquid
import LetterpressMJML
import LetterpressMarkup
import LetterpressSchema
import LetterpressTyping

/// An `lp-example` as a message of its own.
struct CompiledExample: Sendable {
  /// `<lp-example …>`.
  let element: Element
  /// nil where it, or a block that it uses, is wrong.
  let email: CompiledEmail?
  /// Whose profile its arguments are read from; nil where none is.
  let persona: String?
  /// What laying it out and placing its values has found; what the checker finds is not among it.
  let diagnostics: [Diagnostic]
}

extension ProjectCompiler {
  /// What only shows once the blocks' examples are laid out.
  var exampleDiagnostics: [Diagnostic] {
    let names = loaded.input.blocks.names
    let open = results.blocksWithoutExamples(among: names)
    let found = open.parallelMap { name in
      loaded.input.blocks[name].map { examples(of: $0, broken: brokenBlocks) }?
        .flatMap(\.diagnostics) ?? []
    }
    results.addExamples(Array(zip(open, found)))
    return results.examples(of: names)
  }

  /// The examples of a block, in the order of the file.
  func examples(of block: BlockDeclaration, broken: Set<String>) -> [CompiledExample] {
    block.examples.indices.map { index in
      let element = block.examples[index]
      let (example, found) = Checking.elaborate(exampleAt: index, of: block, with: loaded.input)
      var diagnostics: [Diagnostic] = []
      var email: CompiledEmail?
      if !found.hasErrors, example.usedBlocks.isDisjoint(with: broken) {
        if let nodes = Self.message(around: example.nodes, at: element) {
          let layout = TypedLayout(
            nodes: nodes,
            envelope: [],
            frame: example.frame,
            usedBlocks: example.usedBlocks
          )
          email =
            lower(layout, named: block.name, in: element.range.file, &diagnostics)?.email
        } else {
          diagnostics.append(.blockWithoutPlace(block.name, at: element.nameRange))
        }
      }
      return CompiledExample(
        element: element,
        email: diagnostics.hasErrors ? nil : email,
        persona: example.persona,
        diagnostics: diagnostics
      )
    }
  }

  // MARK: - The message around an example

  /// Where elements may stand, from the outermost place to the innermost: an example stands in the first
  /// that takes all of its elements.
  private static let places: [[String]] = {
    let column = ["mj-body", "mj-section", "mj-column"]
    return [["mj-body"], ["mj-body", "mj-section"], column]
      + ["mj-navbar", "mj-social", "mj-accordion", "mj-carousel"].map { column + [$0] }
      + [column + ["mj-accordion", "mj-accordion-element"]]
  }()

  /// A block's elements with all that has to stand around them; nil where nothing takes them all.
  private static func message(around nodes: [TypedNode], at example: Element) -> [TypedNode]? {
    var roots: Set<String> = []
    collectRoots(nodes, into: &roots)
    let place = places.first { place in
      guard let last = place.last,
        case .elements(let children)? = MJMLCatalog.catalog[last]?.content
      else { return false }
      return roots.isSubset(of: children)
    }
    guard let place else { return nil }
    return (["mjml"] + place).reversed().reduce(nodes) { content, name in
      [
        .element(
          TypedElement(
            name: name,
            attributes: [],
            children: content,
            content: nil,
            range: example.range,
            startTag: example.startTag,
            nameRange: example.nameRange
          )
        )
      ]
    }
  }

  /// The names of the outermost elements, on any path.
  private static func collectRoots(_ nodes: [TypedNode], into roots: inout Set<String>) {
    for node in nodes {
      switch node {
      case .element(let element): roots.insert(element.name)
      case .branch(let branch):
        for alternative in branch.alternatives { collectRoots(alternative.body, into: &roots) }
        collectRoots(branch.otherwise, into: &roots)
      case .loop(let loop):
        collectRoots(loop.body, into: &roots)
        collectRoots(loop.otherwise, into: &roots)
      case .scope(let scope): collectRoots(scope.body, into: &roots)
      case .statement(.ifChanged(_, let nodes)): collectRoots(nodes, into: &roots)
      case .statement, .comment, .raw, .text, .literal, .output: break
      }
    }
  }
}

extension LoadedProject {
  /// The blocks that nothing may be compiled with; a wrong example does not make one of its block.
  ///
  /// `diagnostics` is what checking the blocks has found.
  func brokenBlocks(besides diagnostics: [Diagnostic]) -> Set<String> {
    let blocks = input.blocks
    let errors = Dictionary(
      grouping: (blockDiagnostics + diagnostics).filter { $0.severity == .error },
      by: \.primary.range.file
    )
    return Set(
      blocks.names.filter { name in
        guard let block = blocks[name] else { return true }
        return (errors[block.root.range.file] ?? []).contains { error in
          !block.examples.contains { $0.range.contains(error.primary.range) }
        }
      }
    )
  }

  /// The errors among some findings of blocks that stand in no file of a block that could be read.
  func unplacedErrors(in diagnostics: [Diagnostic]) -> Bool {
    let files = Set(input.blocks.blocks.values.map(\.root.range.file))
    return diagnostics.contains {
      $0.severity == .error && !files.contains($0.primary.range.file)
    }
  }
}

extension SourceRange {
  /// Whether all of another range lies in this one.
  fileprivate func contains(_ other: SourceRange) -> Bool {
    file == other.file && start <= other.start && other.end <= end
  }
}
