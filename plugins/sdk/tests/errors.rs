//! The macros' errors point at the field, and say what to write.
//!
//! Only errors that the macros themselves report are compared word by word: how the compiler puts
//! its own changes from version to version.

#[test]
fn errors_point_at_what_is_wrong() {
    trybuild::TestCases::new().compile_fail("tests/errors/*.rs");
}
