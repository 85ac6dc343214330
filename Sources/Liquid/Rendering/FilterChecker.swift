import LetterpressDiagnostics

/// Checks that the filters of a template exist and have as many arguments as they take.
struct FilterChecker {
  let catalog: FilterCatalog
  var diagnostics: [Diagnostic] = []

  mutating func check(_ nodes: [Node]) {
    for node in nodes { check(node) }
  }

  private mutating func check(_ node: Node) {
    switch node {
    case .output(let output): check(output.expression)
    case .assign(let assign): check(assign.value)
    case .capture(let capture): check(capture.body.nodes)
    case .conditional(let conditional):
      for branch in conditional.branches { check(branch.body.nodes) }
      check(conditional.otherwise?.nodes ?? [])
    case .caseSwitch(let switching):
      for when in switching.whens { check(when.body.nodes) }
      check(switching.otherwise?.nodes ?? [])
    case .loop(let loop), .tableRow(let loop):
      check(loop.body.nodes)
      check(loop.otherwise?.nodes ?? [])
    case .ifChanged(let block): check(block.nodes)
    case .group(let nodes, _): check(nodes)
    case .text, .opaque, .cycle, .counter, .interrupt, .partial, .comment, .abort: break
    }
  }

  private mutating func check(_ expression: FilteredExpression) {
    for call in expression.filters {
      if diagnostics.count < LiquidLimits.findings, let finding = catalog.check(call) {
        diagnostics.append(finding)
      }
    }
  }
}
