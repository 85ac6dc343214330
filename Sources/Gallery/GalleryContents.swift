/// What a gallery shows: every layout for every persona, at every client width.
///
/// Names stand in the order in which the gallery lists them; the caller sorts. All text is plain
/// text, however hostile: the gallery shows a persona's `<script>` as the characters it consists
/// of.
package struct GalleryContents: Sendable {
  /// The project's name, the heading of the page.
  package var title: String

  /// The client widths in CSS pixels, narrowest first; at least one.
  package var widths: [Int]

  /// The layouts, broken ones included; names are unique.
  package var layouts: [GalleryLayout]

  /// The personas, those that do not conform to the schema included; IDs are unique.
  package var personas: [GalleryPersona]

  /// Findings of the project that belong to no single layout or persona: the schema, a block that
  /// no layout uses, the manifest.
  package var findings: [GalleryFinding]

  /// A page about the project's blocks, as a URL relative to the gallery's `index.html`.
  package var blocksPage: String?

  package init(
    title: String,
    widths: [Int] = [320, 375, 414, 600, 800],
    layouts: [GalleryLayout],
    personas: [GalleryPersona],
    findings: [GalleryFinding] = [],
    blocksPage: String? = nil
  ) {
    self.title = title
    self.widths = widths
    self.layouts = layouts
    self.personas = personas
    self.findings = findings
    self.blocksPage = blocksPage
  }
}

/// One email of the project, as far as the gallery cares.
package struct GalleryLayout: Sendable {
  /// The layout's name, `welcome` for `layouts/welcome.mjml`.
  package var name: String

  /// A sentence on what the email is for.
  package var summary: String?

  /// What the compiler said about it.
  package var findings: [GalleryFinding]

  package init(name: String, summary: String? = nil, findings: [GalleryFinding] = []) {
    self.name = name
    self.summary = summary
    self.findings = findings
  }

  /// Whether the layout did not compile, so that there is no message to show.
  package var isBroken: Bool { findings.contains { $0.severity == .error } }
}

/// A sample recipient.
package struct GalleryPersona: Sendable {
  /// The persona's name in commands, `ada` for `fixtures/personas/ada.json`.
  package var id: String

  /// The name for people.
  package var title: String

  /// What is special about this recipient.
  package var notes: String?

  /// Labels to filter by, in the order of the file.
  package var tags: [String]

  /// Where the persona's profile does not conform to the schema.
  package var findings: [GalleryFinding]

  package init(
    id: String,
    title: String,
    notes: String? = nil,
    tags: [String] = [],
    findings: [GalleryFinding] = []
  ) {
    self.id = id
    self.title = title
    self.notes = notes
    self.tags = tags
    self.findings = findings
  }

  /// Whether the profile does not conform, so that no message can be rendered from it.
  package var isRejected: Bool { findings.contains { $0.severity == .error } }
}

/// One thing that is wrong, or doubtful, with the place where it stands.
package struct GalleryFinding: Sendable, Encodable {
  /// How much it matters.
  package enum Severity: String, Sendable, Encodable {
    case error
    case warning
  }

  package var severity: Severity

  /// The stable ID of the diagnostic, `unknown-field`.
  package var id: String

  /// One line.
  package var message: String

  /// The file, relative to the project.
  package var file: String

  /// The line, counted from 1.
  package var line: Int

  /// The column, counted from 1.
  package var column: Int

  /// The JSON Pointer of the value, where the file is a profile.
  package var pointer: String?

  /// The code frame: several lines of plain text, to be shown in a monospaced face.
  package var frame: String?

  package init(
    severity: Severity = .error,
    id: String,
    message: String,
    file: String,
    line: Int,
    column: Int,
    pointer: String? = nil,
    frame: String? = nil
  ) {
    self.severity = severity
    self.id = id
    self.message = message
    self.file = file
    self.line = line
    self.column = column
    self.pointer = pointer
    self.frame = frame
  }
}
