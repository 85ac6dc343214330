import GRDB

/// Databases for tests.
enum DatabaseScript {
  /// Runs statements on a database, which is made where there is none.
  static func run(_ sql: String, path: String) throws {
    try DatabaseQueue(path: path).write { try $0.execute(sql: sql) }
  }
}
