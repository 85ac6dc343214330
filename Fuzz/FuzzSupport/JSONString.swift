/// Any bytes as a string of JSON, quotes included; what is no UTF-8 becomes U+FFFD.
public func jsonString(_ text: [UInt8]) -> [UInt8] {
  var result = [UInt8(ascii: "\"")]
  for byte in Array(String(decoding: text, as: UTF8.self).utf8) {
    switch byte {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"): result += [UInt8(ascii: "\\"), byte]
    case 0..<0x20: result += "\\u00\(byte < 16 ? "0" : "")\(String(byte, radix: 16))".utf8
    default: result.append(byte)
    }
  }
  return result + [UInt8(ascii: "\"")]
}
