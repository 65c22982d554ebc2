//! The sentences that the host itself adds to a result.

use jiff::civil::Date;

/// Says that a value rests on a source that could not be seen. In Chinese for readers of Chinese,
/// in English for everyone else.
pub(super) fn unconfirmed_sentence(
    language: &str,
    parameter: &str,
    from: Date,
    source: &str,
) -> String {
    if language == "zh" || language.starts_with("zh-") {
        format!("{parameter}自{from}起的取值未经公布文件核实。来源：{source}")
    } else {
        format!(
            "The value of {parameter} from {from} could not be confirmed in its publication. \
             Source: {source}"
        )
    }
}
