/// What the components of the body ask of the head, in the order in which they asked.
///
/// Parts that are laid out in several variants add up what all of them ask for.
package struct HeadContributions: Sendable {
  /// The rule of one class of columns, for screens wide enough.
  struct MediaQuery: Sendable {
    var className: String
    var rule: String
  }

  /// The CSS that some components need, once for all elements of the kind.
  enum ComponentStyle: Sendable {
    case image, navbar, accordion
  }

  private(set) var mediaQueries: [MediaQuery] = []
  private var mediaQueryIndices: [String: Int] = [:]
  private(set) var componentStyles: [ComponentStyle] = []
  /// One for each carousel.
  private(set) var carouselStyles: [HTMLFragment] = []

  package init() {}

  /// Adds the rule of a class; one that is there already is replaced in its place.
  mutating func addMediaQuery(_ className: String, rule: String) {
    if let index = mediaQueryIndices[className] {
      mediaQueries[index].rule = rule
    } else {
      mediaQueryIndices[className] = mediaQueries.count
      mediaQueries.append(MediaQuery(className: className, rule: rule))
    }
  }

  /// Adds the rule that gives a class its width.
  mutating func addMediaQuery(_ className: String, width: Length) {
    let text = width.text
    addMediaQuery(className, rule: "{ width:\(text) !important; max-width: \(text); }")
  }

  mutating func addStyle(of component: ComponentStyle) {
    if !componentStyles.contains(component) { componentStyles.append(component) }
  }

  mutating func addCarouselStyle(_ css: HTMLFragment) { carouselStyles.append(css) }
}
