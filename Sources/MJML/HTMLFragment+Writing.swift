/// Text that stands in the source of a component.
///
/// Apart from `String`, so that `html += "<td>\(content)</td>"` is HTML with holes: as a string, the literal
/// would print the debug description of its content.
package struct HTMLText: ExpressibleByStringLiteral, Sendable {
  let text: StaticString

  package init(stringLiteral text: StaticString) { self.text = text }
}

extension HTMLFragment {
  @_disfavoredOverload
  mutating func append(_ value: AttributeValue) {
    switch value.content {
    case .known(let text): append(text)
    case .dynamic(_, let html): append(html)
    }
  }

  /// The start of an attribute, ` name="`.
  private mutating func append(start name: HTMLText) {
    append(byte: UInt8(ascii: " "))
    append(name)
    append(byte: UInt8(ascii: "="))
    append(byte: UInt8(ascii: "\""))
  }

  /// An attribute with a space before it; nothing where there is no value.
  mutating func attribute(_ name: HTMLText, _ value: AttributeValue?) {
    guard let value else { return }
    append(start: name)
    append(value)
    append(byte: UInt8(ascii: "\""))
  }

  /// An attribute with a space before it; nothing where there is no value.
  mutating func attribute(_ name: HTMLText, text: String?) {
    guard let text else { return }
    append(start: name)
    append(text)
    append(byte: UInt8(ascii: "\""))
  }

  /// A declaration in a style, `property:value;`; nothing where there is no value.
  mutating func declaration(_ property: HTMLText, _ value: AttributeValue?) {
    guard let value else { return }
    append(property)
    append(byte: UInt8(ascii: ":"))
    append(value)
    append(byte: UInt8(ascii: ";"))
  }

  /// A declaration in a style, `property:value;`.
  mutating func declaration(_ property: HTMLText, text: String) {
    append(property)
    append(byte: UInt8(ascii: ":"))
    append(text)
    append(byte: UInt8(ascii: ";"))
  }

  /// The declarations of the properties that have attributes of the same name.
  mutating func declarations(_ names: [AttributeName], of element: LayoutElement) {
    for index in names.indices {
      guard let value = element[names[index]] else { continue }
      append(bytes: names[index].declarationStart)
      append(value)
      append(byte: UInt8(ascii: ";"))
    }
  }

  /// Attributes of the HTML that have the same name and value as those of the element.
  mutating func attributes(_ names: [AttributeName], of element: LayoutElement) {
    for index in names.indices {
      guard let value = element[names[index]] else { continue }
      append(bytes: names[index].attributeStart)
      append(value)
      append(byte: UInt8(ascii: "\""))
    }
  }
}

extension [AttributeName] {
  static let paddings: Self = [
    .padding, .paddingTop, .paddingRight, .paddingBottom, .paddingLeft,
  ]
  /// The order of some components; it shows, for a later padding overrules an earlier one.
  static let paddingsBottomFirst: Self = [
    .padding, .paddingBottom, .paddingLeft, .paddingRight, .paddingTop,
  ]
  static let paddingsLeftFirst: Self = [
    .padding, .paddingTop, .paddingLeft, .paddingRight, .paddingBottom,
  ]
  static let borders: Self = [
    .border, .borderBottom, .borderLeft, .borderRight, .borderTop,
  ]
}

/// Outlook's conditional comments, around markup that only it may see.
enum Outlook {
  static let start: HTMLText = "<!--[if mso | IE]>"
  static let end: HTMLText = "<![endif]-->"
  static let startOfOthers: HTMLText = "<!--[if !mso | IE]><!-->"
  static let startOfNotWord: HTMLText = "<!--[if !mso]><!-->"
  static let startOfWord: HTMLText = "<!--[if mso]>"
  static let endOfOthers: HTMLText = "<!--<![endif]-->"
}
