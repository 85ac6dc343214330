/// The bounds of a schema and of the profiles that it describes; a project sets them under `limits:`.
package struct ProfileLimits: Hashable, Sendable {
  /// Bytes of a profile, in a file or a row.
  package var size = 1 << 20
  /// Arrays and objects of JSON within each other, and types that a schema nests by reference.
  package var depth = 64
  /// Steps that the patterns of a schema take over one profile: states looked at, character by
  /// character.
  ///
  /// As many take about a quarter of a second. A pattern has few states at a time, but up to 2,000.
  package var patternSteps = 20_000_000
  /// Kinds of objects that a schema describes.
  package var objectTypes = 4_000
  /// Branches of one union.
  package var unionBranches = 64

  package init() {}
}
