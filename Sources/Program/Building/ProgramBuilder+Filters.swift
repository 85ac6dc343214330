import LetterpressLiquid
import LetterpressSchema
import LetterpressTyping

/// Code for filters: the ones that most messages use work on cells, the others over Liquid's values.
extension ProgramBuilder {
  mutating func evaluation(of use: FilterUse) -> Evaluation {
    let input = evaluation(of: use.input)
    let native =
      native(use, input) ?? nativeNumber(use, input) ?? nativeText(use, input)
      ?? nativeChoice(use, input)
    if let native { return native }
    let step = filterStep(for: use)
    return Evaluation { frame, out throws(RenderFault) in
      try step.apply(try input.value(&frame, &out), &frame, &out)
    }
  }

  mutating func filterStep(for use: FilterUse) -> FilterStep {
    guard let filter = catalog[use.name] else {
      preconditionFailure("the checker lets only filters of the catalogue through")
    }
    return FilterStep(
      filter: filter,
      arguments: use.arguments.map { evaluation(of: $0) },
      namedArguments: use.namedArguments.map { ($0.name, evaluation(of: $0.value)) },
      types: types
    )
  }

  private mutating func native(_ use: FilterUse, _ input: Evaluation) -> Evaluation? {
    switch use.name {
    case "default" where use.arguments.count == 1 && use.namedArguments.isEmpty:
      let other = evaluation(of: use.arguments[0])
      return Evaluation { frame, out throws(RenderFault) in
        let cell = try input.value(&frame, &out)
        if cell.isTruthy, !frame.isEmpty(cell) { return cell }
        return try other.value(&frame, &out)
      }
    case "append" where use.arguments.count == 1:
      return joined(input, evaluation(of: use.arguments[0]))
    case "prepend" where use.arguments.count == 1:
      return joined(evaluation(of: use.arguments[0]), input)
    case "upcase" where use.arguments.isEmpty:
      return cased(use, input) { byte, _ in byte.uppercased }
    case "downcase" where use.arguments.isEmpty:
      return cased(use, input) { byte, _ in byte.lowercased }
    case "capitalize" where use.arguments.isEmpty:
      return cased(use, input) { byte, isFirst in isFirst ? byte.uppercased : byte.lowercased }
    case "size" where use.arguments.isEmpty:
      return Evaluation { frame, out throws(RenderFault) in
        let size = frame.size(of: try input.value(&frame, &out))
        return size.kind == .null ? .integer(0) : size
      }
    case "url_encode" where use.arguments.isEmpty:
      return urlEncoded(input)
    case "date":
      guard let step = dateStep(for: use) else { return nil }
      return Evaluation { frame, out throws(RenderFault) in
        let cell = try input.value(&frame, &out)
        try frame.charge()
        let mark = out.count
        try step.print(cell, Sink(.verbatim), &frame, to: &out)
        return try frame.takeText(from: mark, of: &out)
      }
    default:
      return nil
    }
  }

  /// Two texts after each other.
  private func joined(_ first: Evaluation, _ second: Evaluation) -> Evaluation {
    Evaluation { frame, out throws(RenderFault) in
      try frame.charge()
      let (a, b) = (try first.value(&frame, &out), try second.value(&frame, &out))
      let mark = out.count
      try frame.printText(a, to: &out)
      try frame.printText(b, to: &out)
      return try frame.takeText(from: mark, of: &out)
    }
  }

  /// A text with each of its bytes changed, where it is ASCII; others go the long way.
  ///
  /// `change` is told which byte is the first.
  private mutating func cased(
    _ use: FilterUse,
    _ input: Evaluation,
    _ change: @escaping @Sendable (_ byte: UInt8, _ isFirst: Bool) -> UInt8
  ) -> Evaluation {
    let step = filterStep(for: use)
    return Evaluation { frame, out throws(RenderFault) in
      let cell = try input.value(&frame, &out)
      let mark = out.count
      let isASCII = try frame.withText(of: cell) { (text) throws(RenderFault) in
        for index in text.indices {
          guard text[index] < 0x80 else { return false }
          try out.append(change(text[index], index == 0))
        }
        return cell.kind == .string
      }
      if isASCII {
        try frame.charge()
        return try frame.takeText(from: mark, of: &out)
      }
      out.truncate(to: mark)
      return try step.apply(cell, &frame, &out)
    }
  }

  /// As a form encodes it: `+` for a space.
  private func urlEncoded(_ input: Evaluation) -> Evaluation {
    Evaluation { frame, out throws(RenderFault) in
      let cell = try input.value(&frame, &out)
      guard cell.kind != .null else { return cell }
      try frame.charge()
      let mark = out.count
      try frame.printText(cell, to: &out)
      let text = try frame.takeText(from: mark, of: &out)
      try frame.withText(of: text) { (text) throws(RenderFault) in
        try out.appendPercentEncoding(text, isForm: true)
      }
      return try frame.takeText(from: mark, of: &out)
    }
  }

  // MARK: - Filters that write straight into the message

  /// Adds one instruction for a filter of a field; false where the filter must go the long way.
  mutating func emitNative(_ expression: TypedExpression, _ sink: Sink) -> Bool {
    guard case .filter(let use) = expression.kind, let field = field(use.input) else {
      return false
    }
    var instruction: Instruction
    switch use.name {
    case "money" where sink == .html || sink == .plain:
      guard let style = moneyStyle(for: use) else { return false }
      instruction = Instruction(.money)
      instruction.sink = place(of: sink)
      instruction.operand = Int64(style)
    case "date" where sink == .html || sink == .plain:
      guard let step = dateStep(for: use), step.format.isPlainHTML else { return false }
      dates.append(step)
      instruction = Instruction(.date)
      instruction.sink = place(of: sink)
      instruction.operand = Int64(dates.count - 1)
    case "url_encode" where sink.kind == .urlQuery && use.arguments.isEmpty:
      // What the place does anyway, but that a form writes `+` for a space.
      var sink = sink
      (sink.isEncoded, sink.isForm) = (false, true)
      instruction = Instruction(.field)
      instruction.sink = place(of: sink)
      instruction.traits = sink.sufficientTraits
    default: return false
    }
    emit(instruction, reading: field)
    return true
  }

  /// The style of a use of `money` with arguments that are known.
  private mutating func moneyStyle(for use: FilterUse) -> Int? {
    guard let filter = catalog[use.name] else { return nil }
    var arguments = FilterArguments()
    for argument in use.arguments {
      guard case .literal(.string(let text)) = argument.kind else { return nil }
      arguments.positional.append(.string(text))
    }
    for argument in use.namedArguments {
      guard case .literal(.string(let text)) = argument.value.kind else { return nil }
      arguments.named.append((argument.name, .string(text)))
    }
    guard let key = LearntFormats.Key(use.name, arguments) else { return nil }
    if let known = moneyStyleNumbers[key] { return known }
    let style = formats.moneyStyle(key) {
      var context = self.context
      return MoneyStyle { amount in
        guard case .string(let text)? = try? filter(.integer(amount), arguments, &context) else {
          return nil
        }
        return Array(text.utf8)
      }
    }
    guard let style else { return nil }
    filters.append(filterStep(for: use))
    moneyStyles.append(style.backed(byFilter: filters.count - 1))
    moneyStyleNumbers[key] = moneyStyles.count - 1
    return moneyStyles.count - 1
  }
}

extension Frame {
  /// Appends a value as a filter of strings sees it: an array in brackets.
  mutating func printText(_ cell: Cell, to out: inout OutputBuffer) throws(RenderFault) {
    switch cell.kind {
    case .array: try printInspected(cell, to: &out)
    default: try printPlain(cell, to: &out)
    }
  }
}
