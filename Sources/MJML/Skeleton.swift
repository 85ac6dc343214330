import LetterpressProgram

/// The document around the body.
struct Skeleton {
  let document: DocumentHead
  let title: HTMLFragment
  let contributions: HeadContributions
  /// Spent on the selectors of the head; what was laid out once it is exhausted is not whole.
  let work: MatchingWork

  func html(around body: HTMLFragment) -> HTMLFragment {
    let body = MJHTMLAttributes.apply(document.htmlAttributes, to: body.nodes, work)
    var undecided: [CSSRule] = []
    let html = html(around: body, with: [], undecided: &undecided)
    if undecided.isEmpty { return html }
    // What cannot be written into elements stays a style sheet.
    return self.html(around: body, with: undecided, undecided: &undecided)
  }

  private func html(
    around body: [HTMLNode],
    with rules: [CSSRule],
    undecided: inout [CSSRule]
  ) -> HTMLFragment {
    var head = document.prolog.joined()
    if !document.prolog.isEmpty { head += "\n" }
    head += document.statements
    head += "<!doctype html>\n<html"
    head.attribute("lang", document.language)
    head.attribute("dir", document.direction)
    head +=
      " xmlns=\"http://www.w3.org/1999/xhtml\" xmlns:v=\"urn:schemas-microsoft-com:vml\" xmlns:o=\"urn:schemas-microsoft-com:office:office\">\n<head>\n<title>"
    head += title
    head.append(Self.start)
    if document.supportsDarkMode { head.append(Self.darkStart) }
    addFonts(to: &head)
    addMediaQueries(to: &head)
    addComponentStyles(to: &head)
    addStyles(to: &head)
    addRules(rules, to: &head)
    addDarkRules(to: &head)
    head += document.raw.joined()
    head += "\n</head>\n"
    var html: HTMLFragment
    if contributions.hasAuthorComments || !document.raw.isEmpty {
      html = OutlookComments.rewrite(head: head.nodes, body: body)
    } else {
      // The components' own comments are as they should be.
      html = head
      html.reserveRoom(for: body)
      html.append(contentsOf: body)
    }
    html += "\n</html>\n"
    if document.inlineStyles.isEmpty { return html }
    var css = PatchedText()
    for part in document.inlineStyles {
      for node in part.nodes { css.append(node) }
    }
    var inlined = HTMLFragment()
    inlined.append(
      contentsOf: StyleInliner.inline(css, into: html.nodes, undecided: &undecided, work)
    )
    return inlined
  }

  /// What every document has after its title.
  private static let start = """
    </title>
    <!--[if !mso]><!-->
    <meta http-equiv="X-UA-Compatible" content="IE=edge">
    <!--<![endif]-->
    <meta http-equiv="Content-Type" content="text/html; charset=UTF-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <style type="text/css">
    #outlook a { padding:0; }
    body { margin:0;padding:0;-webkit-text-size-adjust:100%;-ms-text-size-adjust:100%; }
    table, td { border-collapse:collapse;mso-table-lspace:0pt;mso-table-rspace:0pt; }
    img { border:0;height:auto;line-height:100%; outline:none;text-decoration:none;-ms-interpolation-mode:bicubic; }
    p { display:block;margin:13px 0; }
    </style>
    <!--[if mso]>
    <noscript>
    <xml>
    <o:OfficeDocumentSettings>
    <o:AllowPNG/>
    <o:PixelsPerInch>96</o:PixelsPerInch>
    </o:OfficeDocumentSettings>
    </xml>
    </noscript>
    <![endif]-->
    <!--[if lte mso 11]>
    <style type="text/css">
    .mj-outlook-group-fix { width:100% !important; }
    </style>
    <![endif]-->

    """

  private static let darkStart = """
    <meta name="color-scheme" content="light dark">
    <meta name="supported-color-schemes" content="light dark">
    <style type="text/css">
    :root { color-scheme: light dark; supported-color-schemes: light dark; }
    </style>

    """

  private func addFonts(to html: inout HTMLFragment) {
    let found = contributions.usedFonts.union(
      FontScan.fonts(document.fonts, usedBy: document.inlineStyles)
    )
    let used = document.fonts.indices.filter(found.contains).map { document.fonts[$0].url }
    guard !used.isEmpty else { return }
    html += "<!--[if !mso]><!-->\n"
    for url in used {
      html += "<link"
      html.attribute("href", url)
      html += " rel=\"stylesheet\" type=\"text/css\">\n"
    }
    html += "<style type=\"text/css\">\n"
    for url in used { html += "@import url(\(url));\n" }
    html += "</style>\n<!--<![endif]-->\n"
  }

  private func addMediaQueries(to html: inout HTMLFragment) {
    let queries = contributions.mediaQueries
    guard !queries.isEmpty else { return }
    // Classes with the same rule share it.
    var rules: [(rule: String, classes: [String])] = []
    var indices: [String: Int] = [:]
    for query in queries {
      let rule = query.rule.text
      if let index = indices[rule] {
        rules[index].classes.append(query.className)
      } else {
        indices[rule] = rules.count
        rules.append((rule, [query.className]))
      }
    }
    func addRules(_ prefix: HTMLText, _ classPrefix: HTMLText, to html: inout HTMLFragment) {
      for (rule, classes) in rules {
        html += prefix
        for (index, name) in classes.enumerated() {
          if index > 0 { html += ", " }
          html += classPrefix
          html.append(name)
        }
        html += " "
        html.append(rule)
        html += "\n"
      }
    }
    let breakpoint = document.breakpoint
    html += "<style type=\"text/css\">\n@media only screen and (min-width:"
    html.append(breakpoint)
    html += ") {\n"
    addRules("", ".", to: &html)
    html += "}\n</style>\n<style media=\"screen and (min-width:"
    html.append(breakpoint)
    html += ")\">\n"
    addRules("", ".moz-text-html .", to: &html)
    html += "</style>\n"
    if document.repeatsRulesForPrint {
      html += "<style type=\"text/css\">\n@media only print {\n"
      addRules("", ".", to: &html)
      html += "}\n</style>\n"
    }
    if document.repeatsRulesForOWA {
      html += "<style type=\"text/css\">\n"
      addRules("[owa] ", ".", to: &html)
      html += "</style>\n"
    }
  }

  private func addComponentStyles(to html: inout HTMLFragment) {
    guard !contributions.componentStyles.isEmpty || !contributions.carouselStyles.isEmpty else {
      return
    }
    html += "<style type=\"text/css\">\n"
    for css in contributions.carouselStyles {
      html += css
      html += "\n"
    }
    for component in contributions.componentStyles {
      html.append(component.css(lowerBreakpoint: document.lowerBreakpoint))
      html += "\n"
    }
    html += "</style>\n"
  }

  private func addDarkRules(to html: inout HTMLFragment) {
    if contributions.darkRules.isEmpty { return }
    html += "<style type=\"text/css\">\n@media (prefers-color-scheme: dark) {\n"
    for (index, rules) in contributions.darkRules.enumerated() {
      html.append(".\(HeadContributions.darkClass(index)) { ")
      for rule in rules {
        let value = rule.property == "background-image" ? "url('\(rule.value)')" : rule.value
        html.append("\(rule.property): \(value) !important; ")
      }
      html += "}\n"
    }
    html += "}\n</style>\n"
  }

  private func addRules(_ rules: [CSSRule], to html: inout HTMLFragment) {
    if rules.isEmpty { return }
    html += "<style type=\"text/css\">\n"
    for rule in rules {
      html.append(rule.selectors.joined(separator: ", "))
      html += " { "
      for declaration in rule.declarations {
        html.append(bytes: declaration.property.name)
        html += ": "
        html.append(contentsOf: declaration.value.nodes)
        html += "; "
      }
      html += "}\n"
    }
    html += "</style>\n"
  }

  private func addStyles(to html: inout HTMLFragment) {
    guard !document.styles.isEmpty else { return }
    html += "<style type=\"text/css\">\n"
    html += document.styles.joined()
    html += "\n</style>\n"
  }
}

extension HeadContributions.ComponentStyle {
  /// The rules for screens that are at most as wide as the breakpoint allows.
  fileprivate func css(lowerBreakpoint: String) -> String {
    switch self {
    case .image:
      """
      @media only screen and (max-width:\(lowerBreakpoint)) {
      table.mj-full-width-mobile { width: 100% !important; }
      td.mj-full-width-mobile { width: auto !important; }
      }
      """
    case .navbar:
      """
      noinput.mj-menu-checkbox { display:block!important; max-height:none!important; visibility:visible!important; }
      @media only screen and (max-width:\(lowerBreakpoint)) {
      .mj-menu-checkbox[type="checkbox"] ~ .mj-inline-links { display:none!important; }
      .mj-menu-checkbox[type="checkbox"]:checked ~ .mj-inline-links, .mj-menu-checkbox[type="checkbox"] ~ .mj-menu-trigger { display:block!important; max-width:none!important; max-height:none!important; font-size:inherit!important; }
      .mj-menu-checkbox[type="checkbox"] ~ .mj-inline-links > a { display:block!important; }
      .mj-menu-checkbox[type="checkbox"]:checked ~ .mj-menu-trigger .mj-menu-icon-close { display:block!important; }
      .mj-menu-checkbox[type="checkbox"]:checked ~ .mj-menu-trigger .mj-menu-icon-open { display:none!important; }
      }
      """
    case .accordion:
      """
      noinput.mj-accordion-checkbox { display:block!important; }
      @media yahoo, only screen and (min-width:0) {
      .mj-accordion-element { display:block; }
      .mj-accordion-checkbox[type="checkbox"], .mj-accordion-less { display:none!important; }
      .mj-accordion-checkbox[type="checkbox"] + * .mj-accordion-title { cursor:pointer; touch-action:manipulation; -webkit-user-select:none; -moz-user-select:none; user-select:none; }
      .mj-accordion-checkbox[type="checkbox"] + * .mj-accordion-content { overflow:hidden; display:none; }
      .mj-accordion-checkbox[type="checkbox"] + * .mj-accordion-more { display:block!important; }
      .mj-accordion-checkbox:checked + * .mj-accordion-content { display:block; }
      .mj-accordion-checkbox:checked + * .mj-accordion-more { display:none!important; }
      .mj-accordion-checkbox:checked + * .mj-accordion-less { display:block!important; }
      }
      .moz-text-html input.mj-accordion-checkbox + * .mj-accordion-title { cursor: auto; touch-action: auto; -webkit-user-select: auto; -moz-user-select: auto; user-select: auto; }
      .moz-text-html input.mj-accordion-checkbox + * .mj-accordion-content { overflow: hidden; display: block; }
      .moz-text-html input.mj-accordion-checkbox + * .mj-accordion-ico { display: none; }
      @goodbye { @gmail }
      """
    }
  }
}
