package import LetterpressDiagnostics
import LetterpressSchema

/// Writes values one after the other, the same bytes for the same values.
///
/// Numbers take as many bytes as they need (seven bits in each, the lowest first). Texts stand once, in a
/// table in front of the rest, and are named by their places there; so are files and types.
///
/// Made for one artefact and then done with; nothing of it is shared.
package final class ArtefactWriter {
  private var body: [UInt8] = []
  private var texts: [[UInt8]] = []
  private var textNumbers: [[UInt8]: Int] = [:]
  private var files: [SourceFile.ID] = []
  private var fileNumbers: [SourceFile.ID: Int] = [:]
  private var typeNumbers: [ValueType: Int] = [:]
  private let sources: SourceSet

  /// Writes for values that have places in these files.
  package init(_ sources: SourceSet) { self.sources = sources }

  /// What was written, behind the texts and the files that it names.
  package func finish() -> [UInt8] {
    let rest = body
    body = []
    let files = files.map { sources[$0] }
    let paths = files.map { number(of: Array($0.path.utf8)) }
    write(texts.count)
    for text in texts {
      write(text.count)
      body += text
    }
    write(files.count)
    for (file, path) in zip(files, paths) {
      write(path)
      write(file.bytes.count)
      body += file.bytes
    }
    return body + rest
  }

  // MARK: - Numbers

  package func write(byte: UInt8) { body.append(byte) }

  /// A number that is never negative.
  package func write(_ value: Int) {
    precondition(value >= 0, "counts and places are not negative")
    write(bits: UInt64(value))
  }

  package func write(signed value: Int) {
    // The sign goes into the lowest bit, so that small negative numbers are short too.
    let bits = UInt64(bitPattern: Int64(value))
    write(bits: bits << 1 ^ (value < 0 ? .max : 0))
  }

  package func write(_ value: Bool) { body.append(value ? 1 : 0) }

  package func write(_ value: Double) {
    for shift in stride(from: UInt64(0), to: 64, by: 8) {
      body.append(UInt8(truncatingIfNeeded: value.bitPattern >> shift))
    }
  }

  private func write(bits: UInt64) {
    var bits = bits
    while bits >= 0x80 {
      body.append(UInt8(truncatingIfNeeded: bits) | 0x80)
      bits >>= 7
    }
    body.append(UInt8(truncatingIfNeeded: bits))
  }

  // MARK: - Texts, files, types

  package func write(_ text: String) { write(text: Array(text.utf8)) }

  package func write(text: [UInt8]) { write(number(of: text)) }

  package func write(_ file: SourceFile.ID) {
    if let known = fileNumbers[file] { return write(known) }
    fileNumbers[file] = files.count
    files.append(file)
    write(files.count - 1)
  }

  package func write(_ range: SourceRange) {
    write(range.file)
    write(range.start)
    write(range.end - range.start)
  }

  /// A type that was written before is named by its number; 0 announces a new one.
  func write(_ type: ValueType) {
    if let known = typeNumbers[type] { return write(known) }
    write(0)
    encode(type)
    // Parts of a type get their numbers before it does, here and where it is read.
    typeNumbers[type] = typeNumbers.count + 1
  }

  private func number(of text: [UInt8]) -> Int {
    if let known = textNumbers[text] { return known }
    textNumbers[text] = texts.count
    texts.append(text)
    return texts.count - 1
  }

  // MARK: - Lists

  package func write<Element>(list: [Element], _ element: (Element) -> Void) {
    write(list.count)
    for value in list { element(value) }
  }

  package func write<Value>(optional value: Value?, _ write: (Value) -> Void) {
    self.write(value != nil)
    if let value { write(value) }
  }
}
