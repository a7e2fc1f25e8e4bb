//! A text without the blanks round its signs, for finding names that were split there.

use super::places::Places;

/// A text in small letters of ASCII, without the blanks round its signs and the backslashes before its underscores.
pub(crate) struct Closed {
    small: Places<'static>,
    /// Where each of its bytes stands in the text.
    origins: Vec<usize>,
}

impl Closed {
    /// `sign` says what a sign stands as; nothing of what is none.
    pub(crate) fn of(text: &str, sign: impl Fn(char) -> Option<char>) -> Self {
        let (mut closed, mut origins) = (String::with_capacity(text.len()), Vec::new());
        let (mut chars, mut is_after_sign) = (text.char_indices().peekable(), false);
        // Blanks that stand there if no sign follows.
        let mut blanks = 0..0;
        while let Some((at, c)) = chars.next() {
            if matches!(c, ' ' | '\u{a0}') {
                blanks.start = if blanks.is_empty() { at } else { blanks.start };
                blanks.end = at + c.len_utf8();
                continue;
            }
            let found = sign(c);
            if !blanks.is_empty() && !is_after_sign && found.is_none() {
                closed.push_str(&text[blanks.clone()]);
                origins.extend(blanks);
            }
            blanks = 0..0;
            is_after_sign = found.is_some();
            if c == '\\' && is_after_sign && chars.peek().is_some_and(|(_, next)| *next == '_') {
                continue;
            }
            let c = found.unwrap_or(c);
            closed.push(c.to_ascii_lowercase());
            origins.resize(closed.len(), at);
        }
        Self { small: Places::of(closed), origins }
    }

    /// Without all characters of a kind.
    pub(crate) fn without(text: &str, is_left_out: impl Fn(char) -> bool) -> Self {
        let (mut closed, mut origins) = (String::with_capacity(text.len()), Vec::new());
        for (at, c) in text.char_indices().filter(|(_, c)| !is_left_out(*c)) {
            closed.push(c.to_ascii_lowercase());
            origins.resize(closed.len(), at);
        }
        Self { small: Places::of(closed), origins }
    }

    /// Where a name in small letters may start in the text.
    pub(crate) fn starts<'s>(&'s self, name: &'s str) -> impl Iterator<Item = usize> + 's {
        self.small.overlapping(name).map(|at| self.origins[at])
    }
}
