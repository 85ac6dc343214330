package import LetterpressDiagnostics
package import LetterpressLiquid
package import LetterpressMarkup
package import LetterpressSchema

/// Everything that a check depends on; it reads no files itself.
package struct CheckInput: Sendable {
  /// What a layout sees of the profile.
  package enum Roots: String, Sendable {
    /// `profile.first_name`.
    case profile
    /// `first_name`: the schema's properties are names of their own.
    case properties
  }

  package var sources: SourceSet
  /// MJML's elements, ours, and the project's blocks.
  package let catalog: ComponentCatalog
  /// What its attributes ask of their values.
  package let roles: AttributeRoles
  package var types: TypeTable
  /// The type of the profile; nil without a schema: untyped.
  package var profile: ValueType?
  package var roots: Roots
  /// `vars:` of the manifest.
  package var constants: [String: ConstantValue]
  /// Paths of `x-pii` fields that may reach a URL or a header (`pii: { allow: … }`).
  package var allowedPersonalFields: Set<String>
  package var blocks: BlockLibrary
  /// `blocks/NAME.liquid`, by name.
  package var partials: [String: SourceFile.ID]
  /// The names of the personas, for `personas.NAME` in examples.
  package var personas: [String]
  package var translations: Translations
  /// What blocks may grow to.
  package var limits: ExpansionLimits
  /// What the Liquid of one file may hold.
  package var liquidLimits: LiquidLimits
  /// Elements that copy their content, and that stand for Liquid tags where they hold nothing else.
  package var verbatimElements: Set<String>
  /// Whether the filter `reveal` tells the type of its input: for the tests of this stage.
  package var revealsTypes = false

  package init(
    sources: SourceSet,
    catalog: ComponentCatalog,
    roles: AttributeRoles? = nil,
    types: TypeTable = TypeTable(),
    profile: ValueType? = nil,
    roots: Roots = .profile,
    constants: [String: ConstantValue] = [:],
    allowedPersonalFields: Set<String> = [],
    blocks: BlockLibrary = BlockLibrary(),
    partials: [String: SourceFile.ID] = [:],
    personas: [String] = [],
    translations: Translations = Translations(),
    limits: ExpansionLimits = ExpansionLimits(),
    liquidLimits: LiquidLimits = LiquidLimits(),
    verbatimElements: Set<String> = ["mj-raw"]
  ) {
    self.sources = sources
    self.catalog = catalog
    self.roles = roles ?? AttributeRoles(catalog)
    self.types = types
    self.profile = profile
    self.roots = roots
    self.constants = constants
    self.allowedPersonalFields = allowedPersonalFields
    self.blocks = blocks
    self.partials = partials
    self.personas = personas
    self.translations = translations
    self.limits = limits
    self.liquidLimits = liquidLimits
    self.verbatimElements = verbatimElements
  }
}

/// What the attributes of a catalogue's elements ask of their values, by element and attribute.
package struct AttributeRoles: Sendable {
  private let roles: [String: [String: AttributeDeclaration.Role]]

  package init(_ catalog: ComponentCatalog) {
    roles = catalog.components.mapValues { element in
      var roles: [String: AttributeDeclaration.Role] = [:]
      // Of a default for many elements, the role that asks for most: that of one which computes with it.
      let beside = element.holdsDefaults ? catalog.siblings(of: element) : []
      for attribute in beside.flatMap(\.attributes)
      where (roles[attribute.name] ?? .value) == .value {
        roles[attribute.name] = attribute.role
      }
      for attribute in element.attributes { roles[attribute.name] = attribute.role }
      return roles
    }
  }

  /// Those of an element's attributes; nil where there is no such element.
  subscript(element: String) -> [String: AttributeDeclaration.Role]? { roles[element] }
}

/// A value under `vars:` of the manifest.
package indirect enum ConstantValue: Sendable {
  case scalar(Literal)
  case list([ConstantValue])
  case object([(String, ConstantValue)])
}

/// A layout that has been checked and elaborated.
package struct TypedLayout: Sendable {
  /// What stands at the top, without the envelope: the root element, maybe with statements around it.
  package var nodes: [TypedNode]
  /// The envelope's elements (`lp-subject`, `lp-from`, `lp-reply-to`, `lp-header`, `lp-unsubscribe`,
  /// `lp-text`), under the conditions and loops that hold them, after the statements that come before
  /// them in the document.
  ///
  /// Run it from the start in a frame of its own: only what stands in an `element` is printed.
  package var envelope: [TypedNode]
  package var frame: FrameSize
  /// The blocks that it uses, directly or through others.
  package var usedBlocks: Set<String>
  /// The translations that it reads, also in its blocks.
  package var translationUses: TranslationUses

  package init(
    nodes: [TypedNode],
    envelope: [TypedNode],
    frame: FrameSize,
    usedBlocks: Set<String>,
    translationUses: TranslationUses = TranslationUses()
  ) {
    self.nodes = nodes
    self.envelope = envelope
    self.frame = frame
    self.usedBlocks = usedBlocks
    self.translationUses = translationUses
  }
}
