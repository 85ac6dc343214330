/// A template with control flow at random places, and what it is for a given profile.
///
/// The same tree is written twice: as the template, and with its control flow resolved by hand, which is
/// what the layout of the template has to equal (DESIGN, "Structure is exact on every path").
struct RandomTemplate {
  indirect enum Node {
    case element(String, attributes: String, [Node])
    case text(String)
    /// Prints the title of the innermost loop's item, or the profile's name.
    case title
    case condition(flag: Int, then: [Node], otherwise: [Node])
    case loop(list: Int, [Node])
    case comment(String)
  }

  struct Profile {
    var flags: [Bool]
    var lists: [[String]]

    var json: String {
      let flags = flags.enumerated().map { "\"f\($0)\":\($1)" }
      let lists = lists.enumerated().map { index, items in
        "\"l\(index)\":[" + items.map { "{\"t\":\"\($0)\"}" }.joined(separator: ",") + "]"
      }
      return "{" + (["\"name\":\"N\""] + flags + lists).joined(separator: ",") + "}"
    }
  }

  static let flagCount = 4
  static let listCount = 2
  static let listBound = 3

  static let schema: String = {
    let flags = (0..<flagCount).map { "\"f\($0)\": {\"type\": \"boolean\"}" }
    let lists = (0..<listCount).map {
      "\"l\($0)\": {\"type\": \"array\", \"maxItems\": \(listBound), \"items\": {\"type\": \"object\","
        + " \"required\": [\"t\"], \"properties\": {\"t\": {\"type\": \"string\"}}}}"
    }
    let names = ["name"] + (0..<flagCount).map { "f\($0)" } + (0..<listCount).map { "l\($0)" }
    let required = names.map { "\"\($0)\"" }.joined(separator: ", ")
    let properties = (["\"name\": {\"type\": \"string\"}"] + flags + lists).joined(separator: ", ")
    return "{\"type\": \"object\", \"required\": [\(required)], \"properties\": {\(properties)}}"
  }()

  var body: [Node]

  // MARK: - Making one

  init(using random: inout SplitMix) {
    body = []
    body = Self.list(1...3, &random, asked: 1) { random, depth in
      Self.row(&random, depth)
    }
  }

  static func profile(using random: inout SplitMix) -> Profile {
    Profile(
      flags: (0..<flagCount).map { _ in random.chance(2) },
      lists: (0..<listCount).map { list in
        (0..<random.below(listBound + 1)).map { "i\(list)\($0)" }
      }
    )
  }

  /// Nodes with conditions and loops around some of them; `asked` bounds how many of these a list has, for
  /// each one doubles the layouts of what counts its children.
  private static func list(
    _ count: ClosedRange<Int>,
    _ random: inout SplitMix,
    asked: Int,
    _ make: (inout SplitMix, Int) -> Node
  ) -> [Node] {
    var left = asked
    return (0..<(count.lowerBound + random.below(count.count))).map { index in
      guard left > 0, random.chance(3) else { return make(&random, index) }
      left -= 1
      switch random.below(3) {
      case 0: return .loop(list: random.below(listCount), [make(&random, index)])
      case 1:
        return .condition(
          flag: random.below(flagCount),
          then: [make(&random, index)],
          otherwise: [make(&random, index)]
        )
      default:
        return .condition(
          flag: random.below(flagCount),
          then: [make(&random, index)],
          otherwise: []
        )
      }
    }
  }

  private static func row(_ random: inout SplitMix, _ depth: Int) -> Node {
    let attributes = ["", " padding=\"10px\"", " full-width=\"full-width\"", " direction=\"rtl\""]
    switch random.below(6) {
    case 0:
      let gap = random.chance(2) ? " gap=\"12px\"" : ""
      return .element(
        "mj-wrapper",
        attributes: gap,
        list(1...3, &random, asked: 2) { random, _ in section(&random, attributes[0]) }
      )
    case 1:
      return .element(
        "mj-hero",
        attributes: " height=\"100px\"",
        list(1...2, &random, asked: 1) { random, _ in content(&random) }
      )
    default: return section(&random, attributes[random.below(attributes.count)])
    }
  }

  private static func section(_ random: inout SplitMix, _ attributes: String) -> Node {
    .element(
      "mj-section",
      attributes: attributes,
      list(1...3, &random, asked: 2) { random, _ in
        if random.chance(6) {
          return .element(
            "mj-group",
            attributes: "",
            list(1...2, &random, asked: 1) { column(&$0, $1) }
          )
        }
        return random.chance(9) ? .comment(" c ") : column(&random, 0)
      }
    )
  }

  private static func column(_ random: inout SplitMix, _ depth: Int) -> Node {
    let attributes = ["", "", " width=\"40%\"", " padding=\"5px\"", " background-color=\"#fff\""]
    return .element(
      "mj-column",
      attributes: attributes[random.below(attributes.count)],
      list(0...2, &random, asked: 1) { random, _ in content(&random) }
    )
  }

  private static func content(_ random: inout SplitMix) -> Node {
    switch random.below(5) {
    case 0:
      .element(
        "mj-image",
        attributes: " src=\"https://img.example/\(random.below(9)).png\" alt=\"\"",
        []
      )
    case 1: .element("mj-divider", attributes: "", [])
    case 2: .element("mj-button", attributes: " href=\"https://example.com/\"", [.title])
    default:
      .element(
        "mj-text",
        attributes: "",
        [
          .text("T\(random.below(99)) "),
          .condition(flag: random.below(flagCount), then: [.title], otherwise: [.text("no")]),
        ]
      )
    }
  }

  // MARK: - Writing it

  var template: String { "<mjml><mj-body>" + write(body, depth: 0) + "</mj-body></mjml>" }

  private func write(_ nodes: [Node], depth: Int) -> String {
    nodes.map { node in
      switch node {
      case .element(let name, let attributes, let children):
        return "<\(name)\(attributes)>\(write(children, depth: depth))</\(name)>"
      case .text(let text): return text
      case .title: return depth == 0 ? "{{ profile.name }}" : "{{ x\(depth).t }}"
      case .condition(let flag, let then, let otherwise):
        let rest = otherwise.isEmpty ? "" : "{% else %}" + write(otherwise, depth: depth)
        return "{% if profile.f\(flag) %}\(write(then, depth: depth))\(rest){% endif %}"
      case .loop(let list, let body):
        return "{% for x\(depth + 1) in profile.l\(list) %}\(write(body, depth: depth + 1))"
          + "{% endfor %}"
      case .comment(let text): return "<!--\(text)-->"
      }
    }.joined()
  }

  func resolved(for profile: Profile) -> String {
    "<mjml><mj-body>" + resolve(body, profile, item: nil) + "</mj-body></mjml>"
  }

  private func resolve(_ nodes: [Node], _ profile: Profile, item: String?) -> String {
    nodes.map { node in
      switch node {
      case .element(let name, let attributes, let children):
        return "<\(name)\(attributes)>\(resolve(children, profile, item: item))</\(name)>"
      case .text(let text): return text
      case .title: return item ?? "N"
      case .condition(let flag, let then, let otherwise):
        return resolve(profile.flags[flag] ? then : otherwise, profile, item: item)
      case .loop(let list, let body):
        return profile.lists[list].map { resolve(body, profile, item: $0) }.joined()
      case .comment(let text): return "<!--\(text)-->"
      }
    }.joined()
  }
}

/// SplitMix64: the same numbers from the same seed, everywhere.
struct SplitMix: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var z = state
    z = (z ^ (z >> 30)) &* 0xbf58_476d_1ce4_e5b9
    z = (z ^ (z >> 27)) &* 0x94d0_49bb_1331_11eb
    return z ^ (z >> 31)
  }

  mutating func below(_ bound: Int) -> Int { Int(next() % UInt64(bound)) }
  /// True once in `n` times.
  mutating func chance(_ n: Int) -> Bool { below(n) == 0 }
}
