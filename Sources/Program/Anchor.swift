/// An object of the profile that fields are read from: `profile` itself, `profile.user`.
///
/// Each is found once when a profile is taken and kept in a variable behind those of the template; so a field
/// is one load from there, however deep it stands, and who reads it need not ask whether the objects over it
/// are there.
struct Anchor: Sendable {
  /// The variable that it is kept in.
  let variable: UInt16
  /// The variable of the anchor that it is a field of; its own for the profile.
  let parent: UInt16
  /// The field, by its slot, or by its name where the anchor is a map.
  let slot: UInt16
  let name: Cell
}

/// The anchors of a program under way.
struct Anchors {
  /// A field on the way from the profile to an anchor.
  struct Step: Hashable {
    let slot: UInt16
    let name: String
  }

  /// Deeper objects are read by closures.
  private static let depthLimit = 8

  /// Those that others are fields of come before them.
  private(set) var all: [Anchor] = []
  private var known: [[Step]: Int] = [:]

  /// The variable of the object at the end of a path, if it has one already.
  func variable(at path: [Step]) -> UInt16? { known[path].map { UInt16($0) } }

  /// The variable of the object at the end of a path, which may be a new one behind the `count` so far; nil
  /// where the path is too long or there are too many variables.
  mutating func variable(
    at path: [Step],
    named names: [Cell],
    of count: inout Int
  ) -> UInt16? {
    guard path.count <= Self.depthLimit, count < Int(FieldPath.none) - Self.depthLimit else {
      return nil
    }
    var parent: Int?
    for length in 0...path.count {
      let prefix = Array(path[..<length])
      if let variable = known[prefix] {
        parent = variable
        continue
      }
      all.append(
        Anchor(
          variable: UInt16(count),
          parent: UInt16(parent ?? count),
          slot: prefix.last?.slot ?? 0,
          name: length > 0 ? names[length - 1] : .null
        )
      )
      known[prefix] = count
      parent = count
      count += 1
    }
    return parent.map { UInt16($0) }
  }
}
