/// How much of everything a template may hold (DESIGN, "Limits").
///
/// libxml2 is quadratic in the number of attributes and in nested errors, so these bounds are checked
/// before it sees a byte.
package struct MarkupLimits: Sendable, Hashable {
  /// Bytes of one source file.
  package var fileSize = 1 << 20
  /// Elements open at once.
  package var elementDepth = 100
  /// Attributes of one element.
  package var attributesOfElement = 256
  /// Bytes of the name of an element or an attribute.
  package var nameLength = 256
  /// Findings after which a file is read no further.
  package var findings = 100

  package init() {}
}
