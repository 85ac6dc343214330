/// SARIF 2.1.0 (OASIS), which code-scanning services read.
struct SARIF {
  let sources: SourceSet
  /// What documentation says of a kind of finding, in Markdown.
  var page: (DiagnosticID) -> String? = { _ in nil }

  func render(_ diagnostics: [Diagnostic]) -> String {
    let rules = Set(diagnostics.map(\.id)).sorted()
    return jsonDocument { json in
      json.key("$schema")
      json.string("https://json.schemastore.org/sarif-2.1.0.json")
      json.key("version")
      json.string("2.1.0")
      json.key("runs")
      json.array([rules]) { rules, json in
        json.object { json in
          tool(rules, &json)
          json.key("columnKind")
          json.string("unicodeCodePoints")
          json.key("results")
          json.array(diagnostics) { result($0, rules, &$1) }
        }
      }
    }
  }

  private func tool(_ rules: [DiagnosticID], _ json: inout JSONText) {
    json.key("tool")
    json.object { json in
      json.key("driver")
      json.object { json in
        json.key("name")
        json.string("letterpress")
        json.key("rules")
        json.array(rules, self.rule)
      }
    }
  }

  private func rule(_ id: DiagnosticID, _ json: inout JSONText) {
    json.object { json in
      json.key("id")
      json.string(id.name)
      guard let page = page(id) else { return }
      // A page is a heading, a sentence that sums it up, and the rest.
      let paragraphs = page.split(separator: "\n\n", maxSplits: 2)
      if paragraphs.count > 1 {
        json.key("shortDescription")
        message(String(paragraphs[1]).replacing("\n", with: " "), &json)
      }
      json.key("help")
      json.object { json in
        json.key("text")
        json.string(page)
        json.key("markdown")
        json.string(page)
      }
    }
  }

  private func result(
    _ diagnostic: Diagnostic,
    _ rules: [DiagnosticID],
    _ json: inout JSONText
  ) {
    json.object { json in
      json.key("ruleId")
      json.string(diagnostic.id.name)
      if let index = rules.firstIndex(of: diagnostic.id) {
        json.key("ruleIndex")
        json.integer(index)
      }
      json.key("level")
      json.string(diagnostic.severity.rawValue)
      json.key("message")
      message(([diagnostic.message] + diagnostic.notes).joined(separator: "\n"), &json)
      json.key("locations")
      json.array([diagnostic.primary.range]) { range, json in
        json.object { location(range, &$0) }
      }
      let related =
        diagnostic.labels + diagnostic.stack.map { Diagnostic.Label($0.range, $0.text) }
      if !related.isEmpty {
        json.key("relatedLocations")
        json.array(related) { label, json in
          json.object { json in
            location(label.range, &json)
            json.key("message")
            message(label.text, &json)
          }
        }
      }
      if !diagnostic.fixIts.isEmpty {
        json.key("fixes")
        json.array(diagnostic.fixIts, fix)
      }
    }
  }

  private func message(_ text: String, _ json: inout JSONText) {
    json.object { json in
      json.key("text")
      json.string(text)
    }
  }

  private func location(_ range: SourceRange, _ json: inout JSONText) {
    json.key("physicalLocation")
    json.object { json in
      artifact(range, &json)
      json.key("region")
      region(range, &json)
    }
  }

  private func artifact(_ range: SourceRange, _ json: inout JSONText) {
    json.key("artifactLocation")
    json.object { json in
      json.key("uri")
      json.string(sources[range.file].path.uriReference)
    }
  }

  private func region(_ range: SourceRange, _ json: inout JSONText) {
    let place = sources.positions(of: range)
    json.object { json in
      for (name, value) in [
        ("startLine", place.start.line), ("startColumn", place.start.column),
        ("endLine", place.end.line), ("endColumn", place.end.column),
        ("byteOffset", range.start), ("byteLength", range.end - range.start),
      ] {
        json.key(name)
        json.integer(value)
      }
    }
  }

  private func fix(_ fixIt: Diagnostic.FixIt, _ json: inout JSONText) {
    json.object { json in
      json.key("description")
      message(fixIt.message, &json)
      json.key("artifactChanges")
      json.array(fixIt.edits) { edit, json in
        json.object { json in
          artifact(edit.range, &json)
          json.key("replacements")
          json.array([edit]) { edit, json in
            json.object { json in
              json.key("deletedRegion")
              region(edit.range, &json)
              json.key("insertedContent")
              message(edit.replacement, &json)
            }
          }
        }
      }
    }
  }
}

extension String {
  /// The path as a URI reference (RFC 3986): what is not unreserved is percent-encoded, but for slashes.
  fileprivate var uriReference: String {
    var result = ""
    for byte in utf8 {
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."),
        UInt8(ascii: "_"), UInt8(ascii: "~"), UInt8(ascii: "/"):
        result.unicodeScalars.append(Unicode.Scalar(byte))
      default:
        let hex = String(byte, radix: 16, uppercase: true)
        result += hex.utf8.count == 1 ? "%0" + hex : "%" + hex
      }
    }
    return result
  }
}
