import LetterpressDiagnostics
import LetterpressMJML
import LetterpressMarkup
import LetterpressSchema
import LetterpressTyping

/// A project in memory, checked: what the compiler does with a folder, without disk, layout and grammar.
struct CheckedProject {
  /// Files by path: `fixtures/profile.schema.json`, `layouts/x.mjml`, `blocks/x.mjml`, `blocks/x.liquid`.
  var files: [(path: String, text: String)]
  var roots: CheckInput.Roots = .profile
  var constants: [String: ConstantValue] = [:]
  var allowedPersonalFields: Set<String> = []
  var personas: [String] = []
  var revealsTypes = false

  struct Outcome {
    var sources: SourceSet
    var layouts: [String: TypedLayout]
    var diagnostics: [Diagnostic]
  }

  func check() -> Outcome {
    var sources = SourceSet()
    var diagnostics: [Diagnostic] = []
    var ids: [String: SourceFile.ID] = [:]
    for file in files { ids[file.path] = sources.add(SourceFile(path: file.path, text: file.text)) }
    var schema: ProfileSchema?
    if let id = ids["fixtures/profile.schema.json"] {
      schema = ProfileSchema.read(sources[id], id: id, diagnostics: &diagnostics)
    }
    let types = schema?.types ?? TypeTable()
    let parser = MarkupParser(catalog: MJMLCatalog.catalog)
    func documents(in folder: String) -> [(name: String, document: Document)] {
      files.compactMap { file in
        guard file.path.hasPrefix(folder + "/"), file.path.hasSuffix(".mjml"),
          let id = ids[file.path]
        else { return nil }
        let (document, findings) = parser.parse(sources[id], id: id)
        diagnostics += findings
        let name = String(file.path.dropFirst(folder.count + 1).dropLast(".mjml".count))
        return document.map { (name, $0) }
      }
    }
    let (library, blockFindings) = BlockLibrary.declare(
      documents(in: "blocks"),
      types: types,
      in: sources
    )
    diagnostics += blockFindings
    var input = CheckInput(
      sources: sources,
      catalog: MJMLCatalog.catalog,
      types: types,
      profile: schema?.root,
      roots: roots,
      constants: constants,
      allowedPersonalFields: allowedPersonalFields,
      blocks: library,
      partials: partials(ids),
      personas: personas
    )
    input.revealsTypes = revealsTypes
    for name in library.names {
      if let block = library[name] {
        diagnostics += Checking.check(block, with: input).diagnostics
      }
    }
    var layouts: [String: TypedLayout] = [:]
    for (name, document) in documents(in: "layouts") {
      let (layout, findings) = Checking.check(document, with: input)
      layouts[name] = layout
      diagnostics += findings
    }
    return Outcome(
      sources: sources,
      layouts: layouts,
      diagnostics: diagnostics.sortedForDisplay(in: sources)
    )
  }

  private func partials(_ ids: [String: SourceFile.ID]) -> [String: SourceFile.ID] {
    var partials: [String: SourceFile.ID] = [:]
    for (path, id) in ids where path.hasPrefix("blocks/") && path.hasSuffix(".liquid") {
      partials[String(path.dropFirst("blocks/".count).dropLast(".liquid".count))] = id
    }
    return partials
  }
}
