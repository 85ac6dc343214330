/// What no renderer can beat: copying the bytes of finished messages, in as many pieces, into one buffer.
///
/// Static text and values lie in two arrays, as they do for a program. `unsafe` stands here because this is
/// memcpy itself: each piece lies within its array, and the buffer holds the longest message.
@safe
final class CopyLimit {
  private let messages: [[(fromStatic: Bool, start: Int, count: Int)]]
  private let statics: [UInt8]
  private let values: [UInt8]
  private let buffer: UnsafeMutableRawPointer

  /// Cuts messages into pieces: values of 28 bytes, which is the workload's mean, and equal runs of text
  /// between them.
  init(_ rendered: [[UInt8]], values count: Int) {
    var statics = rendered.first ?? []
    var values: [UInt8] = []
    var messages: [[(fromStatic: Bool, start: Int, count: Int)]] = []
    for message in rendered {
      var pieces: [(fromStatic: Bool, start: Int, count: Int)] = []
      let valueLength = 28
      let run = max(1, (message.count - count * valueLength) / (count + 1))
      var position = 0
      while position < message.count {
        let text = min(run, message.count - position)
        pieces.append((true, position, text))
        position += text
        let value = min(valueLength, message.count - position)
        guard value > 0 else { break }
        pieces.append((false, values.count, value))
        values += message[position..<(position + value)]
        position += value
      }
      messages.append(pieces)
    }
    let longest = rendered.map(\.count).max() ?? 0
    statics += [UInt8](repeating: 32, count: max(0, longest - statics.count))
    self.statics = statics
    self.values = values
    self.messages = messages
    unsafe buffer = .allocate(byteCount: longest + 64, alignment: 64)
  }

  deinit { unsafe buffer.deallocate() }

  /// Copies all messages once, each to the start of the buffer.
  func run() {
    unsafe statics.withUnsafeBytes { statics in
      unsafe values.withUnsafeBytes { values in
        for pieces in messages {
          var end = unsafe buffer
          for piece in pieces {
            let source = unsafe piece.fromStatic ? statics : values
            if let base = unsafe source.baseAddress {
              unsafe end.copyMemory(from: base + piece.start, byteCount: piece.count)
              unsafe end += piece.count
            }
          }
        }
      }
    }
  }
}
