/// The bounds of one render; what is beyond them is an error of kind `limit`.
package struct RenderLimits: Sendable {
  /// Nodes, turns of loops, elements that a filter looks at, and 64 bytes of a text count one each.
  package var steps = 1_000_000
  /// Bytes of the output.
  package var output = 8 << 20
  /// Bytes of one value; an element of an array counts 8 and its content only where a filter made
  /// it.
  package var value = 1 << 20
  /// Bytes of all variables together.
  package var variables = 16 << 20
  /// Partials within partials.
  package var partialDepth = 100
  /// Blocks and partials within each other, over all partials.
  ///
  /// It keeps the stack from overflowing: unoptimised, 8 MiB hold 430 of them.
  package var nesting = 200

  package init() {}
}

/// What a render has used of its limits.
package struct RenderBudget: Sendable {
  package let limits: RenderLimits
  package private(set) var steps = 0

  package init(_ limits: RenderLimits = RenderLimits()) { self.limits = limits }

  /// Uses some steps.
  package mutating func spend(_ count: Int = 1) throws(LiquidError) {
    let (sum, overflow) = steps.addingReportingOverflow(count)
    guard !overflow, sum <= limits.steps else {
      steps = limits.steps
      throw .limit("more than \(limits.steps) steps")
    }
    steps = sum
  }

  /// Uses the steps of looking through a value once.
  package mutating func spend(on value: Value) throws(LiquidError) {
    switch value {
    case .string(let text): try spend(text.utf8.count >> 6)
    case .array(let items): try spend(items.count)
    case .object(let object): try spend(object.count)
    default: break
    }
  }

  /// Uses the steps of looking through a value with all that it holds.
  package mutating func spend(onAllOf value: Value) throws(LiquidError) {
    var size = (values: 0, bytes: 0)
    value.measure(&size)
    try spend(size.values >> 3 + size.bytes >> 6)
  }

  /// Refuses an array of so many elements before it is made, or uses the steps of making it.
  package mutating func spend(onArrayOf count: Int) throws(LiquidError) {
    guard count <= limits.value / 8 else { throw .tooLarge(limits.value) }
    try spend(count)
  }
}

extension LiquidError {
  /// A value of more bytes than are allowed.
  static func tooLarge(_ limit: Int, _ noun: String = "a value") -> LiquidError {
    .limit("\(noun) of more than \(limit) bytes")
  }
}

extension Value {
  /// Adds the values in it and the bytes of their texts.
  fileprivate func measure(_ size: inout (values: Int, bytes: Int)) {
    size.values += 1
    switch self {
    case .string(let text): size.bytes += text.utf8.count
    case .array(let items): for item in items { item.measure(&size) }
    case .object(let object): for entry in object.entries { entry.value.measure(&size) }
    case .nil, .boolean, .integer, .number, .range, .date: break
    }
  }
}
