import LetterpressLiquid
import LetterpressSchema
import LetterpressTyping

// Types, literals and the numbers of things. A case has its number in the format for good: a new one gets
// the next, and a change of what one holds makes a new version of the format (`ProgramBlueprint.version`).

extension ArtefactWriter {
  func encode(_ type: ValueType) {
    switch type {
    case .unknown: write(byte: 0)
    case .any: write(byte: 1)
    case .null: write(byte: 2)
    case .boolean: write(byte: 3)
    case .integer(let bounds):
      write(byte: 4)
      write(optional: bounds.minimum) { write(signed: $0) }
      write(optional: bounds.maximum) { write(signed: $0) }
    case .number(let bounds):
      write(byte: 5)
      write(optional: bounds.minimum) { write($0) }
      write(optional: bounds.maximum) { write($0) }
      write(bounds.isMinimumExclusive)
      write(bounds.isMaximumExclusive)
    case .string(let facts):
      write(byte: 6)
      write(optional: facts.format) { write($0.rawValue) }
      write(facts.minLength)
      write(optional: facts.maxLength) { write($0) }
    case .enumeration(let constants):
      write(byte: 7)
      write(list: constants) { encode($0) }
    case .html(let isClean):
      write(byte: 8)
      write(isClean)
    case .object(let id):
      write(byte: 9)
      write(id.index)
    case .map(let value):
      write(byte: 10)
      write(value)
    case .array(let array):
      write(byte: 11)
      write(array.element)
      write(array.minItems)
      write(optional: array.maxItems) { write($0) }
    case .optional(let wrapped):
      write(byte: 12)
      write(wrapped)
    case .union(let tag, let ids):
      write(byte: 13)
      write(tag)
      write(list: ids) { write($0.index) }
    }
  }

  private func encode(_ constant: ValueType.Constant) {
    switch constant {
    case .boolean(let value):
      write(byte: 0)
      write(value)
    case .integer(let value):
      write(byte: 1)
      write(signed: value)
    case .number(let value):
      write(byte: 2)
      write(value)
    case .string(let value):
      write(byte: 3)
      write(value)
    }
  }

  func write(_ literal: Literal) {
    switch literal {
    case .nil: write(byte: 0)
    case .boolean(let value):
      write(byte: 1)
      write(value)
    case .integer(let value):
      write(byte: 2)
      write(signed: value)
    case .number(let value):
      write(byte: 3)
      write(value)
    case .string(let value):
      write(byte: 4)
      write(value)
    case .blank: write(byte: 5)
    case .empty: write(byte: 6)
    }
  }
}

extension ArtefactReader {
  func decodeType() throws(ArtefactFault) -> ValueType {
    switch try byte() {
    case 0: return .unknown
    case 1: return .any
    case 2: return .null
    case 3: return .boolean
    case 4:
      return .integer(.init(minimum: try optional(signed), maximum: try optional(signed)))
    case 5:
      return .number(
        .init(
          minimum: try optional(double),
          maximum: try optional(double),
          isMinimumExclusive: try bool(),
          isMaximumExclusive: try bool()
        )
      )
    case 6:
      return .string(
        .init(
          format: try optional(format),
          minLength: try number(),
          maxLength: try optional(number)
        )
      )
    case 7: return .enumeration(try list(constant))
    case 8: return .html(isClean: try bool())
    case 9: return .object(try object())
    case 10: return .map(try type())
    case 11:
      return .array(
        .init(element: try type(), minItems: try number(), maxItems: try optional(number))
      )
    case 12: return .optional(try type())
    case 13: return .union(tag: try string(), try list(object))
    case let other: throw fault("a type of kind \(other)")
    }
  }

  private func object() throws(ArtefactFault) -> ObjectType.ID {
    ObjectType.ID(index: try place(among: objectCount, "object type"))
  }

  private func format() throws(ArtefactFault) -> ValueType.Format {
    let name = try string()
    guard let format = ValueType.Format(rawValue: name) else { throw fault("a format '\(name)'") }
    return format
  }

  private func constant() throws(ArtefactFault) -> ValueType.Constant {
    switch try byte() {
    case 0: return .boolean(try bool())
    case 1: return .integer(try signed())
    case 2: return .number(try double())
    case 3: return .string(try string())
    case let other: throw fault("a constant of kind \(other)")
    }
  }

  func literal() throws(ArtefactFault) -> Literal {
    switch try byte() {
    case 0: return .nil
    case 1: return .boolean(try bool())
    case 2: return .integer(try signed())
    case 3: return .number(try double())
    case 4: return .string(try string())
    case 5: return .blank
    case 6: return .empty
    case let other: throw fault("a literal of kind \(other)")
    }
  }

  func variable() throws(ArtefactFault) -> VariableID {
    VariableID(index: try place(among: frame.variables, "variable"))
  }

  func loopID() throws(ArtefactFault) -> LoopID {
    LoopID(index: try place(among: frame.loops, "loop"))
  }

  func counter() throws(ArtefactFault) -> CounterID {
    CounterID(index: try place(among: frame.counters, "counter"))
  }

  func cycle() throws(ArtefactFault) -> CycleID {
    CycleID(index: try place(among: frame.cycles, "cycle"))
  }

  func change() throws(ArtefactFault) -> Int { try place(among: frame.changes, "change") }

  func resumeGroup() throws(ArtefactFault) -> Int {
    try place(among: frame.resumeGroups, "place to go on")
  }
}

extension ArtefactWriter {
  func write(_ size: FrameSize) {
    for count in [
      size.variables, size.loops, size.counters, size.cycles, size.resumeGroups, size.changes,
    ] { write(count) }
  }
}

extension ArtefactReader {
  func frameSize() throws(ArtefactFault) -> FrameSize {
    let limit = FrameSize.limit
    var size = FrameSize()
    size.variables = try number(upTo: limit, "variables")
    size.loops = try number(upTo: limit, "loops")
    size.counters = try number(upTo: limit, "counters")
    size.cycles = try number(upTo: limit, "cycles")
    size.resumeGroups = try number(upTo: limit, "loops that go on")
    size.changes = try number(upTo: limit, "changes")
    return size
  }
}
