import Glibc
import LetterpressDiagnostics
import LetterpressMessage
import LetterpressProfiles
import LetterpressSchema

// A batch command that is small enough to be killed many times: its messages are made by hand,
// everything else is the product's. For tests, and for Scripts/check-faults.
//
//   batch-probe SCHEMA PROFILES KIND [OUTPUT] [--state DIR] [--resume] [--overwrite]
//     [--jobs N] [--key FIELD] [--limit N] [--max-rejects N] [--crash-row N] [--busy MICROSECONDS]
//     [--now SECONDS] [--checkpoint-rows N] [--quality]

/// The command line: words in order, and options with a value or without.
struct Arguments {
  private static let flags: Set<String> = ["--resume", "--overwrite", "--quality"]
  private(set) var words: [String] = []
  private var values: [String: String] = [:]

  init(_ arguments: ArraySlice<String>) {
    var rest = arguments
    while let argument = rest.popFirst() {
      if Self.flags.contains(argument) {
        values[argument] = ""
      } else if argument.hasPrefix("--") {
        values[argument] = rest.popFirst() ?? ""
      } else {
        words.append(argument)
      }
    }
  }

  func has(_ flag: String) -> Bool { values[flag] != nil }
  func text(_ name: String) -> String? { values[name] }
  func number(_ name: String) -> Int? { values[name].flatMap { Int($0) } }
}

func complain(_ text: String) {
  let bytes = Array((text + "\n").utf8)
  _ = unsafe write(STDERR_FILENO, bytes, bytes.count)
}

func readSchema(_ path: String) -> ProfileSchema? {
  guard let file = unsafe fopen(path, "r") else { return nil }
  defer { unsafe fclose(file) }
  var bytes: [UInt8] = []
  while case let byte = unsafe getc(file), byte >= 0 {
    bytes.append(UInt8(truncatingIfNeeded: byte))
  }
  var sources = SourceSet()
  let source = SourceFile(path: path, bytes: bytes)
  let id = sources.add(source)
  var diagnostics: [Diagnostic] = []
  return ProfileSchema.read(source, id: id, diagnostics: &diagnostics)
}

func output(_ kind: String, _ path: String) -> BatchOutput? {
  switch kind {
  case "ndjson": .ndjson(path)
  case "mbox": .mbox(path)
  case "maildir": .maildir(path)
  case "eml": .eml(path)
  case "sqlite": .sqlite(path)
  case "stdout": .standardOutput
  case "null": .null
  default: nil
  }
}

func run() -> Int32 {
  let arguments = Arguments(CommandLine.arguments.dropFirst())
  let words = arguments.words
  guard words.count >= 3, let schema = readSchema(words[0]),
    let target = output(words[2], words.count > 3 ? words[3] : "")
  else {
    complain("usage: batch-probe SCHEMA PROFILES KIND [OUTPUT] …")
    return 64
  }
  let path = words[1] == "-" ? nil : words[1]
  let format = path.flatMap { ProfileInput.Format(path: $0) } ?? .ndjson
  var options = BatchOptions(input: ProfileInput(path: path, format: format), output: target)
  options.state = arguments.text("--state")
  options.resumes = arguments.has("--resume")
  options.overwrites = arguments.has("--overwrite")
  options.measuresQuality = arguments.has("--quality")
  options.jobs = arguments.number("--jobs")
  options.limit = arguments.number("--limit")
  options.maxRejects = arguments.number("--max-rejects")
  options.key = arguments.text("--key").map { RowKey($0) }
  options.now = arguments.number("--now") ?? 1_700_000_000
  options.checkpointRows = arguments.number("--checkpoint-rows") ?? 100
  options.handlesSignals = true
  let crashRow = arguments.number("--crash-row")
  let busy = arguments.number("--busy") ?? 0
  let types = schema.types
  let batch = BatchRun(options, schema: schema, makeState: { $0 }) { pins, record, row, message in
    if row.number == crashRow { fatalError("row \(row.number)") }
    if busy > 0 { usleep(UInt32(busy)) }
    let reader = RecordReader(record, types: types)
    let name =
      (reader.member("name", of: reader.profile) ?? reader.member("first_name", of: reader.profile))
      .map { reader.string($0) } ?? ""
    message.append(contentsOf: "{\"row\":\(row.number),\"job\":\"\(pins.jobID)\",\"html\":".utf8)
    JSONText.append(String(repeating: name, count: 1 + row.number % 37), to: &message)
    message.append(UInt8(ascii: "}"))
  }
  do throws(BatchError) {
    let summary = try batch.run()
    for line in summary.lines { complain(line) }
    if summary.isResumable { complain("go on with: --resume") }
    return summary.exitCode
  } catch {
    complain(error.description)
    return error.exitCode
  }
}

exit(run())
