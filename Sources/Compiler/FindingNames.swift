/// The names of all kinds of findings, for settings that name one; a test holds them to the pages of
/// docs/diagnostics.
enum FindingNames {
  /// In the order of the alphabet.
  static let all: [String] = text.split(whereSeparator: \.isWhitespace).map(String.init)

  private static let text = """
    aborted ambiguous-context argument-type bad-format bidi-control block-cycle branch-after-else
    broken-template case-not-exhaustive cdata-not-closed cdata-section comment-not-closed
    constant-condition content-before-when control-character curly-quotes date-format
    deprecated-field division-by-zero doctype duplicate-attribute duplicate-element duplicate-fill
    duplicate-key duplicate-parameter duplicate-when dynamic-layout-attribute
    dynamic-translation-key element-in-capture element-not-allowed element-not-closed
    else-condition encoding expansion-limit file-too-large filter-argument-count
    filter-argument-type filter-input foreign-merge-tag grammar-violation include-cycle
    include-denied include-limit include-not-found include-not-static include-unreadable
    inline-comment integer-out-of-range interrupt-outside-loop invalid-address invalid-argument
    invalid-attribute-name invalid-attribute-value invalid-default invalid-element-name
    invalid-filter-argument invalid-header-name invalid-keyword invalid-manifest invalid-name
    invalid-parameter invalid-persona invalid-translations invalid-utf8 json-depth json-encoding
    json-syntax liquid-among-attributes liquid-in-attribute-name liquid-in-element-name
    liquid-limit liquid-syntax loop-over-map malformed-end-tag mismatched-end misplaced-element
    misplaced-placeholder missing-argument missing-attribute missing-body missing-envelope
    missing-field missing-partial missing-space missing-translation missing-translation-argument
    missing-value mixed-personas name-too-long nesting-too-deep no-room no-root-element
    not-a-block not-a-multiple not-a-uri not-in-enum not-iterable not-migrated not-well-formed
    number-out-of-range object-printed optional-argument optional-compared optional-filtered
    optional-without-default pattern-limit pattern-mismatch personal-data-in-header
    personal-data-in-url plural-forms prefixed-element processing-instruction render-limit
    repeated-header reserved-header row-too-large schema-contradiction schema-cycle schema-limit
    second-root-element shadowed-name stray-delimiter stray-output stray-tag stray-text
    tag-across-elements tag-not-closed text-outside-root too-few-characters too-few-elements
    too-few-fields too-large too-many-attributes too-many-characters too-many-elements
    too-many-fields too-many-variants too-small unbalanced-element unbalanced-raw
    unbounded-layout-loop unclosed-block undeclared-required unexpected-end-tag unfit-operand
    unknown-argument unknown-attribute unknown-declaration unknown-element unknown-field
    unknown-filter unknown-filter-argument unknown-format unknown-keyword unknown-locale
    unknown-manifest-key unknown-parameter-type unknown-persona unknown-persona-key
    unknown-reference unknown-slot unknown-tag unknown-type unknown-variable unlike-comparison
    unreachable-branch unreadable-file unsubscribe-scheme unsupported-constant unsupported-keyword
    unsupported-union unterminated-output unterminated-string unterminated-tag unused-assign
    unused-block unused-parameter unused-persona-field unused-translation
    unused-translation-argument upper-case-end-tag value-not-closed value-not-quoted variant-field
    wrong-end-tag wrong-type xml-declaration
    """
}
