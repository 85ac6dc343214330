/// Why the inside of an artefact is not what a compiler writes.
package struct ArtefactFault: Error, Sendable {
  /// What was found, as the end of a sentence: "a count of 7 where 3 bytes are left".
  package let found: String
  /// The place of it, in bytes from the start of what was read.
  package let offset: Int

  package init(found: String, offset: Int) {
    self.found = found
    self.offset = offset
  }
}
