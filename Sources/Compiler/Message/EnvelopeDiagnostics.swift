import LetterpressDiagnostics
import LetterpressMIME

// What can be wrong with a message's header. Alphabetical.

extension Diagnostic {
  static func invalidAddress(
    _ element: String,
    _ fault: AddressFault,
    at range: SourceRange
  ) -> Diagnostic {
    var notes: [String] = []
    switch fault {
    case .angles, .noAt, .space, .list:
      notes = ["An address is 'ada@example.org' or 'Ada Lovelace <ada@example.org>'."]
    case .localBeyondASCII:
      notes = ["Most servers take such an address from nobody (SMTPUTF8)."]
    default: break
    }
    return Diagnostic(
      DiagnosticID("invalid-address"),
      .error,
      "\(element) is no address: \(fault.rawValue)",
      at: range,
      notes: notes
    )
  }

  static func invalidHeaderName(_ reason: String, at range: SourceRange) -> Diagnostic {
    Diagnostic(
      DiagnosticID("invalid-header-name"),
      .error,
      "this is no name of a header field: \(reason)",
      at: range,
      notes: ["A name is made of at most 48 ASCII letters, digits and hyphens: 'X-Campaign'."]
    )
  }

  /// Without it there is no message.
  static func missingEnvelope(_ what: String, note: String, at range: SourceRange) -> Diagnostic {
    Diagnostic(DiagnosticID("missing-envelope"), .error, what, at: range, notes: [note])
  }

  static func missingRecipient(_ path: String, at range: SourceRange) -> Diagnostic {
    missingEnvelope(
      "the profile has no address in '\(path)'",
      note: "The field is what 'recipient' names in letterpress.yaml, or --recipient.",
      at: range
    )
  }

  static func missingSender(at range: SourceRange) -> Diagnostic {
    missingEnvelope(
      "the message has no sender",
      note: "Add <lp-from> to mj-head, or 'sender' to letterpress.yaml for all layouts.",
      at: range
    )
  }

  static func missingSubject(at range: SourceRange) -> Diagnostic {
    missingEnvelope(
      "the message has no subject",
      note: "Add <lp-subject> to mj-head, and print something in it on every path.",
      at: range
    )
  }

  static func repeatedHeader(
    _ name: String,
    at range: SourceRange,
    after first: SourceRange
  ) -> Diagnostic {
    Diagnostic(
      DiagnosticID("repeated-header"),
      .error,
      "a message has one '\(name)', and this is the second",
      at: range,
      labels: [.init(first, "the first")],
      notes: ["Several may stand in the branches of an if or a case, of which one is taken."]
    )
  }

  static func headerInLoop(_ name: String, at range: SourceRange) -> Diagnostic {
    Diagnostic(
      DiagnosticID("repeated-header"),
      .error,
      "a message has one '\(name)', and a loop makes one in each turn",
      at: range,
      notes: ["Put the loop into the element, or limit it to one turn: limit: 1."]
    )
  }

  static func reservedHeader(
    _ name: HeaderName,
    _ owner: HeaderName.Owner,
    at range: SourceRange
  ) -> Diagnostic {
    let (message, notes): (String, [String])
    switch owner {
    case .element(let element):
      (message, notes) = ("'\(name.text)' is written by <\(element)>", [])
    case .message:
      message = "'\(name.text)' follows from the message, and no layout writes it"
      notes = ["The recipient's address is what 'recipient' names in letterpress.yaml."]
    case .servers:
      (message, notes) = ("'\(name.text)' is written by the servers that send the message", [])
    }
    return Diagnostic(DiagnosticID("reserved-header"), .error, message, at: range, notes: notes)
  }

  static func unsubscribeScheme(at range: SourceRange) -> Diagnostic {
    Diagnostic(
      DiagnosticID("unsubscribe-scheme"),
      .error,
      "List-Unsubscribe takes an https, http or mailto URL",
      at: range,
      notes: ["With https, clients show a button that works with one click (RFC 8058)."]
    )
  }
}
