/// The variables of a template, or of a partial that sees none of its caller's.
struct Scope {
  /// What a name stands for.
  enum Binding {
    case value(Value)
    /// `forloop`.
    case loop(LoopState)
    /// `tablerowloop`.
    case tableRow(TableRowState)
  }

  /// Whose names stand behind the variables; nil in a partial of `render`.
  let data: Object?
  /// The template's own variables, then those of each loop and `include`, the innermost last.
  private var layers: [[ByteString: Binding]] = [[:]]
  /// What `increment` and `decrement` count.
  private var counters: [ByteString: Int] = [:]
  /// Where each loop ended, for `offset: continue`.
  var offsets: [String: Int] = [:]
  /// The turn of each `cycle`.
  var cycles: [CycleKey: Int] = [:]
  /// What `ifchanged` printed last.
  var lastChange: [UInt8]?
  /// The loops that are running, the innermost last.
  var loops: [LoopState] = []

  init(data: Object?) { self.data = data }

  /// What a `render` in this scope starts with: nothing of it but where its cycles are.
  var isolated: Scope {
    var scope = Scope(data: nil)
    scope.offsets = offsets
    scope.cycles = cycles
    scope.lastChange = lastChange
    return scope
  }

  /// What a name stands for: variables first, then counters, then the data.
  subscript(name: String) -> Binding? {
    let key = ByteString(name)
    for layer in layers.reversed() {
      if let binding = layer[key] { return binding }
    }
    if let count = counters[key] { return .value(.integer(count)) }
    return data?[name].map { .value($0) }
  }

  mutating func pushLayer() { layers.append([:]) }

  mutating func popLayer() { layers.removeLast() }

  /// Sets a name of the innermost layer.
  mutating func bind(_ name: String, to binding: Binding) {
    layers[layers.count - 1][ByteString(name)] = binding
  }

  /// Sets a variable of the template: one of a loop with that name goes on hiding it.
  mutating func assign(_ name: String, _ value: Value) -> Value? {
    let old = layers[0].updateValue(.value(value), forKey: ByteString(name))
    if case .value(let value)? = old { return value }
    return nil
  }

  /// Counts on and gives the count before; a number in the data is where it starts.
  mutating func count(_ name: String, by step: Int) -> Int {
    let key = ByteString(name)
    var count = counters[key] ?? 0
    if counters[key] == nil, case .integer(let start)? = data?[name] { count = start }
    counters[key] = count.addingReportingOverflow(step).partialValue
    return count
  }
}

/// What tells one `cycle` from another.
enum CycleKey: Hashable {
  /// The value of its group.
  case group(Value)
  /// Its values, where all are literals.
  case literals([Literal])
  /// Its place, where they are not.
  case place(start: Int, file: UInt32)
}

/// A running `for`.
struct LoopState: Sendable {
  var name: String
  var length: Int
  var index = 0
  /// The loops around it, the innermost last.
  var parents: [LoopState]

  func member(_ member: String) -> Scope.Binding {
    switch member {
    case "parentloop":
      guard let parent = parents.last else { return .value(.nil) }
      return .loop(parent)
    default: return .value(field(member) ?? .nil)
    }
  }

  private func field(_ name: String) -> Value? {
    switch name {
    case "name": .string(self.name)
    case "length": .integer(length)
    case "index": .integer(index + 1)
    case "index0": .integer(index)
    case "rindex": .integer(length - index)
    case "rindex0": .integer(length - index - 1)
    case "first": .boolean(index == 0)
    case "last": .boolean(index == length - 1)
    default: nil
    }
  }

  /// The loop as it stands, for `assign x = forloop`.
  var value: Value {
    let names = ["name", "length", "index", "index0", "rindex", "rindex0", "first", "last"]
    return .object(Object(names.map { (key: $0, value: field($0) ?? .nil) }))
  }
}

/// A running `tablerow`.
struct TableRowState: Sendable {
  var length: Int
  var columns: Int
  var index = 0
  var row = 1
  var column = 1

  var isLastColumn: Bool { column == columns }
  var isLast: Bool { index == length - 1 }

  mutating func advance() {
    index += 1
    if isLastColumn {
      column = 1
      row += 1
    } else {
      column += 1
    }
  }

  func field(_ name: String) -> Value? {
    switch name {
    case "length": .integer(length)
    case "index": .integer(index + 1)
    case "index0": .integer(index)
    case "rindex": .integer(length - index)
    case "rindex0": .integer(length - index - 1)
    case "first": .boolean(index == 0)
    case "last": .boolean(isLast)
    case "col": .integer(column)
    case "col0": .integer(column - 1)
    case "col_first": .boolean(column == 1)
    case "col_last": .boolean(isLastColumn)
    case "row": .integer(row)
    default: nil
    }
  }

  var value: Value {
    let names = [
      "length", "index", "index0", "rindex", "rindex0", "first", "last", "col", "col0", "col_first",
      "col_last", "row",
    ]
    return .object(Object(names.map { (key: $0, value: field($0) ?? .nil) }))
  }
}
