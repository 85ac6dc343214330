package import LetterpressDiagnostics

/// Renders Liquid with data of no known type, without escaping, as Shopify's Liquid does.
///
/// Compiled emails do not go this way; it is what `letterpress liquid` does, and what Liquid's
/// conformance suite is held against.
package struct LiquidRenderer: Sendable {
  /// Finds a partial by the name that `render` or `include` gives it.
  package typealias PartialLoader = @Sendable (_ name: String) -> SourceFile?

  /// What is wrong with the template; it can be rendered if none of it is an error.
  package let diagnostics: [Diagnostic]

  private let template: Template
  private var library: TemplateLibrary

  /// The template and the partials that were reached so far.
  package var sources: SourceSet { library.sources }

  /// Parses a template and checks the filters that it uses.
  package init(
    _ source: SourceFile,
    dialect: Dialect = .shopify,
    catalog: FilterCatalog = .standard,
    loader: @escaping PartialLoader = { _ in nil }
  ) {
    library = TemplateLibrary(dialect: dialect, catalog: catalog, loader: loader)
    let entry = library.add(source)
    template = entry.template
    diagnostics = entry.diagnostics
  }

  /// Renders the template with data.
  ///
  /// Partials are parsed when they are first reached, and kept for the next render.
  package mutating func render(
    _ data: Object,
    context: FilterContext = FilterContext()
  ) throws(RenderFailure) -> [UInt8] {
    if let error = diagnostics.first(where: { $0.severity == .error }) {
      throw RenderFailure(broken: error)
    }
    var rendering = Rendering(library: library, context: context, data: data)
    defer { library = rendering.library }
    var output = BoundedText(limit: context.budget.limits.output, noun: "an output")
    try rendering.render(template.nodes, into: &output)
    return output.bytes
  }
}
