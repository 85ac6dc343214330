package import LetterpressProfiles

/// What stays the same from the first start of a job to its end, whatever happens between.
///
/// Dates, boundaries and message IDs are made of these and of the row, so that a row which is
/// rendered twice gives the same bytes.
package struct BatchPins: Hashable, Sendable {
  /// Names the job; hexadecimal digits unless the caller chose it.
  package var jobID: String
  /// Seconds since 1970: the `now` of all messages.
  package var now: Int
  package var seed: UInt64

  package init(jobID: String, now: Int, seed: UInt64) {
    self.jobID = jobID
    self.now = now
    self.seed = seed
  }
}

/// Where messages go.
package enum BatchOutput: Hashable, Sendable {
  /// A file with a message a line; the renderer writes JSON objects.
  case ndjson(String)
  /// A file of messages, each with a `From ` line (mboxrd).
  case mbox(String)
  /// A folder with `tmp`, `new` and `cur`; may exist and have other messages.
  case maildir(String)
  /// A folder with one file for each message.
  case eml(String)
  /// A database with a table `messages` of `row`, `key` and `message`.
  case sqlite(String)
  /// A message a line; cannot be resumed.
  case standardOutput
  /// Nowhere, for measuring.
  case null

  /// The name that appears when the job is done, or the folder that fills.
  package var path: String? {
    switch self {
    case .ndjson(let path), .mbox(let path), .maildir(let path), .eml(let path), .sqlite(let path):
      path
    case .standardOutput, .null: nil
    }
  }

  /// How checkpoints call it.
  var kind: String {
    switch self {
    case .ndjson: "ndjson"
    case .mbox: "mbox"
    case .maildir: "maildir"
    case .eml: "eml"
    case .sqlite: "sqlite"
    case .standardOutput: "stdout"
    case .null: "null"
    }
  }

  var isFolder: Bool { kind == "maildir" || kind == "eml" }
}

/// All that a batch is told beside what to render.
package struct BatchOptions: Sendable {
  package var input: ProfileInput
  package var output: BatchOutput
  /// The folder of lock, parts and checkpoint; beside the output by default.
  package var state: String?
  /// Goes on with an unfinished run, if there is one.
  package var resumes = false
  /// Replaces an output that exists, and forgets an unfinished run.
  package var overwrites = false
  /// What must not change between a run and its resumption, and what its messages are made of: name
  /// and value, such as the hashes of template and schema and the text of `--where`.
  package var identity: [(name: String, value: String)] = []
  /// The file for what is wrong with rows; by default the output's name with `.rejects.ndjson`
  /// after it.
  package var rejects: String?
  /// The run stops once more rows than this are rejected.
  package var maxRejects: Int?
  /// At most as many rows are delivered or rejected.
  package var limit: Int?
  package var sample: RowSample?
  /// As many rows of all, chosen by the seed; takes the place of `sample`, and reads the input twice.
  package var sampleCount: Int?
  /// A second row with the same value of this field is rejected.
  ///
  /// Takes 16 to 32 bytes of memory a row.
  package var key: RowKey?
  /// Rows with the same key are counted, but delivered.
  package var allowsDuplicates = false
  /// Worker threads; by default one for each core.
  package var jobs: Int?
  package var jobID: String?
  /// Seconds since 1970; by default the time of the job's first start.
  package var now: Int?
  package var seed: UInt64 = 0
  /// After as many rows, or a second, the state is brought to the disk.
  package var checkpointRows = 10_000
  /// Counts missing optional fields and kinds of violations.
  package var measuresQuality = false
  /// Measures decoding and rendering apart.
  package var measuresTime = false
  /// Decodes all profiles, then renders them in as many passes, and measures that.
  ///
  /// All profiles stay in memory. For the output `null` alone.
  package var repeats: Int?
  /// SIGINT, SIGTERM and SIGHUP stop the run.
  ///
  /// The whole process reacts, so only a program's own command says yes.
  package var handlesSignals = false
  /// Shows how far the run is on standard error, if that is a terminal.
  package var showsProgress = false

  package init(input: ProfileInput, output: BatchOutput) {
    self.input = input
    self.output = output
  }
}

/// A row, as a renderer sees it.
package struct BatchRow: Sendable {
  /// From 1.
  package var number: Int
  /// The line of the input; nil where it has none.
  package var line: Int?
  /// The value of the key field, or the key that a database has for the row.
  package var key: String?
}

/// Thrown by a renderer: this row is not to be delivered.
package struct RowRejection: Error, Hashable, Sendable {
  /// Kebab case.
  package var code: String
  /// One line; holds no value of the profile.
  package var message: String
  /// The JSON Pointer of the value that is to blame, if one is.
  package var field: String
  /// The template asked for it (`abort`): reported, but no mistake.
  package var isIntended: Bool

  package init(code: String, message: String, field: String = "", isIntended: Bool = false) {
    self.code = code
    self.message = message
    self.field = field
    self.isIntended = isIntended
  }
}
