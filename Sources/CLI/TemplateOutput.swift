import Letterpress

/// Where the HTML of templates goes.
enum TemplateOutput {
  case standardOutput
  case file(String)
  /// One file for each template; the folder is made where it is missing.
  case folder(String)

  /// As the mjml command reads `-o`: a folder where there is one or the name ends with '/'; the current one
  /// where the name is empty.
  init(_ path: String) {
    if path.isEmpty {
      self = .folder(".")
    } else {
      self = path.hasSuffix("/") || FileAccess.isFolder(path) ? .folder(path) : .file(path)
    }
  }

  /// The file of a template's HTML; nil for standard output.
  func path(of template: String) -> String? {
    switch self {
    case .standardOutput: nil
    case .file(let path): path
    case .folder(let folder):
      (folder.hasSuffix("/") ? folder : folder + "/") + Self.name(of: template)
    }
  }

  func write(_ html: [UInt8], of template: String) throws(OutputFile.Failure) {
    if case .folder(let folder) = self { try OutputFile.makeFolder(folder) }
    if let path = path(of: template) {
      try OutputFile.replace(path, with: html)
    } else {
      try OutputFile.write(html, to: 1)
    }
  }

  /// `mails/welcome.mjml` → `welcome.html`, and `welcome.html.mjml` too.
  private static func name(of template: String) -> String {
    guard template != "-" else { return "stdin.html" }
    let name = template.split(separator: "/").last.map(String.init) ?? template
    let stem = name.hasSuffix(".mjml") ? String(name.dropLast(5)) : name
    return stem.hasSuffix(".html") ? stem : stem + ".html"
  }
}
