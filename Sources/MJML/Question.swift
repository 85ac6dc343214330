package import LetterpressDiagnostics
package import LetterpressTyping

/// Something layout has to know and cannot know at compile time.
///
/// A component computes with plain values, as MJML does. Where one depends on the recipient it asks; the
/// `Specialiser` then lays the part out once for each answer, so that on every path the layout is exactly
/// the one of the resolved template.
package struct Question: Sendable {
  package struct Key: Hashable, Sendable {
    package enum Subject: Hashable, Sendable {
      /// Which alternative of a branch is taken; by the branch's number.
      case alternative(Int)
      /// How many turns a loop takes.
      case turns(LoopID)
      /// Which of its possible texts an attribute has.
      case text(AttributeName)
      /// Whether an attribute is the empty text.
      case emptiness(AttributeName)
      /// Whether the content is empty.
      case content
    }

    /// The attribute that it is about.
    var attribute: AttributeName? {
      switch subject {
      case .text(let name), .emptiness(let name): name
      case .alternative, .turns, .content: nil
      }
    }

    /// The element whose attribute, or among whose children, it is asked.
    package var path: InstancePath
    package var subject: Subject
  }

  package var key: Key
  /// How many answers there are; they are numbered from 0.
  package var answers: Int
  /// For `text` and `emptiness`: what is evaluated.
  package var nodes: [TypedNode]
  /// For `text`: the possible texts.
  package var candidates: [String]
  package var range: SourceRange
}

/// Why the layout of a part stopped.
package enum LayoutInterruption: Error {
  /// It goes on once this has an answer.
  case question(Question)
  /// It cannot be laid out; reported already.
  case failure
}
