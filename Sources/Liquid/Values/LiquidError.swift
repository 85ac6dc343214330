/// Why a template cannot be rendered with this data.
///
/// It says nothing of the place; whoever evaluates knows that.
package struct LiquidError: Error, Sendable, Hashable {
  package enum Kind: String, Sendable {
    /// A filter or a tag cannot take that value.
    case argument
    case zeroDivision
    /// More than `RenderLimits` allows.
    case limit
    /// A partial that is not there, or not allowed there.
    case partial
    /// A template or a partial with errors.
    case template
    /// The template's `abort`: this recipient gets no message.
    case abort
  }

  package var kind: Kind
  /// One line, lower case, no final stop; it holds no value of the data.
  package var message: String

  package init(_ kind: Kind, _ message: String) {
    self.kind = kind
    self.message = message
  }

  static func argument(_ message: String) -> LiquidError { LiquidError(.argument, message) }
  static func limit(_ message: String) -> LiquidError { LiquidError(.limit, message) }
  static let invalidInteger = argument("expected an integer")
  static let zeroDivision = LiquidError(.zeroDivision, "divided by 0")
}
