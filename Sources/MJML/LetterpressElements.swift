package import LetterpressMarkup

/// The elements that are ours: the envelope of a layout and what a block is made of.
package enum LetterpressElements {
  /// What stands in `mj-head` beside MJML's own elements.
  package static let envelope: [ComponentDeclaration] = [
    ComponentDeclaration(
      name: "lp-subject",
      content: .raw,
      attributes: [],
      summary: "The subject of the message"
    ),
    ComponentDeclaration(
      name: "lp-from",
      content: .raw,
      attributes: [],
      summary: "The sender: an address, or a name with an address in angle brackets"
    ),
    ComponentDeclaration(
      name: "lp-reply-to",
      content: .raw,
      attributes: [],
      summary: "The address for replies"
    ),
    ComponentDeclaration(
      name: "lp-header",
      content: .raw,
      attributes: [.string(.name, role: .layout).required],
      summary: "A header field of the message"
    ),
    ComponentDeclaration(
      name: "lp-unsubscribe",
      content: .empty,
      attributes: [.string(.href, role: .url).required],
      summary: "Where List-Unsubscribe points to"
    ),
    ComponentDeclaration(
      name: "lp-text",
      content: .raw,
      attributes: [],
      summary: "The plain-text part, in place of the one derived from the body"
    ),
  ]

  /// What a block's file holds, and what fills its slots where it is used.
  package static let blocks: [ComponentDeclaration] = [
    ComponentDeclaration(
      name: "lp-block",
      content: .elements(
        MJMLCatalog.bodyNames.union(["lp-param", "lp-example", "lp-slot"])
      ),
      attributes: [.string(.summary, role: .layout)],
      summary: "A reusable block with parameters and slots"
    ),
    ComponentDeclaration(
      name: "lp-param",
      content: .empty,
      attributes: [
        .string(.name, role: .layout), .string(.type, role: .layout),
        .string(.default, role: .layout), .string(.summary, role: .layout),
      ],
      summary: "A parameter of a block, with its type"
    ),
    ComponentDeclaration(
      name: "lp-example",
      content: .elements(MJMLCatalog.bodyNames.union(["lp-fill"])),
      attributes: [],
      takesAnyAttribute: true,
      summary: "Arguments with which the block is checked and shown"
    ),
    ComponentDeclaration(
      name: "lp-slot",
      content: .elements(MJMLCatalog.bodyNames.union(["lp-slot"])),
      attributes: [.string(.name, role: .layout), .string(.summary, role: .layout)],
      summary: "A place that a use of the block fills; its content is the default"
    ),
    ComponentDeclaration(
      name: "lp-fill",
      content: .elements(MJMLCatalog.bodyNames.union(["lp-slot"])),
      attributes: [.string(.slot, role: .layout)],
      summary: "The content of a slot of the block around it"
    ),
  ]
}

extension AttributeDeclaration {
  /// The same, of an element that cannot do without it.
  fileprivate var required: Self {
    var declaration = self
    declaration.isRequired = true
    return declaration
  }
}
