/// The loop over the instructions.
///
/// Unsafe memory is touched here: instructions and text, which are the builder's own, are read by pointer,
/// so that no field of an instruction is read before it is used and no reference is counted.
extension ProgramCode {
  /// Runs the instructions from one on up to the next `end`.
  func run(from start: Int, _ frame: inout Frame, _ out: inout OutputBuffer) throws(RenderFault) {
    var trace = NoTrace()
    try run(from: start, &frame, &out, &trace)
  }

  /// The same, with a note of where each piece of the output ends.
  func run(
    from start: Int,
    _ frame: inout Frame,
    _ out: inout OutputBuffer,
    _ trace: inout some PieceTrace
  ) throws(RenderFault) {
    let (code, text) = (instructions, text.bytes)
    try unsafe code.span.withUnsafeBufferPointer { (code) throws(RenderFault) in
      try unsafe text.span.withUnsafeBytes { (text) throws(RenderFault) in
        guard let code = code.baseAddress, let text = text.baseAddress else { return }
        var instruction = unsafe code + start
        do throws(RenderFault) {
          try unsafe run(code, text, &instruction, &frame, &out, &trace)
        } catch {
          throw .located(RenderError(error, at: ranges[unsafe instruction - code]))
        }
      }
    }
  }

  @inline(__always)
  private func run(
    _ code: UnsafePointer<Instruction>,
    _ text: UnsafeRawPointer,
    _ instruction: inout UnsafePointer<Instruction>,
    _ frame: inout Frame,
    _ out: inout OutputBuffer,
    _ trace: inout some PieceTrace
  ) throws(RenderFault) {
    let record = frame.record
    var next = unsafe instruction
    while true {
      // Kept for the place of an error.
      unsafe instruction = next
      unsafe next += 1
      let textLength = unsafe Int(instruction.pointee.textLength)
      if textLength != 0 {
        try unsafe out.append(
          from: text + Int(instruction.pointee.textOffset),
          count: textLength,
          readable: textLength &+ ProgramText.padding
        )
        trace.note(out.count)
      }
      let operation = unsafe instruction.pointee.operation
      guard operation.readsField else {
        switch operation {
        case .next: continue
        case .end: return
        case .jump: unsafe next = code + Int(instruction.pointee.target)
        default:
          if let target = try unsafe runOther(instruction.pointee, &frame, &out) {
            unsafe next = code + target
          }
          trace.note(out.count)
        }
        continue
      }
      // The field: up to three slots on from the profile or a variable.
      let path = unsafe instruction.pointee.path
      let cell: Cell
      var object = record.root
      var isRead = true
      if path.base != FieldPath.profile {
        let variable = frame.variables[Int(path.base)]
        isRead = path.first != FieldPath.none && variable.kind == .object
        object = variable.offset
      }
      if isRead, path.second != FieldPath.none {
        object = record.object(at: object &+ Int(path.first))
        if path.third != FieldPath.none, object >= 0 {
          object = record.object(at: object &+ Int(path.second))
          cell =
            object >= 0
            ? record.value(at: object &+ Int(path.third))
            : readSlowly(path, unsafe instruction - code, &frame)
        } else {
          cell =
            object >= 0
            ? record.value(at: object &+ Int(path.second))
            : readSlowly(path, unsafe instruction - code, &frame)
        }
      } else {
        cell =
          isRead
          ? record.value(at: object &+ Int(path.first))
          : readSlowly(path, unsafe instruction - code, &frame)
      }
      if operation.prints {
        // A text of the record with nothing to do, or nothing but references to write.
        if cell.isRecordText, unsafe (cell.traits | 0x80) & instruction.pointee.traits != 0 {
          try record.append(cell, isEscaped: cell.traits & Cell.isPlainHTML == 0, to: &out)
        } else {
          try unsafe printOther(instruction.pointee, cell, &frame, &out)
        }
        trace.note(out.count)
      } else if unsafe jumps(instruction.pointee, cell, &frame) {
        unsafe next = code + Int(instruction.pointee.target)
      }
    }
  }

  /// The value of a field whose path leads over nil or over something that is no object of the schema (a map
  /// that a filter made); or a variable itself.
  @inline(never)
  private func readSlowly(_ path: FieldPath, _ counter: Int, _ frame: inout Frame) -> Cell {
    let slots = [path.first, path.second, path.third].prefix { $0 != FieldPath.none }
    var cell =
      path.base == FieldPath.profile ? frame.profile : frame.variables[Int(path.base)]
    let names = names[counter] ?? []
    for (slot, name) in zip(slots, names) {
      cell = frame.field(cell, slot: Int(slot), name: name)
    }
    return cell
  }
}
