import LetterpressDiagnostics
import LetterpressLiquid
import TestSupport
import Testing

/// Templates made to take for ever, or all memory: each ends within the limits, as the data
/// demands.
@Suite(.enabled(if: Conformance.isPresent, "needs ../shared/conformance"))
struct BombTests {
  /// What has to become of a bomb.
  enum Outcome: Sendable, Equatable {
    /// A located error, of that kind where one is given.
    case error(LiquidError.Kind?)
    case text(String)
    /// Either; it ends, and that is what counts.
    case any
  }

  static let outcomes: [(name: String, outcome: Outcome)] = [
    ("02-range-1e18", .error(.limit)), ("04-range-empty-body", .error(.limit)),
    ("05-tablerow-1e6", .error(.limit)), ("06-nested-for", .error(.limit)),
    ("07-nested-for-data", .error(.limit)), ("08-append-double", .error(.limit)),
    ("10-replace-explode", .error(.limit)), ("12-split-empty", .error(.limit)),
    ("16-escape-growth", .text("49000")), ("17-url-encode-growth", .text("25000")),
    ("20-times-string", .text("00")), ("21-pad-json", .error(.limit)), ("22-sort-uniq-1e5", .any),
    ("23-where-nested", .error(.limit)), ("29-filter-chain-1e5", .error(nil)),
    ("31-bracket-chain", .error(nil)), ("32-elsif-1e5", .text("x")),
    ("35-unclosed-tags", .error(nil)),
    ("36-quote-run", .error(nil)), ("38-comment-nested", .any), ("39-partial-self", .error(.limit)),
    ("40-partial-fork", .error(.limit)), ("41-partial-fan", .error(.limit)),
    ("42-strip-html-redos", .text("350000")), ("46-date-parse", .any),
    ("48-increment-many", .error(.limit)), ("49-zalgo", .any), ("50-emoji-zwj", .any),
    ("53-index-extremes", .text("21")), ("54-for-limit-offset", .text("123")),
    ("55-prototype-names", .error(nil)),
    ("56-float-print", .text("1.0e+3081.0e-3200.31.2345678901234568e+29")),
  ]

  /// The defaults; unoptimised, a million steps take too long for each run of the tests.
  private static var limits: RenderLimits {
    var limits = RenderLimits()
    #if DEBUG
    limits.steps = 200_000
    #endif
    return limits
  }

  @Test(arguments: outcomes.map(\.name))
  func bomb(_ name: String) throws {
    let outcome = try #require(Self.outcomes.first { $0.name == name }?.outcome)
    let template = try #require(
      Conformance.files(in: "bombs", withExtension: "liquid").first { $0.name == name }
    )
    let partials = Conformance.files(in: "bombs/partials", withExtension: "liquid")
    let data = try JSONReader.read(Repository.bytes(template.sibling(withExtension: "json")))
    guard case .object(let object) = data else { throw Failure() }
    var renderer = LiquidRenderer(
      SourceFile(path: name, bytes: try template.bytes())
    ) { name in
      partials.first { $0.name == name }.flatMap { partial in
        (try? partial.bytes()).map { SourceFile(path: name, bytes: $0) }
      }
    }
    do throws(RenderFailure) {
      let context = FilterContext(budget: RenderBudget(Self.limits))
      let output = String(decoding: try renderer.render(object, context: context), as: UTF8.self)
      switch outcome {
      case .error: Issue.record("it rendered \(output.utf8.count) bytes")
      case .text(let text): #expect(output == text)
      case .any: break
      }
    } catch {
      switch outcome {
      case .error(let kind?): #expect(error.error.kind == kind, "\(error.error)")
      case .error(nil), .any: break
      case .text: Issue.record("it was refused: \(error.diagnostic.message)")
      }
      #expect(error.diagnostic.message.utf8.count < 200)
    }
  }

  @Test("the list above is complete") func allBombsAreListed() {
    let names = Conformance.files(in: "bombs", withExtension: "liquid").map(\.name)
    #expect(names.sorted() == Self.outcomes.map(\.name).sorted())
  }

  private struct Failure: Error {}
}
