/// JSON in the making, written by hand: the order of keys is ours, and no other library is needed.
struct JSONText {
  private(set) var text = ""
  private var needsComma = false

  mutating func object(_ members: (inout JSONText) -> Void) { nest("{", "}", members) }

  mutating func array<Element>(
    _ elements: some Sequence<Element>,
    _ write: (Element, inout JSONText) -> Void
  ) {
    nest("[", "]") { json in
      for element in elements { write(element, &json) }
    }
  }

  mutating func key(_ name: String) {
    string(name)
    text += ":"
    needsComma = false
  }

  mutating func string(_ value: String) {
    separate()
    text += "\""
    for scalar in value.unicodeScalars {
      switch scalar {
      case "\"": text += "\\\""
      case "\\": text += "\\\\"
      case "\n": text += "\\n"
      case "\r": text += "\\r"
      case "\t": text += "\\t"
      // U+2028 and U+2029 end a line in JavaScript.
      case "\u{0}"..."\u{1F}", "\u{7F}"..."\u{9F}", "\u{2028}", "\u{2029}":
        let hex = String(scalar.value, radix: 16)
        text += "\\u" + String(repeating: "0", count: 4 - hex.count) + hex
      default: text.unicodeScalars.append(scalar)
      }
    }
    text += "\""
    needsComma = true
  }

  mutating func integer(_ value: Int) {
    separate()
    text += String(value)
    needsComma = true
  }

  mutating func boolean(_ value: Bool) {
    separate()
    text += value ? "true" : "false"
    needsComma = true
  }

  private mutating func separate() { if needsComma { text += "," } }

  private mutating func nest(_ open: String, _ close: String, _ body: (inout JSONText) -> Void) {
    separate()
    text += open
    needsComma = false
    body(&self)
    text += close
    needsComma = true
  }
}

/// A JSON document.
func jsonDocument(_ body: (inout JSONText) -> Void) -> String {
  var json = JSONText()
  json.object(body)
  return json.text + "\n"
}
