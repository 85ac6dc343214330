extension Span<UInt8> {
  /// The offset of the first occurrence of other bytes, in linear time whatever the bytes are.
  func firstRange(of part: Span<UInt8>) -> Int? {
    guard part.count <= count else { return nil }
    guard part.count > 0 else { return 0 }
    guard part.count <= 16 else { return firstRange(ofLong: part) }
    let first = part[0]
    var start = 0
    while start <= count - part.count {
      if self[start] == first {
        var index = 1
        while index < part.count, self[start + index] == part[index] { index += 1 }
        if index == part.count { return start }
      }
      start += 1
    }
    return nil
  }

  /// Knuth, Morris and Pratt: the plain search is quadratic for `aaa…b` in `aaa…`.
  private func firstRange(ofLong part: Span<UInt8>) -> Int? {
    // For each prefix of the part the length of its longest border.
    var borders = [0]
    borders.reserveCapacity(part.count)
    for index in 1..<part.count {
      var length = borders[index - 1]
      while length > 0, part[length] != part[index] { length = borders[length - 1] }
      borders.append(part[length] == part[index] ? length + 1 : length)
    }
    var matched = 0
    for index in indices {
      while matched > 0, part[matched] != self[index] { matched = borders[matched - 1] }
      if part[matched] == self[index] { matched += 1 }
      if matched == part.count { return index + 1 - matched }
    }
    return nil
  }
}
