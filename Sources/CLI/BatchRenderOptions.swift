import ArgumentParser
import LetterpressMessage
import LetterpressProfiles

/// The options of `letterpress render LAYOUT --profiles FILE`.
struct BatchRenderOptions: ParsableArguments {
  /// Where messages go.
  enum Destination: String, ExpressibleByArgument, CaseIterable {
    case maildir
    case mbox
    case eml
    case ndjson
    case sqlite
    case stdout
    case null
  }

  /// What is rendered where nothing is kept.
  enum Measured: String, ExpressibleByArgument, CaseIterable {
    case html
    case message
  }

  /// A form of the run's figures.
  enum StatisticsFormat: String, ExpressibleByArgument, CaseIterable {
    case json
  }

  // MARK: - Profiles

  @Option(
    help: ArgumentHelp(
      "Many recipients: NDJSON, JSON, CSV or SQLite; '-' is NDJSON on standard input.",
      valueName: "file"
    )
  )
  var profiles: String?

  @Option(
    help: ArgumentHelp(
      "What the file is, where its name does not say it: ndjson, json, csv or sqlite.",
      valueName: "format"
    )
  )
  var profilesFormat: ProfileInput.Format?

  @Option(help: ArgumentHelp("The table or view of a database.", valueName: "name"))
  var table: String?

  @Option(help: ArgumentHelp("A SELECT statement, in place of --table.", valueName: "sql"))
  var query: String?

  @Option(
    help: ArgumentHelp(
      "A column of integers by which a view or a query is read, so that it can be resumed fast.",
      valueName: "column"
    )
  )
  var orderBy: String?

  @Option(help: ArgumentHelp("Between the fields of CSV: a character, or 'tab'.", valueName: "c"))
  var delimiter: String?

  @Flag(help: "Leave out columns that the schema does not know.")
  var ignoreUnknown = false

  // MARK: - Which rows

  @Option(
    name: .customLong("where"),
    help: ArgumentHelp(
      "Only profiles for which a Liquid condition holds: \"profile.tier == 'gold'\".",
      valueName: "condition"
    )
  )
  var condition: String?

  @Option(help: ArgumentHelp("At most as many rows.", valueName: "n"))
  var limit: Int?

  @Option(
    help: ArgumentHelp(
      "So many rows of all (100), or such a share of them (0.01), the same each time.",
      valueName: "n"
    )
  )
  var sample: String?

  @Option(help: ArgumentHelp("Another seed chooses another sample.", valueName: "n"))
  var seed: UInt64 = 0

  @Option(
    help: ArgumentHelp(
      "A second row with the same value of this field is rejected.",
      valueName: "path"
    )
  )
  var key: String?

  @Flag(help: "Deliver rows with the same key; they are counted in --quality.")
  var allowDuplicates = false

  // MARK: - Messages

  @Option(
    help: ArgumentHelp(
      "Where the messages of --profiles go: maildir, mbox, eml, ndjson, sqlite, stdout or null.",
      valueName: "kind"
    )
  )
  var to: Destination = .stdout

  @Option(
    help: ArgumentHelp(
      "The profile's field with the address for To. Default: the manifest's, else profile.email.",
      valueName: "path"
    )
  )
  var recipient: String?

  @Option(
    help: ArgumentHelp(
      "Stands in Message-IDs and names of files. Default: a hash of the inputs and the time.",
      valueName: "name"
    )
  )
  var jobID: String?

  // MARK: - The run

  @Option(help: ArgumentHelp("The file for what is wrong with rows.", valueName: "file"))
  var rejects: String?

  @Option(help: ArgumentHelp("Stop once more rows are rejected.", valueName: "n"))
  var maxRejects: Int?

  @Option(
    help: ArgumentHelp(
      "Write what is missing and wrong in the profiles, field by field, as JSON.",
      valueName: "file"
    )
  )
  var quality: String?

  @Option(
    help: ArgumentHelp(
      "The folder for what a stopped run leaves. Default: beside the output.",
      valueName: "dir"
    )
  )
  var state: String?

  @Flag(help: "Go on with the run that was stopped.")
  var resume = false

  @Flag(help: "Replace an output that exists.")
  var overwrite = false

  @Option(help: ArgumentHelp("Threads; by default one for each core.", valueName: "n"))
  var jobs: Int?

  @Option(help: ArgumentHelp("Render each profile as often, for measuring.", valueName: "n"))
  var `repeat`: Int?

  @Option(help: ArgumentHelp("What --to null renders: html or message.", valueName: "part"))
  var measure: Measured = .html

  @Option(help: "Print what the run cost, as json.")
  var stats: StatisticsFormat?

  // MARK: - The batch

  /// The batch; nil without --profiles.
  func batch(output path: String?, now: Int?) throws -> BatchOptions? {
    guard profiles != nil else { return nil }
    var options = BatchOptions(input: try input(), output: try output(path))
    options.key = key.map(RowKey.init)
    options.allowsDuplicates = allowDuplicates
    options.limit = try count(limit, of: "--limit", from: 0)
    options.seed = seed
    try choose(&options)
    options.rejects = rejects
    options.maxRejects = try count(maxRejects, of: "--max-rejects", from: 0)
    options.measuresQuality = quality != nil
    options.state = state
    options.resumes = resume
    options.overwrites = overwrite
    options.jobs = try count(jobs, of: "--jobs", from: 1)
    options.repeats = try count(`repeat`, of: "--repeat", from: 1)
    options.jobID = jobID
    options.now = now
    options.handlesSignals = true
    options.showsProgress = true
    return options
  }

  private func count(_ number: Int?, of option: String, from least: Int) throws -> Int? {
    guard let number, number < least else { return number }
    throw ValidationError("\(option) takes a number from \(least) on")
  }

  private func input() throws -> ProfileInput {
    let path = profiles == "-" ? nil : profiles
    let format = profilesFormat ?? path.flatMap(ProfileInput.Format.init(path:)) ?? .ndjson
    var input = ProfileInput(path: path, format: format)
    input.ignoresUnknownColumns = ignoreUnknown
    if format != .sqlite, table != nil || query != nil || orderBy != nil {
      throw ValidationError("--table, --query and --order-by are for databases")
    }
    switch (table, query) {
    case (.some, .some): throw ValidationError("give one of --table and --query")
    case (let table?, nil): input.rows = .table(table)
    case (nil, let query?): input.rows = .query(query)
    case (nil, nil): break
    }
    input.keyColumn = orderBy
    if let delimiter {
      let bytes = delimiter == "tab" || delimiter == "\\t" ? [0x09] : Array(delimiter.utf8)
      guard bytes.count == 1, bytes[0] < 0x80, bytes[0] != UInt8(ascii: "\"") else {
        throw ValidationError("--delimiter takes one character, or 'tab'")
      }
      input.delimiter = bytes[0]
    }
    return input
  }

  /// The sample: a count, or a share with a point or a per cent sign.
  private func choose(_ options: inout BatchOptions) throws {
    guard let sample else { return }
    if let count = Int(sample) {
      guard count >= 0 else { throw ValidationError("--sample takes a number of rows, or a share") }
      guard options.input.path != nil else {
        throw ValidationError(
          "standard input cannot be read twice, so --sample takes a share of it: --sample 0.01"
        )
      }
      options.sampleCount = count
      return
    }
    let isPerCent = sample.hasSuffix("%")
    let number = Double(isPerCent ? String(sample.dropLast()) : sample)
    guard let number, let share = RowSample(share: isPerCent ? number / 100 : number, seed: seed)
    else { throw ValidationError("--sample takes a number of rows, or a share from 0 to 1") }
    options.sample = share
  }

  private func output(_ path: String?) throws -> BatchOutput {
    switch (to, path) {
    case (.maildir, let path?): return .maildir(path)
    case (.mbox, let path?): return .mbox(path)
    case (.eml, let path?): return .eml(path)
    case (.ndjson, let path?): return .ndjson(path)
    case (.sqlite, let path?): return .sqlite(path)
    case (.stdout, nil): return .standardOutput
    case (.null, nil): return .null
    case (_, nil): throw ValidationError("--to \(to.rawValue) wants --output")
    case (_, .some): throw ValidationError("--to \(to.rawValue) takes no --output")
    }
  }
}

extension ProfileInput.Format: ExpressibleByArgument {}
