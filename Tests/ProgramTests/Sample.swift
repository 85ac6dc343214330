import LetterpressDiagnostics
import LetterpressLiquid
import LetterpressProgram
import LetterpressSchema
import LetterpressTyping

/// A template and the schema of its data, compiled.
struct Sample {
  let program: RenderProgram
  let part: RenderProgram.Part
  let schema: ProfileSchema

  /// What kind of text the template makes.
  enum Output {
    case html
    case text(ProgramBuilder.TextKind)
  }

  /// Compiles a template; the names in it are the properties of the schema.
  ///
  /// - Throws: `CompilationError` for what the places of values have wrong.
  init(
    _ template: String,
    _ properties: String,
    as output: Output = .html,
    options: PlacementOptions = PlacementOptions(),
    context: FilterContext = FilterContext()
  ) throws {
    var sources = SourceSet()
    let file = sources.add(SourceFile(path: "t.mjml", text: template))
    let schemaFile = SourceFile(path: "s.json", text: Sample.schemaText(properties))
    let schemaID = sources.add(schemaFile)
    var diagnostics: [Diagnostic] = []
    guard let schema = ProfileSchema.read(schemaFile, id: schemaID, diagnostics: &diagnostics),
      !diagnostics.hasErrors
    else { throw CompilationError(diagnostics) }
    self.schema = schema
    let range = SourceRange(file: file, start: 0, end: template.utf8.count)
    let parsed = Parser.parse(range, in: sources)
    guard !parsed.allDiagnostics.hasErrors else {
      throw CompilationError(parsed.allDiagnostics)
    }
    var reader = TemplateReader(sources: sources, schema: schema)
    let nodes = reader.read(parsed.template)
    var builder = ProgramBuilder(
      sources: sources,
      types: schema.types,
      frame: reader.frame,
      options: options,
      context: context
    )
    switch output {
    case .html:
      part = builder.addHTML(TypedTextLowering(sources: sources).nodes(nodes))
    case .text(let kind):
      part = builder.addText(nodes, kind: kind)
    }
    program = try builder.finish()
  }

  /// `name: string, age: integer` or a whole schema in JSON.
  static func schemaText(_ properties: String) -> String {
    if properties.hasPrefix("{") { return properties }
    let fields = properties.split(separator: ",").map { property in
      let parts = property.split(separator: ":").map {
        $0.filter { !$0.isWhitespace }
      }
      let name = parts[0]
      let type =
        switch parts.count > 1 ? parts[1] : "string" {
        case "uri", "color", "date", "email", "date-time":
          #"{"type":"string","format":"\#(parts[1])"}"#
        case "html": #"{"type":"string","contentMediaType":"text/html"}"#
        case "pii": #"{"type":"string","x-pii":true}"#
        case "strings": #"{"type":"array","items":{"type":"string"}}"#
        case "integers": #"{"type":"array","items":{"type":"integer"}}"#
        case "any": "true"
        case let type: #"{"type":"\#(type)"}"#
        }
      return #""\#(name)":\#(type)"#
    }
    return #"{"type":"object","properties":{\#(fields.joined(separator: ","))}}"#
  }

  /// The record of a profile in JSON.
  func record(_ profile: String) throws -> Record {
    var record = Record()
    try schema.decoder.decode(Array(profile.utf8), into: &record)
    return record
  }

  /// The message for a profile in JSON.
  func render(
    _ profile: String,
    now: Moment = Moment(seconds: 1_772_444_400),
    limits: RenderLimits = RenderLimits()
  ) throws -> String {
    var out = OutputBuffer()
    try program.render(part, of: record(profile), now: now, limits: limits, into: &out)
    return String(decoding: out.bytes(), as: UTF8.self)
  }
}

/// What a template makes of a profile.
func render(
  _ template: String,
  _ properties: String = "",
  _ profile: String = "{}",
  as output: Sample.Output = .html
) throws -> String {
  try Sample(template, properties, as: output).render(profile)
}

/// What the places of values in a template have wrong, with the text of their ranges:
/// `misplaced-placeholder at x`.
func findings(
  _ template: String,
  _ properties: String,
  options: PlacementOptions = PlacementOptions()
) -> [String] {
  do {
    _ = try Sample(template, properties, options: options)
    return []
  } catch let error as CompilationError {
    return error.diagnostics.map { diagnostic in
      let range = diagnostic.primary.range
      return
        "\(diagnostic.id.name) at \(String(decoding: Array(template.utf8)[range.bounds], as: UTF8.self))"
    }
  } catch {
    return ["\(error)"]
  }
}
