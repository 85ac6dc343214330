package import LetterpressDiagnostics
import LetterpressLiquid

/// Why a message was not rendered.
///
/// Nothing of it may be sent.
package struct RenderError: Error, Sendable {
  /// The kinds of reasons.
  package enum Reason: String, Sendable, CaseIterable {
    /// The template asked to skip this recipient (`abort`).
    case skipped
    /// A value that no escaping makes safe in its place: a `javascript:` link, a line end in a header.
    case refusedValue = "refused-value"
    /// A filter could not take its input.
    case filter = "filter-failed"
    /// One of the limits on the work and the size of a message.
    case limit
    /// A value that layout did not foresee.
    case unexpectedValue = "unexpected-value"
  }

  /// The kind.
  package let reason: Reason
  /// One line, lower case, no final stop.
  ///
  /// Holds no values of the profile, but for the reason of `abort`.
  package let message: String
  /// The expression or tag where it happened.
  package let range: SourceRange

  /// Makes an error.
  package init(_ reason: Reason, _ message: String, at range: SourceRange) {
    self.reason = reason
    self.message = message
    self.range = range
  }

  init(_ fault: RenderFault, at range: SourceRange) {
    switch fault {
    case .located(let error):
      self = error
    case .skipped(let reason):
      self.init(.skipped, reason, at: range)
    case .refused(let reason):
      self.init(.refusedValue, reason, at: range)
    case .filter(let reason):
      self.init(.filter, reason, at: range)
    case .limit(let reason):
      self.init(.limit, reason, at: range)
    case .unexpectedValue(let reason):
      self.init(.unexpectedValue, reason, at: range)
    }
  }
}

/// A `RenderError` before its place is known.
indirect enum RenderFault: Error {
  static let tooLong = RenderFault.limit("the message grows too large")
  static let valueTooLong = RenderFault.limit("the value grows too large")
  static let valuesTooLong = RenderFault.limit("the values of the message grow too large")

  init(_ error: LiquidError) {
    switch error.kind {
    case .limit: self = .limit(error.message)
    case .abort: self = .skipped(error.message)
    case .argument, .zeroDivision, .partial, .template: self = .filter(error.message)
    }
  }

  case skipped(String)
  case refused(String)
  case filter(String)
  case limit(String)
  case unexpectedValue(String)
  /// The place is known already: text within an expression was rendered by the same program.
  case located(RenderError)
}
