import LetterpressMJML
import Testing

struct LengthTests {
  @Test(arguments: [
    ("50%", "50%"), ("33.5%", "33.5%"), ("100.7px", "100px"), ("100", "100px"), ("10em", "10em"),
    ("auto", "NaNauto"), ("1,5 %", "1 %"), ("5.%", "5%"), ("calc(1% - 10px)", "NaNpx)"),
  ])
  func `A width is a number and what follows it`(text: String, printed: String) {
    #expect(Length(text, keepsDecimals: true).text == printed)
  }

  @Test func `Percentages lose their decimals where asked to`() {
    #expect(Length("33.9%", keepsDecimals: false).text == "33%")
  }

  @Test(
    arguments: [
      ("10px", [10, 10, 10, 10]), ("1px 2%", [1, 2, 1, 2]), ("1 2 3", [1, 2, 3, 2]),
      (" 1.9px  2 3\n4 5", [1, 2, 3, 4]), ("0 -5px", [0, -5, 0, -5]),
    ] as [(String, [Double])]
  )
  func `A shorthand has four sides`(text: String, sides: [Double]) {
    #expect([Side.top, .right, .bottom, .left].map { $0.value(ofShorthand: text) } == sides)
  }

  @Test func `A shorthand may be no number`() {
    #expect(Side.left.value(ofShorthand: "").isNaN)
    #expect(Side.left.value(ofShorthand: "1 auto").isNaN)
  }

  @Test(
    arguments: [
      ("1px solid red", 1), ("solid 5px red", 5), ("none", 0), ("", 0), ("12", 12), ("x3 4", 4),
      ("solid  7px", 7),
    ] as [(String, Double)]
  )
  func `A border is as wide as its first number`(text: String, width: Double) {
    #expect(Border.width(text) == width)
  }

  @Test func `The start of a border may decide its width`() {
    #expect(Border.width(startingWith: Array("1px solid ".utf8)) == 1)
    #expect(Border.width(startingWith: Array("solid 1".utf8)) == nil)
    #expect(Border.width(startingWith: Array("solid ".utf8)) == nil)
  }
}
