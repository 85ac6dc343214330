import LetterpressDiagnostics
import LetterpressTyping
import Synchronization

/// What checking has found in the files of a project so far.
///
/// A store that only ever grows: the result for a file is a pure function of the files, so whoever computes
/// it first notes it for all others.
final class CheckResults: Sendable {
  /// What came of a layout.
  struct Layout: Sendable {
    var diagnostics: [Diagnostic]
    var usedBlocks: Set<String>
    var translationUses: TranslationUses
  }

  /// What came of a block by itself.
  struct Block: Sendable {
    var name: String
    var translationUses: TranslationUses
    var diagnostics: [Diagnostic]
  }

  private struct State {
    var layouts: [String: Layout] = [:]
    var blocks: [String: Block] = [:]
    /// By block: what only shows once its examples are laid out.
    var examples: [String: [Diagnostic]] = [:]
  }

  private let state = Mutex(State())

  init(_ blocks: [Block]) {
    state.withLock { state in
      for block in blocks { state.blocks[block.name] = block }
    }
  }

  // MARK: - Blocks

  /// All blocks of a project, by name; those that a change does not concern as they were.
  static func blocks(in project: LoadedProject, after former: ProjectCompiler?) -> [Block] {
    let names = project.input.blocks.names
    var known: [String: Block] = [:]
    if let former, let changed = project.changedBlocks {
      let users = BlockUsers(of: changed, in: project)
      for name in names where !users.reach(fromBlock: name) {
        known[name] = former.results.block(name)
      }
    }
    let input = project.input
    let open = names.filter { known[$0] == nil }
    let found = open.parallelMap { name in
      let (uses, diagnostics) =
        input.blocks[name].map { Checking.check($0, with: input) } ?? (TranslationUses(), [])
      return Block(name: name, translationUses: uses, diagnostics: diagnostics)
    }
    for block in found { known[block.name] = block }
    return names.compactMap { known[$0] }
  }

  private func block(_ name: String) -> Block? { state.withLock { $0.blocks[name] } }

  /// The blocks whose examples were not laid out yet.
  func blocksWithoutExamples(among names: [String]) -> [String] {
    state.withLock { state in names.filter { state.examples[$0] == nil } }
  }

  func addExamples(_ found: [(name: String, diagnostics: [Diagnostic])]) {
    state.withLock { state in
      for (name, diagnostics) in found { state.examples[name] = diagnostics }
    }
  }

  func examples(of names: [String]) -> [Diagnostic] {
    state.withLock { state in names.flatMap { state.examples[$0] ?? [] } }
  }

  /// Notes the examples of some blocks as another store has them.
  func takeOverExamples(of names: [String], from former: CheckResults) {
    let known = former.state.withLock { $0.examples }
    state.withLock { state in
      for name in names { state.examples[name] = known[name] }
    }
  }

  // MARK: - Layouts

  func layouts(_ names: [String]) -> [Layout?] {
    state.withLock { state in names.map { state.layouts[$0] } }
  }

  func add(_ layout: Layout, named name: String) {
    state.withLock { $0.layouts[name] = layout }
  }
}
