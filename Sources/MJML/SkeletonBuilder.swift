import LetterpressDiagnostics
import LetterpressProgram
import LetterpressTyping

/// Makes what a specialised part runs first: its statements in order, and the questions it asked.
///
/// A question is answered at the place where its value stands, for a statement before it may have set a
/// variable that it reads.
struct SkeletonBuilder {
  private let asked: [InstancePath: [Question]]
  private let answerIDs: [Question.Key: Specialisation.AnswerID]

  init(asked: [Question], answerIDs: [Question.Key: Specialisation.AnswerID]) {
    self.asked = Dictionary(grouping: asked, by: \.key.path)
    self.answerIDs = answerIDs
  }

  func steps(for element: TypedElement, at path: InstancePath) -> [Specialisation.Step] {
    withoutIdleEnd(allSteps(for: element, at: path))
  }

  private func allSteps(for element: TypedElement, at path: InstancePath) -> [Specialisation.Step] {
    var steps: [Specialisation.Step] = []
    for question in asked[path] ?? [] {
      guard let id = answerIDs[question.key] else { continue }
      switch question.key.subject {
      case .text: steps.append(.value(id, question.nodes, candidates: question.candidates))
      case .emptiness, .content: steps.append(.emptiness(id, question.nodes))
      case .alternative, .turns: break
      }
    }
    // What was asked about has run already.
    let evaluated = (asked[path] ?? []).compactMap(\.key.attribute)
    for attribute in element.attributes
    where !evaluated.contains(where: { $0.text == attribute.name }) {
      addEffects(of: attribute.value, to: &steps)
    }
    if let content = element.content { addEffects(of: content, to: &steps) }
    return steps + self.steps(for: element.children, in: path)
  }

  private func addEffects(of nodes: [TypedNode], to steps: inout [Specialisation.Step]) {
    if nodes.containStatements { steps.append(.effects(nodes)) }
  }

  private func steps(for nodes: [TypedNode], in path: InstancePath) -> [Specialisation.Step] {
    nodes.flatMap { node -> [Specialisation.Step] in
      switch node {
      case .element(let element):
        allSteps(
          for: element,
          at: InstancePath(of: element, in: path)
        )
      case .statement(let statement): [.statement(statement)]
      case .branch(let branch): step(for: branch, in: path)
      case .loop(let loop): step(for: loop, in: path)
      case .scope(let scope):
        scope.bindings.map { .statement(.assign($0.0, $0.1)) }
          + steps(for: scope.body, in: InstancePath(scope.step, in: path))
      case .comment, .raw, .text, .literal, .output: []
      }
    }
  }

  private func step(for branch: TypedBranch, in path: InstancePath) -> [Specialisation.Step] {
    let key = Question.Key(
      path: path,
      subject: .alternative(branch.number)
    )
    let alternatives = branch.alternatives.map {
      (condition: $0.condition, steps: steps(for: $0.body, in: path))
    }
    let otherwise = steps(for: branch.otherwise, in: path)
    let answer = answer(to: key)
    if answer == nil, otherwise.isEmpty, alternatives.allSatisfy(\.steps.isEmpty) { return [] }
    return [.branch(answer, alternatives, otherwise: otherwise)]
  }

  private func step(for loop: TypedLoop, in path: InstancePath) -> [Specialisation.Step] {
    guard let answer = answer(to: Question.Key(path: path, subject: .turns(loop.id))),
      let bound = loop.bound
    else {
      // A loop that nobody counted: its statements may still matter to a later question.
      let body = [TypedNode.loop(loop)]
      return body.containStatements ? [.effects(body)] : []
    }
    let turns = (0..<bound).map { number in
      steps(for: loop.body, in: InstancePath(.turn(loop.id, number), in: path))
    }
    return [.loop(answer, loop.head, turns: turns, otherwise: steps(for: loop.otherwise, in: path))]
  }

  private func answer(to key: Question.Key) -> Specialisation.AnswerID? {
    guard asked[key.path]?.contains(where: { $0.key == key }) == true else { return nil }
    return answerIDs[key]
  }

  /// Steps after the last question change nothing: the variables are put back.
  private func withoutIdleEnd(_ steps: [Specialisation.Step]) -> [Specialisation.Step] {
    var steps = steps
    while let last = steps.last, !last.notesAnswer { steps.removeLast() }
    return steps
  }
}

extension Specialisation.Step {
  fileprivate var notesAnswer: Bool {
    switch self {
    case .statement, .effects: false
    case .value, .emptiness: true
    case .branch(let answer, let alternatives, let otherwise):
      answer != nil || alternatives.contains { $0.steps.contains(where: \.notesAnswer) }
        || otherwise.contains(where: \.notesAnswer)
    case .loop(let answer, _, let turns, let otherwise):
      answer != nil || turns.contains { $0.contains(where: \.notesAnswer) }
        || otherwise.contains(where: \.notesAnswer)
    }
  }
}

extension [TypedNode] {
  /// Whether running them changes a variable, a counter or a cycle.
  fileprivate var containStatements: Bool {
    contains { node in
      switch node {
      case .statement: true
      case .branch(let branch):
        branch.alternatives.contains { $0.body.containStatements }
          || branch.otherwise.containStatements
      case .loop(let loop):
        loop.resumeGroup != nil || loop.body.containStatements || loop.otherwise.containStatements
      case .scope: true
      case .element(let element):
        element.attributes.contains { $0.value.containStatements }
          || element.children.containStatements || (element.content ?? []).containStatements
      case .comment, .raw, .text, .literal, .output: false
      }
    }
  }
}
