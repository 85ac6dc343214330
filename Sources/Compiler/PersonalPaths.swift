import LetterpressDiagnostics
import LetterpressSchema
import LetterpressTyping

extension ProfileSchema {
  /// Findings for the paths under `pii: { allow: … }` that lead nowhere.
  ///
  /// Those of a block's own parameters do not start with `profile`; they are the block's.
  func unknownPersonalPaths(of manifest: Manifest) -> [Diagnostic] {
    guard !manifest.usesPropertyRoots else { return [] }
    return zip(manifest.allowedPersonalPaths, manifest.personalPathRanges).compactMap {
      path,
      range in
      let names = path.split(separator: ".").map(String.init)
      guard names.count > 1, names[0] == "profile",
        let unknown = types.unknownName(in: Array(names.dropFirst()), from: root)
      else { return nil }
      return .unknownPersonalPath(unknown.name, suggestion: unknown.near, at: range)
    }
  }
}
