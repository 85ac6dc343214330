import LetterpressSchema

/// The loop over the instructions.
///
/// Unsafe memory is touched here. Instructions, text and styles, which are the builder's own, are read by
/// pointer, so that no field of an instruction is read before it is used and no reference is counted. The
/// place where the next byte goes stays in a register: room is asked for once for each instruction's
/// static bytes, and a value of up to `OutputBuffer.shortValue` bytes fits into the slack behind; all
/// others go through `OutputBuffer`, which is told before where the loop stands. An instruction prints one
/// value at most, so the loop may stand behind the end when the next asks for room, even for none: then
/// the buffer grows. The buffer may so have more bytes than its capacity, but never beyond its slack.
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
    let (bases, loops) = unsafe (frame.variables.bases.memory, frame.loops.memory)
    let styles = unsafe tables.styles
    var (to, end) = unsafe out.cursor
    var next = unsafe instruction
    while true {
      // Kept for the place of an error.
      unsafe instruction = next
      unsafe next += 1
      let textLength = unsafe Int(instruction.pointee.textLength)
      let room = unsafe mode.room(for: textLength, of: instruction - tables.code)
      if unsafe to + room > end {
        unsafe out.setEnd(to)
        try out.reserve(room)
        unsafe (to, end) = out.cursor
      }
      unsafe mode.writeText(
        from: tables.text + Int(instruction.pointee.textOffset),
        textLength,
        of: instruction - tables.code,
        to: &to
      )
      // Most values are texts one slot on from an object; of those nothing but their traits is asked.
      let traits = unsafe instruction.pointee.traits
      if traits != 0 {
        let place =
          unsafe bases[Int(instruction.pointee.path.variable)]
          &+ Int(instruction.pointee.path.first)
        if let slot = unsafe record.slot(at: place),
          unsafe slot.pointee.traits.rawValue & traits != 0,
          let text = unsafe record.address(ofPrinted: slot.pointee.payload, slot.pointee.printed)
        {
          unsafe mode.writeValue(from: text, Int(slot.pointee.printed), to: &to)
          continue
        }
      }
      let operation = unsafe instruction.pointee.operation
      // What is done here for the values that most fields have; the others go on below.
      switch operation {
      case .next: continue
      case .end:
        unsafe out.setEnd(to)
        return
      case .jump:
        unsafe next = tables.code + Int(instruction.pointee.target)
        continue
      case .nextTurn:
        let loop = unsafe loops + Int(instruction.pointee.path.first)
        unsafe loop.pointee.index &+= 1
        guard unsafe loop.pointee.index < loop.pointee.count else { continue }
        try unsafe frame.charge(Int(instruction.pointee.operand))
        let variable = unsafe Int(instruction.pointee.path.variable)
        if unsafe loop.pointee.isOverRecord {
          frame.variables[variable] = unsafe record.value(
            at: loop.pointee.collection.offset &+ loop.pointee.position
          )
        } else {
          frame.variables[variable] = unsafe frame.element(of: loop.pointee)
        }
        unsafe next = tables.code + Int(instruction.pointee.target)
        continue
      case .field, .money:
        guard let slot = unsafe field(of: instruction, bases, record),
          case .integer = unsafe slot.pointee.kind
        else { break }
        let value = unsafe slot.pointee.payload
        guard value < OutputBuffer.shortInteger else { break }
        let start = unsafe to
        if operation == .field {
          unsafe to = writeDecimal(value, to: to)
        } else if let styles = unsafe styles {
          let style = unsafe styles + Int(instruction.pointee.operand)
          unsafe to = MoneyStyle.write(value, in: style, to: to)
        } else {
          break
        }
        unsafe mode.didWrite(from: start, to: &to)
        continue
      case .color:
        guard let slot = unsafe field(of: instruction, bases, record),
          unsafe slot.pointee.printed == 7,
          let text = unsafe record.address(ofPrinted: slot.pointee.payload, 7),
          unsafe isColor(text)
        else { break }
        unsafe mode.writeValue(from: text, 7, to: &to)
        continue
      case .ifNil, .unlessNil:
        guard let slot = unsafe field(of: instruction, bases, record) else { break }
        var isNil = false
        if case .null = unsafe slot.pointee.kind { isNil = true }
        if isNil == (operation == .ifNil) {
          unsafe next = tables.code + Int(instruction.pointee.target)
        }
        continue
      case .unlessTrue, .ifTrue:
        guard let slot = unsafe field(of: instruction, bases, record) else { break }
        let isTrue =
          switch unsafe slot.pointee.kind {
          case .boolean: unsafe slot.pointee.count != 0
          case .null: false
          default: true
          }
        if isTrue == (operation == .ifTrue) {
          unsafe next = tables.code + Int(instruction.pointee.target)
        }
        continue
      case .unlessText, .ifText:
        guard let slot = unsafe field(of: instruction, bases, record),
          case .string = unsafe slot.pointee.kind,
          let text = unsafe record.address(ofText: slot)
        else { break }
        let literal = unsafe instruction.pointee.textOperand
        let isEqual =
          unsafe Int(slot.pointee.count) == literal.length
          && equalBlocks(text, tables.text + literal.offset, literal.length)
        if isEqual == (operation == .ifText) {
          unsafe next = tables.code + Int(instruction.pointee.target)
        }
        continue
      case .unlessLess, .unlessLessOrEqual, .unlessGreater, .unlessGreaterOrEqual, .unlessEqual:
        guard let slot = unsafe field(of: instruction, bases, record),
          case .integer = unsafe slot.pointee.kind
        else { break }
        let value = unsafe Int64(bitPattern: slot.pointee.payload)
        if unsafe !operation.holds(value, instruction.pointee.operand) {
          unsafe next = tables.code + Int(instruction.pointee.target)
        }
        continue
      default: break
      }
      if operation.prints {
        let cell = unsafe value(of: instruction, bases, record, tables.code, &frame)
        if cell.kind == .null {
          if operation == .field || operation == .money || operation == .color { continue }
          let literal = unsafe instruction.pointee.textOperand
          if operation == .fieldOrText, literal.length <= OutputBuffer.shortValue {
            unsafe mode.writeValue(from: tables.text + literal.offset, literal.length, to: &to)
            continue
          }
        } else if unsafe cell.traits & instruction.pointee.otherTraits != 0,
          let text = unsafe record.address(ofPrinted: cell.payload, cell.printed)
        {
          // A text at another path.
          unsafe mode.writeValue(from: text, Int(cell.printed), to: &to)
          continue
        }
        unsafe out.setEnd(to)
        mode.willLeave(out)
        try unsafe printOther(instruction.pointee, cell, &frame, &out)
        try mode.didReturn(frame, &out)
        unsafe (to, end) = out.cursor
      } else if operation == .startLoop {
        let cell = unsafe value(of: instruction, bases, record, tables.code, &frame)
        let start = unsafe instruction.pointee.loopOperand
        let state = LoopState(over: cell, isReversed: start.isReversed, &frame)
        unsafe loops[start.loop] = state
        if state.count > 0 {
          try frame.charge()
          frame.variables[start.variable] = frame.element(of: state)
        } else {
          unsafe next = tables.code + Int(instruction.pointee.target)
        }
      } else if operation.readsField {
        let cell = unsafe value(of: instruction, bases, record, tables.code, &frame)
        let jumps =
          unsafe operation.comparesText
          ? equals(cell, tables.text, instruction.pointee.textOperand, &frame)
            == (operation == .ifText)
          : jumps(instruction.pointee, cell, &frame)
        if jumps { unsafe next = tables.code + Int(instruction.pointee.target) }
      } else {
        unsafe out.setEnd(to)
        mode.willLeave(out)
        if let target = try unsafe runOther(instruction.pointee, &frame, &out) {
          unsafe next = tables.code + target
        }
        try mode.didReturn(frame, &out)
        unsafe (to, end) = out.cursor
      }
    }
  }
}
