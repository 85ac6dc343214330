import LetterpressMJML
import Testing

struct JSNumberTests {
  @Test(
    arguments: [
      ("600px", 600), ("  -12.9em", -12), ("+7", 7), ("0600", 600),
      ("12345678901234567000", 12345678901234567000.0),
    ] as [(String, Double)]
  )
  func `parseInt reads leading digits`(text: String, value: Double) {
    #expect(JSNumber.integer(text) == value)
  }

  @Test(arguments: ["", "auto", "px5", "-", "NaN"])
  func `Text that is no number is NaN`(text: String) {
    #expect(JSNumber.integer(text).isNaN)
    #expect(JSNumber.decimal(text).isNaN)
  }

  @Test(
    arguments: [
      ("33.33%", 33.33), (".5px", 0.5), ("5.px", 5), ("1e3x", 1000), ("1e", 1), ("1.2.3", 1.2),
      (" -2.50", -2.5),
    ] as [(String, Double)]
  )
  func `parseFloat reads the longest number`(text: String, value: Double) {
    #expect(JSNumber.decimal(text) == value)
  }

  @Test(
    arguments: [
      (600, "600"), (-0.0, "0"), (100 / 3.0, "33.333333333333336"), (600 * 33.33 / 100, "199.98"),
      (0.1 + 0.2, "0.30000000000000004"), (1e21, "1e+21"), (1.5e-7, "1.5e-7"), (1e-7, "1e-7"),
      (0.000001, "0.000001"), (12345678901234567e4, "123456789012345670000"), (-0.25, "-0.25"),
      (2.5e22, "2.5e+22"), (.nan, "NaN"), (-.infinity, "-Infinity"),
      (100 / 7.0, "14.285714285714286"),
    ] as [(Double, String)]
  )
  func `Numbers print as in JavaScript`(value: Double, text: String) {
    #expect(JSNumber.text(value) == text)
  }

  @Test func `Halves round up`() {
    #expect(JSNumber.rounded(2.5) == 3)
    #expect(JSNumber.rounded(-2.5) == -2)
    #expect(JSNumber.rounded(0.49999999999999994) == 0)
  }

  @Test func `Six decimals are rounded exactly`() {
    #expect(JSNumber.text(JSNumber.sixDecimals(100 / 3.0)) == "33.333333")
    #expect(JSNumber.text(JSNumber.sixDecimals(1.0000005)) == "1.000001")
    #expect(JSNumber.text(JSNumber.sixDecimals(-1.0000025)) == "-1.000002")
    #expect(JSNumber.sixDecimals(.nan).isNaN)
  }
}
