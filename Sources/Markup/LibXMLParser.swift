import CLibXML2
import LetterpressDiagnostics
import Synchronization

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

  /// NONET: no network, whatever a document asks for.
  ///
  /// BIG_LINES: no 16-bit line numbers. Never NOENT, DTDLOAD, HUGE, RECOVER, XINCLUDE.
  private static let options = Int32(XML_PARSE_NONET.rawValue | XML_PARSE_BIG_LINES.rawValue)

  /// Must be done once before any thread parses; `static let` sees to that.
  fileprivate static let initialize: Void = {
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
      var outcome = session.outcome(isWellFormed: isWellFormed)
      if let grammar, let document = unsafe document, outcome.document != nil {
        outcome.violations = unsafe grammar.compiled.validate(document, scanner)
      }
      return outcome
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

  /// The session of a context.
  ///
  /// Valid only within a handler: `parse` keeps the session alive until the context is gone.
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
      // The grammar says nothing of values: none is copied. Each attribute has five pointers, of which the
      // last two are the start and the end of its value.
      if let attributes = unsafe attributes {
        for index in stride(from: 0, to: 5 * Int(count), by: 5) {
          unsafe attributes[index + 4] = attributes[index + 3]
        }
      }
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
    if session.keepsTree {
      // White space between elements is nothing to the grammar either.
      unsafe sax.pointee.characters = { user, text, count in
        let bytes = unsafe UnsafeBufferPointer(start: text, count: Int(count))
        guard unsafe !bytes.allSatisfy(\.isSpace) else { return }
        unsafe xmlSAX2Characters(user, text, count)
      }
      unsafe sax.pointee.ignorableWhitespace = unsafe sax.pointee.characters
    } else {
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
  fileprivate static func message(_ error: xmlError) -> String {
    guard let text = unsafe error.message else { return "unknown error" }
    var line = unsafe String(cString: text)
    while line.last?.isNewline == true { line.removeLast() }
    return line
  }
}

/// A grammar in libxml2's form, compiled by the first validation.
///
/// @unchecked because the pointer in it is not Sendable to the compiler; it is read and used only under
/// the lock. libxml2 fills parts of a compiled grammar lazily, so two validations never share it.
final class CompiledGrammar: @unchecked Sendable {
  private let text: String
  private let state = Mutex(State())

  /// @safe because only `compile`, `validate` and `deinit` touch the pointer, each under the lock.
  @safe private struct State: @unchecked Sendable {
    var schema: xmlRelaxNGPtr?
    var isCompiled = false
  }

  init(text: String) { self.text = text }

  deinit {
    state.withLock { unsafe xmlRelaxNGFree($0.schema) }
  }

  /// What the grammar refuses in a document whose elements carry their numbers in the scan.
  ///
  /// `document` is the caller's and outlives the call.
  func validate(_ document: xmlDocPtr, _ scanner: Scanner) -> [GrammarViolation] {
    state.withLock { state in
      if !state.isCompiled {
        state = unsafe State(schema: Self.compile(text), isCompiled: true)
      }
      guard let schema = unsafe state.schema, let context = unsafe xmlRelaxNGNewValidCtxt(schema)
      else {
        preconditionFailure("the generated grammar is not valid RELAX NG")
      }
      defer { unsafe xmlRelaxNGFreeValidCtxt(context) }
      // The collector outlives the validation, during which alone the handler gets it.
      let collector = Collector(scanner)
      return withExtendedLifetime(collector) {
        unsafe xmlRelaxNGSetValidStructuredErrors(
          context,
          Self.collect,
          Unmanaged.passUnretained(collector).toOpaque()
        )
        _ = unsafe xmlRelaxNGValidateDoc(context, document)
        return collector.violations
      }
    }
  }

  /// Compiles a grammar that we generated ourselves; no other is ever read.
  private static func compile(_ text: String) -> xmlRelaxNGPtr? {
    _ = LibXMLParser.initialize
    let bytes = Array(text.utf8)
    return unsafe bytes.withUnsafeBufferPointer { buffer in
      unsafe buffer.withMemoryRebound(to: CChar.self) { memory in
        guard
          let context = unsafe xmlRelaxNGNewMemParserCtxt(
            memory.baseAddress,
            Int32(clamping: memory.count)
          )
        else { return nil }
        defer { unsafe xmlRelaxNGFreeParserCtxt(context) }
        // Nothing of libxml2's goes to the terminal; a grammar that fails is our bug and traps above.
        unsafe xmlRelaxNGSetParserStructuredErrors(context, { _, _ in }, nil)
        return unsafe xmlRelaxNGParse(context)
      }
    }
  }

  /// What one validation found.
  private final class Collector {
    let scanner: Scanner
    var violations: [GrammarViolation] = []

    init(_ scanner: Scanner) { self.scanner = scanner }
  }

  /// Notes an error at its element.
  ///
  /// The node is libxml2's and is only read.
  private static let collect: xmlStructuredErrorFunc = { user, error in
    guard let user = unsafe user, let error = unsafe error else { return }
    let collector = unsafe Unmanaged<Collector>.fromOpaque(user).takeUnretainedValue()
    let node = unsafe numbered(error.pointee.node?.assumingMemoryBound(to: xmlNode.self))
    let number = unsafe Int(bitPattern: node?.pointee._private) - 1
    let parent = unsafe numbered(node?.pointee.parent)
    let parentNumber = unsafe Int(bitPattern: parent?.pointee._private) - 1
    guard collector.violations.count < collector.scanner.limits.findings else { return }
    let violation = collector.scanner.violation(
      at: number,
      within: parentNumber,
      unsafe LibXMLParser.message(error.pointee)
    )
    if !collector.violations.contains(violation) { collector.violations.append(violation) }
  }

  /// The innermost node with a number at or around a node, which is only read.
  ///
  /// Attributes and text have no number: their element has.
  private static func numbered(_ node: xmlNodePtr?) -> xmlNodePtr? {
    var node = unsafe node
    while let current = unsafe node, unsafe current.pointee._private == nil {
      unsafe node = current.pointee.parent
    }
    return unsafe node
  }
}

extension Scanner {
  /// A violation at an element by its number, within another; -1 stands for the whole file.
  fileprivate func violation(
    at element: Int,
    within parent: Int,
    _ message: String
  ) -> GrammarViolation {
    let name = elements.indices.contains(element) ? name(elements[element].name) : ""
    return GrammarViolation(
      range: range(ofElement: element),
      surroundings: range(ofElement: parent),
      elementName: name,
      message: message
    )
  }

  private func range(ofElement element: Int) -> SourceRange {
    guard elements.indices.contains(element) else { return range(0, bytes.count) }
    return range(Int(elements[element].start), Int(elements[element].end))
  }
}
