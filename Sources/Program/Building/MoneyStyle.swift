import LetterpressLiquid

/// How amounts are written in a currency and a language: plain data, so that printing one touches no
/// reference.
///
/// Learnt from what the `money` filter makes of a few amounts, so that there is one source for it.
struct MoneyStyle: Sendable {
  private let format: AmountFormat
  /// For values that are no integers.
  private var filter = 0

  /// Learns the style; nil where the language writes amounts in a way that this cannot.
  ///
  /// `write` gives what the filter makes of an amount.
  init?(_ write: (Int) -> [UInt8]?) {
    guard let sample = write(123_456_789_01), let zero = write(0) else { return nil }
    let isDigit = { (byte: UInt8) in byte.isDigit }
    guard let first = sample.firstIndex(where: isDigit),
      let last = sample.lastIndex(where: isDigit),
      let zeroFirst = zero.firstIndex(where: isDigit), let zeroLast = zero.lastIndex(where: isDigit)
    else { return nil }
    // `0.00` tells the point and the digits behind it, `123,456,789.01` what stands between groups.
    let zeros = zero[zeroFirst...zeroLast].split(omittingEmptySubsequences: false) { $0.isDigit }
    let point = zeros.first { !$0.isEmpty } ?? []
    let fractionDigits = point.isEmpty ? 0 : zero[zeroFirst...zeroLast].count - 1 - point.count
    let separator = sample[first...last].split { $0.isDigit }.first ?? []
    let (before, behind) = (sample[..<first], sample[(last + 1)...])
    guard (0...4).contains(fractionDigits), let group = SmallText(separator),
      let decimal = SmallText(point), let prefix = SmallText(before),
      let suffix = SmallText(behind),
      (before + behind).allSatisfy({ !"&<>\"'\r\n".utf8.contains($0) })
    else { return nil }
    let digits = String(repeating: "0", count: fractionDigits)
    guard let thousand = Int("1234" + digits), let small = write(thousand) else { return nil }
    let isGrouped =
      small.count > before.count + behind.count + 4 + (zero[zeroFirst...zeroLast].count - 1)
    format = AmountFormat(
      prefix: prefix,
      suffix: suffix,
      group: group,
      decimal: decimal,
      fractionDigits: fractionDigits,
      minimumGrouping: isGrouped ? 1 : 2
    )
    // Held against the filter once more: amounts of all lengths, and negative ones.
    for amount in [0, 1, 99, 100, 12_34, 123_45, 1_234_56, 12_345_67, 1_234_567_89, -5, -1_234_56] {
      var buffer = OutputBuffer()
      guard (try? buffer.append(amount: amount, format)) != nil, let expected = write(amount),
        buffer.bytes() == expected
      else { return nil }
    }
  }

  /// The style with the filter of that number in the program behind it.
  func backed(byFilter filter: Int) -> MoneyStyle {
    var style = self
    style.filter = filter
    return style
  }

  /// Writes an amount below `OutputBuffer.shortInteger` in the style at an address, at most 64 bytes; returns
  /// its end.
  ///
  /// By address, so that no more of a style is read than is used.
  @inline(__always)
  static func write(
    _ amount: UInt64,
    in style: UnsafePointer<MoneyStyle>,
    to target: UnsafeMutableRawPointer
  ) -> UnsafeMutableRawPointer {
    unsafe amount < style.pointee.format.compactEnd
      ? style.pointee.format.writeCompact(amount, to: target)
      : writeLarge(amount, in: style, to: target)
  }

  @inline(never)
  private static func writeLarge(
    _ amount: UInt64,
    in style: UnsafePointer<MoneyStyle>,
    to target: UnsafeMutableRawPointer
  ) -> UnsafeMutableRawPointer {
    unsafe style.pointee.format.write(amount, to: target)
  }

  /// Appends an amount.
  func append(_ amount: Int, to out: inout OutputBuffer) throws(RenderFault) {
    try out.append(amount: amount, format)
  }

  /// Prints a field.
  func print(
    _ cell: Cell,
    _ sink: Sink,
    _ frame: inout Frame,
    to out: inout OutputBuffer
  ) throws(RenderFault) {
    if cell.kind == .integer { return try out.append(amount: cell.integer, format) }
    if cell.kind == .null { return }
    let value = try frame.code.filters[filter].apply(cell, &frame, &out)
    try frame.print(value, sink, to: &out)
  }
}
