import LetterpressSchema

/// How the loop over the instructions reads fields.
///
/// Unsafe memory is touched here: the instruction, its variable's base and the slot are read by address. The
/// numbers of variables are the builder's own, below the frame's count (a renderer takes frames of its own
/// program only; what an artefact names is held against its count when it is read); a place is held
/// against the record's slots.
extension ProgramCode {
  /// The slot of a field one slot on from an object; nil for any other path, and where no object is.
  @inline(__always)
  func field(
    of instruction: UnsafePointer<Instruction>,
    _ bases: UnsafePointer<Int>,
    _ record: RecordView
  ) -> UnsafePointer<Slot>? {
    guard unsafe instruction.pointee.path.second == FieldPath.none else { return nil }
    let base = unsafe bases[Int(instruction.pointee.path.variable)]
    return unsafe record.slot(at: base &+ Int(instruction.pointee.path.first))
  }

  /// The value of a field, wherever its path leads.
  @inline(never)
  func value(
    of instruction: UnsafePointer<Instruction>,
    _ bases: UnsafePointer<Int>,
    _ record: RecordView,
    _ code: UnsafePointer<Instruction>,
    _ frame: inout Frame
  ) -> Cell {
    let path = unsafe instruction.pointee.path
    var place = -1
    if path.first != FieldPath.none {
      place = unsafe bases[Int(path.variable)] &+ Int(path.first)
      if path.second != FieldPath.none {
        place = next(path.second, from: place, record)
        if path.third != FieldPath.none { place = next(path.third, from: place, record) }
      }
    }
    if let slot = unsafe record.slot(at: place) { return unsafe Cell(slot.pointee) }
    return readSlowly(path, unsafe instruction - code, &frame)
  }

  /// Where a field of the object at a place stands; -1 where no object is there.
  @inline(__always)
  private func next(_ slot: UInt16, from place: Int, _ record: RecordView) -> Int {
    let object = record.object(at: place)
    return object >= 0 ? object &+ Int(slot) : -1
  }

  /// Whether a value is a text of the program.
  @inline(never)
  func equals(
    _ cell: Cell,
    _ text: UnsafeRawPointer,
    _ literal: (offset: Int, length: Int),
    _ frame: inout Frame
  ) -> Bool {
    guard cell.kind == .string, cell.length == literal.length else { return false }
    let literal = unsafe text + literal.offset
    return frame.withText(of: cell) { text in
      for index in text.indices
      where unsafe text[index] != literal.load(fromByteOffset: index, as: UInt8.self) {
        return false
      }
      return text.count == cell.length
    }
  }

  /// The value of a field whose path leads over nil or over something that is no object of the schema (a map
  /// that a filter made); or a variable itself.
  private func readSlowly(_ path: FieldPath, _ counter: Int, _ frame: inout Frame) -> Cell {
    let cell = frame.variables[Int(path.variable)]
    guard path.first != FieldPath.none else { return cell }
    let first = field(path.first, 0, of: cell, counter, &frame)
    guard path.second != FieldPath.none else { return first }
    let second = field(path.second, 1, of: first, counter, &frame)
    guard path.third != FieldPath.none else { return second }
    return field(path.third, 2, of: second, counter, &frame)
  }

  private func field(
    _ slot: UInt16,
    _ place: Int,
    of cell: Cell,
    _ counter: Int,
    _ frame: inout Frame
  ) -> Cell {
    switch cell.kind {
    case .object: return frame.record.value(at: cell.offset &+ Int(slot))
    case .map:
      let names = names[counter]
      guard place < names.count else { return .null }
      return frame.value(of: names[place], in: cell)
    default: return .null
    }
  }
}
