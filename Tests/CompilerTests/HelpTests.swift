import TestSupport
import Testing

/// What `--help` shows on a terminal of 80 columns.
struct HelpTests {
  @Test(arguments: [
    [], ["blocks"], ["build"], ["check"], ["compile"], ["explain"], ["grammar"], ["liquid"],
    ["migrate"], ["new"], ["new", "block"], ["new", "layout"], ["preview"], ["render"],
  ])
  func `each command has examples that fit a line`(command: [String]) throws {
    let run = try ProgramRun("letterpress", command + ["--help"])
    #expect(run.code == 0)
    let lines = run.output.split(separator: "\n", omittingEmptySubsequences: false)
    let start = try #require(lines.firstIndex { $0.hasPrefix("Example") }, "\(run.output)")
    let examples = lines[(start + 1)...].prefix { !$0.isEmpty }
    #expect(examples.contains { $0.contains("letterpress") } || !lines[start].hasSuffix(":"))
    // What is too long goes on in the next line, at its start.
    #expect(examples.allSatisfy { $0.hasPrefix("  ") }, "\(examples)")
  }
}
