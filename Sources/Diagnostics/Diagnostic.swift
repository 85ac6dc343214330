/// The stable, documented, filterable name of a kind of finding: `unknown-field`.
public struct DiagnosticID: Hashable, Sendable, Comparable, CustomStringConvertible {
  /// Kebab case.
  public let name: String

  /// Names a kind of finding.
  public init(_ name: String) { self.name = name }

  /// The name.
  public var description: String { name }
  /// Names sort alphabetically.
  public static func < (a: Self, b: Self) -> Bool { a.name < b.name }
}

/// How grave a finding is.
public enum Severity: String, Sendable, Comparable, CaseIterable {
  /// Worth acting on, but a message can be sent.
  case warning
  /// Something could go wrong for a recipient; nothing is built of the template.
  case error

  /// Errors are graver than warnings.
  public static func < (a: Self, b: Self) -> Bool { a == .warning && b == .error }
}

/// One thing that is wrong, or doubtful, at a place in a template, a schema or a profile.
public struct Diagnostic: Hashable, Sendable {
  /// A place and the few words that stand under it.
  public struct Label: Hashable, Sendable {
    /// The place.
    public let range: SourceRange
    /// The words; may be empty.
    public let text: String

    /// Makes a label.
    public init(_ range: SourceRange, _ text: String = "") {
      self.range = range
      self.text = text
    }
  }

  /// A change that would mend it.
  public struct FixIt: Hashable, Sendable {
    /// The replacement of a range by new text.
    public struct Edit: Hashable, Sendable {
      /// What is replaced; an empty range inserts.
      public let range: SourceRange
      /// What stands there afterwards.
      public let replacement: String

      /// Makes an edit.
      public init(_ range: SourceRange, _ replacement: String) {
        self.range = range
        self.replacement = replacement
      }
    }

    /// What the change does, as an instruction: "replace by 'first_name'".
    public let message: String
    /// The edits; their ranges do not overlap.
    public let edits: [Edit]
    /// Whether `check --fix` may apply it unseen.
    public let isSafe: Bool

    /// Makes a fix-it.
    public init(_ message: String, edits: [Edit], isSafe: Bool = true) {
      self.message = message
      self.edits = edits
      self.isSafe = isSafe
    }
  }

  /// One step on the way to the place: the include or the block through which it was reached.
  public struct Frame: Hashable, Sendable {
    /// "included here", "in block 'price'".
    public let text: String
    /// The include or the use of the block.
    public let range: SourceRange

    /// Makes a step.
    public init(_ text: String, _ range: SourceRange) {
      self.text = text
      self.range = range
    }
  }

  /// The kind.
  public let id: DiagnosticID
  /// How grave it is.
  public var severity: Severity
  /// One line, lower case, no final stop, names quoted 'so': what was found and what was expected.
  public var message: String
  /// The place, with the words under the caret.
  public var primary: Label
  /// Further places: "declared here", "opened here".
  public var labels: [Label]
  /// What else helps, a sentence each.
  public var notes: [String]
  /// Changes that would mend it, the best first.
  public var fixIts: [FixIt]
  /// How the place was reached, innermost first.
  public var stack: [Frame]

  /// Makes a finding.
  public init(
    _ id: DiagnosticID,
    _ severity: Severity,
    _ message: String,
    at range: SourceRange,
    label: String = "",
    labels: [Label] = [],
    notes: [String] = [],
    fixIts: [FixIt] = [],
    stack: [Frame] = []
  ) {
    self.id = id
    self.severity = severity
    self.message = message
    self.primary = Label(range, label)
    self.labels = labels
    self.notes = notes
    self.fixIts = fixIts
    self.stack = stack
  }
}

/// What a stage throws when it cannot go on: at least one of the findings is an error.
public struct CompilationError: Error, Sendable {
  /// All that was found, in the order of discovery.
  public let diagnostics: [Diagnostic]

  /// Carries findings.
  public init(_ diagnostics: [Diagnostic]) { self.diagnostics = diagnostics }
}

extension [Diagnostic] {
  /// Whether one of them is an error.
  public var hasErrors: Bool { contains { $0.severity == .error } }

  /// Without repetitions, by file, offset, severity (errors first), ID: the order in which they are shown.
  public func sortedForDisplay(in sources: SourceSet) -> [Diagnostic] {
    var seen: Set<Diagnostic> = []
    // The same finding in a file that is reached in several ways is one finding.
    return filter { diagnostic in
      var bare = diagnostic
      bare.stack = []
      return seen.insert(bare).inserted
    }.sorted { a, b in
      let (p, q) = (a.primary.range, b.primary.range)
      if p.file != q.file { return (sources[p.file].path, p.file) < (sources[q.file].path, q.file) }
      if p.start != q.start { return p.start < q.start }
      if a.severity != b.severity { return a.severity > b.severity }
      return (a.id, a.message) < (b.id, b.message)
    }
  }
}
