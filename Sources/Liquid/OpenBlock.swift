import LetterpressDiagnostics

/// A block whose end has not been read yet.
struct OpenBlock {
  /// What opened it, with all that is known of it already.
  enum Head {
    case template
    /// `{% liquid %}`, which no tag in it can close.
    case liquid
    case conditional
    case caseSwitch(Expression)
    case loop(Loop)
    case tableRow(Loop)
    case capture(Identifier)
    case ifChanged
    case comment(Comment.Kind)
    case verbatim
    /// An unknown tag whose end is there: its content is passed over.
    case unknown

    /// Whether a missing end is worth a finding.
    var isKnown: Bool {
      switch self {
      case .template, .liquid, .unknown: false
      default: true
      }
    }

    /// Whether the tags in it can close nothing around it.
    var isBoundary: Bool {
      switch self {
      case .template, .liquid: true
      default: false
      }
    }

    /// Whether `else`, `elsif` or `when` may continue it.
    func takesBranches(named name: String) -> Bool {
      switch (self, name) {
      case (.conditional, "else"), (.conditional, "elsif"), (.caseSwitch, "else"),
        (.caseSwitch, "when"), (.loop, "else"):
        true
      default: false
      }
    }

    /// Whether tags within it are no tags.
    var isLiteral: Bool {
      switch self {
      case .comment, .verbatim: true
      default: false
      }
    }

    /// Whether it may hold another of its kind.
    var nests: Bool {
      if case .comment(.comment) = self { true } else { false }
    }
  }

  /// What a branch starts with.
  enum Header {
    case body
    case condition(Condition, isNegated: Bool)
    case when([Expression])
    case otherwise
    /// It is never printed: the branch after an `else`, and what stands before the first `when`.
    case ignored
  }

  /// A branch that is complete.
  struct Branch {
    var header: Header
    var body: Block
  }

  var tag: UnmatchedTag
  var head: Head
  /// The branches before the current one.
  var branches: [Branch] = []
  /// The header of the current branch.
  var header: Header
  /// The tag that opened the current branch.
  var branchRange: SourceRange
  /// The nodes of the current branch.
  var nodes: [Node] = []
  /// Whether all branches so far hold nothing that prints, but for white space.
  var isBlank = true
  /// The `else` that was read already.
  private(set) var otherwise: SourceRange?
  /// How many ends a comment wants.
  var literalDepth = 1

  init(tag: UnmatchedTag, head: Head, header: Header) {
    self.tag = tag
    self.head = head
    self.header = header
    branchRange = tag.range
  }

  /// Ends the current branch at `range` and starts the next.
  mutating func startBranch(_ next: Header, at range: SourceRange) {
    let body = Block(nodes: nodes, openRange: branchRange, closeRange: range)
    branches.append(Branch(header: header, body: body))
    nodes = []
    header = next
    branchRange = range
    if case .otherwise = next, otherwise == nil { otherwise = range }
  }

  /// Takes the white space out of a block that prints nothing else.
  ///
  /// Shopify's does so for `if`, `unless`, `case` and `for`: such a block is there for its
  /// assignments.
  mutating func removeBlankText() {
    guard isBlank else { return }
    for index in branches.indices {
      branches[index].body.nodes.removeAll { node in
        if case .text = node { true } else { false }
      }
    }
  }
}
