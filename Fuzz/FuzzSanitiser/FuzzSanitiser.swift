import FuzzSupport
import Letterpress

/// Any bytes as an `html` value, through the sanitiser.
///
/// The laws: what comes out goes in again and comes out the same; it has no element that runs or loads
/// something, no handler, and as many end tags as start tags that want one.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzSanitiser(_ data: UnsafePointer<UInt8>?, _ count: Int) -> Int32 {
  let text = String(decoding: FuzzInput(data, count).bytes, as: UTF8.self)
  guard let once = mail.markup(of: Array(text.utf8)) else { return 0 }
  guard let twice = mail.markup(of: once) else { fatalError("what is clean renders") }
  precondition(twice == once, "what is clean stays as it is")
  for tag in Tags(once) {
    precondition(
      tag.name != "script" && tag.name != "style" && tag.name != "iframe",
      "no such element"
    )
    precondition(!tag.attributes.contains { $0.hasPrefix("on") }, "no handler")
  }
  return 0
}

private let mail = MarkupMail()

/// A mail that is one `html` value between two marks.
struct MarkupMail {
  private let compiler: ProjectCompiler
  private let email: CompiledEmail

  init() {
    let folder = ProjectFolder("fuzz-sanitiser")
    folder.write(
      Array(
        """
        {"type": "object", "required": ["note"], "properties": {"note": {"type": "string", "contentMediaType": "text/html"}}}
        """.utf8
      ),
      to: "fixtures/profile.schema.json"
    )
    folder.write(
      Array(
        "<mjml><mj-body><mj-raw><div>«{{ profile.note }}»</div></mj-raw></mj-body></mjml>".utf8
      ),
      to: "layouts/mail.mjml"
    )
    guard let project = try? Project(at: folder.path),
      let email = ProjectCompiler(project).compile("mail")?.email
    else { fatalError("the mail compiles") }
    compiler = ProjectCompiler(project)
    self.email = email
  }

  /// What stands between the marks; nil where the value is refused.
  func markup(of value: [UInt8]) -> [UInt8]? {
    var profile = Array("{\"note\":\"".utf8)
    for byte in value {
      switch byte {
      case UInt8(ascii: "\""), UInt8(ascii: "\\"): profile += [UInt8(ascii: "\\"), byte]
      case 0..<0x20: profile += "\\u00\(byte < 16 ? "0" : "")\(String(byte, radix: 16))".utf8
      default: profile.append(byte)
      }
    }
    profile += "\"}".utf8
    guard let recipient = try? compiler.recipient(profile: profile, path: "profile.json"),
      let html = try? email.render(recipient, now: "2026-03-01T10:00:00Z").html,
      let start = html.firstRange(of: Array("«".utf8)), let end = html.lastIndex(of: 0xBB)
    else { return nil }
    return Array(html[start.upperBound..<(end - 1)])
  }
}
