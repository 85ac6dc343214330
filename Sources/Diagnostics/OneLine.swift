/// A line for each finding, as compilers have printed them ever since: editors find the place.
struct OneLine {
  let sources: SourceSet

  func render(_ diagnostics: [Diagnostic]) -> String {
    diagnostics.map { diagnostic in
      let place = sources.positions(of: diagnostic.primary.range)
      return "\(place.path):\(place.start.line):\(place.start.column): "
        + "\(diagnostic.severity.rawValue): \(diagnostic.message.visible) [\(diagnostic.id)]\n"
    }.joined()
  }
}

extension String {
  /// The text with its control and bidirectional characters as escapes, so that it can do nothing to a
  /// terminal and cannot show itself in another order than it has.
  var visible: String {
    guard unicodeScalars.contains(where: \.isInvisible) else { return self }
    var result = ""
    for scalar in unicodeScalars {
      if scalar == "\t" {
        result += " "
      } else if scalar.isInvisible {
        result += "<U+" + String(scalar.value, radix: 16, uppercase: true).leftPadded(to: 4) + ">"
      } else {
        result.unicodeScalars.append(scalar)
      }
    }
    return result
  }

  private func leftPadded(to count: Int) -> String {
    String(repeating: "0", count: max(0, count - self.count)) + self
  }
}

extension Unicode.Scalar {
  /// C0, C1, and the marks that change the direction of text (CVE-2021-42574).
  fileprivate var isInvisible: Bool {
    switch value {
    case 0x00...0x1F, 0x7F...0x9F, 0x200E, 0x200F, 0x202A...0x202E, 0x2066...0x2069, 0xFEFF: true
    default: false
    }
  }
}
