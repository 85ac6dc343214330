/// What an element's ancestors hand down to it.
package struct InheritedContext: Sendable {
  /// The width that the element may fill, in pixels.
  package var containerWidth: Double

  package init(containerWidth: Double) { self.containerWidth = containerWidth }
}
