/// What `letterpress new` makes: the files that a project, a block or a layout begins with.
public enum Scaffold {
  /// A file to be written.
  public struct File: Sendable {
    /// Relative to the project's folder.
    public let path: String
    /// Its content.
    public let text: String
  }

  /// Why a block or a layout cannot have a name.
  public struct InvalidName: Error, CustomStringConvertible {
    let name: String
    let reason: String

    /// One line for people.
    public var description: String { "'\(name)' \(reason)" }
  }

  /// A small project that checks, previews and renders as it is.
  ///
  /// - Parameter title: What the gallery is to call it.
  /// - Returns: Its files.
  public static func project(title: String) -> [File] {
    [
      File(path: ".gitignore", text: gitignore),
      File(path: "letterpress.yaml", text: manifest(title: quoted(title))),
      File(path: "fixtures/profile.schema.json", text: schema),
      File(path: "fixtures/personas/ada.json", text: ada),
      File(path: "fixtures/personas/newcomer.json", text: newcomer),
      File(path: "blocks/action-button.mjml", text: actionButton),
      File(path: "blocks/product-card.mjml", text: productCard),
      File(path: "layouts/welcome.mjml", text: welcome),
    ]
  }

  /// A block that checks as it is, whatever the project's schema.
  ///
  /// - Parameter name: The element's name.
  /// - Returns: Its file.
  /// - Throws: Where the name is none, or MJML's.
  public static func block(named name: String) throws(InvalidName) -> [File] {
    try check(name)
    for prefix in ["mj-", "lp-"] where name.hasPrefix(prefix) {
      throw InvalidName(name: name, reason: "begins with '\(prefix)', as only built-in elements do")
    }
    guard name != "mjml" else {
      throw InvalidName(name: name, reason: "is an element of MJML")
    }
    return [File(path: "blocks/\(name).mjml", text: newBlock(named: name))]
  }

  /// A layout that checks as it is, whatever the project's schema.
  ///
  /// - Parameter name: The layout's name.
  /// - Returns: Its file.
  /// - Throws: Where the name is none.
  public static func layout(named name: String) throws(InvalidName) -> [File] {
    try check(name)
    return [File(path: "layouts/\(name).mjml", text: newLayout(title: title(of: name)))]
  }

  /// Names are file names, elements and arguments of commands: all of that without quotes.
  private static func check(_ name: String) throws(InvalidName) {
    let words = name.utf8.split(separator: UInt8(ascii: "-"), omittingEmptySubsequences: false)
    let isFine = words.allSatisfy { word in
      !word.isEmpty
        && word.allSatisfy {
          (UInt8(ascii: "a")...UInt8(ascii: "z")).contains($0)
            || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0)
        }
    }
    let startsWithLetter = name.utf8.first.map { $0 >= UInt8(ascii: "a") } ?? false
    guard isFine, startsWithLetter else {
      throw InvalidName(
        name: name,
        reason: "is no name: lower-case letters and digits, with single hyphens between words"
      )
    }
    guard name.utf8.count <= 64 else {
      throw InvalidName(name: name, reason: "is longer than 64 characters")
    }
  }

  /// `spring-sale` as `Spring sale`.
  private static func title(of name: String) -> String {
    let words = name.split(separator: "-").joined(separator: " ")
    return words.prefix(1).uppercased() + words.dropFirst()
  }

  /// A string of YAML; control characters are left out.
  private static func quoted(_ text: String) -> String {
    var quoted = "\""
    for scalar in text.unicodeScalars
    where scalar.properties.generalCategory != .control {
      if scalar == "\"" || scalar == "\\" { quoted += "\\" }
      quoted.unicodeScalars.append(scalar)
    }
    return quoted + "\""
  }
}
