package import LetterpressDiagnostics
package import LetterpressLiquid
package import LetterpressSchema
package import LetterpressTyping

/// A part of a message before it is made into instructions: HTML or text whose places are known.
package struct PlacedPart: Sendable {
  let nodes: [PlacedNode]
  let ending: RenderProgram.Part.Ending
}

/// What a program is built of: the placed parts, and all that building reads beside them.
///
/// This is what an artefact holds. It stands above the instructions, which may change from one compiler to
/// the next without a new format; closures and tables of the program are made anew by the very code that
/// made them first, so that both programs are the same.
package struct ProgramBlueprint: Sendable {
  /// The version of the format; it grows with every change of what is written.
  package static let version = 2

  /// What filters know where the message says nothing else, as the manifest names it.
  package struct Locality: Sendable {
    package let locale: String
    package let timeZone: String
    package let currency: String
    /// The same, as filters take it.
    package let context: FilterContext
    let formats = LearntFormats()

    package init(locale: String, timeZone: String, currency: String) {
      self.locale = locale
      self.timeZone = timeZone
      self.currency = currency
      context = FilterContext(
        clock: WallClock(identifier: timeZone) ?? .utc,
        locale: locale,
        currency: currency
      )
    }
  }

  package var sources: SourceSet
  package var schema: ProfileSchema
  package var frame: FrameSize
  package var options: PlacementOptions
  package var locality: Locality
  package var limits: RenderLimits
  package var parts: [PlacedPart]

  package init(
    sources: SourceSet,
    schema: ProfileSchema,
    frame: FrameSize,
    options: PlacementOptions,
    locality: Locality,
    limits: RenderLimits,
    parts: [PlacedPart] = []
  ) {
    self.sources = sources
    self.schema = schema
    self.frame = frame
    self.options = options
    self.locality = locality
    self.limits = limits
    self.parts = parts
  }

  /// A builder that makes programs of this.
  package func makeBuilder() -> ProgramBuilder {
    ProgramBuilder(
      sources: sources,
      types: schema.types,
      frame: frame,
      options: options,
      context: locality.context,
      formats: locality.formats
    )
  }

  /// Builds the program of all parts, in their order.
  ///
  /// - Throws: What is wrong with the places of values; not where a compiler has made the blueprint.
  package func makeProgram() throws(CompilationError) -> (RenderProgram, [RenderProgram.Part]) {
    var builder = makeBuilder()
    let parts = parts.map { builder.add($0) }
    return (try builder.finish(), parts)
  }
}

extension ArtefactWriter {
  /// Writes everything, with the text of the files that it has places in.
  package func write(_ blueprint: ProgramBlueprint) {
    write(blueprint.schema.file)
    write(blueprint.schema.decoder.limits)
    write(blueprint.frame)
    write(list: blueprint.options.allowedPersonalFields.sorted()) { write($0) }
    write(list: blueprint.options.schemes.links) { write($0) }
    write(blueprint.locality.locale)
    write(blueprint.locality.timeZone)
    write(blueprint.locality.currency)
    write(blueprint.limits)
    write(list: blueprint.parts) { part in
      write(byte: part.ending.rawValue)
      write(part.nodes)
    }
  }

  private func write(_ limits: ProfileLimits) {
    for limit in [
      limits.size, limits.depth, limits.patternSteps, limits.objectTypes, limits.unionBranches,
    ] { write(limit) }
  }

  private func write(_ limits: RenderLimits) {
    for limit in [
      limits.steps, limits.output, limits.value, limits.variables, limits.partialDepth,
      limits.nesting,
    ] { write(limit) }
  }
}

extension ArtefactReader {
  /// Reads what `write(_: ProgramBlueprint)` wrote; the schema is read from its text.
  package func blueprint() throws(ArtefactFault) -> ProgramBlueprint {
    let schema = try schema()
    objectCount = schema.types.objects.count
    frame = try frameSize()
    return ProgramBlueprint(
      sources: sources,
      schema: schema,
      frame: frame,
      options: PlacementOptions(
        allowedPersonalFields: Set(try list(string)),
        schemes: URLSchemes(links: try list(string))
      ),
      locality: .init(locale: try string(), timeZone: try string(), currency: try string()),
      limits: try limits(),
      parts: try list { () throws(ArtefactFault) in
        let ending = RenderProgram.Part.Ending(rawValue: try byte())
        guard let ending else { throw fault("a part that ends in no known way") }
        return PlacedPart(nodes: try placedNodes(), ending: ending)
      }
    )
  }

  private func schema() throws(ArtefactFault) -> ProfileSchema {
    let file = try file()
    let limits = try profileLimits()
    var diagnostics: [Diagnostic] = []
    let schema = ProfileSchema.read(
      sources[file],
      id: file,
      limits: limits,
      diagnostics: &diagnostics
    )
    guard let schema, !diagnostics.hasErrors else { throw fault("a schema with errors") }
    return schema
  }

  // No manifest may set them higher (`ProjectLimits`).

  private func profileLimits() throws(ArtefactFault) -> ProfileLimits {
    var limits = ProfileLimits()
    limits.size = try number(upTo: 256 << 20, "bytes of a profile")
    limits.depth = try number(upTo: 200, "levels of JSON")
    limits.patternSteps = try number(upTo: 2_000_000_000, "steps of patterns")
    limits.objectTypes = try number(upTo: 50_000, "object types")
    limits.unionBranches = try number(upTo: 500, "branches of a union")
    return limits
  }

  private func limits() throws(ArtefactFault) -> RenderLimits {
    var limits = RenderLimits()
    limits.steps = try number(upTo: 1_000_000_000, "steps")
    limits.output = try number(upTo: 1 << 30, "bytes of a message")
    limits.value = try number(upTo: 1 << 30, "bytes of a value")
    limits.variables = try number(upTo: 4 << 30, "bytes of variables")
    limits.partialDepth = try number(upTo: 100, "partials")
    limits.nesting = try number(upTo: 200, "levels")
    return limits
  }
}
