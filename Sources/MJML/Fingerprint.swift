import LetterpressDiagnostics
import LetterpressProgram
import LetterpressTyping

/// What makes two lists of nodes of **one** element equal: their bytes, and the places in the source that
/// their expressions and statements come from.
///
/// Only for variants of one part: there an expression of one place is one expression.
struct Fingerprint: Equatable {
  private var bytes: [UInt8] = []

  init(_ nodes: [HTMLNode]) { add(nodes) }

  private mutating func add(_ nodes: [HTMLNode]) {
    var nodes = nodes[...]
    while let node = nodes.popFirst() {
      if case .bytes(let text) = node {
        // Neighbouring texts are one text.
        var all = text
        while case .bytes(let more)? = nodes.first {
          all += more
          nodes.removeFirst()
        }
        add(tag: 1, all.count)
        bytes += all
      } else {
        add(node)
      }
    }
    add(tag: 0)
  }

  private mutating func add(_ node: HTMLNode) {
    switch node {
    case .bytes: break
    case .output(let output): add(tag: 2, output.expression.range)
    case .branch(let alternatives, let otherwise):
      add(tag: 3, alternatives.count)
      for alternative in alternatives {
        add(tag: 4, alternative.range)
        add(alternative.body)
      }
      add(otherwise)
    case .loop(let loop):
      add(tag: 5, loop.head.id.index)
      add(loop.body)
      add(loop.otherwise)
    case .statement(let statement): add(statement)
    case .turn(let loop, let number, let body):
      add(tag: 6, loop.id.index, number)
      add(body)
    case .loopEnd(let loop): add(tag: 7, loop.id.index)
    case .transformed(let transform, let body):
      add(tag: 8, transform.hashValue)
      add(body)
    case .url(let nodes):
      add(tag: 12)
      add(nodes)
    case .changing(let index, let nodes):
      add(tag: 13, index)
      add(nodes)
    case .specialised(let part):
      add(tag: 9, part.id.index, part.variants)
      add(part.body)
    case .select(let id, let choices):
      add(tag: 10, id.index, choices.count)
      for choice in choices {
        for variant in choice.variants { add(tag: 11, variant) }
        add(choice.body)
      }
    }
  }

  private mutating func add(_ statement: TypedStatement) {
    switch statement {
    case .assign(let variable, let value):
      add(tag: 20, variable.index)
      add(tag: 20, value.range)
    case .capture(let variable, let nodes, _): add(tag: 21, variable.index, nodes.count)
    case .counter(let counter, let step): add(tag: 22, counter.index, step)
    case .cycle(let cycle, let values):
      add(tag: 23, cycle.index)
      for value in values { add(tag: 23, value.range) }
    case .interrupt(let leaves): add(tag: 24, leaves ? 1 : 0)
    case .ifChanged(let index, _): add(tag: 25, index)
    case .abort(_, let range): add(tag: 26, range)
    }
  }

  private mutating func add(tag: UInt8, _ range: SourceRange) {
    add(tag: tag, Int(range.file.index), range.start, range.end)
  }

  private mutating func add(tag: UInt8, _ numbers: Int...) {
    bytes.append(tag)
    for number in numbers {
      for shift in stride(from: 0, to: 64, by: 8) {
        bytes.append(UInt8(truncatingIfNeeded: number >> shift))
      }
    }
  }
}
