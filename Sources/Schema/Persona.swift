package import LetterpressDiagnostics

/// A sample recipient: a profile with a title for people, as `fixtures/personas/NAME.json` holds
/// one.
package struct Persona: Sendable {
  /// The file's name without its ending.
  package let name: String
  /// What the gallery calls it; the name where the file gives none.
  package let title: String
  package let notes: String
  package let tags: [String]
  /// The time of sending, as RFC 3339 writes it; nil where the run decides.
  package let now: String?
  package let file: SourceFile.ID
  /// Where the profile stands in the file.
  package let profileRange: SourceRange
  /// Nil where the profile does not conform, or there is no schema.
  package let record: Record?

  private static let keys = ["title", "notes", "tags", "now", "profile"]

  /// Reads a persona; nil where the file is no JSON or has no profile.
  ///
  /// Reports all that is wrong with it, and warns of fields that the schema does not know.
  package static func read(
    _ file: SourceFile,
    id: SourceFile.ID,
    name: String,
    schema: ProfileSchema?,
    diagnostics: inout [Diagnostic]
  ) -> Persona? {
    var limits = schema?.decoder.limits ?? ProfileLimits()
    // The object around the profile.
    limits.depth += 1
    guard let json = LocatedJSON.read(file, id: id, limits: limits, diagnostics: &diagnostics)
    else { return nil }
    guard json.isObject else {
      diagnostics.append(
        .invalidPersona("a persona is an object, not \(json.kindName)", at: json.range)
      )
      return nil
    }
    reportKeys(json, schema, &diagnostics)
    let title = string("title", of: json, &diagnostics)
    let notes = string("notes", of: json, &diagnostics)
    let now = now(of: json, &diagnostics)
    let tags = tags(of: json, &diagnostics)
    guard let profile = json["profile"] else {
      let brace = SourceRange(file: id, start: json.range.start, end: json.range.start + 1)
      diagnostics.append(.invalidPersona("the persona has no 'profile'", at: brace))
      return nil
    }
    return Persona(
      name: name,
      title: title ?? name,
      notes: notes ?? "",
      tags: tags,
      now: now,
      file: id,
      profileRange: profile.range,
      record: schema.flatMap { record(profile, file, $0, &diagnostics) }
    )
  }

  private static func record(
    _ profile: LocatedJSON,
    _ file: SourceFile,
    _ schema: ProfileSchema,
    _ diagnostics: inout [Diagnostic]
  ) -> Record? {
    var record = Record()
    do {
      try schema.decoder.decode(file.bytes, in: profile.range.bounds, into: &record)
    } catch {
      // The reader of the file has reported keys that stand twice.
      let others = error.violations.filter { $0.code != JSONFault.Code.duplicateKey.rawValue }
      diagnostics += others.map { $0.diagnostic(in: profile.range.file) }
      return nil
    }
    UnknownFields(schema).report(in: profile, &diagnostics)
    return record
  }

  // MARK: - Keys

  private static func reportKeys(
    _ json: LocatedJSON,
    _ schema: ProfileSchema?,
    _ diagnostics: inout [Diagnostic]
  ) {
    for member in json.members where !keys.contains(member.key) && member.key != "$schema" {
      let open = keys.filter { json[$0] == nil }
      diagnostics.append(
        .unknownPersonaKey(
          member.key,
          at: member.keyRange,
          suggestion: suggestField(member.key, among: open)
        )
      )
    }
  }

  private static func string(
    _ key: String,
    of json: LocatedJSON,
    _ diagnostics: inout [Diagnostic]
  ) -> String? {
    guard let value = json[key] else { return nil }
    if let string = value.string { return string }
    diagnostics.append(
      .invalidPersona("'\(key)' is a string, not \(value.kindName)", at: value.range)
    )
    return nil
  }

  private static func now(
    of json: LocatedJSON,
    _ diagnostics: inout [Diagnostic]
  ) -> String? {
    guard let now = string("now", of: json, &diagnostics), let value = json["now"] else {
      return nil
    }
    if TextFormat.accepts(.dateTime, now.utf8.span) { return now }
    diagnostics.append(
      .invalidPersona(
        "'now' is a date with time and offset, such as 2026-05-31T09:30:00Z",
        at: value.range
      )
    )
    return nil
  }

  private static func tags(
    of json: LocatedJSON,
    _ diagnostics: inout [Diagnostic]
  ) -> [String] {
    guard let value = json["tags"] else { return [] }
    guard case .array(let elements) = value.content else {
      diagnostics.append(
        .invalidPersona("'tags' is a list of strings, not \(value.kindName)", at: value.range)
      )
      return []
    }
    return elements.compactMap { element in
      if let tag = element.string { return tag }
      diagnostics.append(
        .invalidPersona("a tag is a string, not \(element.kindName)", at: element.range)
      )
      return nil
    }
  }
}

extension ProfileViolation {
  /// As a finding in the file whose bytes were decoded.
  package func diagnostic(in file: SourceFile.ID) -> Diagnostic {
    Diagnostic(
      DiagnosticID(code),
      .error,
      message,
      at: SourceRange(range, in: file),
      notes: pointer.isEmpty ? [] : ["JSON Pointer: \(Finding.printable(pointer))"]
    )
  }
}

/// Looks for members of a conforming profile that its schema lets in but does not know.
private struct UnknownFields {
  private let schema: ProfileSchema

  init(_ schema: ProfileSchema) { self.schema = schema }

  func report(in profile: LocatedJSON, _ diagnostics: inout [Diagnostic]) {
    visit(profile, schema.rootRule, "", &diagnostics)
  }

  /// The depth limit of JSON bounds the recursion.
  private func visit(
    _ value: LocatedJSON,
    _ rule: Rule.ID,
    _ pointer: String,
    _ diagnostics: inout [Diagnostic]
  ) {
    switch schema.rules[rule].shape {
    case .object(let id): visit(value, members: schema.rules[id], pointer, &diagnostics)
    case .map(let values):
      for member in value.members {
        visit(member.value, values, pointer + JSONPointer.token(member.key), &diagnostics)
      }
    case .array(let elements):
      for (index, element) in value.elements.enumerated() {
        visit(element, elements, "\(pointer)/\(index)", &diagnostics)
      }
    case .union(let tag, let variants):
      guard let constant = value[tag].flatMap(ValueType.Constant.init),
        let variant = variants.first(where: { $0.constant == constant })
      else { return }
      visit(value, members: schema.rules[variant.type], pointer, &diagnostics)
    default: return
    }
  }

  private func visit(
    _ value: LocatedJSON,
    members rule: ObjectRule,
    _ pointer: String,
    _ diagnostics: inout [Diagnostic]
  ) {
    for member in value.members {
      let path = pointer + JSONPointer.token(member.key)
      if let field = rule.fields.first(where: { $0.name.utf8.elementsEqual(member.key.utf8) }) {
        visit(member.value, field.rule, path, &diagnostics)
        continue
      }
      switch rule.undeclared {
      case .kept(let values): visit(member.value, values, path, &diagnostics)
      case .ignored, .forbidden:
        let open = rule.fields.map(\.name).filter { value[$0] == nil }
        diagnostics.append(
          .unusedPersonaField(
            member.key,
            pointer: path,
            at: member.keyRange,
            suggestion: suggestField(member.key, among: open)
          )
        )
      }
    }
  }
}
