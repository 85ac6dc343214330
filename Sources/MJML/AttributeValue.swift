package import LetterpressProgram
package import LetterpressTyping

/// The value of an attribute: text that is known, or text with Liquid in it.
package struct AttributeValue: Sendable {
  package enum Content: Sendable {
    case known(String)
    /// Nodes to evaluate where the element stands, and the same as HTML.
    indirect case dynamic([TypedNode], HTMLFragment)
  }

  package var content: Content

  package init(_ text: String) { content = .known(text) }

  package init(nodes: [TypedNode], html: HTMLFragment) { content = .dynamic(nodes, html) }

  /// The text, where it is known at compile time.
  package var known: String? {
    if case .known(let text) = content { text } else { nil }
  }

  /// What is copied into the output.
  package var html: HTMLFragment {
    switch content {
    case .known(let text): HTMLFragment(text)
    case .dynamic(_, let html): html
    }
  }

  /// Whether it could be a color of three digits; most colors are as they should be.
  var mayBeShortColor: Bool { known.map { $0.utf8.count == 4 } ?? true }

  /// The value with text behind it.
  package func appending(_ text: String) -> AttributeValue {
    switch content {
    case .known(let start): return AttributeValue(start + text)
    case .dynamic(let nodes, var html):
      html.append(text)
      return AttributeValue(nodes: nodes, html: html)
    }
  }

  /// The value as `transform` changes it: at once where it is known, else when it is rendered.
  package func transformed(_ transform: Transform) -> AttributeValue {
    switch content {
    case .known(let text):
      AttributeValue(transform.apply(to: text))
    case .dynamic(let nodes, let html):
      AttributeValue(
        nodes: nodes,
        html: HTMLFragment(node: .transformed(transform, html.nodes))
      )
    }
  }
}

extension AttributeValue: ExpressibleByStringLiteral {
  package init(stringLiteral text: String) { self.init(text) }
}
