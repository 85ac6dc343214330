import LetterpressLiquid

/// How amounts are written in a currency and a language: plain data, so that printing one touches no
/// reference.
///
/// Learnt from what the `money` filter makes of a few amounts, so that there is one source for it.
struct MoneyStyle: Sendable {
  /// Before and behind the number, in the program's text.
  private var prefix: (offset: UInt32, count: UInt32)
  private var suffix: (offset: UInt32, count: UInt32)
  private let group: SmallText
  private let decimal: SmallText
  private let fractionDigits: Int
  private let minimumGrouping: Int
  /// For values that are no integers, and for recipients with another language.
  private let filter: Int

  /// Learns the style; nil where the language writes amounts in a way that this cannot.
  ///
  /// `write` gives what the filter makes of an amount.
  init?(
    filter: Int,
    in builder: inout ProgramBuilder,
    _ write: (Int) -> [UInt8]?
  ) {
    guard let sample = write(123_456_789_01), let zero = write(0) else { return nil }
    let isDigit = { (byte: UInt8) in byte.isDigit }
    guard let first = sample.firstIndex(where: isDigit),
      let last = sample.lastIndex(where: isDigit),
      let zeroFirst = zero.firstIndex(where: isDigit), let zeroLast = zero.lastIndex(where: isDigit)
    else { return nil }
    // `0.00` tells the point and the digits behind it, `123,456,789.01` what stands between groups.
    let zeros = zero[zeroFirst...zeroLast].split(omittingEmptySubsequences: false) { $0.isDigit }
    let point = zeros.first { !$0.isEmpty } ?? []
    fractionDigits = point.isEmpty ? 0 : zero[zeroFirst...zeroLast].count - 1 - point.count
    let separators = sample[first...last].split { $0.isDigit }
    guard (0...4).contains(fractionDigits), let separator = separators.first,
      let group = SmallText(separator), let decimal = SmallText(point)
    else { return nil }
    self.group = group
    self.decimal = decimal
    self.filter = filter
    let thousand = Int("1234" + String(repeating: "0", count: fractionDigits)) ?? 0
    guard let small = write(thousand) else { return nil }
    let isGrouped =
      small.count(where: isDigit) < small.count - zero.count + zero.count(where: isDigit)
    minimumGrouping = isGrouped ? 1 : 2
    let (before, behind) = (Array(sample[..<first]), Array(sample[(last + 1)...]))
    guard (before + behind).allSatisfy({ !"&<>\"'\r\n".utf8.contains($0) }) else { return nil }
    prefix = (UInt32(builder.intern(before)), UInt32(before.count))
    suffix = (UInt32(builder.intern(behind)), UInt32(behind.count))
    // Held against the filter once more: amounts of all lengths, and negative ones.
    for amount in [0, 1, 99, 100, 12_34, 123_45, 1_234_56, 12_345_67, 1_234_567_89, -5, -1_234_56] {
      let parts = Array(before), rest = Array(behind)
      var buffer = OutputBuffer()
      guard (try? print(amount, parts, rest, to: &buffer)) != nil, let expected = write(amount),
        buffer.bytes() == expected
      else { return nil }
    }
  }

  /// Prints a field.
  func print(
    _ cell: Cell,
    _ text: ProgramText,
    _ frame: inout Frame,
    to out: inout OutputBuffer
  ) throws(RenderFault) {
    guard cell.kind == .integer, frame.hasDefaultLocale else {
      if cell.kind == .null { return }
      let code = frame.code
      let value = try code.filters[filter].apply(cell, &frame, &out)
      return try frame.print(value, .html, to: &out)
    }
    let value = cell.integer
    if value < 0 { try out.append(UInt8(ascii: "-")) }
    try text.append(from: Int(prefix.offset), count: Int(prefix.count), to: &out)
    try out.append(
      amount: value.magnitude,
      fractionDigits: fractionDigits,
      minimumGrouping: minimumGrouping,
      group: group,
      decimal: decimal
    )
    try text.append(from: Int(suffix.offset), count: Int(suffix.count), to: &out)
  }

  /// Prints an amount before there is a program.
  private func print(
    _ value: Int,
    _ before: [UInt8],
    _ behind: [UInt8],
    to out: inout OutputBuffer
  ) throws(RenderFault) {
    if value < 0 { try out.append(UInt8(ascii: "-")) }
    try out.append(before.span)
    try out.append(
      amount: value.magnitude,
      fractionDigits: fractionDigits,
      minimumGrouping: minimumGrouping,
      group: group,
      decimal: decimal
    )
    try out.append(behind.span)
  }
}
