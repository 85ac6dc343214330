/// What a catalogue shows: the blocks of a project, each with its contract and its examples.
///
/// Blocks stand in the order in which the catalogue lists them. All text is plain text, however
/// hostile.
package struct CatalogueContents: Sendable {
  /// The project's name.
  package var title: String

  /// The blocks, broken ones included; names are unique.
  package var blocks: [CatalogueBlock]

  /// The gallery's page, as a URL relative to the catalogue's `index.html`; nil where there is none.
  package var galleryPage: String?

  package init(title: String, blocks: [CatalogueBlock], galleryPage: String? = nil) {
    self.title = title
    self.blocks = blocks
    self.galleryPage = galleryPage
  }
}

/// A block, as far as the catalogue cares.
package struct CatalogueBlock: Sendable {
  /// A value that a use of the block gives.
  package struct Parameter: Sendable {
    package var name: String
    /// As the block declares it: `Product[]`, `light | dark`.
    package var type: String
    /// nil where there is no default.
    package var defaultText: String?
    package var isRequired: Bool
    /// What it means; may be empty.
    package var summary: String

    package init(
      name: String,
      type: String,
      defaultText: String? = nil,
      isRequired: Bool = false,
      summary: String = ""
    ) {
      self.name = name
      self.type = type
      self.defaultText = defaultText
      self.isRequired = isRequired
      self.summary = summary
    }
  }

  /// A place for the content of whoever uses the block.
  package struct Slot: Sendable {
    /// Empty of the default slot.
    package var name: String
    /// What belongs there; may be empty.
    package var summary: String

    package init(name: String, summary: String = "") {
      self.name = name
      self.summary = summary
    }
  }

  /// The block in use.
  package struct Example: Sendable {
    /// What came of it.
    package enum Outcome: Sendable {
      /// A whole message, UTF-8.
      case rendered([UInt8])
      /// One sentence on why there is nothing to see.
      case failed(String)
    }

    /// The element that a layout would write.
    package var usage: String
    /// The persona whose profile it shows; nil where it shows none.
    package var persona: String?
    package var outcome: Outcome

    package init(usage: String, persona: String? = nil, outcome: Outcome) {
      self.usage = usage
      self.persona = persona
      self.outcome = outcome
    }
  }

  /// A layout or a block that contains the block.
  package struct User: Sendable {
    package var name: String
    /// Whether the block's element stands in its own file, as against in a block that it uses.
    package var isDirect: Bool

    package init(name: String, isDirect: Bool = true) {
      self.name = name
      self.isDirect = isDirect
    }
  }

  /// The element's name, `product-card` for `blocks/product-card.mjml`.
  package var name: String

  /// One sentence on what it is for; may be empty.
  package var summary: String

  package var parameters: [Parameter]
  package var slots: [Slot]
  package var examples: [Example]

  /// The text of its file.
  package var source: String

  /// The layouts that it is in.
  package var layouts: [User]

  /// The blocks that it is in.
  package var blocks: [User]

  /// What the compiler said about it.
  package var findings: [GalleryFinding]

  package init(
    name: String,
    summary: String = "",
    parameters: [Parameter] = [],
    slots: [Slot] = [],
    examples: [Example] = [],
    source: String = "",
    layouts: [User] = [],
    blocks: [User] = [],
    findings: [GalleryFinding] = []
  ) {
    self.name = name
    self.summary = summary
    self.parameters = parameters
    self.slots = slots
    self.examples = examples
    self.source = source
    self.layouts = layouts
    self.blocks = blocks
    self.findings = findings
  }
}
