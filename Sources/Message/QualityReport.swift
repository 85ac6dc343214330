package import LetterpressProfiles

/// What a run learned of its profiles, field by field, as JSON.
///
///     {"rows":4,"delivered":2,"rejected":2,"skipped":0,"left_out":0,
///      "key":"id","duplicates":1,
///      "fields":[{"field":"/age","missing":1,"violations":{"too-small":1}}]}
///
/// `field` is a JSON Pointer with `*` for the places of arrays; `missing` counts the rows without an
/// optional field, `violations` those with a value that the schema refuses, by the kind of mistake. Rows
/// that were left out are not looked at. Holds no value of a profile.
package struct QualityReport {
  private let summary: BatchSummary
  private let key: RowKey?

  package init(_ summary: BatchSummary, key: RowKey?) {
    self.summary = summary
    self.key = key
  }

  private static let missing = "missing"
  private static let duplicate = "duplicate-row"

  /// The report, with a line feed at its end.
  package var json: [UInt8] {
    let counts = summary.counts
    var json = Array(
      ("{\"rows\":\(counts.rows),\"delivered\":\(counts.delivered),"
        + "\"rejected\":\(counts.rejected),\"skipped\":\(counts.skipped),"
        + "\"left_out\":\(counts.leftOut),\n \"key\":").utf8
    )
    if let key { JSONText.append(key.path, to: &json) } else { json += "null".utf8 }
    let duplicates = summary.quality.counts.reduce(0) { sum, finding in
      finding.key.code == Self.duplicate ? sum + finding.value : sum
    }
    json += ",\"duplicates\":\(key == nil ? "null" : "\(duplicates)"),\n \"fields\":[".utf8
    var separator = "\n  "
    for (field, findings) in fields {
      json += "\(separator){\"field\":".utf8
      JSONText.append(field, to: &json)
      json += ",\"missing\":\(findings[Self.missing] ?? 0),\"violations\":{".utf8
      let violations = findings.filter { $0.key != Self.missing }.sorted { $0.key < $1.key }
      for (index, violation) in violations.enumerated() {
        if index > 0 { json += ",".utf8 }
        JSONText.append(violation.key, to: &json)
        json += ":\(violation.value)".utf8
      }
      json += "}}".utf8
      separator = ",\n  "
    }
    json += "]}\n".utf8
    return json
  }

  /// The findings of each field, in the order of the fields.
  private var fields: [(field: String, findings: [String: Int])] {
    var fields: [String: [String: Int]] = [:]
    for (finding, count) in summary.quality.counts where finding.code != Self.duplicate {
      fields[finding.field, default: [:]][finding.code, default: 0] += count
    }
    return fields.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
  }
}
