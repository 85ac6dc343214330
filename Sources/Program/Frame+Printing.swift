import LetterpressLiquid
import LetterpressSchema

/// Printing of values: as Liquid writes them, then made fit for their place.
extension Frame {
  /// Appends a value, made fit for its place.
  mutating func print(
    _ cell: Cell,
    _ sink: Sink,
    to out: inout OutputBuffer
  ) throws(RenderFault) {
    switch cell.kind {
    case .null, .blank, .empty:
      return
    case .string where sink.markup == .marked:
      try withText(of: cell) { (text) throws(RenderFault) in
        var reduction = ValueReduction(schemes: code.schemes)
        try reduction.append(text, to: &out)
      }
    case .string where sink.markup == .reduced:
      let mark = out.count
      try withText(of: cell) { (text) throws(RenderFault) in try out.appendTextOfMarkup(text) }
      var sink = sink
      sink.markup = .none
      try print(takeText(from: mark, of: &out), sink, to: &out)
    case .string:
      // Copied without a look: the decoder has looked already.
      if sink.kind == .html, cell.traits & Cell.isPlainHTML != 0 {
        return try appendText(of: cell, to: &out)
      }
      if sink.isUnreservedFit, cell.traits & Cell.isUnreserved != 0 {
        return try appendText(of: cell, to: &out)
      }
      try withText(of: cell) { (text) throws(RenderFault) in
        try out.append(text, sink, cell.traits, schemes: code.schemes)
      }
    case .integer:
      try out.append(decimal: cell.integer)
    case .boolean where sink.kind == .html:
      if cell.boolean { try out.append("true") } else { try out.append("false") }
    default:
      let mark = out.count
      try printPlain(cell, to: &out)
      let text = try takeText(from: mark, of: &out)
      try print(text, sink, to: &out)
    }
  }

  /// Appends a value as it is: for filters, captures and comparisons.
  mutating func printPlain(_ cell: Cell, to out: inout OutputBuffer) throws(RenderFault) {
    switch cell.kind {
    case .null, .blank, .empty: return
    case .string: try appendText(of: cell, to: &out)
    case .integer: try out.append(decimal: cell.integer)
    case .boolean: if cell.boolean { try out.append("true") } else { try out.append("false") }
    case .number: try out.append(number: cell.number)
    case .range:
      try out.append(decimal: element(ofRange: cell, 0))
      try out.append("..")
      try out.append(decimal: element(ofRange: cell, 1))
    case .array:
      for index in 0..<cell.length {
        try charge()
        try printPlain(element(cell, at: index), to: &out)
      }
    case .map: try printInspected(cell, to: &out)
    // Its fields have no names here. The checker reports it wherever the type says so; behind a filter or
    // branches of several types it cannot.
    case .object: throw .unexpectedValue("an object of the schema cannot be printed")
    }
  }

  /// A map as Ruby shows it, which is what Liquid prints: `{"a"=>1}`.
  mutating func printInspected(
    _ cell: Cell,
    to out: inout OutputBuffer
  )
    throws(RenderFault)
  {
    try charge()
    switch cell.kind {
    case .map:
      try out.append(UInt8(ascii: "{"))
      for index in 0..<cell.length {
        if index > 0 { try out.append(", ") }
        let pair = element(cell, at: index)
        try printInspected(element(pair, at: 0), to: &out)
        try out.append("=>")
        try printInspected(element(pair, at: 1), to: &out)
      }
      try out.append(UInt8(ascii: "}"))
    case .array:
      try out.append(UInt8(ascii: "["))
      for index in 0..<cell.length {
        if index > 0 { try out.append(", ") }
        try printInspected(element(cell, at: index), to: &out)
      }
      try out.append(UInt8(ascii: "]"))
    case .string:
      try out.append(UInt8(ascii: "\""))
      try withText(of: cell) { (text) throws(RenderFault) in
        for index in text.indices {
          let byte = text[index]
          if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") {
            try out.append(UInt8(ascii: "\\"))
          }
          if byte == UInt8(ascii: "\n") { try out.append("\\n") } else { try out.append(byte) }
        }
      }
      try out.append(UInt8(ascii: "\""))
    case .null: try out.append("nil")
    default: try printPlain(cell, to: &out)
    }
  }

  /// Appends the bytes of a string.
  @inline(__always)
  func appendText(of cell: Cell, to out: inout OutputBuffer) throws(RenderFault) {
    switch cell.origin {
    case .record: try record.append(cell, isEscaped: false, to: &out)
    case .program: try code.text.append(from: cell.first, count: cell.length, to: &out)
    case .frame: try out.append(bytes.span, from: cell.first, count: cell.length)
    }
  }
}

extension Sink {
  /// Whether unreserved characters need nothing here.
  fileprivate var isUnreservedFit: Bool {
    switch kind {
    case .urlQuery, .urlPath, .html, .plain, .header, .cssString: true
    default: false
    }
  }
}

extension OutputBuffer {
  /// Appends the text of a string, made fit for its place.
  mutating func append(
    _ text: Span<UInt8>,
    _ sink: Sink,
    _ traits: UInt8,
    schemes: @autoclosure () -> URLSchemes
  ) throws(RenderFault) {
    switch sink.kind {
    case .verbatim: try append(text)
    case .plain: try appendPlainText(text)
    case .header: try appendHeaderText(text)
    case .html:
      switch sink.markup {
      case .none, .reduced, .marked: try appendEscapingHTML(text)
      case .trusted: try append(text)
      case .sanitised: try appendSanitised(text)
      }
    case .comment: try appendComment(text)
    case .url:
      if traits & Cell.isWebURL != 0, !sink.isCSS, !sink.isRawText, sink.use != .imageCandidate {
        try appendEscapingHTML(text)
      } else if traits & Cell.isWebURL != 0, sink.isRawText, sink.use != .imageCandidate,
        !text.holdsQuoteOrParenthesis
      {
        // Nothing else of such a URL is encoded.
        try append(text)
      } else {
        try appendURL(
          text,
          use: sink.use,
          allowing: schemes(),
          isRawText: sink.isRawText
        )
      }
    case .urlPathStart:
      try checkPathSegment(text)
      try appendURLPart(text, sink)
    case .urlPath, .urlQuery: try appendURLPart(text, sink)
    case .urlHost: try appendHostLabel(text)
    case .urlMailbox: try appendMailbox(text)
    case .urlPhone: try appendPhoneNumber(text)
    case .cssValue: try appendCSSValue(text, isRawText: sink.isRawText)
    case .cssString: try appendCSSString(text)
    case .number: try appendPlainNumber(text)
    }
  }

  private mutating func appendURLPart(_ text: Span<UInt8>, _ sink: Sink) throws(RenderFault) {
    if sink.isEncoded {
      try appendCompletingPercentEncoding(text)
    } else {
      try appendPercentEncoding(text, isForm: sink.isForm)
    }
  }

  /// Appends a number with a fraction as Ruby writes it: `1.0`, `0.25`, `1.0e+20`.
  mutating func append(number value: Double) throws(RenderFault) {
    try append(NumberText.text(of: value).utf8.span)
  }
}
