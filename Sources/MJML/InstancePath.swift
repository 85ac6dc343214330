package import LetterpressDiagnostics
package import LetterpressTyping

/// Which element it is, also among the copies that blocks and unrolled loops make of one.
///
/// A chain from the element up; compared by its steps. Making one costs an allocation, comparing is rare.
package final class InstancePath: Sendable {
  package enum Step: Hashable, Sendable {
    case root
    /// An element, by where it starts in its file, and which inclusion of the file it came with.
    case element(SourceFile.ID, Int, inclusion: Int = 0)
    /// A block or a partial, by where it is used, likewise.
    case scope(SourceFile.ID, Int, inclusion: Int = 0)
    /// One turn of an unrolled loop.
    case turn(LoopID, Int)
    /// Some turn of a loop that stays a loop.
    case anyTurn(LoopID)
  }

  package let parent: InstancePath?
  package let step: Step

  package init(_ step: Step, in parent: InstancePath? = nil) {
    self.step = step
    self.parent = parent
  }

  /// The path of an element.
  init(of element: TypedElement, in parent: InstancePath) {
    self.parent = parent
    step = .element(element.range.file, element.range.start, inclusion: element.inclusion)
  }

  /// From the element up to the root.
  var steps: [Step] {
    var steps = [step]
    var next = parent
    while let path = next {
      steps.append(path.step)
      next = path.parent
    }
    return steps
  }

  /// A word of letters and digits, the same in every compile, for ids of HTML elements.
  package var identifier: String {
    var hash: UInt64 = 0xcbf2_9ce4_8422_2325
    func mix(_ value: Int) {
      for shift in stride(from: 0, to: 64, by: 8) {
        hash = (hash ^ UInt64(truncatingIfNeeded: value >> shift) & 0xff) &* 0x100_0000_01b3
      }
    }
    for step in steps {
      switch step {
      case .root: mix(1)
      case .element(let file, let start, let inclusion):
        [2, Int(file.index), start].forEach(mix)
        if inclusion > 0 { mix(inclusion) }
      case .scope(let file, let start, let inclusion):
        [3, Int(file.index), start].forEach(mix)
        if inclusion > 0 { mix(inclusion) }
      case .turn(let loop, let number): [4, loop.index, number].forEach(mix)
      case .anyTurn(let loop): [5, loop.index].forEach(mix)
      }
    }
    return String(hash, radix: 16)
  }
}

extension InstancePath: Hashable {
  package static func == (a: InstancePath, b: InstancePath) -> Bool {
    a === b || (a.step == b.step && a.parent == b.parent)
  }

  package func hash(into hasher: inout Hasher) {
    hasher.combine(step)
    parent?.hash(into: &hasher)
  }
}
