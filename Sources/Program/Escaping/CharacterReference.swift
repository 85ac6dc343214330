/// `&amp;`, `&#39;`, `&#x27;`: a reference to a character in HTML.
///
/// Of the named ones those are known that matter to structure and those that people write in texts; any
/// other stays as it stands, which shows the same in a browser once its `&` is kept.
struct CharacterReference {
  let scalar: Unicode.Scalar
  /// The offset behind its `;`.
  let end: Int

  /// Reads the reference whose `&` stands at `start`; nil where there is none that is known.
  init?(in bytes: Span<UInt8>, at start: Int, end: Int) {
    var index = start + 1
    guard index < end else { return nil }
    if bytes[index] == UInt8(ascii: "#") {
      index += 1
      var radix: UInt32 = 10
      if index < end, bytes[index].lowercased == UInt8(ascii: "x") {
        radix = 16
        index += 1
      }
      var value: UInt32 = 0
      let digits = index
      while index < end, let digit = bytes[index].digitValue, digit < radix {
        // More than any scalar has; stays there.
        value = min(value, 0x11_0000) * radix + digit
        index += 1
      }
      guard index > digits else { return nil }
      scalar = value == 0 ? "\u{FFFD}" : Unicode.Scalar(value) ?? "\u{FFFD}"
      self.end = index < end && bytes[index] == UInt8(ascii: ";") ? index + 1 : index
      return
    }
    var name = MarkupName()
    var spelling: [UInt8] = []
    while index < end, bytes[index].isLetterOrDigit, spelling.count <= 10 {
      name.append(bytes[index])
      spelling.append(bytes[index])
      index += 1
    }
    guard index < end, bytes[index] == UInt8(ascii: ";"),
      let found = Self.named[String(decoding: spelling, as: UTF8.self)]
    else { return nil }
    scalar = found
    self.end = index + 1
  }

  /// Names are told apart by case.
  private static let named: [String: Unicode.Scalar] = [
    "amp": "&", "AMP": "&", "lt": "<", "LT": "<", "gt": ">", "GT": ">", "quot": "\"",
    "QUOT": "\"", "apos": "'", "nbsp": "\u{A0}", "colon": ":", "semi": ";", "sol": "/",
    "bsol": "\\", "lpar": "(", "rpar": ")", "num": "#", "quest": "?", "equals": "=", "comma": ",",
    "period": ".", "commat": "@", "excl": "!", "percnt": "%", "plus": "+", "ast": "*",
    "lbrace": "{", "lcub": "{", "rbrace": "}", "rcub": "}", "lbrack": "[", "lsqb": "[",
    "rbrack": "]", "rsqb": "]", "grave": "`", "lowbar": "_", "hyphen": "\u{2010}",
    "dash": "\u{2010}",
    "Tab": "\t", "NewLine": "\n", "copy": "©", "reg": "®", "trade": "™", "euro": "€",
    "pound": "£", "yen": "¥", "cent": "¢", "sect": "§", "para": "¶", "middot": "·", "bull": "•",
    "hellip": "…", "ndash": "–", "mdash": "—", "lsquo": "‘", "rsquo": "’", "ldquo": "“",
    "rdquo": "”", "sbquo": "‚", "bdquo": "„", "laquo": "«", "raquo": "»", "lsaquo": "‹",
    "rsaquo": "›", "deg": "°", "times": "×", "divide": "÷", "plusmn": "±", "frac12": "½",
    "frac14": "¼", "frac34": "¾", "sup2": "²", "sup3": "³", "micro": "µ", "iexcl": "¡",
    "iquest": "¿", "shy": "\u{AD}", "ensp": "\u{2002}", "emsp": "\u{2003}", "thinsp": "\u{2009}",
    "zwnj": "\u{200C}", "zwj": "\u{200D}", "lrm": "\u{200E}", "rlm": "\u{200F}", "larr": "←",
    "uarr": "↑", "rarr": "→", "darr": "↓", "harr": "↔", "check": "✓", "star": "☆", "hearts": "♥",
    "agrave": "à", "aacute": "á", "acirc": "â", "atilde": "ã", "auml": "ä", "aring": "å",
    "aelig": "æ", "ccedil": "ç", "egrave": "è", "eacute": "é", "ecirc": "ê", "euml": "ë",
    "igrave": "ì", "iacute": "í", "icirc": "î", "iuml": "ï", "ntilde": "ñ", "ograve": "ò",
    "oacute": "ó", "ocirc": "ô", "otilde": "õ", "ouml": "ö", "oslash": "ø", "ugrave": "ù",
    "uacute": "ú", "ucirc": "û", "uuml": "ü", "yacute": "ý", "yuml": "ÿ", "szlig": "ß",
    "Agrave": "À", "Aacute": "Á", "Acirc": "Â", "Atilde": "Ã", "Auml": "Ä", "Aring": "Å",
    "AElig": "Æ", "Ccedil": "Ç", "Egrave": "È", "Eacute": "É", "Ecirc": "Ê", "Euml": "Ë",
    "Igrave": "Ì", "Iacute": "Í", "Icirc": "Î", "Iuml": "Ï", "Ntilde": "Ñ", "Ograve": "Ò",
    "Oacute": "Ó", "Ocirc": "Ô", "Otilde": "Õ", "Ouml": "Ö", "Oslash": "Ø", "Ugrave": "Ù",
    "Uacute": "Ú", "Ucirc": "Û", "Uuml": "Ü", "Yacute": "Ý", "oelig": "œ", "OElig": "Œ",
    "scaron": "š", "Scaron": "Š",
  ]
}

extension UInt8 {
  /// The value as a hexadecimal digit.
  fileprivate var digitValue: UInt32? {
    if isDigit { return UInt32(self & 15) }
    return (0x61...0x66).contains(self | 0x20) ? UInt32(self | 0x20) - 0x57 : nil
  }
}
