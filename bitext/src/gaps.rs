//! What stands outside the pairs, so that a question about that is not asked of the whole document.

use std::ops::Range;

use crate::line_index::ends_line;
use crate::{ByteSet, Span, Unit};

/// What stands before, between and behind the units of a document, where that has one of the [`Signs`].
#[derive(Debug)]
pub struct Gaps {
    list: Vec<Gap>,
    /// From the first to the last byte of the body.
    body: Span,
    /// Whether every line starts in a gap.
    plain: bool,
}

/// What stands before a unit, or behind the last one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Gap {
    /// Its bytes.
    pub span: Span,
    /// The index of the unit behind it; how many units there are, if it is behind the last one.
    pub unit: usize,
    signs: Signs,
}

impl Gap {
    /// Whether it has one of the signs.
    #[inline]
    pub fn has(&self, signs: Signs) -> bool {
        self.signs.0 & signs.0 != 0
    }

    /// Where the line of the unit behind it starts, if the gap has a line's end; where the gap starts, otherwise.
    pub fn line(&self, text: &str) -> Span {
        let bytes = &text.as_bytes()[self.span.range()];
        let line = bytes.iter().rposition(|byte| *byte == b'\n').map_or(0, |end| end + 1);
        self.span.part(line, bytes.len() - line)
    }
}

/// What a [`Gap`] has.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Signs(u8);

impl Signs {
    /// ASCII letters, and what is not ASCII.
    pub const LETTER: Self = Self(1);
    /// `#`.
    pub const HASH: Self = Self(2);
    /// `` ` `` and `~`.
    pub const CODE: Self = Self(4);
    /// `!`, and the first byte of the full-width one.
    pub const EXCLAMATION: Self = Self(8);
    /// `:`.
    pub const COLON: Self = Self(16);
    /// `"`.
    pub const QUOTE: Self = Self(32);
    /// `` ` `` or `~` on the line of the unit behind it.
    pub const CODE_BEFORE: Self = Self(64);
    /// The line of the unit behind it is indented by four columns or more.
    pub const INDENTED: Self = Self(128);
}

/// The signs that each byte makes.
static OF_BYTE: [u8; 256] = {
    let mut signs = [0; 256];
    let mut byte = 0;
    while byte < 256 {
        let sign = match byte as u8 {
            0xef => Signs::LETTER.0 | Signs::EXCLAMATION.0,
            b'a'..=b'z' | b'A'..=b'Z' | 0x80.. => Signs::LETTER.0,
            b'#' => Signs::HASH.0,
            b'`' | b'~' => Signs::CODE.0,
            b'!' => Signs::EXCLAMATION.0,
            b':' => Signs::COLON.0,
            b'"' => Signs::QUOTE.0,
            b'\n' | b'\r' => BREAK,
            _ => 0,
        };
        signs[byte] = sign;
        byte += 1;
    }
    signs
};

const BREAKS: ByteSet = ByteSet::of(b"\n\r");

/// Of the bytes of a gap: not a sign, but where a line ends.
const BREAK: u8 = Signs::INDENTED.0;

impl Gaps {
    /// The gaps between `units`, which are in order; whether all of them were `sound` when they were read. Adds the
    /// starts of the lines in the gaps to `lines`.
    pub(crate) fn of(text: &str, body: usize, units: &[Unit], sound: bool, lines: &mut Vec<u32>) -> Self {
        let bytes = text.as_bytes();
        let mut gaps = Self {
            list: Vec::with_capacity(units.len() / 3 + 4),
            body: Span::new(body, text.len()),
            plain: sound,
        };
        let mut from = body;
        for (index, unit) in units.iter().enumerate() {
            gaps.plain &= !unit.target.print.has_any(BREAKS) && !unit.source.print.has_any(BREAKS);
            gaps.add(bytes, from..unit.span.start as usize, index, lines);
            from = unit.span.end as usize;
        }
        gaps.add(bytes, from..bytes.len(), units.len(), lines);
        gaps
    }

    /// Adds the gap before a unit, and the starts of its lines.
    #[inline]
    fn add(&mut self, bytes: &[u8], range: Range<usize>, unit: usize, lines: &mut Vec<u32>) {
        let from = range.start;
        // Those of a document with faults may overlap.
        let Some(gap) = bytes.get(range) else { return };
        // Between most pairs stands a blank, or a line's end.
        match gap {
            b" " => return,
            b"\n" => return lines.push(from as u32 + 1),
            b"\n\n" => return lines.extend([from as u32 + 1, from as u32 + 2]),
            _ => {}
        }
        // What was found before the last line, and where that starts.
        let (mut before, mut line, mut found) = (0, 0, 0);
        for (at, byte) in gap.iter().enumerate() {
            found |= OF_BYTE[usize::from(*byte)];
            if found & BREAK == 0 {
                continue;
            }
            found &= !BREAK;
            if ends_line(bytes, from + at) {
                lines.push((from + at) as u32 + 1);
            }
            if *byte == b'\n' {
                (before, line, found) = (before | found, at + 1, 0);
            }
        }
        if found & Signs::CODE.0 != 0 {
            found |= Signs::CODE_BEFORE.0;
        }
        let is_start = line > 0 || unit == 0;
        if is_start && (gap[line..].starts_with(b"    ") || gap[line..].starts_with(b"\t")) {
            found |= Signs::INDENTED.0;
        }
        found |= before;
        if found != 0 {
            let span = Span::new(from, from + gap.len());
            self.list.push(Gap { span, unit, signs: Signs(found) });
        }
    }

    /// Whether every line starts in a gap: no pair has faults, and none goes on in another line.
    #[inline]
    pub fn are_plain(&self) -> bool {
        self.plain
    }

    /// Those that have one of the signs, in order.
    #[inline]
    pub fn with(&self, signs: Signs) -> impl Iterator<Item = &Gap> + Clone {
        self.list.iter().filter(move |gap| gap.has(signs))
    }

    /// Where a sign can stand at the start of a line, marks and blanks apart: in the gaps that have it, or anywhere in
    /// the body if lines start elsewhere.
    pub fn at_line_starts(&self, signs: Signs) -> impl Iterator<Item = Span> {
        let (anywhere, gaps) = if self.plain { (None, &self.list[..]) } else { (Some(self.body), &[][..]) };
        let gaps = gaps.iter().filter(move |gap| gap.has(signs));
        anywhere.into_iter().chain(gaps.map(|gap| gap.span))
    }
}

impl std::ops::BitOr for Signs {
    type Output = Self;

    fn bitor(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::{Document, LineIndex, SourceFile, anchor, heading};

    proptest! {
        #![proptest_config(proptest::test_runner::Config::with_cases(5_000))]
        /// What is read in the gaps is what is read in the whole body.
        #[test]
        fn nothing_is_missed(parts in proptest::collection::vec(0_usize..19, 0..16)) {
            const PARTS: [&str; 17] = [
                "\n", "\n\n", " ", "#", "##", "# ", "> ", "1. ", "<a name=\"a\"></a>", "<a name=\"a", "a", "\r\n", "<b>", "`", "\r", "---\n", "a: b\r\n",
            ];
            let pair = |number: usize| format!(
                "<span data-ttu-id=\"1a2b3-{number}\">a # b</span><span class=\"sxs-lookup\"><span data-stu-id=\"1a2b3-{number}\">a</span></span>"
            );
            let part = |(at, part): (usize, &usize)| PARTS.get(*part).map_or_else(|| pair(101 + at), |part| (*part).into());
            let text: String = parts.iter().enumerate().map(part).collect();
            let document = Document::parse(SourceFile::from_bytes(text.into_bytes()).unwrap());
            let text = document.file.text();
            prop_assert_eq!(format!("{:?}", document.file.lines()), format!("{:?}", LineIndex::new(text)));
            let anywhere = Gaps::of(text, document.body(), &document.units, false, &mut Vec::new());
            prop_assert_eq!(&document.anchors, &anchor::find(text, &document.units, &anywhere));
            let headings = heading::find(text, &document.units, &anywhere, &document.anchors);
            prop_assert_eq!(document.headings(), &headings);
        }
    }
}
