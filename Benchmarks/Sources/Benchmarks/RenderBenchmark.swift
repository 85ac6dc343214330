import Foundation
import Letterpress

/// Rendering decoded profiles, held against the copy limit in the same run.
enum RenderBenchmark {
  static func run(_ project: Project, layout: String, profiles: [[UInt8]], values: Int) throws {
    let compiler = ProjectCompiler(project, layouts: [layout])
    guard let email = compiler.compile(layout)?.email else {
      throw BenchmarkFailure(description: "'\(layout)' does not compile; try letterpress check")
    }
    let recipients = try profiles.enumerated().map {
      try compiler.recipient(profile: $0.element, path: "profile \($0.offset + 1)")
    }
    var renderer = email.makeRenderer()
    var buffer = MessageBuffer()
    var rendered: [[UInt8]] = []
    for recipient in recipients {
      buffer.removeAll()
      try renderer.renderHTML(recipient, into: &buffer)
      rendered.append(buffer.bytes())
    }
    let limit = CopyLimit(rendered, values: values)
    var (ours, copying) = (Stopwatch(), Stopwatch())
    var failures = 0
    for _ in 0..<9 {
      copying.run { limit.run() }
      ours.run {
        for recipient in recipients {
          buffer.removeAll()
          do { try renderer.renderHTML(recipient, into: &buffer) } catch { failures += 1 }
        }
      }
    }
    guard failures == 0 else { throw BenchmarkFailure(description: "a render failed") }
    let count = Double(recipients.count)
    let bytes = rendered.map(\.count).reduce(0, +) / rendered.count
    print(
      "render \(layout): \(shown(ours.median / count)) a message of \(bytes) bytes; "
        + "copying alone \(shown(copying.median / count)); "
        + "\(Int((100 * copying.median / ours.median).rounded())) % of the copy limit"
    )
  }
}

/// Why there is nothing to measure.
struct BenchmarkFailure: Error, CustomStringConvertible {
  var description: String
}
