package import LetterpressLiquid
package import LetterpressTyping

/// The state of one message under way: its profile, its variables, and what its filters made.
///
/// All parts of a message (subject, HTML, text) run in one frame, in this order, so that a variable
/// assigned before the head is there in the body (LANGUAGE.md, D06). A frame is reused for the next
/// message; its storage only grows, so that a warm render allocates nothing
/// but what dynamic filters make.
package struct Frame: ~Copyable {
  /// The profile, while a part is rendered.
  var record: RecordView
  /// The program that it belongs to; cells may point into its text.
  let code: ProgramCode

  var variables: Variables
  var loops: FixedStore<LoopState>
  var counters: [Int]
  var cycles: [Int]
  var resumePlaces: [Int]
  /// What each `ifchanged` printed last.
  var changes: [Cell]
  /// The answers that skeletons of specialised parts noted.
  var answers: [Int]
  /// The variant that was chosen last.
  var choice: Int
  /// Text and elements that this render made.
  var bytes: [UInt8]
  var cells: [Cell]
  /// Starts of captures under way, in `OutputBuffer`.
  var marks: [Int]
  /// What a skeleton changes, to be put back after it.
  var saved: [Cell]
  /// Makes the lines of the text part.
  var textWriter = TextWriter()
  /// The marked text that they are made of.
  var markedText = OutputBuffer()

  /// How amounts are written in the currencies and languages of the messages so far.
  var moneyStyles = MoneyStyles()
  /// Makes sure that what `RecordView.fetch` reads is read.
  var fetched = 0
  /// What filters know: the project's language and clock, the send time, and the steps that are left.
  var context: FilterContext
  /// How much room the parts of a message need.
  package struct Size: Sendable {
    package var typed: FrameSize
    package var answers: Int

    package init(_ typed: FrameSize, answers: Int = 0) {
      self.typed = typed
      self.answers = answers
    }
  }

  init(size: Size, code: ProgramCode) {
    self.code = code
    record = .none
    variables = Variables(count: size.typed.variables)
    loops = FixedStore(repeating: LoopState(), count: size.typed.loops)
    counters = Array(repeating: 0, count: size.typed.counters)
    cycles = Array(repeating: 0, count: size.typed.cycles)
    resumePlaces = Array(repeating: 0, count: size.typed.resumeGroups)
    changes = Array(repeating: .null, count: size.typed.changes)
    answers = Array(repeating: 0, count: size.answers)
    choice = 0
    bytes = []
    cells = []
    marks = []
    saved = []
    context = code.context
  }

  /// Makes it ready for the next message.
  package mutating func begin(now: Moment, limits: RenderLimits = RenderLimits()) {
    context.now = now
    context.budget = RenderBudget(limits)
    variables.removeAll()
    for index in counters.indices { counters[index] = 0 }
    for index in cycles.indices { cycles[index] = 0 }
    for index in resumePlaces.indices { resumePlaces[index] = 0 }
    for index in changes.indices { changes[index] = .null }
    // Most messages make nothing, and emptying what is empty takes longer than looking.
    if !bytes.isEmpty { bytes.removeAll(keepingCapacity: true) }
    if !cells.isEmpty { cells.removeAll(keepingCapacity: true) }
    if !marks.isEmpty { marks.removeAll(keepingCapacity: true) }
    if !saved.isEmpty { saved.removeAll(keepingCapacity: true) }
  }

  /// Takes the profile whose message is rendered, and finds its anchors.
  mutating func take(_ view: RecordView, _ anchors: [Anchor]) {
    record = view
    fetched = view.fetch()
    for index in anchors.indices {
      let anchor = anchors[index]
      let (variable, parent) = (Int(anchor.variable), Int(anchor.parent))
      if variable == parent {
        variables[variable] = profile
      } else if let cell = view.cell(at: variables.bases[parent] &+ Int(anchor.slot)) {
        variables[variable] = cell
      } else {
        variables[variable] = field(variables[parent], slot: Int(anchor.slot), name: anchor.name)
      }
    }
  }

  var limits: RenderLimits { context.budget.limits }

  /// Takes `count` steps of those that are left.
  mutating func charge(_ count: Int = 1) throws(RenderFault) {
    do { try context.budget.spend(count) } catch { throw RenderFault(error) }
  }
}

/// A loop under way: what it runs over, and where it is.
struct LoopState: BitwiseCopyable {
  /// An array or a map whose elements are taken; for a range null, and `first` is its first number; any
  /// other value is the only element.
  var collection = Cell.null
  var isRange = false
  var first = 0
  /// How many turns it has.
  var count = 0
  /// The turn, from 0.
  var index = 0
  var isReversed = false
  /// Where `offset: continue` goes on.
  var end = 0
  /// `cols` of `tablerow`; 0 for all in one row.
  var columns = 0

  /// Whether its elements are slots of the record, one after the other.
  @inline(__always)
  var isOverRecord: Bool { collection.kind == .array && collection.origin == .record && !isRange }

  /// Which element of the collection the turn has.
  @inline(__always)
  var position: Int { first &+ (isReversed ? count &- 1 &- index : index) }
}

extension LoopState {
  /// A loop over all of a value, as Shopify's `for` runs it: a string is its only element.
  init(over value: Cell, isReversed: Bool, _ frame: inout Frame) {
    collection = value
    self.isReversed = isReversed
    switch value.kind {
    case .array, .map: count = value.length
    case .string: count = value.count > 0 ? 1 : 0
    case .range:
      setRange(frame.element(ofRange: value, 0), frame.element(ofRange: value, 1))
    default: break
    }
  }

  /// Makes it run over the numbers from one to another.
  mutating func setRange(_ lower: Int, _ upper: Int) {
    isRange = true
    first = lower
    guard upper >= lower else { return }
    let (distance, overflow) = upper.subtractingReportingOverflow(lower)
    count = overflow || distance == .max ? .max : distance + 1
  }
}
