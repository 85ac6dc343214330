/// Which compiler this is.
package enum CompilerVersion {
  /// By semantic versioning; stands in every artefact.
  package static let current = "0.1.0"
}
