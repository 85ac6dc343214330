import LetterpressMIME
import TestSupport
import Testing

/// Domains beyond ASCII are written as servers know them.
@Suite("International domains")
struct InternationalDomainTests {
  @Test(
    arguments: [
      ("bücher.example", "xn--bcher-kva.example"), ("BÜCHER.Example", "xn--bcher-kva.example"),
      ("bu\u{308}cher.example", "xn--bcher-kva.example"), ("faß.example", "xn--fa-hia.example"),
      ("βόλος.com", "xn--nxasmm1c.com"), ("日本語.jp", "xn--wgv71a119e.jp"),
      ("日本語。ｊｐ", "xn--wgv71a119e.jp"), ("مثال.إختبار", "xn--mgbh0fb.xn--kgbechtv"),
      ("пример.испытание", "xn--e1afmkfd.xn--80akhbyknj4f"), ("a.例え", "a.xn--r8jz45g"),
      // Of RFC 3492, section 7.1, in small letters.
      ("почемужеонинеговорятпорусски", "xn--b1abfaaepdrnnbgefbadotcwatmq2g4l"),
      ("למההםפשוטלאמדבריםעברית", "xn--4dbcagdahymbxekheh6e0a7fei0b"),
      ("यहलोगहिन्दीक्योंनहींबोलसकतेहैं", "xn--i1baa7eci9glrd9b2ae1bj0hfcgg6iyaf8o0a1dig0cd"),
      ("TạisaohọkhôngthểchỉnóitiếngViệt", "xn--tisaohkhngthchnitingvit-kjcr8268qyxafd2f1b9g"),
      (
        "PorquénopuedensimplementehablarenEspañol",
        "xn--porqunopuedensimplementehablarenespaol-fmd56a"
      ),
      ("他們爲什麽不說中文", "xn--ihqwctvzc91f659drss3x8bo0yb"),
      ("なぜみんな日本語を話してくれないのか", "xn--n8jok5ay5dzabd5bym9f0cm5685rrjetr6pdxa"),
      ("他们为什么不说中文", "xn--ihqwcrb4cv8a8dqg056pqjye"),
      ("3年b組金八先生", "xn--3b-ww4c5e180e575a65lsy2b"),
      ("パフィーdeルンバ", "xn--de-jg4avhby1noc0d"), ("plain.example", "plain.example"),
    ]
  )
  func `a domain has an ASCII form`(domain: String, expected: String) throws {
    let ascii = try #require(InternationalDomain.ascii(Array(domain.utf8)[...]))
    #expect(String(decoding: ascii, as: UTF8.self) == expected)
  }

  @Test(
    arguments: [
      "☃.example", "a..ü", "ü.", ".ü", "-ü.example", "ü-.example", "ab--ü.example",
      "\u{301}a.example", "a\u{200D}ü.example", "a\u{AD}ü.example", "ⅷü.example", "a·ü.example",
      "ü\u{202E}.example", String(repeating: "ü", count: 64) + ".example",
      String(repeating: "é.", count: 130) + "example",
      // Of RFC 3492, section 7.1: a label of 73 characters; a question mark.
      "세계의모든사람들이한국어를이해한다면얼마나좋을까", "ليهمابتكلموشعربي؟",
    ]
  )
  func `what no domain may hold has none`(domain: String) {
    #expect(InternationalDomain.ascii(Array(domain.utf8)[...]) == nil)
  }

  @Test func `an address is written with the ASCII form of its domain`() throws {
    var writer = HeaderWriter()
    let text = "Zoë <zoe@bücher.example>"
    let domain = try writer.append(.from, address: text.utf8.span)
    #expect(String(decoding: writer.bytes[domain], as: UTF8.self) == "xn--bcher-kva.example")
    let field = String(decoding: writer.bytes, as: UTF8.self)
    #expect(field == "From: =?utf-8?Q?Zo=C3=AB?= <zoe@xn--bcher-kva.example>\r\n")
  }

  @Test(arguments: ["a b@ü.example", "ä@ü.example", "a@ü.exam ple", "a@ü.example, b@c.example"])
  func `nothing else is let in by it`(address: String) {
    var writer = HeaderWriter()
    #expect(throws: AddressFault.self) { try writer.append(.from, address: address.utf8.span) }
  }
}
