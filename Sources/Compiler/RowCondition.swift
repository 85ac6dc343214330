package import LetterpressDiagnostics
import LetterpressLiquid
import LetterpressMJML
import LetterpressProgram
import LetterpressSchema
import LetterpressTyping

/// Which profiles a batch takes: a Liquid condition, checked as in a template (`--where`).
///
///     profile.tier == 'gold' and profile.orders.size > 2
package struct RowCondition: Sendable {
  let program: RenderProgram
  let part: RenderProgram.Part

  /// Why a text is no condition.
  package struct Failure: Error {
    /// What is wrong with it.
    package let diagnostics: [Diagnostic]
    /// The files of the findings; the condition is one of them.
    package let sources: SourceSet
  }

  /// The condition stands on a line of its own in a layout that prints something where it holds.
  private static let start = "<mjml><mj-head><lp-subject>{% if\n"
  private static let end = "\n%}1{% endif %}</lp-subject></mj-head><mj-body></mj-body></mjml>"

  /// Checks and compiles a condition.
  ///
  /// - Parameters:
  ///   - text: The condition.
  ///   - email: The layout whose profiles it is for.
  ///   - project: The project with the names that it sees; nil of an artefact, where that is `profile` and
  ///     `now`.
  /// - Throws: What is wrong with it, at its place.
  package init(
    _ text: String,
    for email: CompiledEmail,
    of project: ProjectCompiler?
  ) throws(Failure) {
    var loader = SourceLoader(
      root: "",
      limits: ProjectLimits(),
      sources: project?.sources ?? email.sources
    )
    let shown = loader.add(SourceFile(path: "--where", text: text))
    guard text.firstRange(of: "%}") == nil else {
      let place = SourceRange(file: shown, start: 0, end: text.utf8.count)
      throw Failure(diagnostics: [.conditionWithTags(at: place)], sources: loader.sources)
    }
    let file = loader.add(SourceFile(path: "--where", text: Self.start + text + Self.end))
    let parsed = loader.parse(file)
    var diagnostics = parsed.diagnostics
    let options = ProjectCompiler.placement(project?.project.manifest ?? Manifest())
    if let document = parsed.document {
      var input =
        project?.loaded.input
        ?? CheckInput(
          sources: loader.sources,
          catalog: MJMLCatalog.catalog,
          types: email.schema.types,
          profile: email.schema.root
        )
      input.sources = loader.sources
      let (typed, found) = Checking.check(document, with: input)
      diagnostics += found
      if !diagnostics.hasErrors {
        var builder = ProgramBuilder(
          sources: loader.sources,
          types: email.schema.types,
          frame: typed.frame,
          options: options
        )
        let nodes = EnvelopeTexts.text(of: "lp-subject", in: typed.envelope) ?? []
        let part = builder.addText(nodes, kind: .plain)
        diagnostics += builder.diagnostics
        if let program = try? builder.finish() {
          self.program = program
          self.part = part
          return
        }
      }
    }
    let moved = diagnostics.map { $0.moved(from: file, by: Self.start.utf8.count, to: shown) }
    throw Failure(
      diagnostics: moved.map { diagnostic in
        // Places after the condition's end are of its surroundings.
        diagnostic.primary.range.end <= text.utf8.count
          ? diagnostic
          : diagnostic.at(SourceRange(file: shown, start: 0, end: text.utf8.count))
      },
      sources: loader.sources
    )
  }
}

extension RowCondition {
  /// A condition with what one thread needs to look at profiles.
  struct Evaluator: ~Copyable {
    private let condition: RowCondition
    private let now: Moment
    private let limits: RenderLimits
    private var frame: Frame
    private var buffer = OutputBuffer()

    init(_ condition: RowCondition, now: Moment, limits: RenderLimits) {
      self.condition = condition
      self.now = now
      self.limits = limits
      frame = condition.program.makeFrame()
    }

    mutating func holds(for record: borrowing Record) throws(RenderFailure) -> Bool {
      buffer.removeAll()
      frame.begin(now: now, limits: limits)
      do throws(RenderError) {
        try condition.program.render(condition.part, of: record, in: &frame, into: &buffer)
      } catch {
        throw RenderFailure(error)
      }
      return buffer.count > 0
    }
  }
}

extension Diagnostic {
  /// The same for a text of which a file was a copy with something before it.
  fileprivate func moved(
    from file: SourceFile.ID,
    by offset: Int,
    to other: SourceFile.ID
  ) -> Diagnostic {
    func moved(_ range: SourceRange) -> SourceRange {
      guard range.file == file else { return range }
      return SourceRange(
        file: other,
        start: max(0, range.start - offset),
        end: max(0, range.end - offset)
      )
    }
    var diagnostic = self
    diagnostic.primary = Label(moved(primary.range), primary.text)
    diagnostic.labels = labels.map { Label(moved($0.range), $0.text) }
    diagnostic.fixIts = fixIts.map { fix in
      FixIt(
        fix.message,
        edits: fix.edits.map { .init(moved($0.range), $0.replacement) },
        isSafe: fix.isSafe
      )
    }
    return diagnostic
  }

  fileprivate func at(_ range: SourceRange) -> Diagnostic {
    var diagnostic = self
    diagnostic.primary = Label(range, primary.text)
    return diagnostic
  }
}
