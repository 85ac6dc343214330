import LetterpressDiagnostics
import LetterpressMarkup
import LetterpressTyping

/// Which layouts and blocks use which blocks.
struct BlockUsers: Sendable {
  /// The blocks whose elements stand in a file, by the names of layouts and of blocks.
  private var inLayouts: [String: Set<String>] = [:]
  private var inBlocks: [String: Set<String>] = [:]
  /// Those that `reach` asks for.
  private var wanted: Set<String> = []

  /// Looks for the elements of some names.
  init(_ project: LoadedProject, names: Set<String>) {
    read(project, names, examplesCount: false)
  }

  /// Prepares the question who uses one of some blocks, also in examples; where there is none, nobody does.
  init(of blocks: Set<String>, in project: LoadedProject) {
    wanted = blocks
    if !blocks.isEmpty {
      read(project, blocks.union(project.input.blocks.names), examplesCount: true)
    }
  }

  private mutating func read(
    _ project: LoadedProject,
    _ names: Set<String>,
    examplesCount: Bool
  ) {
    for layout in project.layouts {
      inLayouts[layout.name] = layout.document?.root.map {
        Self.uses(in: $0, of: names, examplesCount)
      }
    }
    for (name, block) in project.input.blocks.blocks {
      inBlocks[name] = Self.uses(in: block.root, of: names, examplesCount)
    }
  }

  /// Whether a layout uses one of them, directly or through others.
  func reach(fromLayout name: String) -> Bool {
    !wanted.isEmpty && !wanted.isDisjoint(with: reached(from: inLayouts[name] ?? []))
  }

  /// Whether a block is one of them or uses one.
  func reach(fromBlock name: String) -> Bool {
    !wanted.isEmpty && !wanted.isDisjoint(with: reached(from: [name]))
  }

  func layouts(of block: String) -> [BlockDescription.User] { users(of: block, in: inLayouts) }

  func blocks(of block: String) -> [BlockDescription.User] {
    users(of: block, in: inBlocks.filter { $0.key != block })
  }

  private func users(
    of block: String,
    in uses: [String: Set<String>]
  ) -> [BlockDescription.User] {
    uses.compactMap { name, direct in
      if direct.contains(block) { return BlockDescription.User(name: name, isDirect: true) }
      return reached(from: direct).contains(block)
        ? BlockDescription.User(name: name, isDirect: false) : nil
    }
    .sorted { $0.name < $1.name }
  }

  /// The blocks and those that they use in turn.
  private func reached(from blocks: Set<String>) -> Set<String> {
    var reached = blocks
    var open = Array(blocks)
    while let name = open.popLast() {
      for next in inBlocks[name] ?? [] where reached.insert(next).inserted { open.append(next) }
    }
    return reached
  }

  private static func uses(
    in root: Element,
    of names: Set<String>,
    _ examplesCount: Bool
  ) -> Set<String> {
    var uses: Set<String> = []
    var open = [root]
    while let element = open.popLast() {
      for case .element(let child) in element.children
      where examplesCount || child.name != "lp-example" {
        if names.contains(child.name) { uses.insert(child.name) }
        open.append(child)
      }
    }
    return uses
  }
}
