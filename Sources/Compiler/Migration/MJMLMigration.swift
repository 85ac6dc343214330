public import LetterpressDiagnostics
import LetterpressMJML
import LetterpressMarkup

/// A template of MJML 3 or 4 as MJML 5 has it.
///
/// Elements that went are replaced by what came for them, and bare numbers get the unit they were read
/// with. Only these places change: everything else, Liquid and formatting too, stays byte by byte.
public struct MJMLMigration: Sendable {
  /// The template as it is now; nil where it cannot be read as MJML at all.
  public let template: [UInt8]?
  /// Whether it differs from what was given.
  public let hasChanged: Bool
  /// What could not be migrated, and what is wrong with the template.
  public let diagnostics: [Diagnostic]
  /// The files of the findings.
  public let sources: SourceSet

  /// Migrates a template.
  ///
  /// - Parameters:
  ///   - bytes: The template.
  ///   - path: The name to show in findings.
  ///   - sources: Files that were read before, for findings of several templates in one report.
  public init(_ bytes: [UInt8], path: String, sources: SourceSet = SourceSet()) {
    var sources = sources
    let file = SourceFile(path: path, bytes: bytes)
    let id = sources.add(file)
    let parser = MarkupParser(catalog: MigrationCatalog.catalog)
    // An include may hold any number of elements, and is migrated as well.
    let (document, diagnostics) = parser.parse(file, id: id, as: .fragment)
    self.sources = sources
    guard let document else {
      template = nil
      hasChanged = false
      self.diagnostics = diagnostics.sortedForDisplay(in: sources)
      return
    }
    var migrator = Migrator(bytes)
    migrator.migrate(document.nodes, in: nil)
    let migrated = migrator.edits.applied(to: bytes)
    template = migrated
    hasChanged = migrated != bytes
    self.diagnostics = (diagnostics + migrator.diagnostics).sortedForDisplay(in: sources)
  }
}

/// MJML 5 and the elements that it no longer has, for their content to be read as it was meant.
enum MigrationCatalog {
  static let catalog = ComponentCatalog(
    Array(MJMLCatalog.catalog.components.values)
      + ["mj-link", "mj-html", "mj-list", "mj-invoice-item"].map {
        ComponentDeclaration(name: $0, content: .raw, attributes: [], summary: "")
      }
  )
}
