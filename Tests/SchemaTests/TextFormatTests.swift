import LetterpressSchema
import Testing

struct TextFormatTests {
  struct Samples: CustomTestStringConvertible, Sendable {
    let format: String
    let valid: [String]
    let invalid: [String]
    var testDescription: String { format }
  }

  @Test(
    "Formats are those of their RFC",
    arguments: [
      Samples(
        format: "date",
        valid: ["2024-02-29", "2000-02-29", "0001-01-01", "2026-12-31"],
        invalid: [
          "2023-02-29", "1900-02-29", "2026-13-01", "2026-04-31", "2026-1-1", "26-01-01", "",
          "2026-01-01Z",
          "２０２６-01-01",
        ]
      ),
      Samples(
        format: "date-time",
        valid: [
          "2026-05-31T09:30:00Z", "2026-05-31t09:30:00.123456z", "2026-05-31T23:59:60Z",
          "2026-05-31T15:59:60-08:00",
        ],
        invalid: [
          "2026-05-31", "2026-05-31 09:30:00Z", "2026-05-31T09:30:00", "2026-05-31T24:00:00Z",
          "2026-05-31T09:30:60Z", "2026-05-31T09:30:00+2400", "2026-05-31T09:30:00.Z",
          "2026-05-31T09:30Z",
        ]
      ),
      Samples(
        format: "time",
        valid: ["09:30:00Z", "09:30:00.5+02:00"],
        invalid: ["09:30", "09:30:00", "25:00:00Z"]
      ),
      Samples(
        format: "uri",
        valid: [
          "https://example.org", "https://example.org:8080/a/b?c=d&e=f#g", "mailto:a@b.c",
          "tel:+4930123",
          "http://[2001:db8::1]/", "http://u:p@h/", "urn:isbn:1", "https://a/%C3%A9",
          "http://[::ffff:1.2.3.4]/",
        ],
        invalid: [
          "", "example.org", "/path", "//example.org", "https://a b/", "https://é.org/",
          "https://a/%zz",
          "https://a/#b#c", "1http://a", "http://a:b/", "http://[1::2::3]/", "https://a/<",
          "https://a/\\",
        ]
      ),
      Samples(
        format: "email",
        valid: [
          "a@b.c", "first.last+tag@example.co.uk", "o'neil@example.org", "\"a b\"@x.org",
          "a@[127.0.0.1]",
        ],
        invalid: [
          "", "a", "@b", "a@", "a@b@c", ".a@b.c", "a.@b.c", "a..b@c.d", "a@-b.c", "a@b..c",
          "a b@c.d",
          "é@b.c", "a@b.c\\r\\nBcc: d@e.f", "\"a\\u0000\"@b.c", "a@b.c ", "a@[300.0.0.1]",
          "<a@b.c>",
        ]
      ),
      Samples(
        format: "color",
        valid: ["#fff", "#FF8800", "#ff880080", "red", "rgb(1, 2, 3)", "hsl(120deg 50% 50% / .5)"],
        invalid: ["", "#ff", "#ggg", "red;", "url(x)y", "rgb(1;2)"]
      ),
      Samples(
        format: "length",
        valid: ["0", "12px", "1.5em", "50%", "-3px"],
        invalid: ["", "px", "1.", "12 px", "12px;", "calc(1px)"]
      ),
      Samples(format: "currency", valid: ["EUR"], invalid: ["eur", "EURO", "€"]),
      Samples(
        format: "iana-tz",
        valid: ["Europe/Paris", "UTC", "America/Argentina/Buenos_Aires", "Etc/GMT+5"],
        invalid: ["", "Europe/", "+01:00", "Europe Paris"]
      ),
    ]
  )
  func formats(samples: Samples) throws {
    let schema = try #require(
      SchemaReading(
        "{\"type\": \"object\", \"properties\": {\"v\": {\"type\": \"string\", \"format\": \"\(samples.format)\"}}}"
      ).schema
    )
    for (texts, expected) in [(samples.valid, []), (samples.invalid, ["bad-format"])] {
      for text in texts {
        // Samples write JSON's own escapes; quotes and other backslashes stand for themselves.
        let escapes = ["\\r", "\\n", "\\u0000"].contains { text.contains($0) }
        let json =
          escapes
          ? text.replacing("\"", with: "\\\"")
          : text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"")
        let decoding = try Decoding(Array("{\"v\": \"\(json)\"}".utf8), by: schema)
        #expect(decoding.violations.map(\.code) == expected, "\(text)")
      }
    }
  }
}
