import FuzzSupport
import Letterpress

/// Any bytes as a project: the layout alone, or – parts behind separators – layout, block, partial, schema,
/// profile and manifest; what is missing is a small one of ours.
///
/// The law: the whole compile ends with an email or with findings that lie in their files, and the email
/// renders or says why not.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzProject(_ data: UnsafePointer<UInt8>?, _ count: Int) -> Int32 {
  let parts = FuzzInput(data, count).parts
  for (index, file) in files.enumerated() where file.path != "" {
    folder.write(index < parts.count ? parts[index] : file.text, to: file.path)
  }
  guard let project = try? Project(at: folder.path) else { return 0 }
  let compiler = ProjectCompiler(project)
  requireShowable(compiler.check(), in: compiler.sources)
  guard let email = compiler.compile("mail")?.email else { return 0 }
  for profile in [parts.count > profilePart ? parts[profilePart] : files[profilePart].text] {
    guard let recipient = try? compiler.recipient(profile: profile, path: "profile.json") else {
      continue
    }
    do throws(RenderFailure) {
      let message = try email.render(recipient, now: "2026-03-01T10:00:00Z")
      precondition(String(validating: message.html, as: UTF8.self) != nil, "a message is UTF-8")
    } catch {
      requireShowable([error.diagnostic], in: compiler.sources)
    }
  }
  return 0
}

private nonisolated(unsafe) let folder = ProjectFolder("fuzz-project")

private let profilePart = 4

private let files: [(path: String, text: [UInt8])] = [
  ("layouts/mail.mjml", ""),
  (
    "blocks/card.mjml",
    """
    <lp-block><lp-param name="title" type="string" /><lp-param name="item" type="Item" />
    <lp-param name="tone" type="light | dark" default="light" />
    <mj-column><mj-text>{{ title }} {{ item.name }} {{ item.price | money }}</mj-text><lp-slot>none</lp-slot>
    {% if tone == 'dark' %}<mj-divider border-color="#000" />{% endif %}</mj-column></lp-block>
    """
  ),
  (
    "blocks/price.liquid",
    "{% doc %}\n@param {number} cents - what it costs\n{% enddoc %}{{ cents | money }}"
  ),
  (
    "fixtures/profile.schema.json",
    """
    {"type": "object", "required": ["name", "url", "items"], "properties": {
     "name": {"type": "string"}, "nick": {"type": "string"}, "url": {"type": "string", "format": "uri"},
     "tint": {"type": "string", "format": "color"}, "tier": {"enum": ["gold", "silver"]},
     "age": {"type": "integer"}, "note": {"type": "string", "contentMediaType": "text/html"},
     "items": {"type": "array", "maxItems": 3, "items": {"$ref": "#/$defs/Item"}}, "any": true},
     "$defs": {"Item": {"type": "object", "required": ["name", "price"], "properties": {
      "name": {"type": "string"}, "price": {"type": "integer"}, "url": {"type": "string", "format": "uri"}}}}}
    """
  ),
  (
    "",
    """
    {"name": "A<b>&\\"'{{ x }}", "url": "https://a.example/?q=1&r=2", "tint": "#fff", "tier": "gold",
     "note": "<p onclick=x>hi<script>y</script>", "items": [{"name": "-->", "price": 12}], "any": {"a": [1]}}
    """
  ),
  ("letterpress.yaml", "limits: { render-steps: 20000, output: 300000, value: 65536 }\n"),
].map { ($0.0, Array($0.1.utf8)) }
