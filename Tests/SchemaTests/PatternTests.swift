import LetterpressSchema
import Testing

struct PatternTests {
  struct Samples: CustomTestStringConvertible, Sendable {
    let pattern: String
    let matching: [String]
    let other: [String]
    var testDescription: String { pattern }

    init(_ pattern: String, _ matching: [String], not other: [String]) {
      self.pattern = pattern
      self.matching = matching
      self.other = other
    }
  }

  @Test(
    "Patterns mean what they mean in ECMA-262",
    arguments: [
      Samples("^[0-9]{5}$", ["12345"], not: ["1234", "123456", "1234a", ""]),
      Samples("b", ["abc", "b"], not: ["", "ac"]),
      Samples("^(ab|a)(bc)?$", ["ab", "abbc", "abc", "a"], not: ["abcc", "b"]),
      Samples("^a*?b+c?$", ["b", "aabbc", "bc"], not: ["a", "ac"]),
      Samples("^x{2,}y{0,2}$", ["xx", "xxxyy"], not: ["x", "xxyyy"]),
      Samples("^.$", ["a", "é", "😀"], not: ["", "ab", "\n"]),
      Samples("^[^a-c\\d]+$", ["xyz", "é"], not: ["b", "x1", ""]),
      Samples("^[\\w.-]+$", ["a_1.-"], not: ["é", "a b"]),
      Samples("^\\p{Lu}\\p{L}*$", ["Émile", "Ärger"], not: ["émile", "A1"]),
      Samples("^\\P{L}+$", ["12 -"], not: ["a"]),
      Samples("\\bcat\\b", ["a cat!", "cat"], not: ["concat", "cats"]),
      Samples("^\\u00e9\\x41\\u{1F600}\\ud83d\\ude00$", ["éA😀😀"], not: ["eA😀😀"]),
      Samples("^(?:a(?<name>b))*$", ["", "abab"], not: ["aba"]),
      Samples("^[\\]\\[-]\\/\\.$", ["]/.", "-/."], not: ["a/."]),
      Samples("^$", [""], not: ["a"]),
      Samples("^\\s*\\S+$", [" \u{3000}x"], not: ["  "]),
      Samples("^a|b$", ["ax", "xb"], not: ["xax", "bx"]),
      Samples("{}]$", ["{}]"], not: [""]),
      Samples("", ["", "x"], not: []),
    ]
  )
  func meaning(samples: Samples) throws {
    let pattern = try Pattern(samples.pattern)
    for text in samples.matching { #expect(pattern.matches(text), "\(text)") }
    for text in samples.other { #expect(!pattern.matches(text), "\(text)") }
  }

  @Test(
    "What cannot be matched in one pass, or is no expression, is refused at its place",
    arguments: [
      ("(a)\\1", "\\1", "refers back to a group, which is not supported"),
      ("a(?!b)", "(?!", "looks ahead or behind, which is not supported"),
      ("(?<=a)b", "(?<=", "looks ahead or behind, which is not supported"),
      ("é(a", "(", "has a '(' without ')'"),
      ("a)", ")", "has a ')' without '('"),
      ("[a", "[", "has a '[' without ']'"),
      ("[z-a]", "z-a", "has a range that is none"),
      ("*a", "*", "repeats nothing"),
      ("a**", "**", "repeats a repetition"),
      ("a{1", "{1", "has a '{' that is no count; as a character it is written '\\{'"),
      ("\\q", "\\q", "has an unknown escape"),
      ("\\p{Greek}", "\\p{Greek}", "asks for a property that is not supported"),
      ("(a{100}){100}", "(a{100}){100}", "is too large once it is written out"),
      (String(repeating: "(", count: 60), "(", "has groups nested deeper than 50"),
    ]
  )
  func faults(pattern: String, place: String, message: String) {
    #expect {
      _ = try Pattern(pattern)
    } throws: { error in
      guard let fault = error as? PatternFault else { return false }
      let found = String(decoding: Array(pattern.utf8)[fault.range], as: UTF8.self)
      return found == place && fault.message == message
    }
  }

  @Test(
    "Repeating what is empty ends, however often it is nested",
    arguments: ["(((((){2000}){2000}){2000}){2000})", "(((a{0}){2000}){2000}){2000}"]
  )
  func emptyRepetition(text: String) throws {
    let pattern = try Pattern(text)
    #expect(pattern.matches(""))
    #expect(pattern.matches("b"))
  }

  @Test("Steps are bounded, and what is left is told")
  func steps() throws {
    let pattern = try Pattern("^(a?){900}$")
    let text = Array(repeating: UInt8(ascii: "a"), count: 800)
    var left = 100_000
    #expect(pattern.matches(text.span, steps: &left) == nil)
    left = 10_000_000
    #expect(pattern.matches(text.span, steps: &left) == true)
    #expect((1..<10_000_000).contains(left))
  }

  @Test("No text makes a pattern go over it more than once")
  func hostileText() throws {
    let text = String(repeating: "a", count: 50_000)
    #expect(try !Pattern("^(a|aa|a*)*b$").matches(text))
    #expect(try !Pattern("(a+a+)+y").matches(text))
  }
}
