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
    var digest = grammar.map { $0.compiled.digest(of: scanner) }
    if digest?.isEmpty == true { digest = nil }
    var session = Session(scanner, digest)
    // Owned here; freed on the way out together with everything the context made.
    guard let context = unsafe xmlNewParserCtxt() else {
      return Outcome(diagnostics: [.notWellFormed("out of memory", at: scanner.range(0, 0))])
    }
    defer { unsafe xmlFreeParserCtxt(context) }
    // The handlers get the session back through `_private`, which points to it for as long as they are called.
    let document = unsafe withUnsafeMutablePointer(to: &session) { session in
      unsafe context.pointee._private = UnsafeMutableRawPointer(session)
      defer { unsafe context.pointee._private = nil }
      unsafe install(in: context)
      return unsafe scanner.rewrite.bytes.withUnsafeBufferPointer { buffer in
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
    }
    defer { unsafe xmlFreeDoc(document) }
    var outcome = session.outcome(isWellFormed: unsafe context.pointee.wellFormed != 0)
    if let grammar, let digest, let document = unsafe document, outcome.document != nil {
      outcome.violations = unsafe grammar.compiled.validate(document, digest, scanner)
    }
    return outcome
  }

  /// One parse: what the handlers write to.
  private struct Session {
    let scanner: Scanner
    var builder: TreeBuilder
    /// Of which parts libxml2 shall make a tree of its own, for validation; nil where it shall make none.
    let digest: GrammarDigest?
    var diagnostics: [Diagnostic] = []

    init(_ scanner: Scanner, _ digest: GrammarDigest?) {
      self.scanner = scanner
      self.digest = digest
      builder = TreeBuilder(scanner)
    }

    /// Whether libxml2 shall have an element, by its number in the scan; nil is the one around a fragment.
    func needs(element: Int?) -> Bool {
      guard let digest else { return false }
      return element.map { digest.elements[$0] } ?? true
    }

    /// Whether it shall have an attribute of an element that has as many as it says.
    func needs(attribute index: Int, of element: Int?, among count: Int) -> Bool {
      guard let digest, let element, Int(scanner.elements[element].attributeCount) == count else {
        return true
      }
      return digest.attributes[Int(scanner.elements[element].firstAttribute) + index]
    }

    mutating func outcome(isWellFormed: Bool) -> Outcome {
      let document = builder.finish()
      if document == nil || !isWellFormed, diagnostics.isEmpty {
        let place = scanner.range(0, 0)
        diagnostics.append(.notWellFormed("libxml2 refuses it", at: place))
      }
      return Outcome(document: diagnostics.isEmpty ? document : nil, diagnostics: diagnostics)
    }
  }

  /// The session of a context, for the length of one call of a handler.
  private static func session(
    _ user: UnsafeMutableRawPointer?
  ) -> UnsafeMutablePointer<Session>? {
    guard let user = unsafe user else { return nil }
    let context = unsafe user.assumingMemoryBound(to: xmlParserCtxt.self)
    return unsafe context.pointee._private?.assumingMemoryBound(to: Session.self)
  }

  /// Replaces the handlers of this one context; libxml2 passes the context itself as their user data.
  private static func install(in context: xmlParserCtxtPtr) {
    // The context owns a SAX handler of its own, filled with the SAX2 defaults.
    guard let sax = unsafe context.pointee.sax else { return }
    unsafe sax.pointee.startElementNs = { user, name, _, _, _, _, count, _, attributes in
      guard let session = unsafe LibXMLParser.session(user) else { return }
      let element = unsafe session.pointee.builder.startElement()
      guard unsafe session.pointee.needs(element: element) else { return }
      unsafe xmlSAX2StartElementNs(user, name, nil, nil, 0, nil, 0, 0, nil)
      guard let context = unsafe user?.assumingMemoryBound(to: xmlParserCtxt.self),
        let node = unsafe context.pointee.node
      else { return }
      // The place of the element goes with the node: its number in the scan, plus 1.
      unsafe node.pointee._private = UnsafeMutableRawPointer(bitPattern: (element ?? -1) + 1)
      guard let attributes = unsafe attributes else { return }
      // Each attribute has five pointers, the first of which is its name. The grammar says nothing of
      // values: there are none in the tree.
      for index in 0..<Int(count)
      where unsafe session.pointee.needs(attribute: index, of: element, among: Int(count)) {
        _ = unsafe xmlNewNsProp(node, nil, attributes[5 * index], nil)
      }
    }
    unsafe sax.pointee.endElementNs = { user, name, prefix, uri in
      guard let session = unsafe LibXMLParser.session(user) else { return }
      let element = unsafe session.pointee.builder.endElement()
      guard unsafe session.pointee.needs(element: element) else { return }
      unsafe xmlSAX2EndElementNs(user, name, prefix, uri)
    }
    unsafe sax.pointee.comment = { user, _ in
      unsafe LibXMLParser.session(user)?.pointee.builder.comment()
    }
    unsafe sax.pointee.processingInstruction = { user, _, _ in
      unsafe LibXMLParser.session(user)?.pointee.builder.processingInstruction()
    }
    unsafe sax.pointee.characters = { user, text, count in
      // White space between elements is nothing to the grammar.
      let bytes = unsafe UnsafeBufferPointer(start: text, count: Int(count))
      guard unsafe LibXMLParser.session(user)?.pointee.digest != nil,
        unsafe !bytes.allSatisfy(\.isSpace)
      else { return }
      unsafe xmlSAX2Characters(user, text, count)
    }
    unsafe sax.pointee.ignorableWhitespace = { _, _, _ in }
    unsafe sax.pointee.cdataBlock = { _, _, _ in }
    unsafe sax.pointee.internalSubset = { user, _, _, _ in
      // The scan lets no DOCTYPE through. Should one come all the same, nothing of it is read.
      guard let session = unsafe LibXMLParser.session(user) else { return }
      unsafe session.pointee.diagnostics.append(
        .doctype(at: session.pointee.scanner.range(0, 0))
      )
      unsafe xmlStopParser(user?.assumingMemoryBound(to: xmlParserCtxt.self))
    }
    unsafe sax.pointee.serror = { user, error in
      guard let session = unsafe LibXMLParser.session(user), let error = unsafe error,
        let context = unsafe user?.assumingMemoryBound(to: xmlParserCtxt.self)
      else { return }
      let scanner = unsafe session.pointee.scanner
      let output = unsafe xmlByteConsumed(context)
      let offset = min(scanner.rewrite.sourceOffset(of: output), scanner.bytes.count)
      unsafe session.pointee.diagnostics.append(
        .notWellFormed(
          LibXMLParser.message(error.pointee),
          at: scanner.range(offset, offset)
        )
      )
      if unsafe session.pointee.diagnostics.count >= scanner.limits.findings {
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
    /// What documents had in them that it accepted, by the numbers of a scan's names.
    var accepted: (names: [String], pairs: NamePairs)?

    mutating func accept(_ pairs: NamePairs, of names: [String]) {
      if accepted?.names == names {
        accepted?.pairs.formUnion(pairs)
      } else {
        accepted = (names, pairs)
      }
    }
  }

  init(text: String) { self.text = text }

  deinit {
    state.withLock { unsafe xmlRelaxNGFree($0.schema) }
  }

  /// What it has to see of a document.
  func digest(of scanner: Scanner) -> GrammarDigest {
    let accepted = state.withLock { $0.accepted }
    // Two lists that are one and the same are equal at a glance.
    let isOfTheseNames = accepted?.names == scanner.table.names
    return GrammarDigest(of: scanner, accepted: isOfTheseNames ? accepted?.pairs : nil)
  }

  /// What the grammar refuses in a document whose elements carry their numbers in the scan, and in which is
  /// what the digest asks for.
  ///
  /// `document` is the caller's and outlives the call.
  func validate(
    _ document: xmlDocPtr,
    _ digest: GrammarDigest,
    _ scanner: Scanner
  ) -> [GrammarViolation] {
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
        if unsafe xmlRelaxNGValidateDoc(context, document) == 0 {
          state.accept(digest.pairs, of: scanner.table.names)
        }
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
