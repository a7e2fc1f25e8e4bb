//! Text that articles bring along, made harmless for terminals and for the logs of CI systems.

use std::borrow::Cow;
use std::io::{self, Write};

/// A text with control characters and those that steer text direction shown by their code points; line breaks too.
pub(crate) fn visible(text: &str) -> Cow<'_, str> {
    if !text.contains(|c| c == '\t' || is_hidden(c)) {
        return Cow::Borrowed(text);
    }
    let mut shown = String::with_capacity(text.len() + 16);
    for c in text.chars() {
        match c {
            '\t' => shown.push(' '),
            c if is_hidden(c) => shown.push_str(&code_point(c)),
            c => shown.push(c),
        }
    }
    Cow::Owned(shown)
}

/// The same for a text that may have several lines.
pub(crate) fn visible_lines(text: &str) -> String {
    text.split('\n').map(visible).collect::<Vec<_>>().join("\n")
}

fn is_hidden(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{61c}' | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
        // No characters at all, and not allowed in XML.
        || matches!(c, '\u{fffe}' | '\u{ffff}')
}

fn code_point(c: char) -> String {
    format!("<U+{:04X}>", u32::from(c))
}

/// A line of output in which no CI system finds a command: GitHub obeys lines that start with `::error` and the like,
/// Azure Pipelines, TeamCity and older runners what starts with `##[`, `##vso[` or `##teamcity[`, anywhere in a line.
pub(crate) fn inert(line: &str) -> Cow<'_, str> {
    let mut line = Cow::Borrowed(line);
    if let Some(at) = leading_command(&line) {
        line = Cow::Owned(format!("{}{}{}", &line[..at], code_point(':'), &line[at + 1..]));
    }
    let mut from = 0;
    while let Some(at) = line[from..].find("##") {
        let at = from + at;
        from = at + 1;
        let name = line[at + 2..].trim_start_matches(|c: char| c.is_ascii_alphanumeric());
        if name.starts_with('[') {
            line = Cow::Owned(format!("{}{}{}", &line[..=at], code_point('#'), &line[at + 2..]));
        }
    }
    line
}

/// Where the `::` of a command stands that a line starts with, after blanks and colours.
fn leading_command(line: &str) -> Option<usize> {
    let mut rest = line;
    loop {
        let text = rest.trim_start();
        let coloured = text.strip_prefix("\u{1b}[").and_then(|code| code.split_once('m'));
        match coloured.filter(|(code, _)| code.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b';'))) {
            Some((_, after)) => rest = after,
            None => {
                let command = text.strip_prefix("::")?.starts_with(|c: char| c.is_ascii_alphabetic());
                return command.then(|| line.len() - text.len());
            }
        }
    }
}

/// Passes lines on to another stream, each made [`inert`].
pub(super) struct Inert<'a> {
    out: &'a mut dyn Write,
    line: Vec<u8>,
}

impl<'a> Inert<'a> {
    pub(super) fn new(out: &'a mut dyn Write) -> Self {
        Self { out, line: Vec::new() }
    }

    /// Passes on what is left.
    pub(super) fn finish(mut self) -> io::Result<()> {
        self.pass()
    }

    fn pass(&mut self) -> io::Result<()> {
        let line = String::from_utf8_lossy(&self.line);
        self.out.write_all(inert(&line).as_bytes())?;
        self.line.clear();
        Ok(())
    }
}

impl Write for Inert<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        for piece in bytes.split_inclusive(|byte| *byte == b'\n') {
            self.line.extend_from_slice(piece);
            if piece.ends_with(b"\n") {
                self.pass()?;
            }
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_steers_a_terminal_is_shown() {
        assert_eq!(
            visible("a\tb\r\n\u{1b}[31m\u{9b}\u{7f}"),
            "a b<U+000D><U+000A><U+001B>[31m<U+009B><U+007F>"
        );
        assert_eq!(visible("\u{202e}\u{2066}\u{feff}"), "<U+202E><U+2066><U+FEFF>");
        // Letters of right-to-left scripts, joiners and variation selectors are text.
        for text in ["قبل", "क्\u{200d}ष", "👩\u{200d}👧", "葛\u{e0100}"] {
            assert!(matches!(visible(text), Cow::Borrowed(_)), "{text}");
        }
        assert_eq!(visible_lines("a\nb\u{7}"), "a\nb<U+0007>");
    }

    #[test]
    fn commands_are_taken_apart() {
        assert_eq!(inert("::error file=a::b"), "<U+003A>:error file=a::b");
        assert_eq!(inert("  \u{1b}[36;1m ::stop-commands::x"), "  \u{1b}[36;1m <U+003A>:stop-commands::x");
        assert_eq!(
            inert("a ##[group]b ##vso[task.setvariable]"),
            "a #<U+0023>[group]b #<U+0023>vso[task.setvariable]"
        );
        assert_eq!(inert("###[x]"), "##<U+0023>[x]");
        for line in ["a ::error::b", ":: x", "## [1.0]", "std::string", "##teamcity ["] {
            assert_eq!(inert(line), line);
        }
    }

    #[test]
    fn lines_arrive_whole_however_they_are_written() {
        let mut out = Vec::new();
        let mut lines = Inert::new(&mut out);
        for piece in ["a:", ":b\n:", ":c::d\n", "::", "e"] {
            lines.write_all(piece.as_bytes()).unwrap();
        }
        lines.finish().unwrap();
        assert_eq!(String::from_utf8(out).unwrap(), "a::b\n<U+003A>:c::d\n<U+003A>:e");
    }
}
