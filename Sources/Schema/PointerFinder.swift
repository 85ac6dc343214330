import LetterpressDiagnostics

/// Works out the JSON Pointers of places in a text, by one walk over it.
enum PointerFinder {
  private enum Level {
    case array(index: Int)
    /// The last key, with its quotes.
    case object(key: Range<Int>, hasKey: Bool)
  }

  /// The pointers of values or keys that start at these offsets.
  ///
  /// Of any other offset, that of the value around it. The text is JSON at least up to the last of
  /// them.
  static func pointers(
    in json: [UInt8],
    _ range: Range<Int>,
    to targets: [Int]
  ) -> [String] {
    var pointers = [String](repeating: "", count: targets.count)
    var waiting = targets.indices.sorted { targets[$0] > targets[$1] }
    var levels: [Level] = []
    var index = range.lowerBound
    while index < range.upperBound, let next = waiting.last {
      let byte = json[index]
      let start = index
      var isKey = false
      switch byte {
      case UInt8(ascii: "\""):
        index += 1
        while index < range.upperBound, json[index] != UInt8(ascii: "\"") {
          index += json[index] == UInt8(ascii: "\\") ? 2 : 1
        }
        index = min(index + 1, range.upperBound)
        if case .object(_, hasKey: false) = levels.last {
          levels[levels.count - 1] = .object(key: start..<index, hasKey: true)
          isKey = true
        }
      default: index += 1
      }
      // A place counts as reached with the first token that ends after it.
      if index > targets[next] {
        let pointer = pointer(levels, json)
        while let reached = waiting.last, index > targets[reached] {
          pointers[reached] = pointer
          waiting.removeLast()
        }
      }
      if isKey { continue }
      switch byte {
      case UInt8(ascii: "{"): levels.append(.object(key: 0..<0, hasKey: false))
      case UInt8(ascii: "["): levels.append(.array(index: 0))
      case UInt8(ascii: "}"), UInt8(ascii: "]"): _ = levels.popLast()
      case UInt8(ascii: ","):
        switch levels.last {
        case .array(let index): levels[levels.count - 1] = .array(index: index + 1)
        case .object: levels[levels.count - 1] = .object(key: 0..<0, hasKey: false)
        case nil: break
        }
      default: break
      }
    }
    let last = pointer(levels, json)
    for index in waiting { pointers[index] = last }
    return pointers
  }

  private static func pointer(_ levels: [Level], _ json: [UInt8]) -> String {
    levels.map { level in
      switch level {
      case .array(let index): return "/\(index)"
      case .object(_, hasKey: false): return ""
      case .object(let key, hasKey: true):
        var reader = JSONReader(json, in: key, file: .init(index: 0))
        let name = try? reader.readDocument().string
        return JSONPointer.token(name ?? "")
      }
    }.joined()
  }
}
