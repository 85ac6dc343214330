import LetterpressDiagnostics

/// The keys of all rows that were delivered, as hashes of 64 bits: in memory, and in a file for the
/// next run.
///
/// Two of a million different keys have the same hash once in 40 million jobs. A row takes 16 to 32
/// bytes of memory.
struct SeenKeys {
  /// Open addressing; 0 is free.
  ///
  /// A power of two long, at most half full.
  private var table: [UInt64]
  private var count = 0
  private let file: PartFile?
  private var added: [UInt8] = []

  /// The keys of a state's file, up to a length.
  init(_ path: String?, length: Int) throws(BatchError) {
    table = Array(repeating: 0, count: 1 << 12)
    guard let path else {
      file = nil
      return
    }
    file = try PartFile(path, final: path, length: length, replacing: true)
    guard let bytes = try BatchFile.read(path, limit: length) else { return }
    for start in stride(from: 0, to: bytes.count - bytes.count % 8, by: 8) {
      var hash: UInt64 = 0
      for byte in bytes[start..<start + 8] { hash = hash << 8 | UInt64(byte) }
      _ = insertInTable(hash)
    }
  }

  /// The hash of a key; never 0.
  static func hash(of key: String) -> UInt64 {
    var hash = SHA256()
    hash.update(key)
    return max(1, hash.finalized().prefix(8).reduce(0) { $0 << 8 | UInt64($1) })
  }

  /// False where the key was there before.
  mutating func insert(_ hash: UInt64) throws(BatchError) -> Bool {
    guard insertInTable(hash) else { return false }
    guard let file else { return true }
    added.removeAll(keepingCapacity: true)
    for shift in stride(from: UInt64(56), through: 0, by: -8) {
      added.append(UInt8(truncatingIfNeeded: hash >> shift))
    }
    try file.append(added[...])
    return true
  }

  /// Brings the keys to the disk; the file's length.
  func flush() throws(BatchError) -> Int { try file?.flush() ?? 0 }

  func discard() throws(BatchError) { try file?.discard() }

  private mutating func insertInTable(_ hash: UInt64) -> Bool {
    if count * 2 >= table.count { grow() }
    let place = Self.place(of: hash, in: table)
    if table[place] == hash { return false }
    table[place] = hash
    count += 1
    return true
  }

  private mutating func grow() {
    var larger = [UInt64](repeating: 0, count: table.count * 2)
    for hash in table where hash != 0 { larger[Self.place(of: hash, in: larger)] = hash }
    table = larger
  }

  private static func place(of hash: UInt64, in table: [UInt64]) -> Int {
    let mask = table.count - 1
    var place = Int(truncatingIfNeeded: hash) & mask
    while table[place] != 0, table[place] != hash { place = (place + 1) & mask }
    return place
  }
}
