package import LetterpressDiagnostics

/// What the checker hands to layout and program: a tree in which nothing can be wrong any more.
///
/// Names are resolved (`VariableID`, slots of the profile), blocks and partials are expanded, every
/// expression has a type. One kind of node serves elements, the content of ending tags and the values of
/// attributes; `element`, `comment` and `raw` occur only between elements.
///
///     <mj-section>{% if profile.vip %}<mj-column>…</mj-column>{% endif %}</mj-section>
///         element(mj-section) [ branch [ truth(field(profile, vip)) → element(mj-column) … ] ]
package enum TypedNode: Sendable {
  // What trees are full of, runs of the source, stands in the lists themselves.
  case element(TypedElement)
  /// `<!-- … -->` between elements: a sibling to MJML. Its inside is live Liquid (LANGUAGE.md, D09).
  indirect case comment([TypedNode], SourceRange)
  /// Liquid that is kept as it stands between elements (`letterpress compile`): what MJML does for mj-raw.
  case raw(SourceRange)
  /// A run of the source, copied.
  case text(SourceRange)
  /// A run of bytes that no source holds (the tags of `tablerow`).
  case literal(String)
  indirect case output(TypedExpression)
  indirect case branch(TypedBranch)
  indirect case loop(TypedLoop)
  indirect case statement(TypedStatement)
  /// A block or a partial where it is used: its arguments are bound, then its content follows.
  indirect case scope(TypedScope)
}

/// An element; a class because every stage hands it around.
package final class TypedElement: Sendable {
  package let name: String
  package let attributes: [TypedAttribute]
  package let children: [TypedNode]
  /// Of an ending tag; not trimmed.
  package let content: [TypedNode]?
  package let range: SourceRange
  package let startTag: SourceRange
  package let nameRange: SourceRange
  /// `Element.inclusion`.
  package let inclusion: Int

  package init(
    name: String,
    attributes: [TypedAttribute],
    children: [TypedNode],
    content: [TypedNode]?,
    range: SourceRange,
    startTag: SourceRange,
    nameRange: SourceRange,
    inclusion: Int = 0
  ) {
    self.name = name
    self.attributes = attributes
    self.children = children
    self.content = content
    self.range = range
    self.startTag = startTag
    self.nameRange = nameRange
    self.inclusion = inclusion
  }

  /// The same with other children.
  func replacing(children: [TypedNode]) -> TypedElement {
    TypedElement(
      name: name,
      attributes: attributes,
      children: children,
      content: content,
      range: range,
      startTag: startTag,
      nameRange: nameRange,
      inclusion: inclusion
    )
  }
}

package struct TypedAttribute: Sendable {
  package var name: String
  package var nameRange: SourceRange
  /// Between the quotes.
  package var valueRange: SourceRange
  /// The value where it is more than the text between the quotes: few are, and each list is an allocation.
  private var nodes: [TypedNode]?

  package init(
    name: String,
    nameRange: SourceRange,
    value: [TypedNode],
    valueRange: SourceRange
  ) {
    self.init(name: name, nameRange: nameRange, text: valueRange)
    switch value.first {
    case nil where valueRange.isEmpty: break
    case .text(let range) where value.count == 1 && range == valueRange: break
    default: nodes = value
    }
  }

  /// An attribute whose value is a text of the source.
  package init(name: String, nameRange: SourceRange, text: SourceRange) {
    self.name = name
    self.nameRange = nameRange
    valueRange = text
  }

  /// Whether the value is the text between the quotes.
  package var isText: Bool { nodes == nil }

  /// Text, outputs, branches, loops and statements.
  package var value: [TypedNode] {
    nodes ?? (valueRange.isEmpty ? [] : [.text(valueRange)])
  }
}

/// The first alternative whose condition holds is taken; where none does, `otherwise`.
///
/// `unless` is `not`; a `case` is a comparison for each value. A `case` that names a value twice, where
/// Shopify runs both, comes as a sequence of branches.
package struct TypedBranch: Sendable {
  package struct Alternative: Sendable {
    package var condition: TypedCondition
    package var body: [TypedNode]

    package init(condition: TypedCondition, body: [TypedNode]) {
      self.condition = condition
      self.body = body
    }
  }

  package var alternatives: [Alternative]
  package var otherwise: [TypedNode]
  package var range: SourceRange
  /// Unique in a layout among those that elements may depend on; 0 for branches within text.
  ///
  /// Places are not: a file that is included twice, or a `case` that runs several of its alternatives, has
  /// more than one branch at one place.
  package var number: Int

  /// What is there in each case, that of no condition last.
  package var bodies: [[TypedNode]] { alternatives.map(\.body) + [otherwise] }

  package init(
    alternatives: [Alternative],
    otherwise: [TypedNode],
    range: SourceRange,
    number: Int = 0
  ) {
    self.alternatives = alternatives
    self.otherwise = otherwise
    self.range = range
    self.number = number
  }
}

package struct TypedLoop: Sendable {
  package var id: LoopID
  package var variable: VariableID
  /// An array, a range, a map, a string or untyped.
  package var collection: TypedExpression
  package var limit: TypedExpression?
  package var offset: TypedExpression?
  /// `offset: continue`; the index of the group of loops that share the place where the last one stopped.
  package var resumes: Bool
  /// Which place `offset: continue` reads; nil where no loop of this variable and collection resumes.
  package var resumeGroup: Int?
  package var isReversed: Bool
  /// The turns it can take at most, where that is known (`maxItems`, `limit`, literal ranges).
  package var bound: Int?
  package var body: [TypedNode]
  package var otherwise: [TypedNode]
  package var range: SourceRange
  /// `cols` of `tablerow`: what `row`, `col` and `col_last` count by.
  package var columns: TypedExpression?

  package init(
    id: LoopID,
    variable: VariableID,
    collection: TypedExpression,
    limit: TypedExpression?,
    offset: TypedExpression?,
    resumes: Bool,
    resumeGroup: Int?,
    isReversed: Bool,
    bound: Int?,
    body: [TypedNode],
    otherwise: [TypedNode],
    range: SourceRange,
    columns: TypedExpression? = nil
  ) {
    self.id = id
    self.variable = variable
    self.collection = collection
    self.limit = limit
    self.offset = offset
    self.resumes = resumes
    self.resumeGroup = resumeGroup
    self.isReversed = isReversed
    self.bound = bound
    self.body = body
    self.otherwise = otherwise
    self.range = range
    self.columns = columns
  }
}

package enum TypedStatement: Sendable {
  case assign(VariableID, TypedExpression)
  /// `isMarkup`: the captured text is `html`, else a string (LANGUAGE.md, last point).
  case capture(VariableID, [TypedNode], isMarkup: Bool)
  /// Prints the counter (increment: before, decrement: after the step), then or first steps it.
  case counter(CounterID, step: Int)
  /// Prints the next value of the group.
  case cycle(CycleID, [TypedExpression])
  /// `break` (true) or `continue` (false) of the innermost loop.
  case interrupt(leaves: Bool)
  /// Prints its content where it differs from what it printed last.
  case ifChanged(Int, [TypedNode])
  case abort(TypedExpression?, SourceRange)
}

/// A block or a partial where it is used.
package struct TypedScope: Sendable {
  package var name: String
  package var bindings: [(VariableID, TypedExpression)]
  package var body: [TypedNode]
  /// The element or tag that uses it.
  package var use: SourceRange
  /// `Element.inclusion` of that element.
  package var inclusion: Int
  /// `lp-text`: what the text part says in its place.
  package var text: TypedAttribute?

  package init(
    name: String,
    bindings: [(VariableID, TypedExpression)],
    body: [TypedNode],
    use: SourceRange,
    inclusion: Int = 0
  ) {
    self.name = name
    self.bindings = bindings
    self.body = body
    self.use = use
    self.inclusion = inclusion
  }
}

/// A variable's place in the frame; unique in a layout, also over the uses of a block.
package struct VariableID: Hashable, Sendable {
  package let index: Int
  package init(index: Int) { self.index = index }
}

/// A loop's place among the running loops (`forloop`); unique in a layout.
package struct LoopID: Hashable, Sendable {
  package let index: Int
  package init(index: Int) { self.index = index }
}

package struct CounterID: Hashable, Sendable {
  package let index: Int
  package init(index: Int) { self.index = index }
}

package struct CycleID: Hashable, Sendable {
  package let index: Int
  package init(index: Int) { self.index = index }
}

/// How much room a layout's frame needs.
package struct FrameSize: Sendable {
  /// Of each kind: instructions have 16 bits for a variable and for a loop, and programs add some.
  package static let limit = 65_000

  package var variables: Int
  package var loops: Int
  package var counters: Int
  package var cycles: Int
  package var resumeGroups: Int
  package var changes: Int

  package init() {
    variables = 0
    loops = 0
    counters = 0
    cycles = 0
    resumeGroups = 0
    changes = 0
  }

  var isWithinLimit: Bool {
    [variables, loops, counters, cycles, resumeGroups, changes].allSatisfy { $0 <= Self.limit }
  }
}
