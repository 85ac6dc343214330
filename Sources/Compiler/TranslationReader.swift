import LetterpressDiagnostics
import LetterpressLiquid
import LetterpressTyping
import Yams

/// Reads `fixtures/locales/TAG.yaml`: maps of maps of texts.
///
///     cart:
///       title: "{{ name }}, your basket is waiting"      cart.title
///       items: { one: One thing, other: "{{ count }} things" }     cart.items, with count:
struct TranslationReader {
  private let places: YAMLPlaces
  private let rules: PluralRules
  private(set) var language: Translations.Language
  private(set) var diagnostics: [Diagnostic] = []

  /// Texts of one file; YAML's aliases can make a small file large.
  private static let limit = 20_000
  private static let depth = 32

  init(_ file: SourceFile, id: SourceFile.ID, tag: String) {
    places = YAMLPlaces(id: id, file: file)
    rules = PluralRules(locale: tag)
    language = Translations.Language(tag: tag, place: places.whole, entries: [:])
    guard LocaleTag.isValid(tag) else {
      language.isBroken = true
      diagnostics.append(
        .invalidTranslations(
          "'\(tag)' is no name of a language; it should be a tag such as 'en' or 'pt-BR'",
          at: places.whole
        )
      )
      return
    }
    guard let text = String(validating: file.bytes, as: UTF8.self) else {
      language.isBroken = true
      report("this file is not UTF-8", at: places.whole)
      return
    }
    do {
      guard var root = try Yams.compose(yaml: text) else { return }
      // Rails' files begin with their own name.
      if case .mapping(let mapping) = root, mapping.count == 1, let (key, value) = mapping.first,
        LocaleTag.normal(key.scalar?.string ?? "") == LocaleTag.normal(tag),
        case .mapping = value
      {
        root = value
      }
      read(root, as: "", at: places.range(of: root), depth: 0)
    } catch let error as YamlError {
      let (problem, place) = places.problem(error)
      language.isBroken = true
      report("this cannot be read: \(problem)", at: place)
    } catch {
      language.isBroken = true
      report("this cannot be read: \(error)", at: places.whole)
    }
  }

  private mutating func read(_ node: Yams.Node, as key: String, at place: SourceRange, depth: Int) {
    guard language.entries.count < Self.limit, depth < Self.depth else {
      language.isBroken = true
      report("more than \(Self.limit) texts, or maps \(Self.depth) deep", at: place)
      return
    }
    switch node {
    case .scalar(let scalar):
      if key.isEmpty, scalar.string.isEmpty { return }
      guard !key.isEmpty, !isNull(scalar) else {
        language.brokenKeys.insert(key)
        report(key.isEmpty ? "a map of texts is wanted" : "'\(key)' has no text", at: place)
        return
      }
      add(key, [.init(.other, scalar.string, at: place)], isPlural: false, at: place)
    case .mapping(let mapping):
      if !key.isEmpty, let forms = forms(mapping) {
        add(key, forms, isPlural: true, at: place)
        check(forms, of: key, at: place)
        return
      }
      for (name, value) in mapping {
        let place = places.range(of: name)
        guard let name = name.scalar?.string, !name.isEmpty else {
          report("a key is a text", at: place)
          continue
        }
        read(value, as: key.isEmpty ? name : "\(key).\(name)", at: place, depth: depth + 1)
      }
    case .sequence:
      language.brokenKeys.insert(key)
      report("'\(key)' is a list; a translation is a text, or a map of texts", at: place)
    case .alias:
      language.brokenKeys.insert(key)
      report("'\(key)' is an alias of something that is not there", at: place)
    }
  }

  private func isNull(_ scalar: Yams.Node.Scalar) -> Bool {
    (scalar.style == .plain || scalar.style == .any)
      && ["", "~", "null"].contains(scalar.string)
  }

  private mutating func add(
    _ key: String,
    _ texts: [Translations.Text],
    isPlural: Bool,
    at place: SourceRange
  ) {
    if let known = language.entries[key] {
      diagnostics.append(
        .invalidTranslations(
          "'\(key)' is translated twice",
          at: place,
          labels: [.init(known.range, "the first time")]
        )
      )
      return
    }
    language.entries[key] = .init(range: place, texts: texts, isPlural: isPlural)
  }

  private mutating func report(_ problem: String, at place: SourceRange) {
    diagnostics.append(.invalidTranslations(problem, at: place))
  }

  // MARK: - Forms

  /// The texts of a map whose keys are nothing but names of forms.
  private func forms(_ mapping: Yams.Node.Mapping) -> [Translations.Text]? {
    var forms: [Translations.Text] = []
    for (name, value) in mapping {
      guard let form = PluralCategory(rawValue: name.scalar?.string ?? ""),
        let scalar = value.scalar, !isNull(scalar)
      else { return nil }
      forms.append(.init(form, scalar.string, at: places.range(of: name)))
    }
    return forms.isEmpty ? nil : forms
  }

  /// Forms that the language asks for, and none that it never does.
  private mutating func check(
    _ texts: [Translations.Text],
    of key: String,
    at place: SourceRange
  ) {
    let forms = Set(texts.map(\.form))
    // `other` stands for every form that is not there, though not well.
    let missing = rules.formsOfIntegers.filter { !forms.contains($0) }
    if !missing.isEmpty {
      diagnostics.append(
        .pluralForms(key, missing: missing, language: language.tag, at: place)
      )
    }
    // `zero` is said in any language, as in Rails; `other` is what fractions have.
    for text in texts where text.form != .zero && !rules.forms.contains(text.form) {
      diagnostics.append(
        .idlePluralForm(text.form, key, forms: rules.forms, language: language.tag, at: text.range)
      )
    }
  }
}
