/// A value of a template: what JSON has, and ranges and dates.
///
/// Strings are compared and ordered by their bytes. Swift's `==` compares canonically, so that `é`
/// equals `e` with an accent behind it; Liquid does not.
package indirect enum Value: Sendable {
  case `nil`
  case boolean(Bool)
  case integer(Int)
  case number(Double)
  case string(String)
  case array([Value])
  case object(Object)
  /// `(1..5)`: never made into an array unless a filter wants one.
  case range(IntegerRange)
  case date(Moment)
}

/// The integers from `lower` to `upper`, none where `upper` is less.
package struct IntegerRange: Sendable, Hashable {
  package var lower: Int
  package var upper: Int

  package init(_ lower: Int, _ upper: Int) {
    self.lower = lower
    self.upper = upper
  }

  /// How many there are; `Int.max` where there are more.
  package var count: Int {
    guard upper >= lower else { return 0 }
    let (distance, overflow) = upper.subtractingReportingOverflow(lower)
    return overflow || distance == .max ? .max : distance + 1
  }
}

/// Names and their values, in the order of the data.
package struct Object: Sendable {
  package typealias Entry = (key: String, value: Value)

  package let entries: [Entry]
  /// Where each name is; only for objects that are too large to look through.
  private let index: [ByteString: Int]?

  /// Makes an object of entries with different names.
  package init(_ entries: [Entry]) {
    self.entries = entries
    guard entries.count > 12 else {
      index = nil
      return
    }
    var index: [ByteString: Int] = [:]
    index.reserveCapacity(entries.count)
    for (position, entry) in entries.enumerated() { index[ByteString(entry.key)] = position }
    self.index = index
  }

  package var isEmpty: Bool { entries.isEmpty }
  package var count: Int { entries.count }

  /// The value of a name, or nil where there is no such name.
  package subscript(key: String) -> Value? {
    if let index { return index[ByteString(key)].map { entries[$0].value } }
    for entry in entries where sameBytes(entry.key, key) { return entry.value }
    return nil
  }
}

/// A string that is equal to another only if their bytes are.
package struct ByteString: Hashable, Sendable {
  package let text: String

  package init(_ text: String) { self.text = text }

  package static func == (a: Self, b: Self) -> Bool { sameBytes(a.text, b.text) }

  package func hash(into hasher: inout Hasher) {
    // Eight bytes at a time; the hasher is slow with single ones.
    var word: UInt64 = 0
    for (index, byte) in text.utf8.enumerated() {
      word = word << 8 | UInt64(byte)
      if index & 7 == 7 { hasher.combine(word) }
    }
    hasher.combine(word)
    hasher.combine(text.utf8.count)
  }
}

/// Whether two strings have the same bytes.
func sameBytes(_ a: String, _ b: String) -> Bool {
  let (a, b) = (a.utf8.span, b.utf8.span)
  guard a.count == b.count else { return false }
  for index in a.indices where a[index] != b[index] { return false }
  return true
}
