package import LetterpressDiagnostics
package import LetterpressLiquid
package import LetterpressSchema
package import LetterpressTyping

/// Compiles the parts of a layout into one program.
///
///     var builder = ProgramBuilder(sources: sources, types: types, frame: layout.frame, options: options)
///     let html = builder.addHTML(nodes)
///     let subject = builder.addText(typedNodes, kind: .subject)
///     let program = try builder.finish()
package struct ProgramBuilder {
  let texts: TypedTextLowering
  let types: TypeTable
  let options: PlacementOptions
  let catalog: FilterCatalog
  let context: FilterContext
  let formats: LearntFormats
  var size: Frame.Size
  package private(set) var diagnostics: [Diagnostic] = []
  /// The parts so far, as they were before they became instructions: what artefacts are made of.
  package private(set) var placedParts: [PlacedPart] = []

  // The program so far.
  private var text = TextPool()
  private(set) var instructions: [Instruction] = []
  private var ranges: [SourceRange] = []
  private var sinks: [Sink] = []
  private var steps: [RenderStep] = []
  private var evaluations: [Evaluation] = []
  private var conditions: [Test] = []
  /// For each instruction the names of the fields that it reads.
  private var names: [[Cell]] = []
  private var anchors = Anchors()
  var filters: [FilterStep] = []
  var moneyStyles: [MoneyStyle] = []
  var dates: [DateStep] = []
  var moneyStyleNumbers: [LearntFormats.Key: Int] = [:]
  var tables: [[Int]] = []

  /// Static bytes that wait for the next instruction.
  private var pending: [UInt8] = []
  /// What the code that is made now belongs to.
  var range: SourceRange
  /// The variants that are laid out side by side; their static bytes are shared.
  var variantDepth = 0
  var enclosing = Enclosing()
  /// The jumps of `break`s in turns that are laid out singly; they go behind the last turn.
  var leaving: [LoopID: [Int]] = [:]
  /// `forloop.name` of the loops so far.
  var loopNames: [LoopID: Cell] = [:]

  package init(
    sources: SourceSet,
    types: TypeTable,
    frame: FrameSize,
    options: PlacementOptions = PlacementOptions(),
    catalog: FilterCatalog = .standard,
    context: FilterContext = FilterContext(),
    formats: LearntFormats = LearntFormats()
  ) {
    self.catalog = catalog
    self.context = context
    self.formats = formats
    texts = TypedTextLowering(sources: sources)
    self.types = types
    self.options = options
    size = Frame.Size(frame)
    range = SourceRange(file: .init(index: 0), start: 0, end: 0)
  }

  // MARK: - Parts

  /// Adds a message's HTML.
  package mutating func addHTML(_ nodes: [HTMLNode]) -> RenderProgram.Part {
    add(placeHTML(nodes))
  }

  /// Finds the places in a message's HTML, as a part to be added.
  package mutating func placeHTML(_ nodes: [HTMLNode]) -> PlacedPart {
    var placer = ContextPlacer(options: options, texts: texts)
    let placed = placer.place(nodes)
    diagnostics += placer.finish()
    return PlacedPart(nodes: placed, ending: .asIs)
  }

  /// Finds the places in the text part, as `PlainTextMail` derives it: text with marks (`TextMark`).
  package mutating func placePlainText(_ nodes: [HTMLNode]) -> PlacedPart {
    var placer = PlainPlacer(sink: .plain, options: options, texts: texts)
    placer.writesMarks = true
    let placed = placer.place(nodes)
    diagnostics += placer.diagnostics
    return PlacedPart(nodes: placed, ending: .lines)
  }

  /// What a text that is no HTML is for.
  package enum TextKind: Sendable {
    /// The text part: no white space is taken away.
    case plain
    /// Line ends are refused, white space at the ends is taken away.
    case subject
    /// As the subject; personal data is refused.
    case header
    /// A URL by itself, as in `List-Unsubscribe`.
    case url
  }

  /// Adds a text that is no HTML.
  package mutating func addText(_ nodes: [TypedNode], kind: TextKind) -> RenderProgram.Part {
    var lowering = texts
    lowering.decodesReferences = kind != .plain
    let nodes = lowering.nodes(nodes)
    if kind == .url {
      var placer = ContextPlacer(options: options, texts: texts)
      placer.startURL()
      let placed = placer.place(nodes)
      diagnostics += placer.finish()
      return add(PlacedPart(nodes: placed, ending: .trimmed))
    }
    var placer = PlainPlacer(
      sink: kind == .plain ? .plain : .header,
      options: options,
      texts: texts
    )
    placer.refusesPersonalData = kind == .header
    let placed = placer.place(nodes)
    diagnostics += placer.diagnostics
    return add(PlacedPart(nodes: placed, ending: kind == .plain ? .asIs : .trimmed))
  }

  /// Adds a part whose places are known.
  package mutating func add(_ part: PlacedPart) -> RenderProgram.Part {
    placedParts.append(part)
    let start = instructions.count
    emitBody(part.nodes)
    return RenderProgram.Part(start: start, ending: part.ending, aborts: part.nodes.aborts)
  }

  /// The program of all parts.
  ///
  /// - Throws: What is wrong with the places of values.
  package consuming func finish() throws(CompilationError) -> RenderProgram {
    guard !diagnostics.hasErrors else { throw CompilationError(diagnostics) }
    let code = ProgramCode(
      text: ProgramText(text.bytes),
      instructions: instructions,
      ranges: ranges,
      sinks: sinks,
      steps: steps,
      evaluations: evaluations,
      conditions: conditions,
      tables: tables,
      anchors: anchors.all,
      names: names,
      filters: filters,
      schemes: options.schemes,
      moneyStyles: moneyStyles,
      dates: dates,
      context: context
    )
    return RenderProgram(code: code, size: size)
  }

  // MARK: - Static bytes

  /// Adds static bytes before what comes next.
  mutating func emit(_ bytes: [UInt8]) {
    // A long piece that variants have in common stays one of its own, so that it is stored once; merging
    // short ones saves more than it costs.
    let isShared = variantDepth > 0 && bytes.count >= 128
    if isShared, !pending.isEmpty { emit(Instruction(.next)) }
    pending.append(contentsOf: bytes)
    if isShared { emit(Instruction(.next)) }
  }

  /// The place of bytes in the program's text.
  mutating func intern(_ bytes: [UInt8]) -> Int {
    // Looking for large pieces would cost more than it saves, but for pieces that variants repeat.
    bytes.count <= 64 || variantDepth > 0 ? text.intern(bytes.span) : text.store(bytes)
  }

  /// A string of the program's text.
  mutating func constant(_ string: String) -> Cell {
    let bytes = string.utf8
    let isPlain = !bytes.contains { byte in
      byte == UInt8(ascii: "&") || byte == UInt8(ascii: "<") || byte == UInt8(ascii: ">")
        || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'")
    }
    return .string(
      .program,
      from: bytes.count <= 64 ? text.intern(bytes.span) : intern(Array(bytes)),
      count: bytes.count,
      traits: isPlain ? Cell.isPlainHTML : 0
    )
  }

  // MARK: - Instructions

  /// Adds an instruction with the static bytes that wait; gives its number.
  @discardableResult
  mutating func emit(_ instruction: Instruction) -> Int {
    var instruction = instruction
    if !pending.isEmpty {
      instruction.textOffset = UInt32(truncatingIfNeeded: intern(pending))
      instruction.textLength = UInt32(truncatingIfNeeded: pending.count)
      pending.removeAll(keepingCapacity: true)
    }
    instructions.append(instruction)
    ranges.append(range)
    names.append([])
    return instructions.count - 1
  }

  /// A place that jumps go to: what comes next.
  mutating func label() -> Int {
    if !pending.isEmpty { emit(Instruction(.next)) }
    return instructions.count
  }

  /// Makes jumps go to what comes next.
  mutating func land(_ jumps: [Int]) {
    guard !jumps.isEmpty else { return }
    let target = label()
    for jump in jumps { setTarget(of: jump, to: target) }
  }

  mutating func setTarget(of jump: Int, to target: Int) {
    instructions[jump].target = UInt32(truncatingIfNeeded: target)
  }

  /// Adds a closure as a step; gives the instruction's number.
  @discardableResult
  mutating func emitStep(
    _ run: @escaping @Sendable (inout Frame, inout OutputBuffer) throws(RenderFault) -> Bool
  ) -> Int {
    steps.append(RenderStep(run))
    var instruction = Instruction(.step)
    instruction.operand = Int64(steps.count - 1)
    return emit(instruction)
  }

  /// Adds a test in closures; the instruction jumps where it does not hold.
  mutating func emitTest(_ test: Test) -> Int {
    conditions.append(test)
    var instruction = Instruction(.unlessCondition)
    instruction.operand = Int64(conditions.count - 1)
    return emit(instruction)
  }

  /// Adds the printing of a value that closures make.
  mutating func emitEvaluation(_ evaluation: Evaluation, _ sink: Sink) {
    evaluations.append(evaluation)
    var instruction = Instruction(.evaluation)
    instruction.operand = Int64(evaluations.count - 1)
    instruction.sink = place(of: sink)
    emit(instruction)
  }

  /// Adds an instruction that reads a field.
  @discardableResult
  mutating func emit(_ instruction: Instruction, reading field: Field) -> Int {
    var instruction = instruction
    instruction.path = field.path
    instruction.otherTraits = instruction.traits
    if !field.path.isShort { instruction.traits = 0 }
    let number = emit(instruction)
    names[number] = field.names.map { constant($0) }
    return number
  }

  /// The variable of the object at the end of a path; nil where it is too long.
  mutating func anchor(at path: [Anchors.Step]) -> UInt16? {
    if let known = anchors.variable(at: path) { return known }
    let names = path.map { constant($0.name) }
    return anchors.variable(at: path, named: names, of: &size.typed.variables)
  }

  /// The number of a sink.
  func placeIfKnown(of sink: Sink) -> UInt8? {
    sinks.firstIndex(of: sink).map { UInt8(truncatingIfNeeded: $0) }
  }

  mutating func place(of sink: Sink) -> UInt8 {
    if let known = placeIfKnown(of: sink) { return known }
    // A sink has a few dozen forms.
    precondition(sinks.count < 255, "there are more forms of sinks than numbers for them")
    sinks.append(sink)
    return UInt8(sinks.count - 1)
  }

  mutating func report(_ diagnostic: Diagnostic) { diagnostics.append(diagnostic) }
}
