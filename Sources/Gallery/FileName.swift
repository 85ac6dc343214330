/// Turns a name into one that is safe as a file name and in a URL, with no two names alike.
///
/// Letters, digits, `-`, `_` and inner dots of ASCII stand for themselves, every other byte becomes
/// `~` and two hexadecimal digits: `tom & co` becomes `tom~20~26~20co`. (A per cent sign would have
/// to be escaped once more in every URL.) Names that get too long for a file system are cut and end
/// in a hash of the whole.
func fileName(for name: String) -> String {
  var bytes: [UInt8] = []
  for byte in name.utf8 {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"):
      bytes.append(byte)
    case UInt8(ascii: ".") where !bytes.isEmpty:
      bytes.append(byte)
    default:
      bytes.append(UInt8(ascii: "~"))
      bytes.append(hexadecimalDigits[Int(byte >> 4)])
      bytes.append(hexadecimalDigits[Int(byte & 0xF)])
    }
  }
  if bytes.isEmpty { return "~" }
  // 255 bytes is the limit of the common file systems; the suffixes and a margin are taken off.
  guard bytes.count > 200 else { return String(decoding: bytes, as: UTF8.self) }
  return String(decoding: bytes.prefix(180), as: UTF8.self) + "~~" + fnv1a(name.utf8)
}

private let hexadecimalDigits = Array("0123456789abcdef".utf8)

/// The 64-bit FNV-1a hash, as hexadecimal digits: the same on every machine and in every run, which
/// Swift's own hashing is not.
private func fnv1a(_ bytes: some Sequence<UInt8>) -> String {
  var hash: UInt64 = 0xcbf2_9ce4_8422_2325
  for byte in bytes {
    hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3
  }
  return String(hash, radix: 16)
}
