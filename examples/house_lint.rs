//! All of loclint, with a rule of one's own: it is checked, configured, suppressed, listed and explained like the others.
//!
//! `cargo run --example house_lint -- explain house/label-left`

#[allow(dead_code, reason = "the other program")]
#[path = "own_rule.rs"]
mod own_rule;

use std::process::ExitCode;

use loclint::rules::OwnRules;

fn main() -> ExitCode {
    loclint::cli::main_with(OwnRules::default().with(own_rule::label_left))
}
