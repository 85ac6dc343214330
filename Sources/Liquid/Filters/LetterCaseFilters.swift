extension FilterCatalog {
  static let letterCaseFilters: [Filter] = [
    Filter("upcase", "Makes all letters capital.", input: .string, result: .string) {
      input,
      _,
      context throws(LiquidError) in
      .string(try context.text(input).uppercased())
    },
    Filter("downcase", "Makes all letters small.", input: .string, result: .string) {
      input,
      _,
      context throws(LiquidError) in
      .string(try context.text(input).lowercased())
    },
    Filter(
      "capitalize",
      "Makes the first letter capital and the others small.",
      input: .string,
      result: .string
    ) { input, _, context throws(LiquidError) in
      let text = try context.text(input)
      guard let first = text.unicodeScalars.first else { return .string("") }
      let rest = String(text.unicodeScalars.dropFirst())
      return .string(first.properties.titlecaseMapping + rest.lowercased())
    },
  ]
}
