import LetterpressDiagnostics
import LetterpressLiquid
import LetterpressSchema

/// The names at the start of a path.
extension Checker {
  enum Root {
    case operand(Operand)
    /// `forloop`: its properties are read by name.
    case loopObject(Scope.RunningLoop)
    /// `personas` in an example: the next name is a persona's, what follows is read from its profile.
    case personas(Operand)
  }

  /// What a name stands for; nil after a finding.
  func resolveRoot(_ name: Identifier) -> Root? {
    if !scope.readNames.contains(name.name) { scope.readNames.insert(name.name) }
    if let loop = scope.loopVariables.last(where: { $0.name == name.name }) {
      return .operand(value(of: loop.variable, name))
    }
    if let variable = scope.variables[name.name], state.variables[variable] != nil {
      if !isMuted, let loop = scope.hiddenNames.removeValue(forKey: name.name) {
        report(.hiddenVariable(name, by: loop))
      }
      return .operand(value(of: variable, name))
    }
    switch name.name {
    case "forloop":
      if let loop = scope.loops.last(where: { !$0.isTableRow }) { return .loopObject(loop) }
      report(.loopObjectOutside(name, tag: "for"))
      return nil
    case "tablerowloop":
      if let loop = scope.loops.last(where: \.isTableRow) { return .loopObject(loop) }
      report(.loopObjectOutside(name, tag: "tablerow"))
      return nil
    case "now":
      let type = ValueType.string(.init(format: .dateTime, minLength: 1))
      return .operand(root(.now, type, places.root(.now), path: nil, name))
    default: break
    }
    return resolveGlobal(name) ?? reportUnknown(name)
  }

  /// What a layout (or an example) sees beside its own variables.
  private func resolveGlobal(_ name: Identifier) -> Root? {
    switch (scope.kind, name.name) {
    case (.layout, "profile") where input.roots == .profile: return .operand(profile(at: name))
    case (.example, "personas"): return .personas(profile(at: name))
    case (.layout, _):
      if let constant = input.constants[name.name] {
        return .operand(self.constant(constant, at: name))
      }
      guard input.roots == .properties else { return nil }
      var base = profile(at: name)
      base.schemaRoot = ""
      guard case .object(let id)? = input.profile,
        let place = types.place(ofField: name.name, in: id)
      else { return nil }
      return .operand(field(place, of: id, in: base, at: name))
    default: return nil
    }
  }

  private func profile(at name: Identifier) -> Operand {
    root(.profile, input.profile ?? .any, places.root(.profile), path: "profile", name)
  }

  private func root(
    _ kind: TypedExpression.Kind,
    _ type: ValueType,
    _ place: Place,
    path: String?,
    _ name: Identifier
  ) -> Operand {
    var operand = Operand(
      expression: TypedExpression(kind, type: type, range: name.range),
      subject: .value(place),
      schemaRoot: path,
      source: WrittenText(name.name)
    )
    if let fact = state.facts[place] { operand.type = fact.type }
    return operand
  }

  private func value(of variable: VariableID, _ name: Identifier) -> Operand {
    let place = places.root(.variable(variable))
    guard let known = state.variables[variable] else { return unknown(at: name.range) }
    let knowledge = state.facts[place] ?? known.knowledge
    var finite = known.finiteValues
    if knowledge.type != known.knowledge.type {
      finite = knowledge.type.finiteValues ?? finite?.filter { $0 != .nil }
    }
    var operand = Operand(
      expression: TypedExpression(
        .variable(variable),
        type: knowledge.type,
        range: name.range,
        personalSources: known.personalSources,
        finiteValues: finite ?? knowledge.type.finiteValues
      ),
      subject: .value(place),
      excluded: knowledge.excluded,
      schemaRoot: known.schemaPath,
      source: WrittenText(name.name),
      isNumericText: known.isNumericText
    )
    if knowledge.type.admitsNil {
      operand.nilCause =
        known.isParameter
        ? .parameter(name.name)
        : known.isMaybeUnassigned
          ? .unassigned(name.name, known.assignments) : .variable(name.name, known.assignments)
    }
    return operand
  }

  /// A value of the manifest.
  func constant(_ value: ConstantValue, at name: Identifier) -> Operand {
    let expression = constantExpression(value, at: name.range)
    return Operand(expression: expression, source: WrittenText(name.name))
  }

  func constantExpression(_ value: ConstantValue, at range: SourceRange) -> TypedExpression {
    switch value {
    case .scalar(let literal):
      return TypedExpression(
        .literal(literal),
        type: literal.type.generalised,
        range: range,
        finiteValues: [literal]
      )
    case .list(let values):
      let elements = values.map { constantExpression($0, at: range) }
      let type = elements.dropFirst().reduce(elements.first?.type ?? .any) {
        $0.joined(with: $1.type)
      }
      return TypedExpression(
        .array(elements),
        type: .array(.init(element: type, minItems: elements.count, maxItems: elements.count)),
        range: range
      )
    case .object(let pairs):
      let values = pairs.map { ($0.0, constantExpression($0.1, at: range)) }
      let type = values.dropFirst().reduce(values.first?.1.type ?? .any) {
        $0.joined(with: $1.1.type)
      }
      return TypedExpression(.object(values), type: .map(type), range: range)
    }
  }

  // MARK: Loop objects

  /// `forloop.index`, `forloop.parentloop.last`.
  func resolveLoop(_ path: Path, from loop: Scope.RunningLoop) -> Operand {
    var loop = loop
    for (number, segment) in path.segments.enumerated() {
      guard case .name(let name) = segment else { break }
      if name.name == "parentloop", !loop.isTableRow {
        guard let index = scope.loops.firstIndex(where: { $0.id == loop.id }),
          let parent = scope.loops[..<index].last(where: { !$0.isTableRow })
        else {
          report(.loopObjectOutside(name, tag: "for"))
          return unknown(at: path.range)
        }
        loop = parent
        continue
      }
      guard let property = LoopProperty(rawValue: name.name),
        property.belongs(toTableRow: loop.isTableRow), number == path.segments.count - 1
      else {
        report(.unknownLoopProperty(name, isTableRow: loop.isTableRow))
        return unknown(at: path.range)
      }
      let place = places.root(.loop(loop.id, property))
      let type = state.facts[place]?.type ?? property.type(in: loop)
      return Operand(
        expression: TypedExpression(
          .forloop(loop.id, property),
          type: type,
          range: path.range,
          finiteValues: type.finiteValues
        ),
        subject: .value(place),
        source: source(path.range)
      )
    }
    report(.bareLoopObject(path.range, written: text(path.range)))
    return unknown(at: path.range)
  }

  // MARK: Findings

  private func reportUnknown(_ name: Identifier) -> Root? {
    if structure.suspectNames.contains(name.name) || isMuted { return nil }
    let visible = visibleNames
    let near = suggestion(for: name.name, among: visible)
    if let near { scope.readNames.insert(near) }
    var isField = false
    if case .layout = scope.kind, input.roots == .profile, case .object(let id)? = input.profile {
      isField = types[id].field(name.name) != nil
    }
    let later = scope.variables[name.name] != nil ? scope.assignments[name.name] : nil
    report(
      .unknownVariable(
        name,
        suggestion: near,
        isField: isField,
        later: later,
        visible: visible,
        scope: scope.kind
      )
    )
    return nil
  }

  private var visibleNames: [String] {
    var names = scope.loopVariables.map(\.name)
    names += scope.variables.filter { state.variables[$0.value] != nil }.map(\.key).sorted()
    switch scope.kind {
    case .layout:
      if input.roots == .profile {
        names.append("profile")
      } else if let profile = input.profile {
        names += types.memberNames(of: profile)
      }
      names += input.constants.keys.sorted()
    case .example: names.append("personas")
    case .block, .partial: break
    }
    return names + ["now"]
  }

  /// Names that a misspelt one may have meant count as read: one mistake, one finding.
  func markPossibleReads(near name: String) {
    if !isMuted, let near = suggestion(for: name, among: scope.variables.keys) {
      scope.readNames.insert(near)
    }
  }
}

extension LoopProperty {
  fileprivate func belongs(toTableRow isTableRow: Bool) -> Bool {
    switch self {
    case .index, .index0, .rindex, .rindex0, .first, .last, .length: true
    case .name: !isTableRow
    case .col, .col0, .row, .colFirst, .colLast: isTableRow
    }
  }
}
