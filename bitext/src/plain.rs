//! What the lines of a document tell about its code, so that most documents need no Markdown parser, which takes long.
//!
//! It knows less than the parser, but what it says is what the parser says: what could be read in two ways makes it
//! give up, or is left open for the parser.

use std::cell::Cell;

use memchr::{memchr, memchr_iter, memchr3, memmem, memrchr};

use crate::span::holding;
use crate::{LineIndex, Span};

/// Where the code of a document is and where it may be.
#[derive(Debug)]
pub(crate) struct Plain {
    /// Fenced code, in order.
    fences: Vec<Span>,
    /// The starts of lines that are indented so far that they may be code, in order.
    deep: Vec<u32>,
    /// What may be HTML comments, in order.
    comments: Vec<Span>,
    /// Where lines behind blank ones and behind fences start: no inline code reaches over that.
    blocks: Vec<u32>,
    /// Whether a line may start the definition of a link.
    may_define: bool,
    /// A place that no inline code reaches over, and where its line starts: what is asked next is mostly not far behind.
    known: Cell<(usize, usize)>,
}

/// What the lines of a document tell about a place in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Told {
    /// It lies in this fenced code.
    Fence(Span),
    /// It lies neither in code nor in a comment.
    Text,
    /// Only the Markdown parser can tell.
    Open,
}

impl Plain {
    /// Reads the lines of `text` from byte `body` on; `None` if they are odd.
    pub(crate) fn read(text: &str, body: usize, index: &LineIndex) -> Option<Self> {
        let bytes = text.as_bytes();
        // The parser ends lines there too.
        if index.has_lone_cr(text) {
            return None;
        }
        let mut lines = Lines::default();
        for range in index.from(text, body) {
            let line = &bytes[range.clone()];
            let line = line.strip_suffix(b"\n").unwrap_or(line);
            lines.read(range.start, line.strip_suffix(b"\r").unwrap_or(line))?;
        }
        if let Some(open) = &lines.fence {
            // A list item may end sooner.
            if open.indent > 0 {
                return None;
            }
            lines.fences.push(Span::new(open.start, bytes.len()));
        }
        let comments = comments(bytes, body, &lines.fences)?;
        let Lines { fences, deep, blocks, may_define, .. } = lines;
        Some(Self { fences, deep, comments, blocks, may_define, known: Cell::new((body, body)) })
    }

    /// Whether a line may start the definition of a link, which holds for the whole document.
    pub(crate) fn may_define(&self) -> bool {
        self.may_define
    }

    /// Where lines start that no block before them can reach into: behind a blank line or a fence, without indentation.
    ///
    /// That is so because [`read`](Self::read) gave up on all that could: on HTML that goes on over blank lines, on fences
    /// behind marks, which end with their quote or item, and on CRs alone, which end lines for the parser only.
    pub(crate) fn fresh_lines(&self, text: &str) -> impl Iterator<Item = u32> {
        let is_fresh = |at: &u32| {
            let at = *at as usize;
            !matches!(text.as_bytes().get(at), Some(b' ' | b'\t')) && holding(&self.comments, at).is_none()
        };
        self.blocks.iter().copied().filter(is_fresh)
    }

    /// What the lines tell about the byte at `at`, which is no blank.
    pub(crate) fn at(&self, text: &str, at: usize) -> Told {
        // Code may start with a backtick, and reach over the mark of a quote.
        let is_sign = matches!(text.as_bytes().get(at), Some(b'`' | b'>'));
        if is_sign || holding(&self.comments, at).is_some() {
            return Told::Open;
        }
        match self.fence_at(at) {
            Some(fence) => Told::Fence(fence),
            None if self.is_text(text.as_bytes(), at) => Told::Text,
            None => Told::Open,
        }
    }

    /// The fenced code that holds the byte at `at`.
    pub(crate) fn fence_at(&self, at: usize) -> Option<Span> {
        holding(&self.fences, at)
    }

    /// Whether neither inline nor indented code can reach the byte at `at`, which is in no fence.
    fn is_text(&self, bytes: &[u8], at: usize) -> bool {
        /// A stretch that may be read again and again.
        const SHORT: usize = 1024;
        /// One that is read at all: there may be thousands of places in it.
        const LONG: usize = 16 * SHORT;
        /// Bytes of marks at the start of a line that are looked at again for each place on it.
        const MOST_MARKS: usize = 256;
        let next = self.blocks.partition_point(|block| *block as usize <= at);
        let Some(block) = self.blocks[..next].last().map(|block| *block as usize) else { return false };
        let known = self.known.get();
        let (from, line) = if (block..=at).contains(&known.0) { known } else { (block, block) };
        if at - from > LONG {
            return false;
        }
        let stretch = &bytes[from..at];
        let line = memrchr(b'\n', stretch).map_or(line, |end| from + end + 1);
        // Code in a quote or an item stands five blanks behind the mark, or a tab.
        let head = &bytes[line..at.min(line + MOST_MARKS)];
        let prefix = head.trim_ascii_start();
        let marks = &prefix[..prefix.iter().take_while(|b| is_mark(**b)).count()];
        if self.deep.binary_search(&(line as u32)).is_ok()
            || (head.len() == MOST_MARKS && marks.len() == prefix.len())
            || marks.contains(&b'\t')
            || marks.windows(5).any(|five| five == b"     ")
        {
            return false;
        }
        let has_code = memchr(b'`', stretch).is_some();
        let is_balanced = (has_code || stretch.len() > SHORT) && is_balanced(stretch);
        // Of these, what follows says what they mean.
        if is_balanced && !matches!(stretch.last(), Some(b'`' | b']' | b'\\')) {
            self.known.set((at, line));
        }
        is_balanced || !has_code
    }
}

/// Whether all inline code, tags and targets of links in a text are closed, each on its line and in its cell of a table,
/// so that it does not matter where blocks start.
fn is_balanced(mut rest: &[u8]) -> bool {
    while let Some(at) = memchr3(b'`', b'<', b']', rest) {
        let (sign, is_escaped) = (rest[at], at > 0 && rest[at - 1] == b'\\');
        rest = &rest[at + 1..];
        let close = match (sign, rest.first()) {
            (b'`', Some(b'`')) | (b'<', Some(b'!' | b'?')) => return false,
            (b'`', _) if is_escaped => return false,
            (b'`', _) => b'`',
            (b'<', _) => b'>',
            (_, Some(b'(')) => b')',
            (_, Some(b'[')) => b']',
            _ => continue,
        };
        let Some(len) = memchr(close, rest) else { return false };
        let inner = &rest[..len];
        // The end of a label may be followed by a target.
        rest = &rest[len + usize::from(close != b']')..];
        let is_odd = |byte: &u8| match byte {
            b'\n' | b'|' => true,
            // A code of several backticks, or what would have to be read as the parser does.
            b'`' | b'<' | b'\\' | b'\'' => close != b'`',
            _ => false,
        };
        let quotes = if close == b'`' { 0 } else { memchr_iter(b'"', inner).count() };
        if inner.iter().any(is_odd) || quotes % 2 == 1 || (close == b'`' && rest.first() == Some(&b'`')) {
            return false;
        }
    }
    true
}

/// Whether marks of quotes and list items, or the blanks around them, have this byte.
pub(crate) fn is_mark(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t' | b'>' | b'*' | b'+' | b'-' | b'.' | b')' | b'0'..=b'9')
}

/// All that may be comments outside fences; `None` if they are mixed up with fences.
fn comments(bytes: &[u8], body: usize, fences: &[Span]) -> Option<Vec<Span>> {
    let (mut comments, mut from) = (Vec::new(), body);
    while let Some(at) = memmem::find(&bytes[from..], b"<!--").map(|at| from + at) {
        from = match holding(fences, at) {
            Some(fence) => fence.end as usize,
            None => {
                let end = memmem::find(&bytes[at..], b"-->").map_or(bytes.len(), |len| at + len);
                let next = fences.partition_point(|fence| (fence.start as usize) < at);
                if fences.get(next).is_some_and(|fence| (fence.start as usize) < end) {
                    return None;
                }
                comments.push(Span::new(at, end));
                end
            }
        };
    }
    Some(comments)
}

/// A fence that is open.
#[derive(Debug)]
struct Fence {
    start: usize,
    indent: usize,
    /// Where the text of its list item starts, if that is known; at most `indent`.
    base: usize,
    sign: u8,
    len: usize,
}

/// What has been read of the lines so far.
#[derive(Debug, Default)]
struct Lines {
    fences: Vec<Span>,
    deep: Vec<u32>,
    blocks: Vec<u32>,
    fence: Option<Fence>,
    /// The columns where the texts of the open list items start. Perhaps not of all that are open: then lines look
    /// indented farther than they are, which leaves them to the parser.
    items: Vec<usize>,
    /// Whether the line before is neither blank nor the end of a fence.
    goes_on: bool,
    /// Whether lines may be HTML up to the next blank one.
    html: bool,
    may_define: bool,
}

impl Lines {
    /// Reads the line at `at`; `None` if it is odd.
    fn read(&mut self, at: usize, line: &[u8]) -> Option<()> {
        let (columns, indent) = indentation(line);
        let rest = &line[indent..];
        if let Some(open) = &self.fence {
            return if rest.is_empty() {
                Some(())
            } else {
                self.read_fenced(at + indent, columns, rest, open.base)
            };
        }
        let Some(first) = rest.first() else {
            (self.goes_on, self.html) = (false, false);
            return Some(());
        };
        // The parser takes them for blanks.
        if matches!(first, 0x0b | 0x0c) {
            return None;
        }
        if !self.goes_on {
            self.blocks.push(at as u32);
        }
        let depth = self.items.len();
        while self.items.last().is_some_and(|item| *item > columns) {
            self.items.pop();
        }
        let base = self.items.last().copied().unwrap_or(0);
        let is_shallow = columns < base + 4;
        if !is_shallow {
            self.deep.push(at as u32);
        }
        self.read_start(at + indent, columns, rest, base)?;
        if let Some((width, interrupts)) = item(rest)
            && is_shallow
            && !self.html
            && (interrupts || !self.goes_on || self.items.len() < depth)
        {
            self.items.push(columns + width);
        }
        self.goes_on = true;
        Some(())
    }

    /// Reads a line of a fence.
    fn read_fenced(&mut self, start: usize, columns: usize, rest: &[u8], base: usize) -> Option<()> {
        let open = self.fence.as_ref()?;
        if columns < open.indent {
            return None;
        }
        let marks = rest.iter().take_while(|b| **b == open.sign).count();
        if marks >= open.len && rest[marks..].trim_ascii().is_empty() {
            if rest[marks..].iter().any(|b| *b != b' ') {
                return None;
            }
            if columns < base + 4 {
                self.fences.push(Span::new(open.start, start + rest.len()));
                self.fence = None;
                (self.goes_on, self.html) = (false, false);
            } else if open.indent > 0 {
                return None;
            }
        }
        Some(())
    }

    /// Looks for a fence and for HTML, perhaps after marks of quotes and items.
    fn read_start(&mut self, start: usize, columns: usize, rest: &[u8], base: usize) -> Option<()> {
        let marks = rest.iter().take_while(|b| is_mark(**b)).count();
        let bare = &rest[marks..];
        match bare {
            [sign @ (b'`' | b'~'), ..] => {
                let len = bare.iter().take_while(|b| *b == sign).count();
                if len < 3 || (*sign == b'`' && memchr(b'`', &bare[len..]).is_some()) {
                    return Some(());
                }
                if marks > 0 || columns >= base + 4 || self.html {
                    return None;
                }
                self.fence = Some(Fence { start, indent: columns, base, sign: *sign, len });
            }
            [b'[', ..] => self.may_define = true,
            [b'<', ..] if !starts_pair(bare) => {
                self.html = true;
                if may_go_on(bare) {
                    return None;
                }
            }
            _ => {}
        }
        Some(())
    }
}

/// The columns that a line is indented by, and the bytes.
fn indentation(line: &[u8]) -> (usize, usize) {
    let mut columns = 0;
    for (at, byte) in line.iter().enumerate() {
        match byte {
            b' ' => columns += 1,
            b'\t' => columns += 4 - columns % 4,
            _ => return (columns, at),
        }
    }
    (columns, line.len())
}

/// The width of the mark of a list item with text and the blanks after it, and whether it can interrupt a paragraph.
fn item(rest: &[u8]) -> Option<(usize, bool)> {
    let (len, interrupts) = match rest.first()? {
        sign @ (b'-' | b'*' | b'+') => {
            let is_rule = rest.iter().all(|b| b == sign || matches!(b, b' ' | b'\t'));
            (!is_rule).then_some((1, true))?
        }
        b'0'..=b'9' => {
            let digits = rest.iter().take_while(|b| b.is_ascii_digit()).count();
            let is_mark = digits < 10 && matches!(rest.get(digits), Some(b'.' | b')'));
            is_mark.then_some((digits + 1, rest[..digits] == *b"1"))?
        }
        _ => return None,
    };
    let blanks = rest[len..].iter().take_while(|b| **b == b' ').count();
    let has_text = rest.get(len + blanks).is_some_and(|b| !matches!(b, b'\t' | 0x0b | 0x0c));
    ((1..=4).contains(&blanks) && has_text).then_some((len + blanks, interrupts))
}

/// Whether a line starts with the tag of a pair, with text after it, which is no block of HTML.
fn starts_pair(line: &[u8]) -> bool {
    let Some(id) = line.strip_prefix(b"<span data-ttu-id=\"") else { return false };
    let len = id.iter().take_while(|b| b.is_ascii_alphanumeric() || **b == b'-').count();
    matches!(id[len..], [b'"', b'>', next, ..] if !next.is_ascii_whitespace() && next != 0x0b)
}

/// Whether a line that starts with `<` starts HTML that a blank line does not end.
fn may_go_on(line: &[u8]) -> bool {
    /// Starts and ends.
    const LONG: [(&str, &str); 8] = [
        ("<!--", "-->"),
        ("<![", "]]>"),
        ("<!", ">"),
        ("<?", "?>"),
        ("<pre", "</pre>"),
        ("<script", "</script>"),
        ("<style", "</style>"),
        ("<textarea", "</textarea>"),
    ];
    let starts =
        |start: &str| line.get(..start.len()).is_some_and(|head| head.eq_ignore_ascii_case(start.as_bytes()));
    let long = LONG.iter().find(|(start, _)| starts(start));
    long.is_some_and(|(start, end)| memmem::find(&line[start.len()..], end.as_bytes()).is_none())
}

#[cfg(test)]
pub(crate) mod tests;
