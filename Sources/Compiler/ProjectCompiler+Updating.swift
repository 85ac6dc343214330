import LetterpressDiagnostics
import LetterpressTyping

/// Checking again after a change.
///
/// Each result has its inputs: a file, what it includes, the blocks that it uses directly or through others,
/// and what all files share. A result whose inputs did not change is taken over, so that what an editor does
/// most, a change in one layout, costs one layout.
extension ProjectCompiler {
  /// A text in the place of a file's.
  struct Change {
    var former: ProjectCompiler
    var path: String
    var text: [UInt8]
  }

  /// The compiler of the same project with another text of one file: what it finds is what a new one would.
  ///
  /// The text counts in the place of what is on the disk, for an editor's file that is not saved. A file of
  /// a name that was not there before has to be on the disk.
  ///
  /// - Parameters:
  ///   - path: The file's path in the project: `layouts/welcome.mjml`.
  ///   - text: All of its new content.
  /// - Returns: The compiler; this one stays what it is.
  public func updating(_ path: String, to text: [UInt8]) -> ProjectCompiler {
    let project = project.updating(path, to: text)
    // What all layouts share is not taken apart.
    let isShared =
      path == Project.manifestName || path.hasSuffix(".liquid")
      || path.hasPrefix("fixtures/") && !path.hasPrefix("fixtures/personas/")
      || project.sharedNames != self.project.sharedNames
    return ProjectCompiler(
      project,
      layouts: requestedLayouts,
      after: isShared ? nil : Change(former: self, path: path, text: text)
    )
  }

  /// Errors that concern all blocks: those of what all files share, and those that stand in no block.
  var hasErrorsOfAllBlocks: Bool {
    loaded.sharedDiagnostics.hasErrors
      || loaded.unplacedErrors(in: loaded.blockDiagnostics + blockDiagnostics)
  }

  /// Takes over the results that a change did not concern.
  func takeOver(from former: ProjectCompiler) {
    guard let changed = loaded.changedBlocks,
      hasErrorsOfAllBlocks == former.hasErrorsOfAllBlocks
    else { return }
    let users = BlockUsers(of: changed, in: loaded)
    results.takeOverExamples(
      of: loaded.input.blocks.names.filter { !users.reach(fromBlock: $0) },
      from: former.results
    )
    let layouts = loaded.layouts.map(\.name).filter {
      loaded.unchangedLayouts.contains($0) && !users.reach(fromLayout: $0)
    }
    for (name, result) in zip(layouts, former.results.layouts(layouts)) {
      if let result { results.add(result, named: name) }
    }
  }

  /// What was found in the layouts, in their order; computed for those that it is not known of.
  var layoutResults: [CheckResults.Layout] {
    let known = results.layouts(loaded.layouts.map(\.name))
    let open = zip(loaded.layouts, known).filter { $1 == nil }.map(\.0)
    let found = open.parallelMap { layout in
      let compilation = compile(layout)
      return CheckResults.Layout(
        diagnostics: compilation.diagnostics,
        usedBlocks: compilation.usedBlocks,
        translationUses: compilation.translationUses
      )
    }
    for (layout, result) in zip(open, found) { results.add(result, named: layout.name) }
    return results.layouts(loaded.layouts.map(\.name)).compactMap { $0 }
  }
}

extension Project {
  /// The names of the files that concern all layouts: what went is missed by any of them.
  fileprivate var sharedNames: [[String]] { [partialNames, personaNames, localeNames] }
}
