import Foundation
import GRDB

/// A database of rendered messages: the table `messages` of `row`, `key` and `message`.
///
/// Stands here because all of SQLite does. Used by one thread at a time.
package final class MessageDatabase {
  package struct Failure: Error {
    package var message: String
  }

  private let queue: DatabaseQueue
  private var isWriting = false

  /// Opens a database, which is made where there is none.
  package init(path: String) throws(Failure) {
    var configuration = Configuration()
    configuration.label = "messages"
    // One transaction lasts from one checkpoint to the next.
    configuration.allowsUnsafeTransactions = true
    configuration.prepareDatabase { db in
      try db.execute(sql: "PRAGMA synchronous = FULL; PRAGMA trusted_schema = OFF")
    }
    do {
      queue = try DatabaseQueue(path: path, configuration: configuration)
      try queue.writeWithoutTransaction { db in
        try db.execute(
          sql: """
            CREATE TABLE IF NOT EXISTS messages
            (row INTEGER PRIMARY KEY, key TEXT, message BLOB NOT NULL)
            """
        )
      }
    } catch {
      throw Self.failure(error)
    }
  }

  /// Deletes what belongs to later rows than this.
  package func removeRows(after row: Int) throws(Failure) {
    try write { db in
      try db.execute(sql: "DELETE FROM messages WHERE row > ?", arguments: [row])
    }
    try commit()
  }

  package func insert(row: Int, key: String?, message: ArraySlice<UInt8>) throws(Failure) {
    try write { db in
      let statement = try db.cachedStatement(sql: "INSERT INTO messages VALUES (?, ?, ?)")
      try statement.execute(arguments: [row, key, Data(message)])
    }
  }

  /// Brings all that was written to the disk.
  package func commit() throws(Failure) {
    guard isWriting else { return }
    do {
      try queue.writeWithoutTransaction { try $0.execute(sql: "COMMIT") }
    } catch {
      throw Self.failure(error)
    }
    isWriting = false
  }

  package func close() throws(Failure) {
    do {
      try queue.close()
    } catch {
      throw Self.failure(error)
    }
  }

  private func write(_ body: (Database) throws -> Void) throws(Failure) {
    do {
      try queue.writeWithoutTransaction { db in
        if !isWriting {
          try db.execute(sql: "BEGIN")
          isWriting = true
        }
        try body(db)
      }
    } catch {
      throw Self.failure(error)
    }
  }

  private static func failure(_ error: any Error) -> Failure {
    Failure(message: (error as? DatabaseError)?.message ?? "\(error)")
  }
}
