//! Terminal transcripts under `tests/cmd`, run for real.

#[test]
fn transcripts() {
    trycmd::TestCases::new().case("tests/cmd/*.md");
}
