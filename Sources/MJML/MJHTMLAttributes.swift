package import LetterpressMarkup
import LetterpressProgram
import LetterpressTyping

/// `mj-html-attributes`: attributes to set on elements of the resulting HTML, found by CSS selectors.
package enum MJHTMLAttributes {
  package static let declaration = ComponentDeclaration(
    headComponent: "mj-html-attributes",
    content: .elements(["mj-selector"]),
    summary: "Attributes set on the resulting HTML, by CSS selectors"
  )

  /// `mj-selector`: the elements that get the attributes.
  package static let selector = ComponentDeclaration(
    name: "mj-selector",
    content: .elements(["mj-html-attribute"]),
    attributes: [.string(.path, role: .layout)],
    summary: "The elements of the resulting HTML that get attributes"
  )

  /// `mj-html-attribute`: an attribute's name, and its value as content.
  package static let attribute = ComponentDeclaration(
    name: "mj-html-attribute",
    content: .raw,
    attributes: [.string(.name, role: .layout)],
    summary: "An attribute to set, with its value as content"
  )
}

extension MJHTMLAttributes {
  /// An attribute to set on all elements that a selector finds.
  struct Setting: Sendable {
    var selector: String
    var name: String
    var value: HTMLFragment
  }

  /// What an `mj-html-attributes` says, in the order of the source.
  static func settings(of element: TypedElement, in context: LayoutContext) -> [Setting] {
    var settings: [Setting] = []
    for case .element(let selector) in element.children where selector.name == "mj-selector" {
      guard let path = selector.attribute("path").flatMap({ context.value(of: $0).known }) else {
        continue
      }
      for case .element(let child) in selector.children where child.name == "mj-html-attribute" {
        guard let name = child.attribute("name").flatMap({ context.value(of: $0).known }),
          !name.isEmpty
        else { continue }
        settings.append(
          Setting(selector: path, name: name, value: context.content(child))
        )
      }
    }
    return settings
  }

  /// The settings by selector, in the order in which each comes first; of several values for one name the
  /// last counts.
  private static func merged(_ settings: [Setting]) -> [Setting] {
    struct Key: Hashable {
      var selector: String
      var name: String
    }
    var groups: [[Setting]] = []
    var groupNumbers: [String: Int] = [:]
    var places: [Key: Int] = [:]
    for setting in settings {
      let group = groupNumbers[setting.selector] ?? groups.count
      if group == groups.count {
        groupNumbers[setting.selector] = group
        groups.append([])
      }
      let key = Key(selector: setting.selector, name: setting.name)
      if let place = places[key] {
        groups[group][place] = setting
      } else {
        places[key] = groups[group].count
        groups[group].append(setting)
      }
    }
    return Array(groups.joined())
  }

  /// The body with the attributes on its elements; those that are there already get the new value.
  static func apply(
    _ settings: [Setting],
    to body: [HTMLNode],
    _ work: MatchingWork
  ) -> [HTMLNode] {
    if settings.isEmpty { return body }
    var tree = HTMLTree(body)
    for setting in merged(settings) {
      guard !work.isExhausted else { break }
      guard let selectors = CSSSelector.list(setting.selector) else { continue }
      let memos = selectors.map { _ in HTMLTree.Memo(work) }
      let name = Array(setting.name.utf8)
      let value = PatchedText(setting.value.nodes).escapingQuotes
      for element in tree.elements.indices where work.spend(selectors.count) {
        for form in tree.elements[element].forms {
          let isSelected = zip(selectors, memos).contains { selector, memo in
            !selector.isDynamic
              && tree.matches(selector, element: element, form: form, memo: memo) == true
          }
          if isSelected { tree.set(name, to: value, form: form) }
        }
      }
    }
    return tree.nodes
  }
}

extension PatchedText {
  /// Fit for a value in double quotes.
  fileprivate var escapingQuotes: PatchedText {
    guard bytes.contains(UInt8(ascii: "\"")) else { return self }
    var text = PatchedText()
    for node in nodes {
      guard case .bytes(let bytes) = node else {
        text.append(node)
        continue
      }
      var escaped: [UInt8] = []
      for byte in bytes {
        if byte == UInt8(ascii: "\"") { escaped += "&quot;".utf8 } else { escaped.append(byte) }
      }
      text.append(.bytes(escaped))
    }
    return text
  }
}
