package import LetterpressDiagnostics

/// The filters that a template may use.
package struct FilterCatalog: Sendable {
  /// In alphabetical order.
  package let filters: [Filter]
  private let index: [String: Filter]

  /// Hidden filters are used by compiled code; no template can name them.
  package init(_ filters: [Filter], hidden: [Filter] = []) {
    self.filters = filters.sorted { $0.signature.name < $1.signature.name }
    index = Dictionary(
      uniqueKeysWithValues: (filters + hidden).map { ($0.signature.name, $0) }
    )
  }

  /// Liquid's own filters, and those for email.
  package static let standard = FilterCatalog(
    letterCaseFilters + trimmingFilters + joiningFilters + replacingFilters + cuttingFilters
      + markupFilters + urlFilters + base64Filters + arithmeticFilters + roundingFilters
      + arrayFilters + elementFilters + sortingFilters + selectingFilters + defaultFilters
      + dateFilters + moneyFilters + wordingFilters,
    hidden: translationFilters
  )

  package subscript(name: String) -> Filter? { index[name] }

  /// What is wrong with the name and the number of arguments of a call, or nil.
  package func check(_ call: FilterCall) -> Diagnostic? {
    guard let filter = self[call.name.name] else {
      return .unknownFilter(call.name, among: filters.map(\.signature.name))
    }
    return Self.check(call, against: filter.signature)
  }

  /// What is wrong with the number or the names of the arguments of a call, or nil.
  package static func check(_ call: FilterCall, against signature: FilterSignature) -> Diagnostic? {
    guard signature.arity.contains(call.arguments.count) else {
      return .filterArgumentCount(call, signature)
    }
    guard !signature.takesAnyName, !call.namedArguments.isEmpty else { return nil }
    let known = signature.namedParameters.map(\.name)
    for argument in call.namedArguments where !known.contains(argument.name.name) {
      return .unknownFilterArgument(argument.name, of: signature)
    }
    return nil
  }
}
