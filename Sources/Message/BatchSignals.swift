import Glibc
import Synchronization

/// Signals that stop a batch, and marks that outlive a crash.
///
/// What a handler touches is reachable without locks or memory management: two atomic numbers, and
/// a page of a file that stays as it is when the process dies. This file and `BatchFile` hold all
/// `unsafe` of the writing side.
enum BatchSignals {
  private static let stopping: [Int32] = [SIGINT, SIGTERM, SIGHUP]
  /// What a bug in the program raises.
  private static let crashing: [Int32] = [SIGILL, SIGTRAP, SIGSEGV, SIGBUS, SIGFPE, SIGABRT]

  /// The signal that asked to stop; nil while there was none.
  static var stopSignal: Int32? {
    let signal = received.load(ordering: .relaxed)
    return signal == 0 ? nil : signal
  }

  /// Stops on SIGINT, SIGTERM and SIGHUP, at once on the second one; a pipe without reader and a
  /// file over its limit become errors.
  ///
  /// A signal that is ignored (`nohup`) stays so.
  static func install() {
    received.store(0, ordering: .relaxed)
    for number in stopping {
      var old = sigaction()
      guard unsafe sigaction(number, nil, &old) == 0 else { continue }
      if isIgnored(old) { continue }
      var action = sigaction()
      action.__sigaction_handler = .init(sa_handler: { signal in
        if received.exchange(signal, ordering: .relaxed) != 0 { _exit(128 + signal) }
      })
      unsafe sigaction(number, &action, nil)
    }
    // A parent's threads may hold signals back, and hand that on to their children.
    var unblocked = sigset_t()
    unsafe sigemptyset(&unblocked)
    for number in stopping { unsafe sigaddset(&unblocked, number) }
    unsafe pthread_sigmask(SIG_UNBLOCK, &unblocked, nil)
    var ignoring = sigaction()
    ignoring.__sigaction_handler = .init(sa_handler: SIG_IGN)
    for number in [SIGPIPE, SIGXFSZ] { unsafe sigaction(number, &ignoring, nil) }
  }

  private static func isIgnored(_ action: sigaction) -> Bool {
    let handler = unsafe action.__sigaction_handler.sa_handler
    return unsafe unsafeBitCast(handler, to: Int.self) == unsafeBitCast(SIG_IGN, to: Int.self)
  }

  /// Marks the row on which a thread crashes, then lets the crash have its way.
  ///
  /// A process that is killed leaves no mark: only a signal that the row's own code raised on the
  /// row's own thread does.
  fileprivate static func installCrashMarks() {
    for number in crashing {
      var action = sigaction()
      unsafe action.__sigaction_handler = .init(sa_sigaction: { signal, information, _ in
        // Above 0 where the kernel raised it; `abort` sends it to its own thread.
        let code = unsafe information?.pointee.si_code ?? 0
        if code > 0 || signal == SIGABRT { CrashMarks.markCrash() }
        var standard = sigaction()
        standard.__sigaction_handler = .init(sa_handler: SIG_DFL)
        unsafe sigaction(signal, &standard, nil)
        // Whoever sent it by hand wants it to arrive.
        if code <= 0 { raise(signal) }
      })
      action.sa_flags = SA_SIGINFO | SA_ONSTACK
      unsafe sigaction(number, &action, nil)
    }
  }

  static func restore() {
    var standard = sigaction()
    standard.__sigaction_handler = .init(sa_handler: SIG_DFL)
    for number in stopping + crashing { unsafe sigaction(number, &standard, nil) }
  }
}

/// The signal that asked to stop, or 0.
private let received = Atomic<Int32>(0)
/// Where the page of the marks is in memory, or 0.
private let page = Atomic<UInt>(0)

/// Which row each thread is at, in a file, so that the next run knows which one crashed this one.
///
/// The page is an array of 64-bit numbers: a magic number, how many rows crashed, those rows, and
/// two numbers for each worker: its thread and its row.
final class CrashMarks: Sendable {
  private static let magic: UInt64 = 0x4C50_4352_4153_4831
  private static let rowLimit = 250
  private static let firstWorker = 256
  static let workerLimit = 128
  private static let words = 512

  /// Where the page is in memory; a number, because each thread writes to words of its own.
  private let address: UInt
  /// The rows that crashed a run before.
  let crashedRows: Set<Int>

  /// Opens the page of a state; a new run starts with a clean one.
  init(_ path: String, isNew: Bool) throws(BatchError) {
    let file = try BatchFile(path)
    if isNew { try file.truncate(to: 0) }
    try file.truncate(to: Self.words * 8)
    guard let memory = unsafe file.map(Self.words * 8) else {
      throw BatchError(.inputOutput, "'\(path)' cannot be mapped into memory")
    }
    let base = unsafe memory.bindMemory(to: UInt64.self, capacity: Self.words)
    address = UInt(bitPattern: base)
    var rows: Set<Int> = []
    if unsafe base[0] == Self.magic {
      let count = unsafe min(Int(truncatingIfNeeded: base[1]), Self.rowLimit)
      for index in 0..<max(0, count) {
        rows.insert(unsafe Int(truncatingIfNeeded: base[2 + index]))
      }
    } else {
      for index in 0..<Self.words { unsafe base[index] = 0 }
      unsafe base[0] = Self.magic
    }
    for index in Self.firstWorker..<Self.words { unsafe base[index] = 0 }
    crashedRows = rows
    page.store(address, ordering: .releasing)
    BatchSignals.installCrashMarks()
  }

  deinit {
    page.store(0, ordering: .releasing)
    unsafe munmap(UnsafeMutableRawPointer(bitPattern: address), Self.words * 8)
  }

  private static func words(at address: UInt) -> UnsafeMutablePointer<UInt64>? {
    unsafe UnsafeMutablePointer(bitPattern: address)
  }

  /// The calling thread is the worker with this number.
  ///
  /// Gives it a stack for the case that its own is full.
  func enter(_ worker: Int) {
    guard worker < Self.workerLimit, let base = unsafe Self.words(at: address) else { return }
    unsafe base[Self.firstWorker + worker * 2] = UInt64(pthread_self())
    let size = 64 << 10
    // Lives as long as the thread could crash, which is as long as the process.
    var stack = unsafe stack_t(ss_sp: malloc(size), ss_flags: 0, ss_size: size)
    unsafe sigaltstack(&stack, nil)
  }

  /// The worker begins a row; 0 between rows.
  func begin(_ row: Int, worker: Int) {
    guard worker < Self.workerLimit, let base = unsafe Self.words(at: address) else { return }
    unsafe base[Self.firstWorker + worker * 2 + 1] = UInt64(truncatingIfNeeded: row)
  }

  /// Runs inside of a signal handler.
  fileprivate static func markCrash() {
    guard let base = unsafe words(at: page.load(ordering: .acquiring)) else { return }
    let thread = UInt64(pthread_self())
    for worker in 0..<workerLimit {
      let place = firstWorker + worker * 2
      guard unsafe base[place] == thread, unsafe base[place + 1] != 0 else { continue }
      let count = unsafe Int(truncatingIfNeeded: base[1])
      guard count >= 0, count < rowLimit else { return }
      unsafe base[2 + count] = base[place + 1]
      unsafe base[1] = UInt64(truncatingIfNeeded: count + 1)
      return
    }
  }
}
