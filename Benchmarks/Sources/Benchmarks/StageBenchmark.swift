import Foundation
import Letterpress

/// One layout from the bytes of its source to a render program, in process and warm, by stages.
///
/// Manifest, schema and grammar are loaded once. Two texts alternate, so that nothing is known of the one
/// that is compiled. Each figure is the best of many rounds: the machine's noise only ever adds.
enum StageBenchmark {
  /// The first layout of a project.
  static func run(_ root: String, rounds: Int = 1_000) throws {
    let project = try Project(at: root)
    guard let name = project.layoutNames.first else { return }
    let path = "layouts/\(name).mjml"
    let source = Array(try Data(contentsOf: URL(filePath: root).appending(path: path)))
    let texts = [source, source + [0x0A]]
    var compiler = ProjectCompiler(project)
    var stages = StageClock()
    for round in 0..<rounds {
      stages.start(.scan)
      compiler = compiler.updating(path, to: texts[round % 2])
      let compilation = compiler.compile(name) { stages.start(.compilation($0)) }
      stages.finish()
      guard compilation?.email != nil else {
        throw BenchmarkFailure(description: "'\(name)' does not compile; try letterpress check")
      }
    }
    let parts = StageClock.Stage.all.map { "\($0.name) \(shown(stages.best[$0, default: 0]))" }
    print(
      "source to program of \(name).mjml: \(shown(stages.bestRound)) (\(parts.joined(separator: ", ")))"
    )
  }
}

/// What each stage takes of the processor in its best round.
struct StageClock {
  enum Stage: Hashable {
    /// From bytes to a tree that is held against the grammar.
    case scan
    case compilation(ProjectCompiler.Stage)

    static let all: [Stage] = [.scan] + ProjectCompiler.Stage.allCases.map { .compilation($0) }

    var name: String {
      switch self {
      case .scan: "scan"
      case .compilation(let stage): stage.rawValue
      }
    }
  }

  /// Seconds.
  private(set) var best: [Stage: Double] = [:]
  private(set) var bestRound = Double.infinity
  private var round: [Stage: Double] = [:]
  private var current: (stage: Stage, start: Double)?

  mutating func start(_ stage: Stage) {
    let now = Self.now
    if let current { round[current.stage, default: 0] += now - current.start }
    current = (stage, now)
  }

  /// Ends a round.
  mutating func finish() {
    if let current { round[current.stage, default: 0] += Self.now - current.start }
    current = nil
    bestRound = min(bestRound, round.values.reduce(0, +))
    best.merge(round) { min($0, $1) }
    round.removeAll(keepingCapacity: true)
  }

  /// Seconds of this process.
  private static var now: Double {
    var time = timespec()
    unsafe clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
  }
}
