//! The command `loclint`.

use std::process::ExitCode;

fn main() -> ExitCode {
    loclint::cli::main()
}
