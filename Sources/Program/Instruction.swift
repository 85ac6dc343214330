/// One step of a render program: plain data, 40 bytes.
///
/// The steps that make up nearly all of a message (static bytes, values of fields, tests of fields) are
/// data that one loop reads, not closures: calling a closure out of an array retains and releases its
/// context, which made a message four times slower than copying it (2.3 µs to 0.52 µs for 105 pieces and
/// 84 values; this form takes 0.62 µs). Everything else is a `RenderStep` closure.
struct Instruction {
  enum Operation: UInt8 {
    // What prints a field.

    /// Prints a field for `sink`.
    case field
    /// Prints a field as an amount in style `operand`.
    case money
    /// Prints a field for `sink`, a text that is fit for it in place of nil, false and "".
    case fieldOrText
    /// Prints a field as a date by `dates[operand]`.
    case date
    /// Prints a field where a colour stands; a short one is written out where `operand` is 1.
    case color

    // What jumps by a field.

    /// Jumps where a field is nil or false, or where it is neither.
    case unlessTrue, ifTrue
    /// Jumps where a field is not this text, or where it is.
    case unlessText, ifText
    /// Jumps where a field is no number that compares so with `operand`.
    case unlessLess, unlessLessOrEqual, unlessGreater, unlessGreaterOrEqual, unlessEqual
    /// Jumps where a field is blank, or where it is not.
    case unlessPresent, ifPresent
    /// Jumps where a field is nil, or where it is not.
    case ifNil, unlessNil
    /// Starts a loop over all of a field; jumps where there is nothing in it. The loop, its variable and
    /// whether it runs backwards stand in `loopOperand`.
    case startLoop

    // What reads no field.

    /// Goes on with the next instruction; only its static bytes count.
    case next
    case end
    case jump
    /// Jumps unless `conditions[operand]` holds.
    case unlessCondition
    /// Prints the value of `evaluations[operand]`.
    case evaluation
    /// Runs `steps[operand]`; jumps where it says so.
    case step
    /// Jumps to where `tables[operand]` says for `Frame.choice`.
    case table
    /// Starts the next turn of the loop `path.first` with the variable `path.base`, takes `operand` steps
    /// and jumps back; goes on where there is no further turn.
    case nextTurn

    @inline(__always) var readsField: Bool { rawValue < Self.next.rawValue }
    @inline(__always) var comparesText: Bool { self == .unlessText || self == .ifText }
    @inline(__always) var prints: Bool { rawValue <= Self.color.rawValue }
  }

  /// Static bytes before the step.
  var textOffset: UInt32 = 0
  var textLength: UInt32 = 0
  var operation: Operation
  /// The place in `sinks`.
  var sink: UInt8 = 0
  /// Traits of which one is enough for the printed form of a text to stand here, where the field is one slot
  /// on from a variable; else 0.
  var traits: UInt8 = 0
  /// The same for any path.
  var otherTraits: UInt8 = 0
  /// The field, where the operation reads one.
  var path = FieldPath()
  /// Where a jump goes to.
  var target: UInt32 = 0
  /// A number, or the offset (upper half) and length (lower half) of a text.
  var operand: Int64 = 0

  init(_ operation: Operation) { self.operation = operation }
}

extension Instruction {
  /// What `startLoop` starts, packed into `operand`.
  @inline(__always)
  var loopOperand: (loop: Int, variable: Int, isReversed: Bool) {
    get { (Int(operand &>> 32), Int(operand &>> 1 & 0xFFFF), operand & 1 != 0) }
    set {
      operand =
        Int64(newValue.loop) << 32 | Int64(newValue.variable) << 1
        | (newValue.isReversed ? 1 : 0)
    }
  }
}

/// A field of a variable, as slots; a variable itself where there are none.
///
/// `profile.user.city` is a field of an anchor, which is a variable too: one load, however deep it stands.
struct FieldPath {
  static let none: UInt16 = .max

  var variable: UInt16 = 0
  var first = none
  /// Not `none` for a variable itself, so that one look is enough to see whether the path is short.
  var second: UInt16 = 0
  var third = none

  /// Whether it is one slot on from a variable.
  var isShort: Bool { second == Self.none }

  /// The path from a variable along up to three slots.
  init(_ variable: UInt16 = 0, _ slots: [UInt16] = []) {
    self.variable = variable
    guard let first = slots.first else { return }
    self.first = first
    second = slots.count > 1 ? slots[1] : Self.none
    third = slots.count > 2 ? slots[2] : Self.none
  }
}
