//! The terminal picture of the README is a real run. `LOCLINT_BLESS=1 cargo test --test picture` draws
//! it anew.
#![allow(clippy::unwrap_used, reason = "a failure here is the report")]

mod common;

use std::fs;

use anstyle_svg::Term;
use common::{loclint, project};

const COMMAND: &str = "check testdata/stories --select parity/source-version,markup/glued-hyphen";

#[test]
fn the_picture_in_the_readme_is_what_the_program_prints() {
    let args: Vec<&str> = COMMAND.split(' ').chain(["--color=always"]).collect();
    let run = loclint(&project(), &args);
    // The time is different each time.
    let summary = run.stderr.rsplit_once("; ").unwrap().0;
    let shown = format!("$ loclint {COMMAND}\n\n{}{summary}\n", run.stdout);
    let svg = Term::new().render_svg(&shown);
    let path = project().join("docs/images/check.svg");
    if std::env::var_os("LOCLINT_BLESS").is_some() {
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, &svg).unwrap();
    }
    let kept = fs::read_to_string(path).unwrap();
    assert!(kept == svg, "the picture is out of date: LOCLINT_BLESS=1 cargo test --test picture");
    let readme = fs::read_to_string(project().join("README.md")).unwrap();
    assert!(readme.contains("docs/images/check.svg"));
}
