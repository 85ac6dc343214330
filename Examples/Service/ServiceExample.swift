import Letterpress

/// A service in miniature: it loads a compiled email once and renders profiles on several threads at once.
///
///     letterpress build welcome
///     swift run ServiceExample output/compiled/welcome.letterpress < Examples/Service/profiles.ndjson
///
/// Each line of standard input is a profile. What a real service sends, this one counts.
@main
struct ServiceExample {
  /// What came of one profile.
  enum Outcome: Sendable {
    case message(subject: String, bytes: Int)
    /// The template said `abort`.
    case skipped(String)
    case failed(String)
  }

  static func main() async throws {
    guard CommandLine.arguments.count == 2 else {
      print("usage: ServiceExample FILE.letterpress < profiles.ndjson")
      return
    }
    // Checked as a whole: a damaged file, or one of another version, is an ArtefactError that says so.
    let email = try CompiledEmail(contentsOf: CommandLine.arguments[1])
    var profiles: [[UInt8]] = []
    while let line = readLine() { profiles.append(Array(line.utf8)) }
    let outcomes = await render(email, for: profiles, workers: 4)
    for (index, outcome) in outcomes.enumerated() {
      switch outcome {
      case .message(let subject, let bytes): print("\(index + 1): \(bytes) bytes: \(subject)")
      case .skipped(let reason): print("\(index + 1): skipped: \(reason)")
      case .failed(let reason): print("\(index + 1): \(reason)")
      }
    }
  }

  /// Renders every profile once, in as many child tasks as there are workers.
  static func render(
    _ email: CompiledEmail,
    for profiles: [[UInt8]],
    workers: Int
  ) async -> [Outcome] {
    await withTaskGroup(of: [(Int, Outcome)].self) { group in
      for worker in 0..<workers {
        group.addTask {
          // One renderer, one buffer and one recipient for each task: they are reused from
          // message to message. The email itself is shared.
          var renderer = email.makeRenderer()
          var buffer = MessageBuffer()
          var recipient = Recipient()
          var outcomes: [(Int, Outcome)] = []
          for index in stride(from: worker, to: profiles.count, by: workers) {
            buffer.removeAll()
            do {
              try recipient.decode(profiles[index], for: email)
              try renderer.renderHTML(recipient, into: &buffer)
              let subject = try email.render(recipient).texts[.subject] ?? ""
              // Here a service would hand buffer.withSpan { … } to its mail server.
              outcomes.append((index, .message(subject: subject, bytes: buffer.count)))
            } catch let failure as RenderFailure where failure.isIntended {
              outcomes.append((index, .skipped(failure.message)))
            } catch {
              outcomes.append((index, .failed("\(error)")))
            }
          }
          return outcomes
        }
      }
      var all: [(Int, Outcome)] = []
      for await outcomes in group { all += outcomes }
      return all.sorted { $0.0 < $1.0 }.map(\.1)
    }
  }
}
