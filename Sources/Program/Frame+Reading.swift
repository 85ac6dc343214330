import LetterpressLiquid
import LetterpressSchema

/// Reading of values: fields, keys, elements.
extension Frame {
  /// The value of a field by its slot; of a map by the field's name; of anything else nil.
  @inline(__always)
  func field(_ cell: Cell, slot: Int, name: Cell) -> Cell {
    if cell.kind == .object {
      return record.value(at: cell.first &+ slot)
    }
    return cell.kind == .map ? value(of: name, in: cell) : .null
  }

  /// The value at a path of objects, nil (the value) where one of them is not there; nil where the path
  /// leads over something that is read by names.
  @inline(__always)
  func value(of path: FieldPath) -> Cell? {
    let base = variables[Int(path.variable)]
    guard path.first != FieldPath.none, base.kind != .map else {
      return path.first == FieldPath.none ? base : nil
    }
    let first = base.kind == .object ? record.value(at: base.offset &+ Int(path.first)) : .null
    guard path.second != FieldPath.none, first.kind != .map else {
      return path.second == FieldPath.none ? first : nil
    }
    let second = first.kind == .object ? record.value(at: first.offset &+ Int(path.second)) : .null
    guard path.third != FieldPath.none, second.kind != .map else {
      return path.third == FieldPath.none ? second : nil
    }
    return second.kind == .object ? record.value(at: second.offset &+ Int(path.third)) : .null
  }

  /// An element of an array or a pair of a map, as an array of two; nil outside of it.
  @inline(__always)
  func element(_ cell: Cell, at index: Int) -> Cell {
    guard index >= 0, index < cell.length else { return .null }
    switch cell.kind {
    case .array: return stored(cell, at: cell.first &+ index)
    case .map:
      return Cell(
        .array,
        origin: cell.origin,
        count: 2,
        payload: UInt64(cell.first &+ 2 &* index)
      )
    default: return .null
    }
  }

  /// What stands at a place of the storage that a cell points into.
  @inline(__always)
  private func stored(_ cell: Cell, at index: Int) -> Cell {
    if cell.origin == .record { return record.value(at: index) }
    return cells.indices.contains(index) ? cells[index] : .null
  }

  /// The value under a key of a map.
  func value(of name: Cell, in map: Cell) -> Cell {
    // From the end: where a key occurs twice, the last one counts, as in every JSON reader.
    var index = map.length - 1
    while index >= 0 {
      let key = stored(map, at: map.first &+ 2 &* index)
      if key.kind == .string, equalText(key, name) {
        return stored(map, at: map.first &+ 2 &* index &+ 1)
      }
      index -= 1
    }
    return .null
  }

  /// Whether a map has a key.
  func hasKey(_ name: Cell, in map: Cell) -> Bool {
    for index in 0..<map.length {
      let key = stored(map, at: map.first &+ 2 &* index)
      if key.kind == .string, equalText(key, name) { return true }
    }
    return false
  }

  /// The element that the turn of a loop has.
  @inline(__always)
  func element(of loop: LoopState) -> Cell {
    if loop.isRange { return .integer(loop.position) }
    switch loop.collection.kind {
    case .array, .map: return element(loop.collection, at: loop.position)
    default: return loop.collection
    }
  }

  /// Calls `body` with the bytes of a string; with none for any other value.
  @inline(__always)
  func withText<Result, Failure: Error>(
    of cell: Cell,
    _ body: (Span<UInt8>) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    let (start, count) = (cell.first, cell.kind == .string ? cell.length : 0)
    switch cell.origin {
    case .record:
      return try record.withText(of: cell, body)
    case .program:
      return try code.text.withSpan(from: start, count: count, body)
    case .frame:
      let isInside = start >= 0 && count <= bytes.count - start
      return try body(bytes.span.extracting(isInside ? start..<start + count : 0..<0))
    }
  }

  /// Whether two strings have the same bytes.
  func equalText(_ a: Cell, _ b: Cell) -> Bool {
    guard a.count == b.count else { return false }
    return withText(of: a) { a in
      withText(of: b) { b in
        guard a.count == b.count else { return false }
        for index in a.indices where a[index] != b[index] { return false }
        return true
      }
    }
  }

  /// The text of a string; for messages and slow paths.
  func text(of cell: Cell) -> String {
    withText(of: cell) { text in
      String(decoding: text.indices.map { text[$0] }, as: UTF8.self)
    }
  }

  /// How many elements, pairs, bounds or Unicode scalars a value has, as Liquid's `size`; nil for others.
  func size(of cell: Cell) -> Cell {
    switch cell.kind {
    case .array, .map: .integer(cell.length)
    case .string:
      withText(of: cell) { text in
        var count = 0
        for index in text.indices where text[index] & 0xC0 != 0x80 { count += 1 }
        return .integer(count)
      }
    case .range:
      .integer(max(0, element(ofRange: cell, 1) &- element(ofRange: cell, 0) &+ 1))
    default: .null
    }
  }

  /// The first (0) or last (1) number of a range.
  func element(ofRange range: Cell, _ index: Int) -> Int {
    let place = range.first &+ index
    return cells.indices.contains(place) ? cells[place].integer : 0
  }
}

/// Making of values.
extension Frame {
  /// Ends a string that was written behind `mark` in the buffer: moves it into the frame.
  mutating func takeText(from mark: Int, of out: inout OutputBuffer) throws(RenderFault) -> Cell {
    let count = out.count - mark
    guard count <= limits.value else { throw .valueTooLong }
    guard count <= limits.variables - bytes.count else { throw .valuesTooLong }
    try charge(count / 64)
    let start = bytes.count
    out.move(from: mark, to: &bytes)
    return .string(.frame, from: start, count: count)
  }

  /// Makes an array of cells.
  mutating func makeList(_ kind: Cell.Kind = .array, _ elements: [Cell]) throws(RenderFault) -> Cell
  {
    guard elements.count <= (limits.variables / 16) - cells.count else { throw .valuesTooLong }
    try charge(elements.count / 4)
    let start = cells.count
    cells.append(contentsOf: elements)
    return Cell(
      kind,
      count: UInt32(kind == .map ? elements.count / 2 : elements.count),
      payload: UInt64(start)
    )
  }
}
