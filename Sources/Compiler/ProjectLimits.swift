import LetterpressLiquid

/// The bounds that a manifest may set under `limits:`, with DESIGN's defaults.
public struct ProjectLimits: Sendable {
  /// Bytes of one source file.
  public var sourceFile = 1 << 20
  /// Bytes of a layout with everything it includes.
  public var includedSource = 8 << 20
  /// Includes within includes.
  public var includeDepth = 32
  /// Elements within elements.
  public var elementDepth = 100
  /// Attributes of one element.
  public var attributes = 256
  /// Layouts of one part of a mail.
  public var layoutVariants = 64
  /// Steps of one render.
  public var renderSteps = 1_000_000
  /// Bytes of one message.
  public var output = 8 << 20
  /// Bytes of one value.
  public var value = 1 << 20

  private static let settings:
    [(name: String, path: any WritableKeyPath<ProjectLimits, Int> & Sendable)] = [
      ("source-file", \.sourceFile), ("included-source", \.includedSource),
      ("include-depth", \.includeDepth), ("element-depth", \.elementDepth),
      ("attributes", \.attributes),
      ("layout-variants", \.layoutVariants), ("render-steps", \.renderSteps),
      ("output", \.output), ("value", \.value),
    ]

  static var names: [String] { settings.map(\.name) }

  /// DESIGN's defaults, with what a manifest changes.
  public init(_ changes: [String: Int] = [:]) {
    for (name, path) in Self.settings {
      if let value = changes[name] { self[keyPath: path] = value }
    }
  }
}

extension RenderLimits {
  /// The bounds of one message under a project's settings.
  init(_ project: ProjectLimits) {
    self.init()
    steps = project.renderSteps
    output = project.output
    value = project.value
  }
}
