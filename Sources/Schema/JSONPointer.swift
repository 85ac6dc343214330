/// Paths into JSON: RFC 6901.
package enum JSONPointer {
  /// A member's name or an element's index as a token with its slash.
  package static func token(_ name: some StringProtocol) -> String {
    var token = "/"
    for scalar in name.unicodeScalars {
      switch scalar {
      case "~": token += "~0"
      case "/": token += "~1"
      default: token.unicodeScalars.append(scalar)
      }
    }
    return token
  }

  /// The names on a path that stands in a URI fragment, such as `#/$defs/Name`; `#` has none.
  static func tokens(ofFragment fragment: String) -> [String] {
    fragment.utf8.dropFirst().split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
      .dropFirst().map(decode)
  }

  /// The fragment with one of its names replaced.
  static func fragment(_ fragment: String, replacing position: Int, with name: String) -> String {
    var tokens = tokens(ofFragment: fragment)
    tokens[position] = name
    return "#" + tokens.map(token).joined()
  }

  /// Undoes `%25`, then `~1` and `~0`.
  private static func decode(_ token: Substring.UTF8View) -> String {
    var bytes: [UInt8] = []
    let raw = Array(token)
    var index = 0
    while index < raw.count {
      if raw[index] == UInt8(ascii: "%"), index + 2 < raw.count,
        let high = hexValue(raw[index + 1]),
        let low = hexValue(raw[index + 2])
      {
        bytes.append(high << 4 | low)
        index += 3
      } else {
        bytes.append(raw[index])
        index += 1
      }
    }
    var name: [UInt8] = []
    index = 0
    while index < bytes.count {
      let next = index + 1 < bytes.count ? bytes[index + 1] : 0
      if bytes[index] == UInt8(ascii: "~"), next == UInt8(ascii: "0") || next == UInt8(ascii: "1") {
        name.append(next == UInt8(ascii: "0") ? UInt8(ascii: "~") : UInt8(ascii: "/"))
        index += 2
      } else {
        name.append(bytes[index])
        index += 1
      }
    }
    return String(decoding: name, as: UTF8.self)
  }
}
