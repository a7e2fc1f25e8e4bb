//! A rule of one's own in Rust, `label_left`: it compares the locales of an article, which rules in YAML cannot.
//!
//! `cargo run --example own_rule -- testdata/terms` runs it on a tree. Its page, `own_rule.md`, is its test.

mod label_left;

use std::io;
use std::path::PathBuf;
use std::process::ExitCode;

use loclint::Linter;
use loclint::report::Format;

use label_left::label_left;

fn main() -> ExitCode {
    let paths: Vec<PathBuf> = std::env::args_os().skip(1).map(PathBuf::from).collect();
    let checked = match Linter::new().rule(label_left).select(["house"]).check(paths) {
        Ok(checked) => checked,
        Err(error) => {
            eprintln!("{error}");
            return ExitCode::from(2);
        }
    };
    if let Err(error) = checked.write(Format::Concise, &mut io::stdout().lock()) {
        eprintln!("{error}");
        return ExitCode::from(2);
    }
    eprintln!("{}", checked.summary());
    ExitCode::from(u8::from(!checked.findings().is_empty()))
}
