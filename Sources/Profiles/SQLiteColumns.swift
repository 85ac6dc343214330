import GRDB
import GRDBSQLite

/// The row on which a statement stands, read value by value.
///
/// GRDB gives a text as a `String`, which ends at the first zero byte; here all its bytes are read.
/// The pointers that SQLite hands out live until the next step, and none leaves this file.
@safe
struct SQLiteColumns {
  enum Kind {
    case null
    case integer
    case real
    case text
    case blob
  }

  private let statement: OpaquePointer

  init(_ statement: Statement) { unsafe self.statement = statement.sqliteStatement }

  func kind(_ column: Int) -> Kind {
    switch unsafe sqlite3_column_type(statement, Int32(column)) {
    case SQLITE_INTEGER: .integer
    case SQLITE_FLOAT: .real
    case SQLITE_TEXT: .text
    case SQLITE_BLOB: .blob
    default: .null
    }
  }

  func integer(_ column: Int) -> Int64 { unsafe sqlite3_column_int64(statement, Int32(column)) }

  func real(_ column: Int) -> Double { unsafe sqlite3_column_double(statement, Int32(column)) }

  /// The bytes of a text, all of them; false, and none, where there are more than `limit`.
  func readText(_ column: Int, upTo limit: Int, into bytes: inout [UInt8]) -> Bool {
    bytes.removeAll(keepingCapacity: true)
    // In this order: the length is that of the text which the first call made.
    let start = unsafe sqlite3_column_text(statement, Int32(column))
    let count = unsafe sqlite3_column_bytes(statement, Int32(column))
    guard let start = unsafe start, count > 0 else { return true }
    guard count <= limit else { return false }
    unsafe bytes.append(contentsOf: UnsafeBufferPointer(start: start, count: Int(count)))
    return true
  }
}
