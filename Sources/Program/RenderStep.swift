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
struct Evaluation: Sendable {
  let value: @Sendable (inout Frame, inout OutputBuffer) throws(RenderFault) -> Cell

  init(_ value: @escaping @Sendable (inout Frame, inout OutputBuffer) throws(RenderFault) -> Cell) {
    self.value = value
  }
}

/// Whether a condition holds.
struct Test: Sendable {
  let holds: @Sendable (inout Frame, inout OutputBuffer) throws(RenderFault) -> Bool

  init(_ holds: @escaping @Sendable (inout Frame, inout OutputBuffer) throws(RenderFault) -> Bool) {
    self.holds = holds
  }
}
