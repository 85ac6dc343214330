import LetterpressLiquid

/// What the `mjml` command takes as JSON: the values of some of its `--config` options.
public enum MJMLConfiguration {
  /// Why a text is no value of an option.
  public struct Mistake: Error, CustomStringConvertible {
    /// One line, lower case.
    public let description: String
  }

  /// What the minifier may do, as far as ours does it at all: it leaves style sheets, attributes and
  /// conditional comments alone, so that what else MJML's minifier is told makes no difference.
  public struct MinifyOptions: Sendable {
    /// Whether white space goes.
    public var collapsesWhiteSpace = true
    /// Whether comments go, as they do where they are not kept.
    public var removesComments = false

    /// What MJML's minifier does where it is told nothing.
    public init() {}
  }

  /// `{"Roboto": "https://…"}`: web fonts in the order of the text.
  ///
  /// - Throws: `Mistake`.
  public static func fonts(_ json: String) throws -> [MJMLCompiler.WebFont] {
    try object(json).map { name, value in
      guard case .string(let url) = value else {
        throw Mistake(description: "the URL of the font '\(name)' is no string")
      }
      return MJMLCompiler.WebFont(name: name, url: url)
    }
  }

  /// `{"collapseWhitespace": false}`.
  ///
  /// - Throws: `Mistake`.
  public static func minifyOptions(_ json: String) throws -> MinifyOptions {
    var options = MinifyOptions()
    for (name, value) in try object(json) {
      let isOff: Bool
      switch value {
      case .nil, .boolean(false): isOff = true
      default: isOff = false
      }
      switch name {
      case "collapseWhitespace": options.collapsesWhiteSpace = !isOff
      case "removeComments": options.removesComments = !isOff
      default: break
      }
    }
    return options
  }

  /// A folder, or `["layouts", "../shared"]`.
  ///
  /// - Throws: `Mistake`.
  public static func folders(_ text: String) throws -> [String] {
    guard text.utf8.first == UInt8(ascii: "[") else { return [text] }
    guard case .array(let elements) = try value(text) else { return [text] }
    return try elements.map { element in
      guard case .string(let folder) = element else {
        throw Mistake(description: "one of the folders is no string")
      }
      return folder
    }
  }

  private static func object(_ json: String) throws -> [(key: String, value: Value)] {
    guard case .object(let object) = try value(json) else {
      throw Mistake(description: "it is no JSON object")
    }
    return object.entries
  }

  private static func value(_ json: String) throws -> Value {
    do {
      return try JSONReader.read(Array(json.utf8))
    } catch {
      throw Mistake(description: "it is no JSON: \(error.message)")
    }
  }
}
