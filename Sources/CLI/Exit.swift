import ArgumentParser
import LetterpressGallery

/// The exit codes of DESIGN.md; usage (64) is the argument parser's own.
enum Exit {
  /// Findings of severity error, or nothing could be rendered.
  static let findings = ExitCode(1)
  static let inputMissing = ExitCode(66)
  static let cannotCreate = ExitCode(73)
  static let inputOutput = ExitCode(74)

  /// Tells why a folder of pages was not written.
  static func reporting(_ error: any Error) -> any Error {
    switch error {
    case let error as GalleryError:
      Terminal.complain(error.description)
      if case .cannotWrite = error { return inputOutput }
      return cannotCreate
    case let failure as OutputFile.Failure:
      Terminal.complain(failure.description)
      return ExitCode(failure.exit)
    default: return error
    }
  }
}
