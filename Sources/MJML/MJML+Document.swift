import LetterpressDiagnostics
import LetterpressProgram
import LetterpressTyping

extension MJML {
  /// The whole document.
  static func render(
    _ mjml: TypedElement,
    at path: InstancePath,
    in context: inout LayoutContext
  ) throws(LayoutInterruption) -> HTMLFragment {
    var parts = Parts()
    try parts.collect(mjml.children, in: path, &context)
    var reader = DocumentHeadReader()
    let attributes = context.named(mjml.attributes)
    func attribute(_ name: AttributeName) -> AttributeValue? {
      attributes.first { $0.name == name }?.value
    }
    if let language = attribute(.lang), language.known != "" { reader.head.language = language }
    if let direction = attribute(.dir), direction.known != "" { reader.head.direction = direction }
    reader.head.supportsDarkMode = attribute(.supportDarkMode)?.known == "true"
    reader.head.repeatsRulesForPrint = context.repeatsRulesForPrint
    if let fonts = context.fonts { reader.head.fonts = fonts }
    reader.head.repeatsRulesForOWA = attribute(.owa)?.known == "desktop"
    reader.head.statements = parts.statements
    if let (head, path) = parts.head { try reader.read(head.children, in: path, &context) }
    context.document = reader.head
    context.document.prolog = parts.prolog
    context.head.lookFor(fonts: context.document.fonts)

    guard let (typed, bodyPath) = parts.body else { return HTMLFragment() }
    let body = try context.element(
      typed,
      at: bodyPath,
      position: .unknown,
      parent: nil,
      inheriting: InheritedContext(containerWidth: ContainerWidth(""))
    )
    let html = try MJBody.render(body, in: &context)
    let title = context.document.title.map { context.lowered(context.trimmed($0.nodes)) }
    let work = MatchingWork()
    let skeleton = Skeleton(
      document: context.document,
      title: title ?? HTMLFragment(),
      contributions: context.head,
      work: work
    )
    let whole = skeleton.html(around: html)
    if work.isExhausted { context.report(.tooManyMatches(at: (parts.head?.0 ?? typed).startTag)) }
    return whole
  }

  /// The children of `mjml` that MJML looks at: the first head, the first body, HTML before the doctype.
  private struct Parts {
    var head: (TypedElement, InstancePath)?
    var body: (TypedElement, InstancePath)?
    var prolog: [HTMLFragment] = []
    var statements = HTMLFragment()

    mutating func collect(
      _ nodes: [TypedNode],
      in path: InstancePath,
      _ context: inout LayoutContext
    ) throws(LayoutInterruption) {
      for node in nodes {
        switch node {
        case .element(let element):
          let path = InstancePath(of: element, in: path)
          switch element.name {
          case "mj-head": if head == nil { head = (element, path) }
          case "mj-body": if body == nil { body = (element, path) }
          case "mj-raw":
            if try context.text(.position, of: element, at: path) == "file-start" {
              prolog.append(context.content(element))
            }
          default: break
          }
        case .branch(let branch):
          guard branch.bodies.contains(where: { !$0.namesOfElements.isEmpty }) else {
            statements.append(context.lowered(branch, stack: context.stack))
            continue
          }
          try collect(context.taken(branch, in: path), in: path, &context)
        case .scope(let scope):
          for (variable, value) in scope.bindings {
            statements.append(.statement(.assign(variable, value)))
          }
          try collect(scope.body, in: InstancePath(scope.step, in: path), &context)
        case .statement(let statement): statements.append(.statement(statement))
        case .comment, .raw, .text, .literal, .output, .loop: break
        }
      }
    }
  }
}
