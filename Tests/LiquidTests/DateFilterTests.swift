import LetterpressLiquid
import Testing

@Suite struct DateFilterTests {
  @Test(
    "texts that are dates",
    arguments: [
      ("2026-03-14", "2026-03-14 00:00:00 +0000"), ("2026-3-4", "2026-03-04 00:00:00 +0000"),
      ("2026/03/14", "2026-03-14 00:00:00 +0000"), ("14.3.2026", "2026-03-14 00:00:00 +0000"),
      ("14/03/2026", "2026-03-14 00:00:00 +0000"), ("14-Mar-2026", "2026-03-14 00:00:00 +0000"),
      ("March 14, 2026", "2026-03-14 00:00:00 +0000"),
      ("14th march 2026", "2026-03-14 00:00:00 +0000"),
      ("2026-03-14T09:26:53Z", "2026-03-14 09:26:53 +0000"),
      ("2026-03-14T09:26:53.5+02:00", "2026-03-14 09:26:53 +0200"),
      ("2026-03-14 09:26 -0530", "2026-03-14 09:26:00 -0530"),
      ("Sat, 14 Mar 2026 09:26:53 PST", "2026-03-14 09:26:53 -0800"),
      ("Mar 14 2026 9:26pm", "2026-03-14 21:26:00 +0000"),
      ("1773480413", "2026-03-14 09:26:53 +0000"),
      ("0", "1970-01-01 00:00:00 +0000"), ("2024-02-29", "2024-02-29 00:00:00 +0000"),
      ("now", "2026-03-14 09:26:53 +0000"), ("Today", "2026-03-14 09:26:53 +0000"),
      ("9:30", "2026-03-14 09:30:00 +0000"), ("2026-03", "2026-03-01 00:00:00 +0000"),
    ]
  )
  func dates(_ text: String, _ output: String) {
    #expect(render("{{ '\(text)' | date: '%F %T %z' }}") == output)
  }

  @Test(
    "texts that are none stay as they are",
    arguments: [
      "", "hello", "2026-02-30", "2026-13-01", "99999999999999999999", "-5", "25:00",
      "2026-03-14 x", "03/14/2026", "2026-03-14T09:26:53+99:00", "1:2:3:4", "+", "2026-",
      "12 34 56 78",
    ]
  )
  func others(_ text: String) {
    #expect(render("{{ '\(text)' | date: '%Y' }}") == text)
  }

  @Test(
    "directives as in Ruby",
    arguments: [
      ("%a %A %b %B %p %P", "Sat Saturday Mar March AM am"),
      ("%d %e %-d %j %y %C", "14 14 14 073 26 20"),
      ("%H %I %k %l %M %S %L %N %3N", "09 09  9  9 26 53 000 000000000 000"),
      ("%u %w %U %W %V %G %g", "6 6 10 10 11 2026 26"),
      ("%s %z %:z %::z %Z", "1773480413 +0000 +00:00 +00:00:00 UTC"),
      ("%D %F %T %R %r", "03/14/26 2026-03-14 09:26:53 09:26 09:26:53 AM"),
      ("%c|%x|%X|%v", "Sat Mar 14 09:26:53 2026|03/14/26|09:26:53|14-MAR-2026"),
      ("%^a %#p %05d %_5d %-m %10A %^10b", "SAT am 00014    14 3   Saturday        MAR"),
      ("%% %n%t %Q %", "% \n\t %Q %"), ("%-l:%M%P", "9:26am"),
    ]
  )
  func directives(_ format: String, _ output: String) {
    #expect(render("{{ 'now' | date: '\(format)' }}") == output)
  }

  @Test func timeZones() throws {
    var context = testContext
    context.clock = try #require(WallClock(identifier: "America/New_York"))
    func shown(_ template: String) -> String { render(template, context: context) }
    // Seconds and `now` are shown by the render's clock, a time with an offset by its own.
    #expect(shown("{{ 'now' | date: '%F %T %z %Z' }}") == "2026-03-14 05:26:53 -0400 EDT")
    #expect(shown("{{ 1773480413 | date: '%T' }}") == "05:26:53")
    #expect(shown("{{ '2026-03-14T09:26:53+01:00' | date: '%T %z' }}") == "09:26:53 +0100")
    // A day has no time zone.
    #expect(shown("{{ '2026-03-14' | date: '%F', time_zone: 'Pacific/Auckland' }}") == "2026-03-14")
    #expect(
      shown("{{ '2026-07-14T23:00:00Z' | date: '%F %H', time_zone: 'Europe/Berlin' }}")
        == "2026-07-15 01"
    )
    #expect(
      shown("{{ 'now' | date: '%F', time_zone: 'Nowhere/Land' }}")
        == "[argument: there is no such time zone]"
    )
  }

  @Test func languages() {
    #expect(render("{{ 'now' | date: '%A, %-d. %B', locale: 'de' }}") == "Samstag, 14. März")
    #expect(render("{{ 'now' | date: '%-d %B', locale: 'ru' }}") == "14 марта")
  }

  @Test func wideDirectivesAreBounded() {
    #expect(render("{{ 'now' | date: '%1024d' | size }}") == "1024")
    #expect(render("{{ 'now' | date: '%99999999d' }}").hasPrefix("[argument"))
  }
}
