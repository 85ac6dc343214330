import Foundation
public import LetterpressDiagnostics
import LetterpressLiquid
import LetterpressProgram
import LetterpressSchema

/// Who a message is rendered for: a decoded profile and the send time that goes with it.
///
/// Its storage is reused by `decode(_:for:)`: a service keeps one for each thread.
public struct Recipient: Sendable {
  var record = Record()
  /// The persona's send time; nil where the run decides.
  var now: Moment?

  /// Makes storage for profiles; until one is decoded, every value is missing.
  public init() {}

  init(record: Record, now: Moment?) {
    self.record = record
    self.now = now
  }

  /// Decodes a profile in place of the one before.
  ///
  /// - Parameters:
  ///   - json: The profile, as JSON in UTF-8; at most 1 MiB, 64 levels deep.
  ///   - email: The email that is to be rendered for it, or another one of the same schema.
  /// - Throws: `Recipient.Failure` with every place where the profile does not conform to the schema; it must not
  ///   be rendered then.
  public mutating func decode(
    _ json: [UInt8],
    for email: CompiledEmail
  ) throws(Failure) {
    now = nil
    try decode(json, path: "profile", as: email.schema, for: email.sources)
  }

  /// The send time: the recipient's own, else the time of day.
  var moment: Moment { now ?? Moment(seconds: Int(Date().timeIntervalSince1970)) }

  /// Why there is no such recipient.
  public struct Failure: Error, Sendable, CustomStringConvertible {
    /// What is wrong with the profile or the persona.
    public let diagnostics: [Diagnostic]
    /// The files of the findings.
    public let sources: SourceSet
    /// Whether there is nothing of that name, as against something that does not conform.
    public let isMissing: Bool

    /// A line for each finding: `profile:1:20: error: … [missing-field]`.
    public var description: String {
      let lines = DiagnosticFormat.oneline.render(diagnostics, in: sources)
      return String(lines.dropLast())
    }
  }
}

/// Why a message was not rendered, as a finding at the expression; nothing of it may be sent.
public struct RenderFailure: Error, Sendable, CustomStringConvertible {
  /// The finding; its ID is the kind of reason.
  public let diagnostic: Diagnostic
  /// The JSON Pointer of the profile's value that is to blame; nil where an expression is.
  public let field: String?
  /// The files that the finding has a place in.
  public private(set) var sources: SourceSet

  init(_ error: RenderError, in sources: SourceSet = SourceSet()) {
    self.init(
      Diagnostic(DiagnosticID(error.reason.rawValue), .error, error.message, at: error.range)
    )
    self.sources = sources
  }

  /// The kind of reason: "skipped", "refused-value", "filter-failed", "limit" or "unexpected-value".
  public var code: String { diagnostic.id.name }

  /// The reason in one line; of `abort` what the template says.
  ///
  /// It holds no values of the profile but those that `abort` names.
  public var message: String { diagnostic.message }

  /// Whether the template asked for it (`abort`): skip this recipient, it is no fault.
  public var isIntended: Bool { code == RenderError.Reason.skipped.rawValue }

  /// The place alone: `layouts/welcome.mjml:12:24`.
  package var place: String {
    let range = diagnostic.primary.range
    guard range.file.index < sources.files.count else { return "" }
    let position = sources[range.file].position(at: range.start)
    return "\(sources[range.file].path):\(position.line):\(position.column)"
  }

  /// One line with the place: `layouts/welcome.mjml:12:24: error: … [refused-value]`.
  public var description: String {
    guard diagnostic.primary.range.file.index < sources.files.count else { return message }
    return String(DiagnosticFormat.oneline.render([diagnostic], in: sources).dropLast())
  }

  init(_ diagnostic: Diagnostic, field: String? = nil) {
    self.diagnostic = diagnostic
    self.field = field
    sources = SourceSet()
  }

  /// The failure with the files of its place.
  func located(in sources: SourceSet) -> RenderFailure {
    var failure = self
    failure.sources = sources
    return failure
  }
}

extension ProjectCompiler {
  /// A persona as a recipient.
  ///
  /// - Parameter name: The file's name in `fixtures/personas`, without its ending.
  /// - Returns: The recipient.
  /// - Throws: What is wrong with the persona.
  public func recipient(persona name: String) throws(Recipient.Failure) -> Recipient {
    if let persona = loaded.personas.first(where: { $0.name == name }),
      let record = persona.record
    {
      return Recipient(record: record, now: persona.now.flatMap(Moment.init(rfc3339:)))
    }
    let path = "fixtures/personas/\(name).json"
    let file = sources.files.firstIndex { $0.path == path }
    guard let file else {
      var sources = sources
      let place = SourceRange(
        file: sources.add(SourceFile(path: path, bytes: [])),
        start: 0,
        end: 0
      )
      throw Recipient.Failure(
        diagnostics: [.unknownPersona(name, among: project.personaNames, at: place)],
        sources: sources,
        isMissing: true
      )
    }
    let found = loaded.diagnostics.filter { Int($0.primary.range.file.index) == file }
    throw Recipient.Failure(diagnostics: found, sources: sources, isMissing: false)
  }

  /// A profile as a recipient.
  ///
  /// - Parameters:
  ///   - json: The profile, as JSON in UTF-8.
  ///   - path: The name to show in findings.
  /// - Returns: The recipient.
  /// - Throws: Where the profile does not conform to the schema.
  public func recipient(profile json: [UInt8], path: String) throws(Recipient.Failure) -> Recipient
  {
    var recipient = Recipient()
    try recipient.decode(json, path: path, as: loaded.schema, for: sources)
    return recipient
  }
}

extension CompiledEmail {
  /// Decodes a profile.
  ///
  /// - Parameters:
  ///   - json: The profile, as JSON in UTF-8.
  ///   - path: The name to show in findings.
  /// - Returns: The recipient, for emails of the same schema.
  /// - Throws: `Recipient.Failure` with every place where the profile does not conform to the schema.
  public func recipient(
    profile json: [UInt8],
    path: String = "profile"
  ) throws(Recipient.Failure) -> Recipient {
    var recipient = Recipient()
    try recipient.decode(json, path: path, as: schema, for: sources)
    return recipient
  }
}

extension Recipient {
  fileprivate mutating func decode(
    _ json: [UInt8],
    path: String,
    as schema: ProfileSchema,
    for sources: SourceSet
  ) throws(Failure) {
    do {
      try schema.decoder.decode(json, into: &record)
    } catch {
      var sources = sources
      let file = SourceFile(path: path == "-" ? "stdin" : path, bytes: json)
      let id = sources.add(file)
      throw Failure(
        diagnostics: error.violations.map { $0.diagnostic(in: id) },
        sources: sources,
        isMissing: false
      )
    }
  }
}

extension Moment {
  /// A point in time as RFC 3339 writes it; nil where the text is none.
  init?(rfc3339 text: String) {
    guard let moment = FilterCatalog.moment(.string(text), FilterContext()) else { return nil }
    self = moment
  }
}

extension CompiledEmail {
  /// Seconds since 1970 of a time as RFC 3339 writes it.
  public static func seconds(_ text: String) -> Int? { Moment(rfc3339: text)?.seconds }

  /// Renders one recipient's whole message, as `Renderer.renderMessage` does.
  ///
  /// - Parameters:
  ///   - recipient: Who gets it.
  ///   - now: The send time, as RFC 3339 writes it; nil for the recipient's own, else the time of day.
  /// - Returns: The message.
  /// - Throws: `RenderFailure`, with the place.
  public func message(
    for recipient: Recipient,
    now: String? = nil
  ) throws(RenderFailure) -> [UInt8] {
    var renderer = makeRenderer(now: now)
    var buffer = MessageBuffer(capacity: 65_536)
    try renderer.renderMessage(recipient, into: &buffer)
    return buffer.bytes()
  }

  /// Renders everything for one recipient.
  ///
  /// - Parameters:
  ///   - recipient: Who gets it.
  ///   - now: The send time, as RFC 3339 writes it; nil for the recipient's own, else the time of day.
  /// - Returns: The message.
  /// - Throws: `RenderFailure`, with the place; nothing is half-rendered.
  public func render(
    _ recipient: Recipient,
    now: String? = nil
  ) throws(RenderFailure) -> Message {
    let moment = now.flatMap(Moment.init(rfc3339:)) ?? recipient.moment
    do throws(RenderError) {
      return try render(recipient.record, now: moment)
    } catch {
      throw RenderFailure(error, in: sources)
    }
  }
}
