/// The variables of a message, and where the slots of those start that are objects of the record: a field is
/// read from there, without a look at the variable.
struct Variables: ~Copyable {
  private var cells: FixedStore<Cell>
  /// For each variable where its slots start; `noObject` where it has none.
  private(set) var bases: FixedStore<Int>

  /// No record has a slot that far out, nor one that is a field further on.
  static let noObject = Int.max / 2

  init(count: Int) {
    cells = FixedStore(repeating: .null, count: count)
    bases = FixedStore(repeating: Self.noObject, count: count)
  }

  /// Makes all of them nil.
  mutating func removeAll() {
    cells.fill(with: .null)
    bases.fill(with: Self.noObject)
  }

  @inline(__always)
  subscript(index: Int) -> Cell {
    get { cells[index] }
    set {
      cells[index] = newValue
      bases[index] = newValue.kind == .object ? newValue.place : Self.noObject
    }
  }
}
