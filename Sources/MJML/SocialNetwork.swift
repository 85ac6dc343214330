/// What MJML knows of a social network.
struct SocialNetwork {
  var color: String
  var icon: String
  /// Where a link is shared, before and after its address; nil where the network shares none.
  private var share: (before: String, after: String)?

  /// The network of a name; `NAME-noshare` links to an address itself.
  static func named(_ name: String) -> SocialNetwork? {
    if let network = all[name] { return network }
    guard name.hasSuffix("-noshare"), var network = all[String(name.dropLast(8))] else {
      return nil
    }
    network.share = ("", "")
    return network
  }

  /// The link that shares an address; nil where the network has none.
  func shareLink(to address: AttributeValue) -> HTMLFragment? {
    guard let share else { return nil }
    let middle = address.known.map { HTMLFragment(expanded($0, share)) } ?? address.html
    return "\(share.before)\(middle)\(share.after)"
  }

  /// What people call a network: `twitter-noshare` is Twitter.
  static func title(of name: String) -> String {
    let name = name.hasSuffix("-noshare") ? String(name.dropLast(8)) : name
    switch name {
    case "youtube": return "YouTube"
    case "linkedin": return "LinkedIn"
    case "github": return "GitHub"
    case "soundcloud": return "SoundCloud"
    case "xing": return "XING"
    default: return name.prefix(1).uppercased() + name.dropFirst()
    }
  }

  /// The text as JavaScript's `replace` puts it in: `$$`, `$&`, `` $` `` and `$'` have a meaning there.
  private func expanded(_ text: String, _ share: (before: String, after: String)) -> String {
    guard text.utf8.contains(UInt8(ascii: "$")) else { return text }
    var result: [UInt8] = []
    var bytes = text.utf8[...]
    while let byte = bytes.popFirst() {
      guard byte == UInt8(ascii: "$") else {
        result.append(byte)
        continue
      }
      switch bytes.first {
      case UInt8(ascii: "$"): result.append(byte)
      case UInt8(ascii: "&"): result += Array("[[URL]]".utf8)
      case UInt8(ascii: "`"): result += Array(share.before.utf8)
      case UInt8(ascii: "'"): result += Array(share.after.utf8)
      default:
        result.append(byte)
        continue
      }
      bytes.removeFirst()
    }
    return String(decoding: result, as: UTF8.self)
  }

  private init(_ icon: String, _ color: String, _ share: (String, String)? = nil) {
    self.icon = "https://www.mailjet.com/images/theme/v1/icons/ico-social/\(icon).png"
    self.color = color
    self.share = share
  }

  private static let all: [String: SocialNetwork] = [
    "facebook": .init("facebook", "#3b5998", ("https://www.facebook.com/sharer/sharer.php?u=", "")),
    "twitter": .init("twitter", "#55acee", ("https://twitter.com/intent/tweet?url=", "")),
    "x": .init("twitter-x", "#000000", ("https://twitter.com/intent/tweet?url=", "")),
    "google": .init("google-plus", "#dc4e41", ("https://plus.google.com/share?url=", "")),
    "pinterest": .init(
      "pinterest",
      "#bd081c",
      ("https://pinterest.com/pin/create/button/?url=", "&media=&description=")
    ),
    "linkedin": .init(
      "linkedin",
      "#0077b5",
      ("https://www.linkedin.com/shareArticle?mini=true&url=", "&title=&summary=&source=")
    ),
    "instagram": .init("instagram", "#3f729b"),
    "web": .init("web", "#4BADE9"),
    "snapchat": .init("snapchat", "#FFFA54"),
    "youtube": .init("youtube", "#EB3323"),
    "tumblr": .init(
      "tumblr",
      "#344356",
      ("https://www.tumblr.com/widgets/share/tool?canonicalUrl=", "")
    ),
    "github": .init("github", "#000000"),
    "xing": .init("xing", "#296366", ("https://www.xing.com/app/user?op=share&url=", "")),
    "vimeo": .init("vimeo", "#53B4E7"),
    "medium": .init("medium", "#000000"),
    "soundcloud": .init("soundcloud", "#EF7F31"),
    "dribbble": .init("dribbble", "#D95988"),
  ]
}
