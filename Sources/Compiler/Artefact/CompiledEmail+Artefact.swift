import LetterpressDiagnostics
import LetterpressProgram

extension CompiledEmail {
  /// What a compiled email was made of, for telling whether it is up to date.
  public struct Origin: Sendable, Hashable {
    /// The version of the compiler that wrote it: "0.1.0".
    public let compilerVersion: String
    /// SHA-256 of the schema's file, in hexadecimal digits.
    public let schemaHash: String
    /// SHA-256 of everything that the layout was compiled of (manifest, schema, blocks, includes, the
    /// layout itself), in hexadecimal digits; the same wherever the project lies.
    public let sourcesHash: String
  }

  /// Loads a compiled email that `letterpress build` wrote; no template is parsed.
  ///
  /// It renders the same bytes as the layout that it was built of. Loading takes a few milliseconds; do it
  /// once, and render from any number of threads.
  ///
  /// - Parameter path: The file: `output/compiled/welcome.letterpress`.
  /// - Throws: `ArtefactError` where there is no such file, where it is something else, was written in
  ///   another version of the format, or is not whole.
  public init(contentsOf path: String) throws(ArtefactError) {
    let bytes: [UInt8]
    do {
      bytes = try FileAccess.read(path, within: nil, limit: ArtefactFile.sizeLimit)
    } catch {
      var failure = ArtefactError(
        .unreadable,
        found: error.description,
        expected: "a compiled email (*.letterpress) that can be read",
        fix: "look at the path, or write it with 'letterpress build'"
      )
      failure.path = path
      throw failure
    }
    do throws(ArtefactError) {
      self = try CompiledEmail(artefact: bytes)
    } catch {
      var failure = error
      failure.path = path
      throw failure
    }
  }

  /// Loads a compiled email from memory.
  ///
  /// - Parameter bytes: The content of a file that `letterpress build` wrote.
  /// - Throws: `ArtefactError` where the bytes are something else, were written in another version of the
  ///   format, or are not whole.
  public init(artefact bytes: [UInt8]) throws(ArtefactError) {
    let start = try ArtefactFile.open(bytes)
    do {
      let reader = try ArtefactReader(bytes, from: start)
      let name = try reader.string()
      let origin = Origin(
        compilerVersion: ArtefactFile.compilerVersion(in: bytes) ?? "",
        schemaHash: try reader.string(),
        sourcesHash: try reader.string()
      )
      let envelope = MessageEnvelope(
        defaultSender: try reader.optional(reader.string),
        recipient: try reader.optional { () throws(ArtefactFault) in
          try reader.list(reader.string)
        },
        place: try reader.range()
      )
      let places = try reader.list { () throws(ArtefactFault) in
        (role: try reader.string(), range: try reader.range())
      }
      let blueprint = try reader.blueprint()
      try reader.finish()
      let (program, parts) = try blueprint.makeProgram()
      guard places.count == parts.count,
        let email = CompiledEmail(
          name: name,
          schema: blueprint.schema,
          sources: blueprint.sources,
          program: program,
          limits: blueprint.limits,
          parts: zip(places, parts).map { EmailPart($0.role, $1, of: $0.range) },
          envelope: envelope,
          origin: origin
        )
      else {
        throw ArtefactFault(found: "the parts \(places.map(\.role)) of a message", offset: start)
      }
      self = email
    } catch let fault as ArtefactFault {
      throw ArtefactError(
        .damaged,
        found: "\(fault.found) at byte \(fault.offset)",
        expected: "what this compiler writes"
      )
    } catch {
      throw ArtefactError(
        .damaged,
        found: "a program with errors",
        expected: "what this compiler writes"
      )
    }
  }

  /// Whether a file says that it is an artefact, whatever else may be wrong with it.
  package static func isArtefact(_ path: String) -> Bool {
    if path.hasSuffix(".letterpress") { return true }
    guard let bytes = try? FileAccess.read(path, within: nil, limit: ArtefactFile.sizeLimit) else {
      return false
    }
    return bytes.starts(with: ArtefactFile.magic)
  }
}
