/// Finds out which web fonts a document uses, as MJML does: by a name that stands in a `font-family`.
enum FontScan {
  /// The fonts that occur in families, or in CSS that is written into elements; in their order.
  static func used(
    _ fonts: [DocumentHead.Font],
    families: [[UInt8]],
    inlineStyles: [HTMLFragment]
  ) -> [DocumentHead.Font] {
    let families =
      families + inlineStyles.flatMap { Self.families(in: PatchedText($0.nodes).bytes) }
    return fonts.filter { font in
      let name = font.name.utf8.map(\.lowercased)
      return families.contains { contains(name, in: $0) }
    }
  }

  /// The values of `font-family` in a style sheet.
  private static func families(in css: [UInt8]) -> [[UInt8]] {
    css.split { byte in
      byte == UInt8(ascii: ";") || byte == UInt8(ascii: "}") || byte == UInt8(ascii: "{")
    }.compactMap { declaration in
      guard let colon = declaration.firstIndex(of: UInt8(ascii: ":")),
        declaration[..<colon].endsWithFontFamily
      else { return nil }
      return declaration[colon...].map(\.lowercased)
    }
  }

  private static func contains(_ name: [UInt8], in text: [UInt8]) -> Bool {
    guard let first = name.first else { return true }
    return text.indices.contains { text[$0] == first && text[$0...].starts(with: name) }
  }
}
