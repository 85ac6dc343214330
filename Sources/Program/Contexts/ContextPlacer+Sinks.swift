import LetterpressDiagnostics
import LetterpressLiquid
import LetterpressSchema
import LetterpressTyping

/// The choice of a sink for one output.
extension ContextPlacer {
  /// The sink of an output at the reader's place; moves the reader behind it.
  mutating func sink(for expression: TypedExpression, stack: [Diagnostic.Frame]) -> Sink {
    reader.settle()
    let hasPending = !reader.context.pending.isEmpty
    reader.context.pending = []
    var sink = Sink.html
    switch reader.context.state {
    case .text where hasPending: refuse(.tagName, expression, stack)
    case .text:
      sink.markup = markup(of: expression)
    case .rcdata where !hasPending: break
    case .tagName, .endTag, .rcdata: refuse(.tagName, expression, stack)
    case .tag, .attributeName, .afterAttributeName: refuse(.attributeName, expression, stack)
    case .beforeValue:
      reader.context.state = .value
      reader.context.quote = 0
      sink = unquotedSink(for: expression, stack)
    case .value where reader.context.quote == 0:
      sink = unquotedSink(for: expression, stack)
    case .value, .style:
      if reader.context.state == .style, hasPending { refuse(.script, expression, stack) }
      sink = valueSink(for: expression, stack)
    case .rawText: refuse(.script, expression, stack)
    case .comment:
      if hasPending { refuse(.commentEnd, expression, stack) }
      sink = Sink(.comment)
    case .condition: refuse(.condition, expression, stack)
    case .declaration: refuse(.declaration, expression, stack)
    }
    if sink.markup == .none, expression.type.isMarkup { sink.markup = .reduced }
    sink.isEncoded = expression.isPercentEncoded
    if isURL { sink.isRawText = true }
    if sink.isURL { checkPersonalData(expression, stack) }
    return sink
  }

  private func markup(of expression: TypedExpression) -> Sink.Markup {
    guard case .html(let isClean) = expression.type.withoutNil else { return .none }
    // In Outlook's comments even clean HTML must not hold what ends a comment.
    return isClean && reader.context.audience != .outlook ? .trusted : .sanitised
  }

  private mutating func unquotedSink(
    for expression: TypedExpression,
    _ stack: [Diagnostic.Frame]
  ) -> Sink {
    if !expression.isSafeWord { refuse(.unquotedValue, expression, stack) }
    return .html
  }

  private mutating func valueSink(
    for expression: TypedExpression,
    _ stack: [Diagnostic.Frame]
  ) -> Sink {
    switch reader.context.value {
    case .plain:
      return .html
    case .refused(let refusal):
      refuse(refusal, expression, stack)
    case .ambiguous(let place):
      report(.ambiguousPlace(at: expression.range, since: place), stack)
    case .url(var url):
      let sink = urlSink(&url, expression, stack)
      reader.context.value = .url(url)
      return sink
    case .srcset(var srcset):
      defer { reader.context.value = .srcset(srcset) }
      return srcset.isDescriptor
        ? Sink(.number) : urlSink(&srcset.url, expression, stack)
    case .css(var css):
      let sink = cssSink(&css, expression, stack)
      reader.context.value = .css(css)
      return sink
    }
    return .html
  }

  private mutating func urlSink(
    _ url: inout URLContext,
    _ expression: TypedExpression,
    _ stack: [Diagnostic.Frame]
  ) -> Sink {
    switch url.place {
    case .start:
      url.place = .behindURI
      if !expression.isURI(url.use, options.schemes) {
        report(
          .notAURI(
            "a whole URL",
            type: expression.type.name,
            // Held against the allow-list when it comes, so nothing bad gets through; but it may be no URL.
            expression.type.mayBeURI && expression.finiteValues == nil ? .warning : .error,
            at: expression.range
          ),
          stack
        )
      }
      return Sink(.url, use: url.use)
    case .scheme: refuse(.scheme, expression, stack)
    case .forbidden: refuse(.literalScheme, expression, stack)
    case .slashes, .host:
      if !expression.isSafeWord, !expression.type.isUntyped {
        report(
          .notAURI(
            "the host of a URL",
            type: expression.type.name,
            .error,
            at: expression.range
          ),
          stack
        )
      }
      return Sink(.urlHost)
    case .pathStart: return Sink(.urlPathStart)
    case .path: return Sink(.urlPath)
    case .query, .fragment, .opaque: return Sink(.urlQuery)
    case .mailbox: return Sink(.urlMailbox)
    case .phone: return Sink(.urlPhone)
    case .behindURI:
      if !expression.isSafeWord { refuse(.behindURI, expression, stack) }
      return Sink(.urlQuery)
    }
    return Sink(.urlQuery)
  }

  private mutating func cssSink(
    _ css: inout CSSContext,
    _ expression: TypedExpression,
    _ stack: [Diagnostic.Frame]
  ) -> Sink {
    defer { css.readValue() }
    let isRawText = reader.context.state == .style
    if css.isInComment {
      refuse(.cssComment, expression, stack)
      return Sink(.cssValue, isRawText: isRawText)
    }
    switch css.place {
    case .selector: refuse(.cssSelector, expression, stack)
    case .atRule(let name):
      if name == "media", css.isFeatureValue { return Sink(.number, isRawText: isRawText) }
      refuse(.cssAtRule, expression, stack)
    case .propertyName: refuse(.cssPropertyName, expression, stack)
    case .value:
      if css.property == "behavior" || css.property == "-moz-binding" {
        refuse(.cssProperty, expression, stack)
      }
      if var url = css.url {
        var sink = urlSink(&url, expression, stack)
        (sink.isCSS, sink.isRawText) = (true, isRawText)
        return sink
      }
      if css.quote != 0 { return Sink(.cssString, isRawText: isRawText) }
    }
    return Sink(.cssValue, isRawText: isRawText)
  }

  private mutating func checkPersonalData(
    _ expression: TypedExpression,
    _ stack: [Diagnostic.Frame]
  ) {
    let sources = expression.personalSources.filter {
      !options.allowedPersonalFields.contains($0)
    }
    guard !sources.isEmpty else { return }
    var diagnostic = Diagnostic.personalData(sources, inURL: true, at: expression.range)
    // What came in through the argument of a block is the mistake of who passed it.
    if let argument = argument(behind: expression, holding: sources, stack) {
      diagnostic.primary = Diagnostic.Label(argument.range, "passed here")
      diagnostic.labels.append(Diagnostic.Label(expression.range, "becomes part of a URL here"))
      report(diagnostic)
    } else {
      report(diagnostic, stack)
    }
  }

  private func argument(
    behind expression: TypedExpression,
    holding sources: [String],
    _ stack: [Diagnostic.Frame]
  ) -> TypedExpression? {
    var argument: TypedExpression?
    var next = expression.firstVariable
    while let variable = next, let value = assigned[variable],
      sources.allSatisfy(value.personalSources.contains),
      stack.contains(where: { $0.range.holds(value.range) })
    {
      argument = value
      next = value.firstVariable
    }
    return argument
  }

  private mutating func refuse(
    _ refusal: Refusal,
    _ expression: TypedExpression,
    _ stack: [Diagnostic.Frame]
  ) {
    report(.misplacedPlaceholder(refusal, at: expression.range), stack)
  }
}

extension TypedExpression {
  /// Only letters, digits and `-` in all its values: fit for any place but a whole URL.
  fileprivate var isSafeWord: Bool {
    if let values = finiteValues { return values.allSatisfy(\.isSafeWord) }
    switch type.withoutNil {
    case .integer, .boolean, .unknown: return true
    case .enumeration(let members): return members.allSatisfy(\.isSafeWord)
    default: return false
    }
  }

  /// A `uri`, or finitely many literals that may be one here.
  fileprivate func isURI(_ use: Sink.URLUse, _ schemes: URLSchemes) -> Bool {
    if let values = finiteValues { return values.allSatisfy { $0.isURI(use, schemes) } }
    switch type.withoutNil {
    // Untyped data is held against the allow-list when it comes, as any whole URL is.
    case .unknown, .any: return true
    case .string(let facts): return facts.format == .uri
    case .enumeration(let members):
      return members.allSatisfy {
        guard case .string(let text) = $0 else { return false }
        return Literal.string(text).isURI(use, schemes)
      }
    default: return false
    }
  }

  /// Made by `url_encode`, so that its place need not encode it once more.
  fileprivate var isPercentEncoded: Bool {
    guard case .filter(let use) = kind else { return false }
    return use.name == "url_encode"
  }
}

extension Literal {
  fileprivate var isSafeWord: Bool {
    switch self {
    case .nil, .boolean, .integer, .blank, .empty: true
    case .number: false
    case .string(let text): text.utf8.allSatisfy { $0.isLetterOrDigit || $0 == UInt8(ascii: "-") }
    }
  }

  fileprivate func isURI(_ use: Sink.URLUse, _ schemes: URLSchemes) -> Bool {
    switch self {
    case .nil, .blank, .empty: return true
    case .boolean, .integer, .number: return false
    case .string(let text):
      var buffer = OutputBuffer(capacity: text.utf8.count * 3)
      do {
        try buffer.appendURL(text.utf8.span, use: use, allowing: schemes)
        return true
      } catch {
        return false
      }
    }
  }
}

extension ValueType.Constant {
  fileprivate var isSafeWord: Bool {
    switch self {
    case .boolean, .integer: true
    case .number: false
    case .string(let text): Literal.string(text).isSafeWord
    }
  }
}

extension ValueType {
  /// The type of the values that are not nil.
  var withoutNil: ValueType {
    if case .optional(let type) = self { return type }
    return self
  }

  /// Whether nothing is known of its values.
  fileprivate var isUntyped: Bool {
    switch withoutNil {
    case .any, .unknown: true
    default: false
    }
  }

  /// For messages: "a string".
  fileprivate var name: String {
    switch withoutNil {
    case .unknown, .any: "a value of any type"
    case .null: "nil"
    case .boolean: "a boolean"
    case .integer: "an integer"
    case .number: "a number"
    case .string(let facts):
      facts.format.map { "a string of format '\($0.rawValue)'" } ?? "a string"
    case .enumeration: "an enumeration"
    case .html: "HTML"
    case .object, .map, .union: "an object"
    case .array: "an array"
    case .optional: "a string"
    }
  }
}

extension SourceRange {
  fileprivate func holds(_ other: SourceRange) -> Bool {
    file == other.file && start <= other.start && other.end <= end
  }
}
