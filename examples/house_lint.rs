//! All of loclint, with a rule of one's own: it is checked, configured, suppressed, listed and explained like the others.
//!
//! `cargo run --example house_lint -- explain house/label-left`

mod label_left;

use std::process::ExitCode;

use loclint::rules::OwnRules;

fn main() -> ExitCode {
    loclint::cli::main_with(OwnRules::default().with(label_left::label_left))
}
