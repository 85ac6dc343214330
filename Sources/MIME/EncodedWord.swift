/// The `=?utf-8?Q?…?=` of RFC 2047: text beyond ASCII in a header.
struct EncodedWord {
  /// At most as many characters has one, its delimiters included.
  static let limit = 75
  /// The characters of `=?utf-8?Q?` and `?=`.
  static let overhead = 12
  /// The most that one scalar takes: four bytes, three characters each.
  static let widestScalar = 12

  enum Encoding {
    /// A letter for a letter, `=E2` for a byte.
    case q
    /// Base64.
    case b
  }

  /// Where the word stands, which decides about the characters that stand for themselves.
  enum Place {
    case text
    /// In the name before an address (RFC 2047, section 5, rule 3).
    case phrase
  }

  let place: Place
  let encoding: Encoding

  /// Chooses the shorter encoding for a text.
  init(_ text: ArraySlice<UInt8>, in place: Place) {
    self.place = place
    let q = text.reduce(0) { $0 + (Self.isLiteral($1, place) || $1 == 0x20 ? 1 : 3) }
    encoding = q <= (text.count + 2) / 3 * 4 ? .q : .b
  }

  /// Appends one word of as much of the text as fits into `room` characters, its delimiters
  /// included; returns where the rest starts.
  ///
  /// A scalar is never split. There is room for one at least.
  func append(_ text: ArraySlice<UInt8>, room: Int, to line: inout [UInt8]) -> Int {
    let room = min(room, Self.limit) - Self.overhead
    line.append(contentsOf: "=?utf-8?".utf8)
    line.append(UInt8(ascii: encoding == .q ? "Q" : "B"))
    line.append(UInt8(ascii: "?"))
    let end =
      switch encoding {
      case .q: appendQ(text, room: room, to: &line)
      case .b: appendB(text, room: room, to: &line)
      }
    line.append(contentsOf: "?=".utf8)
    return end
  }

  private func appendQ(_ text: ArraySlice<UInt8>, room: Int, to line: inout [UInt8]) -> Int {
    var room = room
    var index = text.startIndex
    while index < text.endIndex {
      let end = Self.scalarEnd(text, index)
      let isLiteral = text[index] == 0x20 || Self.isLiteral(text[index], place)
      let width = isLiteral ? 1 : 3 * (end - index)
      guard width <= room else { break }
      room -= width
      if text[index] == 0x20 {
        line.append(UInt8(ascii: "_"))
      } else if isLiteral {
        line.append(text[index])
      } else {
        for byte in text[index..<end] {
          line.append(UInt8(ascii: "="))
          line.append(Self.hexDigits[Int(byte >> 4)])
          line.append(Self.hexDigits[Int(byte & 15)])
        }
      }
      index = end
    }
    return index
  }

  private func appendB(_ text: ArraySlice<UInt8>, room: Int, to line: inout [UInt8]) -> Int {
    let count = room / 4 * 3
    var end = text.endIndex
    if text.count > count {
      end = text.startIndex + count
      while end > text.startIndex, text[end] & 0xC0 == 0x80 { end -= 1 }
    }
    var index = text.startIndex
    while index < end {
      let left = end - index
      var bits = UInt32(text[index]) << 16
      if left > 1 { bits |= UInt32(text[index + 1]) << 8 }
      if left > 2 { bits |= UInt32(text[index + 2]) }
      line.append(Self.base64Digits[Int(bits >> 18)])
      line.append(Self.base64Digits[Int(bits >> 12 & 63)])
      line.append(left > 1 ? Self.base64Digits[Int(bits >> 6 & 63)] : UInt8(ascii: "="))
      line.append(left > 2 ? Self.base64Digits[Int(bits & 63)] : UInt8(ascii: "="))
      index += 3
    }
    return end
  }

  private static func scalarEnd(_ text: ArraySlice<UInt8>, _ start: Int) -> Int {
    var end = start + 1
    while end < text.endIndex, text[end] & 0xC0 == 0x80 { end += 1 }
    return end
  }

  private static func isLiteral(_ byte: UInt8, _ place: Place) -> Bool {
    switch byte {
    case UInt8(ascii: "="), UInt8(ascii: "?"), UInt8(ascii: "_"): false
    case 0x21...0x7E: place == .text || byte.isLetterOrDigit || "!*+-/".utf8.contains(byte)
    default: false
    }
  }

  private static let hexDigits = Array("0123456789ABCDEF".utf8)
  private static let base64Digits = Array(
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8
  )
}
