/// Copies in blocks of fixed size, which cost less than a call of `memcpy` where a piece is short.
///
/// Unsafe memory is touched here: up to 63 bytes behind the piece are read, and overwritten at the target.
/// Who calls sees to it that they are there: behind a program's text stands `ProgramText.padding`, behind
/// a record's texts `RecordView.slack`, behind a message's capacity `OutputBuffer.slack`.
@inline(__always)
func copyBlock(from source: UnsafeRawPointer, to target: UnsafeMutableRawPointer) {
  let block = unsafe source.loadUnaligned(as: SIMD64<UInt8>.self)
  unsafe target.storeBytes(of: block, as: SIMD64<UInt8>.self)
}

@inline(__always)
private func copySmallBlock(from source: UnsafeRawPointer, to target: UnsafeMutableRawPointer) {
  let block = unsafe source.loadUnaligned(as: SIMD32<UInt8>.self)
  unsafe target.storeBytes(of: block, as: SIMD32<UInt8>.self)
}

/// Copies a piece in blocks, one of 32 bytes at least.
@inline(__always)
func copyBlocks(from source: UnsafeRawPointer, _ count: Int, to target: UnsafeMutableRawPointer) {
  unsafe copySmallBlock(from: source, to: target)
  if count > 32 {
    unsafe copySmallBlock(from: source + 32, to: target + 32)
    var done = 64
    while done < count {
      unsafe copyBlock(from: source + done, to: target + done)
      done &+= 64
    }
  }
}

/// Copies static text: short pieces in blocks, long ones at the speed of `memcpy`, which knows the wide
/// registers of the processor that it runs on.
@inline(__always)
func copyText(from source: UnsafeRawPointer, _ count: Int, to target: UnsafeMutableRawPointer) {
  if count <= 32 {
    unsafe copySmallBlock(from: source, to: target)
  } else if count <= 64 {
    unsafe copyBlock(from: source, to: target)
  } else {
    unsafe target.copyMemory(from: source, byteCount: count)
  }
}

/// Whether two pieces are the same; up to seven bytes behind them are read.
@inline(__always)
func equalBlocks(_ a: UnsafeRawPointer, _ b: UnsafeRawPointer, _ count: Int) -> Bool {
  var done = 0
  while done &+ 8 <= count {
    let (left, right) = unsafe (
      a.loadUnaligned(fromByteOffset: done, as: UInt64.self),
      b.loadUnaligned(fromByteOffset: done, as: UInt64.self)
    )
    if left != right { return false }
    done &+= 8
  }
  if done == count { return true }
  let (left, right) = unsafe (
    UInt64(littleEndian: a.loadUnaligned(fromByteOffset: done, as: UInt64.self)),
    UInt64(littleEndian: b.loadUnaligned(fromByteOffset: done, as: UInt64.self))
  )
  return (left ^ right) &<< UInt64(8 &* (8 &- (count &- done))) == 0
}

/// Whether `#` and six hexadecimal digits stand at an address; eight bytes are read.
@inline(__always)
func isColor(_ text: UnsafeRawPointer) -> Bool {
  let word = unsafe UInt64(littleEndian: text.loadUnaligned(as: UInt64.self))
  let digits = (word &>> 8) & 0xFFFF_FFFF_FFFF
  let letters = digits | 0x2020_2020_2020
  // The high bit of a sum tells that a byte below 0x80 is at least the bound.
  let isDigit = (digits &+ 0x5050_5050_5050) & ~(digits &+ 0x4646_4646_4646)
  let isLetter = (letters &+ 0x1F1F_1F1F_1F1F) & ~(letters &+ 0x1919_1919_1919)
  let high: UInt64 = 0x8080_8080_8080
  return word & 0xFF == 0x23 && digits & high == 0 && (isDigit | isLetter) & high == high
}
