/// A fixed number of plain values by address: the variables and loops of a frame.
///
/// Unsafe memory is touched here: an array would ask at each change whether it is shared, and the loop over
/// the instructions reads a variable for most of its steps. `Element` is plain data, so that memory can be
/// freed as it is; every subscript is checked. Who takes `memory` must keep within `count`, as the
/// instructions do, whose numbers of variables and loops are the builder's own.
@safe
struct FixedStore<Element: BitwiseCopyable>: ~Copyable {
  let count: Int
  let memory: UnsafeMutablePointer<Element>

  init(repeating value: Element, count: Int) {
    self.count = count
    unsafe memory = .allocate(capacity: max(count, 1))
    unsafe memory.initialize(repeating: value, count: max(count, 1))
  }

  deinit { unsafe memory.deallocate() }

  var indices: Range<Int> { 0..<count }

  mutating func fill(with value: Element) {
    unsafe memory.update(repeating: value, count: count)
  }

  @inline(__always)
  subscript(index: Int) -> Element {
    get {
      precondition(index >= 0 && index < count, "no such place")
      return unsafe memory[index]
    }
    set {
      precondition(index >= 0 && index < count, "no such place")
      unsafe memory[index] = newValue
    }
  }
}
