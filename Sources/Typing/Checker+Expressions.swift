import LetterpressDiagnostics
import LetterpressLiquid
import LetterpressSchema

/// Operands: literals, paths and ranges.
extension Checker {
  func operand(_ expression: Expression) -> Operand {
    switch expression {
    case .literal(let literal, let range): return self.literal(literal, at: range)
    case .path(let path):
      return expression.isInvalid ? unknown(at: path.range) : resolve(path)
    case .range(let low, let high, let range): return self.range(low, high, at: range)
    }
  }

  func literal(_ literal: Literal, at range: SourceRange) -> Operand {
    Operand(
      expression: TypedExpression(
        .literal(literal),
        type: literal.type,
        range: range,
        finiteValues: [literal]
      ),
      source: WrittenText(literal)
    )
  }

  /// What stands for an expression with a mistake that has been reported.
  func unknown(at range: SourceRange) -> Operand {
    Operand(
      expression: TypedExpression(.literal(.nil), type: .unknown, range: range),
      source: source(range)
    )
  }

  private func range(_ low: Expression, _ high: Expression, at range: SourceRange) -> Operand {
    let (from, to) = (operand(low), operand(high))
    var bounds = ValueType.IntegerBounds()
    var items = ValueType.ArrayType(element: .integer(bounds))
    if let a = integerBounds(of: from, in: range), let b = integerBounds(of: to, in: range) {
      bounds = .init(minimum: a.minimum, maximum: b.maximum)
      items.minItems = Self.count(from: a.maximum, to: b.minimum) ?? 0
      items.maxItems = Self.count(from: a.minimum, to: b.maximum)
      items.element = .integer(bounds)
    }
    return Operand(
      expression: TypedExpression(
        .range(from.expression, to.expression),
        type: .array(items),
        range: range,
        personalSources: from.expression.personalSources.union(to.expression.personalSources)
      ),
      source: source(range)
    )
  }

  /// How many integers there are; nil where an end is open.
  private static func count(from low: Int?, to high: Int?) -> Int? {
    guard let low, let high else { return nil }
    let (difference, overflow) = high.subtractingReportingOverflow(low)
    return overflow ? nil : max(0, difference == .max ? difference : difference + 1)
  }

  /// The bounds of an end of a range; nil after a finding.
  private func integerBounds(of end: Operand, in range: SourceRange) -> ValueType.IntegerBounds? {
    if case .integer(let value)? = end.finiteValues?.first, end.finiteValues?.count == 1 {
      return .init(minimum: value, maximum: value)
    }
    switch end.type {
    case .integer(let bounds): return bounds
    case .unknown, .any: return .init()
    case .number: return .init()
    case .enumeration(let members) where members.allSatisfy({ $0.number != nil }): return .init()
    case .string where end.finiteValues?.allSatisfy(\.isNumeric) ?? false: return .init()
    case let type where type.admitsNil:
      report(.optionalRangeEnd(end, cause: end.nilCause))
    default: report(.rangeEnd(end, type: end.type.noun(in: types)))
    }
    return nil
  }

  // MARK: Paths

  private func resolve(_ path: Path) -> Operand {
    guard case .name(let name) = path.root else {
      guard case .computed(let expression) = path.root else { return unknown(at: path.range) }
      return resolveComputed(expression, path)
    }
    switch resolveRoot(name) {
    case nil: return unknown(at: path.range)
    case .loopObject(let loop)?: return resolveLoop(path, from: loop)
    case .operand(let root)?: return resolve(path.segments[...], of: path, from: root)
    case .personas(let root)?: return resolvePersona(path, from: root)
    }
  }

  private func resolve(
    _ segments: ArraySlice<Path.Segment>,
    of path: Path,
    from root: consuming Operand
  ) -> Operand {
    var operand = root
    for segment in segments {
      switch segment {
      case .name(let name):
        operand = member(name, of: operand)
        operand.source = source(path, to: name.range)
      case .index(let index, let range):
        operand = element(index, at: range, of: operand, in: path)
        operand.source = source(path, to: range)
      }
      if operand.type.isUnknown { return unknown(at: path.range) }
    }
    if operand.range != path.range {
      operand.expression = operand.expression.with(range: path.range)
    }
    return operand
  }

  /// `personas.ada.orders[0]`: that persona has it, whatever the schema leaves open.
  private func resolvePersona(_ path: Path, from root: Operand) -> Operand {
    guard case .name(let persona)? = path.segments.first else {
      report(.personaNameMissing(at: path.range))
      return unknown(at: path.range)
    }
    guard input.personas.contains(persona.name) else {
      report(.unknownPersona(persona, known: input.personas))
      return unknown(at: path.range)
    }
    if let other = examplePersona, other != persona.name {
      report(.mixedPersonas(persona, other: other))
    } else {
      examplePersona = persona.name
    }
    var root = root
    root.source = source(path, to: persona.range)
    var value = resolve(path.segments.dropFirst(), of: path, from: root)
    if value.type.admitsNil { value.type = value.type.unwrapped }
    return value
  }

  /// `[name]`: a variable whose name is computed; only a literal name can be checked.
  private func resolveComputed(_ expression: Expression, _ path: Path) -> Operand {
    let name = operand(expression)
    guard case .string(let text)? = name.finiteValues?.first, name.finiteValues?.count == 1 else {
      if name.type != .unknown { report(.computedName(at: expression.sourceRange)) }
      return unknown(at: path.range)
    }
    var plain = path
    plain.root = .name(Identifier(text, expression.sourceRange))
    return resolve(plain)
  }

  // MARK: Members

  /// `.name`.
  func member(_ name: Identifier, of base: Operand) -> Operand {
    if case .object(let pairs) = base.expression.kind {
      return constantMember(name, among: pairs, of: base)
    }
    let present = base.type.unwrapped
    if case .object(let id) = present, let place = types.place(ofField: name.name, in: id) {
      return field(place, of: id, in: base, at: name)
    }
    let range = name.range
    switch types.member(name.name, of: present) {
    case .field(let field):
      return self.field(field, in: base, at: name)
    case .entry(let type):
      return derived(
        base,
        .key(base.expression, name.name),
        type,
        at: range,
        subject: subject(.name(name.name), of: base),
        nilCause: .key(base.written + "." + name.name)
      )
    case .opaque(let type):
      let subject = subject(.name(name.name), of: base)
      return derived(base, .key(base.expression, name.name), type, at: range, subject: subject)
    case .size(let type):
      return derived(
        base,
        .size(base.expression),
        type,
        at: range,
        subject: base.place.map { .size($0) },
        personalSources: []
      )
    case .first(let type):
      return derived(
        base,
        .first(base.expression),
        type,
        at: range,
        subject: subject(.index(0), of: base),
        nilCause: .element(base.written)
      )
    case .last(let type):
      return derived(
        base,
        .last(base.expression),
        type,
        at: range,
        subject: subject(.index(-1), of: base),
        nilCause: .element(base.written)
      )
    case .inVariants(let holders, let tag):
      report(
        .variantField(
          name,
          of: base.written,
          tag: tag,
          values: holders.flatMap { tagValues($0, tag) }
        )
      )
      return unknown(at: range)
    case .missing:
      report(.unknownField(name, of: base, in: types))
      markPossibleReads(near: name.name)
      return unknown(at: range)
    }
  }

  /// What a test of a part of a value is about.
  private func subject(_ step: Place.Step, of base: Operand) -> Subject? {
    base.place.map { .value(places.appending(step, to: $0)) }
  }

  /// A name in an object of the manifest.
  private func constantMember(
    _ name: Identifier,
    among pairs: [(String, TypedExpression)],
    of base: Operand
  ) -> Operand {
    guard let pair = pairs.first(where: { $0.0 == name.name }) else {
      report(.unknownConstant(name, of: base.written, known: pairs.map(\.0)))
      return unknown(at: name.range)
    }
    let expression = pair.1.with(range: base.range.to(name.range))
    return Operand(expression: expression, source: base.source)
  }

  private func tagValues(_ variant: ObjectType.ID, _ tag: String) -> [ValueType.Constant] {
    guard case .enumeration(let values)? = types[variant].field(tag)?.type else { return [] }
    return values
  }

  /// A declared field of an object, by its place among them.
  func field(
    _ place: Int,
    of id: ObjectType.ID,
    in base: Operand,
    at name: Identifier
  ) -> Operand {
    field(input.types.objects[id.index].fields[place], in: base, at: name)
  }

  private func field(
    _ field: ObjectType.Field,
    in base: Operand,
    at name: Identifier
  ) -> Operand {
    if field.isDeprecated { report(.deprecatedField(name, field)) }
    var personalSources = base.expression.personalSources
    if field.isPersonal {
      let holder = base.schemaPath ?? ""
      personalSources = personalSources.union([(holder.isEmpty ? "" : holder + ".") + field.name])
    }
    return derived(
      base,
      .field(base.expression, slot: field.slot, name: field.name),
      field.type,
      at: name.range,
      subject: subject(.name(name.name), of: base),
      personalSources: personalSources,
      nilCause: field.type.admitsNil
        ? .field(base.written + "." + name.name, field.declaration) : nil
    )
  }

  /// `[index]`.
  private func element(
    _ index: Expression,
    at range: SourceRange,
    of base: Operand,
    in path: Path
  ) -> Operand {
    let key = operand(index)
    if key.type.isUnknown { return unknown(at: path.range) }
    let single = key.finiteValues.flatMap { $0.count == 1 ? $0.first : nil }
    if case .string(let name)? = single {
      let result = member(Identifier(name, index.sourceRange), of: base)
      // A variable of that value may have another one elsewhere.
      guard case .path = index, result.type != .unknown,
        case .variable(let variable)? = rootPlace(of: key)
      else { return result }
      var dependent = result
      dependent.subject = subject(.variable(variable), of: base)
      if let known = dependent.subject.flatMap({ fact(about: $0) }) {
        dependent.expression = result.expression.with(
          type: known.type,
          finiteValues: result.finiteValues ?? known.type.finiteValues
        )
        dependent.excluded = known.excluded
        if !known.type.admitsNil { dependent.nilCause = nil }
      }
      return dependent
    }
    if key.type.admitsNil {
      report(.optionalIndex(key, cause: key.nilCause))
      return unknown(at: path.range)
    }
    var type: ValueType
    var step: Place.Step?
    switch base.type.unwrapped {
    case .array(let array):
      guard key.isOpaque || key.type.kinds == [.number] else {
        report(.unfitIndex(key, of: base, in: types))
        return unknown(at: path.range)
      }
      if case .integer(let number)? = single {
        type = array.elementType(at: number)
        step = .index(number)
      } else {
        type = array.element.withNil
      }
    case .map(let element): type = element.withNil
    case .object(let id): type = types[id].typeOfAnyField.withNil
    case .any, .unknown: type = base.type.unwrapped
    default:
      report(.unfitIndex(key, of: base, in: types))
      return unknown(at: path.range)
    }
    if step == nil, case .variable(let variable)? = rootPlace(of: key) {
      step = .variable(variable)
    }
    return derived(
      base,
      .index(base.expression, key.expression),
      type,
      at: range,
      subject: step.flatMap { subject($0, of: base) },
      nilCause: .element(base.written)
    )
  }

  /// A value read out of another: it takes over what the base is made of, with nil where the base may be nil,
  /// and with what tests have told of its place.
  private func derived(
    _ base: Operand,
    _ kind: TypedExpression.Kind,
    _ declared: ValueType,
    at range: SourceRange,
    subject: Subject?,
    personalSources: [String]? = nil,
    nilCause: @autoclosure () -> NilCause? = nil
  ) -> Operand {
    let known = subject.flatMap { fact(about: $0) }
    let type = known?.type ?? (base.type.admitsNil ? declared.withNil : declared)
    let ownCause = base.type.admitsNil ? base.nilCause : nil
    return Operand(
      expression: TypedExpression(
        kind,
        type: type,
        range: base.range.to(range),
        personalSources: personalSources ?? base.expression.personalSources,
        finiteValues: type.finiteValues
      ),
      subject: subject,
      excluded: known?.excluded ?? [],
      schemaRoot: base.schemaRoot,
      nilCause: type.admitsNil ? ownCause ?? nilCause() : nil,
      source: base.source
    )
  }

  /// What tests have told of a value itself; nil where none was about it.
  private func fact(about subject: Subject) -> Knowledge? {
    guard !state.facts.isEmpty, case .value(let place) = subject, state.facts[place] != nil else {
      return nil
    }
    return knowledge(of: place, in: state)
  }

  private func source(_ path: Path, to end: SourceRange) -> WrittenText {
    source(SourceRange(file: path.range.file, start: path.range.start, end: end.end))
  }

  /// The variable, where the expression is nothing but one.
  private func rootPlace(of operand: Operand) -> Place.Root? {
    guard let place = operand.place else { return nil }
    let entry = places[place]
    return entry.parent == nil ? entry.root : nil
  }
}

extension Operand {
  /// The place that its value is read from.
  fileprivate var place: Place? {
    guard case .value(let place)? = subject else { return nil }
    return place
  }
}

extension ObjectType {
  /// What a look-up by a computed name can give.
  fileprivate var typeOfAnyField: ValueType {
    let all = fields.map(\.type) + (additional.map { [$0] } ?? [])
    return all.dropFirst().reduce(all.first ?? .null) { $0.joined(with: $1) }
  }
}

extension Literal {
  /// Whether math takes it: a number, or a string that is written like one.
  var isNumeric: Bool {
    switch self {
    case .integer, .number: true
    case .string(let text): Double(text.trimmed) != nil
    default: false
    }
  }
}

extension String {
  /// Without white space at its ends.
  var trimmed: String {
    var bytes = utf8[...]
    while let first = bytes.first, first == 0x20 || (0x09...0x0D).contains(first) {
      bytes = bytes.dropFirst()
    }
    while let last = bytes.last, last == 0x20 || (0x09...0x0D).contains(last) {
      bytes = bytes.dropLast()
    }
    return String(bytes) ?? self
  }
}
