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

  /// An attribute with a space before it; nothing where there is no value.
  mutating func attribute(_ name: some CopiedText, _ value: AttributeValue?) {
    switch value?.content {
    case nil: break
    case .known(let text): attribute(name, text: text)
    case .dynamic(_, let html):
      write(name.byteCount + 3) {
        $0.append(UInt8(ascii: " "))
        $0.append(name)
        $0.append(UInt8(ascii: "="))
        $0.append(UInt8(ascii: "\""))
      }
      append(html)
      append(byte: UInt8(ascii: "\""))
    }
  }

  /// An attribute with a space before it; nothing where there is no value.
  mutating func attribute(_ name: some CopiedText, text: String?) {
    guard let text else { return }
    write(name.byteCount + text.byteCount + 4) {
      $0.append(UInt8(ascii: " "))
      $0.append(name)
      $0.append(UInt8(ascii: "="))
      $0.append(UInt8(ascii: "\""))
      $0.append(text)
      $0.append(UInt8(ascii: "\""))
    }
  }

  /// A declaration in a style, `property:value;`; nothing where there is no value.
  mutating func declaration(_ property: some CopiedText, _ value: AttributeValue?) {
    switch value?.content {
    case nil: break
    case .known(let text): declaration(property, text: text)
    case .dynamic(_, let html):
      write(property.byteCount + 1) {
        $0.append(property)
        $0.append(UInt8(ascii: ":"))
      }
      append(html)
      append(byte: UInt8(ascii: ";"))
    }
  }

  /// A declaration in a style, `property:value;`.
  mutating func declaration(_ property: some CopiedText, text: String) {
    write(property.byteCount + text.byteCount + 2) {
      $0.append(property)
      $0.append(UInt8(ascii: ":"))
      $0.append(text)
      $0.append(UInt8(ascii: ";"))
    }
  }

  /// The declarations of the properties that have attributes of the same name.
  mutating func declarations(_ names: [AttributeName], of element: LayoutElement) {
    for index in names.indices {
      guard let value = element[names[index]] else { continue }
      declaration(names[index].text, value)
    }
  }

  /// Attributes of the HTML that have the same name and value as those of the element.
  mutating func attributes(_ names: [AttributeName], of element: LayoutElement) {
    for index in names.indices {
      guard let value = element[names[index]] else { continue }
      attribute(names[index].text, value)
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
