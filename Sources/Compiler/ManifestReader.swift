import LetterpressDiagnostics
import LetterpressMIME
import Yams

/// Reads `letterpress.yaml`, with a located finding for everything that it does not understand.
struct ManifestReader {
  private let id: SourceFile.ID
  private let file: SourceFile
  private(set) var manifest = Manifest()
  private(set) var diagnostics: [Diagnostic] = []
  /// Values read under `vars:`; YAML's aliases can make a small file large.
  private var values = 0
  private static let valueLimit = 20_000

  /// The keys, for did-you-mean.
  private static let keys = [
    "name", "widths", "sender", "recipient", "locale", "time-zone", "currency", "roots", "vars",
    "pii",
    "url-schemes",
    "includes", "severity", "limits",
  ]

  init(_ file: SourceFile, id: SourceFile.ID) {
    self.file = file
    self.id = id
    read()
  }

  private mutating func read() {
    guard let text = String(validating: file.bytes, as: UTF8.self) else {
      report(.manifestUnreadable("it is not UTF-8", at: whole))
      return
    }
    do {
      guard let root = try Yams.compose(yaml: text) else { return }
      guard case .mapping(let mapping) = root else {
        if case .scalar(let scalar) = root, scalar.string.isEmpty { return }
        report(.manifestValue("the manifest", wants: "a map of settings", at: range(of: root)))
        return
      }
      for (key, value) in mapping { read(key: key, value: value) }
    } catch let error as YamlError {
      report(unreadable(error))
    } catch {
      report(.manifestUnreadable(String(describing: error), at: whole))
    }
  }

  private mutating func read(key: Node, value: Node) {
    let name = key.scalar?.string ?? ""
    switch name {
    case "widths":
      let widths = integers(value, of: name) ?? manifest.widths
      if widths.isEmpty || widths.contains(where: { !(100...4_000).contains($0) }) {
        report(
          .manifestValue(name, wants: "widths from 100 to 4000 pixels", at: range(of: value))
        )
      } else {
        manifest.widths = Array(Set(widths)).sorted()
      }
    case "name": manifest.name = string(value, of: name)
    case "sender": readSender(value)
    case "recipient":
      manifest.recipient = string(value, of: name)
      manifest.recipientRange = range(of: value)
    case "locale":
      let tag = string(value, of: name) ?? manifest.locale
      if LocaleName.isValid(tag) {
        manifest.locale = tag
      } else {
        report(
          .manifestValue(
            name,
            wants: "a tag such as 'en' or 'pt-BR' (BCP 47)",
            at: range(of: value)
          )
        )
      }
    case "time-zone":
      let zone = string(value, of: name) ?? manifest.timeZone
      if LocaleName.isTimeZone(zone) {
        manifest.timeZone = zone
      } else {
        report(
          .manifestValue(name, wants: "a name such as 'Europe/Berlin' (IANA)", at: range(of: value))
        )
      }
    case "currency":
      let currency = string(value, of: name) ?? manifest.currency
      if currency.utf8.count == 3, currency.utf8.allSatisfy({ (65...90).contains($0) }) {
        manifest.currency = currency
      } else {
        report(
          .manifestValue(
            name,
            wants: "an ISO 4217 code of three capital letters, such as EUR",
            at: range(of: value)
          )
        )
      }
    case "roots":
      switch value.scalar?.string {
      case "properties": manifest.usesPropertyRoots = true
      case "profile": manifest.usesPropertyRoots = false
      default:
        report(.manifestValue(name, wants: "'profile' or 'properties'", at: range(of: value)))
      }
    case "vars": readConstants(value)
    case "pii":
      manifest.allowedPersonalPaths = strings(under: "allow", in: value, of: name)
      manifest.personalPathRanges = ranges(under: "allow", in: value)
    case "includes": manifest.includeRoots = strings(under: "allow", in: value, of: name)
    case "url-schemes":
      manifest.urlSchemes = (strings(value, of: name) ?? []).map { $0.lowercased() }
    case "severity": readSeverities(value)
    case "limits": readLimits(value)
    default:
      report(
        .unknownManifestKey(
          name,
          suggestion: suggestion(for: name, among: Self.keys),
          at: range(of: key)
        )
      )
    }
  }

  private mutating func readSender(_ node: Node) {
    guard let sender = string(node, of: "sender") else { return }
    manifest.sender = sender
    var line: [UInt8] = []
    HeaderText.append(Array(sender.utf8).span, to: &line)
    do throws(AddressFault) {
      try Mailbox(line.span).checkName(in: line.span)
    } catch {
      report(.invalidAddress("the sender", error, at: range(of: node)))
    }
  }

  // MARK: - Maps of their own

  private mutating func readConstants(_ node: Node) {
    guard let mapping = map(node, of: "vars") else { return }
    for (key, value) in mapping {
      let name = key.scalar?.string ?? ""
      guard isIdentifier(name) else {
        report(
          .manifestValue(
            "vars",
            wants: "names of letters, digits and '_', as Liquid has them",
            at: range(of: key)
          )
        )
        continue
      }
      if let constant = constant(value) {
        manifest.constants.append(
          Manifest.Constant(name: name, value: constant, range: range(of: key))
        )
      }
    }
  }

  private mutating func constant(_ node: Node) -> Manifest.Constant.Value? {
    values += 1
    guard values <= Self.valueLimit else {
      if values == Self.valueLimit + 1 {
        report(
          .manifestValue("vars", wants: "\(Self.valueLimit) values at most", at: range(of: node))
        )
      }
      return nil
    }
    switch node {
    case .scalar(let scalar):
      // Quoted scalars are text; plain ones are what YAML's core schema says.
      guard scalar.style == .plain || scalar.style == .any else { return .string(scalar.string) }
      switch scalar.string {
      case "null", "~", "": return .null
      case "true": return .boolean(true)
      case "false": return .boolean(false)
      default:
        if let integer = Int(scalar.string) { return .integer(integer) }
        if let first = scalar.string.utf8.first, (48...57).contains(first) || first == 45,
          let number = Double(scalar.string), number.isFinite
        {
          return .number(number)
        }
        return .string(scalar.string)
      }
    case .sequence(let sequence):
      var values: [Manifest.Constant.Value] = []
      for element in sequence {
        guard let value = constant(element) else { return nil }
        values.append(value)
      }
      return .array(values)
    case .mapping(let mapping):
      var pairs: [Manifest.Constant.Pair] = []
      for (key, element) in mapping {
        guard let name = key.scalar?.string, let value = constant(element) else { return nil }
        pairs.append(Manifest.Constant.Pair(key: name, value: value))
      }
      return .object(pairs)
    case .alias:
      report(.manifestValue("vars", wants: "values without aliases", at: range(of: node)))
      return nil
    }
  }

  private mutating func readSeverities(_ node: Node) {
    guard let mapping = map(node, of: "severity") else { return }
    for (key, value) in mapping {
      let id = key.scalar?.string ?? ""
      if !FindingNames.all.contains(id) {
        report(
          .unknownFinding(
            id,
            suggestion: suggestion(for: id, among: FindingNames.all),
            at: range(of: key)
          )
        )
      }
      switch value.scalar?.string {
      case "off": manifest.severities[id] = .some(nil)
      case "warning": manifest.severities[id] = .warning
      case "error": manifest.severities[id] = .error
      default:
        report(
          .manifestValue("severity", wants: "'off', 'warning' or 'error'", at: range(of: value))
        )
      }
    }
  }

  private mutating func readLimits(_ node: Node) {
    guard let mapping = map(node, of: "limits") else { return }
    for (key, value) in mapping {
      let name = key.scalar?.string ?? ""
      guard ProjectLimits.names.contains(name) else {
        report(
          .unknownManifestKey(
            name,
            suggestion: suggestion(for: name, among: ProjectLimits.names),
            at: range(of: key)
          )
        )
        continue
      }
      guard let limit = value.int, limit > 0 else {
        report(.manifestValue(name, wants: "a positive integer", at: range(of: value)))
        continue
      }
      if let ceiling = ProjectLimits.ceiling(of: name), limit > ceiling {
        report(.manifestValue(name, wants: "\(ceiling) at most", at: range(of: value)))
      }
      manifest.limits[name] = limit
    }
  }

  // MARK: - Values

  private mutating func map(_ node: Node, of key: String) -> Node.Mapping? {
    if case .mapping(let mapping) = node { return mapping }
    if let scalar = node.scalar, scalar.string.isEmpty { return nil }
    report(.manifestValue(key, wants: "a map", at: range(of: node)))
    return nil
  }

  private mutating func string(_ node: Node, of key: String) -> String? {
    if let text = node.scalar?.string, !text.isEmpty { return text }
    report(.manifestValue(key, wants: "a text", at: range(of: node)))
    return nil
  }

  private mutating func strings(_ node: Node, of key: String) -> [String]? {
    if case .sequence(let sequence) = node {
      let texts = sequence.compactMap { $0.scalar?.string }
      if texts.count == sequence.count { return texts }
    }
    report(.manifestValue(key, wants: "a list of texts", at: range(of: node)))
    return nil
  }

  private mutating func integers(_ node: Node, of key: String) -> [Int]? {
    if case .sequence(let sequence) = node {
      let numbers = sequence.compactMap(\.int)
      if numbers.count == sequence.count { return numbers }
    }
    report(.manifestValue(key, wants: "a list of integers", at: range(of: node)))
    return nil
  }

  /// The list under the one key that a map may have.
  private mutating func strings(under inner: String, in node: Node, of key: String) -> [String] {
    guard let mapping = map(node, of: key) else { return [] }
    var texts: [String] = []
    for (name, value) in mapping {
      if name.scalar?.string == inner {
        texts = strings(value, of: "\(key).\(inner)") ?? []
      } else {
        report(
          .unknownManifestKey(
            name.scalar?.string ?? "",
            suggestion: inner,
            at: range(of: name)
          )
        )
      }
    }
    return texts
  }

  /// The places of the same texts.
  private func ranges(under inner: String, in node: Node) -> [SourceRange] {
    guard case .mapping(let mapping) = node else { return [] }
    for (name, value) in mapping where name.scalar?.string == inner {
      if case .sequence(let sequence) = value { return sequence.map { range(of: $0) } }
    }
    return []
  }

  private func isIdentifier(_ name: String) -> Bool {
    guard let first = name.utf8.first, !(48...57).contains(first) else { return false }
    return name.utf8.allSatisfy {
      (97...122).contains($0) || (65...90).contains($0) || (48...57).contains($0) || $0 == 95
    }
  }

  // MARK: - Places

  private var places: YAMLPlaces { YAMLPlaces(id: id, file: file) }
  private var whole: SourceRange { places.whole }

  private mutating func report(_ diagnostic: Diagnostic) { diagnostics.append(diagnostic) }

  private func range(of node: Node) -> SourceRange { places.range(of: node) }

  private func unreadable(_ error: YamlError) -> Diagnostic {
    let (problem, range) = places.problem(error)
    return .manifestUnreadable(problem, at: range)
  }
}
