import LetterpressLiquid
import LetterpressSchema
import LetterpressTyping

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
  /// Bytes of the name of an element or an attribute.
  public var nameLength = 256
  /// Includes of one layout.
  public var includes = 1_000
  /// Layouts of one part of a mail.
  public var layoutVariants = 64
  /// Steps of one render.
  public var renderSteps = 1_000_000
  /// Bytes of one message.
  public var output = 8 << 20
  /// Bytes of one value.
  public var value = 1 << 20
  /// Bytes of all values of one message that are kept in variables.
  public var values = 16 << 20
  /// Blocks and partials within each other.
  public var blockDepth = 32
  /// Elements that the blocks of one layout expand to.
  public var blockElements = 50_000
  /// Liquid tags within each other, in one text or list of elements.
  public var tagDepth = 100
  /// Brackets within brackets of one Liquid tag.
  public var bracketDepth = 100
  /// Operands of one Liquid tag.
  public var operands = 500
  /// Filters after one operand.
  public var filters = 100
  /// Names that one file assigns.
  public var assignedNames = 400
  /// Bytes of one profile, in a file or a row.
  public var profileSize = 1 << 20
  /// Arrays and objects of JSON within each other, in schemas and profiles.
  public var jsonDepth = 64
  /// Steps that the patterns of the schema take over one profile.
  public var patternSteps = 20_000_000
  /// Kinds of objects that the schema describes.
  public var schemaTypes = 4_000
  /// Branches of one union of the schema.
  public var unionBranches = 64

  /// What a limit is called in the manifest, and how far it may be set.
  struct Setting: Sendable {
    let name: String
    let path: any WritableKeyPath<ProjectLimits, Int> & Sendable
    /// What the compiler can still stand: its stack for depths, minutes of work for the rest.
    let ceiling: Int
  }

  private static let settings: [Setting] = [
    Setting(name: "source-file", path: \.sourceFile, ceiling: 64 << 20),
    Setting(name: "included-source", path: \.includedSource, ceiling: 256 << 20),
    Setting(name: "include-depth", path: \.includeDepth, ceiling: 100),
    Setting(name: "includes", path: \.includes, ceiling: 100_000),
    // libxml2 takes 256.
    Setting(name: "element-depth", path: \.elementDepth, ceiling: 200),
    // libxml2 is quadratic in them.
    Setting(name: "attributes", path: \.attributes, ceiling: 4_096),
    // libxml2 refuses longer ones.
    Setting(name: "name-length", path: \.nameLength, ceiling: 10_000),
    // The checker recurses over these four.
    Setting(name: "tag-depth", path: \.tagDepth, ceiling: 200),
    Setting(name: "bracket-depth", path: \.bracketDepth, ceiling: 100),
    Setting(name: "operands", path: \.operands, ceiling: LiquidLimits.mostOperands),
    Setting(name: "filters", path: \.filters, ceiling: 200),
    // Paths that meet compare all of them.
    Setting(name: "assigned-names", path: \.assignedNames, ceiling: 4_000),
    Setting(name: "block-depth", path: \.blockDepth, ceiling: 100),
    Setting(name: "block-elements", path: \.blockElements, ceiling: 1_000_000),
    Setting(name: "layout-variants", path: \.layoutVariants, ceiling: 4_096),
    Setting(name: "render-steps", path: \.renderSteps, ceiling: 1_000_000_000),
    Setting(name: "output", path: \.output, ceiling: 1 << 30),
    Setting(name: "value", path: \.value, ceiling: 1 << 30),
    Setting(name: "values", path: \.values, ceiling: 4 << 30),
    Setting(name: "profile-size", path: \.profileSize, ceiling: 256 << 20),
    // The decoder recurses.
    Setting(name: "json-depth", path: \.jsonDepth, ceiling: 200),
    Setting(name: "pattern-steps", path: \.patternSteps, ceiling: 2_000_000_000),
    Setting(name: "schema-types", path: \.schemaTypes, ceiling: 50_000),
    Setting(name: "union-branches", path: \.unionBranches, ceiling: 500),
  ]

  static var names: [String] { settings.map(\.name) }

  /// How far a limit may be set; nil where there is none of that name.
  static func ceiling(of name: String) -> Int? { settings.first { $0.name == name }?.ceiling }

  /// DESIGN's defaults, with what a manifest changes.
  public init(_ changes: [String: Int] = [:]) {
    for setting in Self.settings {
      if let value = changes[setting.name] {
        self[keyPath: setting.path] = min(value, setting.ceiling)
      }
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
    variables = project.values
  }
}

extension LiquidLimits {
  /// The bounds of Liquid under a project's settings.
  init(_ project: ProjectLimits) {
    self.init()
    blockDepth = project.tagDepth
    bracketDepth = project.bracketDepth
    operands = project.operands
    filters = project.filters
  }
}

extension ExpansionLimits {
  /// The bounds of blocks under a project's settings.
  init(_ project: ProjectLimits) {
    self.init()
    depth = project.blockDepth
    nodes = project.blockElements
    variables = project.assignedNames
  }
}

extension ProfileLimits {
  /// The bounds of the schema and of profiles under a project's settings.
  init(_ project: ProjectLimits) {
    self.init()
    size = project.profileSize
    depth = project.jsonDepth
    patternSteps = project.patternSteps
    objectTypes = project.schemaTypes
    unionBranches = project.unionBranches
  }
}
