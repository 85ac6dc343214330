/// What the components of the body ask of the head, in the order in which they asked.
package struct HeadContributions: Sendable {
  package init() {}
}
