package import LetterpressDiagnostics
import LetterpressLiquid
package import LetterpressMarkup
import LetterpressSchema

/// The checker's entrance: layouts, blocks and examples.
package enum Checking {
  /// Checks a layout and elaborates it; the layout is right only if no finding is an error.
  package static func check(
    _ document: Document,
    with input: CheckInput
  ) -> (layout: TypedLayout, diagnostics: [Diagnostic]) {
    check(document, Structure.read(document, with: input), with: input)
  }

  /// The same of a document whose Liquid is read.
  package static func check(
    _ document: Document,
    _ structure: Structure,
    with input: CheckInput
  ) -> (layout: TypedLayout, diagnostics: [Diagnostic]) {
    let checker = Checker(input, scope: Scope(.layout))
    checker.structure = structure
    let nodes = checker.list(
      structure.top,
      in: Region(kind: .elements, children: document.nodes, element: "")
    )
    checker.reportUnusedAssignments()
    if !checker.frame.isWithinLimit, let range = document.root?.startTag {
      checker.reportAlways(.frameTooLarge(limit: FrameSize.limit, at: range))
    }
    let layout = TypedLayout(
      nodes: checker.hasEnvelope ? Envelope.removed(from: nodes) : nodes,
      envelope: checker.hasEnvelope ? Envelope.extracted(from: nodes) : [],
      frame: checker.frame,
      usedBlocks: checker.usedBlocks,
      translationUses: checker.translationUses
    )
    return (layout, structure.diagnostics + checker.diagnostics)
  }

  /// Checks a block against the types that it declares, and its examples.
  package static func check(
    _ block: BlockDeclaration,
    with input: CheckInput
  ) -> (translationUses: TranslationUses, diagnostics: [Diagnostic]) {
    let checker = Checker(input, scope: Scope(.block))
    checker.structure = block.structure
    checker.expansion = [block.name]
    checker.checksDeclaration = true
    for parameter in block.parameters { checker.declare(parameter) }
    _ = checker.children(of: block.root)
    checker.reportUnusedParameters(block.parameters, of: block.name)
    checker.reportUnusedAssignments()
    var diagnostics = checker.diagnostics
    for index in block.examples.indices {
      diagnostics += elaborate(exampleAt: index, of: block, with: input).diagnostics
    }
    return (checker.translationUses, diagnostics)
  }

  /// Elaborates an `lp-example`: the block with the example's arguments, and the persona whose profile they
  /// are read from.
  package static func elaborate(
    exampleAt index: Int,
    of block: BlockDeclaration,
    with input: CheckInput
  ) -> (example: TypedExample, diagnostics: [Diagnostic]) {
    let checker = Checker(input, scope: Scope(.example))
    checker.structure = block.structure
    let nodes = checker.use(of: block, at: block.examples[index])
    let example = TypedExample(
      nodes: nodes,
      frame: checker.frame,
      persona: checker.examplePersona,
      usedBlocks: checker.usedBlocks
    )
    return (example, checker.diagnostics)
  }
}

/// A block as its example uses it.
package struct TypedExample: Sendable {
  /// The block's elements; where they may stand follows from them (`BlockLibrary.roots`).
  package var nodes: [TypedNode]
  package var frame: FrameSize
  /// `personas.NAME`: whose profile the arguments are read from; nil where none is.
  package var persona: String?
  package var usedBlocks: Set<String>
}
