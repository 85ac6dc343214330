/// What CSS calls a colour.
package enum CSSColor {
  /// The named colours of CSS Color 4, and `transparent` and `inherit`, which MJML takes too.
  package static let names: Set<String> = Set(
    """
    aliceblue antiquewhite aqua aquamarine azure beige bisque black blanchedalmond blue blueviolet brown
    burlywood cadetblue chartreuse chocolate coral cornflowerblue cornsilk crimson cyan darkblue darkcyan
    darkgoldenrod darkgray darkgreen darkgrey darkkhaki darkmagenta darkolivegreen darkorange darkorchid
    darkred darksalmon darkseagreen darkslateblue darkslategray darkslategrey darkturquoise darkviolet
    deeppink deepskyblue dimgray dimgrey dodgerblue firebrick floralwhite forestgreen fuchsia gainsboro
    ghostwhite gold goldenrod gray green greenyellow grey honeydew hotpink indianred indigo inherit ivory
    khaki lavender lavenderblush lawngreen lemonchiffon lightblue lightcoral lightcyan
    lightgoldenrodyellow lightgray lightgreen lightgrey lightpink lightsalmon lightseagreen lightskyblue
    lightslategray lightslategrey lightsteelblue lightyellow lime limegreen linen magenta maroon
    mediumaquamarine mediumblue mediumorchid mediumpurple mediumseagreen mediumslateblue
    mediumspringgreen mediumturquoise mediumvioletred midnightblue mintcream mistyrose moccasin
    navajowhite navy oldlace olive olivedrab orange orangered orchid palegoldenrod palegreen
    paleturquoise palevioletred papayawhip peachpuff peru pink plum powderblue purple rebeccapurple red
    rosybrown royalblue saddlebrown salmon sandybrown seagreen seashell sienna silver skyblue slateblue
    slategray slategrey snow springgreen steelblue tan teal thistle tomato transparent turquoise violet
    wheat white whitesmoke yellow yellowgreen
    """.split(whereSeparator: \.isWhitespace).map(String.init)
  )

  /// Whether a value is a colour: a name, `#` with 3, 4, 6 or 8 digits, or `rgb()`, `rgba()`, `hsl()`,
  /// `hsla()` with numbers in it.
  package static func isValid(_ value: some Collection<UInt8>) -> Bool {
    guard let first = value.first else { return false }
    if first == UInt8(ascii: "#") {
      let digits = value.dropFirst()
      return [3, 4, 6, 8].contains(digits.count) && digits.allSatisfy(\.isHexDigit)
    }
    guard let parenthesis = value.firstIndex(of: UInt8(ascii: "(")) else {
      return names.contains(String(decoding: value, as: UTF8.self))
    }
    let function = String(decoding: value[..<parenthesis], as: UTF8.self)
    return ["rgb", "rgba", "hsl", "hsla"].contains(function)
      && hasComponents(value[value.index(after: parenthesis)...])
  }

  /// Three or four numbers, per cents or degrees, with commas or (CSS Color 4) spaces and a slash between
  /// them, and the `)`.
  private static func hasComponents(_ rest: some Collection<UInt8>) -> Bool {
    let bytes = Array(rest)
    guard bytes.last == UInt8(ascii: ")") else { return false }
    let components = bytes.dropLast().split { byte in
      byte == UInt8(ascii: ",") || byte == UInt8(ascii: " ") || byte == UInt8(ascii: "/")
    }
    return (3...4).contains(components.count) && components.allSatisfy(isComponent)
  }

  /// `12`, `-1.5`, `.5`, `50%`, `120deg`.
  private static func isComponent(_ component: ArraySlice<UInt8>) -> Bool {
    var digits = component.first == UInt8(ascii: "-") ? component.dropFirst() : component
    if digits.last == UInt8(ascii: "%") {
      digits.removeLast()
    } else if digits.suffix(3).elementsEqual("deg".utf8) {
      digits.removeLast(3)
    }
    let points = digits.count { $0 == UInt8(ascii: ".") }
    return points <= 1 && digits.count > points
      && digits.allSatisfy { $0.isDigit || $0 == UInt8(ascii: ".") }
  }
}

extension UInt8 {
  var isHexDigit: Bool { isDigit || (self | 0x20) &- 0x61 < 6 }
}
