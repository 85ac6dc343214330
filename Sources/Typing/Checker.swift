import LetterpressDiagnostics
import LetterpressLiquid
import LetterpressMarkup
import LetterpressSchema

/// Elaborates one document and checks it on the way: names, types, flow.
///
/// One walk in the order in which a message is written. It threads `state` (what holds here) through the
/// template, gives every expression a type, and hands on typed nodes. Blocks and partials are expanded
/// where they stand.
final class Checker {
  let input: CheckInput
  let places = PlaceTable()
  /// What holds at the current place.
  var state = FlowState()
  var scope: Scope
  /// The paired Liquid of the file that is being walked.
  var structure = Structure()
  var frame = FrameSize()
  /// How many branches there are so far.
  private var branches = 0
  private(set) var diagnostics: [Diagnostic] = []
  /// No findings: the block was checked by itself already.
  private var muteDepth = 0
  /// No output either: a pass that only looks for what a loop's turns change.
  private(set) var probeDepth = 0
  /// The blocks and partials that are being expanded, outermost first.
  var expansion: [String] = []
  /// Nodes made by expansion so far, against blocks that double at each level.
  var expansionSize = 0
  /// Nodes walked so far, repeated passes included.
  var visits = 0
  /// Those of passes that only looked for a loop's fixed point.
  var repeatedVisits = 0
  var usedBlocks: Set<String> = []
  /// Whether an element of the envelope stands anywhere.
  var hasEnvelope = false
  var translationUses = TranslationUses()
  /// Keys that some language lacks, which has been told.
  var reportedTranslations: Set<String> = []
  /// The persona that an example reads from.
  var examplePersona: String?
  /// What holds where the innermost loop was left by `break`.
  var breakStates: [FlowState] = []
  /// What holds where its next turn was begun by `continue`.
  var continueStates: [FlowState] = []
  /// What blocks in expansion were given for their parameters.
  var boundArguments: [VariableID: TypedExpression] = [:]
  /// Parameters in expansion whose types are marked `x-pii`.
  var personalParameters: Set<VariableID> = []
  /// Whether a block is held against the types that it declares.
  var checksDeclaration = false
  /// Lists of nodes around the current one.
  var depth = 0
  /// The outermost use of a block around the current place.
  var expansionPlace: SourceRange?
  /// Whether it was said that something is nested too deep.
  var isTooDeep = false
  /// Text or a placeholder between elements that was met last.
  var lastStray: SourceRange?
  var partialCache: [String: ParsedPartial] = [:]
  /// What fills the slots of the block that is being expanded.
  var fills: [TypedNode]?

  init(_ input: CheckInput, scope: Scope) {
    self.input = input
    self.scope = scope
  }

  var sources: SourceSet { input.sources }
  var types: TypeTable { input.types }
  var isMuted: Bool { muteDepth > 0 || probeDepth > 0 || diagnostics.count >= Self.findings }
  /// Within a block or a partial that was checked by itself.
  var isExpanding: Bool { muteDepth > 0 }
  var isProbing: Bool { probeDepth > 0 }

  func report(_ diagnostic: Diagnostic) {
    if !isMuted, diagnostics.count < Self.findings { diagnostics.append(diagnostic) }
  }

  /// Nobody reads more findings of one file.
  private static let findings = 500

  /// Also within a muted pass: a finding that is told once, where something is read first.
  func reportAlways(_ diagnostic: Diagnostic) { diagnostics.append(diagnostic) }

  /// With findings, also within a muted pass.
  func always(_ body: () -> Void) {
    let kept = (muteDepth, probeDepth)
    (muteDepth, probeDepth) = (0, 0)
    defer { (muteDepth, probeDepth) = kept }
    body()
  }

  /// Without findings.
  func muted<Result>(_ body: () -> Result) -> Result {
    muteDepth += 1
    defer { muteDepth -= 1 }
    return body()
  }

  /// Without findings and without effect on `state`.
  func probing<Result>(from start: FlowState, _ body: () -> Result) -> Result {
    let (kept, size) = (state, expansionSize)
    probeDepth += 1
    state = start
    defer {
      probeDepth -= 1
      state = kept
      expansionSize = size
    }
    return body()
  }

  func text(_ range: SourceRange) -> String { input.sources.text(range) }
  func bytes(_ range: SourceRange) -> [UInt8] { input.sources.bytes(of: range.file) }
  func source(_ range: SourceRange) -> WrittenText { WrittenText(range, in: input.sources) }

  /// A point to which findings can be taken back.
  struct Mark {
    fileprivate var findings: Int
    fileprivate var hiddenNames: [String: SourceRange]
    fileprivate var expansionSize: Int
  }

  func mark() -> Mark {
    Mark(
      findings: diagnostics.count,
      hiddenNames: scope.hiddenNames,
      expansionSize: expansionSize
    )
  }

  func rewind(to mark: Mark) {
    diagnostics.removeSubrange(mark.findings...)
    scope.hiddenNames = mark.hiddenNames
    expansionSize = mark.expansionSize
  }

  // MARK: Places in the frame

  func makeVariable() -> VariableID {
    defer { frame.variables += 1 }
    return VariableID(index: frame.variables)
  }

  func makeLoop() -> LoopID {
    defer { frame.loops += 1 }
    return LoopID(index: frame.loops)
  }

  /// The number of the next branch, from 1.
  func makeBranch() -> Int {
    branches += 1
    return branches
  }

  /// The variable of a name in the current scope; made where there is none.
  func variable(named name: String) -> VariableID {
    if let variable = scope.variables[name] { return variable }
    // Past the limit, which is an error, all further names are one variable.
    let name = scope.variables.count > input.limits.variables ? "" : name
    if let variable = scope.variables[name] { return variable }
    let variable = makeVariable()
    scope.variables[name] = variable
    return variable
  }
}
