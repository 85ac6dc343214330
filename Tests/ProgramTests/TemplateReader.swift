import LetterpressDiagnostics
import LetterpressLiquid
import LetterpressProgram
import LetterpressSchema
import LetterpressTyping

/// A small checker for tests: a template over the schema's properties → HTML with holes.
///
/// The names of a template are the properties of the profile and what it assigns; all it knows of types
/// is what a path, a loop and a few filters give. It takes for granted that the template is right.
struct TemplateReader {
  private let sources: SourceSet
  private let types: TypeTable
  private let profile: ValueType
  private(set) var frame = FrameSize()

  private var variables: [String: (id: VariableID, type: ValueType)] = [:]
  private var counters: [String: CounterID] = [:]
  private var cycles: [String: CycleID] = [:]
  private var resumes: [String: Int] = [:]
  private var loops: [LoopID] = []

  init(sources: SourceSet, schema: ProfileSchema) {
    self.sources = sources
    types = schema.types
    profile = schema.root
  }

  mutating func read(_ template: Template) -> [TypedNode] { template.nodes.flatMap { read($0) } }

  private mutating func read(_ nodes: [Node]) -> [TypedNode] { nodes.flatMap { read($0) } }

  private mutating func read(_ node: Node) -> [TypedNode] {
    switch node {
    case .text(let range): return [.text(range)]
    case .output(let output): return [.output(read(output.expression))]
    case .assign(let assign):
      let value = read(assign.value)
      return [.statement(.assign(variable(assign.target.name, value.type), value))]
    case .capture(let capture):
      let body = read(capture.body.nodes)
      let isMarkup = body.contains {
        guard case .text(let range) = $0 else { return false }
        return sources.text(range).contains("<")
      }
      let type: ValueType = isMarkup ? .html(isClean: true) : .string(.init())
      return [
        .statement(.capture(variable(capture.target.name, type), body, isMarkup: isMarkup))
      ]
    case .conditional(let conditional):
      let alternatives = conditional.branches.map { branch in
        let condition = read(branch.condition)
        return TypedBranch.Alternative(
          condition: branch.isNegated ? .not(condition) : condition,
          body: read(branch.body.nodes)
        )
      }
      return [
        .branch(
          TypedBranch(
            alternatives: alternatives,
            otherwise: read(conditional.otherwise?.nodes ?? []),
            range: conditional.range
          )
        )
      ]
    case .caseSwitch(let node):
      let subject = read(node.subject)
      let alternatives = node.whens.map { when in
        let tests = when.values.map {
          TypedCondition.comparison(subject, .equal, read($0))
        }
        let condition = tests.dropFirst().reduce(tests[0]) { .or($0, $1) }
        return TypedBranch.Alternative(condition: condition, body: read(when.body.nodes))
      }
      return [
        .branch(
          TypedBranch(
            alternatives: alternatives,
            otherwise: read(node.otherwise?.nodes ?? []),
            range: node.range
          )
        )
      ]
    case .loop(let loop): return [.loop(read(loop))]
    case .cycle(let cycle):
      let values = cycle.values.map { read($0) }
      let key = sources.text(cycle.group?.sourceRange ?? cycle.range)
      let id = cycles[key] ?? CycleID(index: cycles.count)
      cycles[key] = id
      frame.cycles = cycles.count
      return [.statement(.cycle(id, values))]
    case .counter(let counter):
      let id = counters[counter.target.name] ?? CounterID(index: counters.count)
      counters[counter.target.name] = id
      frame.counters = counters.count
      return [.statement(.counter(id, step: counter.step))]
    case .interrupt(let node): return [.statement(.interrupt(leaves: node.kind == .leave))]
    case .ifChanged(let block):
      frame.changes = 1
      return [.statement(.ifChanged(0, read(block.nodes)))]
    case .abort(let abort): return [.statement(.abort(abort.reason.map { read($0) }, abort.range))]
    case .group(let nodes, _): return read(nodes)
    case .comment, .opaque, .tableRow, .partial: return []
    }
  }

  private mutating func read(_ loop: Loop) -> TypedLoop {
    let collection = read(loop.collection)
    let key = loop.variable.name + "-" + sources.text(loop.collection.sourceRange)
    let group = resumes[key] ?? resumes.count
    resumes[key] = group
    frame.resumeGroups = resumes.count
    let id = LoopID(index: frame.loops)
    frame.loops += 1
    let outer = variables[loop.variable.name]
    let element: ValueType =
      switch collection.type.present {
      case .array(let array): array.element
      case .map(let value): .array(.init(element: value))
      default: .integer(.init())
      }
    let variable = VariableID(index: frame.variables)
    frame.variables += 1
    variables[loop.variable.name] = (variable, element)
    var offset: TypedExpression?
    var isResuming = false
    switch loop.offset {
    case .value(let expression)?: offset = read(expression)
    case .resume?: isResuming = true
    case nil: break
    }
    let limit = loop.limit.map { read($0) }
    loops.append(id)
    let body = read(loop.body.nodes)
    loops.removeLast()
    variables[loop.variable.name] = outer
    return TypedLoop(
      id: id,
      variable: variable,
      collection: collection,
      limit: limit,
      offset: offset,
      resumes: isResuming,
      resumeGroup: group,
      isReversed: loop.isReversed,
      bound: nil,
      body: body,
      otherwise: read(loop.otherwise?.nodes ?? []),
      range: loop.range
    )
  }

  private mutating func variable(_ name: String, _ type: ValueType) -> VariableID {
    let id = variables[name]?.id ?? VariableID(index: frame.variables)
    if variables[name] == nil { frame.variables += 1 }
    variables[name] = (id, type)
    return id
  }

  // MARK: - Expressions

  private mutating func read(_ expression: FilteredExpression) -> TypedExpression {
    var result = read(expression.base)
    for filter in expression.filters {
      let use = FilterUse(
        name: filter.name.name,
        input: result,
        arguments: filter.arguments.map { read($0) },
        namedArguments: filter.namedArguments.map { ($0.name.name, read($0.value)) }
      )
      let type: ValueType =
        switch filter.name.name {
        case "escape", "newline_to_br", "escape_once": .html(isClean: true)
        case "default": result.type.present
        case "append" where result.type.present == .string(.init(format: .uri)): result.type
        case "where", "sort", "reverse", "uniq", "compact", "concat": result.type
        case "split", "map": .array(.init(element: .string(.init())))
        case "size", "plus", "minus", "times": .integer(.init())
        default: .string(.init())
        }
      result = TypedExpression(
        .filter(use),
        type: type,
        range: expression.range,
        personalSources: result.personalSources
      )
    }
    return result
  }

  private mutating func read(_ expression: Expression) -> TypedExpression {
    switch expression {
    case .literal(let literal, let range):
      let type: ValueType =
        switch literal {
        case .integer: .integer(.init())
        case .number: .number(.init())
        case .boolean: .boolean
        default: .string(.init())
        }
      return TypedExpression(.literal(literal), type: type, range: range, finiteValues: [literal])
    case .range(let lower, let upper, let range):
      return TypedExpression(
        .range(read(lower), read(upper)),
        type: .array(.init(element: .integer(.init()))),
        range: range
      )
    case .path(let path): return read(path)
    }
  }

  private mutating func read(_ path: Path) -> TypedExpression {
    guard case .name(let root) = path.root else {
      return TypedExpression(.literal(.nil), type: .unknown, range: path.range)
    }
    if root.name == "forloop" { return forloop(path) }
    var result: TypedExpression
    if let variable = variables[root.name] {
      result = TypedExpression(.variable(variable.id), type: variable.type, range: path.range)
    } else if root.name == "now" {
      result = TypedExpression(.now, type: .string(.init(format: .dateTime)), range: path.range)
    } else {
      let whole = TypedExpression(.profile, type: profile, range: path.range)
      result = member(root.name, of: whole, path.range)
    }
    for segment in path.segments {
      switch segment {
      case .name(let name): result = member(name.name, of: result, path.range)
      case .index(let index, _):
        let index = read(index)
        let type: ValueType =
          switch result.type.present {
          case .array(let array): array.element
          case .map(let value): value
          default: .any
          }
        result = TypedExpression(.index(result, index), type: type, range: path.range)
      }
    }
    return result
  }

  private func member(
    _ name: String,
    of object: TypedExpression,
    _ range: SourceRange
  ) -> TypedExpression {
    if case .object(let id) = object.type.present, let field = types[id].field(name) {
      return TypedExpression(
        .field(object, slot: field.slot, name: name),
        type: field.type,
        range: range,
        personalSources: field.isPersonal ? [name] : []
      )
    }
    switch (name, object.type.present) {
    case ("size", .array), ("size", .string), ("size", .map):
      return TypedExpression(.size(object), type: .integer(.init()), range: range)
    case ("first", .array(let array)):
      return TypedExpression(.first(object), type: array.element, range: range)
    case ("last", .array(let array)):
      return TypedExpression(.last(object), type: array.element, range: range)
    case (_, .map(let value)):
      return TypedExpression(.key(object, name), type: value, range: range)
    default:
      return TypedExpression(.key(object, name), type: .any, range: range)
    }
  }

  private func forloop(_ path: Path) -> TypedExpression {
    var depth = loops.count - 1
    var property = LoopProperty.index
    for case .name(let name) in path.segments {
      if name.name == "parentloop" { depth -= 1 }
      if let known = LoopProperty(rawValue: name.name) { property = known }
    }
    guard loops.indices.contains(depth) else {
      return TypedExpression(.literal(.nil), type: .unknown, range: path.range)
    }
    let type: ValueType =
      switch property {
      case .first, .last, .colFirst, .colLast: .boolean
      case .name: .string(.init())
      default: .integer(.init())
      }
    return TypedExpression(.forloop(loops[depth], property), type: type, range: path.range)
  }

  private mutating func read(_ condition: Condition) -> TypedCondition {
    switch condition {
    case .truth(let expression): .truth(read(expression))
    case .comparison(let left, let comparison, _, let right):
      .comparison(read(left), comparison, read(right))
    case .and(let left, let right): .and(read(left), read(right))
    case .or(let left, let right): .or(read(left), read(right))
    }
  }
}

extension ValueType {
  /// The type without nil.
  var present: ValueType {
    if case .optional(let type) = self { return type }
    return self
  }
}
