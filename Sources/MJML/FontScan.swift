/// Finds out which web fonts a document uses, as MJML does: by a name that stands in a `font-family`.
enum FontScan {
  /// The numbers of the fonts that CSS names which is written into elements.
  static func fonts(_ fonts: [DocumentHead.Font], usedBy css: [HTMLFragment]) -> Set<Int> {
    let used = css.flatMap { families(in: PatchedText($0.nodes).bytes) }
    return Set(
      fonts.indices.filter { index in
        let name = fonts[index].name.utf8.map(\.lowercased)
        return used.contains { contains(name, in: $0) }
      }
    )
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

  static func contains(_ name: [UInt8], in text: [UInt8]) -> Bool {
    guard let first = name.first else { return true }
    return text.indices.contains { text[$0] == first && text[$0...].starts(with: name) }
  }
}
