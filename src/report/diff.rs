use std::io::{self, Write};
use std::path::Path;

use anstyle::{AnsiColor, Style};
use similar::{ChangeTag, DiffTag, TextDiff};

use super::visible::visible;
use crate::fix::Fixed;

/// Longer lines, in bytes, are not compared letter by letter.
const MARKED: usize = 16 << 10;

/// Writes what would change as a unified diff. With colour it is for people, and what would confuse a terminal is made visible; without, it is
/// a patch, byte for byte.
///
/// # Errors
/// What `out` says.
pub fn write_diff(
    fixed: &Fixed,
    shown: &dyn Fn(&Path) -> String,
    colour: bool,
    out: &mut dyn Write,
) -> io::Result<()> {
    for (path, file) in &fixed.files {
        let Some(hunks) = &file.diff else { continue };
        let mut name = shown(path);
        if name.contains(' ') {
            // Tells tools that read patches where the name ends.
            name.push('\t');
        }
        if colour {
            let (name, bold) = (visible(&name), Style::new().bold());
            writeln!(out, "{bold}--- {name}{bold:#}\n{bold}+++ {name}{bold:#}")?;
            coloured(hunks, out)?;
        } else {
            write!(out, "--- {name}\n+++ {name}\n{hunks}")?;
        }
    }
    Ok(())
}

/// The hunks of a file in colour. Lines that took the place of each other show what differs in them, since they are often paragraphs.
fn coloured(hunks: &str, out: &mut dyn Write) -> io::Result<()> {
    let lines: Vec<&str> = hunks.split_terminator('\n').map(|line| line.trim_end_matches('\r')).collect();
    let mut rest = lines.as_slice();
    while let Some(first) = rest.first() {
        let run = |lines: &[&str], sign| lines.iter().take_while(|line| line.starts_with(sign)).count();
        let old = run(rest, '-');
        let new = run(&rest[old..], '+');
        if old + new == 0 {
            let style = if first.starts_with('@') { AnsiColor::Cyan.on_default() } else { Style::new() };
            writeln!(out, "{style}{}{style:#}", visible(first))?;
            rest = &rest[1..];
            continue;
        }
        let (removed, put) = (&rest[..old], &rest[old..old + new]);
        rest = &rest[old + new..];
        let short = removed.iter().chain(put).all(|line| line.len() <= MARKED);
        let pairs: Vec<(String, String)> = if old == new && short {
            removed.iter().zip(put).map(|(old, new)| marked(&old[1..], &new[1..])).collect()
        } else {
            Vec::new()
        };
        let (red, green) = (AnsiColor::Red.on_default(), AnsiColor::Green.on_default());
        for (at, line) in removed.iter().enumerate() {
            let text = pairs.get(at).map_or_else(|| visible(&line[1..]).into_owned(), |pair| pair.0.clone());
            writeln!(out, "{red}-{text}{red:#}")?;
        }
        for (at, line) in put.iter().enumerate() {
            let text = pairs.get(at).map_or_else(|| visible(&line[1..]).into_owned(), |pair| pair.1.clone());
            writeln!(out, "{green}+{text}{green:#}")?;
        }
    }
    Ok(())
}

/// Two lines, each with what the other has not in reverse video.
fn marked(old: &str, new: &str) -> (String, String) {
    const MARK: (&str, &str) = ("\u{1b}[7m", "\u{1b}[27m");
    let (mut removed, mut put) = (String::new(), String::new());
    let diff = TextDiff::from_chars(old, new);
    for op in diff.ops() {
        let (mut one, mut other) = (String::new(), String::new());
        for change in diff.iter_changes(op) {
            if change.tag() != ChangeTag::Insert {
                one.push_str(change.value());
            }
            if change.tag() != ChangeTag::Delete {
                other.push_str(change.value());
            }
        }
        let both = op.tag() == DiffTag::Equal;
        for (line, text) in [(&mut removed, one), (&mut put, other)] {
            let text = visible(&text);
            if both || text.is_empty() {
                line.push_str(&text);
            } else {
                line.push_str(&format!("{}{text}{}", MARK.0, MARK.1));
            }
        }
    }
    (removed, put)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(hunks: &str) -> String {
        let mut out = Vec::new();
        coloured(hunks, &mut out).unwrap();
        let text = String::from_utf8(out).unwrap();
        let plain = |text: &str| anstream::adapter::strip_str(text).to_string();
        assert_eq!(plain(&text), hunks.replace('\r', ""));
        text.replace("\u{1b}[7m", "[").replace("\u{1b}[27m", "]").replace("\u{1b}[0m", "")
    }

    #[test]
    fn what_differs_is_marked() {
        let text = shown("@@ -1,2 +1,2 @@\n same\n-Čtěte dál- zde\n-漢字 。\n+Čtěte dál - zde\n+漢字。\n");
        assert!(text.contains("-Čtěte dál- zde\n") && text.contains("+Čtěte dál[ ]- zde\n"), "{text}");
        assert!(text.contains("-漢字[ ]。\n") && text.contains("+漢字。\n"), "{text}");
    }

    #[test]
    fn lines_that_do_not_pair_are_shown_as_they_are() {
        let text = shown("@@ -1,2 +1 @@\n-a\r\n-b\r\n+c\r\n\\ No newline at end of file\n");
        assert!(!text.contains(']'), "{text}");
    }
}
