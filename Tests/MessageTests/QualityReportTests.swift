import Foundation
import LetterpressMessage
import LetterpressProfiles
import Testing

struct QualityReportTests {
  @Test func `a report says what is missing and wrong, field by field`() throws {
    let fixture = try BatchFixture()
    try fixture.write(
      "in.ndjson",
      """
      {"id":1,"name":"a","age":17}
      {"id":1,"name":"b","mail":"b@example.org","age":20}
      {"id":1,"name":"c","tone":"light"}
      {"id":2}
      {"id":3,"name":"d","age":30,"tone":"pink"}

      """
    )
    var options = fixture.options(BatchOutput.ndjson)
    options.measuresQuality = true
    options.key = RowKey("id")
    options.allowsDuplicates = true
    let summary = try fixture.run(options)
    let text = String(decoding: QualityReport(summary, key: options.key).json, as: UTF8.self)
    #expect(
      text == """
        {"rows":5,"delivered":2,"rejected":3,"skipped":0,"left_out":0,
         "key":"id","duplicates":1,
         "fields":[
          {"field":"","missing":0,"violations":{"missing-field":1}},
          {"field":"/age","missing":1,"violations":{"too-small":1}},
          {"field":"/mail","missing":1,"violations":{}},
          {"field":"/tone","missing":1,"violations":{"not-in-enum":1}}]}

        """
    )
  }

  @Test func `a report of nothing is JSON too`() throws {
    let fixture = try BatchFixture()
    try fixture.writeProfiles(3)
    let summary = try fixture.run(fixture.options(BatchOutput.ndjson))
    let report = QualityReport(summary, key: nil).json
    let object = try JSONSerialization.jsonObject(with: Data(report)) as? [String: Any]
    #expect(object?["rows"] as? Int == 3)
    #expect(object?["duplicates"] is NSNull)
  }
}
