import LetterpressSchema

/// A step that is no plain data: it does something and says whether to jump.
///
/// A struct around the closure, since an array of closures with typed throws crashes the compiler
/// (Swift 6.3.1).
struct RenderStep: Sendable {
  let run: @Sendable (inout Frame, inout OutputBuffer) throws(RenderFault) -> Bool

  init(_ run: @escaping @Sendable (inout Frame, inout OutputBuffer) throws(RenderFault) -> Bool) {
    self.run = run
  }
}

/// The value of an expression.
///
/// Constants and fields are data, so that a step that reads them calls nothing.
struct Evaluation: Sendable {
  typealias Function = @Sendable (inout Frame, inout OutputBuffer) throws(RenderFault) -> Cell

  private enum Form: Sendable {
    case constant(Cell)
    /// A field, and how to find it where its path leads over a map.
    case field(FieldPath, Function)
    case function(Function)
  }

  private let form: Form

  init(_ function: @escaping Function) { form = .function(function) }

  init(_ constant: Cell) { form = .constant(constant) }

  /// A field; `function` finds it by its names.
  init(_ path: FieldPath, byNames function: @escaping Function) { form = .field(path, function) }

  @inline(__always)
  func value(_ frame: inout Frame, _ out: inout OutputBuffer) throws(RenderFault) -> Cell {
    switch form {
    case .constant(let cell): return cell
    case .field(let path, let function):
      if let cell = frame.value(of: path) { return cell }
      return try function(&frame, &out)
    case .function(let function): return try function(&frame, &out)
    }
  }
}

/// Whether a condition holds.
struct Test: Sendable {
  let holds: @Sendable (inout Frame, inout OutputBuffer) throws(RenderFault) -> Bool

  init(_ holds: @escaping @Sendable (inout Frame, inout OutputBuffer) throws(RenderFault) -> Bool) {
    self.holds = holds
  }
}
