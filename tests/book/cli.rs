//! `docs/cli.md`: what `--help` says, of each command.

use super::common::{loclint_with, project};
use super::made_of;

const INTRO: &str = "\
# Command line

What `loclint --help` and the help of each command say. Where [the configuration](configuration.md) and an option speak of the same, the option
counts.
";

/// The page.
pub(crate) fn page() -> String {
    let mut text = made_of("the help of the program") + INTRO;
    command(&[], &mut text);
    text
}

/// Adds the help of a command, and of the commands below it.
fn command(path: &[&str], text: &mut String) {
    let args: Vec<&str> = path.iter().copied().chain(["--help"]).collect();
    let run = loclint_with(&project(), &args, &[("COLUMNS", "90")]);
    assert_eq!(run.code, 0, "{args:?}: {}", run.stderr);
    let help = run.stdout.replace("\r\n", "\n").replace("loclint.exe", "loclint");
    let name = ["loclint"].iter().chain(path).copied().collect::<Vec<_>>().join(" ");
    let lines: String = help.trim_end().lines().map(|line| format!("{}\n", line.trim_end())).collect();
    *text += &format!("\n## {name}\n\n```text\n{lines}```\n");
    for below in commands(&help) {
        command(&[path, &[below]].concat(), text);
    }
}

/// The commands that a help lists.
fn commands(help: &str) -> Vec<&str> {
    let listed =
        help.lines().skip_while(|line| *line != "Commands:").skip(1).take_while(|line| !line.is_empty());
    // Two blanks before a name, more before the rest of what is said of it.
    let names = listed.filter_map(|line| line.strip_prefix("  ").filter(|line| !line.starts_with(' ')));
    names.filter_map(|line| line.split(' ').next()).filter(|name| *name != "help").collect()
}
