import AllocationCounter
import Foundation
import Letterpress
import LetterpressProgram

// Renders each profile of a file, the HTML and the whole message, often enough to be warm, then once more, and
// prints how often memory was asked for meanwhile, by the HTML and by the message, a line for each profile. In
// a process of its own, so that nothing else runs.
//
//   allocation-probe PROJECT LAYOUT PROFILES.ndjson

let arguments = CommandLine.arguments
guard arguments.count == 4 else { exit(64) }
let project = try Project(at: arguments[1])
let compiler = ProjectCompiler(project)
guard let email = compiler.compile(arguments[2])?.email else { exit(1) }
let rows = try Data(contentsOf: URL(filePath: arguments[3])).split(separator: UInt8(ascii: "\n"))
let recipients = try rows.map { try compiler.recipient(profile: Array($0), path: "row") }
var renderer = email.makeRenderer(now: "2026-11-24T09:00:00Z")
var buffer = MessageBuffer()
for recipient in recipients + recipients {
  buffer.removeAll()
  try renderer.renderHTML(recipient, into: &buffer)
  try renderer.renderMessage(recipient, into: &buffer)
}
var counts: [(html: Int, message: Int)] = []
counts.reserveCapacity(recipients.count)
for recipient in recipients {
  buffer.removeAll()
  let before = allocation_count()
  try renderer.renderHTML(recipient, into: &buffer)
  let between = allocation_count()
  try renderer.renderMessage(recipient, into: &buffer)
  counts.append((between - before, allocation_count() - between))
}
// Decoding another profile asks for memory, so the counter is known to work.
let before = allocation_count()
_ = try compiler.recipient(profile: Array(rows[0]), path: "row")
guard allocation_count() > before else { exit(2) }
print(counts.map { "\($0.html) \($0.message)" }.joined(separator: "\n"))
