/// The pages of docs/diagnostics, for `letterpress explain`: an installed program has no folder of documents
/// beside it.
///
/// A module of its own, because the bytes that are embedded take the compiler seconds. `Scripts/embed-pages`
/// joins the pages to the file that is embedded.
package enum FindingPages {
  /// By the names of the findings.
  package static let byName: [String: String] = {
    var pages: [String: String] = [:]
    var name: Substring = ""
    var lines: [Substring] = []
    func close() {
      while lines.last == "" { lines.removeLast() }
      if !name.isEmpty { pages[String(name)] = lines.joined(separator: "\n") }
      lines = []
    }
    let text = String(decoding: PackageResources.pages_txt, as: UTF8.self)
    for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
      if line.hasPrefix(marker) {
        close()
        name = line.dropFirst(marker.count)
      } else {
        lines.append(line)
      }
    }
    close()
    return pages
  }()

  /// Before the name, on a line of its own before each page.
  private static let marker = "=== page "
}
