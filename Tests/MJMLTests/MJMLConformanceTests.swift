import Foundation
import Letterpress
import LetterpressDiagnostics
import TestSupport
import Testing

/// Every document of the reference data, against what MJML 5.4 makes of it.
@Suite(.enabled(if: Conformance.isPresent, "no conformance data on this machine"))
struct MJMLConformanceTests {
  @Test(arguments: [
    "docs", "includes", "liquid", "mjml-net", "mjml-tests", "mrml-compare", "mrml-templates",
    "official", "ports", "probes",
  ])
  func `A set of documents is laid out as MJML does`(set: String) throws {
    for document in Conformance.files(in: "mjml/\(set)", withExtension: "mjml") {
      let name = "\(set)/\(document.name)"
      if let reason = Self.differences[name] {
        withKnownIssue(Comment(rawValue: "\(name): \(reason)")) {
          try check(document, name: name, set: set)
        }
      } else {
        try check(document, name: name, set: set)
      }
    }
  }

  private func check(_ document: Fixture, name: String, set: String) throws {
    let expected = document.sibling(withExtension: "html")
    let compiler = MJMLCompiler(validation: .skip, followsIncludes: set == "includes")
    let result = compiler.compile(
      try document.bytes(),
      path: "\(document.name).mjml",
      folder: document.url.deletingLastPathComponent().path
    )
    guard let html = result.html else {
      Issue.record("\(name): \(result.diagnostics.first?.message ?? "no HTML")")
      return
    }
    let difference = NormalHTML(html).firstDifference(
      from: NormalHTML(try Repository.bytes(expected))
    )
    #expect(difference == nil, "\(name)")
  }

  /// Where we differ on purpose; docs/COMPATIBILITY.md says more.
  private static let differences = [
    "includes/denied": "a file outside of the project is an error",
    "includes/full-doc-lang-attr": "MJML drops an included document whose root has attributes",
    "includes/missing": "a missing file is an error",
    "includes/nested-root-relative": "a missing file is an error",
    "includes/nested-up": "MJML refuses `../` within the project",
    "includes/no-extension": "a missing file is an error",
    "liquid/style-inline-vars": "MJML destroys placeholders in inline CSS",
    "liquid/tags-between-components-dropped": "MJML drops Liquid between elements",
    "mjml-tests/preprocessors-1": "MJML drops Liquid between elements",
    "ports/mjml-net-BugReportTests-2": "a second root is an error",
    "ports/mjml-net-HeroTests-5": "a missing space between attributes is an error",
    "ports/mjml-net-ValidationTests-2": "an element without its end tag is an error",
    "ports/mjml4j-carousel": "a missing space between attributes is an error",
    "ports/mjml-net-HtmlSpecialCaseTests-1": "MJML prints a button in the head",
    "ports/mjml-net-HtmlAttributesTests-1":
      "MJML writes empty elements as `<div/>`, which stays open",
    "probes/head-fonts-regex": "MJML takes a font's name for a regular expression",
    "probes/width-odd-values": "MJML prints negative widths",
    "probes/htmlattr-nomatch": "MJML has an unclosed tag swallow what follows",
  ]
}
