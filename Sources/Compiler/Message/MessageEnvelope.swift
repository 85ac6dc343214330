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

/// The way to the recipient's address by the slots of a record.
struct RecipientSlots {
  private struct Step {
    /// The type of the object, and the slot of its field.
    var type: UInt32
    var slot: Int
  }

  private var steps: [Step] = []

  /// Nil where the way depends on the profile: over an object of more than one type, or of any keys.
  init?(_ names: [String], in schema: ProfileSchema) {
    var type = schema.root
    for name in names {
      if case .optional(let wrapped) = type { type = wrapped }
      guard case .object(let id) = type,
        let field = schema.types[id].fields.first(where: { $0.name.utf8.elementsEqual(name.utf8) })
      else { return nil }
      steps.append(Step(type: UInt32(id.index), slot: field.slot))
      type = field.type
    }
  }

  /// The place of the address among the record's bytes; nil where it has none.
  func address(in record: borrowing Record) -> Range<Int>? {
    var slot = record.profile
    for step in steps {
      guard case .object = slot.kind, slot.count == step.type,
        record.slots.indices.contains(slot.first &+ step.slot)
      else { return nil }
      slot = record.slots[slot.first &+ step.slot]
    }
    guard case .string = slot.kind, slot.count > 0,
      slot.first &+ Int(slot.count) <= record.bytes.count
    else { return nil }
    return slot.first..<slot.first &+ Int(slot.count)
  }
}
