package import LetterpressMarkup

/// All elements that a file without blocks may hold.
package enum MJMLCatalog {
  /// MJML 5.4 and what is ours.
  package static let catalog = ComponentCatalog(
    ([MJML.declaration] + headComponents + bodyComponents).map(withIncludes)
      + LetterpressElements.envelope + LetterpressElements.blocks.map(withIncludes)
  )

  /// The components of the body, from the outside in.
  package static let bodyComponents: [ComponentDeclaration] = [
    MJBody.declaration, MJWrapper.declaration, MJSection.declaration, MJGroup.declaration,
    MJColumn.declaration, MJHero.declaration, MJText.declaration, MJImage.declaration,
    MJButton.declaration, MJDivider.declaration, MJSpacer.declaration, MJTable.declaration,
    MJRaw.declaration, MJSocial.declaration, MJSocialElement.declaration, MJNavbar.declaration,
    MJNavbarLink.declaration, MJAccordion.declaration, MJAccordionElement.declaration,
    MJAccordionTitle.declaration, MJAccordionText.declaration, MJCarousel.declaration,
    MJCarouselImage.declaration,
  ]

  /// The components of the head and what stands in them.
  package static let headComponents: [ComponentDeclaration] = [
    MJHead.declaration, MJTitle.declaration, MJPreview.declaration, MJAttributes.declaration,
    MJAttributes.all, MJAttributes.classes, MJFont.declaration, MJBreakpoint.declaration,
    MJStyle.declaration, MJHTMLAttributes.declaration, MJHTMLAttributes.selector,
    MJHTMLAttributes.attribute, MJInclude.declaration,
  ]

  /// What may stand in a block: every component of the body but the body itself.
  static let bodyNames = Set(bodyComponents.map(\.name)).subtracting(["mj-body"])

  /// The components that `mj-attributes` gives defaults to.
  static let namesInAttributes = Set(bodyComponents.map(\.name)).union([
    "mj-head", "mj-title", "mj-preview", "mj-font", "mj-breakpoint", "mj-style",
  ])

  /// MJML puts an included file's elements wherever elements may stand; a slot fills any such place of
  /// the body.
  private static func withIncludes(_ declaration: ComponentDeclaration) -> ComponentDeclaration {
    guard case .elements(var names) = declaration.content else { return declaration }
    names.insert("mj-include")
    if bodyNames.contains(declaration.name) || declaration.name == "mj-body" {
      names.insert("lp-slot")
    }
    var declaration = declaration
    declaration.content = .elements(names)
    return declaration
  }
}
