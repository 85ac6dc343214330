import LetterpressDiagnostics
import LetterpressLiquid
import LetterpressProgram
import LetterpressSchema
import LetterpressTyping
import Testing

/// Parts that are laid out once for each combination of answers.
struct SpecialisationTests {
  private let place = SourceRange(file: SourceFile.ID(index: 0), start: 0, end: 0)

  private func literal(_ literal: Literal, _ type: ValueType = .any) -> TypedExpression {
    TypedExpression(.literal(literal), type: type, range: place)
  }

  private func variable(_ index: Int) -> TypedExpression {
    TypedExpression(.variable(VariableID(index: index)), type: .any, range: place)
  }

  private func program(
    _ nodes: [HTMLNode],
    _ edit: (inout FrameSize) -> Void = { _ in }
  ) throws -> (RenderProgram, RenderProgram.Part) {
    var sources = SourceSet()
    _ = sources.add(SourceFile(path: "t", text: ""))
    var frame = FrameSize()
    edit(&frame)
    var builder = ProgramBuilder(sources: sources, types: TypeTable(), frame: frame)
    let part = builder.addHTML(nodes)
    return (try builder.finish(), part)
  }

  private func text(
    _ nodes: [HTMLNode],
    _ edit: (inout FrameSize) -> Void = { _ in }
  ) throws -> String {
    let (program, part) = try program(nodes, edit)
    var out = OutputBuffer()
    try program.render(part, of: Record(), now: Moment(seconds: 0), into: &out)
    return String(decoding: out.bytes(), as: UTF8.self)
  }

  private func bytes(_ text: String) -> HTMLNode { .bytes(Array(text.utf8)) }

  @Test func `the variant follows from the answers, and variables are put back`() throws {
    let counted = VariableID(index: 0)
    let step = TypedExpression(
      .filter(
        FilterUse(
          name: "plus",
          input: variable(0),
          arguments: [literal(.integer(1))],
          namedArguments: []
        )
      ),
      type: .integer(.init()),
      range: place
    )
    let answer = Specialisation.AnswerID(index: 0)
    let id = Specialisation.ID(index: 0)
    let condition = TypedCondition.comparison(variable(0), .equal, literal(.integer(6)))
    let part = Specialisation(
      id: id,
      skeleton: [
        .statement(.assign(counted, step)),
        .branch(answer, [(condition: condition, steps: [])], otherwise: []),
      ],
      tree: .question(answer, [.variant(1), .variant(0)]),
      variants: 2,
      body: [
        .statement(.assign(counted, step)),
        .select(
          id,
          [
            HTMLChoice(variants: [0], body: [bytes("<b>")]),
            HTMLChoice(variants: [1], body: [bytes("<i>")]),
          ]
        ),
        .output(HTMLOutput(variable(0))),
        .select(
          id,
          [
            HTMLChoice(variants: [1], body: [bytes("</i>")]),
            HTMLChoice(variants: [0], body: [bytes("</b>")]),
          ]
        ),
      ],
      range: place
    )
    let nodes: [HTMLNode] = [
      .statement(.assign(counted, literal(.integer(5)))), .specialised(part), bytes("|"),
      .specialised(
        Specialisation(
          id: Specialisation.ID(index: 1),
          skeleton: part.skeleton,
          tree: part.tree,
          variants: 1,
          body: [.output(HTMLOutput(variable(0)))],
          range: place
        )
      ),
    ]
    #expect(try text(nodes) { $0.variables = 1 } == "<i>6</i>|6")
  }

  @Test func `turns of a loop are laid out singly`() throws {
    let loop = TypedLoop(
      id: LoopID(index: 0),
      variable: VariableID(index: 0),
      collection: TypedExpression(
        .range(literal(.integer(4)), literal(.integer(5))),
        type: .any,
        range: place
      ),
      limit: nil,
      offset: nil,
      resumes: false,
      resumeGroup: nil,
      isReversed: false,
      bound: 3,
      body: [],
      otherwise: [],
      range: place
    )
    let answer = Specialisation.AnswerID(index: 0)
    let id = Specialisation.ID(index: 0)
    let index = TypedExpression(.forloop(loop.id, .index), type: .integer(.init()), range: place)
    func turn(_ number: Int) -> HTMLNode {
      .turn(
        loop,
        number,
        [.output(HTMLOutput(index)), bytes(":"), .output(HTMLOutput(variable(0))), bytes(" ")]
      )
    }
    let part = Specialisation(
      id: id,
      skeleton: [.loop(answer, loop, turns: [[], [], []], otherwise: [])],
      tree: .question(answer, [.variant(0), .variant(1), .variant(2), .variant(3)]),
      variants: 4,
      body: [
        .select(
          id,
          [
            HTMLChoice(variants: [0], body: [bytes("none")]),
            HTMLChoice(variants: [1, 2, 3], body: [turn(0)]),
            HTMLChoice(variants: [2, 3], body: [turn(1)]),
            HTMLChoice(variants: [3], body: [turn(2)]),
          ]
        ),
        .loopEnd(loop),
      ],
      range: place
    )
    #expect(
      try text([.specialised(part)]) {
        $0.variables = 1
        $0.loops = 1
      } == "1:4 2:5 "
    )
  }

  @Test func `what variants have in common is stored once`() throws {
    let answer = Specialisation.AnswerID(index: 0)
    let id = Specialisation.ID(index: 0)
    let long = String(repeating: "<p>the same for all</p>", count: 50)
    let part = Specialisation(
      id: id,
      skeleton: [.branch(answer, [], otherwise: [])],
      tree: .question(answer, (0..<16).map { .variant($0) }),
      variants: 16,
      body: [
        .select(
          id,
          (0..<16).map { HTMLChoice(variants: [$0], body: [bytes("<td width=\"\($0)\">")]) }
        ),
        bytes(long),
        .select(id, (0..<16).map { HTMLChoice(variants: [$0], body: [bytes("</td>")]) }),
      ],
      range: place
    )
    let (program, _) = try program([.specialised(part)])
    #expect(program.staticByteCount < 2 * long.utf8.count)
  }

  @Test func `variants that end in different places are reported`() {
    let answer = Specialisation.AnswerID(index: 0)
    let id = Specialisation.ID(index: 0)
    let part = Specialisation(
      id: id,
      skeleton: [.branch(answer, [], otherwise: [])],
      tree: .question(answer, [.variant(0), .variant(1)]),
      variants: 2,
      body: [.select(id, [HTMLChoice(variants: [1], body: [bytes("<b>")])])],
      range: place
    )
    #expect(throws: CompilationError.self) { try program([.specialised(part)]) }
  }

  @Test func `a value that layout did not foresee is an error, not a wrong layout`() throws {
    let answer = Specialisation.AnswerID(index: 0)
    let part = Specialisation(
      id: Specialisation.ID(index: 0),
      skeleton: [.value(answer, [.output(literal(.string("c")))], candidates: ["a", "b"])],
      tree: .question(answer, [.variant(0), .variant(1)]),
      variants: 2,
      body: [],
      range: place
    )
    #expect {
      try text([.specialised(part)])
    } throws: { error in
      (error as? RenderError)?.reason == .unexpectedValue
    }
  }
}
