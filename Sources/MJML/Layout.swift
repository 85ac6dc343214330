package import LetterpressDiagnostics
package import LetterpressProgram
package import LetterpressTyping

/// A mail laid out: HTML with holes.
package struct LaidOutMail: Sendable {
  package var html: [HTMLNode]
  package var diagnostics: [Diagnostic]
  /// How many answers and specialised parts the frame has to hold.
  package var answers: Int
  package var specialisations: Int
  /// How many variables it has to hold, those of the tree included.
  package var variables: Int

  /// Lays out the tree of a template: one `mjml` element, maybe with statements around it.
  ///
  /// `variables` is how many the tree has; `fonts` are web fonts in the place of MJML's own.
  package init(
    _ nodes: [TypedNode],
    sources: SourceSet,
    variables: Int = 0,
    maximumVariants: Int = 64,
    repeatsRulesForPrint: Bool = false,
    fonts: [(name: String, url: String)]? = nil
  ) {
    var context = LayoutContext(sources: sources)
    context.variableCount = variables
    context.maximumVariants = maximumVariants
    context.repeatsRulesForPrint = repeatsRulesForPrint
    context.fonts = fonts?.map { DocumentHead.Font(name: $0.name, url: AttributeValue($0.url)) }
    let path = InstancePath(.root)
    var html = HTMLFragment()
    for node in nodes {
      guard case .element(let mjml) = node else {
        html += context.lowered([node])
        continue
      }
      context.specialised(path, typed: mjml, range: mjml.range, into: &html) {
        context,
        html throws(LayoutInterruption) in
        context.cascade = AttributeCascade()
        html.append(try MJML.render(mjml, at: path, in: &context))
      }
    }
    self.html = html.nodes
    diagnostics = context.diagnostics
    answers = context.answerIDs.count
    specialisations = context.specialisationIDs.count
    self.variables = context.variableCount
  }
}
