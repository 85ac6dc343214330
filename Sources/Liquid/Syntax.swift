package import LetterpressDiagnostics

/// Liquid's located syntax: what the parser makes of tags, outputs and the text between them.
///
/// Text is never copied: a run of it is a range of the source, already without the white space that
/// `{%-` and `-%}` take away. What is no Liquid at all (an MJML element between two tags) stands in
/// the tree as `opaque`: a number of the caller's. So one grammar serves a text, an attribute's
/// value and a list of elements:
///
///     Hello {% if profile.name %}{{ profile.name }}{% endif %}      text · if [ output ]
///     <mj-section/>{% if x %}<mj-section/>{% endif %}                opaque(0) · if [ opaque(1) ]
package struct Template: Sendable {
  package var nodes: [Node]

  package init(nodes: [Node]) { self.nodes = nodes }
}

/// A node of a template.
package indirect enum Node: Sendable {
  /// A run of text, as it stands in the source.
  case text(SourceRange)
  /// Something of the caller's, by its number.
  case opaque(Int)
  /// `{{ … }}` and `{% echo … %}`.
  case output(Output)
  case assign(Assign)
  case capture(Capture)
  /// `if` and `unless`.
  case conditional(Conditional)
  case caseSwitch(Case)
  case loop(Loop)
  /// `tablerow`, whose output is markup of its own.
  case tableRow(Loop)
  case cycle(Cycle)
  /// `increment` and `decrement`.
  case counter(Counter)
  /// `break` and `continue`.
  case interrupt(Interrupt)
  /// `render` and `include`.
  case partial(Partial)
  case ifChanged(Block)
  /// `comment`, `#` and `doc`, whose content nothing reads but tools (`letterpress-disable`,
  /// `@param`).
  case comment(Comment)
  /// `abort`: this recipient gets no message, for the reason given. Ours, not Liquid's.
  case abort(Abort)
  /// `{% liquid … %}`: several tags in one; they share the scope around them. Also a `case` with
  /// branches after its `else`, as the dialect `shopify` has it.
  case group([Node], SourceRange)
}

package struct Output: Sendable {
  package var expression: FilteredExpression
  /// With its delimiters.
  package var range: SourceRange

  package init(expression: FilteredExpression, range: SourceRange) {
    self.expression = expression
    self.range = range
  }
}

/// A name with its place.
package struct Identifier: Sendable, Hashable {
  package var name: String
  package var range: SourceRange

  package init(_ name: String, _ range: SourceRange) {
    self.name = name
    self.range = range
  }
}

package struct Assign: Sendable {
  package var target: Identifier
  package var value: FilteredExpression
  /// The tag.
  package var range: SourceRange

  package init(target: Identifier, value: FilteredExpression, range: SourceRange) {
    self.target = target
    self.value = value
    self.range = range
  }
}

/// What stands between an opening tag and its end.
package struct Block: Sendable {
  package var nodes: [Node]
  /// The tag that opens it: `{% if … %}`, `{% else %}`, `{% for … %}`.
  package var openRange: SourceRange
  /// The tag that closes it.
  package var closeRange: SourceRange

  package init(nodes: [Node], openRange: SourceRange, closeRange: SourceRange) {
    self.nodes = nodes
    self.openRange = openRange
    self.closeRange = closeRange
  }
}

package struct Capture: Sendable {
  package var target: Identifier
  package var body: Block

  package init(target: Identifier, body: Block) {
    self.target = target
    self.body = body
  }
}

package struct Conditional: Sendable {
  /// `if`, `elsif`, or `unless` with its condition.
  package struct Branch: Sendable {
    package var condition: Condition
    /// `unless`: the branch is taken where the condition is false.
    package var isNegated: Bool
    package var body: Block

    package init(condition: Condition, isNegated: Bool, body: Block) {
      self.condition = condition
      self.isNegated = isNegated
      self.body = body
    }
  }

  package var branches: [Branch]
  package var otherwise: Block?
  /// From the opening tag to the closing one.
  package var range: SourceRange

  package init(branches: [Branch], otherwise: Block?, range: SourceRange) {
    self.branches = branches
    self.otherwise = otherwise
    self.range = range
  }
}

/// `case` with its `when`s.
///
/// Shopify's runs **every** `when` that matches, once for each of its values that does, and `else`
/// where none did.
package struct Case: Sendable {
  package struct When: Sendable {
    package var values: [Expression]
    package var body: Block

    package init(values: [Expression], body: Block) {
      self.values = values
      self.body = body
    }
  }

  package var subject: Expression
  package var whens: [When]
  package var otherwise: Block?
  package var range: SourceRange

  package init(subject: Expression, whens: [When], otherwise: Block?, range: SourceRange) {
    self.subject = subject
    self.whens = whens
    self.otherwise = otherwise
    self.range = range
  }
}

/// `for` and `tablerow`.
package struct Loop: Sendable {
  package enum Offset: Sendable {
    case value(Expression)
    /// `offset: continue`.
    case resume(SourceRange)
  }

  package var variable: Identifier
  package var collection: Expression
  package var limit: Expression?
  package var offset: Offset?
  /// `tablerow` only.
  package var columns: Expression?
  package var isReversed: Bool
  package var body: Block
  package var otherwise: Block?
  package var range: SourceRange

  package init(
    variable: Identifier,
    collection: Expression,
    limit: Expression?,
    offset: Offset?,
    columns: Expression?,
    isReversed: Bool,
    body: Block,
    otherwise: Block?,
    range: SourceRange
  ) {
    self.variable = variable
    self.collection = collection
    self.limit = limit
    self.offset = offset
    self.columns = columns
    self.isReversed = isReversed
    self.body = body
    self.otherwise = otherwise
    self.range = range
  }
}

package struct Cycle: Sendable {
  /// The name of the group; nil where the values name it.
  package var group: Expression?
  package var values: [Expression]
  package var range: SourceRange

  package init(group: Expression?, values: [Expression], range: SourceRange) {
    self.group = group
    self.values = values
    self.range = range
  }
}

package struct Counter: Sendable {
  package var target: Identifier
  /// 1 for `increment`, -1 for `decrement`.
  package var step: Int
  package var range: SourceRange

  package init(target: Identifier, step: Int, range: SourceRange) {
    self.target = target
    self.step = step
    self.range = range
  }
}

package struct Interrupt: Sendable {
  package enum Kind: Sendable { case leave, next }

  /// `break` leaves the loop, `continue` goes to its next turn.
  package var kind: Kind
  package var range: SourceRange

  package init(kind: Kind, range: SourceRange) {
    self.kind = kind
    self.range = range
  }
}

/// `render` (isolated scope) and `include` (shared scope).
package struct Partial: Sendable {
  package enum Source: Sendable {
    case none
    /// `with x as y`.
    case value(Expression, alias: Identifier?)
    /// `for xs as y`.
    case each(Expression, alias: Identifier?)
  }

  package struct Argument: Sendable {
    package var name: Identifier
    package var value: Expression

    package init(name: Identifier, value: Expression) {
      self.name = name
      self.value = value
    }
  }

  /// A string literal for `render`; any expression for `include`.
  package var name: Expression
  package var isIsolated: Bool
  package var source: Source
  package var arguments: [Argument]
  package var range: SourceRange

  package init(
    name: Expression,
    isIsolated: Bool,
    source: Source,
    arguments: [Argument],
    range: SourceRange
  ) {
    self.name = name
    self.isIsolated = isIsolated
    self.source = source
    self.arguments = arguments
    self.range = range
  }
}

package struct Comment: Sendable {
  package enum Kind: Sendable { case comment, inline, doc }

  package var kind: Kind
  /// What it says, without its tags.
  package var content: SourceRange
  package var range: SourceRange

  package init(kind: Kind, content: SourceRange, range: SourceRange) {
    self.kind = kind
    self.content = content
    self.range = range
  }
}

package struct Abort: Sendable {
  package var reason: Expression?
  package var range: SourceRange

  package init(reason: Expression?, range: SourceRange) {
    self.reason = reason
    self.range = range
  }
}

// MARK: - Expressions

/// An operand: a literal, a path or a range.
package indirect enum Expression: Sendable {
  case literal(Literal, SourceRange)
  case path(Path)
  case range(Expression, Expression, SourceRange)

  package var sourceRange: SourceRange {
    switch self {
    case .literal(_, let range), .range(_, _, let range): range
    case .path(let path): path.range
    }
  }

  /// What stands for an operand that could not be read: a finding tells of it, nothing else should.
  package static func invalid(_ range: SourceRange) -> Expression {
    .path(Path(root: .name(Identifier("", range)), segments: [], range: range))
  }

  /// Whether it is an operand that could not be read.
  package var isInvalid: Bool {
    if case .path(let path) = self, case .name(let name) = path.root {
      name.name.isEmpty
    } else {
      false
    }
  }
}

package enum Literal: Sendable, Hashable {
  case `nil`
  case boolean(Bool)
  case integer(Int)
  /// A number with a fraction, or an integer outside of 64 bits.
  case number(Double)
  case string(String)
  /// nil, false, "", white space, [].
  case blank
  /// "", [], {} but not nil.
  case empty
}

/// `profile.orders[0].total`, also `[name].x`.
package struct Path: Sendable {
  package enum Root: Sendable {
    case name(Identifier)
    /// `[expression]`: the variable of that name.
    case computed(Expression)
  }

  package enum Segment: Sendable {
    /// `.name`.
    case name(Identifier)
    /// `[expression]`; the range covers the brackets.
    case index(Expression, SourceRange)
  }

  package var root: Root
  package var segments: [Segment]
  package var range: SourceRange

  package init(root: Root, segments: [Segment], range: SourceRange) {
    self.root = root
    self.segments = segments
    self.range = range
  }
}

/// An operand and the filters after it.
package struct FilteredExpression: Sendable {
  package var base: Expression
  package var filters: [FilterCall]
  package var range: SourceRange

  package init(base: Expression, filters: [FilterCall], range: SourceRange) {
    self.base = base
    self.filters = filters
    self.range = range
  }
}

package struct FilterCall: Sendable {
  package struct NamedArgument: Sendable {
    package var name: Identifier
    package var value: Expression

    package init(name: Identifier, value: Expression) {
      self.name = name
      self.value = value
    }
  }

  package var name: Identifier
  package var arguments: [Expression]
  package var namedArguments: [NamedArgument]
  /// From the name to the last argument.
  package var range: SourceRange

  package init(
    name: Identifier,
    arguments: [Expression],
    namedArguments: [NamedArgument],
    range: SourceRange
  ) {
    self.name = name
    self.arguments = arguments
    self.namedArguments = namedArguments
    self.range = range
  }
}

/// A condition.
///
/// `and` and `or` have one rank and group from the right: `a and b or c` is `a and (b or c)`.
package indirect enum Condition: Sendable {
  case truth(Expression)
  case comparison(Expression, Operator, operatorRange: SourceRange, Expression)
  case and(Condition, Condition)
  case or(Condition, Condition)

  package enum Operator: String, Sendable {
    case equal = "=="
    case notEqual = "!="
    case less = "<"
    case greater = ">"
    case lessOrEqual = "<="
    case greaterOrEqual = ">="
    case contains
  }

  package var sourceRange: SourceRange {
    switch self {
    case .truth(let operand): operand.sourceRange
    case .comparison(let left, _, _, let right): left.sourceRange.to(right.sourceRange)
    case .and(let left, let right), .or(let left, let right):
      left.sourceRange.to(right.sourceRange)
    }
  }
}
