/// GitHub's workflow commands: an annotation at the line of each finding.
struct GitHubAnnotations {
  let sources: SourceSet

  func render(_ diagnostics: [Diagnostic]) -> String {
    diagnostics.map { diagnostic in
      let place = sources.positions(of: diagnostic.primary.range)
      var properties = [
        ("file", place.path), ("line", String(place.start.line)),
        ("endLine", String(place.end.line)), ("title", diagnostic.id.name),
      ]
      // Over several lines GitHub takes no columns.
      if place.start.line == place.end.line {
        properties += [
          ("col", String(place.start.column)), ("endColumn", String(place.end.column)),
        ]
      }
      let list = properties.map { "\($0.0)=\(escaped($0.1, inProperty: true))" }
      let text = ([diagnostic.message] + diagnostic.notes).map(\.visible).joined(separator: "\n")
      return "::\(diagnostic.severity.rawValue) \(list.joined(separator: ","))::"
        + escaped(text, inProperty: false) + "\n"
    }.joined()
  }

  /// A command ends with its line, and a property with a comma or colon.
  private func escaped(_ text: String, inProperty: Bool) -> String {
    var result = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "%": result += "%25"
      case "\r": result += "%0D"
      case "\n": result += "%0A"
      case ":" where inProperty: result += "%3A"
      case "," where inProperty: result += "%2C"
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result
  }
}

/// JUnit's XML: a test case for each file with findings, which fails where one is an error.
struct JUnitReport {
  let sources: SourceSet

  func render(_ diagnostics: [Diagnostic]) -> String {
    var files: [String] = []
    var byFile: [String: [Diagnostic]] = [:]
    for diagnostic in diagnostics {
      let path = sources[diagnostic.primary.range.file].path
      if byFile[path] == nil { files.append(path) }
      byFile[path, default: []].append(diagnostic)
    }
    let failures = files.count { byFile[$0]?.hasErrors == true }
    var xml = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
    xml += "<testsuites><testsuite name=\"letterpress check\" tests=\"\(max(files.count, 1))\" "
    xml += "failures=\"\(failures)\" errors=\"0\" skipped=\"0\">\n"
    if files.isEmpty { xml += "<testcase name=\"check\" classname=\"letterpress\"/>\n" }
    for file in files { xml += testCase(file, byFile[file] ?? []) }
    return xml + "</testsuite></testsuites>\n"
  }

  private func testCase(_ file: String, _ diagnostics: [Diagnostic]) -> String {
    let list = OneLine(sources: sources).render(diagnostics).xmlEscaped
    let errors = diagnostics.count { $0.severity == .error }
    let body =
      errors > 0
      ? "<failure type=\"error\" message=\"\(errors) \(errors == 1 ? "error" : "errors")\">\(list)</failure>"
      : "<system-out>\(list)</system-out>"
    return "<testcase name=\"\(file.xmlEscaped)\" classname=\"letterpress\">\(body)</testcase>\n"
  }
}

/// GitLab's code quality report, a subset of Code Climate's.
struct GitLabReport {
  let sources: SourceSet

  func render(_ diagnostics: [Diagnostic]) -> String {
    var json = JSONText()
    // GitLab shows one of several findings with the same fingerprint.
    var seen: [String: Int] = [:]
    json.array(diagnostics) { diagnostic, json in
      let place = sources.positions(of: diagnostic.primary.range)
      let fingerprint = fingerprint(diagnostic, path: place.path)
      let repetition = seen[fingerprint, default: 0]
      seen[fingerprint] = repetition + 1
      json.object { json in
        for (key, value) in [
          ("description", diagnostic.message), ("check_name", diagnostic.id.name),
          ("fingerprint", repetition == 0 ? fingerprint : "\(fingerprint)-\(repetition)"),
          ("severity", diagnostic.severity == .error ? "major" : "minor"),
        ] {
          json.key(key)
          json.string(value)
        }
        json.key("location")
        json.object { json in
          json.key("path")
          json.string(place.path)
          json.key("lines")
          json.object { json in
            json.key("begin")
            json.integer(place.start.line)
          }
        }
      }
    }
    return json.text + "\n"
  }

  /// The same for the same finding as long as its line says the same, wherever the line moves.
  private func fingerprint(_ diagnostic: Diagnostic, path: String) -> String {
    let file = sources[diagnostic.primary.range.file]
    let line = file.lineRange(file.position(at: diagnostic.primary.range.start).line)
    let parts = [
      Array(path.utf8), Array(diagnostic.id.name.utf8), Array(diagnostic.message.utf8),
      Array(file.bytes[line]),
    ]
    // FNV-1a: no secret is kept, it only has to be stable.
    var hash: UInt64 = 0xcbf2_9ce4_8422_2325
    for byte in parts.joined(separator: [0]) { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3 }
    return String(hash, radix: 16)
  }
}

extension String {
  fileprivate var xmlEscaped: String {
    var result = ""
    for scalar in unicodeScalars {
      switch scalar {
      case "&": result += "&amp;"
      case "<": result += "&lt;"
      case ">": result += "&gt;"
      case "\"": result += "&quot;"
      case "\u{0}"..."\u{8}", "\u{B}", "\u{C}", "\u{E}"..."\u{1F}", "\u{FFFE}", "\u{FFFF}":
        result += "\u{FFFD}"
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result
  }
}
