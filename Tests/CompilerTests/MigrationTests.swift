import Letterpress
import LetterpressDiagnostics
import Testing

/// What `letterpress migrate` makes of MJML 3 and 4.
@Suite("Migration")
struct MigrationTests {
  @Test func `a container becomes the body`() {
    expect(
      """
      <mjml>
        <mj-body id="a" width="1">
          <mj-container width="600" background-color="{{ profile.accent }}">
            <mj-section />
          </mj-container>
        </mj-body>
      </mjml>
      """,
      becomes: """
        <mjml>
          <mj-body width="600px" background-color="{{ profile.accent }}" id="a">
              <mj-section />
          </mj-body>
        </mjml>
        """
    )
  }

  @Test func `the content of a hero becomes the hero's`() {
    expect(
      "<mj-hero height=\"400\"><mj-hero-content padding=\"10 0\"><mj-text>a</mj-text></mj-hero-content></mj-hero>",
      becomes: "<mj-hero padding=\"10px 0\" height=\"400px\"><mj-text>a</mj-text></mj-hero>"
    )
  }

  @Test func `a navbar with columns becomes a section, its links the navbar`() {
    expect(
      """
      <mj-navbar><mj-column><mj-inline-links><mj-link href="/{{ id }}">A<br>B</mj-link></mj-inline-links></mj-column></mj-navbar>
      """,
      becomes: """
        <mj-section full-width="full-width"><mj-column><mj-navbar><mj-navbar-link href="/{{ id }}">A<br>B</mj-navbar-link></mj-navbar></mj-column></mj-section>
        """
    )
  }

  @Test func `networks become elements`() {
    expect(
      """
      <div>
        <mj-social display="facebook twitter:url" icon-size="20" facebook-href='a' facebook-content="b &amp; c" />
      </div>
      """,
      becomes: """
        <div>
          <mj-social icon-size="20px">
            <mj-social-element name="facebook" href='a'>b &amp; c</mj-social-element>
            <mj-social-element name="twitter-noshare"></mj-social-element>
          </mj-social>
        </div>
        """
    )
  }

  @Test func `defaults are migrated too`() {
    expect(
      "<mj-attributes><mj-all padding=\"10\" /><mj-container width=\"600\" /><mj-link color=\"red\" /></mj-attributes>",
      becomes:
        "<mj-attributes><mj-all padding=\"10px\" /><mj-body width=\"600px\" /><mj-navbar-link color=\"red\" /></mj-attributes>"
    )
  }

  @Test(arguments: [
    "<mj-navbar><mj-navbar-link href=\"a\">b</mj-navbar-link></mj-navbar>",
    "<mj-social mode=\"vertical\"><mj-social-element name=\"x\">y</mj-social-element></mj-social>",
    "<mj-table cellpadding=\"3\"><tr><td height=\"3\">a</td></tr></mj-table>",
    "<mj-text line-height=\"1\" padding=\"0\" font-weight=\"400\">{{ a }}</mj-text>",
    "<mj-image width=\"{{ w }}\" alt=\"2\" />",
  ])
  func `what is right stays byte by byte`(source: String) {
    let migration = migrate(source)
    #expect(!migration.hasChanged)
    #expect(migration.template == Array(source.utf8))
  }

  @Test(arguments: [
    ("<mj-column><mj-list><li>a</mj-list></mj-column>", "'mj-list'"),
    ("<mj-invoice><mj-invoice-item name=\"a\" /></mj-invoice>", "'mj-invoice'"),
    ("<mj-social display=\"{{ networks }}\" />", "chosen by Liquid"),
    ("<mj-container></mj-container>", "outside of 'mj-body'"),
    ("<mj-body><mj-container></mj-container><mj-section /></mj-body>", "elements beside it"),
  ])
  func `what has no place is named and stays`(source: String, words: String) throws {
    let migration = migrate(source)
    #expect(migration.diagnostics.map(\.id.name) == ["not-migrated"])
    #expect(try #require(migration.diagnostics.first).message.contains(words))
    #expect(!migration.hasChanged)
  }

  @Test func `a file that is no MJML is not touched`() {
    let migration = migrate("<mjml><mj-body>")
    #expect(migration.template == nil)
    #expect(migration.diagnostics.hasErrors)
  }

  private func migrate(_ source: String) -> MJMLMigration {
    MJMLMigration(Array(source.utf8), path: "old.mjml")
  }

  private func expect(
    _ source: String,
    becomes expected: String,
    sourceLocation: SourceLocation = #_sourceLocation
  ) {
    let migration = migrate(source)
    let text = migration.template.map { String(decoding: $0, as: UTF8.self) }
    #expect(text == expected, sourceLocation: sourceLocation)
    #expect(migration.diagnostics.map(\.message) == [], sourceLocation: sourceLocation)
  }
}
