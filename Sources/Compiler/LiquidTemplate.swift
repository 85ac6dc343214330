import Foundation
public import LetterpressDiagnostics
import LetterpressLiquid

/// A Liquid file by itself: no types, no escaping, as Shopify's Liquid renders it.
public struct LiquidTemplate: Sendable {
  private var renderer: LiquidRenderer

  /// What is wrong with the template.
  public var diagnostics: [Diagnostic] { renderer.diagnostics }
  /// The template and the partials that were reached so far.
  public var sources: SourceSet { renderer.sources }

  /// Why there is no text.
  public struct Failure: Error, Sendable {
    /// The reason, at its place.
    public let diagnostic: Diagnostic
    /// The files that it may be in.
    public let sources: SourceSet
  }

  /// Why the data cannot be used.
  public struct InvalidData: Error, Sendable, CustomStringConvertible {
    /// One line.
    public let description: String
  }

  /// Parses a template.
  ///
  /// - Parameters:
  ///   - bytes: The template.
  ///   - path: The name to show in findings.
  ///   - partials: The folder that `render` and `include` read `NAME.liquid` from, and never leave; nil:
  ///     there are no partials.
  public init(_ bytes: [UInt8], path: String, partials: String? = nil) {
    let root = partials.flatMap(FileAccess.realPath)
    let limit = ProjectLimits().sourceFile
    renderer = LiquidRenderer(SourceFile(path: path, bytes: bytes)) { name in
      guard let root, let path = try? IncludePath.resolve(name, in: "", mayClimb: false) else {
        return nil
      }
      for file in [path + ".liquid", path] {
        if let bytes = try? FileAccess.read(root + "/" + file, within: [root], limit: limit) {
          return SourceFile(path: file, bytes: bytes)
        }
      }
      return nil
    }
  }

  /// Renders the template.
  ///
  /// - Parameter json: An object whose members are the template's variables; nil for none.
  /// - Returns: The text.
  /// - Throws: `Failure`, or `InvalidData` where the data is no JSON object.
  public mutating func render(json: [UInt8]?) throws -> [UInt8] {
    var data = Object([])
    if let json {
      do {
        guard case .object(let object) = try JSONReader.read(json) else {
          throw InvalidData(description: "the data is no JSON object")
        }
        data = object
      } catch let failure as JSONReader.Failure {
        throw InvalidData(description: "the data is no JSON: \(failure)")
      }
    }
    let context = FilterContext(now: Moment(seconds: Int(Date().timeIntervalSince1970)))
    do {
      return try renderer.render(data, context: context)
    } catch {
      throw Failure(diagnostic: error.diagnostic, sources: renderer.sources)
    }
  }
}
