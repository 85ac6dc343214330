import FuzzSupport
@testable import Letterpress

/// Any bytes as the content of a compiled email, behind the checksum that guards it: the file is sealed here.
///
/// The law: it is refused, or it loads, and what loads renders profiles or says why not; nothing that stands in
/// the file makes it trap, run without end or take memory without bound.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzArtefact(_ data: UnsafePointer<UInt8>?, _ count: Int) -> Int32 {
  let bytes = FuzzInput(data, count).bytes
  let email: CompiledEmail
  do throws(ArtefactError) {
    email = try CompiledEmail(artefact: ArtefactFile.bytes(of: bytes))
  } catch {
    precondition(error.reason == .damaged, "a sealed file is whole")
    precondition(!error.description.isEmpty)
    return 0
  }
  // The file says how much work a message may be.
  guard let limit = email.affordableOutput else { return 0 }
  for profile in profiles {
    guard let recipient = try? email.recipient(profile: profile) else { continue }
    do throws(RenderFailure) {
      let message = try email.render(recipient, now: "2026-03-01T10:00:00Z")
      precondition(message.html.count <= limit, "the limit of the output holds")
    } catch {
      requireShowable([error.diagnostic], in: email.sources)
    }
    do throws(RenderFailure) {
      let message = try email.message(for: recipient, now: "2026-03-01T10:00:00Z")
      precondition(message.allSatisfy { $0 < 0x80 }, "a message is ASCII")
    } catch {
      requireShowable([error.diagnostic], in: error.sources)
    }
  }
  return 0
}

/// Changes an input, or begins anew with what a compiler wrote.
///
/// What follows from an early byte is large (a table of texts, their files), so half of the changes are made
/// behind a random place.
@_cdecl("LLVMFuzzerCustomMutator")
public func mutateArtefact(
  _ data: UnsafeMutablePointer<UInt8>,
  _ count: Int,
  _ room: Int,
  _ seed: UInt32
) -> Int {
  if count < 100 || seed % 512 == 0 {
    let whole = artefacts[Int(seed / 512) % artefacts.count]
    guard whole.count <= room else { return libFuzzerMutate(data, count, room) }
    for (index, byte) in whole.enumerated() { data[index] = byte }
    return whole.count
  }
  guard seed % 2 == 0 else { return libFuzzerMutate(data, count, room) }
  let start = Int(seed / 2) % count
  return start + libFuzzerMutate(data + start, count - start, room - start)
}

@_silgen_name("LLVMFuzzerMutate")
private func libFuzzerMutate(_ data: UnsafeMutablePointer<UInt8>, _ count: Int, _ room: Int) -> Int

private let profiles = [
  #"{"name": "Ada <b>", "items": []}"#,
  #"{"name": "B", "tier": "gold", "items": [{"title": "x", "price": 1999}], "cents": 5, "city": "&"}"#,
  """
  {"name": "C", "tier": "silver", "items": [{"title": "x"}, {"title": "y"}, {"title": "<z>"}],
   "born": "2000-02-29", "link": "https://a.example/?q=1&r=2", "html": "<b>bold</b><script>",
   "more": {"a": [1, 2.5, "x"]}, "ratio": 0.5, "cents": 123456, "email": "ada@a.example"}
  """,
].map { Array($0.utf8) }

/// The contents of artefacts of all kinds of nodes.
private let artefacts: [[UInt8]] = {
  let folder = ProjectFolder("fuzz-artefact")
  let schema = """
    {"required": ["name", "items"], "properties": {"name": {"type": "string"}, "city": {"type": "string"},
    "tier": {"enum": ["gold", "silver"]}, "born": {"type": "string", "format": "date"},
    "cents": {"type": "integer", "minimum": 0}, "ratio": {"type": "number"}, "more": {},
    "email": {"type": "string"}, "html": {"type": "string", "contentMediaType": "text/html"},
    "link": {"type": "string", "format": "uri"}, "items": {"type": "array", "maxItems": 3,
    "items": {"required": ["title"], "properties": {"title": {"type": "string"}, "price": {"type": "integer"}}}}}}
    """
  folder.write(Array(schema.utf8), to: "fixtures/profile.schema.json")
  let manifest =
    "sender: a@a.example\nlimits: {render-steps: 20000, output: 300000, value: 65536, values: 300000}\n"
  folder.write(Array(manifest.utf8), to: "letterpress.yaml")
  return templates.map { template in
    folder.write(Array(template.utf8), to: "layouts/mail.mjml")
    guard let project = try? Project(at: folder.path),
      let bytes = ProjectCompiler(project).compile("mail")?.artefact()
    else { fatalError("the template compiles: \(template)") }
    let version = Int(bytes[ArtefactFile.contentStart])
    return Array(bytes[(ArtefactFile.contentStart + 1 + version)...])
  }
}()

private let templates = [
  """
  <mjml><mj-head><lp-subject>{{ profile.name }}</lp-subject><lp-from>{{ profile.name }} <b@b.example></lp-from>
  <lp-header name="X-City">{{ profile.city | default: "" }}</lp-header><lp-unsubscribe href="https://b.example/?n={{ profile.tier | default: 'none' }}" />
  <mj-preview>{{ profile.city | default: "-" }}</mj-preview></mj-head><mj-body><mj-section>
  {% if profile.tier == "gold" %}<mj-column><mj-text>Gold</mj-text></mj-column>{% endif %}
  {% for item in profile.items limit: 2 %}<mj-column><mj-text>{{ forloop.index }} {{ item.title }}
  {% if item.price %}{{ item.price | money }}{% endif %}</mj-text></mj-column>
  {% else %}<mj-column><mj-text>none</mj-text></mj-column>{% endfor %}</mj-section></mj-body></mjml>
  """,
  """
  <mjml><mj-head><lp-subject>x</lp-subject></mj-head><mj-body><mj-raw>
  {% assign all = profile.items | map: "title" | join: ", " %}{{ all | upcase }}
  {% capture hello %}<b>{{ profile.name }}</b>{% endcapture %}{{ hello }}
  {{ "now" | date: "%d. %B %Y %H:%M" }}{% if profile.born %}{{ profile.born | date: "%e. %B" }}{% endif %}
  {% if profile.html %}{{ profile.html }}{% endif %}{% if profile.link %}<a href="{{ profile.link }}">x</a>{% endif %}
  <p style="color:{% if profile.city %}#abc{% else %}#123456{% endif %}" title="{{ profile.city | default: '' }}">
  {{ profile.ratio | default: 1 | times: 3 }} {{ profile.more.a[1] }} {{ profile.more | json }}</p>
  {% for i in (1..3) reversed %}{% cycle "a", "b" %}{% increment n %}{% if i == 2 %}{% continue %}{% endif %}
  {{ i }}{% endfor %}<table>{% tablerow item in profile.items cols: 2 %}{{ item.title }}{% endtablerow %}</table>
  {% case profile.tier %}{% when "gold", "silver" %}known{% else %}new{% endcase %}
  {% ifchanged %}{{ profile.name }}{% endifchanged %}{% unless profile.cents or profile.city and profile.born %}
  nothing{% endunless %}{% if profile.tier == "gold" %}{% abort 'no gold for {{ profile.city }}' %}{% endif %}
  </mj-raw></mj-body></mjml>
  """,
  """
  <mjml><mj-body><mj-section><mj-column><mj-text color="{% if profile.city %}#abc{% else %}#123456{% endif %}">
  {% assign x = profile.items | size %}{% for item in profile.items %}{{ item.title | append: x | strip_html | truncate: 5 }}
  {% if forloop.last %}.{% break %}{% endif %}{% endfor %}</mj-text></mj-column></mj-section></mj-body></mjml>
  """,
]
