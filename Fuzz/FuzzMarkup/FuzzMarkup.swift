import Letterpress

/// Any bytes as a template, through gate, scan, libxml2 and layout.
///
/// The law: it ends, in time that is linear in the size, with HTML or with an error whose place lies in
/// the file.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzMarkup(_ data: UnsafePointer<UInt8>?, _ count: Int) -> Int32 {
  let bytes = Array(UnsafeBufferPointer(start: data, count: count))
  let compiler = MJMLCompiler(validation: .soft, followsIncludes: false)
  let result = compiler.compile(bytes, path: "fuzz.mjml", folder: "/nowhere")
  precondition(
    (result.html == nil) == result.diagnostics.contains { $0.severity == .error },
    "HTML where there is no error, and only there"
  )
  for diagnostic in result.diagnostics {
    precondition(
      0 <= diagnostic.primary.range.start && diagnostic.primary.range.end <= count,
      "a finding lies in its file"
    )
  }
  return 0
}
