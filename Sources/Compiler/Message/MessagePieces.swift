/// The bytes that all messages have in common.
struct MessagePieces {
  let idHead = Array("Message-ID: <".utf8)
  let idEnd = Array(">\r\n".utf8)
  /// Before the boundary of the whole message, and behind it.
  let structure = Array(
    "MIME-Version: 1.0\r\nContent-Type: multipart/alternative; boundary=\"".utf8
  )
  let structureEnd = Array("\"\r\n".utf8)
  /// Before a boundary between the parts.
  let delimiter = Array("\r\n--".utf8)
  // What stands between a boundary and the content of its part.
  let textHead = head("text/plain; charset=utf-8; format=flowed; delsp=no")
  let htmlHead = head("text/html; charset=utf-8")
  /// Behind the last boundary.
  let end = Array("--\r\n".utf8)

  private static func head(_ type: String) -> [UInt8] {
    Array(
      ("\r\nContent-Type: \(type)\r\n"
        + "Content-Transfer-Encoding: quoted-printable\r\n\r\n").utf8
    )
  }
}
