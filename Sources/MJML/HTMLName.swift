/// The name of an HTML element in lower case, so packed that comparing two is comparing numbers.
struct HTMLName: Hashable {
  /// The first eight bytes.
  private let start: UInt64
  /// What comes after them; few names are so long.
  private let rest: String

  /// The name at a place, whatever its case.
  init(_ bytes: ArraySlice<UInt8>) {
    var start: UInt64 = 0
    for byte in bytes.prefix(8) { start = start << 8 | UInt64(byte.lowercased) }
    self.start = start
    rest =
      bytes.count > 8 ? String(decoding: bytes.dropFirst(8).map(\.lowercased), as: UTF8.self) : ""
  }

  init(_ text: String) { self.init(Array(text.utf8)[...]) }

  func hash(into hasher: inout Hasher) { hasher.combine(start) }

  /// As it is written.
  var bytes: [UInt8] {
    var bytes: [UInt8] = []
    for shift in stride(from: 56, through: 0, by: -8) {
      let byte = UInt8(truncatingIfNeeded: start >> UInt64(shift))
      if byte != 0 { bytes.append(byte) }
    }
    return bytes + rest.utf8
  }
}

/// What a reader of HTML knows of an element by its name; of most, nothing.
struct HTMLKind {
  struct Traits: OptionSet {
    let rawValue: UInt16

    /// It has no end tag.
    static let void = Traits(rawValue: 1 << 0)
    /// Its content is text, whatever it looks like.
    static let raw = Traits(rawValue: 1 << 1)
    /// Nothing of it is shown, so it is given no style.
    static let invisible = Traits(rawValue: 1 << 2)
    /// Outlook reads some properties of it from attributes.
    static let table = Traits(rawValue: 1 << 3)
    /// Its size is an attribute too.
    static let sized = Traits(rawValue: 1 << 4)
  }

  /// The elements that an author need not close.
  struct Group: OptionSet {
    let rawValue: UInt16

    static let item = Group(rawValue: 1 << 0)
    static let dataCell = Group(rawValue: 1 << 1)
    static let headerCell = Group(rawValue: 1 << 2)
    static let row = Group(rawValue: 1 << 3)
    static let tableHead = Group(rawValue: 1 << 4)
    static let tableBody = Group(rawValue: 1 << 5)
    static let term = Group(rawValue: 1 << 6)
    static let option = Group(rawValue: 1 << 7)
    static let optionGroup = Group(rawValue: 1 << 8)
    static let paragraph = Group(rawValue: 1 << 9)
  }

  private(set) var traits: Traits = []
  /// The group that it is in.
  private(set) var group: Group = []
  /// The groups of the open elements that end where it starts.
  private(set) var ends: Group = []

  static func of(_ name: HTMLName) -> HTMLKind { all[name] ?? HTMLKind() }

  private static let all: [HTMLName: HTMLKind] = {
    var all: [HTMLName: HTMLKind] = [:]
    func add(_ traits: Traits, _ names: String...) {
      for name in names { all[HTMLName(name), default: HTMLKind()].traits.formUnion(traits) }
    }
    func add(group: Group, _ name: String) {
      all[HTMLName(name), default: HTMLKind()].group.formUnion(group)
    }
    func add(ends: Group, _ names: String...) {
      for name in names { all[HTMLName(name), default: HTMLKind()].ends.formUnion(ends) }
    }
    add(
      .void,
      "area",
      "base",
      "br",
      "col",
      "embed",
      "hr",
      "img",
      "input",
      "link",
      "meta",
      "source",
      "track",
      "wbr"
    )
    add(.raw, "style", "script", "title", "textarea")
    add(.invisible, "head", "title", "base", "link", "style", "meta", "script", "noscript")
    add(
      .table,
      "table",
      "th",
      "tr",
      "td",
      "caption",
      "colgroup",
      "col",
      "thead",
      "tbody",
      "tfoot"
    )
    add(.sized, "table", "td", "th", "img")
    for (group, name) in [
      (Group.item, "li"), (.dataCell, "td"), (.headerCell, "th"), (.row, "tr"),
      (.tableHead, "thead"), (.tableBody, "tbody"), (.term, "dt"), (.term, "dd"),
      (.option, "option"), (.optionGroup, "optgroup"), (.paragraph, "p"),
    ] {
      add(group: group, name)
    }
    add(ends: .item, "li")
    add(ends: [.dataCell, .headerCell, .tableHead], "td")
    add(ends: .headerCell, "th")
    add(ends: [.dataCell, .headerCell, .row], "tr")
    add(ends: [.tableHead, .tableBody], "tbody", "tfoot")
    add(ends: .term, "dt", "dd")
    add(ends: .option, "option")
    add(ends: [.option, .optionGroup], "optgroup")
    add(
      ends: .paragraph,
      "p",
      "div",
      "table",
      "ul",
      "ol",
      "dl",
      "h1",
      "h2",
      "h3",
      "h4",
      "h5",
      "h6",
      "hr",
      "pre",
      "form",
      "blockquote",
      "section",
      "article",
      "header",
      "footer",
      "main",
      "nav",
      "address",
      "aside",
      "details",
      "fieldset",
      "figcaption",
      "figure"
    )
    return all
  }()
}
