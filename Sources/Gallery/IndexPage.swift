/// The files beside the page, as they stand in `Assets`: compiled into the program, which thus
/// stays one file.
let galleryAssets: [(name: String, bytes: [UInt8])] = [
  ("gallery.css", PackageResources.gallery_css),
  ("contents.js", PackageResources.contents_js),
  ("elements.js", PackageResources.elements_js),
  ("state.js", PackageResources.state_js),
  ("frames.js", PackageResources.frames_js),
  ("grid.js", PackageResources.grid_js),
  ("message.js", PackageResources.message_js),
  ("gallery.js", PackageResources.gallery_js),
]

/// The page: `Assets/index.html` with its three marks replaced.
func indexPage(_ index: GalleryIndex) throws(GalleryError) -> [UInt8] {
  let replacements: [(mark: String, bytes: [UInt8])] = [
    ("<!-- title -->", Array(escaped(index.title).utf8)),
    ("<!-- messages -->", Array(plainList(of: index).utf8)),
    ("<!-- contents -->", try json(index)),
  ]
  var rest = PackageResources.index_html[...]
  var page: [UInt8] = []
  for (mark, bytes) in replacements {
    guard let place = rest.firstRange(of: Array(mark.utf8)) else {
      preconditionFailure("Assets/index.html has the marks title, messages, contents in this order")
    }
    page += rest[..<place.lowerBound]
    page += bytes
    rest = rest[place.upperBound...]
  }
  return page + rest
}

/// Every message as a link, for a browser that runs no script.
private func plainList(of index: GalleryIndex) -> String {
  var list = ""
  for (number, layout) in index.layouts.enumerated() {
    list += "<h2>\(escaped(layout.name))</h2>\n<ul>\n"
    for finding in layout.findings { list += item(for: finding) }
    for message in index.messages where message.layout == number {
      let persona = index.personas[message.persona]
      if let subject = message.subject {
        // A key needs no escaping: see `fileName(for:)`.
        list += """
          <li><a href="messages/\(message.key).html">\(escaped(persona.title)): \(escaped(subject))</a></li>

          """
      } else {
        list += "<li>\(escaped(persona.title)): not rendered</li>\n"
        for finding in message.findings ?? persona.findings { list += item(for: finding) }
      }
    }
    list += "</ul>\n"
  }
  return list
}

private func item(for finding: GalleryFinding) -> String {
  let place = "\(finding.file):\(finding.line):\(finding.column)"
  return "<li><code>\(escaped(place))</code> \(escaped(finding.message))</li>\n"
}

/// Text for an HTML document, in an element or in a quoted attribute.
func escaped(_ text: String) -> String {
  var bytes: [UInt8] = []
  for byte in text.utf8 {
    switch byte {
    case UInt8(ascii: "&"): bytes += "&amp;".utf8
    case UInt8(ascii: "<"): bytes += "&lt;".utf8
    case UInt8(ascii: ">"): bytes += "&gt;".utf8
    case UInt8(ascii: "\""): bytes += "&quot;".utf8
    case UInt8(ascii: "'"): bytes += "&#39;".utf8
    default: bytes.append(byte)
    }
  }
  return String(decoding: bytes, as: UTF8.self)
}
