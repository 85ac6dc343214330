import Glibc

/// Waiting, until somebody stops the program.
///
/// From `hold()` on SIGINT and SIGTERM only arrive in `wait`, so that no file is left half written.
/// `unsafe` stands where the C library takes a set of signals, which outlives the call.
enum StopSignal {
  /// Keeps signals back.
  static func hold() {
    var signals = set
    unsafe pthread_sigmask(SIG_BLOCK, &signals, nil)
  }

  /// Waits for a signal, at most for some milliseconds; nil where none came.
  static func wait(milliseconds: Int) -> Int32? {
    var signals = set
    var time = timespec(
      tv_sec: milliseconds / 1_000,
      tv_nsec: milliseconds % 1_000 * 1_000_000
    )
    let signal = unsafe sigtimedwait(&signals, nil, &time)
    return signal > 0 ? signal : nil
  }

  private static var set: sigset_t {
    var signals = sigset_t()
    unsafe sigemptyset(&signals)
    unsafe sigaddset(&signals, SIGINT)
    unsafe sigaddset(&signals, SIGTERM)
    return signals
  }
}
