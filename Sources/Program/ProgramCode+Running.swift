/// The loop over the instructions.
///
/// Unsafe memory is touched here. Instructions, text and styles, which are the builder's own, are read by
/// pointer, so that no field of an instruction is read before it is used and no reference is counted. The
/// place where the next byte goes stays in a register: room is asked for once for each instruction's
/// static bytes, and a value of up to `OutputBuffer.shortValue` bytes fits into the slack behind; all
/// others go through `OutputBuffer`, which is told before where the loop stands.
extension ProgramCode {
  /// Runs the instructions from one on up to the next `end`.
  func run(from start: Int, _ frame: inout Frame, _ out: inout OutputBuffer) throws(RenderFault) {
    var mode = PlainMode()
    try run(from: start, &frame, &out, &mode)
  }

  /// The same, in another form.
  func run(
    from start: Int,
    _ frame: inout Frame,
    _ out: inout OutputBuffer,
    _ mode: inout some OutputMode
  ) throws(RenderFault) {
    let (code, text, styles) = (instructions, text.bytes, moneyStyles)
    try unsafe code.span.withUnsafeBufferPointer { (code) throws(RenderFault) in
      try unsafe text.span.withUnsafeBytes { (text) throws(RenderFault) in
        try unsafe styles.span.withUnsafeBufferPointer { (styles) throws(RenderFault) in
          guard let code = code.baseAddress, let text = text.baseAddress else { return }
          let tables = unsafe Tables(code: code, text: text, styles: styles.baseAddress)
          var instruction = unsafe code + start
          do throws(RenderFault) {
            try unsafe run(tables, &instruction, &frame, &out, &mode)
          } catch {
            throw .located(RenderError(error, at: ranges[unsafe instruction - code]))
          }
        }
      }
    }
  }

  /// What the loop reads by address.
  @unsafe
  private struct Tables {
    let code: UnsafePointer<Instruction>
    let text: UnsafeRawPointer
    let styles: UnsafePointer<MoneyStyle>?
  }

  @inline(__always)
  private func run(
    _ tables: Tables,
    _ instruction: inout UnsafePointer<Instruction>,
    _ frame: inout Frame,
    _ out: inout OutputBuffer,
    _ mode: inout some OutputMode
  ) throws(RenderFault) {
    let record = frame.record
    let (variables, loops) = unsafe (frame.variables.memory, frame.loops.memory)
    let isDefaultLocale = frame.hasDefaultLocale
    var (to, end) = unsafe out.cursor
    var next = unsafe instruction
    while true {
      // Kept for the place of an error.
      unsafe instruction = next
      unsafe next += 1
      let textLength = unsafe Int(instruction.pointee.textLength)
      let room = unsafe mode.room(for: textLength, of: instruction - tables.code)
      if unsafe room > end - to {
        unsafe out.setEnd(to)
        try out.reserve(room)
        unsafe (to, end) = out.cursor
      }
      if textLength != 0 {
        unsafe mode.writeText(
          from: tables.text + Int(instruction.pointee.textOffset),
          textLength,
          of: instruction - tables.code,
          to: &to
        )
      }
      let operation = unsafe instruction.pointee.operation
      guard operation.readsField else {
        switch operation {
        case .next: continue
        case .end:
          unsafe out.setEnd(to)
          return
        case .jump: unsafe next = tables.code + Int(instruction.pointee.target)
        case .nextTurn:
          let loop = unsafe loops + Int(instruction.pointee.path.first)
          unsafe loop.pointee.index &+= 1
          guard unsafe loop.pointee.index < loop.pointee.count else { continue }
          try unsafe frame.charge(Int(instruction.pointee.operand))
          let variable = unsafe variables + Int(instruction.pointee.path.base)
          if unsafe loop.pointee.isOverRecord {
            unsafe variable.pointee = record.value(
              at: loop.pointee.collection.offset &+ loop.pointee.position
            )
          } else {
            unsafe variable.pointee = frame.element(of: loop.pointee)
          }
          unsafe next = tables.code + Int(instruction.pointee.target)
        default:
          unsafe out.setEnd(to)
          mode.willLeave(out)
          if let target = try unsafe runOther(instruction.pointee, &frame, &out) {
            unsafe next = tables.code + target
          }
          try mode.didReturn(frame, &out)
          unsafe (to, end) = out.cursor
        }
        continue
      }
      // The field: up to three slots on from the profile or a variable.
      let path = unsafe instruction.pointee.path
      var place = record.root
      if path.base != FieldPath.profile {
        let variable = unsafe variables + Int(path.base)
        place =
          unsafe path.first != FieldPath.none && variable.pointee.kind == .object
          ? variable.pointee.offset : -1
      }
      if path.second != FieldPath.none, place >= 0 {
        place = record.object(at: place &+ Int(path.first))
        if path.third != FieldPath.none, place >= 0 {
          place = record.object(at: place &+ Int(path.second))
          place = place >= 0 ? place &+ Int(path.third) : -1
        } else {
          place = place >= 0 ? place &+ Int(path.second) : -1
        }
      } else {
        place = place >= 0 ? place &+ Int(path.first) : -1
      }
      if operation.prints {
        var cell = Cell.null
        let value: ShortValue
        if place >= 0 {
          value = record.short(at: place)
        } else {
          cell = readSlowly(path, unsafe instruction - tables.code, frame)
          value = record.short(cell)
        }
        switch value.kind {
        case .text where operation == .color:
          guard value.count == 7, unsafe isColor(record.address(of: value)) else { break }
          unsafe mode.writeValue(from: record.address(of: value), 7, to: &to)
          continue
        case .text:
          // A text of the record for which escaping is enough here, and which was escaped when decoded.
          guard unsafe (value.traits | 0x80) & instruction.pointee.traits != 0 else { break }
          unsafe mode.writeValue(from: record.address(of: value), value.count, to: &to)
          continue
        case .integer:
          if operation == .field {
            let start = unsafe to
            unsafe to = writeDecimal(value.payload, to: to)
            unsafe mode.didWrite(from: start, to: &to)
            continue
          }
          if operation == .money, isDefaultLocale, let styles = unsafe tables.styles {
            let style = unsafe styles + Int(instruction.pointee.operand)
            let start = unsafe to
            unsafe to = style.pointee.write(value.payload, to: to)
            unsafe mode.didWrite(from: start, to: &to)
            continue
          }
        case .null:
          if operation == .field || operation == .money || operation == .color { continue }
          let literal = unsafe instruction.pointee.textOperand
          if operation == .fieldOrText, literal.length <= OutputBuffer.shortValue {
            unsafe mode.writeValue(from: tables.text + literal.offset, literal.length, to: &to)
            continue
          }
        case .other: break
        }
        unsafe out.setEnd(to)
        mode.willLeave(out)
        if place >= 0 { cell = record.value(at: place) }
        try unsafe printOther(instruction.pointee, cell, &frame, &out)
        try mode.didReturn(frame, &out)
        unsafe (to, end) = out.cursor
        continue
      }
      let cell =
        place >= 0
        ? record.value(at: place) : readSlowly(path, unsafe instruction - tables.code, frame)
      if operation == .startLoop {
        let start = unsafe instruction.pointee.loopOperand
        let state = LoopState(over: cell, isReversed: start.isReversed, frame)
        unsafe loops[start.loop] = state
        if state.count > 0 {
          try frame.charge()
          unsafe variables[start.variable] = frame.element(of: state)
        } else {
          unsafe next = tables.code + Int(instruction.pointee.target)
        }
      } else if operation.comparesText {
        let literal = unsafe instruction.pointee.textOperand
        let isEqual = unsafe equals(cell, tables.text + literal.offset, literal.length, frame)
        if isEqual == (operation == .ifText) {
          unsafe next = tables.code + Int(instruction.pointee.target)
        }
      } else if unsafe jumps(instruction.pointee, cell, &frame) {
        unsafe next = tables.code + Int(instruction.pointee.target)
      }
    }
  }

  /// Whether a value is the text of the program at an address.
  @inline(__always)
  private func equals(
    _ cell: Cell,
    _ literal: UnsafeRawPointer,
    _ count: Int,
    _ frame: borrowing Frame
  ) -> Bool {
    guard cell.kind == .string, cell.length == count else { return false }
    if let text = unsafe frame.record.address(ofShort: cell) {
      return unsafe equalBlocks(text, literal, cell.length)
    }
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
  @inline(never)
  private func readSlowly(_ path: FieldPath, _ counter: Int, _ frame: borrowing Frame) -> Cell {
    let cell = path.base == FieldPath.profile ? frame.profile : frame.variables[Int(path.base)]
    guard path.first != FieldPath.none else { return cell }
    let first = field(path.first, 0, of: cell, counter, frame)
    guard path.second != FieldPath.none else { return first }
    let second = field(path.second, 1, of: first, counter, frame)
    guard path.third != FieldPath.none else { return second }
    return field(path.third, 2, of: second, counter, frame)
  }

  private func field(
    _ slot: UInt16,
    _ place: Int,
    of cell: Cell,
    _ counter: Int,
    _ frame: borrowing Frame
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
