import LetterpressLiquid
import LetterpressSchema

/// A value that a test can tell something of and that a later expression can name again.
///
///     profile.orders[0].total     profile · orders · 0 · total
///     profile.orders.first.total  the same place
///     profile.labels[key]         profile · labels · (variable key)
///
/// A number in the checker's `PlaceTable`: equal places have the same number, so that states are copied and
/// compared without looking into any of them.
struct Place: Hashable {
  enum Root: Hashable {
    case profile
    case now
    case variable(VariableID)
    case loop(LoopID, LoopProperty)
  }

  enum Step: Hashable {
    case name(String)
    /// -1 is the last one.
    case index(Int)
    case variable(VariableID)
  }

  fileprivate let number: Int32
}

/// All places that a template names.
final class PlaceTable {
  struct Entry {
    var root: Place.Root
    /// The step from the parent; nil of a root.
    var step: Place.Step?
    var parent: Place?
    /// Of a root 0.
    var depth = 0
  }

  private struct Child: Hashable {
    var parent: Place
    var step: Place.Step
  }

  private var entries = [Entry(root: .profile), Entry(root: .now)]
  /// Those of variables and loops.
  private var roots: [Place.Root: Place] = [:]
  private var children: [Child: Place] = [:]

  subscript(place: Place) -> Entry { entries[Int(place.number)] }

  func root(_ root: Place.Root) -> Place {
    switch root {
    case .profile: return Place(number: 0)
    case .now: return Place(number: 1)
    case .variable, .loop: break
    }
    if let known = roots[root] { return known }
    let place = add(Entry(root: root))
    roots[root] = place
    return place
  }

  func appending(_ step: Place.Step, to parent: Place) -> Place {
    let child = Child(parent: parent, step: step)
    if let known = children[child] { return known }
    let holder = self[parent]
    let place = add(
      Entry(root: holder.root, step: step, parent: parent, depth: holder.depth + 1)
    )
    children[child] = place
    return place
  }

  private func add(_ entry: Entry) -> Place {
    entries.append(entry)
    // Sources are bounded: memory ends long before 32 bits do.
    return Place(number: Int32(truncatingIfNeeded: entries.count - 1))
  }

  /// Whether a new value of the variable makes it another place.
  func does(_ place: Place, dependOn variable: VariableID) -> Bool {
    var next: Place? = place
    while let place = next {
      let entry = self[place]
      if entry.step == .variable(variable) || entry.root == .variable(variable) { return true }
      next = entry.parent
    }
    return false
  }

  func does(_ place: Place, belongTo loop: LoopID) -> Bool {
    if case .loop(loop, _) = self[place].root { return true }
    return false
  }
}

/// What a test is about: a place, or the size of what is there.
enum Subject: Hashable {
  case value(Place)
  case size(Place)

  var place: Place {
    switch self {
    case .value(let place), .size(let place): place
    }
  }
}

/// A comparison as it is remembered, so that it is not asked twice: `!=` is kept as `==`.
struct KnownComparison: Hashable {
  enum Operand: Hashable {
    case subject(Subject)
    case literal(Literal)
  }

  var left: Operand
  var relation: Condition.Operator
  var right: Operand

  /// The places that it tells of.
  var places: [Place] {
    [left, right].compactMap { operand in
      guard case .subject(let subject) = operand else { return nil }
      return subject.place
    }
  }
}
