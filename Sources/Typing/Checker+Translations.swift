import LetterpressDiagnostics
import LetterpressLiquid
import LetterpressSchema

/// `t`: the translation of a key stands in the tree in its place, so that nothing has to be looked up when a
/// message is written.
///
///     {{ 'cart.title' | t: name: profile.first_name }}
///     text[ "Your basket, ", output(first_name) ]
///
/// With `locale:` it is a choice between the languages, with `count:` one between the forms.
extension Checker {
  /// One use of `t`.
  private struct Use {
    var application: FilterApplication
    /// All keys that it may have.
    var keys: [String]
    var range: SourceRange

    func argument(_ name: String) -> Operand? {
      application.named.last { $0.name == name }?.value
    }

    /// The names in the template, without those of our own.
    var names: [Identifier] {
      application.call.namedArguments.map(\.name).filter { $0.name != "locale" }
    }
  }

  private typealias Translation = Translations.Translation

  /// The text that takes the place of a use of `t`; nil after a finding.
  func translated(_ application: FilterApplication, at range: SourceRange) -> Operand? {
    var keys: [String] = []
    for case .string(let key) in application.input.finiteValues ?? [] { keys.append(key) }
    guard !keys.isEmpty, keys.count == application.input.finiteValues?.count else {
      translationUses.isOpen = true
      report(.dynamicTranslationKey(application.input))
      return nil
    }
    let use = Use(application: application, keys: keys, range: range)
    translationUses.keys.formUnion(keys)
    let tags = wantedTags(of: use)
    var isComplete = true
    var known: [(key: String, translation: Translation)] = []
    for key in keys {
      known += translations(of: key, into: tags).map { (key, $0) }
      isComplete = reportMissing(key, into: tags, use) && isComplete
    }
    guard isComplete, checkArguments(of: use, known) else { return nil }
    return text(of: use)
  }

  // MARK: Languages

  /// The languages that the use may print: the one that it names, or all.
  private func wantedTags(of use: Use) -> [String] {
    let files = input.translations.languages.map(\.tag)
    guard let locale = use.argument("locale"), let values = locale.finiteValues else {
      return files
    }
    let named = values.compactMap { literal -> String? in
      if case .string(let tag) = literal { return tag }
      return nil
    }
    let known = files + [input.translations.defaultTag]
    for tag in named where !input.translations.hasLanguage(of: tag) && !files.isEmpty {
      let isDefault = LocaleTag.chain(from: input.translations.defaultTag)
        .contains(LocaleTag.normal(tag))
      if !isDefault { report(.unknownLocale(tag, known: known, at: locale.range)) }
    }
    return locale.isLiteral ? named : files
  }

  /// The project's language has it, or one that it falls back to.
  private func fallback(of key: String) -> Translation? {
    input.translations.language(of: input.translations.defaultTag, having: key)
  }

  /// All texts that may stand for a key, the project's own first.
  private func translations(of key: String, into tags: [String]) -> [Translation] {
    var seen: Set<String> = []
    let others = tags.compactMap { input.translations.language(of: $0, having: key) }
    return ([fallback(of: key)].compactMap(\.self) + others).filter {
      seen.insert($0.language.tag).inserted
    }
  }

  /// Reports the languages that lack a key; false where nothing could be printed.
  private func reportMissing(_ key: String, into tags: [String], _ use: Use) -> Bool {
    let translations = input.translations
    let place = use.application.input.range
    let lacking = tags.filter { translations.language(of: $0, having: key) == nil }
    guard fallback(of: key) != nil || (lacking.isEmpty && use.argument("locale")?.isLiteral == true)
    else {
      let chain = LocaleTag.chain(from: translations.defaultTag)
      let file = translations.languages.filter { chain.contains(LocaleTag.normal($0.tag)) }
      guard !file.contains(where: { $0.isKnownToLack(key) }) else { return false }
      let near = suggestion(for: key, among: file.flatMap(\.entries.keys))
      if let near { translationUses.keys.insert(near) }
      report(
        .missingTranslation(
          key,
          at: place,
          defaultTag: translations.defaultTag,
          hasFile: !file.isEmpty,
          suggestion: near,
          isWritten: use.application.input.isLiteral
        )
      )
      return false
    }
    // Of `pt` and `pt-BR`, which falls back to it, one is enough.
    let own = LocaleTag.chain(from: translations.defaultTag)
    let missing = lacking.filter { tag in
      let chain = LocaleTag.chain(from: tag)
      return !own.contains(chain[0])
        && !lacking.contains { chain.dropFirst().contains(LocaleTag.normal($0)) }
        && translations.hasLanguage(of: tag)
        && !translations.languages.contains { $0.tag == tag && $0.isKnownToLack(key) }
    }
    // What is to be done is the same for all uses: the first one tells it.
    guard !missing.isEmpty, !isMuted, reportedTranslations.insert(key).inserted else { return true }
    report(
      .missingTranslation(
        key,
        in: missing,
        at: place,
        fallback: translations.defaultTag,
        suspects: suspects(for: key, in: missing)
      )
    )
    return true
  }

  /// Keys of these languages that the project's own does not have and that look like this one misspelt.
  private func suspects(for key: String, in tags: [String]) -> [Diagnostic.Label] {
    tags.compactMap { tag in
      guard let language = input.translations.languages.first(where: { $0.tag == tag }) else {
        return nil
      }
      let own = language.entries.keys.filter { fallback(of: $0) == nil }
      guard let near = suggestion(for: key, among: own), let entry = language.entries[near] else {
        return nil
      }
      translationUses.keys.insert(near)
      return Diagnostic.Label(entry.range, "misspelt?")
    }
  }

  // MARK: Arguments

  /// Holds the arguments against the placeholders of all texts; false where one would stay empty.
  private func checkArguments(
    of use: Use,
    _ known: [(key: String, translation: Translation)]
  ) -> Bool {
    let given = Set(use.names.map(\.name))
    var wanted: [String] = []
    for (_, translation) in known {
      for name in translation.entry.placeholders where !wanted.contains(name) {
        wanted.append(name)
      }
    }
    let hasForms = known.contains { $0.translation.entry.isPlural }
    var isRight = true
    var excused: Set<String> = []
    for name in use.names where !wanted.contains(name.name) && !(name.name == "count" && hasForms) {
      guard let (key, translation) = known.first else { continue }
      let near = suggestion(for: name.name, among: wanted.filter { !given.contains($0) })
      if let near { excused.insert(near) }
      if name.name == "count", near == nil {
        report(.countWithoutForms(key, at: name.range, entry: translation.entry.range))
      } else {
        isRight = isRight && near == nil
        report(
          .unusedTranslationArgument(
            name,
            of: key,
            suggestion: near,
            entry: translation.entry.range
          )
        )
      }
    }
    for (key, translation) in known {
      var names = translation.entry.placeholders
      if translation.entry.isPlural, !names.contains("count") { names.append("count") }
      for name in names where !given.contains(name) && excused.insert(name).inserted {
        isRight = false
        report(
          .missingTranslationArgument(
            name,
            of: key,
            in: translation.language.tag,
            at: use.application.input.range,
            text: translation.entry.range
          )
        )
      }
    }
    for (name, value) in use.application.named where name != "locale" {
      if printable(value).type == .unknown, value.type != .unknown { isRight = false }
    }
    return isRight
  }

  // MARK: Texts

  private func text(of use: Use) -> Operand {
    let isHTML = use.keys.contains(where: isHTMLKey)
    var builder = TranslatedText(
      range: use.range,
      isHTML: isHTML,
      arguments: Dictionary(use.application.named.map { ($0.name, $0.value.expression) }) { $1 }
    )
    var bodies: [(value: String, nodes: [TypedNode])] = []
    for key in use.keys {
      builder.escapesText = isHTML && !isHTMLKey(key)
      bodies.append((key, nodes(of: key, in: use, &builder)))
    }
    let last = bodies.removeLast()
    let nodes = builder.choice(
      of: use.application.input.expression,
      among: bodies,
      otherwise: last.nodes
    )
    let texts = isHTML ? nil : possibleTexts(nodes)
    let personal = use.application.named.filter { $0.name != "locale" && $0.name != "count" }
    let isNeverEmpty = texts.map { !$0.contains("") } ?? false
    let expression = TypedExpression(
      texts?.count == 1 ? .literal(.string(texts?.first ?? "")) : .text(nodes),
      type: isHTML
        ? .html(isClean: builder.isClean) : .string(.init(minLength: isNeverEmpty ? 1 : 0)),
      range: use.range,
      personalSources: personal.reduce([]) { $0.union($1.value.expression.personalSources) },
      finiteValues: texts.map { $0.map { Literal.string($0) } }
    )
    return Operand(expression: expression, source: source(use.range))
  }

  /// As in Rails and Shopify: a translation is markup where its key says so.
  private func isHTMLKey(_ key: String) -> Bool {
    key.hasSuffix("_html") || key == "html" || key.hasSuffix(".html")
  }

  /// A key's text in the language that it is for.
  private func nodes(
    of key: String,
    in use: Use,
    _ builder: inout TranslatedText
  ) -> [TypedNode] {
    let byDefault = fallback(of: key)
    guard let locale = use.argument("locale") else {
      return byDefault.map { builder.nodes(of: $0.entry, in: $0.language.tag) } ?? []
    }
    if locale.isLiteral, case .string(let tag)? = locale.singleValue {
      let own = input.translations.language(of: tag, having: key) ?? byDefault
      return own.map { builder.nodes(of: $0.entry, in: $0.language.tag) } ?? []
    }
    guard let byDefault else { return [] }
    let others: [Translation] = input.translations.languages.compactMap { language in
      guard language.tag != byDefault.language.tag, let entry = language.entry(key) else {
        return nil
      }
      return (language, entry)
    }
    let otherwise = builder.nodes(of: byDefault.entry, in: byDefault.language.tag)
    guard !others.isEmpty else { return otherwise }
    let tags = others.map(\.language.tag) + [byDefault.language.tag]
    return builder.choice(
      of: builder.filter(FilterCatalog.nearestLocaleName, locale.expression, tags),
      among: others.map { ($0.language.tag, builder.nodes(of: $0.entry, in: $0.language.tag)) },
      otherwise: otherwise
    )
  }
}
