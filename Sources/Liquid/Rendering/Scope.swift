/// The variables of a template, or of a partial that sees none of its caller's.
struct Scope {
  /// What a name stands for.
  enum Binding {
    case value(Value)
    /// `forloop`: the place of the loop in `loops`.
    case loop(Int)
    /// `tablerowloop`.
    case tableRow(TableRowState)
  }

  /// Whose names stand behind the variables; nil in a partial of `render`.
  let data: Object?
  /// What `assign` and `capture` set, and what a partial of `render` starts with.
  private var variables: [ByteString: Binding] = [:]
  /// The names of each running loop and `include`, the innermost last.
  ///
  /// They are so few that looking through them is faster than a dictionary.
  private var layers: [[(name: String, binding: Binding)]] = []
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

  /// What a name stands for: the innermost loop first, then variables, counters, and the data.
  subscript(name: String) -> Binding? {
    for layer in layers.reversed() {
      for entry in layer where sameBytes(entry.name, name) { return entry.binding }
    }
    let key = ByteString(name)
    if let binding = variables[key] { return binding }
    if !counters.isEmpty, let count = counters[key] { return .value(.integer(count)) }
    return data?[name].map { .value($0) }
  }

  mutating func pushLayer() { layers.append([]) }

  mutating func popLayer() { layers.removeLast() }

  /// Sets a name of the innermost layer, or a variable where there is none.
  mutating func bind(_ name: String, to binding: Binding) {
    guard let layer = layers.indices.last else {
      variables[ByteString(name)] = binding
      return
    }
    if let place = layers[layer].firstIndex(where: { sameBytes($0.name, name) }) {
      layers[layer][place].binding = binding
    } else {
      layers[layer].append((name, binding))
    }
  }

  /// Sets a variable and gives its old value: one of a loop with that name goes on hiding it.
  mutating func assign(_ name: String, _ value: Value) -> Value? {
    let old = variables.updateValue(.value(value), forKey: ByteString(name))
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

  // MARK: Members

  /// `binding.name`.
  func member(_ name: String, of binding: Binding) -> Binding {
    switch binding {
    case .value(let value): return .value(value.member(name))
    case .tableRow(let row): return .value(row.field(name) ?? .nil)
    case .loop(let place):
      guard name != "parentloop" else {
        let hasParent = place > 0 && !loops[place - 1].isOfPartial
        return hasParent ? .loop(place - 1) : .value(.nil)
      }
      // A loop that has ended is gone.
      guard loops.indices.contains(place) else { return .value(.nil) }
      return .value(loops[place].field(name) ?? .nil)
    }
  }

  /// `binding[index]`.
  func element(at index: Value, of binding: Binding) -> Binding {
    if case .value(let value) = binding { return .value(value.element(at: index)) }
    guard case .string(let name) = index else { return .value(.nil) }
    return member(name, of: binding)
  }

  /// What a binding is where a value is wanted: of a loop, how it stands.
  func value(of binding: Binding) -> Value {
    switch binding {
    case .value(let value): value
    case .loop(let place): loops.indices.contains(place) ? loops[place].value : .nil
    case .tableRow(let row): row.value
    }
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

/// A running `for`, or the turns of `render … for`.
struct LoopState {
  var name: String
  var length: Int
  var index = 0
  /// Whether it is a `render … for`, which is no parent to the loops of the partial.
  var isOfPartial = false

  func field(_ name: String) -> Value? {
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
struct TableRowState {
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
