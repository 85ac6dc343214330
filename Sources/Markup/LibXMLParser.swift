import CLibXML2
import LetterpressDiagnostics

/// The one place where C runs: libxml2 as the second gate behind the scan.
///
/// libxml2 sees only the scan's rewrite: UTF-8, bounded in size, depth and attributes, without DOCTYPE,
/// entities, namespaces or instructions of the author's. Still its options forbid everything that could
/// read a file or the network, and each handler stops at what must not come. No C pointer leaves the
/// function that got it, and no global state of libxml2 is touched but in `initialize`.
enum LibXMLParser {
  struct Outcome {
    var document: Document?
    var diagnostics: [Diagnostic] = []
    var violations: [GrammarViolation] = []
  }

  /// NONET: no network, whatever a document asks for. BIG_LINES: no 16-bit line numbers. Never NOENT,
  /// DTDLOAD, HUGE, RECOVER, XINCLUDE.
  private static let options = Int32(XML_PARSE_NONET.rawValue | XML_PARSE_BIG_LINES.rawValue)

  /// Must be done once before any thread parses; `static let` sees to that.
  private static let initialize: Void = {
    xmlInitParser()
    xmlCatalogSetDefaults(XML_CATA_ALLOW_NONE)
    // Nothing is ever loaded: the loader of every external entity answers "no".
    unsafe xmlSetExternalEntityLoader { _, _, _ in nil }
  }()

  static func parse(_ scanner: Scanner, validatingWith grammar: Grammar?) -> Outcome {
    _ = initialize
    let session = Session(scanner, keepsTree: grammar != nil)
    // Owned here; freed on the way out together with everything the context made.
    guard let context = unsafe xmlNewParserCtxt() else {
      return Outcome(diagnostics: [.notWellFormed("out of memory", at: scanner.range(0, 0))])
    }
    defer { unsafe xmlFreeParserCtxt(context) }
    unsafe install(session, in: context)
    // The session outlives the parse; the handlers get it back through `_private`, unretained.
    let document = unsafe scanner.rewrite.bytes.withUnsafeBufferPointer { buffer in
      unsafe buffer.withMemoryRebound(to: CChar.self) { bytes in
        // Without a name of an encoding libxml2 takes the bytes as UTF-8, as they are: it would copy and
        // convert them otherwise. The size fits, for files are bounded.
        unsafe xmlCtxtReadMemory(
          context,
          bytes.baseAddress,
          Int32(clamping: bytes.count),
          nil,
          nil,
          options
        )
      }
    }
    defer { unsafe xmlFreeDoc(document) }
    let isWellFormed = unsafe context.pointee.wellFormed != 0
    return withExtendedLifetime(session) {
      session.outcome(isWellFormed: isWellFormed)
    }
  }

  /// One parse: what the handlers write to.
  private final class Session {
    let scanner: Scanner
    let builder: TreeBuilder
    /// Whether libxml2 shall build its tree too, which validation needs.
    let keepsTree: Bool
    var diagnostics: [Diagnostic] = []

    init(_ scanner: Scanner, keepsTree: Bool) {
      self.scanner = scanner
      self.keepsTree = keepsTree
      builder = TreeBuilder(scanner)
    }

    func outcome(isWellFormed: Bool) -> Outcome {
      let document = builder.finish()
      if document == nil || !isWellFormed, diagnostics.isEmpty {
        let place = scanner.range(0, 0)
        diagnostics.append(.notWellFormed("libxml2 refuses it", at: place))
      }
      return Outcome(document: diagnostics.isEmpty ? document : nil, diagnostics: diagnostics)
    }
  }

  /// The session of a context. Valid only within a handler: `parse` keeps the session alive until the
  /// context is gone.
  private static func session(_ user: UnsafeMutableRawPointer?) -> Session? {
    guard let user = unsafe user else { return nil }
    let context = unsafe user.assumingMemoryBound(to: xmlParserCtxt.self)
    guard let pointer = unsafe context.pointee._private else { return nil }
    return unsafe Unmanaged<Session>.fromOpaque(pointer).takeUnretainedValue()
  }

  /// Replaces the handlers of this one context; libxml2 passes the context itself as their user data.
  private static func install(_ session: Session, in context: xmlParserCtxtPtr) {
    unsafe context.pointee._private = Unmanaged.passUnretained(session).toOpaque()
    // The context owns a SAX handler of its own, filled with the SAX2 defaults.
    guard let sax = unsafe context.pointee.sax else { return }
    unsafe sax.pointee.startElementNs = {
      user,
      name,
      prefix,
      uri,
      namespaceCount,
      namespaces,
      count,
      defaulted,
      attributes in
      guard let session = unsafe LibXMLParser.session(user) else { return }
      let element = session.builder.startElement()
      guard session.keepsTree else { return }
      unsafe xmlSAX2StartElementNs(
        user,
        name,
        prefix,
        uri,
        namespaceCount,
        namespaces,
        count,
        defaulted,
        attributes
      )
      guard let element, let user = unsafe user else { return }
      // The place of the element goes with the node: its number in the scan, plus 1.
      let context = unsafe user.assumingMemoryBound(to: xmlParserCtxt.self)
      unsafe context.pointee.node?.pointee._private = UnsafeMutableRawPointer(
        bitPattern: element + 1
      )
    }
    unsafe sax.pointee.endElementNs = { user, name, prefix, uri in
      guard let session = unsafe LibXMLParser.session(user) else { return }
      session.builder.endElement()
      if session.keepsTree { unsafe xmlSAX2EndElementNs(user, name, prefix, uri) }
    }
    unsafe sax.pointee.comment = { user, _ in
      unsafe LibXMLParser.session(user)?.builder.comment()
    }
    unsafe sax.pointee.processingInstruction = { user, _, _ in
      unsafe LibXMLParser.session(user)?.builder.processingInstruction()
    }
    if !session.keepsTree {
      unsafe sax.pointee.characters = { _, _, _ in }
      unsafe sax.pointee.ignorableWhitespace = { _, _, _ in }
      unsafe sax.pointee.cdataBlock = { _, _, _ in }
    }
    unsafe sax.pointee.internalSubset = { user, _, _, _ in
      // The scan lets no DOCTYPE through. Should one come all the same, nothing of it is read.
      guard let session = unsafe LibXMLParser.session(user) else { return }
      session.diagnostics.append(.doctype(at: session.scanner.range(0, 0)))
      unsafe xmlStopParser(user?.assumingMemoryBound(to: xmlParserCtxt.self))
    }
    unsafe sax.pointee.serror = { user, error in
      guard let session = unsafe LibXMLParser.session(user), let error = unsafe error,
        let context = unsafe user?.assumingMemoryBound(to: xmlParserCtxt.self)
      else { return }
      let output = unsafe xmlByteConsumed(context)
      let offset = min(
        session.scanner.rewrite.sourceOffset(of: output),
        session.scanner.bytes.count
      )
      session.diagnostics.append(
        .notWellFormed(
          unsafe LibXMLParser.message(error.pointee),
          at: session.scanner.range(offset, offset)
        )
      )
      if session.diagnostics.count >= session.scanner.limits.findings {
        unsafe xmlStopParser(context)
      }
    }
  }

  /// The text of an error, copied out of C memory, on one line.
  private static func message(_ error: xmlError) -> String {
    guard let text = unsafe error.message else { return "unknown error" }
    var line = unsafe String(cString: text)
    while line.last?.isNewline == true { line.removeLast() }
    return line
  }
}
