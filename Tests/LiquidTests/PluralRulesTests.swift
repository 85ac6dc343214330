import LetterpressLiquid
import Testing

/// Unicode's samples of the plural rules, language by language.
struct PluralRulesTests {
  @Test(arguments: [
    ("en", "0 other, 1 one, 2 other, 1.5 other"),
    ("de", "0 other, 1 one, 101 other"),
    ("fr", "0 one, 1 one, 1.5 one, 2 other, 1000000 many"),
    ("pt", "0 one, 1 one, 2 other"),
    ("pt-PT", "0 other, 1 one, 2 other"),
    ("pt_BR", "0 one"),
    ("es", "0 other, 1 one, 1000000 many"),
    ("ja", "0 other, 1 other, 2 other"),
    ("hi", "0 one, 0.5 one, 1 one, 2 other"),
    ("da", "0 other, 0.5 one, 1 one, 1.6 one, 2 other"),
    ("is", "1 one, 11 other, 21 one, 0.1 one"),
    ("pl", "1 one, 2 few, 5 many, 12 many, 22 few, 25 many, 1.5 other"),
    ("ru", "1 one, 2 few, 5 many, 11 many, 21 one, 24 few, 1.5 other"),
    ("uk-UA", "21 one"),
    ("cs", "1 one, 3 few, 5 other, 1.5 many"),
    ("hr", "1 one, 3 few, 5 other, 0.1 one, 0.2 few"),
    ("lt", "1 one, 2 few, 11 other, 10 other, 21 one, 0.1 many"),
    ("lv", "0 zero, 10 zero, 11 zero, 1 one, 21 one, 2 other, 0.1 one"),
    ("ro", "0 few, 1 one, 2 few, 19 few, 20 other, 101 few, 1.5 few"),
    ("sl", "1 one, 2 two, 3 few, 5 other, 101 one, 1.5 few"),
    ("ar", "0 zero, 1 one, 2 two, 3 few, 10 few, 11 many, 99 many, 100 other, 103 few"),
    ("he", "1 one, 2 two, 3 other, 0.5 one"),
    ("cy", "0 zero, 1 one, 2 two, 3 few, 6 many, 4 other"),
    ("ga", "1 one, 2 two, 3 few, 7 many, 11 other"),
    ("mt", "1 one, 2 two, 0 few, 11 many, 20 other"),
    ("gd", "1 one, 11 one, 2 two, 12 two, 3 few, 20 other"),
    ("fil", "1 one, 4 other, 5 one, 6 other"),
  ])
  func `the form that goes with a number`(locale: String, samples: String) {
    for sample in samples.split(separator: ", ") {
      let parts = sample.split(separator: " ").map(String.init)
      #expect(
        form(of: parts[0], in: locale) == parts[1],
        "\(parts[0]) in \(locale)"
      )
    }
  }

  @Test func `what is missing is said with another form`() {
    #expect(form(of: "0", in: "en", among: ["zero", "one", "other"]) == "zero")
    #expect(form(of: "3", in: "pl", among: ["one", "other"]) == "other")
    #expect(form(of: "1.5", in: "ru", among: ["one", "few", "many"]) == "many")
    #expect(form(of: "7", in: "en", among: ["one"]) == "one")
  }

  @Test func `a language's forms are those that integers ask for, and those of fractions`() {
    #expect(PluralRules(locale: "ru").formsOfIntegers == [.one, .few, .many])
    #expect(PluralRules(locale: "ru").forms == [.one, .few, .many, .other])
    #expect(PluralRules(locale: "cs").forms == [.one, .few, .many, .other])
    #expect(PluralRules(locale: "fr").formsOfIntegers == [.one, .other])
  }

  @Test func `the nearest of several languages`() {
    func nearest(_ tag: String) -> String {
      let filter = FilterCatalog.standard[FilterCatalog.nearestLocaleName]
      var context = testContext
      let tags: [Value] = [.string("pt"), .string("de-AT"), .string("zh-Hant"), .string("en")]
      let value = try? filter?(.string(tag), FilterArguments(tags), &context)
      return value.flatMap { try? $0.text(limit: 100) } ?? "nothing"
    }
    #expect(nearest("pt-BR") == "pt")
    #expect(nearest("PT_br") == "pt")
    #expect(nearest("zh-Hant-TW") == "zh-Hant")
    #expect(nearest("zh-Hans") == "en")
    #expect(nearest("de") == "en")
    #expect(nearest("") == "en")
  }

  private func form(
    of number: String,
    in locale: String,
    among forms: [String] = PluralCategory.allCases.map(\.rawValue).filter { $0 != "zero" }
  ) -> String {
    let hasZero = PluralRules(locale: locale).formsOfIntegers.contains(.zero)
    let filter = FilterCatalog.standard[FilterCatalog.pluralFormName]
    var context = testContext
    let all = forms + (hasZero ? ["zero"] : [])
    let arguments = FilterArguments([.string(locale)] + all.map { .string($0) })
    let value = try? filter?(.string(number), arguments, &context)
    return value.flatMap { try? $0.text(limit: 100) } ?? "nothing"
  }
}
