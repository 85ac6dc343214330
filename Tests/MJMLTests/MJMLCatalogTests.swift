import LetterpressMJML
import LetterpressMarkup
import Testing

struct MJMLCatalogTests {
  let catalog = MJMLCatalog.catalog

  @Test func `Every name that a content model mentions is declared`() {
    for component in catalog.components.values {
      guard case .elements(let names) = component.content else { continue }
      #expect(names.subtracting(catalog.components.keys).isEmpty, "\(component.name)")
    }
  }

  @Test func `Every attribute has a name that layout knows, and stands once`() {
    for component in catalog.components.values {
      let names = component.attributes.map(\.name)
      #expect(Set(names).count == names.count, "\(component.name)")
      for name in names {
        #expect(AttributeName.named(name)?.text == name, "\(name) of \(component.name)")
      }
    }
  }

  @Test func `Defaults are MJML's`() {
    #expect(catalog["mj-text"]?.attribute("padding")?.defaultValue == "10px 25px")
    #expect(catalog["mj-social-element"]?.attribute("border")?.defaultValue == "0")
    #expect(catalog["mj-navbar"]?.attribute("hamburger")?.defaultValue == nil)
    #expect(catalog["mj-wrapper"]?.attribute("background-position")?.defaultValue == "top center")
    #expect(catalog["mj-wrapper"]?.attribute("gap")?.kind == .unit(["px"], most: 1))
    #expect(catalog["mj-section"]?.attribute("gap") == nil)
  }
}
