import Foundation
import TestSupport
import Testing

/// `letterpress render` as a process: its exit code, and where what it says goes.
struct RenderCommandTests {
  private static let skipping = "{% unless profile.city %}{% abort 'no city' %}{% endunless %}"

  /// A project of one layout and two personas, of whom one lives nowhere.
  private func project(_ content: String) throws -> TestProject {
    let persona = { (profile: String) in
      #"{"title": "Ada", "notes": "", "tags": [], "profile": \#(profile)}"#
    }
    return try TestProject([
      "layouts/mail.mjml": TestProject.layout("<mj-text>\(content)Hi {{ profile.name }}</mj-text>"),
      "fixtures/personas/ada.json": persona(#"{"name": "Ada", "city": "Rome"}"#),
      "fixtures/personas/nomad.json": persona(#"{"name": "Nomad"}"#),
    ])
  }

  private func render(_ project: TestProject, _ arguments: String...) throws -> ProgramRun {
    try ProgramRun("letterpress", ["render", "mail"] + arguments, in: project.root)
  }

  @Test func `a recipient gets the mail, on standard output`() throws {
    let end = try render(try project(Self.skipping), "--persona", "ada")
    #expect(end.code == 0)
    #expect(end.output.contains("Hi Ada") && end.errors.isEmpty)
  }

  @Test func `a recipient whom the template skips is no failure, and nothing is written`() throws {
    let project = try project(Self.skipping)
    let file = project.root.appending(path: "mail.html")
    let end = try render(project, "--persona", "nomad", "--output", file.path)
    #expect(end.code == 0)
    #expect(end.output.isEmpty)
    #expect(end.errors.hasSuffix(": skipped: no city\n"), "\(end.errors)")
    #expect(!FileManager.default.fileExists(atPath: file.path))
  }

  @Test func `a layout with an error renders nothing and ends with 1`() throws {
    let end = try render(try project("{{ profile.nmae }}"), "--persona", "ada")
    #expect(end.code == 1)
    #expect(end.output.isEmpty && end.errors.contains("unknown-field"), "\(end.errors)")
  }

  @Test func `a persona that does not exist is a missing input`() throws {
    let end = try render(try project(""), "--persona", "bob")
    #expect(end.code == 66)
    #expect(end.output.isEmpty && end.errors.contains("'bob'"), "\(end.errors)")
  }
}
