package import LetterpressDiagnostics
package import LetterpressTyping

/// HTML with holes: what layout makes of a typed tree, and what contexts and program read.
///
/// Everything static is bytes already; what is left are the places where a message differs from the next.
/// A list of nodes is run from left to right, once, at render time.
///
///     <td style="color:{{ x }}">{% if a %}<b>A</b>{% endif %}</td>
///     bytes(<td style="color:) output(x) bytes(">) branch[a → bytes(<b>A</b>)] bytes(</td>)
package enum HTMLNode: Sendable {
  case bytes([UInt8])
  indirect case output(HTMLOutput)
  indirect case branch([HTMLAlternative], otherwise: [HTMLNode])
  indirect case loop(HTMLLoop)
  /// A statement that prints nothing or text of its own; captures carry typed text, not layout.
  indirect case statement(TypedStatement)
  /// In the body of a specialisation: the nodes as they stand in one turn of a loop (counted from 0),
  /// with the loop's variable and `forloop` set to it.
  indirect case turn(TypedLoop, Int, [HTMLNode])
  /// After the turns of an unrolled loop: notes where `offset: continue` goes on.
  indirect case loopEnd(TypedLoop)
  /// Text that is changed as a whole once it is known.
  indirect case transformed(Transform, [HTMLNode])
  /// In a text part: a URL by itself, with the rules of a link.
  indirect case url([HTMLNode])
  /// In a text part: `ifchanged`, its content reduced already.
  indirect case changing(Int, [HTMLNode])
  /// A part whose layout depends on values: decides, then runs `body`.
  indirect case specialised(Specialisation)
  /// In the body of a specialisation: the content of the variant that was chosen.
  indirect case select(Specialisation.ID, [HTMLChoice])
}

/// A place where a value is printed.
package struct HTMLOutput: Sendable {
  package var expression: TypedExpression
  /// The blocks and includes through which it was reached; empty in the layout's own file.
  package var stack: [Diagnostic.Frame]

  package init(_ expression: TypedExpression, stack: [Diagnostic.Frame] = []) {
    self.expression = expression
    self.stack = stack
  }
}

package struct HTMLAlternative: Sendable {
  package var condition: TypedCondition
  package var body: [HTMLNode]
  package var range: SourceRange

  package init(condition: TypedCondition, body: [HTMLNode], range: SourceRange) {
    self.condition = condition
    self.body = body
    self.range = range
  }
}

package struct HTMLLoop: Sendable {
  /// The loop's head; its own bodies are empty.
  package var head: TypedLoop
  package var body: [HTMLNode]
  package var otherwise: [HTMLNode]

  package init(head: TypedLoop, body: [HTMLNode], otherwise: [HTMLNode]) {
    self.head = head
    self.body = body
    self.otherwise = otherwise
  }
}

/// A part of the message that is laid out once for each combination of answers that layout asked for.
///
/// At run time the *skeleton* runs first: the statements of the part in their order, and the questions,
/// whose answers it notes. Then the variables are put back, the *tree* is walked by the noted answers to
/// the number of the variant, and `body` runs, in which `select` nodes differ by variant.
package struct Specialisation: Sendable {
  /// Its place in the frame; unique in a layout.
  package struct ID: Hashable, Sendable {
    package let index: Int
    package init(index: Int) { self.index = index }
  }

  /// Where the answer to a question is noted.
  package struct AnswerID: Hashable, Sendable {
    package let index: Int
    package init(index: Int) { self.index = index }
  }

  package indirect enum Step: Sendable {
    case statement(TypedStatement)
    /// Notes which alternative is taken (their count: `otherwise`), then runs the steps of it.
    case branch(AnswerID?, [(condition: TypedCondition, steps: [Step])], otherwise: [Step])
    /// Notes the number of turns (at most `turns.count`), then runs the steps of each.
    case loop(AnswerID?, TypedLoop, turns: [[Step]], otherwise: [Step])
    /// Notes which of the values the text is.
    case value(AnswerID, [TypedNode], candidates: [String])
    /// Notes 1 where the text is empty, else 0.
    case emptiness(AnswerID, [TypedNode])
    /// Runs nodes for what they assign; what they print is dropped.
    case effects([TypedNode])
  }

  /// From answers to variants.
  package indirect enum Tree: Sendable {
    case variant(Int)
    case question(AnswerID, [Tree])
  }

  package var id: ID
  package var skeleton: [Step]
  package var tree: Tree
  package var variants: Int
  package var body: [HTMLNode]
  package var range: SourceRange

  package init(
    id: ID,
    skeleton: [Step],
    tree: Tree,
    variants: Int,
    body: [HTMLNode],
    range: SourceRange
  ) {
    self.id = id
    self.skeleton = skeleton
    self.tree = tree
    self.variants = variants
    self.body = body
    self.range = range
  }
}

/// What some variants have at a place.
package struct HTMLChoice: Sendable {
  package var variants: [Int]
  package var body: [HTMLNode]

  package init(variants: [Int], body: [HTMLNode]) {
    self.variants = variants
    self.body = body
  }
}
