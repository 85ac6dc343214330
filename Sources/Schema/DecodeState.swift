/// How far a profile has been decoded.
struct DecodeState {
  /// Ends the decoding; the reason is looked for afterwards in the text.
  struct Stop: Error {}

  /// Offset in the arena, which holds the text and zero bytes after it.
  var position: Int
  /// Where the zero bytes start.
  let end: Int
  /// Where the next escaped text goes, behind the zero bytes.
  var escapes: Int
  var depth = 0
  var slots: [Slot]
  /// Elements and members of values that have not ended yet, the innermost last.
  var pending: [Slot]
  var findings: [Finding] = []
  var isTruncated = false
  /// How deep arrays and objects may nest.
  let depthLimit: Int
  /// Steps that patterns have left.
  var patternSteps: Int
  /// A default was asked for that has not been read yet.
  var needsDefault = false
  /// The text as it was handed in, and how far its offsets are from those of the arena.
  let source: [UInt8]
  let shift: Int

  init(
    position: Int,
    end: Int,
    escapes: Int,
    slots: [Slot],
    pending: [Slot],
    limits: ProfileLimits,
    source: [UInt8],
    shift: Int
  ) {
    self.position = position
    self.end = end
    self.escapes = escapes
    self.slots = slots
    self.pending = pending
    depthLimit = limits.depth
    patternSteps = limits.patternSteps
    self.source = source
    self.shift = shift
  }

  /// Marks a slot that no member has filled.
  static let absent = Slot(kind: .null, count: .max)

  /// Whether no more violations are listed; then their wording, which may be costly, need not be
  /// found.
  mutating func isFull() -> Bool {
    if findings.count < ProfileDecoder.violationLimit { return false }
    isTruncated = true
    return true
  }

  mutating func report(_ finding: Finding) {
    if findings.count < ProfileDecoder.violationLimit {
      findings.append(finding)
    } else {
      isTruncated = true
    }
  }

  mutating func enter() throws(Stop) {
    depth += 1
    if depth > depthLimit { throw Stop() }
  }
}
