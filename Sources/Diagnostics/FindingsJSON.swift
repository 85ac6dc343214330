/// Our own JSON, for editors and scripts: everything that a finding has.
///
/// Lines and columns start at 1, columns count Unicode scalars, offsets count bytes.
struct FindingsJSON {
  let sources: SourceSet

  func render(_ diagnostics: [Diagnostic], skips: [SkipReason] = []) -> String {
    jsonDocument { json in
      json.key("version")
      json.integer(1)
      json.key("findings")
      json.array(diagnostics, finding)
      // They are no findings, and most projects have none.
      if !skips.isEmpty {
        json.key("aborts")
        json.array(skips, skip)
      }
    }
  }

  private func skip(_ skip: SkipReason, _ json: inout JSONText) {
    json.object { json in
      json.key("layout")
      json.string(skip.layout)
      json.key("reason")
      json.string(skip.text)
      place(skip.range, &json)
    }
  }

  private func finding(_ diagnostic: Diagnostic, _ json: inout JSONText) {
    json.object { json in
      json.key("id")
      json.string(diagnostic.id.name)
      json.key("severity")
      json.string(diagnostic.severity.rawValue)
      json.key("message")
      json.string(diagnostic.message)
      place(diagnostic.primary.range, &json)
      json.key("label")
      json.string(diagnostic.primary.text)
      json.key("notes")
      json.array(diagnostic.notes) { $1.string($0) }
      json.key("related")
      let frames = diagnostic.stack.map { Diagnostic.Label($0.range, $0.text) }
      json.array(diagnostic.labels + frames) { label, json in
        json.object { json in
          place(label.range, &json)
          json.key("message")
          json.string(label.text)
        }
      }
      json.key("fixits")
      json.array(diagnostic.fixIts, fixIt)
    }
  }

  private func fixIt(_ fixIt: Diagnostic.FixIt, _ json: inout JSONText) {
    json.object { json in
      json.key("message")
      json.string(fixIt.message)
      json.key("safe")
      json.boolean(fixIt.isSafe)
      json.key("edits")
      json.array(fixIt.edits) { edit, json in
        json.object { json in
          place(edit.range, &json)
          json.key("replacement")
          json.string(edit.replacement)
        }
      }
    }
  }

  private func place(_ range: SourceRange, _ json: inout JSONText) {
    let place = sources.positions(of: range)
    json.key("file")
    json.string(place.path)
    json.key("range")
    json.object { json in
      for (name, position, offset) in [
        ("start", place.start, range.start), ("end", place.end, range.end),
      ] {
        json.key(name)
        json.object { json in
          json.key("line")
          json.integer(position.line)
          json.key("column")
          json.integer(position.column)
          json.key("offset")
          json.integer(offset)
        }
      }
    }
  }
}
