/// The `path` of an `mj-include`, made sure of before the disk is asked.
///
/// The rules are MJML's own after its CVEs, with one difference: what counts is the project's folder, not
/// the folder of the including file, so a partial may include its neighbour with `../`.
enum IncludePath {
  enum Refusal: Error {
    case absolute
    case climbsOut
    case malformed(String)

    var description: String {
      switch self {
      case .absolute: "only paths relative to the including file are read"
      case .climbsOut: "it lies outside of the project"
      case .malformed(let reason): reason
      }
    }
  }

  /// The path relative to the root, without `.` and `..`.
  ///
  /// `folder` is the including file's, relative to the root, empty for the root itself. `mayClimb`: other
  /// roots are allowed, so that `..` may lead out of this one.
  static func resolve(
    _ path: String,
    in folder: String,
    mayClimb: Bool
  ) throws(Refusal) -> String {
    try resolve(try decoded(Array(path.utf8)), in: folder, mayClimb: mayClimb)
  }

  /// The same without decoding: a file whose own name has a percent sign is meant by that name.
  ///
  /// The rule is one: what is written names a file if there is one of that name, else it is decoded. Either
  /// way nothing is read that the decoded path may not reach.
  static func resolveLiteral(
    _ path: String,
    in folder: String,
    mayClimb: Bool
  ) throws(Refusal) -> String {
    _ = try resolve(path, in: folder, mayClimb: mayClimb)
    return try resolve(Array(path.utf8), in: folder, mayClimb: mayClimb)
  }

  private static func resolve(
    _ bytes: [UInt8],
    in folder: String,
    mayClimb: Bool
  ) throws(Refusal) -> String {
    if bytes.contains(0) { throw .malformed("it holds a NUL") }
    if bytes.contains(UInt8(ascii: "\\")) { throw .malformed("it holds a '\\'; write '/'") }
    if bytes.first == UInt8(ascii: "/") { throw .absolute }
    if bytes.first == UInt8(ascii: "~") { throw .absolute }
    if bytes.contains(UInt8(ascii: ":")) { throw .absolute }
    guard bytes.count <= 1_024 else { throw .malformed("it is longer than 1024 bytes") }
    var steps = folder.utf8.split(separator: UInt8(ascii: "/")).map { Array($0) }
    for step in bytes.split(separator: UInt8(ascii: "/")) {
      switch step {
      case [UInt8(ascii: ".")]: continue
      case [UInt8(ascii: "."), UInt8(ascii: ".")]:
        if steps.isEmpty || steps.last == [UInt8(ascii: "."), UInt8(ascii: ".")] {
          guard mayClimb else { throw .climbsOut }
          steps.append(Array(step))
        } else {
          steps.removeLast()
        }
      default: steps.append(Array(step))
      }
    }
    return String(decoding: Array(steps.joined(separator: [UInt8(ascii: "/")])), as: UTF8.self)
  }

  /// Without percent escapes, also escaped ones (`%252e`), as MJML does: ten rounds at most.
  private static func decoded(_ bytes: [UInt8]) throws(Refusal) -> [UInt8] {
    var bytes = bytes
    for _ in 0..<10 {
      let next = decodedOnce(bytes)
      if next == bytes {
        guard String(validating: bytes, as: UTF8.self) != nil else {
          throw .malformed("it is no UTF-8 once its percent escapes are decoded")
        }
        return bytes
      }
      bytes = next
    }
    throw .malformed("its percent escapes nest too deep")
  }

  private static func decodedOnce(_ bytes: [UInt8]) -> [UInt8] {
    var result: [UInt8] = []
    var index = 0
    while index < bytes.count {
      if bytes[index] == UInt8(ascii: "%"), index + 2 < bytes.count,
        let high = hexDigit(bytes[index + 1]), let low = hexDigit(bytes[index + 2])
      {
        result.append(high << 4 | low)
        index += 3
      } else {
        result.append(bytes[index])
        index += 1
      }
    }
    return result
  }

  private static func hexDigit(_ byte: UInt8) -> UInt8? {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0")
    case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - UInt8(ascii: "a") + 10
    case UInt8(ascii: "A")...UInt8(ascii: "F"): byte - UInt8(ascii: "A") + 10
    default: nil
    }
  }
}
