import LetterpressProgram
import LetterpressSchema
import Testing

/// What holds for all values, tried on random ones.
struct EscapingLawTests {
  /// A generator with a seed, so that a failure comes again.
  private struct Random: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
      // SplitMix64.
      state &+= 0x9E37_79B9_7F4A_7C15
      var z = state
      z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
      z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
      return z ^ (z >> 31)
    }

    /// A text that is mostly trouble.
    mutating func text(upTo length: Int) -> String {
      let pieces = [
        "&", "<", ">", "\"", "'", "a", "bc", " ", "é", "🎉", "\u{301}", "-", "--", "]]", "/", "\\",
        "plain text", ";", ":", "(", ")", "{", "}", "%", "\n", "javascript:", "&amp;", "\u{202E}",
      ]
      var text = ""
      while text.utf8.count < length {
        text += pieces[Int(next() % UInt64(pieces.count))]
        if next() % 16 == 0 { break }
      }
      return text
    }
  }

  private func json(_ text: String) -> String {
    var result = "{\"x\":\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": result += "\\\""
      case "\\": result += "\\\\"
      case "\n": result += "\\n"
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result + "\"}"
  }

  @Test func `HTML escaping is right at every length and place`() throws {
    let sample = try Sample("{{ x }}|<i title=\"{{ x }}\">{{ x }}", "x")
    var random = Random(state: 1)
    for length in 0..<400 {
      let text = random.text(upTo: length)
      let expected = text.unicodeScalars.map { scalar in
        switch scalar {
        case "&": "&amp;"
        case "<": "&lt;"
        case ">": "&gt;"
        case "\"": "&quot;"
        case "'": "&#39;"
        default: String(scalar)
        }
      }.joined()
      #expect(try sample.render(json(text)) == "\(expected)|<i title=\"\(expected)\">\(expected)")
    }
  }

  @Test func `no value ends an attribute, a comment or a style sheet`() throws {
    let places = [
      "<i title=\"{{ x }}\">", "<i title='{{ x }}'>", "<!-- {{ x }} -->",
      "<style>.a{color:{{ x }}}</style>", "<i style=\"color:{{ x }}\">",
      "<i style=\"font-family:'{{ x }}'\">", "<a href=\"https://x.test/?q={{ x }}\">",
      "<a href=\"https://x.test/{{ x }}\">", "<!--[if mso]><i>{{ x }}</i><![endif]-->",
      "<title>{{ x }}</title>",
    ]
    var random = Random(state: 2)
    for place in places {
      let sample = try Sample(place, "x")
      let benign = try sample.render(#"{"x":"a"}"#)
      for length in 0..<120 {
        let text = random.text(upTo: length)
        // A value that nothing makes safe is refused; that is as good.
        guard let result = try? sample.render(json(text)) else { continue }
        // Braces mean something in style sheets only.
        let braces = place.contains("style") ? ["{", "}"] : []
        for mark in ["<", ">", "\"", "'", "-->", "<!"] + braces {
          #expect(
            result.utf8Count(of: mark) == benign.utf8Count(of: mark),
            "\(place) \(mark) \(result)"
          )
        }
      }
    }
  }

  @Test func `the traits of slots are the numbers that cells take them for`() {
    #expect(Slot.Traits.isPlainHTML.rawValue == Cell.isPlainHTML)
    #expect(Slot.Traits.isPlainHeader.rawValue == Cell.isPlainHeader)
    #expect(Slot.Traits.isUnreserved.rawValue == Cell.isUnreserved)
    #expect(Slot.Traits.isWebURL.rawValue == Cell.isWebURL)
  }
}

extension String {
  /// How often the bytes of a text occur.
  fileprivate func utf8Count(of part: String) -> Int {
    let (bytes, part) = (Array(utf8), Array(part.utf8))
    guard bytes.count >= part.count else { return 0 }
    return (0...(bytes.count - part.count)).count { bytes[$0...].starts(with: part) }
  }
}
