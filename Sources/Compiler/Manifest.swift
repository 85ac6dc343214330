public import LetterpressDiagnostics

/// What a project says of itself in `letterpress.yaml`; every key is optional.
public struct Manifest: Sendable {
  /// What people call the project; nil for the name of its folder.
  public var name: String?
  /// The widths at which the gallery shows a message, in CSS pixels, ascending.
  public var widths: [Int] = [320, 375, 414, 600, 800]
  /// The From address of layouts without `lp-from`.
  public var sender: String?
  /// The path of the profile's field with the address for `To`; nil for `profile.email`, where the
  /// schema has it.
  public var recipient: String?
  /// The place of `recipient` in the manifest.
  var recipientRange: SourceRange?
  /// BCP 47; what `money`, `number` and `date` use where nothing else is said.
  public var locale = "en"
  /// IANA; what `date` uses.
  public var timeZone = "UTC"
  /// ISO 4217; what `money` uses.
  public var currency = "USD"
  /// Whether the schema's own properties are top-level names, instead of `profile`.
  public var usesPropertyRoots = false
  /// Constants that every layout sees by their names.
  public var constants: [Constant] = []
  /// Paths of `x-pii` fields that may reach a URL or a header.
  public var allowedPersonalPaths: [String] = []
  /// Their places in the manifest.
  package var personalPathRanges: [SourceRange] = []
  /// URL schemes beyond http, https, mailto, tel, sms and cid.
  public var urlSchemes: [String] = []
  /// Folders outside of the project that `mj-include` may read, relative to its root.
  public var includeRoots: [String] = []
  /// House rules: the severity of a kind of finding, nil where it is off; errors cannot be lowered.
  public var severities: [String: Severity?] = [:]
  /// The bounds of DESIGN's "Limits" that differ from their defaults, by name.
  public var limits: [String: Int] = [:]

  /// A constant under `vars:`.
  public struct Constant: Sendable {
    /// Its name in templates.
    public var name: String
    /// Its value.
    public var value: Value
    /// The name's place in the manifest.
    public var range: SourceRange

    /// What YAML can say.
    public indirect enum Value: Sendable, Hashable {
      /// `null`.
      case null
      /// `true` and `false`.
      case boolean(Bool)
      /// An integer.
      case integer(Int)
      /// A number with a fraction.
      case number(Double)
      /// Text.
      case string(String)
      /// A list.
      case array([Value])
      /// A map, in the order of the file.
      case object([Pair])
    }

    /// A key of a map and its value.
    public struct Pair: Sendable, Hashable {
      /// The key.
      public var key: String
      /// The value.
      public var value: Value
    }
  }

  /// The manifest of a project without one.
  public init() {}
}
