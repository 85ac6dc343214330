/// What a project decides about values in a message.
package struct PlacementOptions: Sendable {
  /// Fields marked `x-pii` that may become part of a URL or a header, by path.
  package var allowedPersonalFields: Set<String>
  package var schemes: URLSchemes

  package init(allowedPersonalFields: Set<String> = [], schemes: URLSchemes = URLSchemes()) {
    self.allowedPersonalFields = allowedPersonalFields
    self.schemes = schemes
  }
}
