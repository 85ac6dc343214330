package import LetterpressMarkup

/// `mj-carousel-image`: a picture of an `mj-carousel`.
package enum MJCarouselImage {
  package static let declaration = ComponentDeclaration(
    bodyComponent: "mj-carousel-image",
    content: .raw,
    summary: "A picture of mj-carousel",
    attributes: [
      .string(.alt, default: ""),
      .string(.href, role: .url),
      .string(.rel),
      .string(.target, default: "_blank"),
      .string(.title),
      .string(.src, role: .url),
      .string(.thumbnailsSrc, role: .url),
      .string(.borderRadius),
      .string(.tbBorder),
      .string(.tbBorderRadius),
    ]
  )
}
