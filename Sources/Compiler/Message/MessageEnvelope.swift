import LetterpressDiagnostics
import LetterpressProgram
import LetterpressSchema

/// A part of a layout's program, and what it is for.
struct EmailPart: Sendable {
  /// `html`, `text`, the name of an `EnvelopeText`, or a role of `MessageEnvelope`.
  var role: String
  var part: RenderProgram.Part
  /// The element that it comes from; the beginning of the layout where that is none.
  var range: SourceRange

  init(_ role: String, _ part: RenderProgram.Part, of range: SourceRange) {
    self.role = role
    self.part = part
    self.range = range
  }
}

/// What a layout and its project say of a message's header.
struct MessageEnvelope: Sendable {
  static let replyToRole = "reply-to"
  static let unsubscribeRole = "unsubscribe"
  /// Before the name of an `lp-header`.
  static let headerRole = "header "

  /// The manifest's sender, for where the layout prints none.
  var defaultSender: String?
  /// The path of the profile's field with the recipient's address; nil where messages have no `To`.
  var recipient: [String]?
  /// The beginning of the layout.
  var place: SourceRange

  // What the layout prints; on paths where that is nothing, the message has no such field.
  private(set) var subject: EmailPart?
  private(set) var from: EmailPart?
  private(set) var replyTo: EmailPart?
  /// `lp-header`, in the order of the layout.
  private(set) var headers: [(name: String, part: EmailPart)] = []
  /// The URLs of `lp-unsubscribe`, in the order of the layout.
  private(set) var unsubscribe: [EmailPart] = []

  init(defaultSender: String?, recipient: [String]?, place: SourceRange) {
    self.defaultSender = defaultSender
    self.recipient = recipient
    self.place = place
  }

  /// The text of the field with the recipient's address; nil where messages have none, or the profile has
  /// none.
  func recipientAddress(in record: borrowing Record, _ types: TypeTable) -> ArraySlice<UInt8>? {
    guard let recipient else { return nil }
    let reader = RecordReader(copy record, types: types)
    var slot: Slot? = reader.profile
    for name in recipient { slot = slot.flatMap { reader.member(name, of: $0) } }
    guard let slot, slot.kind == .string, slot.count > 0 else { return nil }
    return reader.bytes(slot)
  }

  /// Takes a part that the header has; false where it has no such part.
  mutating func take(_ part: EmailPart) -> Bool {
    switch part.role {
    case CompiledEmail.EnvelopeText.subject.rawValue: subject = part
    case CompiledEmail.EnvelopeText.from.rawValue: from = part
    case Self.replyToRole: replyTo = part
    case Self.unsubscribeRole: unsubscribe.append(part)
    case let role where role.hasPrefix(Self.headerRole):
      headers.append((String(role.dropFirst(Self.headerRole.count)), part))
    default: return false
    }
    return true
  }
}
