/// Writes a catalogue of blocks: a folder of static files that works when opened from disk.
///
///     blocks/index.html                     every block, with its first example
///     blocks/pages/product-card.html        one block
///     blocks/examples/product-card-1.html   an example, byte for byte
///     blocks/assets/…                       styles, and the script that measures the examples
///
/// The same contents give the same bytes.
package struct CatalogueWriter: Sendable {
  /// The client widths at which examples are shown, in CSS pixels: a phone, and a desktop's pane.
  package static let widths = [375, 600]

  /// The folder that becomes the catalogue.
  private let path: String

  /// - Parameter path: The folder that becomes the catalogue. One that is there already is replaced,
  ///   once the new one is complete.
  package init(path: String) {
    self.path = path
  }

  /// Writes the catalogue.
  ///
  /// - Returns: The page to open.
  /// - Throws: The reason why nothing changed.
  @discardableResult
  package func write(_ contents: CatalogueContents) throws(GalleryError) -> String {
    var names: Set<String> = []
    if let name = contents.blocks.map(\.name).first(where: { !names.insert($0).inserted }) {
      throw .duplicateBlock(name)
    }
    try checkDestination(path, mark: catalogueMark)
    var folder = try StagingFolder(for: path)
    for name in ["assets", "pages", "examples"] { try folder.makeFolder(name) }
    for asset in catalogueAssets {
      try folder.write(asset.bytes, to: "assets/\(asset.name)")
    }
    for block in contents.blocks {
      try folder.write(
        blockPage(block, of: contents),
        to: "pages/\(fileName(for: block.name)).html"
      )
      for (index, example) in block.examples.enumerated() {
        guard case .rendered(let html) = example.outcome else { continue }
        try folder.write(html, to: "examples/\(exampleKey(index, of: block)).html")
      }
    }
    try folder.write(catalogueIndexPage(contents), to: "index.html")
    try folder.replaceDestination()
    return path.hasSuffix("/") ? path + "index.html" : path + "/index.html"
  }
}

/// The name of an example's file, without its ending; examples count from 1.
func exampleKey(_ index: Int, of block: CatalogueBlock) -> String {
  "\(fileName(for: block.name))-\(index + 1)"
}

/// The element of `Assets/catalogue.html` by which a page is known as ours.
private let catalogueMark = #"<meta name="generator" content="Letterpress blocks">"#

private let catalogueAssets: [(name: String, bytes: [UInt8])] = [
  ("gallery.css", PackageResources.gallery_css),
  ("catalogue.css", PackageResources.catalogue_css),
  ("catalogue.js", PackageResources.catalogue_js),
]
