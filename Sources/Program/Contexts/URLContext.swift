/// Where in a URL a reader is.
struct URLContext: Hashable, Sendable {
  enum Place: Hashable, Sendable {
    case start
    /// In what may become a scheme.
    case scheme(MarkupName)
    /// Behind `https:`, after so many slashes.
    case slashes(Int)
    case host
    /// At the start of a part of a path, or behind dots there.
    case pathStart
    case path
    case query
    case fragment
    case mailbox
    case phone
    /// Behind `cid:`.
    case opaque
    /// Behind a scheme that no message may have.
    case forbidden
    /// Behind a value that is a whole URL.
    case behindURI
  }

  var place = Place.start
  var use: Sink.URLUse

  init(_ use: Sink.URLUse) { self.use = use }

  mutating func read(_ byte: UInt8) {
    switch place {
    case .start:
      if byte <= 0x20 { return }
      if byte.isLetter {
        var name = MarkupName()
        name.append(byte)
        place = .scheme(name)
      } else if byte == UInt8(ascii: "/") {
        place = .slashes(1)
      } else {
        place = .path
        readPath(byte)
      }
    case .scheme(var name):
      if byte == UInt8(ascii: ":") {
        place = Self.place(behind: name)
      } else if byte.isLetterOrDigit || byte == UInt8(ascii: "+") || byte == UInt8(ascii: "-")
        || byte == UInt8(ascii: ".")
      {
        name.append(byte)
        place = .scheme(name)
      } else {
        place = .path
        readPath(byte)
      }
    case .slashes(let count):
      if byte == UInt8(ascii: "/"), count < 2 {
        place = count == 1 ? .host : .slashes(count + 1)
      } else {
        place = count == 0 ? .path : .pathStart
        readPath(byte)
      }
    case .host, .pathStart, .path, .behindURI, .mailbox, .phone:
      readPath(byte)
    case .query:
      if byte == UInt8(ascii: "#") { place = .fragment }
    case .fragment, .opaque, .forbidden:
      break
    }
  }

  private mutating func readPath(_ byte: UInt8) {
    switch byte {
    case UInt8(ascii: "?"): place = .query
    case UInt8(ascii: "#"): place = .fragment
    case UInt8(ascii: "&") where place == .behindURI: place = .query
    case UInt8(ascii: "/") where place != .mailbox && place != .phone: place = .pathStart
    case UInt8(ascii: ".") where place == .pathStart: break
    default: if place == .pathStart { place = .path }
    }
  }

  private static func place(behind scheme: MarkupName) -> Place {
    switch scheme {
    case "http", "https": .slashes(0)
    case "mailto": .mailbox
    case "tel", "sms": .phone
    case "cid": .opaque
    default: .forbidden
    }
  }
}

/// Where in the value of `srcset` a reader is: `url 2x, url 3x`.
struct SrcsetContext: Hashable, Sendable {
  var url = URLContext(.imageCandidate)
  var isDescriptor = false

  mutating func read(_ byte: UInt8) {
    if isDescriptor {
      if byte == UInt8(ascii: ",") { self = SrcsetContext() }
    } else if byte.isSpace {
      if url.place != .start { isDescriptor = true }
    } else if url.place == .start, byte == UInt8(ascii: ",") {
      // An empty candidate.
    } else {
      url.read(byte)
    }
  }
}
