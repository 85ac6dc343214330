import FuzzSupport
import Letterpress

/// The sample project's letters for arbitrary profiles.
///
/// An odd first byte: the rest is a profile. An even one names a persona, and the pieces of the rest take
/// the places of its free texts and links. The laws: a message renders or says why not; no value, whatever
/// it is, adds an element or a line to a header.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzRender(_ data: UnsafePointer<UInt8>?, _ count: Int) -> Int32 {
  let bytes = FuzzInput(data, count).bytes
  guard let first = bytes.first else { return 0 }
  if first % 2 == 1 {
    _ = sample.render(Array(bytes.dropFirst()))
    return 0
  }
  let persona = sample.personas[Int(first / 2) % sample.personas.count]
  let pieces = bytes.dropFirst().split(
    separator: FuzzInput.separator,
    omittingEmptySubsequences: false
  ).map(Array.init)
  guard let hostile = sample.render(persona.profile(with: pieces)) else { return 0 }
  let harmless = sample.render(persona.profile(with: pieces.map { $0.isBlank ? $0 : harmlessText }))
  for (message, model) in zip(hostile, harmless ?? []) {
    guard let message, let model else { continue }
    precondition(
      message.html.count { $0 == UInt8(ascii: "<") }
        == model.html.count { $0 == UInt8(ascii: "<") },
      "no value adds or ends an element"
    )
    for (kind, text) in message.texts {
      precondition(!text.utf8.contains { $0 == 10 || $0 == 13 }, "\(kind) is one line")
    }
  }
  return 0
}

private let harmlessText = Array("x".utf8)

private let sample = SampleProject()

extension [UInt8] {
  /// Whether Liquid may take it for blank: then the same branches are only taken with the same text.
  fileprivate var isBlank: Bool { String(decoding: self, as: UTF8.self).allSatisfy(\.isWhitespace) }
}
